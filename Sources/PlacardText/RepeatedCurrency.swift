import MessageFormat
import SourceDiagnostics

extension PatternText {
    /// Reports `€{$price :currency currency=EUR}`, of which readers see two signs: the function writes one, where each language has it.
    func repeatedCurrencies(_ source: [UInt8]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for entry in scanned.contents {
            guard case .expression(let expression) = entry.content, let function = expression.function,
                function.name == "currency", case .literal(let code)? = function.option("currency")
            else { continue }
            for sign in [code.value] + (currencySigns[code.value] ?? []) {
                guard let span = place(of: sign, beside: entry.span, source) else { continue }
                diagnostics.append(.repeatedCurrency(sign, at: span.sign, removing: span.whole))
                break
            }
        }
        return diagnostics
    }

    /// Where a sign stands before or after a placeholder, with the space between them.
    private func place(of sign: String, beside span: Span, _ source: [UInt8]) -> (sign: Span, whole: Span)? {
        let length = sign.utf8.count
        for space in [0, 1] {
            let start = span.start - space - length
            if start >= scanned.span.start, source[start..<(start + length)].elementsEqual(sign.utf8),
                space == 0 || source[span.start - 1] == 0x20,
                start == scanned.span.start || !isASCIIWord(source[start - 1]),
                !isEscaped(source, start)
            {
                return (Span(start, start + length), Span(start, span.start))
            }
            let end = span.end + space + length
            if end <= min(scanned.span.end, source.count), source[(end - length)..<end].elementsEqual(sign.utf8),
                space == 0 || source[span.end] == 0x20, end == source.count || !isASCIIWord(source[end])
            {
                return (Span(end - length, end), Span(span.end, end))
            }
        }
        return nil
    }
}

/// The signs of currencies that are written by hand.
private let currencySigns: [String: [String]] = [
    "EUR": ["€", "Euro"], "USD": ["$", "US$"], "GBP": ["£"], "JPY": ["¥", "円", "￥"], "CNY": ["¥", "元"], "INR": ["₹"],
    "KRW": ["₩", "원"], "RUB": ["₽"], "UAH": ["₴"], "PLN": ["zł"], "BRL": ["R$"], "CHF": ["Fr."], "TRY": ["₺"],
    "ILS": ["₪"],
    "CAD": ["$", "CA$"], "AUD": ["$", "A$"],
]

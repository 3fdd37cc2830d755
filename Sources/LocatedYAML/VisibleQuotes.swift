import SourceDiagnostics

// Quotation marks that are not YAML's: `“T”`, `„T“`, `“T"`. YAML takes them for a part of the value, and readers would see them.

/// The marks that a text may be put between, and how many are meant to stand on each side.
private enum QuotationMark {
    case single, double

    init?(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"", "“", "”", "„", "‟", "«", "»", "〝", "〞", "＂": self = .double
        case "'", "‘", "’", "‚", "‛", "‹", "›", "´", "＇": self = .single
        default: return nil
        }
    }
}

/// The quotation marks at the ends of a value that is not in YAML's own.
struct VisibleQuotes {
    /// What the value says without them.
    let text: String
    /// The only mark of the value, where it has no partner; nil where there is one at both ends.
    let lone: Unicode.Scalar?
    /// Whether the lone mark is the first character, and not the last.
    let isFirst: Bool

    /// - Returns: nil for a value without marks at its ends, and for one whose marks quote a part of it, or are apostrophes.
    init?(_ value: String) {
        let scalars = Array(value.unicodeScalars)
        guard scalars.count > 1, let first = scalars.first, let last = scalars.last else { return nil }
        let opening = QuotationMark(first)
        let closing = QuotationMark(last)
        guard opening != nil || closing != nil else { return nil }
        let inner = scalars[1..<(scalars.count - 1)]
        func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            var result = String.UnicodeScalarView()
            result.append(contentsOf: scalars)
            return String(result)
        }
        if let opening, let closing, !inner.isEmpty, !VisibleQuotes.quotesPart(inner, [opening, closing]) {
            text = string(inner.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()[...])
            lone = nil
            isFirst = true
            return
        }
        // Single ones may be apostrophes: `the Joneses’`, `’tis`.
        guard scalars.count(where: { QuotationMark($0) == .double }) == 1 else { return nil }
        if opening == .double {
            text = string(scalars[1...])
            (lone, isFirst) = (first, true)
        } else if closing == .double, !("0"..."9").contains(scalars[scalars.count - 2]) {
            // `10"` is ten inches.
            text = string(scalars[..<(scalars.count - 1)])
            (lone, isFirst) = (last, false)
        } else {
            return nil
        }
    }

    /// Whether there are more marks between those at the ends: apostrophes aside.
    private static func quotesPart(_ inner: ArraySlice<Unicode.Scalar>, _ marks: [QuotationMark]) -> Bool {
        inner.indices.contains { index in
            QuotationMark(inner[index]).map { marks.contains($0) && !isApostrophe(inner, index) } ?? false
        }
    }

    /// Whether a value may have such marks, as far as the bytes at its ends tell: most values are ASCII or letters there.
    static func mayStand(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = text.count
        guard count > 1 else { return false }
        func isMark(_ start: Int) -> Bool {
            guard start >= 0, start + 1 < count else { return false }
            return switch text[start] {
            // « and », ´; the block of punctuation; 〝 and the full-width ones.
            case 0xC2, 0xEF: true
            case 0xE2, 0xE3: text[start + 1] == 0x80
            default: false
            }
        }
        let last = text[count - 1]
        return last == 0x22 || last == 0x27 || isMark(0) || last >= 0x80 && (isMark(count - 2) || isMark(count - 3))
    }
}

/// A value without the one quotation mark that it ends or begins with and that has no partner, as what is left of a pair around it;
/// nil for another value. A `’` may be an apostrophe.
func withoutOddMark(_ value: String) -> String? {
    let scalars = Array(value.unicodeScalars)
    guard scalars.count > 1, let first = scalars.first, let last = scalars.last else { return nil }
    func isAlone(_ scalar: Unicode.Scalar) -> Bool {
        guard let mark = QuotationMark(scalar), scalar != "’" else { return false }
        return marks(mark, in: scalars) == 1
    }
    var rest = String.UnicodeScalarView()
    if isAlone(last) {
        rest.append(contentsOf: scalars.dropLast())
    } else if isAlone(first) {
        rest.append(contentsOf: scalars.dropFirst())
    } else {
        return nil
    }
    return String(rest)
}

/// Whether a value has a quotation mark without a partner, wherever it stands.
func hasOddMark(_ value: String) -> Bool {
    let scalars = Array(value.unicodeScalars)
    return marks(.double, in: scalars) % 2 == 1 || marks(.single, in: scalars) % 2 == 1
}

/// Whether a quotation mark right behind a placeholder has no partner: one of a pair around it, or the apostrophe of a name.
func hasMarkBehindPlaceholder(_ value: String) -> Bool {
    (value.contains("}'") || value.contains("}\"")) && hasOddMark(value)
}

/// How many marks of a kind there are, those between two letters aside, which are apostrophes.
private func marks(_ mark: QuotationMark, in scalars: [Unicode.Scalar]) -> Int {
    scalars.indices.count { QuotationMark(scalars[$0]) == mark && !isApostrophe(scalars[...], $0) }
}

/// Whether the mark at a place is a single one between two letters.
private func isApostrophe(_ scalars: ArraySlice<Unicode.Scalar>, _ index: Int) -> Bool {
    QuotationMark(scalars[index]) == .single && index > scalars.startIndex && index + 1 < scalars.endIndex
        && scalars[index - 1].properties.isAlphabetic && scalars[index + 1].properties.isAlphabetic
}

/// What stands between the quotation marks of whatever language that a value begins and ends with; nil for another value.
package func textBetweenMarks(_ value: String) -> String? {
    VisibleQuotes(value).flatMap { $0.lone == nil ? $0.text : nil }
}

/// The one straight quotation mark inside a text that is neither a pair nor an inch: between two letters, as in `O"ù`, or with a
/// partner of another kind, as in `“on"`.
struct OddMark {
    /// Where it is, in bytes of the text.
    let offset: Int
    /// What it is to be; empty where it is to be left out.
    let replacement: String

    /// - Returns: nil for a text whose marks are in order, and for an expression.
    init?(_ text: String) {
        guard !text.utf8.contains(where: { [0x28, 0x3C, 0x3D, 0x3E, 0x26, 0x7C].contains($0) }) else { return nil }
        let scalars = Array(text.unicodeScalars)
        guard let place = scalars.firstIndex(of: "\""), !scalars[(place + 1)...].contains("\"") else { return nil }
        let others = scalars.indices.filter { $0 != place && QuotationMark(scalars[$0]) == .double }
        switch (others.count, others.first) {
        case (0, _):
            guard place > 0, place + 1 < scalars.count, scalars[place - 1].properties.isAlphabetic,
                scalars[place + 1].properties.isAlphabetic
            else { return nil }
            replacement = ""
        case (1, let other?):
            let partners: [Unicode.Scalar: String] =
                other < place ? ["“": "”", "„": "“", "«": "»"] : ["”": "“", "»": "«"]
            guard let partner = partners[scalars[other]] else { return nil }
            replacement = partner
        default: return nil
        }
        offset = scalars[..<place].reduce(0) { $0 + UTF8.width($1) }
    }
}

extension YAMLTreeBuilder {
    /// Reports quotation marks at the ends of a value without YAML's own, which are a part of it.
    mutating func checkQuotes(_ text: UnsafeBufferPointer<UInt8>, _ span: Span) {
        let hasInnerMark = text.contains(0x22)
        guard hasInnerMark || VisibleQuotes.mayStand(in: text) else { return }
        let value = String(decoding: text, as: UTF8.self)
        if let quotes = VisibleQuotes(value) {
            if !isKey(span) { diagnostics.append(.visibleQuotes(quotes, of: value, at: span)) }
        } else if hasInnerMark, let odd = OddMark(value), !isKey(span) {
            diagnostics.append(.oddQuote(odd, at: span.start))
        }
    }
}

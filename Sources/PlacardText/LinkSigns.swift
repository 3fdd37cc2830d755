import ByteText
import SourceDiagnostics

// Links with the brackets of East Asian keyboards, and addresses between `<` and `>`.

extension LinkSlips {
    /// `[news]（https://…）`, with the parentheses of East Asian keyboards.
    mutating func checkWideParenthesis(_ text: Span) {
        guard source[text.end...].starts(with: "（".utf8) else { return }
        let start = text.end + 3
        let isStep = byte(start) == 0x23 && byte(start + 1).isASCIIAlphanumeric
        guard isStep || isAddress(start) else { return }
        var end = start
        while end < source.count, end - start < Self.addressLimit, source[end] > 0x20, source[end] != 0x29 {
            if source[end...].starts(with: "）".utf8) { break }
            end += 1
        }
        let isWide = source[min(end, source.count)...].starts(with: "）".utf8)
        guard isWide || byte(end) == 0x29 else { return }
        var edits = [Edit(Span(text.end, start), "(")]
        if isWide { edits.append(Edit(Span(end, end + 3), ")")) }
        report(.slippedLink(at: Span(text.end, start), edits))
    }

    /// `【news】(https://…)` and `［news］(https://…)`.
    mutating func checkWideBracket(_ index: Int) {
        for (open, close) in [("【", "】"), ("［", "］"), ("〔", "〕")] where source[index...].starts(with: close.utf8) {
            guard byte(index + 3) == 0x28, isWholeAddress(from: index + 4) else { return }
            var start = index
            while start > 0, index - start < Self.textLimit, source[start - 1] != 0x0A {
                start -= 1
                if source[start...].starts(with: open.utf8) {
                    report(
                        .slippedLink(
                            at: Span(index, index + 3),
                            [Edit(Span(start, start + 3), "["), Edit(Span(index, index + 3), "]")]))
                    return
                }
            }
        }
    }

    /// `<https://…>`, which is a link if it holds no space.
    mutating func checkAutolink(from start: Int) {
        let end = min(source.count, start + Self.addressLimit)
        guard let close = source[(start + 1)..<end].firstIndex(where: { $0 < 0x20 || $0 == 0x3C || $0 == 0x3E }),
            source[close] == 0x3E
        else {
            var last = wordEnd(from: start + 1)
            while last > start + 1, isBehindAddress(source[last - 1]) || source[last - 1] == 0x29 { last -= 1 }
            // Behind `](` it is told of with the link.
            let isOfLink = start > 0 && source[start - 1] == 0x28
            if !isOfLink, source[(start + 1)..<last].contains(0x2F) {
                report(.slippedLink(at: Span(start, start + 1), [Edit(Span(at: last), ">")]))
            }
            return
        }
        let address = Span(start + 1, close)
        let spaces = parts(address).spaces
        if !spaces.isEmpty { report(.spacedAutolink(at: address, spaces: spaces)) }
    }
}

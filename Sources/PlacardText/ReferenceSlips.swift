import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Character references and escapes that Markdown does not read, in the words that readers see: `&amp` without its semicolon, `&eur;`,
// `\u00e9`, and tags that another system escaped.

extension PatternText {
    /// Reports references and escapes that readers see as they are written, and tags that they see.
    func checkReferences(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        let hasReferences = tree.holds(0x26) || tree.holds(0x3C)
        guard hasReferences || tree.holds(0x5C) else { return }
        var found: [Diagnostic] = []
        for node in tree.nodes where node.kind == .text && !isAddress(node) {
            var index = node.span.start
            let end = min(node.span.end, source.count)
            while index < end {
                let slip: Diagnostic?
                switch source[index] {
                case 0x26: slip = reference(source, index, end, node) ?? escapedTag(source, index, end)
                case 0x5C:
                    slip = unicodeEscape(source, index, end)
                    if slip == nil { index += 1 }
                default: slip = nil
                }
                if let slip { found.append(slip) }
                index += 1
            }
            if found.count >= textDiagnosticLimit { break }
        }
        diagnostics += found
    }

    private func isAddress(_ node: MarkdownNode) -> Bool {
        node.parent >= 0 && tree.nodes[Int(node.parent)].flags.contains(.autolink)
    }

    /// `Tom &amp Jerry` and `5 &eur; now`.
    private func reference(_ source: [UInt8], _ start: Int, _ end: Int, _ node: MarkdownNode) -> Diagnostic? {
        let name = source[(start + 1)..<end].prefix { $0.isASCIIAlphanumeric }
        guard (2...8).contains(name.count), start == 0 || source[start - 1] != 0x5C else { return nil }
        let word = String(decoding: name, as: UTF8.self)
        let next = name.endIndex < end ? source[name.endIndex] : 0x20
        if next == 0x3B {
            // What Markdown knows is not in the tree as it is written.
            let written = source[start...name.endIndex]
            guard referenceText(word) == nil, let near = nearMiss(word, among: referenceNames),
                let text = referenceText(near), contains(tree.slice(node.literal), written)
            else { return nil }
            return .unknownReference(word + ";", text, at: Span(start, name.endIndex + 1))
        }
        guard next != 0x3D, next < 0x80, next != 0x5F, let text = referenceText(word) else { return nil }
        return .unknownReference(word, text, at: Span(start, name.endIndex))
    }

    private func contains(_ bytes: ArraySlice<UInt8>, _ piece: ArraySlice<UInt8>) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: piece) }
    }

    /// `&lt;b&gt;` with its `&lt;/b&gt;` in the same text.
    private func escapedTag(_ source: [UInt8], _ start: Int, _ end: Int) -> Diagnostic? {
        guard source[start..<end].starts(with: "&lt;".utf8) else { return nil }
        let name = source[(start + 4)..<end].prefix { $0.isASCIIAlphanumeric }
        guard
            ["b", "i", "u", "em", "strong", "p", "span", "font", "small"].contains(where: {
                name.elementsEqual($0.utf8)
            }),
            source[name.endIndex..<end].starts(with: "&gt;".utf8)
        else { return nil }
        let close = Array("&lt;/".utf8) + Array(name) + Array("&gt;".utf8)
        guard contains(source[name.endIndex..<end], close[...]) else { return nil }
        return .escapedTag(String(decoding: name, as: UTF8.self), at: Span(start, name.endIndex + 4))
    }

    /// `\u00e9`.
    private func unicodeEscape(_ source: [UInt8], _ start: Int, _ end: Int) -> Diagnostic? {
        escapedCharacter(source, start, end).map { .unicodeEscape($0, at: Span(start, start + 6)) }
    }
}

/// The character of `\u00e9`; nil for anything else.
func escapedCharacter(_ source: [UInt8], _ start: Int, _ end: Int) -> String? {
    guard start + 5 < end, source[start + 1] == 0x75 else { return nil }
    let digits = source[(start + 2)..<(start + 6)]
    guard digits.allSatisfy({ $0.hexadecimalValue != nil }),
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), value >= 0xA0,
        let scalar = UnicodeScalar(value), UnfitCharacter(value) == nil
    else { return nil }
    return String(Character(scalar))
}

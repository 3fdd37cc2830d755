import LocatedYAML
import SourceDiagnostics

// The boolean, the number, the range or the keys that a value of another type is meant to be.

extension Validator {
    /// `yes`, `off` and the like, which YAML 1.1 took for booleans.
    func booleanMeant(_ node: YAMLNode) -> String? {
        switch node.text?.lowercased() {
        case "yes", "y", "on", "true", "1": "true"
        case "no", "n", "off", "false", "0": "false"
        default: nil
        }
    }

    /// The whole number of `'5'` or `50%`.
    func numberMeant(_ node: YAMLNode, _ range: ClosedRange<Int>) -> String? {
        guard let scalar = node.scalar else { return nil }
        var text = scalar.text
        switch scalar.value {
        case .string:
            // A comma is one of thousands where three digits follow it.
            guard text.split(separator: ",").dropFirst().allSatisfy({ $0.utf8.count == 3 }) else { return nil }
            text = text.filter { $0 != "_" && $0 != "," }
        case .float where text.hasSuffix(".0"): text = String(text.dropLast(2))
        default: return nil
        }
        let number = Int(text.utf8.last == 0x25 ? String(text.dropLast()) : text)
        return number.flatMap { range.contains($0) ? "\($0)" : nil }
    }

    /// The number of `50,5`, whose comma is a decimal point.
    func decimalMeant(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar, scalar.value == .string else { return nil }
        let parts = scalar.text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return parts.joined(separator: ".")
    }

    /// The range of `{from: 08:00, to: 22:00}` or `[8, 22]`.
    func hoursMeant(_ node: YAMLNode) -> String? {
        var ends: [String] = []
        if let items = node.sequence {
            ends = items.compactMap(\.text)
            guard items.count == 2 else { return nil }
        } else if let entries = node.mapping, entries.count == 2 {
            for key in ["start", "end"] {
                let entry = entries.first { entry in
                    entry.key.text.map { $0 == key || keyOfOtherTools($0, among: [key]) == key } ?? false
                }
                ends += entry?.value.text.map { [$0] } ?? []
            }
        }
        guard ends.count == 2 else { return nil }
        return MeantTime.hours(ends.joined(separator: "-"))
    }

    /// `fr:optional` where keys and values are wanted: the space behind the colon.
    func withGap(_ node: YAMLNode) -> [FixIt] {
        guard let scalar = node.scalar, scalar.value == .string, scalar.style == .plain else { return [] }
        var edits: [Edit] = []
        for word in node.source[node.span.start..<node.span.end].split(whereSeparator: { $0 <= 0x20 }) {
            guard let colon = word.firstIndex(of: 0x3A), colon > word.startIndex, colon + 1 < word.endIndex,
                word[colon + 1] != 0x2F, word[..<colon].allSatisfy({ $0 != 0x22 && $0 != 0x27 })
            else { return [] }
            edits.append(Edit(Span(at: colon + 1), " "))
        }
        return edits.isEmpty ? [] : [FixIt("put a space after the colon", edits: edits, .unsafe)]
    }

    /// `fr required` on a line of its own where keys and values are wanted: the colons.
    func withColons(_ node: YAMLNode, isKey: (String) -> Bool) -> [FixIt] {
        guard let scalar = node.scalar, scalar.value == .string, scalar.style == .plain else { return [] }
        let source = node.source
        var start = node.span.start
        while start > 0, source[start - 1] == 0x20 { start -= 1 }
        guard start > 0, source[start - 1] == 0x0A else { return [] }
        var edits: [Edit] = []
        for line in source[node.span.start..<node.span.end].split(separator: 0x0A) {
            let text = Span(line.firstIndex { $0 > 0x20 } ?? line.startIndex, line.endIndex)
            guard let edit = missingColonEdit(source, text), edit.span.start < text.end,
                isKey(String(decoding: source[text.start..<edit.span.start], as: UTF8.self))
            else { return [] }
            edits.append(edit)
        }
        return edits.isEmpty ? [] : [FixIt("put a colon after the key", edits: edits, .unsafe)]
    }

    /// `title: Only # 1 in town`: a comment that may be a number of the text.
    mutating func checkComment(behind node: YAMLNode, _ scalar: YAMLScalar) {
        let source = node.source
        let start = node.span.end + 1
        guard scalar.style == .plain, start + 2 < source.count, source[start - 1] == 0x20, source[start] == 0x23,
            source[start + 1] == 0x20, (0x30...0x39).contains(source[start + 2])
        else { return }
        let end = source[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
        func text(_ span: Span) -> String { String(decoding: source[span.start..<span.end], as: UTF8.self) }
        let whole = Span(node.span.start, end)
        diagnostics.append(
            .commentLikeNumber(text(Span(start, end)), at: Span(start, end), whole: whole, text(whole)))
    }
}

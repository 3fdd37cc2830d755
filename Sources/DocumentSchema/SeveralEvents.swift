import LocatedYAML
import SourceDiagnostics

// A trigger with several events, as other tools have it. A message has one: each way to say several is reported as that, with
// what is left where all but one of them are dropped.

extension Validator {
    /// `trigger: [{event: a}, {event: b}]`, `event: [a, b]`, `event: a, b`.
    ///
    /// - Returns: whether it was that, which is reported.
    mutating func severalEvents(_ node: YAMLNode, _ type: SchemaType) -> Bool {
        guard case .string(.eventName) = type else {
            guard case .object(let object) = type, isTrigger(object), let items = node.sequence else { return false }
            let names = items.compactMap { ($0.isMapping ? $0["event"] : $0)?.text }
            guard names.count == items.count else { return false }
            return severalEvents(names, at: node.isFlow ? node.span : nil, in: node) {
                "{event: \(quotedIfNeeded($0))}"
            }
        }
        let isOnLine = node.isFlow || node.scalar != nil
        return severalEvents(names(in: node), at: isOnLine ? node.span : nil, in: node)
    }

    /// `events: [a, b]`
    ///
    /// - Returns: the key that is meant.
    mutating func severalEvents(
        _ entry: YAMLNode.Entries.Element, _ object: SchemaObject, missing: [String]
    ) -> String? {
        guard isTrigger(object), missing.contains("event"), entry.key.isText("events"),
            severalEvents(
                names(in: entry.value), at: entry.key.span.union(entry.value.span), in: entry.value,
                { "event: \(quotedIfNeeded($0))" })
        else { return nil }
        return "event"
    }

    private func isTrigger(_ object: SchemaObject) -> Bool {
        if case .string(.eventName)? = object.property("event")?.type { true } else { false }
    }

    /// The names in a list, or in a text with commas, bars or words between.
    private func names(in node: YAMLNode) -> [String] {
        if let items = node.sequence {
            let names = items.compactMap(\.text)
            return names.count == items.count ? names : []
        }
        guard let scalar = node.scalar, scalar.value == .string, ScalarSyntax.eventName(scalar.text) != nil else {
            return []
        }
        var names: [String] = []
        var isName = true
        for word in scalar.text.split(whereSeparator: { " ,|/&".contains($0) }) {
            if ["or", "and", "OR", "AND"].contains(word) {
                isName = true
                continue
            }
            names.append(String(word))
            isName = false
        }
        let isList = scalar.text.contains { ",|/&".contains($0) } || names.count > 1 && hasWord(scalar.text)
        return isList && !isName && names.allSatisfy { ScalarSyntax.eventName($0) == nil } ? names : []
    }

    private func hasWord(_ text: String) -> Bool {
        text.split(separator: " ").contains { ["or", "and"].contains($0.lowercased()) }
    }

    /// - Parameters:
    ///   - span: what is replaced where one of them is left; nil where that is more than a line.
    ///   - node: what names them.
    ///   - written: what takes its place.
    mutating func severalEvents(
        _ names: [String], at span: Span?, in node: YAMLNode? = nil,
        _ written: (String) -> String = quotedIfNeeded
    ) -> Bool {
        guard names.count > 1, names.count <= 32, names.allSatisfy({ ScalarSyntax.eventName($0) == nil }),
            let place = span ?? node.map(firstLine)
        else { return false }
        // Which of them are declared, only the project tells; the review of fix-its looks.
        let fixIts = span.map { span in
            names.prefix(4).map { FixIt("keep `\($0)` alone", edits: [Edit(span, written($0))], .unsafe) }
        }
        diagnostics.append(.severalEvents(names, at: place, fixIts ?? []))
        return true
    }

    private func firstLine(_ node: YAMLNode) -> Span {
        Span(node.span.start, node.sequence?.first?.span.end ?? node.span.end)
    }
}

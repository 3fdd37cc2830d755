import LocatedYAML
import SourceDiagnostics

// Values in pieces, and values one level off: each is reported as the one mistake that it is.

extension Validator {
    /// `- id: a` and `- label: A` where both are of one item: the hyphens are too many. Reported as the one mistake that it is.
    mutating func itemInPieces(_ items: YAMLNode.Items, _ node: YAMLNode, _ element: SchemaType, key: YAMLNode?) -> Bool
    {
        guard let object = element.object, items.count > 1, !node.isFlow else { return false }
        var names: Set<String> = []
        for item in items {
            guard let entry = item.mapping?.first, item.mapping?.count == 1, let name = entry.key.text,
                object.property(name) != nil, names.insert(name).inserted, !item.isFlow
            else { return false }
        }
        let width = items[0].span.start - node.span.start
        let edits = items.dropFirst().map {
            Edit(Span($0.span.start - width, $0.span.start), String(repeating: " ", count: width))
        }
        guard width > 0, edits.allSatisfy({ node.source[$0.span.start] == 0x2D }) else { return false }
        let hyphen = Span(items[1].span.start - width, items[1].span.start)
        diagnostics.append(.itemInPieces(named(key), object.name, count: items.count, at: hyphen, edits))
        return true
    }

    /// `user: {first_name: {fallback: friend}}` where the key is `user.first_name`, reported as the one mistake that it is.
    mutating func pathInParts(_ entry: YAMLNode.Entries.Element, _ value: SchemaType) -> Bool {
        guard let object = value.object, let group = entry.key.text, let parts = entry.value.mapping,
            let first = parts.first,
            parts.allSatisfy({ part in
                part.value.isMapping
                    && part.key.text.map { object.property($0) == nil && ScalarSyntax.path($0) == nil }
                        ?? false
            })
        else { return false }
        let name = "\(group).\(first.key.text ?? "")"
        let edits =
            entry.value.isFlow
            ? []
            : parts.enumerated().map { place, part in
                place == 0
                    ? Edit(Span(entry.key.span.end, part.key.span.start), ".")
                    : Edit(
                        Span(part.key.span.start - column(of: part.key), part.key.span.start),
                        String(repeating: " ", count: column(of: entry.key)) + group + ".")
            }
        diagnostics.append(.pathInParts(group, name, at: entry.key.span, edits))
        return true
    }

    /// `session_start: {properties: {days: int}}` where attributes stand directly below what has them, reported as the one mistake
    /// that it is.
    mutating func wrappedAttributes(
        _ entry: YAMLNode.Entries.Element, in node: YAMLNode, _ value: SchemaType, of owner: YAMLNode?
    ) -> Bool {
        guard let name = entry.key.text, let inner = entry.value.mapping, let first = inner.first,
            isWrapper(name, entry.value)
        else { return false }
        for entry in inner { check(entry.value, value, key: entry.key) }
        var edits: [Edit] = []
        if entry.value.isFlow {
            edits = [
                Edit(Span(entry.key.span.start, first.key.span.start), ""),
                Edit(Span(inner[inner.count - 1].value.span.end, entry.value.span.end), ""),
            ]
        } else if !node.isFlow {
            let indentation = column(of: entry.key)
            edits = inner.enumerated().map { place, attribute in
                place == 0
                    ? Edit(Span(entry.key.span.start, attribute.key.span.start), "")
                    : Edit(
                        Span(attribute.key.span.start - column(of: attribute.key), attribute.key.span.start),
                        String(repeating: " ", count: indentation))
            }
        }
        diagnostics.append(
            .wrappedAttributes(
                name, of: named(owner), at: entry.key.span,
                edits.isEmpty ? [] : [FixIt("leave out `\(name)`", edits: edits, .unsafe)]))
        return true
    }

    /// `user.first_name:` and in the same column `fallback: friend`, which belongs under it, reported as the one mistake that it is.
    ///
    /// - Returns: the entry after the last that belongs under it.
    mutating func entriesBeside(_ entries: YAMLNode.Entries, _ place: Int, _ value: SchemaType) -> Int? {
        let entry = entries[place]
        guard let object = value.object, let name = entry.key.text, entry.value.isNull, entry.value.span.isEmpty else {
            return nil
        }
        var end = place + 1
        while end < entries.count, let key = entries[end].key.text, object.property(key) != nil { end += 1 }
        let inner = entries[(place + 1)..<end]
        guard let first = inner.first, inner.allSatisfy({ $0.value.scalar != nil }) else { return nil }
        let home = SchemaProperty(name, value, "", example: "{\(first.key.text ?? ""): …}")
        diagnostics.append(
            .keysTooHigh(
                inner.compactMap(\.key.text), under: home, at: first.key.span,
                [
                    FixIt(
                        inner.count == 1 ? "indent it" : "indent them",
                        edits: inner.map { Edit(Span(at: $0.key.span.start), "  ") }, .unsafe)
                ]))
        return end
    }

    /// How many bytes stand before a node on its line.
    private func column(of node: YAMLNode) -> Int {
        var start = node.span.start
        while start > 0, node.source[start - 1] != 0x0A { start -= 1 }
        return node.span.start - start
    }
}

/// Whether a key of what should be an attribute holds attributes in its place, as other tools have it.
package func isWrapper(_ name: String, _ value: YAMLNode) -> Bool {
    guard ["properties", "attributes", "fields", "params", "parameters", "props", "schema"].contains(plainWord(name)),
        let entries = value.mapping, !entries.isEmpty, !value.has("type")
    else { return false }
    return entries.allSatisfy {
        $0.value.isMapping || $0.value.text.map { ScalarSyntax.attributeType($0) == nil } ?? false
    }
}

import LocatedYAML
import SourceDiagnostics

extension Validator {
    /// Checks a mapping with given keys.
    ///
    /// `variants` are the siblings of a discriminated object: a key that only another of them has is told apart from a typo.
    mutating func object(
        _ node: YAMLNode, _ object: SchemaObject, provided: Set<String>, key: YAMLNode?, variants: [SchemaVariant] = []
    ) {
        guard let entries = node.mapping else {
            return wrongType(node, "keys and values", key: key, fixIts: asOnlyKey(node, of: object))
        }
        lazy var missing = missingNames(object, entries)
        // A key that is there under a wrong name is not missing besides.
        var misspelt: Set<String> = []
        let present = entries.count + object.properties.count > 64 ? Set(entries.compactMap(\.key.text)) : nil
        // Up to where entries are parts of a text that has been reported.
        var read = 0
        for (place, entry) in zip(entries.indices, entries) where place >= read {
            guard let name = entry.key.text else { continue }
            if node.isFlow, let end = textWithCommas(entries, from: place, object) {
                read = end
            } else if let place = object.properties.firstIndex(where: { $0.name == name }) {
                example = object.properties[place].example
                check(entry.value, object.properties[place].type, key: entry.key)
            } else if let additional = object.additional {
                example = ""
                check(entry.value, additional, key: entry.key)
            } else if !isReportedKey(entry.key) {
                let meant = unknownKey(entry, name, object, variants, missing: missing)
                if let meant { misspelt.insert(meant) }
            }
        }
        for place in object.properties.indices where object.properties[place].isRequired {
            let name = object.properties[place].name
            guard !provided.contains(name), !misspelt.contains(name), !(present?.contains(name) ?? node.has(name))
            else { continue }
            let property = object.properties[place]
            let example = property.example.isEmpty ? "" : "\(property.name): \(property.example)"
            self.missing(
                property.name, summary: property.summary, in: node, key: key, example: example,
                isRoot: key == nil)
        }
        checkExactlyOne(node, object, entries, key: key)
    }

    /// A text where a mapping has one required key for a text: `trigger: session_start` for `trigger: {event: session_start}`.
    private func asOnlyKey(_ node: YAMLNode, of object: SchemaObject) -> [FixIt] {
        let required = object.properties.filter(\.isRequired)
        guard let scalar = node.scalar, scalar.value == .string, !scalar.text.isEmpty, object.exactlyOne.isEmpty,
            required.count == 1, let property = required.first
        else { return [] }
        switch property.type {
        case .text, .textOrNone: break
        case .string(let format) where format.problem(scalar.text) == nil: break
        default: return []
        }
        let isPlain =
            !needsQuotes(scalar.text) && !scalar.text.utf8.contains { [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }
        let value = "{\(property.name): \(isPlain ? scalar.text : quoted(scalar.text))}"
        return [.write(value, at: node.span)]
    }

    /// The names of properties that are not there.
    private func missingNames(_ object: SchemaObject, _ entries: YAMLNode.Entries) -> [String] {
        let present = Set(entries.compactMap(\.key.text))
        return object.properties.map(\.name).filter { !present.contains($0) }
    }

    /// - Returns: the missing key that is probably meant.
    private mutating func unknownKey(
        _ entry: YAMLNode.Entries.Element, _ name: String, _ object: SchemaObject, _ variants: [SchemaVariant],
        missing: [String]
    ) -> String? {
        let key = entry.key
        if let place = object.misplaced.first(where: { $0.keys.contains(name) }) {
            diagnostics.append(.misplacedKey(name, home: place.home, in: object, at: key.span))
            return nil
        }
        let others = variants.filter { $0.object.property(name) != nil }.map(\.name)
        if !others.isEmpty {
            diagnostics.append(.keyOfOthers(name, of: others, in: object, at: key.span))
            return nil
        }
        // A key that is there already is not what was meant; a second one would only be a duplicate. What differs in
        // case alone is named all the same, but not put in its place.
        let known = object.properties.map(\.name)
        let meant = nearMiss(name, among: missing)
        let named = meant ?? known.first { $0.lowercased() == name.lowercased() }
        diagnostics.append(
            .unknownKey(
                name, in: object, meant: named, at: key.span,
                takes(meant, entry.value, in: object) ? replacing(key.span, meant) : []))
        return meant
    }

    /// Whether the property `name` would take `value`: `events: [a, b]` is not put right by `event: [a, b]`.
    private func takes(_ name: String?, _ value: YAMLNode, in object: SchemaObject) -> Bool {
        name.flatMap { object.property($0) }.map { accepts($0.type, value) } ?? false
    }

    mutating func missing(
        _ name: String, summary: String, in node: YAMLNode, key: YAMLNode?, example: String = "", isRoot: Bool = false
    ) {
        // The whole mapping is too much to point at: its key is where one would add to it.
        let place = key?.span ?? Span(node.span.start, min(node.span.end, node.span.start + 1))
        diagnostics.append(
            .missingKey(
                name, of: key.map { "`\(short($0.text ?? ""))`" } ?? "the file", summary: summary, example: example,
                at: node.mapping?.first.map { isRoot || key == nil ? $0.key.span : place } ?? place))
    }

    private mutating func checkExactlyOne(
        _ node: YAMLNode, _ object: SchemaObject, _ entries: YAMLNode.Entries, key: YAMLNode?
    ) {
        guard !object.exactlyOne.isEmpty else { return }
        if object.exactlyOne.lazy.filter({ node.has($0) }).count == 1 { return }
        let found = entries.filter { entry in entry.key.text.map { object.exactlyOne.contains($0) } ?? false }
        if let second = found.dropFirst().first {
            diagnostics.append(
                .conflictingKeys(
                    object, found[0].key.text ?? "", second.key.text ?? "", at: second.key.span,
                    first: found[0].key.span))
            return
        }
        diagnostics.append(.noneOfKeys(object, at: entries.first?.key.span ?? node.span))
    }

    // MARK: - Words

    /// A value of another type, with what it is and what it should be.
    mutating func wrongType(
        _ node: YAMLNode, _ expected: String, key: YAMLNode?, format: StringFormat? = nil, notes: [String] = [],
        fixIts: [FixIt] = []
    ) {
        if node.isNull { return empty(node, expected, key: key) }
        var fixIts = fixIts
        var notes = notes
        let isText = expected == "text" || format != nil
        if isText, let scalar = node.scalar, scalar.style == .plain {
            let text = scalar.text
            if let problem = format?.problem(text) {
                // What it lacks is more than quotation marks: `delay: 2` has no unit.
                notes = problem.notes
                if let replacement = problem.replacement {
                    fixIts = [
                        FixIt("write `\(replacement)`", edits: [Edit(node.span, quotedIfNeeded(replacement))], .unsafe)
                    ]
                }
            } else {
                notes = ["in quotes it is text"]
                fixIts = [FixIt("quote it", edits: [Edit(node.span, quoted(text))], .safe)]
            }
        }
        if isText, node.scalar == nil, node.isFlow, format != .cel {
            notes = ["a text that begins with `\(node.isMapping ? "{" : "[")` needs quotes"]
            if let entry = node.mapping?.first, node.mapping?.count == 1, entry.value.isNull, let name = entry.key.text,
                name.utf8.first == 0x24, name.utf8.count + 2 == node.span.length
            {
                fixIts = [FixIt("quote it", edits: [Edit(node.span, quoted("{" + name + "}"))], .safe)]
            }
        } else if notes.isEmpty, fixIts.isEmpty || node.scalar == nil, let name = key?.text, !example.isEmpty {
            notes = ["for example `\(name): \(example)`"]
        }
        diagnostics.append(
            .wrongType(
                of: named(key), expected: expected, found: kind(node), at: place(node), notes: notes, fixIts))
    }

    mutating func empty(_ node: YAMLNode, _ expected: String, key: YAMLNode?) {
        diagnostics.append(
            .noValue(
                of: named(key), expected: expected, at: node.span.isEmpty ? key?.span ?? node.span : node.span))
    }

    /// The first line of a long value.
    private func place(_ node: YAMLNode) -> Span {
        guard !node.isFlow, let first = node.mapping?.first?.key.span ?? node.sequence?.first?.span else {
            return node.span
        }
        return Span(node.span.start, max(node.span.start, min(first.end, node.span.end)))
    }

    func kind(_ node: YAMLNode) -> String {
        switch node.content {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return "empty"
            case .bool(let flag): return flag ? "`true`" : "`false`"
            case .int, .float: return "the number \(scalar.text)"
            case .string: return "text"
            }
        }
    }

    func named(_ key: YAMLNode?) -> String {
        key?.text.map { "`\(short($0))`" } ?? "the file"
    }

    func replacing(_ span: Span, _ meant: String?) -> [FixIt] {
        meant.map { [FixIt("write `\($0)`", edits: [Edit(span, quotedIfNeeded($0))], .unsafe)] } ?? []
    }

    func describe(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
        if range.upperBound == Int.max { return "\(range.lowerBound) or more" }
        if range.lowerBound == Int.min { return "\(range.upperBound) or less" }
        return "\(range.lowerBound) to \(range.upperBound)"
    }

    func describe(_ type: SchemaType) -> String {
        switch type {
        case .any: "anything"
        case .text, .textOrNone: "text"
        case .string(let format): format.name
        case .bool: "`true` or `false`"
        case .onlyTrue: "`true`"
        case .int: "a whole number"
        case .number: "a number"
        case .enumeration(let cases): "one of \(quotedChoices(cases.map(\.name)))"
        case .list: "a list"
        case .map, .object, .variants: "keys and values"
        case .oneOf(let types): types.map(describe).joined(separator: " or ")
        case .replaceable(let type): describe(type)
        }
    }
}

/// `text` short enough for a message.
func short(_ text: String) -> String {
    let limit = 40
    guard text.unicodeScalars.count > limit else { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.prefix(limit))
    return String(result) + "…"
}

/// Whether a plain scalar `text` would be read as something else, or not at all.
func needsQuotes(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    let isSafeStart =
        first >= 0x61 && first <= 0x7A || first >= 0x41 && first <= 0x5A || first >= 0x30 && first <= 0x39
        || first == 0x5F
    let isSafe = text.utf8.allSatisfy { byte in
        byte > 0x20 && byte < 0x7F && byte != 0x23 && byte != 0x3A && byte != 0x2C && byte != 0x5B && byte != 0x5D
            && byte != 0x7B
            && byte != 0x7D || byte == 0x20
    }
    guard isSafeStart, isSafe else { return true }
    return parseYAML(Array(text.utf8), options: .general).node?.scalar?.value != .string
}

func quotedIfNeeded(_ text: String) -> String { needsQuotes(text) ? quoted(text) : text }

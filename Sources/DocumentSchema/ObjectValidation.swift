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
            return wrongType(node, "keys and values", key: key, fixIts: inShape(node, .object(object)))
        }
        let isItem = self.isItem
        self.isItem = false
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
            } else if let index = object.properties.firstIndex(where: { $0.name == name }) {
                let property = object.properties[index]
                if opensNext(entries, place, property, object) { continue }
                example = property.example
                check(entry.value, property.type, key: entry.key)
            } else if let additional = object.additional {
                example = ""
                check(entry.value, additional, key: entry.key)
            } else if isReportedKey(entry.key) {
                continue
            } else if let found = keysTooHigh(entries, from: place, in: node, object, isRoot: key == nil) {
                read = found.end
                misspelt.insert(found.home)
            } else if let meant = unknownKey(entries, at: place, name, in: node, object, variants, missing: missing) {
                misspelt.insert(meant)
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
                item: isItem ? object.name : nil)
        }
        if misspelt.isDisjoint(with: object.exactlyOne) { checkExactlyOne(node, object, entries, key: key) }
    }

    /// The names of properties that are not there.
    func missingNames(_ object: SchemaObject, _ entries: YAMLNode.Entries) -> [String] {
        let present = Set(entries.compactMap(\.key.text))
        return object.properties.map(\.name).filter { !present.contains($0) }
    }

    /// - Parameter item: what an item of a list is; nil for the value of a key.
    mutating func missing(
        _ name: String, summary: String, in node: YAMLNode, key: YAMLNode?, example: String = "", item: String? = nil
    ) {
        // The whole mapping is too much to point at: its key, or the first one in it, is where one would add to it.
        let isKeyFar = key == nil || item != nil
        let beginning = Span(node.span.start, min(node.span.end, node.span.start + 1))
        let place = isKeyFar ? node.mapping?.first?.key.span ?? beginning : key?.span ?? beginning
        diagnostics.append(
            .missingKey(
                name, of: item ?? key.map { "`\(short($0.text ?? ""))`" } ?? "the file", summary: summary,
                example: example,
                at: place))
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
        if node.isNull { return empty(node, expected, key: key, format: format) }
        var fixIts = fixIts
        var notes = notes
        let isText = expected == "text" || format != nil
        if format == .cel, case .bool(let flag)? = node.scalar?.value {
            notes = [flag ? "leave the key out for everybody" : "what nobody is to see has no place in content/"]
        } else if format == .cel, let conditions = asConditions(node) {
            notes = [
                node.isMapping ? "a condition compares: `\(conditions)`" : "conditions are joined: `\(conditions)`"
            ]
            fixIts = [
                FixIt("write `\(conditions)`", edits: [edit(node, key, quotedIfNeeded(conditions))], .unsafe)
            ]
        } else if isText, let scalar = node.scalar, scalar.style == .plain, format != .cel {
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
        if isText, node.scalar == nil, node.isFlow,
            format == nil || format == .any || format == .words || format == .url
        {
            notes = ["a text that begins with `\(node.isMapping ? "{" : "[")` needs quotes"]
            if let entry = node.mapping?.first, node.mapping?.count == 1, entry.value.isNull, let name = entry.key.text,
                name.utf8.first == 0x24, name.utf8.count + 2 == node.span.length
            {
                fixIts = [FixIt("quote it", edits: [Edit(node.span, quoted("{" + name + "}"))], .safe)]
            } else {
                let text = String(decoding: node.source[node.span.start..<node.span.end], as: UTF8.self)
                if !text.utf8.contains(where: { $0 < 0x20 }) {
                    fixIts = [FixIt("quote it", edits: [Edit(node.span, quoted(text))], .unsafe)]
                }
            }
        } else if notes.isEmpty, let name = key?.text, !example.isEmpty {
            notes = ["for example `\(name): \(example)`"]
        }
        let subject = isItem ? "an item of \(named(key))" : named(key)
        diagnostics.append(
            .wrongType(of: subject, expected: expected, found: kind(node), at: place(node), notes: notes, fixIts))
    }

    /// The edit that puts a value of one line in the place of another, which may stand below its key.
    private func edit(_ node: YAMLNode, _ key: YAMLNode?, _ value: String) -> Edit {
        guard let key, !node.isFlow, node.span.start > key.span.end,
            node.source[(key.span.end + 1)..<node.span.start].allSatisfy({ $0 <= 0x20 })
        else { return Edit(node.span, value) }
        return Edit(Span(key.span.end + 1, node.span.end), " " + value)
    }

    mutating func empty(_ node: YAMLNode, _ expected: String, key: YAMLNode?, format: StringFormat? = nil) {
        if let key, node.span.isEmpty, let comment = comment(behind: key) {
            let text = String(decoding: key.source[comment.start..<comment.end], as: UTF8.self)
            let isMeant = expected == "text" || format?.problem(text) == nil && format != nil && format != .cel
            diagnostics.append(
                .commentForValue(
                    of: named(key), expected: expected, at: comment,
                    isMeant ? [FixIt("quote the value", edits: [Edit(comment, quoted(text))], .unsafe)] : []))
            return
        }
        diagnostics.append(
            .noValue(
                of: named(key), expected: expected, at: node.span.isEmpty ? key?.span ?? node.span : node.span))
    }

    /// The comment on the line of a key without a value, up to a second one.
    private func comment(behind key: YAMLNode) -> Span? {
        let source = key.source
        var start = key.span.end
        while start < source.count, source[start] == 0x3A || source[start] == 0x20 { start += 1 }
        guard start < source.count, source[start] == 0x23 else { return nil }
        var end = start + 1
        while end < source.count, source[end] != 0x0A, source[end] != 0x0D {
            if source[end...].starts(with: [0x20, 0x23, 0x20]) { break }
            end += 1
        }
        while source[end - 1] == 0x20 || source[end - 1] == 0x09 { end -= 1 }
        return Span(start, end)
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
        case .orNone(let type): describe(type) + ", or `[]` for none"
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

import LocatedYAML
import SourceDiagnostics

extension Validator {
    /// - Returns: the missing key that is probably meant.
    mutating func unknownKey(
        _ entries: YAMLNode.Entries, at place: Int, _ name: String, in node: YAMLNode, _ object: SchemaObject,
        _ variants: [SchemaVariant], missing: [String]
    ) -> String? {
        let entry = entries[place]
        let key = entry.key
        if let name = keyWithoutColon(entry, in: node, missing: missing) { return name }
        if let name = severalEvents(entry, object, missing: missing) { return name }
        let removal = FixIt("remove it here", edits: [removing(place, of: entries, in: node)], .unsafe)
        if let misplaced = object.misplaced.first(where: { $0.keys.contains(name) }) {
            diagnostics.append(.misplacedKey(name, home: misplaced.home, in: object, at: key.span, [removal]))
            return nil
        }
        if let advice = object.advice.first(where: { $0.words.contains(plainWord(name)) }) {
            diagnostics.append(
                .foreignKey(name, in: object, advice.note, at: key.span, advice.isNeedless ? [removal] : []))
            return nil
        }
        let others = variants.filter { $0.object.property(name) != nil }.map(\.name)
        if !others.isEmpty {
            diagnostics.append(.keyOfOthers(name, of: others, in: object, at: key.span, [removal]))
            return nil
        }
        if let only = object.exactlyOne.first(where: { isEffect(entry, $0, object) }) {
            let fixIt = FixIt(
                "write `\(only): true`", edits: [Edit(key.span.union(entry.value.span), "\(only): true")], .unsafe)
            let rule = "it takes exactly one of \(quotedChoices(object.exactlyOne))"
            diagnostics.append(.foreignKey(name, in: object, rule, at: key.span, [fixIt]))
            return only
        }
        // A key that is there already is not what was meant; a second one would only be a duplicate. What differs in
        // case alone is named all the same, but not put in its place.
        let known = object.properties.map(\.name)
        let meant =
            keyOfOtherTools(name, among: missing) ?? nearMiss(name, among: missing) ?? halfOfKey(name, among: missing)
            ?? onlyText(entry, entries, object, missing)
        let named = meant ?? known.first { $0.lowercased() == name.lowercased() }
        diagnostics.append(
            .unknownKey(
                name, in: object, meant: named, example: exampleOfOtherShape(entry, meant, object), at: key.span,
                renaming(entry, to: meant, in: object)))
        return meant
    }

    /// `{event session_start}`: a key and its value without the colon between, reported as the one mistake that it is.
    private mutating func keyWithoutColon(
        _ entry: YAMLNode.Entries.Element, in node: YAMLNode, missing: [String]
    ) -> String? {
        guard node.isFlow, entry.value.isNull, entry.value.span.isEmpty, let scalar = entry.key.scalar,
            scalar.style == .plain, let name = missing.first(where: { scalar.text.hasPrefix($0 + " ") })
        else { return nil }
        let end = entry.key.span.start + name.utf8.count
        diagnostics.append(.keyWithoutColon(name, at: entry.key.span, end: end))
        return name
    }

    /// The required text that is missing, where nothing but this entry can be it: `Beschriftung: Los` in a translation.
    private func onlyText(
        _ entry: YAMLNode.Entries.Element, _ entries: YAMLNode.Entries, _ object: SchemaObject, _ missing: [String]
    ) -> String? {
        let required = object.properties.filter { $0.isRequired && missing.contains($0.name) }
        guard required.count == 1, case .text = required[0].type, entry.value.text != nil,
            entries.count(where: { other in other.key.text.map { object.property($0) == nil } ?? true }) == 1
        else { return nil }
        return required[0].name
    }

    /// The key of two letters of which one is lost: `d` for `id`.
    private func halfOfKey(_ name: String, among missing: [String]) -> String? {
        name.utf8.count == 1 ? missing.first { $0.utf8.count == 2 && $0.contains(name) } : nil
    }

    /// How the key that is meant is written, where its value has another shape here.
    private func exampleOfOtherShape(
        _ entry: YAMLNode.Entries.Element, _ meant: String?, _ object: SchemaObject
    ) -> String? {
        guard let meant, let property = object.property(meant), !property.example.isEmpty,
            !accepts(property.type, entry.value)
        else { return nil }
        return "\(meant): \(property.example)"
    }

    /// Whether an entry says in other words that an action does `only`, which is true or not there: `action: dismiss`,
    /// `type: close`.
    private func isEffect(_ entry: YAMLNode.Entries.Element, _ only: String, _ object: SchemaObject) -> Bool {
        guard case .onlyTrue? = object.property(only)?.type, let text = entry.value.text, let name = entry.key.text,
            ["action", "type", "kind", "onclick", "ontap", "does", "behavior", "behaviour"].contains(plainWord(name))
        else { return false }
        return text == only || keyOfOtherTools(text, among: [only]) == only
    }

    /// The key replaced by the one that is meant, and its value by the same in the shape that this takes; nothing where the value
    /// cannot have it: `events: [a, b]` is not put right by `event: [a, b]`.
    private func renaming(
        _ entry: YAMLNode.Entries.Element, to meant: String?, in object: SchemaObject
    ) -> [FixIt] {
        guard let meant, let property = object.property(meant) else { return [] }
        let rename = Edit(entry.key.span, quotedIfNeeded(meant))
        if accepts(property.type, entry.value) { return [FixIt("write `\(meant)`", edits: [rename], .unsafe)] }
        return inShape(entry.value, property.type).prefix(1).map {
            FixIt("write `\(meant)`, and \($0.title)", edits: [rename] + $0.edits, .unsafe)
        }
    }

    /// An entry taken out: with its lines, or between brackets with a comma.
    func removing(_ place: Int, of entries: YAMLNode.Entries, in node: YAMLNode) -> Edit {
        let whole = entries[place].key.span.union(entries[place].value.span)
        guard node.isFlow else { return Edit(wholeLines(whole, in: node.source), "") }
        if place > 0 { return Edit(Span(entries[place - 1].value.span.end, whole.end), "") }
        return Edit(Span(whole.start, place + 1 < entries.count ? entries[place + 1].key.span.start : whole.end), "")
    }

    /// The lines that hold `span`, where nothing but a comment stands beside it; else the span itself.
    private func wholeLines(_ span: Span, in source: [UInt8]) -> Span {
        guard span.end <= source.count else { return span }
        var start = span.start
        while start > 0, source[start - 1] == 0x20 { start -= 1 }
        guard start == 0 || source[start - 1] == 0x0A else { return span }
        var end = span.end
        while end < source.count, source[end] == 0x20 { end += 1 }
        guard end == span.end || end == source.count || [0x0A, 0x0D, 0x23].contains(source[end]) else { return span }
        while end < source.count, source[end] != 0x0A { end += 1 }
        return Span(start, min(end + 1, source.count))
    }

    // MARK: Keys one level too high

    /// The property that takes `name` inside: `schedule` for `start`.
    func home(of name: String, in object: SchemaObject, exactly: Bool) -> (property: SchemaProperty, key: String)? {
        for property in object.properties {
            guard let inner = property.type.object,
                !object.advice.contains(where: { $0.words.contains(plainWord(name)) })
            else { continue }
            let names = inner.properties.map(\.name)
            if exactly {
                if names.contains(name) { return (property, name) }
            } else if let meant = keyOfOtherTools(name, among: names) {
                return (property, meant)
            }
        }
        return nil
    }

    /// Whether the entry behind this one, which has no value, is meant to be its first.
    func opensNext(_ entries: YAMLNode.Entries, _ place: Int, _ property: SchemaProperty, _ object: SchemaObject)
        -> Bool
    {
        guard entries[place].value.isNull, entries[place].value.span.isEmpty, property.type.object != nil,
            place + 1 < entries.count, let next = entries[place + 1].key.text, object.property(next) == nil
        else { return false }
        return home(of: next, in: object, exactly: true)?.property.name == property.name
    }

    /// `start:` and `end:` beside `schedule:` and not under it, reported as the one mistake that it is.
    ///
    /// - Returns: the entry behind the last of them, and the key they belong under; nil where the entry is none.
    mutating func keysTooHigh(
        _ entries: YAMLNode.Entries, from place: Int, in node: YAMLNode, _ object: SchemaObject, isRoot: Bool
    ) -> (end: Int, home: String)? {
        guard object.additional == nil, let first = entries[place].key.text,
            !object.misplaced.contains(where: { $0.keys.contains(first) })
        else { return nil }
        let missing = missingNames(object, entries)
        let home =
            self.home(of: first, in: object, exactly: true)
            ?? (keyOfOtherTools(first, among: missing) ?? nearMiss(first, among: missing) == nil
                ? self.home(of: first, in: object, exactly: false) : nil)
        guard let home, home.property.name != "push" || first != "link" else { return nil }
        var end = place
        var keys: [String] = []
        while end < entries.count, let name = entries[end].key.text, object.property(name) == nil,
            let next = self.home(of: name, in: object, exactly: true)
                ?? self.home(of: name, in: object, exactly: false),
            next.property.name == home.property.name
        {
            keys.append(name)
            end += 1
        }
        let name = home.property.name
        diagnostics.append(
            .keysTooHigh(
                keys, under: home.property, at: entries[place].key.span,
                node.isFlow ? [] : lowering(entries, place..<end, under: name, isRoot: isRoot)))
        return (end, name)
    }

    /// The entries under the key that they belong to: indented where it stands above them or nowhere, moved into its brackets or
    /// below its last line where it stands elsewhere.
    private func lowering(
        _ entries: YAMLNode.Entries, _ places: Range<Int>, under name: String, isRoot: Bool
    ) -> [FixIt] {
        let them = places.count == 1 ? "it" : "them"
        guard let home = entries.firstIndex(where: { $0.key.isText(name) }) else {
            guard isRoot else { return [] }
            let edits = indented(entries, places, by: "  ", opening: name + ":\n")
            return edits.isEmpty ? [] : [FixIt("put \(them) under `\(name)`", edits: edits, .unsafe)]
        }
        let value = entries[home].value
        if home == places.lowerBound - 1, !value.isFlow, value.isMapping || value.isNull && value.span.isEmpty {
            // Behind the colon and the line's end there is nothing but the indentation, unless a comment stands there.
            let gap = value.mapping?.first.map { $0.key.span.start - entries[home].key.span.end - 2 } ?? 2
            let edits = indented(
                entries, places, by: String(repeating: " ", count: (1...8).contains(gap) ? gap : 2), opening: "")
            return edits.isEmpty ? [] : [FixIt("indent \(them)", edits: edits, .unsafe)]
        }
        guard value.isFlow, let last = value.mapping?.last else { return [] }
        var moved = ""
        for entry in entries[places] {
            guard let scalar = entry.value.scalar, let key = entry.key.text, !scalar.text.utf8.contains(0x0A) else {
                return []
            }
            moved +=
                ", \(key): \(scalar.style == .plain && !needsQuotes(scalar.text) ? scalar.text : quoted(scalar.text))"
        }
        let removed = entries[places].map { Edit($0.key.span.union($0.value.span), "") }
        return [FixIt("move \(them) there", edits: [Edit(Span(at: last.value.span.end), moved)] + removed, .unsafe)]
    }

    /// - Parameter opening: what stands above the first of them.
    private func indented(
        _ entries: YAMLNode.Entries, _ places: Range<Int>, by indentation: String, opening: String
    ) -> [Edit] {
        var opening = opening
        var edits: [Edit] = []
        for entry in entries[places] {
            guard !(entry.value.text?.utf8.contains(0x0A) ?? false) else { return [] }
            edits.append(Edit(Span(at: entry.key.span.start), opening + indentation))
            opening = ""
            indent(entry.value, indentation, &edits)
        }
        return edits
    }

    private func indent(_ node: YAMLNode, _ indentation: String, _ edits: inout [Edit]) {
        guard !node.isFlow else { return }
        for entry in node.mapping ?? .empty {
            edits.append(Edit(Span(at: entry.key.span.start), indentation))
            indent(entry.value, indentation, &edits)
        }
    }
}

extension SchemaType {
    /// What a mapping of this type holds; nil for other types, and for mappings of several kinds.
    var object: SchemaObject? {
        switch self {
        case .object(let object): object
        case .replaceable(let type): type.object
        default: nil
        }
    }
}

import LocatedYAML
import SourceDiagnostics

// A value of the right words in the wrong shape: one thing where a list is wanted, a list of one where a thing is, a name where a
// mapping has one key that takes it.

extension Validator {
    /// What makes a value of `type` of one that is none, where it is clear what is meant; the likeliest first.
    func inShape(_ node: YAMLNode, _ type: SchemaType) -> [FixIt] {
        switch type {
        case .bool: return written(booleanMeant(node), for: node)
        case .onlyTrue: return written(booleanMeant(node).flatMap { $0 == "true" ? $0 : nil }, for: node)
        case .int(let range): return written(numberMeant(node, range), for: node) + unwrapped(node, type)
        case .number: return written(decimalMeant(node), for: node) + unwrapped(node, type)
        case .string(.timeRange): return written(hoursMeant(node), for: node) + unwrapped(node, type)
        case .enumeration, .string, .text: return unwrapped(node, type)
        case .list(let element, _, _): return asList(node, of: element)
        case .map(let format, let value, _):
            return withGap(node) + withColons(node) { format.problem($0) == nil } + asKeys(node, format, value)
        case .object(let object):
            return withGap(node) + withColons(node) { object.property($0) != nil } + asOnlyKey(node, of: object)
                + asStartAndEnd(node, of: object) + unwrapped(node, type)
        case .replaceable(let type), .orNone(let type): return inShape(node, type)
        case .oneOf(let types): return types.lazy.map { inShape(node, $0) }.first { !$0.isEmpty } ?? []
        default: return []
        }
    }

    private func written(_ value: String?, for node: YAMLNode) -> [FixIt] {
        value.map { [.write($0, at: node.span)] } ?? []
    }

    // MARK: One value

    /// A list of one thing where the thing itself is wanted.
    private func unwrapped(_ node: YAMLNode, _ type: SchemaType) -> [FixIt] {
        guard let items = node.sequence, items.count == 1, let item = items.first else { return [] }
        if case .string(.attributeType) = type, let element = item.text, format(of: type)?.problem(element) == nil {
            return [.write("list(\(element))", at: node.span), .write(element, at: node.span)]
        }
        let isMeant = accepts(type, item)
        if node.isFlow {
            let edits = [
                Edit(Span(node.span.start, item.span.start), ""), Edit(Span(item.span.end, node.span.end), ""),
            ]
            if isMeant { return [FixIt("leave out the brackets", edits: edits, .unsafe)] }
            guard let inner = inShape(item, type).first else { return [] }
            return [FixIt(inner.title, edits: edits + inner.edits, .unsafe)]
        }
        guard item.span.start > node.span.start else { return [] }
        let hyphen = Span(node.span.start, item.span.start)
        if !item.isMapping || !isMeant {
            guard let inner = isMeant ? FixIt("leave out the hyphen", edits: [], .unsafe) : inShape(item, type).first
            else {
                return []
            }
            return [FixIt(inner.title, edits: [Edit(hyphen, "")] + inner.edits, .unsafe)]
        }
        return [
            FixIt(
                "leave out the hyphen", edits: [Edit(hyphen, String(repeating: " ", count: hyphen.length))], .unsafe)
        ]
    }

    private func format(of type: SchemaType) -> StringFormat? {
        if case .string(let format) = type { format } else { nil }
    }

    /// The word among `names` that is meant by another spelling, or by a longer form: `Monday` is `mon`.
    func meantWord(_ text: String, among names: [String]) -> String? {
        if let near = nearMiss(text, among: names) ?? valueOfOtherTools(text, among: names) { return near }
        let word = text.lowercased()
        let short = names.filter { $0.utf8.count > 2 && word.hasPrefix($0) }
        return short.count == 1 ? short.first : nil
    }

    // MARK: Lists

    private func asList(_ node: YAMLNode, of element: SchemaType) -> [FixIt] {
        if let entries = node.mapping {
            let isItem = entries.contains { entry in entry.key.text.map { element.object?.property($0) != nil } ?? false
            }
            return isItem ? [inBrackets(node)] : entriesWithIDs(node, element)
        }
        guard let scalar = node.scalar, scalar.value != .null, !scalar.text.utf8.contains(0x0A) else { return [] }
        let text = scalar.text
        if accepts(element, node), isSound(text, element), itemsBetweenBrackets(text, element) == nil {
            let isPlain = scalar.style != .plain || !text.utf8.contains { [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }
            let item = isPlain ? scalar.rawText : quoted(text)
            return [FixIt("make it a list", edits: [Edit(node.span, "[" + item + "]")], .unsafe)]
        }
        if let items = itemsBetweenBrackets(text, element) {
            return [.write("[" + items.map(quotedIfNeeded).joined(separator: ", ") + "]", at: node.span)]
        }
        // A list of what is none of its items would only be the next mistake.
        let parts = text.split(separator: ",").map { String($0).trimmed }
        let items = itemsMeant(text, element) ?? parts.compactMap { meantItem($0, element) }
        guard !items.isEmpty, itemsMeant(text, element) != nil || items.count == parts.count else { return [] }
        let list = "[" + items.map(quotedIfNeeded).joined(separator: ", ") + "]"
        return [.write(list, at: node.span)]
    }

    /// Whether a text is such an item as it stands.
    private func isSound(_ text: String, _ element: SchemaType) -> Bool {
        switch element {
        case .enumeration(let cases): cases.contains { $0.name == text }
        case .string(let format): format.problem(text) == nil
        case .text, .any: true
        default: false
        }
    }

    private func meantItem(_ text: String, _ element: SchemaType) -> String? {
        if isSound(text, element) { return text }
        switch element {
        case .enumeration(let cases): return meantWord(text, among: cases.map(\.name))
        case .string(let format): return format.problem(text)?.replacement
        default: return nil
        }
    }

    /// `mon-fri`, `weekdays`: several words of an order at once.
    func itemsMeant(_ text: String, _ element: SchemaType) -> [String]? {
        guard case .enumeration(let cases) = element else { return nil }
        let names = cases.map(\.name)
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        if names == week {
            switch plainWord(text) {
            case "weekdays", "weekday", "workdays", "workingdays": return Array(week.prefix(5))
            case "weekend", "weekends": return Array(week.suffix(2))
            case "daily", "everyday", "all": return week
            default: break
            }
        }
        let ends = text.split(whereSeparator: { $0 == "-" || $0 == "–" }).map { String($0).trimmed }
        guard ends.count == 2, let first = meantWord(exactly: ends[0], names),
            let last = meantWord(exactly: ends[1], names),
            first < last
        else { return nil }
        return Array(names[first...last])
    }

    private func meantWord(exactly text: String, _ names: [String]) -> Int? {
        names.firstIndex(of: text) ?? meantWord(text, among: names).flatMap { names.firstIndex(of: $0) }
    }

    /// A mapping as the only item of a list.
    private func inBrackets(_ node: YAMLNode) -> FixIt {
        if node.isFlow {
            let edits = [Edit(Span(at: node.span.start), "["), Edit(Span(at: node.span.end), "]")]
            return FixIt("put it in brackets", edits: edits, .unsafe)
        }
        let edits = (node.mapping ?? .empty).enumerated().map { place, entry in
            Edit(Span(at: entry.key.span.start), place == 0 ? "- " : "  ")
        }
        return FixIt("make it an item", edits: edits, .unsafe)
    }

    /// `stay: {label: Stay}` where an item says its id: `{id: stay, label: Stay}`.
    private func entriesWithIDs(_ node: YAMLNode, _ element: SchemaType) -> [FixIt] {
        guard let object = element.object, let id = object.property("id"), id.isRequired,
            case .string(let format) = id.type,
            let entries = node.mapping, !node.isFlow
        else { return [] }
        var edits: [Edit] = []
        for entry in entries {
            guard let name = entry.key.text, format.problem(name) == nil, let values = entry.value.mapping,
                let first = values.first, !entry.value.has("id")
            else { return [] }
            if entry.value.isFlow {
                edits.append(Edit(Span(entry.key.span.start, first.key.span.start), "- {id: \(name), "))
            } else {
                edits.append(Edit(Span(entry.key.span.start, entry.key.span.end + 1), "- id: \(name)"))
            }
        }
        return edits.isEmpty ? [] : [FixIt("make them items", edits: edits, .unsafe)]
    }

    /// A list whose brackets are those of another keyboard, or of which one is missing: the items between.
    private func itemsBetweenBrackets(_ text: String, _ element: SchemaType) -> [String]? {
        let hasStart = text.hasPrefix("［") || text.hasPrefix("[")
        let hasEnd = text.hasSuffix("］") || text.hasSuffix("]")
        guard hasStart || hasEnd, !text.dropFirst().dropLast().contains(where: { "[]［］".contains($0) }) else {
            return nil
        }
        return itemsBetweenCommas(String(text.dropFirst(hasStart ? 1 : 0).dropLast(hasEnd ? 1 : 0)), element)
    }

    /// The items of a text with commas between, those of other keyboards too; nil where one is none.
    private func itemsBetweenCommas(_ text: String, _ element: SchemaType) -> [String]? {
        let parts = text.split { ",，、".contains($0) }.map { String($0).trimmed }
        let items = parts.compactMap { meantItem($0, element) }
        return !items.isEmpty && items.count == parts.count ? items : nil
    }

    /// `[1 per 7d，3 total]`: an item in which a full-width comma stands between two, reported as the one mistake that it is.
    mutating func itemsWithFullwidthComma(_ item: YAMLNode, _ element: SchemaType) -> Bool {
        guard let scalar = item.scalar, scalar.style == .plain, scalar.text.utf8.contains(where: { $0 >= 0xE3 }),
            !isSound(scalar.text, element), scalar.text.contains(where: { $0 == "，" || $0 == "、" }),
            let items = itemsBetweenCommas(scalar.text, element), items.count > 1
        else { return false }
        diagnostics.append(.fullwidthComma(items.map(quotedIfNeeded).joined(separator: ", "), at: item.span))
        return true
    }

    // MARK: Mappings

    /// `[fr, de]` where each has a word or a number behind it: the least that can be meant, `optional`, where that is one, and
    /// the same share for each.
    private func asKeys(_ node: YAMLNode, _ format: StringFormat, _ value: SchemaType) -> [FixIt] {
        let items = node.sequence.map { Array($0) } ?? [node]
        if items.contains(where: \.isMapping) { return joinedItems(node) }
        let word: String
        switch value {
        case .oneOf(let types):
            guard case .enumeration(let cases)? = types.first,
                let optional = cases.first(where: { $0.name == "optional" })?.name
            else { return joinedItems(node) }
            word = optional
        case .int(let range) where range.contains(100 / max(1, items.count)) && items.count > 1:
            word = "\(100 / items.count)"
        case .map: return namesAsKeys(node, format)
        default: return joinedItems(node)
        }
        let names = items.compactMap { item in
            item.text.flatMap { format.problem($0) == nil && !needsQuotes($0) ? $0 : nil }
        }
        guard !names.isEmpty, names.count == items.count else { return [] }
        let entries = "{" + names.map { "\($0): \(word)" }.joined(separator: ", ") + "}"
        return [.write(entries, at: node.span)]
    }

    /// `[a, b]` and `- a` where each is a key that needs no value: `{a: {}, b: {}}`.
    private func namesAsKeys(_ node: YAMLNode, _ format: StringFormat) -> [FixIt] {
        guard let items = node.sequence, !items.isEmpty,
            items.allSatisfy({ $0.text.map { format.problem($0) == nil && !needsQuotes($0) } ?? false })
        else { return joinedItems(node) }
        if node.isFlow {
            return [.write("{" + items.map { "\($0.text ?? ""): {}" }.joined(separator: ", ") + "}", at: node.span)]
        }
        let width = items[0].span.start - node.span.start
        let edits = items.flatMap { item in
            [Edit(Span(item.span.start - width, item.span.start), ""), Edit(Span(at: item.span.end), ": {}")]
        }
        guard width > 0, edits.allSatisfy({ $0.span.isEmpty || node.source[$0.span.start] == 0x2D }) else { return [] }
        return [FixIt("write keys", edits: edits, .unsafe)]
    }

    /// `[2026-12-24 09:00, 2026-12-31 09:00]` where a mapping has two keys for times.
    private func asStartAndEnd(_ node: YAMLNode, of object: SchemaObject) -> [FixIt] {
        let keys = object.properties.filter { if case .string(.dateTime) = $0.type { true } else { false } }
        guard let items = node.sequence, items.count == 2, keys.count == 2 else { return [] }
        let entries = zip(keys, items).compactMap { key, item -> String? in
            item.text.map { "\(key.name): \(quotedIfNeeded($0))" }
        }
        return entries.count == 2 ? [.write("{\(entries.joined(separator: ", "))}", at: node.span)] : []
    }

    /// `- a: 1` and `- b: 2` where the keys are of one mapping: the hyphens are too many.
    private func joinedItems(_ node: YAMLNode) -> [FixIt] {
        guard let items = node.sequence, let first = items.first else { return [] }
        if node.isFlow {
            guard
                items.allSatisfy({
                    $0.mapping?.count == 1 && $0.span.start < $0.span.end && node.source[$0.span.start] != 0x7B
                })
            else { return [] }
            let edits = [
                Edit(Span(node.span.start, node.span.start + 1), "{"),
                Edit(Span(node.span.end - 1, node.span.end), "}"),
            ]
            return [FixIt("write keys in `{ }`", edits: edits, .unsafe)]
        }
        let width = first.span.start - node.span.start
        guard width > 0, items.allSatisfy({ $0.isMapping && !$0.isFlow && $0.span.start >= width }) else { return [] }
        let edits = items.map { Edit(Span($0.span.start - width, $0.span.start), "") }
        guard edits.allSatisfy({ node.source[$0.span.start] == 0x2D }) else { return [] }
        return [FixIt("leave out the \(items.count == 1 ? "hyphen" : "hyphens")", edits: edits, .unsafe)]
    }

    /// A text where a mapping has one required key for a text: `trigger: session_start` for `trigger: {event: session_start}`.
    private func asOnlyKey(_ node: YAMLNode, of object: SchemaObject) -> [FixIt] {
        let required = object.properties.filter(\.isRequired)
        guard let scalar = node.scalar, scalar.value == .string, !scalar.text.isEmpty, object.exactlyOne.isEmpty,
            let property = object.mainKey.flatMap({ object.property($0) })
                ?? (required.count == 1 ? required.first : object.properties.count == 1 ? object.properties.first : nil)
        else { return [] }
        let text = withoutKey(scalar.text, property.name)
        if case .orNone = property.type, saysNothing(text) {
            return [.write("{\(property.name): []}", at: node.span)]
        }
        switch property.type {
        case .list(let element, _, _):
            guard let item = meantItem(text, element) else { return [] }
            return [.write("{\(property.name): [\(quotedIfNeeded(item))]}", at: node.span)]
        case .orNone(.string(let format)) where format.problem(text) == nil: break
        case .text, .textOrNone: break
        case .string(let format) where format.problem(text) == nil: break
        default: return []
        }
        let isPlain = !needsQuotes(text) && !text.utf8.contains { [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }
        let value = "{\(property.name): \(isPlain ? text : quoted(text))}"
        return [.write(value, at: node.span)]
    }
}

/// `fallback: friend` and `fallback = friend` without the key that stands in the text.
private func withoutKey(_ text: String, _ key: String) -> String {
    guard text.hasPrefix(key) else { return text }
    let rest = String(text.dropFirst(key.count)).trimmed
    guard let sign = rest.first, sign == ":" || sign == "=" else { return text }
    let value = String(rest.dropFirst()).trimmed
    return value.isEmpty ? text : value
}

/// Whether a word says that there is nothing, as other tools write it.
package func saysNothing(_ word: String) -> Bool {
    ["nothing", "none", "null", "nil", "no", "nobody", "never", "false", "undefined"].contains(word.lowercased())
}

extension String {
    /// Without spaces at its ends.
    var trimmed: String {
        var rest = self[...]
        while rest.utf8.first == 0x20 { rest = rest.dropFirst() }
        while rest.utf8.last == 0x20 { rest = rest.dropLast() }
        return String(rest)
    }
}

import LocatedYAML
import SourceDiagnostics

/// Checks `root` against a schema, strictly: every unknown key, wrong type, unknown word, number out of range, malformed
/// scalar and missing key is found in one go.
///
/// - Parameters:
///   - provided: Keys of the root that come from elsewhere (`_defaults.yaml`), so that they are not missing.
///   - end: Where a missing key of an empty document is reported.
/// - Returns: Diagnostics in the order of the file, each with the narrowest span; labels name no file yet.
package func validate(
    _ root: YAMLNode, against schema: SchemaObject, provided: Set<String> = [], clock: LocalClock? = nil
) -> [Diagnostic] {
    var validator = Validator(clock: clock)
    validator.object(root, schema, provided: provided, key: nil)
    if validator.diagnostics.count > 1 { validator.diagnostics.sort(by: Diagnostic.precedes) }
    return validator.diagnostics
}

/// Walks a document and its schema side by side.
struct Validator {
    /// The clock of moments that are written without an offset; nil where nobody says whose it is.
    let clock: LocalClock?
    var diagnostics: [Diagnostic] = []
    /// How the value of the key that is being checked is written; empty where there is no key, or no example.
    var example = ""
    /// Whether what is checked is an item of the list that the key has.
    var isItem = false

    mutating func check(_ node: YAMLNode, _ type: SchemaType, key: YAMLNode?) {
        switch type {
        case .any: return
        case .text: text(node, nil, key: key)
        case .textOrNone:
            // Written out: a key without a value is more often forgotten than meant.
            if let scalar = node.scalar, scalar.value == .string, scalar.style != .plain, scalar.isEmpty { break }
            text(node, nil, key: key)
        case .string(let format):
            if format == .eventName, severalEvents(node, type) { return }
            text(node, format, key: key)
        case .bool:
            guard case .bool = node.scalar?.value else {
                return wrongType(node, "`true` or `false`", key: key, fixIts: inShape(node, type))
            }
        case .onlyTrue: onlyTrue(node, key: key)
        case .int(let range): integer(node, range, key: key)
        case .number:
            switch node.scalar?.value {
            case .int, .float: return
            default: wrongType(node, "a number", key: key, fixIts: inShape(node, type))
            }
        case .enumeration(let cases): word(node, cases, key: key)
        case .list(let element, let count, let unique): list(node, element, count, unique, key: key)
        case .map(let format, let value, let minimum): map(node, format, value, minimum, key: key)
        case .object(let object):
            if node.sequence != nil, severalEvents(node, type) { return }
            self.object(node, object, provided: [], key: key)
        case .variants(let discriminator, let variants): self.variants(node, discriminator, variants, key: key)
        case .oneOf(let types): oneOf(node, types, key: key)
        case .orNone(let type): orNone(node, type, key: key)
        case .replaceable(let type):
            guard node.isMapping, node.has(SchemaType.replaceKey) else { return check(node, type, key: key) }
            object(node, SchemaType.replacement(type), provided: [], key: key)
        }
    }

    private mutating func orNone(_ node: YAMLNode, _ type: SchemaType, key: YAMLNode?) {
        if let items = node.sequence, items.isEmpty { return }
        var saysNothing = node.isNull
        if case .bool(false)? = node.scalar?.value { saysNothing = true }
        if let scalar = node.scalar, scalar.value == .string, scalar.isEmpty { saysNothing = true }
        guard saysNothing else { return check(node, type, key: key) }
        let isBehindColon = node.span.isEmpty && node.span.start > 0 && node.source[node.span.start - 1] == 0x3A
        diagnostics.append(
            .noValue(
                of: named(key), expected: describe(.orNone(type)),
                at: node.span.isEmpty ? key?.span ?? node.span : node.span,
                [FixIt("write `[]`", edits: [Edit(node.span, isBehindColon ? " []" : "[]")], .unsafe)]))
    }

    // MARK: - Scalars

    private mutating func text(_ node: YAMLNode, _ format: StringFormat?, key: YAMLNode?) {
        guard let scalar = node.scalar, scalar.value == .string else {
            let isWord = format.map { ![.any, .words, .cel, .url].contains($0) } ?? false
            return wrongType(
                node, format?.name ?? "text", key: key, format: format,
                fixIts: isWord && node.scalar == nil ? inShape(node, .string(format ?? .any)) : [])
        }
        guard !scalar.isEmpty, format != .words || !StringFormat.words.isEmpty(scalar.text) else {
            return empty(node, format?.name ?? "text", key: key)
        }
        if format == nil || format == .words { checkComment(behind: node, scalar) }
        // A text is not made for the formats that take any.
        switch format {
        case nil, .any, .words, .cel, .url: return
        default: break
        }
        guard var problem = format?.problem(scalar.text, clock: clock) else { return }
        if problem.replacement == nil, scalar.text.utf8.count(where: { $0 == 0x2C }) == 1 {
            // `12,5%`
            let text = scalar.text.replacing(",", with: ".")
            if format?.problem(text) == nil { problem.replacement = text }
        }
        if problem.replacement == nil, let last = scalar.text.last, last == "," || last == ";" {
            let text = String(scalar.text.dropLast()).trimmed
            if format?.problem(text) == nil { problem.replacement = text }
        }
        let table = scalar.table
        diagnostics.append(report(problem, node, at: table.outer(problem.span), format))
    }

    func report(_ problem: SyntaxProblem, _ node: YAMLNode, at span: Span, _ format: StringFormat?) -> Diagnostic {
        var fixIts: [FixIt] = []
        if let replacement = problem.replacement {
            let isPlain = node.scalar?.style == .plain && !needsQuotes(replacement)
            fixIts = [
                FixIt(
                    "write `\(replacement)`", edits: [Edit(node.span, isPlain ? replacement : quoted(replacement))],
                    .unsafe)
            ]
        }
        // The locale's own tag stays readable; only its spelling is off.
        let isSpelling = format == .locale && problem.replacement != nil
        return .malformed(problem, isSpelling: isSpelling, at: span, fixIts)
    }

    private mutating func onlyTrue(_ node: YAMLNode, key: YAMLNode?) {
        guard case .bool(let flag) = node.scalar?.value else {
            return wrongType(node, "`true`", key: key, fixIts: inShape(node, .onlyTrue))
        }
        if flag { return }
        diagnostics.append(.onlyTrue(named(key), at: node.span))
    }

    private mutating func integer(_ node: YAMLNode, _ range: ClosedRange<Int>, key: YAMLNode?) {
        guard case .int(let number) = node.scalar?.value else {
            return wrongType(node, "a whole number", key: key, fixIts: inShape(node, .int(range)))
        }
        guard !range.contains(number) else { return }
        diagnostics.append(.numberOutOfRange(number, of: named(key), range: describe(range), at: node.span))
    }

    private mutating func word(_ node: YAMLNode, _ cases: [EnumerationCase], key: YAMLNode?) {
        if let text = node.scalar?.text, node.scalar?.value == .string, cases.contains(where: { $0.name == text }) {
            return
        }
        let names = cases.map(\.name)
        guard let scalar = node.scalar, scalar.value == .string else {
            return wrongType(
                node, "one of \(quotedChoices(names))", key: key, fixIts: inShape(node, .enumeration(cases)))
        }
        // `mon-fri` in a list is several words, and never the first of them.
        let several = isItem ? itemsMeant(scalar.text, .enumeration(cases)) : nil
        if let several, several.count > 1 {
            let items = several.joined(separator: ", ")
            let isBetweenCommas = node.source[..<node.span.start].last { $0 > 0x20 }.map { $0 == 0x5B || $0 == 0x2C }
            let fixIts = isBetweenCommas ?? false ? [FixIt.write(items, at: node.span)] : []
            return diagnostics.append(
                .unknownValue(scalar.text, of: named(key), among: names, meant: nil, at: node.span, fixIts))
        }
        let meant = meantWord(scalar.text, among: names)
        diagnostics.append(
            .unknownValue(
                scalar.text, of: named(key), among: names, meant: meant, at: node.span, replacing(node.span, meant)))
    }

    // MARK: - Collections

    private mutating func list(
        _ node: YAMLNode, _ element: SchemaType, _ count: ClosedRange<Int>, _ unique: Bool, key: YAMLNode?
    ) {
        guard let items = node.sequence else {
            var notes: [String] = []
            if case .string(let format) = element, let text = node.scalar?.text, let problem = format.problem(text) {
                notes = problem.notes
            }
            return wrongType(
                node, "a list", key: key, notes: notes,
                fixIts: inShape(node, .list(of: element, count: count, unique: unique)))
        }
        if itemInPieces(items, node, element, key: key) { return }
        let own = example
        for item in items {
            example = own
            isItem = true
            if itemsWithFullwidthComma(item, element) { continue }
            check(item, element, key: key)
        }
        isItem = false
        if !count.contains(items.count) {
            let place = items.count > count.upperBound ? items[count.upperBound].span : node.span
            diagnostics.append(
                .wrongCount(items.count, of: named(key), range: describe(count), at: place))
        }
        if unique { checkUnique(items, key: key) }
    }

    private mutating func checkUnique(_ items: YAMLNode.Items, key: YAMLNode?) {
        var first: [String: Span] = [:]
        for item in items {
            guard let text = item.text else { continue }
            if let span = first[text] {
                diagnostics.append(.duplicateItem(text, in: named(key), at: item.span, first: span))
            } else {
                first[text] = item.span
            }
        }
    }

    private mutating func map(
        _ node: YAMLNode, _ format: StringFormat, _ value: SchemaType, _ minimum: Int, key: YAMLNode?
    ) {
        guard let entries = node.mapping else {
            if node.isNull, minimum == 0, let key { return emptyMap(node, of: key) }
            return wrongType(
                node, "keys and values", key: key,
                fixIts: inShape(node, .map(key: format, value: value, minimum: minimum)))
        }
        (example, isItem) = ("", false)
        // Up to where entries are those of the one above, which has been reported.
        var read = 0
        for (place, entry) in zip(entries.indices, entries) where place >= read {
            if format == .path, let end = entriesBeside(entries, place, value) {
                read = end
                continue
            }
            if let name = entry.key.scalar, let problem = name.text.isEmpty ? emptyName : format.problem(name.text) {
                diagnostics.append(report(problem, entry.key, at: name.table.outer(problem.span), format))
            }
            if format == .path, pathInParts(entry, value) { continue }
            if format == .fieldName, wrappedAttributes(entry, in: node, value, of: key) { continue }
            check(entry.value, value, key: entry.key)
        }
        if entries.count < minimum {
            diagnostics.append(
                .tooFewEntries(
                    of: named(key), minimum: minimum,
                    at: node.span.isEmpty ? key?.span ?? node.span : node.span))
        }
    }

    /// A key without a value where a mapping without entries has a meaning: `session_start:`.
    private mutating func emptyMap(_ node: YAMLNode, of key: YAMLNode) {
        let end = key.span.end
        let hasColon = end < key.source.count && key.source[end] == 0x3A
        let edit =
            node.span.isEmpty
            ? Edit(Span(at: hasColon ? end + 1 : end), hasColon ? " {}" : ": {}") : Edit(node.span, "{}")
        diagnostics.append(
            .noValue(
                of: named(key), expected: "keys and values", at: node.span.isEmpty ? key.span : node.span,
                [FixIt("write `{}`", edits: [edit], .unsafe)]))
    }

    private var emptyName: SyntaxProblem { SyntaxProblem(Span(0, 0), "a name cannot be empty") }

    private mutating func variants(
        _ node: YAMLNode, _ discriminator: String, _ variants: [SchemaVariant], key: YAMLNode?
    ) {
        guard node.isMapping else { return wrongType(node, "keys and values", key: key) }
        guard let chosen = node[discriminator] else {
            return missing(
                discriminator, summary: "it is one of \(quotedChoices(variants.map(\.name)))", in: node, key: key)
        }
        if let variant = variants.first(where: { $0.name == chosen.text }) {
            return object(node, variant.object, provided: [], key: key, variants: variants)
        }
        word(chosen, variants.map { EnumerationCase($0.name) }, key: node.entry(discriminator)?.key)
    }

    /// The alternative of the node's own kind decides.
    private mutating func oneOf(_ node: YAMLNode, _ types: [SchemaType], key: YAMLNode?) {
        if let type = types.first(where: { accepts($0, node) }) { return check(node, type, key: key) }
        wrongType(
            node, types.map(describe).joined(separator: " or "), key: key,
            fixIts: inShape(node, .oneOf(types)))
    }

    /// Whether a value of the node's kind, whatever it holds, can have this type.
    func accepts(_ type: SchemaType, _ node: YAMLNode) -> Bool {
        switch (type, node.content) {
        case (.any, _): true
        case (.list, .sequence), (.map, .mapping), (.object, .mapping), (.variants, .mapping): true
        case (.bool, .scalar(let scalar)), (.onlyTrue, .scalar(let scalar)):
            if case .bool = scalar.value { true } else { false }
        case (.int, .scalar(let scalar)): if case .int = scalar.value { true } else { false }
        case (.number, .scalar(let scalar)):
            switch scalar.value {
            case .int, .float: true
            default: false
            }
        case (.text, .scalar(let scalar)), (.textOrNone, .scalar(let scalar)), (.string, .scalar(let scalar)),
            (.enumeration, .scalar(let scalar)):
            scalar.value == .string
        case (.oneOf(let types), _): types.contains { accepts($0, node) }
        case (.orNone(let type), _): accepts(type, node) || node.sequence?.isEmpty ?? false
        case (.replaceable(let type), _): accepts(type, node) || node.isMapping && node.has(SchemaType.replaceKey)
        default: false
        }
    }
}

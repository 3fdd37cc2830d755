import SourceDiagnostics

// What makes a mapping one that authors understand: keys are text, none comes twice, none
// hides something; and YAML 1.1's merge keys, which many know, are expanded where they stand.

/// The keys of one mapping that are scalars, found again fast once there are many.
struct KeySet {
    private var keys: [(text: String, span: Span)] = []
    private var indices: [String: Int] = [:]
    /// Whether one of them is `<<`.
    private(set) var hasMerge = false

    /// Adds a key, unless an equal one is there already: then that one is returned.
    mutating func insert(_ text: String, at span: Span) -> (text: String, span: Span)? {
        if let index = index(of: text) { return keys[index] }
        if text == "<<" { hasMerge = true }
        if keys.count >= indexedKeyCount { indices[text] = keys.count }
        keys.append((text, span))
        return nil
    }

    private mutating func index(of text: String) -> Int? {
        if keys.count < indexedKeyCount {
            for index in keys.indices where keys[index].text == text { return index }
            return nil
        }
        if indices.isEmpty { for index in keys.indices { indices[keys[index].text] = index } }
        return indices[text]
    }
}

/// From this many keys on a mapping's keys are hashed.
private let indexedKeyCount = 16

extension TreeBuilder {
    /// Notes `key`; false, with an error, when the mapping has it already.
    mutating func addKey(_ key: YAMLNode, to keys: inout KeySet) -> Bool {
        guard let text = key.text, let first = keys.insert(text, at: key.span) else { return true }
        // String equality is canonical equivalence: one of the two may be composed and the other decomposed.
        guard first.text.utf8.elementsEqual(text.utf8) else {
            diagnostics.append(
                Diagnostic(
                    "yaml/similar-keys", .warning, "two keys look the same and differ in their bytes",
                    at: Label(key.span), secondary: [Label(first.span, "the other")],
                    notes: ["one is written with composed characters, the other with combining marks"]))
            return true
        }
        diagnostics.append(
            Diagnostic(
                "yaml/duplicate-key", .error, "the key “\(shown(text))” is given twice", at: Label(key.span),
                secondary: [Label(first.span, "it is first given here")],
                notes: ["a mapping holds each key once; remove one, or rename it"]))
        return false
    }

    /// Reports a key that is not text, or that is not what it seems.
    mutating func check(key: YAMLNode, _ value: YAMLNode, isFlow: Bool) {
        guard let scalar = key.scalar else {
            diagnostics.append(complexKey(key))
            return
        }
        if scalar.value != .string { diagnostics.append(nonStringKey(key, scalar)) }
        if scalar.text == "__proto__" {
            diagnostics.append(
                Diagnostic(
                    "yaml/reserved-key", .error, "“__proto__” cannot be a key", at: Label(key.span),
                    notes: ["JavaScript readers of the output would change an object's prototype by it"]))
        }
        if !isASCII { checkInvisible(key, scalar) }
        if isFlow, value.span.isEmpty, value.scalar?.style == .plain, value.tag == nil,
            !hasColon(between: key.span.end, and: value.span.start)
        {
            diagnostics.append(
                Diagnostic(
                    "yaml/missing-value", .warning, "“\(shown(scalar.text))” has no value", at: Label(key.span),
                    notes: ["inside { } each key takes a colon and a value; without them it is null"]))
        }
    }

    private func hasColon(between start: Int, and end: Int) -> Bool {
        // libyaml puts an empty value at the next token, so that the colon may stand on either side of `end`.
        var offset = start
        let stop = min(max(end, start) + 1, bytes.count)
        while offset < stop {
            if bytes[offset] == 0x3A { return true }
            offset += 1
        }
        return false
    }

    private func complexKey(_ key: YAMLNode) -> Diagnostic {
        let braces = key.isFlow && key.mapping != nil
        return Diagnostic(
            "yaml/non-string-key", .error,
            "a key must be text, and this is a \(key.mapping != nil ? "mapping" : "list")",
            at: Label(key.span),
            notes: braces ? ["a value that begins with { needs quotes"] : ["remove the ? or the brackets"])
    }

    private func nonStringKey(_ key: YAMLNode, _ scalar: YAMLScalar) -> Diagnostic {
        let type = typeName(scalar.value)
        guard !key.span.isEmpty else {
            return Diagnostic("yaml/non-string-key", .error, "the key is missing before the colon", at: Label(key.span))
        }
        return Diagnostic(
            "yaml/non-string-key", .error, "the key “\(shown(scalar.text))” is \(type), not text", at: Label(key.span),
            notes: ["in quotes it is text"],
            fixIts: [FixIt("quote the key", edits: [Edit(key.span, quoted(scalar.text))], .safe)])
    }

    // MARK: - Merge keys

    /// `entries` with the mappings that `<<` names put in its place; keys written out win, then earlier mappings.
    mutating func merged(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
        guard let index = entries.firstIndex(where: { isMergeKey($0.key) }) else { return entries }
        let merge = entries[index]
        let sources = merge.value.sequence ?? [merge.value]
        if sources.contains(where: { $0.mapping != nil }) { warnOfMerge(merge.key) }
        var result = entries.filter { !isMergeKey($0.key) }
        var known = Set(result.compactMap(\.key.text))
        var added: [YAMLNode.Entry] = []
        for source in sources {
            guard let mapping = source.mapping else {
                diagnostics.append(
                    Diagnostic(
                        "yaml/invalid-merge", .error, "<< takes a mapping, or a list of mappings",
                        at: Label(source.span)))
                continue
            }
            for entry in mapping {
                guard let key = entry.key.text, known.insert(key).inserted else { continue }
                added.append(entry)
            }
        }
        result.insert(contentsOf: added, at: min(index, result.count))
        return result
    }

    private mutating func warnOfMerge(_ key: YAMLNode) {
        guard !hasMergeKey else { return }
        hasMergeKey = true
        diagnostics.append(
            Diagnostic(
                "yaml/merge-key", .warning, "the merge key << is not part of YAML 1.2", at: Label(key.span),
                notes: [
                    "it is understood here, but other tools take it for a key named <<; what several messages share "
                        + "belongs into _defaults.yaml"
                ]))
    }

    private func isMergeKey(_ key: YAMLNode) -> Bool {
        guard case .scalar(let scalar) = key.content else { return false }
        return scalar.style == .plain && key.tag == nil && key.span.length == 2 && scalar.text == "<<"
    }
}

/// The author's word for a type.
func typeName(_ value: YAMLScalar.Value) -> String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .float: "a number"
    case .string: "text"
    }
}

/// `text` short enough for a message.
func shown(_ text: String) -> String {
    let limit = 40
    guard text.unicodeScalars.count > limit else { return text }
    var short = String.UnicodeScalarView()
    short.append(contentsOf: text.unicodeScalars.prefix(limit))
    return String(short) + "…"
}

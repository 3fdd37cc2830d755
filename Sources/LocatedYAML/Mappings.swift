import ByteText
import SourceDiagnostics

// What makes a mapping one that authors understand: keys are text, none comes twice, none
// hides something; and YAML 1.1's merge keys, which many know, are expanded where they stand.

/// What is known of the keys of the mapping that is being read.
struct KeySet {
    /// The records of the keys that are scalars, once one of them is not ASCII or there are many; until then equal keys have
    /// equal bytes.
    fileprivate var records: [String: Int]?
    /// Whether one of them is `<<`.
    fileprivate(set) var hasMerge = false
}

/// From this many keys on a mapping's keys are hashed.
private let indexedKeyCount = 16

extension YAMLTreeBuilder {
    /// Notes the key at the record `key` of the mapping whose entries are open from `first` on; false, with an error, when
    /// the mapping has it already.
    mutating func addKey(_ key: Int, to keys: inout KeySet, from first: Int, isASCII: Bool) -> Bool {
        let record = records[key]
        guard record.kind == .scalar else { return true }
        guard let other = equalKey(key, in: &keys, from: first, isASCII: isASCII) else {
            if record.length == 2, withText(record, { $0[0] == 0x3C && $0[1] == 0x3C }) { keys.hasMerge = true }
            return true
        }
        let text = text(record)
        // String equality is canonical equivalence: one of the two may be composed and the other decomposed.
        guard self.text(records[other]).utf8.elementsEqual(text.utf8) else {
            diagnostics.append(
                .similarKeys(at: record.span, other: records[other].span))
            return true
        }
        diagnostics.append(
            .duplicateKey(text, at: record.span, first: records[other].span))
        return false
    }

    /// The first key that is equal to `key`, which is noted when there is none.
    private func equalKey(_ key: Int, in keys: inout KeySet, from first: Int, isASCII: Bool) -> Int? {
        let record = records[key]
        if isASCII, keys.records == nil, open.count - first < 2 * indexedKeyCount {
            var place = first
            while place < open.count {
                let other = records[Int(open[place])]
                if other.kind == .scalar, other.length == record.length,
                    withText(record, { text in withText(other) { sameBytes($0, text) } })
                {
                    return Int(open[place])
                }
                place += 2
            }
            return nil
        }
        var known = keys.records ?? [:]
        keys.records = nil
        defer { keys.records = known }
        if known.isEmpty {
            for place in stride(from: first, to: open.count, by: 2) where records[Int(open[place])].kind == .scalar {
                let text = text(records[Int(open[place])])
                if known[text] == nil { known[text] = Int(open[place]) }
            }
        }
        let text = text(record)
        if let other = known[text] { return other }
        known[text] = key
        return nil
    }

    /// Whether a key's text is ASCII; false for a collection.
    func isASCIIText(_ key: YAMLRecord) -> Bool {
        key.kind == .scalar && withText(key) { text in !text.contains { $0 >= 0x80 } }
    }

    /// Reports a key that is not text, or that is not what it seems.
    mutating func check(key: YAMLRecord, _ value: YAMLRecord, isFlow: Bool, isASCII: Bool) {
        guard key.kind == .scalar else {
            diagnostics.append(complexKey(key))
            return
        }
        if key.value != .string { diagnostics.append(nonStringKey(key)) }
        if key.length == 9, text(key) == "__proto__" {
            diagnostics.append(.reservedKey(at: key.span))
        }
        // An escape stands for itself, and an alias for its anchor's text.
        if !isASCII || !key.isVerbatim || key.raw != key.span { checkInvisible(key) }
        if isFlow, value.span.isEmpty, value.kind == .scalar, value.style == .plain, value.tag < 0,
            !hasColon(between: key.span.end, and: value.span.start)
        {
            diagnostics.append(.missingValue(text(key), at: key.span))
        }
    }

    /// `{event:session_start}`, at a key without a value: fails with the places of all such keys of the mapping that begins
    /// at `start`.
    func checkGap(_ key: YAMLRecord, _ value: YAMLRecord, _ start: Int, isFlow: Bool) throws(ParseFailure) {
        guard isFlow else { return try checkGap(inBlock: key) }
        guard value.span.isEmpty else { return }
        if key.kind == .scalar, key.style == .plain { try checkColon(inFlow: key) }
        guard key.kind == .scalar, key.style == .plain, value.kind == .scalar, value.span.isEmpty,
            value.style == .plain,
            value.tag < 0, colonWithoutGap(at: key.span.start) != nil,
            !hasColon(between: key.span.end, and: value.span.start)
        else { return }
        var gaps: [Int] = []
        var depth = 0
        var place = start
        while place < range.end, !isBreak(bytes[place]) {
            switch bytes[place] {
            case 0x5B, 0x7B: depth += 1
            case 0x5D, 0x7D: depth -= 1
            default: break
            }
            if depth == 0, place > start { break }
            if depth == 1, bytes[place] == 0x7B || bytes[place] == 0x2C {
                var name = place + 1
                while name < range.end, bytes[name] == 0x20 { name += 1 }
                if let gap = colonWithoutGap(at: name) { gaps.append(gap) }
            }
            place += 1
        }
        if !gaps.isEmpty { throw ParseFailure(.missingGap(text(key), at: key.span, gaps: gaps)) }
    }

    /// `user.first_name:{fallback: friend}` on a line of its own: fails where the brace has become a part of the key.
    private func checkGap(inBlock key: YAMLRecord) throws(ParseFailure) {
        guard key.kind == .scalar, key.style == .plain, key.span.length > 2,
            let colon = bytes[key.span.start..<(key.span.end - 1)].firstIndex(of: 0x3A), colon > key.span.start,
            bytes[colon + 1] == 0x7B || bytes[colon + 1] == 0x5B
        else { return }
        let name = String(decoding: bytes[key.span.start..<colon], as: UTF8.self)
        throw ParseFailure(.missingGap(name, at: Span(key.span.start, colon + 1), gaps: [colon + 1]))
    }

    /// `{id：go, label：Go}` and `{default :false}`: fails where a colon has become a part of the key.
    private func checkColon(inFlow key: YAMLRecord) throws(ParseFailure) {
        let written = bytes[key.span.start..<key.span.end]
        if written.contains(0xEF), text(key).contains("：") {
            let edits = fullwidthSigns(bytes, lineSpan(bytes, range, at: key.span.start))
            if let first = edits.first {
                throw ParseFailure(
                    .fullwidthSign(String(decoding: bytes[first.span.start..<first.span.end], as: UTF8.self), edits))
            }
        }
        guard let space = written.firstIndex(of: 0x20), written[..<space].allSatisfy(isOfName), space > key.span.start,
            let edit = colonApart(bytes, Span(space, key.span.end))
        else { return }
        let name = String(decoding: bytes[key.span.start..<space], as: UTF8.self)
        throw ParseFailure(.colonApart(name, at: Span(key.span.start, edit.span.end), edit))
    }

    /// Where a space is missing in `key:value`, behind the colon of a key that begins at `start`; nil for anything else.
    func colonWithoutGap(at start: Int) -> Int? {
        var end = start
        while end < range.end, isOfName(bytes[end]) { end += 1 }
        guard end > start, end + 1 < range.end, bytes[end] == 0x3A, bytes[end + 1] > 0x20,
            ![0x2C, 0x2F, 0x3A, 0x5D, 0x7D].contains(bytes[end + 1])
        else { return nil }
        return end + 1
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

    private func complexKey(_ key: YAMLRecord) -> Diagnostic {
        let span = key.span
        // `{{name}}` has no value in it: a placeholder.
        let isDoubled =
            key.isFlow && key.kind == .mapping && span.start > range.start && span.end < range.end
            && bytes[span.start - 1] == 0x7B && bytes[span.end] == 0x7D && !key.range.isEmpty
            && records[Int(children[key.range.lowerBound + 1])].value != .null
        return .collectionAsKey(
            at: span, isMapping: key.kind == .mapping, isFlow: key.isFlow, isDoubled: isDoubled,
            placeholder: isDoubled ? nil : placeholder(key))
    }

    /// The name in `{$name}`, which stands where a key does; nil for another key.
    private func placeholder(_ key: YAMLRecord) -> String? {
        guard key.kind == .mapping, key.isFlow, key.range.count == 2, key.span.end < range.end,
            bytes[key.span.end] == 0x3A
        else { return nil }
        let name = records[Int(children[key.range.lowerBound])]
        let written = text(name)
        guard name.kind == .scalar, written.utf8.first == 0x24, written.utf8.count > 1,
            written.utf8.count + 2 == key.span.length
        else { return nil }
        return String(written.dropFirst())
    }

    private func nonStringKey(_ key: YAMLRecord) -> Diagnostic {
        key.span.isEmpty ? .missingKey(at: key.span) : .nonStringKey(text(key), key.value, at: key.span)
    }

    // MARK: - Merge keys

    /// The records of one key and its value.
    struct KeyValue {
        var key: Int
        var value: Int
    }

    /// `entries` with the mappings that `<<` names put in its place; keys written out win, then earlier mappings.
    mutating func merged(_ entries: [KeyValue]) -> [KeyValue] {
        guard let index = entries.firstIndex(where: { isMergeKey(records[$0.key]) }) else { return entries }
        let merge = entries[index]
        let value = records[merge.value]
        let sources = value.kind == .sequence ? children[value.range].map { Int($0) } : [merge.value]
        if sources.contains(where: { records[$0].kind == .mapping }) { warnOfMerge(records[merge.key]) }
        var result = entries.filter { !isMergeKey(records[$0.key]) }
        var known = Set(result.compactMap { keyText($0) })
        var added: [KeyValue] = []
        for source in sources.map({ records[$0] }) {
            guard source.kind == .mapping else {
                diagnostics.append(.invalidMerge(at: source.span))
                continue
            }
            for place in stride(from: source.range.lowerBound, to: source.range.upperBound, by: 2) {
                let entry = KeyValue(key: Int(children[place]), value: Int(children[place + 1]))
                guard let key = keyText(entry), known.insert(key).inserted else { continue }
                added.append(entry)
            }
        }
        result.insert(contentsOf: added, at: min(index, result.count))
        return result
    }

    private func keyText(_ entry: KeyValue) -> String? {
        let key = records[entry.key]
        return key.kind == .scalar ? text(key) : nil
    }

    private mutating func warnOfMerge(_ key: YAMLRecord) {
        guard !hasMergeKey else { return }
        hasMergeKey = true
        diagnostics.append(.mergeKey(at: key.span))
    }

    private func isMergeKey(_ key: YAMLRecord) -> Bool {
        key.kind == .scalar && key.style == .plain && key.tag < 0 && key.span.length == 2 && text(key) == "<<"
    }
}

/// Whether keys are made of it.
private func isOfName(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5F || byte == 0x2D
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

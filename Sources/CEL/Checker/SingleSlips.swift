import ByteText
import SourceDiagnostics

// One sign too many, or one too few: `"rider""`, `event..status`, `role == rider"`. Which of them an author meant nobody can tell
// from the signs alone; but where just one change of one sign makes a sound condition, it is that one.

/// A change of one sign.
enum SingleSlip {
    /// A quotation mark without a partner.
    case oddMark
    /// A quotation mark is missing before or behind a word.
    case missingMark(isOpening: Bool)
    /// A text ends with another mark than it begins with.
    case otherMark
    /// A sign that stands there twice.
    case doubled
    /// A sign that nothing wants there.
    case stray
    /// Another sign than a dot between a group and its attribute.
    case noDot
    /// Two signs, or a sign and a letter, in the wrong order.
    case swapped
    /// A semicolon between two conditions.
    case semicolon
    /// A bracket is closed too late, or not at all.
    case unclosed
}

struct SlipCandidate {
    var slip: SingleSlip
    var span: Span
    var replacement: String
    var bytes: [UInt8]
}

/// Longest expression in which such a slip is looked for, in bytes, and the most changes that are tried.
private let searchLimit = (bytes: 512, candidates: 320)

extension Environment {
    /// The one change of one sign that makes a sound expression of one that cannot be parsed, as what is to be reported in place of
    /// all that the parser said; nil where there is none, where several would do, or where the parser's own fixes are enough.
    ///
    /// - Parameters:
    ///   - found: what ``parse(_:)`` said of it.
    ///   - expecting: the type that the whole expression must have; nil for any.
    public func singleSlip(in source: String, _ found: [Diagnostic], expecting: CELType? = nil) -> Diagnostic? {
        let bytes = Array(source.utf8)
        guard bytes.count <= searchLimit.bytes, found.contains(where: { $0.severity == .error }),
            !found.contains(where: { $0.id == "cel/typographic-quotes" }), !isSoundOnceFixed(bytes, found, expecting)
        else { return nil }
        var meant: (candidate: SlipCandidate, reading: String)?
        let candidates = changes(of: bytes)
        guard candidates.count <= searchLimit.candidates else { return sentence(bytes, found) }
        for candidate in candidates {
            guard let reading = soundReading(candidate.bytes, expecting) else { continue }
            // Two changes that come to the same are one.
            if let meant, !sameBytes(meant.reading, reading) { return nil }
            if meant == nil { meant = (candidate, reading) }
        }
        return meant.map { .singleSlip($0.candidate, in: bytes) } ?? sentence(bytes, found)
    }

    /// That an expression is words: `users who live in Germany`; nil for anything else.
    private func sentence(_ bytes: [UInt8], _ found: [Diagnostic]) -> Diagnostic? {
        guard bytes.allSatisfy({ isIdentifierByte($0) || $0 == 0x20 || $0 == 0x2C || $0 >= 0x80 }),
            bytes.split(separator: 0x20).count > 2, found.contains(where: { $0.id == "cel/unexpected-token" })
        else { return nil }
        return .sentence(at: Span(0, bytes.count), example: fields { $0.type == .string && $0.values != nil }.first)
    }

    /// What an expression says that has no mistake, and whose texts have none of its operators in them; nil for another.
    private func soundReading(_ bytes: [UInt8], _ expecting: CELType?) -> String? {
        let (expression, syntax) = parse(String(decoding: bytes, as: UTF8.self))
        guard syntax.isEmpty else { return nil }
        for node in expression.nodes {
            if case .constant(.string(let text)) = node.kind, holdsJoin(Array(text.utf8)) { return nil }
        }
        return check(expression, expecting: expecting).1.isEmpty ? expression.outline(expression.root) : nil
    }

    /// Whether what the parser found is put right by the fixes that it offers.
    private func isSoundOnceFixed(_ bytes: [UInt8], _ found: [Diagnostic], _ expecting: CELType?) -> Bool {
        var fixed = bytes
        var end = bytes.count
        let edits = found.flatMap { $0.fixIts.first?.edits ?? [] }.sorted { $1.span < $0.span }
        guard !found.contains(where: { $0.fixIts.isEmpty }) else { return false }
        for edit in edits {
            guard edit.span.end <= end else { return false }
            fixed.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
            end = edit.span.start
        }
        return soundReading(fixed, expecting) != nil
    }
}

/// Whether a text has what joins conditions in it: it holds more than was meant.
private func holdsJoin(_ text: [UInt8]) -> Bool {
    text.indices.dropLast().contains { place in
        switch (text[place], text[place + 1]) {
        case (0x26, 0x26), (0x7C, 0x7C), (0x3D, 0x3D), (0x21, 0x3D): true
        default: false
        }
    }
}

// MARK: Changes

private func changes(of bytes: [UInt8]) -> [SlipCandidate] {
    var result: [SlipCandidate] = []
    func add(_ slip: SingleSlip, _ span: Span, _ replacement: String = "") {
        var changed = bytes
        changed.replaceSubrange(span.start..<span.end, with: replacement.utf8)
        result.append(SlipCandidate(slip: slip, span: span, replacement: replacement, bytes: changed))
    }
    for (mark, other) in [(UInt8(0x22), "'"), (0x27, "\"")] where bytes.count(where: { $0 == mark }) % 2 == 1 {
        let isMixed = bytes.count { $0 == 0x22 } % 2 == 1 && bytes.count { $0 == 0x27 } % 2 == 1
        for place in bytes.indices where bytes[place] == mark {
            add(.oddMark, Span(place, place + 1))
            if isMixed { add(.otherMark, Span(place, place + 1), other) }
        }
        let written = mark == 0x22 ? "\"" : "'"
        for place in 0...bytes.count {
            let before = place > 0 && isOfText(bytes[place - 1])
            let after = place < bytes.count && isOfText(bytes[place])
            if before != after { add(.missingMark(isOpening: after), Span(at: place), written) }
        }
    }
    for place in bytes.indices {
        let span = Span(place, place + 1)
        // Before the same is tried as a sign that nothing wants.
        if isSign(bytes[place]) {
            var next = place + 1
            while next < bytes.count, bytes[next] == 0x20 { next += 1 }
            if next < bytes.count, bytes[next] == bytes[place] { add(.doubled, Span(place, next)) }
        }
        switch bytes[place] {
        case 0x3B:
            add(.semicolon, span, " &&")
            add(.stray, span)
        // . , : ( ) [ ] { } & | =
        case 0x2E, 0x2C, 0x3A, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x26, 0x7C, 0x3D: add(.stray, span)
        case 0x21 where isInsideName(bytes, place): add(.stray, span)
        default: break
        }
        if isInsideName(bytes, place), bytes[place] != 0x2E { add(.noDot, span, ".") }
        if place + 1 < bytes.count, canChangePlaces(bytes[place], bytes[place + 1]) {
            let swapped = String(decoding: [bytes[place + 1], bytes[place]], as: UTF8.self)
            add(.swapped, Span(place, place + 2), swapped)
        }
        for (open, close) in [(UInt8(0x28), ")"), (0x5B, "]")] {
            guard bytes[place] == open else { continue }
            for end in (place + 1)...bytes.count where endsValue(bytes, end) {
                add(.unclosed, Span(at: end), close)
            }
        }
    }
    return result
}

/// Whether a byte may be of a word or a text without marks: letters, digits, `-`, `.`, what is no ASCII.
func isOfText(_ byte: UInt8) -> Bool {
    isIdentifierByte(byte) || byte == 0x2D || byte == 0x2E || byte >= 0x80
}

/// Whether a sign, or a space, stands between the letters of names.
private func isInsideName(_ bytes: [UInt8], _ place: Int) -> Bool {
    guard place > 0, place + 1 < bytes.count, !isIdentifierByte(bytes[place]), bytes[place] < 0x80 else { return false }
    let before = bytes[place - 1]
    return (isIdentifierByte(before) || before == 0x2E) && isIdentifierStart(bytes[place + 1])
}

/// Whether two bytes may have been typed in the wrong order: a sign and another, or a letter or digit.
private func canChangePlaces(_ one: UInt8, _ other: UInt8) -> Bool {
    // " ' . , ( ) [ ] !
    let signs: [UInt8] = [0x22, 0x27, 0x2E, 0x2C, 0x28, 0x29, 0x5B, 0x5D, 0x21]
    guard one != other, signs.contains(one) || signs.contains(other) else { return false }
    return (signs.contains(one) || isIdentifierByte(one)) && (signs.contains(other) || isIdentifierByte(other))
}

/// Signs that are often typed twice.
private func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    // ! % * + , - . / : < > ?
    case 0x21, 0x25, 0x2A...0x2F, 0x3A, 0x3C, 0x3E, 0x3F: true
    // Brackets are tried one by one.
    default: false
    }
}

/// Whether a value may end at a place: behind a word, a text or a bracket.
private func endsValue(_ bytes: [UInt8], _ place: Int) -> Bool {
    let before = bytes[place - 1]
    guard isIdentifierByte(before) || [0x22, 0x27, 0x29, 0x5D].contains(before) else { return false }
    return place == bytes.count || !isIdentifierByte(bytes[place])
}

// MARK: Readings

extension Expression {
    /// What a node says, whatever spaces, marks and parentheses it is written with.
    fileprivate func outline(_ id: ExpressionID) -> String {
        var text: String
        switch self[id].kind {
        case .constant(.string(let value)): text = "\"" + value + "\""
        case .constant, .error: text = self.text(of: id)
        case .identifier(let name): text = name
        case .select(_, let field, let isOptional): text = (isOptional ? ".?" : ".") + field.text
        case .present(_, let field, _): text = "has." + field.text
        case .call(let function, let target, _): text = (target == nil ? "" : "@") + function.text
        case .list: text = "[]"
        case .map: text = "{}"
        case .object(let type, _): text = type.text
        case .comprehension(let it):
            text = it.macro.name
            for variable in it.variables { text += " " + variable.text }
        case .bind(let name, _, _), .optionalMap(_, let name, _, _): text = "=" + name.text
        case .block: text = "block"
        }
        text += "("
        for child in children(of: id) { text += outline(child) + "," }
        return text + ")"
    }
}

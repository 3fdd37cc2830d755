import SourceDiagnostics

extension YAMLTreeBuilder {
    /// What the core schema reads in a plain scalar; reports what an author may not have meant.
    mutating func plainValue(_ text: UnsafeBufferPointer<UInt8>, _ span: Span) -> YAMLScalar.Value {
        if options.isStrict { checkComment(behind: span) }
        switch resolveCore(text) {
        case .outOfRange:
            if options.isStrict {
                diagnostics.append(.numberOutOfRange(String(decoding: text, as: UTF8.self), at: span))
            }
            return .string
        case .value(let value):
            if options.isStrict { checkSurprise(text, value, span) }
            return value
        }
    }

    private mutating func checkSurprise(
        _ text: UnsafeBufferPointer<UInt8>, _ value: YAMLScalar.Value, _ span: Span
    ) {
        switch value {
        case .null, .bool: return
        case .string:
            checkQuotes(text, span)
            guard let reading = yaml11Reading(text) else { return }
            let text = String(decoding: text, as: UTF8.self)
            if text.utf8.count == 1, isKey(span) { return }
            diagnostics.append(.ambiguousText(text, reading, at: span))
        case .int(let number):
            if hasLeadingZero(text) {
                diagnostics.append(.octal(String(decoding: text, as: UTF8.self), number, at: span))
            } else if number.magnitude > 1 << 53 {
                diagnostics.append(.impreciseInteger(String(decoding: text, as: UTF8.self), at: span))
            }
        case .float(let number):
            if !number.isFinite {
                diagnostics.append(.numberOutOfRange(String(decoding: text, as: UTF8.self), at: span))
            } else if losesZero(text) {
                diagnostics.append(.lostZero(String(decoding: text, as: UTF8.self), number, at: span))
            }
        }
    }

    /// Whether a colon follows, so that the scalar is a key.
    func isKey(_ span: Span) -> Bool { span.end < range.end && bytes[span.end] == 0x3A }

    /// ` #` behind a value begins a comment, which `Win a #1 prize` did not mean.
    private mutating func checkComment(behind span: Span) {
        var offset = span.end
        while offset < range.end, bytes[offset] == 0x20 { offset += 1 }
        guard offset > span.end, offset + 1 < range.end, bytes[offset] == 0x23 else { return }
        let next = bytes[offset + 1]
        guard next > 0x20, next != 0x23, next != 0x21, next != 0x2D, next != 0x3D else { return }
        var end = offset
        while end < range.end, !isBreak(bytes[end]) {
            // A comment as comments are written ends what was meant.
            if end > offset, end + 2 < range.end, bytes[end] == 0x20, bytes[end + 1] == 0x23, bytes[end + 2] == 0x20 {
                break
            }
            end += 1
        }
        while bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        let start = span.isEmpty ? offset : span.start
        diagnostics.append(
            .commentInValue(
                String(decoding: bytes[offset..<end], as: UTF8.self), at: Span(offset, end), isEmpty: span.isEmpty,
                whole: Span(start, end), String(decoding: bytes[start..<end], as: UTF8.self)))
    }

    /// A comment takes white space before it (YAML 1.2.2, section 6.6), which libyaml does not ask for.
    mutating func checkCommentGap(_ end: Int) {
        guard end < range.end, bytes[end] == 0x23 else { return }
        diagnostics.append(.commentGap(at: Span(end, end + 1)))
    }

    // MARK: - Tags

    /// The value of a scalar with a tag (YAML 1.2.2, section 10.3.1).
    mutating func taggedValue(
        _ tag: String?, at place: Span, _ text: UnsafeBufferPointer<UInt8>, _ span: Span
    ) -> YAMLScalar.Value {
        guard let tag, tag != "!", tag != "tag:yaml.org,2002:str" else { return .string }
        guard let name = coreTagName(tag), name != "seq", name != "map" else {
            if options.isStrict { diagnostics.append(unknownTag(at: place)) }
            return .string
        }
        if case .value(let value) = resolveCore(text) {
            switch (name, value) {
            case ("null", .null), ("bool", .bool), ("int", .int), ("float", .float): return value
            case ("float", .int(let number)): return .float(Double(number))
            default: break
            }
        }
        if options.isStrict {
            let text = String(decoding: text, as: UTF8.self)
            diagnostics.append(.tagMismatch("`\(shown(text))`", tag: name, at: span))
        }
        return .string
    }

    mutating func checkCollectionTag(_ tag: String?, _ kind: String, at place: Span) {
        guard options.isStrict, let tag, tag != "!", coreTagName(tag) != kind else { return }
        guard let name = coreTagName(tag) else { return diagnostics.append(unknownTag(at: place)) }
        diagnostics.append(.tagMismatch(kind == "seq" ? "a list" : "a mapping", tag: name, at: place))
    }

    private func coreTagName(_ tag: String) -> String? {
        let prefix = "tag:yaml.org,2002:"
        guard tag.utf8.starts(with: prefix.utf8) else { return nil }
        switch tag.utf8.dropFirst(prefix.utf8.count) {
        case let name where name.elementsEqual("null".utf8): return "null"
        case let name where name.elementsEqual("bool".utf8): return "bool"
        case let name where name.elementsEqual("int".utf8): return "int"
        case let name where name.elementsEqual("float".utf8): return "float"
        case let name where name.elementsEqual("str".utf8): return "str"
        case let name where name.elementsEqual("seq".utf8): return "seq"
        case let name where name.elementsEqual("map".utf8): return "map"
        default: return nil
        }
    }

    /// `!user.premium`, which is a tag to YAML: reported, and read as the text that it is in quotes, so that nothing is
    /// said of a value that is not there. Nil for what is no such text.
    mutating func taggedText(_ tag: String?, at place: Span) -> YAMLRecord? {
        guard options.isStrict, let tag, !place.isEmpty, coreTagName(tag) == nil, !isHandle(place),
            let value = LineValue(bytes: bytes, range: range, at: place.start), value.span.start == place.start
        else { return nil }
        diagnostics.append(.unquotedValue(value, fallback: place, because: "`!` begins a YAML tag"))
        var record = YAMLRecord(.scalar, value.span)
        record.raw = value.span
        record.style = .plain
        record.isVerbatim = true
        record.range = value.span.start..<value.span.end
        return record
    }

    /// Whether a tag is written as one: `!!str`, `!<…>`.
    private func isHandle(_ place: Span) -> Bool {
        place.length > 1 && (bytes[place.start + 1] == 0x21 || bytes[place.start + 1] == 0x3C)
    }

    /// A tag that nobody knows is most often an expression or a text that begins with `!`.
    private func unknownTag(at place: Span) -> Diagnostic {
        let written = String(decoding: bytes[place.start..<place.end], as: UTF8.self)
        if written.utf8.starts(with: "!!".utf8) || written.utf8.starts(with: "!<".utf8) {
            return .unknownTag(written, at: place)
        }
        let value = LineValue(bytes: bytes, range: range, at: place.start)
        return .unquotedValue(value, fallback: place, because: "`!` begins a YAML tag")
    }

    // MARK: - Characters

    /// Escapes in the double-quoted scalar at `span` that stand for characters which no text means to hold.
    mutating func reportEscapedControls(_ text: UnsafeBufferPointer<UInt8>, _ span: Span) {
        guard text.contains(where: mayBeginUnfitCharacter) else { return }
        var offset = span.start + 1
        var left = characterDiagnosticLimit
        while offset < span.end - 1, left > 0 {
            guard bytes[offset] == 0x5C, !isBreak(bytes[offset + 1]) else {
                offset += 1
                continue
            }
            let escape = escapedCharacter(bytes, at: offset, end: span.end - 1)
            if let what = harm(of: escape.value) {
                left -= 1
                diagnostics.append(.escapedControl(escape.value, what, at: Span(offset, escape.end)))
            }
            offset = escape.end
        }
    }

    /// A key with a character that cannot be seen is never the key that it looks like.
    func invisible(in key: Span) -> (offset: Int, value: UInt32)? {
        guard bytes[key.start..<key.end].contains(where: { $0 >= 0x80 }) else { return nil }
        var offset = key.start
        for scalar in String(decoding: bytes[key.start..<key.end], as: UTF8.self).unicodeScalars {
            if isSpaceLookalike(scalar.value) || isInvisible(scalar.value) { return (offset, scalar.value) }
            offset += UTF8.width(scalar)
        }
        return nil
    }

    mutating func checkInvisible(_ key: YAMLRecord) {
        guard let (offset, value) = invisible(in: key.span) else { return }
        let span = Span(offset, offset + (Unicode.Scalar(value).map { UTF8.width($0) } ?? 1))
        if isSpaceLookalike(value) {
            diagnostics.append(.notASpace(value, at: span))
            return
        }
        diagnostics.append(.invisibleCharacter(value, at: span))
    }
}

/// Whether reading the YAML has reported `key` already: it is not text, is reserved, or holds a character that cannot be seen.
///
/// Nothing is gained by calling such a key unknown as well.
package func isReportedKey(_ key: YAMLNode) -> Bool {
    guard let scalar = key.scalar, scalar.value == .string, scalar.text != "__proto__" else { return true }
    return scalar.text.unicodeScalars.contains { isSpaceLookalike($0.value) || isInvisible($0.value) }
}

func isSpaceLookalike(_ value: UInt32) -> Bool {
    switch value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
}

private func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E, 0x200B...0x200F, 0x2028...0x202E,
        0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xE0000...0xE0FFF:
        true
    default: false
    }
}

private func mayBeginUnfitCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F, 0xC2, 0xE2, 0xEF...: true
    default: false
    }
}

/// What a character that an escape stands for is, behind its number; nil for one that does no harm.
private func harm(of value: UInt32) -> String? {
    if value == 0x0D { return "" }
    return switch UnfitCharacter(value) {
    case .control, .directionChange: ""
    case .noncharacter: ", which is not a character"
    case .lineSeparator, .byteOrderMark, nil: nil
    }
}

import ByteText
import SourceDiagnostics

// The attributes of a start tag, and their values.

extension TemplateParser {
    /// Reads attributes up to the end of the tag, which is left, or the operation at `end`.
    mutating func attributes(of element: String, upTo end: Int) throws(ParseFailure) -> [TemplateAttribute] {
        var attributes: [TemplateAttribute] = []
        var names: Set<String> = []
        while true {
            switch peek(end) {
            case .end, .byte(0x3E): return attributes
            case .byte(0x2F):
                let slash = (operation, offset)
                advance()
                if peek(end) == .byte(0x3E) {
                    (operation, offset) = slash
                    return attributes
                }
            case .byte(let byte) where byte.isSpace: advance()
            case .byte:
                if let attribute = try attribute(of: element, upTo: end, beside: &names) {
                    attributes.append(attribute)
                }
            case .tag:
                if let section = try attributeSection(of: element) { attributes.append(section) }
            }
        }
    }

    /// Reads a Mustache tag between attributes.
    private mutating func attributeSection(of element: String) throws(ParseFailure) -> TemplateAttribute? {
        let span = template.spans[operation]
        let (name, end, isInverted): (Int, Int, Bool)
        switch operations[operation] {
        case .section(let found, let stop): (name, end, isInverted) = (found, stop, false)
        case .inverted(let found, let stop): (name, end, isInverted) = (found, stop, true)
        default:
            diagnostics.append(.attributeNameFromTag(at: span))
            step(to: operation + 1)
            return nil
        }
        step(to: operation + 1)
        let attributes = try attributes(of: element, upTo: end)
        guard peek(end) == .end else {
            diagnostics.append(.sectionEndsOutsideTag(element, at: span))
            throw ParseFailure()
        }
        step(to: end)
        return .section(name: name, isInverted: isInverted, attributes)
    }

    /// Reads an attribute; nil for one that has been reported.
    private mutating func attribute(
        of element: String, upTo end: Int, beside names: inout Set<String>
    ) throws(ParseFailure) -> TemplateAttribute? {
        let start = place
        let name = attributeName(upTo: end)
        let span = Span(start, max(place, start + 1))
        if peek(end) == .tag, case .variable = operations[operation] {
            diagnostics.append(.attributeNameFromTag(at: span))
            throw ParseFailure()
        }
        let isAllowed = TemplateRules.allowsAttribute(name) && (name != "src" || element == "img")
        if !isAllowed {
            diagnostics.append(.forbiddenAttribute(name, isPages: TemplateRules.isPages(name), at: span))
        } else if !names.insert(name).inserted {
            diagnostics.append(.repeatedAttribute(name, at: span))
        }
        skipSpace(end)
        guard peek(end) == .byte(0x3D) else {
            if isAllowed, name != "hidden", name != "alt", !name.hasPrefix("data-") {
                diagnostics.append(.missingValue(of: name, at: span))
            }
            return isAllowed ? .attribute(name: name, value: nil) : nil
        }
        advance()
        skipSpace(end)
        guard case .byte(let quote) = peek(end), quote == 0x22 || quote == 0x27 else {
            diagnostics.append(.unquotedAttribute(name, at: span))
            throw ParseFailure()
        }
        advance()
        let from = place
        let value = try value(upTo: end, quote: quote)
        let valueSpan = Span(from, place)
        guard peek(end) == .byte(quote) else {
            diagnostics.append(
                end == operations.count
                    ? .unclosedValue(of: name, at: span) : .valueEndsOutsideSection(of: name, at: span))
            throw ParseFailure()
        }
        advance()
        guard isAllowed else { return nil }
        return checked(name, value, valueSpan)
    }

    /// The attribute, if its value may be what it is.
    private mutating func checked(
        _ name: String, _ value: [TemplateValue], _ span: Span
    ) -> TemplateAttribute? {
        if name == "src" {
            let written = value.filter { !$0.isBlank }
            if written.count == 1, case .variable(let place) = written[0],
                template.names[place].isImagePath
            {
                return .image(name: place)
            }
            diagnostics.append(.forbiddenSource(at: span))
            return nil
        }
        if name == "hidden", !value.isEmpty {
            diagnostics.append(.valueOfHidden(at: span))
        }
        if let form = AttributeForm(of: name), !value.contains(where: \.isDrawn) {
            let literal = value.flatMap { piece in
                if case .literal(let bytes) = piece { bytes } else { [UInt8]() }
            }
            if !form.allows(literal) {
                diagnostics.append(.badValue(of: name, form, at: span))
            }
        }
        return .attribute(name: name, value: value)
    }

    private mutating func attributeName(upTo end: Int) -> String {
        var name: [UInt8] = []
        while case .byte(let byte) = peek(end), !byte.isSpace, byte != 0x3E, byte != 0x2F {
            // HTML takes an equals sign that comes first for a part of the name.
            if byte == 0x3D, !name.isEmpty { break }
            name.append(byte.asciiLowercased)
            advance()
        }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func skipSpace(_ end: Int) {
        while case .byte(let byte) = peek(end), byte.isSpace { advance() }
    }

    /// Reads a value up to its closing quotation mark, which is left, or the operation at `end`.
    private mutating func value(upTo end: Int, quote: UInt8) throws(ParseFailure) -> [TemplateValue] {
        var pieces: [TemplateValue] = []
        var literal: [UInt8] = []
        func flush(_ literal: inout [UInt8], _ pieces: inout [TemplateValue]) {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
        }
        while true {
            switch peek(end) {
            case .end, .byte(quote):
                flush(&literal, &pieces)
                return pieces
            case .byte(let byte):
                switch byte {
                // We write quotation marks of one kind.
                case 0x22: literal += "&quot;".utf8
                case 0x3C: literal += "&lt;".utf8
                case 0x3E: literal += "&gt;".utf8
                default: literal.append(byte)
                }
                advance()
            case .tag:
                flush(&literal, &pieces)
                if let piece = try valueTag(quote) { pieces.append(piece) }
            }
        }
    }

    /// Reads a Mustache tag inside a value.
    private mutating func valueTag(_ quote: UInt8) throws(ParseFailure) -> TemplateValue? {
        let span = template.spans[operation]
        let (name, end, isInverted): (Int, Int, Bool)
        switch operations[operation] {
        case .variable(let found, let isEscaped):
            // A value's own HTML would end the attribute.
            if !isEscaped {
                diagnostics.append(.unescapedInAttribute(at: span))
            }
            step(to: operation + 1)
            return .variable(name: found)
        case .section(let found, let stop): (name, end, isInverted) = (found, stop, false)
        case .inverted(let found, let stop): (name, end, isInverted) = (found, stop, true)
        default:
            step(to: operation + 1)
            return nil
        }
        step(to: operation + 1)
        let pieces = try value(upTo: end, quote: quote)
        guard peek(end) == .end else {
            diagnostics.append(.sectionEndsOutsideValue(at: span))
            throw ParseFailure()
        }
        step(to: end)
        return .section(name: name, isInverted: isInverted, pieces)
    }
}

extension TemplateValue {
    /// Whether it is white space.
    fileprivate var isBlank: Bool {
        if case .literal(let bytes) = self { bytes.allSatisfy(\.isSpace) } else { false }
    }
}

extension MustacheTemplate.Name {
    /// Whether it is `src` or `image.src`.
    fileprivate var isImagePath: Bool {
        !isIterator && (first == "src" && rest.isEmpty || first == "image" && rest == ["src"])
    }
}

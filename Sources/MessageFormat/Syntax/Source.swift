// Back to MessageFormat 2 source: the strict form, which any other implementation reads.

extension Message {
    /// The message in MessageFormat 2 syntax.
    ///
    /// Simple where it can be: a message without declarations whose text does not begin like a complex one stands
    /// without `{{ }}`. Parsing the result gives an equal message.
    ///
    /// Source: LDML 48, part 9, "Syntax".
    public var source: String {
        if declarations.isEmpty, case .pattern(let pattern) = body, !pattern.mustBeQuoted { return pattern.source }
        var text = ""
        for declaration in declarations {
            text += declaration.source
            text += "\n"
        }
        switch body {
        case .pattern(let pattern): text += pattern.quotedSource
        case .select(let matcher):
            text += ".match"
            for selector in matcher.selectors { text += " $" + selector.name }
            for variant in matcher.variants {
                text += "\n"
                for key in variant.keys { text += key.source + " " }
                text += variant.value.quotedSource
            }
        }
        return text
    }
}

extension Declaration {
    /// The declaration in MessageFormat 2 syntax.
    public var source: String {
        switch kind {
        case .input: ".input " + value.source
        case .local: ".local $" + name + " = " + value.source
        }
    }
}

extension VariantKey {
    /// The key in MessageFormat 2 syntax.
    public var source: String {
        switch self {
        case .catchAll: "*"
        case .literal(let literal): literal.source
        }
    }
}

extension Pattern {
    /// Whether the pattern, standing alone, would be taken for a complex message.
    fileprivate var mustBeQuoted: Bool {
        guard case .text(let text)? = elements.first else { return false }
        for scalar in text.value.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0D, 0x3000, 0x061C, 0x200E, 0x200F, 0x2066...0x2069: continue
            default: return scalar == "."
            }
        }
        return false
    }

    /// The pattern in MessageFormat 2 syntax, without `{{ }}`.
    public var source: String {
        var text = ""
        for element in elements {
            switch element {
            case .text(let piece): text += escapedText(piece.value)
            case .expression(let expression): text += expression.source
            case .markup(let markup): text += markup.source
            }
        }
        return text
    }

    /// The pattern in MessageFormat 2 syntax between `{{` and `}}`.
    public var quotedSource: String { "{{" + source + "}}" }
}

/// Text with its backslashes and braces escaped. NUL, which cannot be written, becomes U+FFFD.
private func escapedText(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 8)
    for byte in text.utf8 {
        switch byte {
        case 0: bytes.append(contentsOf: UTF8.encodedReplacementCharacter)
        case 0x5C, 0x7B, 0x7D: bytes.append(contentsOf: [0x5C, byte])
        default: bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

extension Expression {
    /// The placeholder in MessageFormat 2 syntax, in one form for all ways of writing it.
    ///
    /// The canonical form of a placeholder: single spaces, quotation marks only where they are needed, options and
    /// attributes in the order they were written.
    public var source: String {
        var parts: [String] = []
        if let operand { parts.append(operand.source) }
        if let function {
            parts.append(":" + function.name)
            parts += function.options.map { $0.source }
        }
        parts += attributes.map { $0.source }
        return "{" + parts.joined(separator: " ") + "}"
    }
}

extension Markup {
    /// The placeholder in MessageFormat 2 syntax, in one form for all ways of writing it.
    public var source: String {
        var parts = [(kind == .close ? "/" : "#") + name]
        parts += options.map { $0.source }
        parts += attributes.map { $0.source }
        return "{" + parts.joined(separator: " ") + (kind == .standalone ? " /}" : "}")
    }
}

extension Placeholder {
    /// The placeholder in MessageFormat 2 syntax, in one form for all ways of writing it.
    public var source: String {
        switch self {
        case .expression(let expression): expression.source
        case .markup(let markup): markup.source
        }
    }
}

extension Operand {
    var source: String {
        switch self {
        case .literal(let literal): literal.source
        case .variable(let variable): "$" + variable.name
        }
    }
}

extension Literal {
    /// The literal in MessageFormat 2 syntax, in quotation marks unless it is a number or an ASCII name.
    ///
    /// More could stand unquoted, but which characters has changed from version to version.
    public var source: String {
        let isName = value.utf8.allSatisfy { $0 < 0x80 && $0 != 0x2B } && CharacterClass.isName(value)
        return isName || DecimalValue.isNumberLiteral(value) ? value : quoted(value)
    }
}

extension Option {
    var source: String { name + "=" + value.source }
}

extension Attribute {
    var source: String { value.map { "@" + name + "=" + $0.source } ?? "@" + name }
}

/// Whether two names, or two keys, are the same up to canonical equivalence.
///
/// They are compared as if normalized (NFC; LDML 48, part 9, "Names and Identifiers" and "Resolve Preferences"),
/// which is just how Swift compares strings; for ASCII that is a comparison of bytes.
func sameName(_ a: String, _ b: String) -> Bool { a == b }

/// Classes of characters of the grammar (LDML 48, part 9, "Complete ABNF").
enum CharacterClass {
    /// `name-start`: a letter, `+`, `_`, or beyond ASCII anything but white space, bidirectional controls,
    /// surrogates, and noncharacters.
    static func isNameStart(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A, 0x2B, 0x5F: true
        case 0..<0xA1: false
        case 0xA1...0x61B, 0x61D...0x167F, 0x1681...0x1FFF, 0x200B...0x200D, 0x2010...0x2027, 0x2030...0x205E,
            0x2060...0x2065, 0x206A...0x2FFF, 0x3001...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFFFD:
            true
        case 0x1_0000...0x10_FFFF: scalar & 0xFFFE != 0xFFFE
        default: false
        }
    }

    /// `name-char`: `name-start`, a digit, `-` or `.`.
    static func isNameCharacter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x2D, 0x2E: true
        default: isNameStart(scalar)
        }
    }

    /// Whether `text` can stand unquoted (`unquoted-literal`).
    static func isUnquotedLiteral(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { isNameCharacter($0.value) }
    }

    /// Whether `text` is a `name`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isNameStart(first.value) else { return false }
        return isUnquotedLiteral(text)
    }

    /// Whether `text` is an `identifier`: a name, or a namespace, a colon and a name.
    static func isIdentifier(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { isName(String(decoding: Array($0), as: UTF8.self)) }
    }
}

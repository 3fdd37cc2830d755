import ByteText

// Names and language tags, as XLIFF has them.

/// An id as XML's NMTOKEN, which XLIFF 2 wants; what it cannot hold is written `_2F`, as two hexadecimal digits a byte.
func nameToken(_ id: String) -> String {
    var result = ""
    for byte in id.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A: result.unicodeScalars.append(Unicode.Scalar(byte))
        default: result += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return result
}

/// The id that became `token`; nil for what no id becomes.
func identifier(nameToken token: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(token.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == 0x5F else {
            bytes.append(byte)
            continue
        }
        guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
            return nil
        }
        rest = rest.dropFirst(2)
        bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
}

/// Whether it is an NMTOKEN of ASCII, or has other letters, which names may hold.
func isNameToken(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F, 0x80...: true
            default: false
            }
        }
}

/// Whether a text has the form of a BCP 47 tag: subtags of one to eight letters and digits, of which the first is no shorter than
/// two, or `x` or `i`. Some tools write `pt_BR`.
func isLanguageTag(_ text: String) -> Bool {
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2D || $0 == 0x5F }
    guard text.utf8.count <= 100, parts[0].count > 1 || parts.count > 1 && ["x", "i"].contains(text.prefix(1)) else {
        return false
    }
    return parts.allSatisfy { part in
        (1...8).contains(part.count)
            && part.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter }
    }
}

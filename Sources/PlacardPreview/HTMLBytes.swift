import CanonicalJSON

/// Writing HTML into a buffer of bytes. Everything that is not markup of our own goes through `appendEscaped`.
extension Array where Element == UInt8 {
    /// Markup of our own.
    mutating func append(html: StaticString) {
        append(html)
    }

    /// Text, safe between tags and inside quoted attributes. Control characters that HTML forbids become U+FFFD.
    mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { appendEscaped(bytes: $0) }
    }

    mutating func appendEscaped(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { appendEscaped(bytes: $0) }
    }

    mutating func appendEscaped(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { appendEscaped(bytes: $0) }
    }

    /// A number in decimal.
    mutating func append(number: Int) {
        append(contentsOf: String(number).utf8)
    }

    /// The attributes `lang` and `dir` for a text of that language, as far as they differ from the page's: English, left
    /// to right.
    mutating func appendLanguage(_ language: String, isRightToLeft: Bool) {
        if language != "en" {
            append(html: " lang=\"")
            appendEscaped(language)
            append(html: "\"")
        }
        if isRightToLeft { append(html: " dir=\"rtl\"") }
    }

    /// The lines of a text, `<i></i>` in front of each and a line feed behind it.
    ///
    /// A line ends with LF, CR LF or CR; what follows the last of them is a line if there is anything.
    mutating func appendEscapedLines(_ text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty else { return }
        append(html: "<i></i>")
        appendEscaped(bytes: text, betweenLines: "\n<i></i>")
        if text.last != 0x0A, text.last != 0x0D { append(0x0A) }
    }

    /// - Parameter betweenLines: what stands for the end of a line that another follows; nil to take the ends of lines
    ///   as they are.
    private mutating func appendEscaped(bytes: UnsafeBufferPointer<UInt8>, betweenLines: StaticString? = nil) {
        var plain = 0
        var index = 0
        while true {
            index = bytes.firstIndex(from: index) {
                // `"` is 0x22, `&` 0x26, `'` 0x27, `<` 0x3C, `>` 0x3E.
                $0.below(0x20) | $0.equal(0x22) | $0.equal(0x27, ignoring: 0x01) | $0.equal(0x3E, ignoring: 0x02)
                    | $0.equal(0x7F)
            } where: {
                $0 < 0x20 || $0 == 0x22 || $0 == 0x26 || $0 == 0x27 || $0 == 0x3C || $0 == 0x3E || $0 == 0x7F
            }
            guard index < bytes.count else { break }
            let escape: StaticString
            switch bytes[index] {
            case 0x26: escape = "&amp;"
            case 0x3C: escape = "&lt;"
            case 0x3E: escape = "&gt;"
            case 0x22: escape = "&quot;"
            case 0x27: escape = "&#39;"
            case 0x0A, 0x0D:
                guard let betweenLines else {
                    index += 1
                    continue
                }
                append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plain..<index]))
                if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
                index += 1
                plain = index
                if index < bytes.count { append(html: betweenLines) } else { append(0x0A) }
                continue
            case 0x09:
                index += 1
                continue
            default: escape = "\u{FFFD}"
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plain..<index]))
            append(html: escape)
            index += 1
            plain = index
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plain...]))
    }
}

extension Array where Element == UInt8 {
    /// A relative URL's path, safe inside quoted attributes: everything but unreserved characters and `/` percent-encoded.
    mutating func append(path: String) {
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: append(byte)
            default:
                append(0x25)
                append(hexDigit(byte >> 4))
                append(hexDigit(byte & 15))
            }
        }
    }
}

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x37 + value
}

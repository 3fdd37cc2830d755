import ByteText
import CanonicalJSON

/// Writing HTML into a buffer of bytes. Everything that is not markup of our own goes through `appendEscaped`.
extension ByteBuffer {
    /// Markup of our own.
    mutating func append(html: StaticString) {
        append(html)
    }

    /// Markup of our own that was made earlier.
    mutating func append(contentsOf bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Text, safe between tags and inside quoted attributes. Control characters that HTML forbids become U+FFFD.
    mutating func appendEscaped(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ appendEscaped($0, as: .text) }) == nil {
            appendEscaped(Array(text.utf8))
        }
    }

    mutating func appendEscaped(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { appendEscaped($0, as: .text) }
    }

    mutating func appendEscaped(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { appendEscaped($0, as: .text) }
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
        appendEscaped(text, as: .lines)
        if text.last != 0x0A, text.last != 0x0D { append(0x0A) }
    }

    /// A link to the page of a message, which is called by its id.
    ///
    /// - Parameter folder: the way from this page to the pages of messages: `m/`, or nothing from one of them.
    mutating func appendLink(to message: String, in folder: StaticString) {
        append(html: "<a href=\"")
        append(html: folder)
        append(path: message)
        append(html: ".html\">")
        appendEscaped(message)
        append(html: "</a>")
    }

    /// A relative URL's path, safe inside quoted attributes: everything but unreserved characters and `/` percent-encoded.
    mutating func append(path: String) {
        for byte in path.utf8 {
            if byte.isUnreserved || byte == 0x2F { append(byte) } else { append(percentEncoding: byte) }
        }
    }

    private enum Kind {
        /// The ends of lines stay as they are.
        case text
        /// Between one line and the next stands what begins a line.
        case lines
    }

    /// Room is made for a part of the text at a time, as if all of it needed care.
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, as kind: Kind) {
        guard let base = text.baseAddress else { return }
        var index = 0
        while index < text.count {
            let end = min(text.count, index + 512)
            append(atMost: longestEscape * (end - index)) { output in
                var place = output
                while index < end {
                    let plain = (base + index).copyPlain(end - index, to: place, marks: marksOfSpecial)
                    index += plain
                    place += plain
                    guard index < end else { break }
                    let byte = base[index]
                    index += 1
                    switch byte {
                    case 0x0A where kind == .lines, 0x0D where kind == .lines:
                        if byte == 0x0D, index < text.count, base[index] == 0x0A { index += 1 }
                        place = index < text.count ? place.writing("\n<i></i>") : place.writing("\n")
                    case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: place = place.writing("\u{FFFD}")
                    default:
                        if let reference = markupReference(byte) {
                            place = place.writing(reference)
                        } else {
                            place.pointee = byte
                            place += 1
                        }
                    }
                }
                return place - output
            }
        }
    }
}

/// Bytes of the longest text that stands for a byte, `\n<i></i>`.
private let longestEscape = 8

/// Marks the bytes that may not stand as they are, and a few others, for it is quicker to ask for similar bytes at once.
@inline(__always)
private func marksOfSpecial(_ words: ByteWords) -> SIMD2<UInt64> {
    // `"`, `#`, `&` and `'` are 0x22, 0x23, 0x26 and 0x27; `<` to `?` are 0x3C to 0x3F, `|` to DEL are 0x7C to 0x7F.
    words.below(0x20) | words.equal(0x27, ignoring: 0x05) | words.equal(0x7F, ignoring: 0x43)
}

extension UnsafeMutablePointer<UInt8> {
    /// Writes a text there; the place behind it.
    @inline(__always)
    func writing(_ text: StaticString) -> UnsafeMutablePointer<UInt8> {
        update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        return self + text.utf8CodeUnitCount
    }
}

import CanonicalJSON

extension Sentinel {
    /// Where in HTML a placeholder stands, which decides how its value is escaped.
    package enum Context: Int, Sendable {
        case text = 0
        case attribute = 1
        case target = 2
    }

    /// Appends sentinel `index` in the range of a context.
    package static func append<Sink: ByteSink & ~Copyable>(
        _ index: Int, in context: Context, to bytes: inout Sink
    ) {
        append(index + context.rawValue * 0x4000, to: &bytes)
    }

    /// Cuts what ``append(_:in:to:)`` wrote into index and context.
    package static func context(of value: Int) -> (index: Int, context: Context) {
        (value & 0x3FFF, Context(rawValue: value >> 14) ?? .text)
    }
}

/// Appends text with `&`, `<`, `>` and `"` as character references, as cmark does.
package func appendEscapedHTML<Sink: ByteSink & ~Copyable>(_ text: ArraySlice<UInt8>, to html: inout Sink) {
    text.withUnsafeBufferPointer { appendEscapedHTML($0, to: &html) }
}

/// As above, for bytes in a buffer.
package func appendEscapedHTML<Sink: ByteSink & ~Copyable>(_ text: UnsafeBufferPointer<UInt8>, to html: inout Sink) {
    var plain = 0
    while true {
        let index = text.firstIndex(from: plain) {
            $0.equal(0x22) | $0.equal(0x26) | $0.equal(0x3C) | $0.equal(0x3E)
        } where: {
            $0 == 0x22 || $0 == 0x26 || $0 == 0x3C || $0 == 0x3E
        }
        html.append(UnsafeBufferPointer(rebasing: text[plain..<index]))
        guard index < text.count else { return }
        let entity: StaticString =
            switch text[index] {
            case 0x22: "&quot;"
            case 0x26: "&amp;"
            case 0x3C: "&lt;"
            default: "&gt;"
            }
        html.append(entity)
        plain = index + 1
    }
}

/// As above, with the sentinels moved to the range of `context`.
func appendEscapedHTML(_ text: ArraySlice<UInt8>, sentinels context: Sentinel.Context?, to html: inout ByteBuffer) {
    let start = html.count
    appendEscapedHTML(text, to: &html)
    guard let context else { return }
    moveSentinels(in: &html, from: start, to: context)
}

/// Moves the sentinels from `start` on to the range of `context`.
package func moveSentinels<Sink: ByteSink & ~Copyable>(
    in bytes: inout Sink, from start: Int, to context: Sentinel.Context
) {
    var index = start
    while index + 3 < bytes.count {
        if bytes[index] == 0xF4, bytes[index + 1] & 0x0C == 0 {
            bytes[index + 1] |= UInt8(truncatingIfNeeded: context.rawValue << 2)
            index += 4
        } else {
            index += 1
        }
    }
}

/// Appends an address as cmark writes it into an attribute: what is not safe in an address as `%XX`, and `&` and `'`
/// as character references. Percent signs stay, and so do sentinels.
func appendEscapedURL(
    _ address: ArraySlice<UInt8>, sentinels context: Sentinel.Context?, to html: inout ByteBuffer
) {
    var index = address.startIndex
    while index < address.endIndex {
        let byte = address[index]
        if byte == 0xF4, let context, index + 3 < address.endIndex {
            html.append(byte)
            html.append(address[index + 1] | UInt8(truncatingIfNeeded: context.rawValue << 2))
            html.append(address[index + 2])
            html.append(address[index + 3])
            index += 4
            continue
        }
        switch byte {
        case 0x26: html.append("&amp;")
        case 0x27: html.append("&#x27;")
        case let safe where isHrefSafe[Int(safe)]: html.append(byte)
        default:
            html.append(0x25)
            html.append(hexadecimalDigit(byte >> 4))
            html.append(hexadecimalDigit(byte & 15))
        }
        index += 1
    }
}

private func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10
}

/// What cmark leaves as it is in an address.
private let isHrefSafe: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "-_.+!*(),%#@?=;:/$~".utf8 { table[Int(byte)] = true }
    for byte in UInt8(0x30)...0x39 { table[Int(byte)] = true }
    for byte in UInt8(0x41)...0x5A {
        table[Int(byte)] = true
        table[Int(byte | 0x20)] = true
    }
    return table
}()

import ByteText
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

/// Appends text with the sentinels moved to the range of `context`.
func appendEscapedHTML(_ text: ArraySlice<UInt8>, sentinels context: Sentinel.Context?, to html: inout ByteBuffer) {
    let start = html.count
    text.withUnsafeBufferPointer { html.append(escapingMarkup: $0) }
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
            html.append(percentEncoding: byte)
        }
        index += 1
    }
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

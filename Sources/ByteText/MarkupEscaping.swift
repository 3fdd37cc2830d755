// Character references of HTML and XML. Where text may stand decides which characters need one; what stands for them
// does not.

/// The reference that stands for a character of markup in text and in quoted attributes: `&`, `<`, `>`, `"` and `'`; nil of
/// any other. The last is a number, for HTML 4 had no name for it.
@inlinable
package func markupReference(_ scalar: some FixedWidthInteger) -> StaticString? {
    switch scalar {
    case 0x22: "&quot;"
    case 0x26: "&amp;"
    case 0x27: "&#39;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    default: nil
    }
}

extension ByteSink where Self: ~Copyable {
    /// Appends text with `&`, `<`, `>` and `"` as character references, fit for text and attributes in double quotes; so does
    /// cmark.
    @inlinable
    package mutating func append(escapingMarkup text: UnsafeBufferPointer<UInt8>) {
        var plain = 0
        while true {
            let index = text.firstIndex(from: plain) {
                $0.equal(0x22) | $0.equal(0x26) | $0.equal(0x3C) | $0.equal(0x3E)
            } where: {
                $0 == 0x22 || $0 == 0x26 || $0 == 0x3C || $0 == 0x3E
            }
            append(UnsafeBufferPointer(rebasing: text[plain..<index]))
            guard index < text.count else { return }
            if let reference = markupReference(text[index]) { append(reference) }
            plain = index + 1
        }
    }

    /// As above, for an array.
    @inlinable
    package mutating func append(escapingMarkup text: [UInt8]) {
        text.withUnsafeBufferPointer { append(escapingMarkup: $0) }
    }
}

/// The text with `&`, `<`, `>`, `"` and `'` as character references, fit for text and attributes in quotes of either kind.
package func markupEscaped(_ text: String) -> String {
    guard text.utf8.contains(where: { markupReference($0) != nil }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
        if let reference = markupReference(byte) { bytes.append(reference) } else { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
}

import ByteText

// What strings are to the language: UTF-8, compared and searched by its bytes, counted in code points.

/// Runs `body` on the bytes of a text, without a copy where the text has them in one piece.
@inline(__always)
func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(text.utf8).withUnsafeBufferPointer(body)
}

/// Whether `text` begins with the code points of `part`.
func hasPrefix(_ text: String, _ part: String) -> Bool {
    withBytes(text) { x in
        withBytes(part) { y in
            x.count >= y.count && sameBytes(UnsafeBufferPointer(rebasing: x[..<y.count]), y)
        }
    }
}

/// Whether `text` ends with the code points of `part`.
func hasSuffix(_ text: String, _ part: String) -> Bool {
    withBytes(text) { x in
        withBytes(part) { y in
            x.count >= y.count && sameBytes(UnsafeBufferPointer(rebasing: x[(x.count - y.count)...]), y)
        }
    }
}

/// The number of code points: of all bytes but those that continue one.
func codePointCount(_ text: String) -> Int {
    withBytes(text) { bytes in
        var count = bytes.count
        for byte in bytes where byte & 0xC0 == 0x80 { count -= 1 }
        return count
    }
}

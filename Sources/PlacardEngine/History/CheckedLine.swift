import ByteText

/// A line of a file that a client appends to: a checksum of eight hexadecimal digits, a space, and a text without line feeds.
///
/// Each line stands there twice, one after the other. A byte that is changed makes one copy invalid, and the other still
/// counts; what a client that is killed has begun to write is an invalid line, for each copy begins and ends with a line
/// feed.
enum CheckedLine {
    private static let checksumDigits = 8

    /// Appends a line twice. A line feed stands in front of each copy, too: whatever was there before may have no end.
    static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
        let digits = checksum(text[...])
        for _ in 0..<2 {
            bytes.append(0x0A)
            bytes += digits
            bytes.append(0x20)
            bytes += text
            bytes.append(0x0A)
        }
    }

    /// The text of a line; nil when it is not as it was written.
    static func text(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard line.count > checksumDigits + 1 else { return nil }
        let text = line.dropFirst(checksumDigits + 1)
        guard line.prefix(checksumDigits).elementsEqual(checksum(text)),
            line[line.startIndex + checksumDigits] == 0x20
        else { return nil }
        return text
    }

    /// FNV-1a with 32 bits: of two texts that differ in one byte it is never the same.
    private static func checksum(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var hash: UInt32 = 0x811C_9DC5
        for byte in text { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return (0..<checksumDigits).map { index in
            UInt8.hexadecimalDigit(UInt8(truncatingIfNeeded: hash >> UInt32(28 - 4 * index)) & 15)
        }
    }
}

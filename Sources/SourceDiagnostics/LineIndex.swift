import ByteText

/// Where the lines of a text begin, to turn byte offsets into lines and columns.
///
/// A line ends with LF, CR LF or a lone CR, as in CommonMark and YAML.
public struct LineIndex: Sendable {
    /// What a column counts.
    public enum ColumnUnit: Sendable {
        /// Bytes, as cmark counts.
        case utf8
        /// UTF-16 code units, as SARIF and the Language Server Protocol count.
        case utf16
        /// Unicode scalar values, as libyaml counts.
        case scalar
    }

    /// Byte offset of the first byte of each line; the first entry is 0.
    public let lineStarts: [Int]
    /// Number of bytes of the text.
    public let byteCount: Int

    /// Indexes UTF-8 text.
    public init(_ bytes: some Collection<UInt8>) {
        self.init(Array(bytes))
    }

    /// Indexes UTF-8 text.
    public init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBufferPointer { LineIndex(buffer: $0) }
    }

    private init(buffer bytes: UnsafeBufferPointer<UInt8>) {
        var starts = [0]
        starts.reserveCapacity(32)
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            guard byte <= 0x0D, byte == 0x0A || byte == 0x0D else { continue }
            if byte == 0x0D, offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
            starts.append(offset)
        }
        lineStarts = starts
        byteCount = bytes.count
    }

    /// The line, from 1, that holds `offset`; an offset past the end is on the last line.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of line `line` (from 1), without its line ending; nil when there is no such line.
    public func span(ofLine line: Int, in bytes: [UInt8]) -> Span? {
        guard line >= 1, line <= lineStarts.count else { return nil }
        let start = min(lineStarts[line - 1], bytes.count)
        var end = line < lineStarts.count ? min(lineStarts[line], bytes.count) : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return Span(start, end)
    }

    /// Line and column, both from 1, of `offset` in `bytes` (the text that was indexed).
    public func position(
        of offset: Int, in bytes: [UInt8], unit: ColumnUnit
    ) -> (line: Int, column: Int) {
        let line = line(at: offset)
        let start = lineStarts[line - 1]
        let end = min(max(offset, start), bytes.count)
        guard start < end else { return (line, 1) }
        return (line, 1 + LineIndex.count(bytes[start..<end], unit: unit))
    }

    /// How many of `unit` the UTF-8 text `bytes` has.
    public static func count(_ bytes: some Collection<UInt8>, unit: ColumnUnit) -> Int {
        var count = 0
        for byte in bytes {
            switch unit {
            case .utf8: count += 1
            case .scalar: if byte & 0xC0 != 0x80 { count += 1 }
            case .utf16:
                if byte & 0xC0 != 0x80 { count += 1 }
                if byte >= 0xF0 { count += 1 }
            }
        }
        return count
    }

    /// The byte offset of a line and column counted from 1; clamped to the line.
    public func offset(line: Int, column: Int, in bytes: [UInt8], unit: ColumnUnit) -> Int {
        guard line >= 1 else { return 0 }
        guard line <= lineStarts.count else { return bytes.count }
        var offset = lineStarts[line - 1]
        let end = line < lineStarts.count ? lineStarts[line] : bytes.count
        var remaining = column - 1
        while remaining > 0, offset < end {
            let length = max(1, utf8Length(leading: bytes[offset]))
            switch unit {
            case .utf8:
                offset += 1
                remaining -= 1
                continue
            case .scalar: remaining -= 1
            case .utf16: remaining -= length == 4 ? 2 : 1
            }
            offset += length
        }
        return min(offset, end)
    }
}

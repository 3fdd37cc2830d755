/// A generated table: lines in byte order, each a key, a space and a value, or a key alone.
struct LineTable {
    let text: StaticString

    init(_ text: StaticString) {
        self.text = text
    }

    /// The value of a key; empty when the line has none, nil when there is no such line.
    func value(_ key: String) -> String? {
        var key = key
        return key.withUTF8 { key in
            text.withUTF8Buffer { bytes in
                guard let end = LineTable.endOfKey(key, in: bytes) else { return nil }
                var last = end
                while last < bytes.count, bytes[last] != 0x0A { last += 1 }
                let start = min(end + 1, last)
                return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<last]), as: UTF8.self)
            }
        }
    }

    func contains(_ key: String) -> Bool {
        var key = key
        return key.withUTF8 { key in text.withUTF8Buffer { LineTable.endOfKey(key, in: $0) != nil } }
    }

    /// All lines in order, each as key and value.
    var lines: [(key: String, value: String)] { lines { _ in true } }

    /// The lines whose key `isWanted`, in order.
    func lines(where isWanted: (Slice<UnsafeBufferPointer<UInt8>>) -> Bool) -> [(key: String, value: String)] {
        var result: [(key: String, value: String)] = []
        text.withUTF8Buffer { bytes in
            var start = 0
            while start < bytes.count {
                var keyEnd = start
                while keyEnd < bytes.count, bytes[keyEnd] != 0x20, bytes[keyEnd] != 0x0A { keyEnd += 1 }
                var end = keyEnd
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
                let key = bytes[start..<keyEnd]
                if !key.isEmpty, isWanted(key) {
                    let value = bytes[min(keyEnd + 1, end)..<end]
                    result.append(
                        (key: String(decoding: key, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
                }
                start = end + 1
            }
        }
        return result
    }

    /// Where the key of its line ends, found by binary search.
    private static func endOfKey(_ key: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !key.isEmpty else { return nil }
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high) / 2
            var start = middle
            while start > low, bytes[start - 1] != 0x0A { start -= 1 }
            let (order, end) = compare(key, bytes, start)
            if order == 0 { return end }
            if order < 0 {
                high = start
            } else {
                low = end
                while low < high, bytes[low] != 0x0A { low += 1 }
                low += 1
            }
        }
        return nil
    }

    /// Whether the key sorts before (-1), at or behind the line from `start`, and how far the line was read.
    private static func compare(
        _ key: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> (Int, Int) {
        var at = start
        for byte in key {
            guard at < bytes.count, bytes[at] != 0x20, bytes[at] != 0x0A else { return (1, at) }
            if byte != bytes[at] { return (byte < bytes[at] ? -1 : 1, at) }
            at += 1
        }
        return at >= bytes.count || bytes[at] == 0x20 || bytes[at] == 0x0A ? (0, at) : (-1, at)
    }
}

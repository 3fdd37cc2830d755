/// Finds a text in another in linear time (Knuth, Morris and Pratt), so that no input makes it slow.
struct SubstringSearch {
    let needle: [UInt8]
    /// For each prefix the length of its longest proper border; only computed for searches that are worth it.
    private let borders: [Int]

    init(_ text: String) {
        needle = Array(text.utf8)
        var borders: [Int] = [0]
        var length = 0
        var index = 1
        while index < needle.count {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders.append(length)
            index += 1
        }
        self.borders = borders
    }

    /// Where the first match at or behind `start` begins; an empty needle matches at `start`.
    func first(in text: [UInt8], from start: Int) -> Int? {
        text.withUnsafeBufferPointer { first(in: $0, from: start) }
    }

    /// Whether the text is part of another.
    func isPart(of text: String) -> Bool {
        withBytes(text) { first(in: $0, from: 0) != nil }
    }

    private func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard !needle.isEmpty else { return start <= text.count ? start : nil }
        var matched = 0
        var index = start
        while index < text.count {
            while matched > 0, text[index] != needle[matched] { matched = borders[matched - 1] }
            if text[index] == needle[matched] { matched += 1 }
            index += 1
            if matched == needle.count { return index - needle.count }
        }
        return nil
    }

    /// Where the last match that begins at or before `limit` begins.
    func last(in text: [UInt8], upTo limit: Int) -> Int? {
        guard !needle.isEmpty else { return min(limit, text.count) }
        var found: Int?
        var matched = 0
        for index in text.indices {
            while matched > 0, text[index] != needle[matched] { matched = borders[matched - 1] }
            if text[index] == needle[matched] { matched += 1 }
            if matched == needle.count {
                let start = index + 1 - needle.count
                if start > limit { break }
                found = start
                matched = borders[matched - 1]
            }
        }
        return found
    }
}

/// A text whose code points are counted: CEL's positions are code points, its storage is UTF-8.
struct CodePoints {
    let bytes: [UInt8]
    /// Byte offset of each code point, and of the end; nil for ASCII, where they are the same.
    private let offsets: [Int]?

    init(_ text: String) {
        bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            offsets = nil
            return
        }
        var offsets: [Int] = []
        for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { offsets.append(index) }
        offsets.append(bytes.count)
        self.offsets = offsets
    }

    var count: Int { offsets.map { $0.count - 1 } ?? bytes.count }

    /// The byte offset of code point `index`, which is at most ``count``.
    func offset(_ index: Int) -> Int { offsets.map { $0[index] } ?? index }

    /// The code point that begins at byte `offset`.
    func index(_ offset: Int) -> Int {
        guard let offsets else { return offset }
        var low = 0
        var high = offsets.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if offsets[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[offset(start)..<offset(end)], as: UTF8.self)
    }
}

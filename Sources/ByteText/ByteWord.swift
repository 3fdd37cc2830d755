// Text is mostly bytes that need no care. These look at eight of them at a time (SIMD within a register; see
// Lamport, "Multiple byte processing with full-word instructions", 1975).

/// Eight bytes as one word; each test marks the bytes that it finds with their highest bit.
///
/// A mark is right up to and including the lowest one that is set, which is the first byte; those above may be false.
@usableFromInline
package struct ByteWord {
    @usableFromInline let word: UInt64

    /// - Parameter word: eight bytes as a little-endian machine loads them, or in any order where only the presence of
    ///   marks matters.
    @inlinable
    package init(_ word: UInt64) {
        self.word = word
    }

    /// Bytes below `limit`, which is at most 0x80.
    @inlinable
    package func below(_ limit: UInt8) -> UInt64 {
        (word &- 0x0101_0101_0101_0101 &* UInt64(limit)) & ~word & 0x8080_8080_8080_8080
    }

    /// Bytes that are no ASCII.
    @inlinable
    package var beyondASCII: UInt64 { word & 0x8080_8080_8080_8080 }

    /// Bytes that are controls below U+0020, or no ASCII.
    @inlinable
    package var beyondPrintable: UInt64 { ((word &- 0x2020_2020_2020_2020) | word) & 0x8080_8080_8080_8080 }

    /// Bytes that are `byte`.
    @inlinable
    package func equal(_ byte: UInt8) -> UInt64 {
        let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }

    /// Bytes that are `byte` when the bits of `ignored`, which `byte` has, are set in them: with one such bit, two
    /// bytes for the price of one.
    @inlinable
    package func equal(_ byte: UInt8, ignoring ignored: UInt8) -> UInt64 {
        ByteWord(word | 0x0101_0101_0101_0101 &* UInt64(ignored)).equal(byte)
    }
}

/// Sixteen bytes as two words, with the tests of ``ByteWord``: vector instructions do both words at once.
@usableFromInline
package struct ByteWords {
    @usableFromInline let words: SIMD2<UInt64>

    /// - Parameter words: sixteen bytes as a little-endian machine loads them.
    @inlinable
    @inline(__always)
    package init(_ words: SIMD2<UInt64>) {
        self.words = words
    }

    /// The sixteen bytes at a place in memory.
    @inlinable
    @inline(__always)
    package init(at place: UnsafeRawPointer) {
        self.init(loaded: place.loadUnaligned(as: SIMD2<UInt64>.self))
    }

    /// - Parameter loaded: sixteen bytes as this machine loads them.
    @inlinable
    @inline(__always)
    package init(loaded: SIMD2<UInt64>) {
        words = SIMD2(UInt64(littleEndian: loaded[0]), UInt64(littleEndian: loaded[1]))
    }

    /// Bytes below `limit`, which is at most 0x80.
    @inlinable
    @inline(__always)
    package func below(_ limit: UInt8) -> SIMD2<UInt64> {
        (words &- SIMD2(repeating: 0x0101_0101_0101_0101 &* UInt64(limit))) & ~words
            & SIMD2(repeating: 0x8080_8080_8080_8080)
    }

    /// Bytes that are `byte`.
    @inlinable
    @inline(__always)
    package func equal(_ byte: UInt8) -> SIMD2<UInt64> {
        let difference = words ^ SIMD2(repeating: 0x0101_0101_0101_0101 &* UInt64(byte))
        return (difference &- SIMD2(repeating: 0x0101_0101_0101_0101)) & ~difference
            & SIMD2(repeating: 0x8080_8080_8080_8080)
    }

    /// Bytes that are `byte` when the bits of `ignored`, which `byte` has, are set in them.
    @inlinable
    @inline(__always)
    package func equal(_ byte: UInt8, ignoring ignored: UInt8) -> SIMD2<UInt64> {
        ByteWords(words | SIMD2(repeating: 0x0101_0101_0101_0101 &* UInt64(ignored))).equal(byte)
    }

    /// The place of the first byte that is marked; 16 when none is.
    @inlinable
    @inline(__always)
    package static func first(_ marks: SIMD2<UInt64>) -> Int {
        if marks[0] | marks[1] == 0 { return 16 }
        return marks[0] != 0 ? marks[0].trailingZeroBitCount >> 3 : 8 + marks[1].trailingZeroBitCount >> 3
    }
}

extension UnsafePointer<UInt8> {
    /// Copies what stands in front of the first byte that a test finds, as far as that can be told for eight or sixteen
    /// bytes at once: of the last seven bytes none is looked at.
    ///
    /// - Parameters:
    ///   - count: how many bytes there are.
    ///   - place: where they go; so many bytes and no more are written there, what is behind a byte that was found too.
    ///   - marks: the test.
    /// - Returns: how many bytes were in front.
    @inlinable
    @inline(__always)
    package func copyPlain(
        _ count: Int, to place: UnsafeMutablePointer<UInt8>, marks: (ByteWords) -> SIMD2<UInt64>
    ) -> Int {
        let source = UnsafeRawPointer(self)
        let target = UnsafeMutableRawPointer(place)
        var index = 0
        while index + 16 <= count {
            let words = source.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            target.storeBytes(of: words, toByteOffset: index, as: SIMD2<UInt64>.self)
            let found = ByteWords.first(marks(ByteWords(loaded: words)))
            if found < 16 { return index + found }
            index += 16
        }
        guard index + 8 <= count else { return index }
        let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
        // The second word is the first again, so that it adds nothing.
        let found = ByteWords.first(marks(ByteWords(SIMD2(repeating: UInt64(littleEndian: word)))))
        return index + min(found, 8)
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// The first index from `start` on of a byte that a test finds; the count of the buffer when there is none.
    ///
    /// - Parameters:
    ///   - marks: the test for eight bytes at a time.
    ///   - test: the same test for one byte.
    @inlinable
    package func firstIndex(from start: Int, marks: (ByteWord) -> UInt64, where test: (UInt8) -> Bool) -> Int {
        guard let base = baseAddress else { return count }
        let raw = UnsafeRawPointer(base)
        var index = start
        while index + 8 <= count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let found = marks(ByteWord(word))
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < count {
            if test(base[index]) { return index }
            index += 1
        }
        return count
    }
}

// Text is mostly bytes that need no care. These look at eight of them at a time (SIMD within a register; see
// Lamport, "Multiple byte processing with full-word instructions", 1975).

/// Eight bytes as one word; each test marks the bytes that it finds with their highest bit.
///
/// A mark is right up to and including the lowest one that is set, which is the first byte; those above may be false.
@frozen
public struct ByteWord {
    @usableFromInline let word: UInt64

    /// - Parameter word: eight bytes as a little-endian machine loads them, or in any order where only the presence of
    ///   marks matters.
    @inlinable
    public init(_ word: UInt64) {
        self.word = word
    }

    /// Bytes below `limit`, which is at most 0x80.
    @inlinable
    public func below(_ limit: UInt8) -> UInt64 {
        (word &- 0x0101_0101_0101_0101 &* UInt64(limit)) & ~word & 0x8080_8080_8080_8080
    }

    /// Bytes that are `byte`.
    @inlinable
    public func equal(_ byte: UInt8) -> UInt64 {
        let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }

    /// Bytes that are `byte` when the bits of `ignored`, which `byte` has, are set in them: with one such bit, two
    /// bytes for the price of one.
    @inlinable
    public func equal(_ byte: UInt8, ignoring ignored: UInt8) -> UInt64 {
        ByteWord(word | 0x0101_0101_0101_0101 &* UInt64(ignored)).equal(byte)
    }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// The first index from `start` on of a byte that a test finds; the count of the buffer when there is none.
    ///
    /// - Parameters:
    ///   - marks: the test for eight bytes at a time.
    ///   - test: the same test for one byte.
    @inlinable
    public func firstIndex(from start: Int, marks: (ByteWord) -> UInt64, where test: (UInt8) -> Bool) -> Int {
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

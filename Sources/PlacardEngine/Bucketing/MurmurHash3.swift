/// MurmurHash3, the variant `x86_32`, by Austin Appleby (public domain; `MurmurHash3.cpp` of the SMHasher suite).
///
/// - Parameters:
///   - bytes: what is hashed.
///   - seed: 0 for Placard's own draws.
/// - Returns: the 32-bit hash.
public func murmurHash3(_ bytes: [UInt8], seed: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBufferPointer { murmurHash3($0, seed: seed) }
}

/// As the function above, for bytes in a buffer.
public func murmurHash3(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt32 = 0) -> UInt32 {
    var hash = seed
    let blocks = bytes.count / 4
    for block in 0..<blocks {
        let start = block * 4
        let word =
            UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
            | UInt32(bytes[start + 3]) << 24
        hash ^= scrambled(word)
        hash = rotated(hash, by: 13) &* 5 &+ 0xE654_6B64
    }
    var tail: UInt32 = 0
    for index in stride(from: bytes.count - 1, through: blocks * 4, by: -1) {
        tail = tail << 8 | UInt32(bytes[index])
    }
    hash ^= scrambled(tail)
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
}

private func scrambled(_ word: UInt32) -> UInt32 {
    rotated(word &* 0xCC9E_2D51, by: 15) &* 0x1B87_3593
}

private func rotated(_ word: UInt32, by count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
}

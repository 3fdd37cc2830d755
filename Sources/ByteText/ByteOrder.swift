// Names are equal when their bytes are, whatever normalization would say, and sorted by them: which needs no Unicode tables,
// and is the same on every system.

/// Whether two places hold the same bytes; eight are compared at once.
@inlinable
package func sameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.count == b.count && commonPrefix(a, b) == a.count
}

/// Whether two texts have the same UTF-8.
@inlinable
package func sameBytes(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.utf8, b.utf8)
    guard a.count == b.count else { return false }
    let isSame = a.withContiguousStorageIfAvailable { first in
        b.withContiguousStorageIfAvailable { second in sameBytes(first, second) }
    }
    return (isSame ?? nil) ?? a.elementsEqual(b)
}

/// Whether the UTF-8 of `a` sorts before that of `b`: the one order of names in the package.
@inlinable
package func utf8Less(_ a: String, _ b: String) -> Bool {
    let isLess = a.utf8.withContiguousStorageIfAvailable { first in
        b.utf8.withContiguousStorageIfAvailable { second in
            let index = commonPrefix(first, second)
            guard index < first.count, index < second.count else { return first.count < second.count }
            return first[index] < second[index]
        }
    }
    return (isLess ?? nil) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// How many bytes at the beginning are the same.
@inlinable
package func commonPrefix(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let count = min(a.count, b.count)
    let (left, right) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    var index = 0
    while index &+ 8 <= count,
        left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    {
        index &+= 8
    }
    while index < count, a[index] == b[index] { index &+= 1 }
    return index
}

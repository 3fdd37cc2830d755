/// What bytes are appended to: an array, or the quicker ``ByteBuffer``.
@usableFromInline
package protocol ByteSink: ~Copyable {
    /// How many bytes it holds.
    var count: Int { get }
    /// A byte that is there.
    subscript(index: Int) -> UInt8 { get set }
    mutating func append(_ byte: UInt8)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension Array: ByteSink where Element == UInt8 {
    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        append(contentsOf: bytes)
    }
}

extension ByteSink where Self: ~Copyable {
    /// Appends the UTF-8 of a literal.
    @inlinable
    package mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(contentsOf bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Appends the UTF-8 of a text.
    @inlinable
    package mutating func append(contentsOf text: String.UTF8View) {
        if text.withContiguousStorageIfAvailable({ append($0) }) == nil {
            for byte in text { append(byte) }
        }
    }
}

/// Bytes that are put together piece by piece.
///
/// It has one owner, so that appending a few bytes is a comparison and a copy: an array asks each time whether it is
/// shared and how large its allocation is, which is most of the work when the pieces are short.
@usableFromInline
package struct ByteBuffer: ~Copyable, ByteSink {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0

    /// How many bytes it holds.
    @inlinable
    package var count: Int { used }

    /// - Parameter capacity: bytes that it has room for before it grows.
    @inlinable
    package init(capacity: Int) {
        self.capacity = max(16, capacity)
        base = UnsafeMutablePointer<UInt8>.allocate(capacity: self.capacity)
    }

    deinit {
        base.deallocate()
    }

    /// A copy of what it holds, with no room to spare.
    package var bytes: [UInt8] {
        // Quicker than an initializer of Array, which looks the type of its storage up each time.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(used)
        bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: used))
        return bytes
    }

    /// The byte at `index`, which must be from 0 to below ``count``.
    @usableFromInline
    package subscript(index: Int) -> UInt8 {
        @inlinable get {
            precondition(index >= 0 && index < used)
            return base[index]
        }
        @inlinable set {
            precondition(index >= 0 && index < used)
            base[index] = newValue
        }
    }

    /// The last byte; nil when there is none.
    @inlinable
    package var last: UInt8? { used > 0 ? base[used - 1] : nil }

    /// Appends one byte.
    @inlinable
    package mutating func append(_ byte: UInt8) {
        if used == capacity { grow(1) }
        base[used] = byte
        used += 1
    }

    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        if capacity - used < bytes.count { grow(bytes.count) }
        (base + used).update(from: start, count: bytes.count)
        used += bytes.count
    }

    /// Appends what `write` puts into the room that it is given, and says how many bytes that is.
    ///
    /// - Parameter most: bytes that `write` may touch, which may be more than it keeps.
    @inlinable
    package mutating func append(atMost most: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        if capacity - used < most { grow(most) }
        let count = write(base + used)
        precondition(count >= 0 && count <= most)
        used += count
    }

    /// Takes back what was appended since it held `count` bytes.
    @inlinable
    package mutating func shorten(to count: Int) {
        precondition(count >= 0 && count <= used)
        used = count
    }

    /// Forgets what it holds, and keeps its room.
    @inlinable
    package mutating func removeAll() {
        used = 0
    }

    /// Calls `body` with what it holds.
    @inlinable
    package func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: base, count: used))
    }

    @usableFromInline
    @inline(never)
    mutating func grow(_ needed: Int) {
        let larger = max(capacity * 2, used + needed)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: used)
        base.deallocate()
        base = moved
        capacity = larger
    }
}

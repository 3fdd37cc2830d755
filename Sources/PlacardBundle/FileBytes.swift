/// The bytes of a file, of which any piece can be asked for: they may be in memory, or stay on a disk.
public struct FileBytes: Sendable {
    /// How many there are.
    public let count: Int
    /// Gives the bytes at places from 0 to ``count``; nil when they cannot be read, or are not what they were.
    public let read: @Sendable (_ places: Range<Int>) -> [UInt8]?
    /// Calls its argument with all of them, unless they cannot be read.
    private let borrow: @Sendable (_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Void

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - read: gives the bytes at places from 0 to `count`, as ``read`` says.
    ///   - borrow: calls its argument with all of them, which need be in memory no longer than that; not where they cannot be read.
    public init(
        count: Int, read: @escaping @Sendable (_ places: Range<Int>) -> [UInt8]?,
        borrow: @escaping @Sendable (_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Void
    ) {
        self.count = count
        self.read = read
        self.borrow = borrow
    }

    /// Bytes that are held in memory.
    public init(_ bytes: [UInt8]) {
        self.init(
            count: bytes.count,
            read: { places in
                places.lowerBound >= 0 && places.upperBound <= bytes.count ? Array(bytes[places]) : nil
            }, borrow: { body in bytes.withUnsafeBufferPointer(body) })
    }

    /// What `body` makes of all the bytes; nil when they cannot be read.
    public func withAll<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        var result: Result<Value, Failure>?
        borrow { bytes in
            do throws(Failure) {
                result = .success(try body(bytes))
            } catch {
                result = .failure(error)
            }
        }
        return try result?.get()
    }
}

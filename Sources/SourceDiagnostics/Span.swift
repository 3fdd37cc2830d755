/// A half-open range of UTF-8 byte offsets in one text.
///
/// Every position in the package is a byte offset; lines and columns exist only
/// at the edge, where ``LineIndex`` computes them for a reader.
public struct Span: Hashable, Comparable, Sendable {
    /// Offset of the first byte.
    public var start: Int
    /// Offset behind the last byte; never less than ``start``.
    public var end: Int

    /// Creates a span; an `end` before `start` becomes an empty span at `start`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    /// An empty span at `offset`.
    public init(at offset: Int) {
        self.init(offset, offset)
    }

    /// How many bytes it covers.
    public var length: Int { end - start }
    /// Whether it covers none, and is a place between two bytes.
    public var isEmpty: Bool { start == end }

    /// The smallest span that covers both.
    public func union(_ other: Span) -> Span {
        Span(min(start, other.start), max(end, other.end))
    }

    /// The same span `distance` bytes further.
    public func shifted(by distance: Int) -> Span {
        Span(start + distance, end + distance)
    }

    /// Orders by start, then by end.
    public static func < (a: Span, b: Span) -> Bool {
        (a.start, a.end) < (b.start, b.end)
    }
}

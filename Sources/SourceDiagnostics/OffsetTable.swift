/// Leads offsets of a text back to the text it was cut from.
///
/// A CEL expression in a YAML scalar, or a MessageFormat pattern in a Markdown
/// body, is parsed as a text of its own. Between it and the file lie escapes,
/// indentation and quotation marks. The table is a list of runs: a *linear* run
/// maps byte to byte; any other run (an escape such as `\u00e9`) maps as a unit.
public struct OffsetTable: Sendable, Equatable {
    /// `innerLength` bytes at `inner` come from `outerLength` bytes at `outer`.
    public struct Run: Sendable, Equatable {
        /// Where it begins in the text that was cut out.
        public var inner: Int
        /// Its bytes there.
        public var innerLength: Int
        /// Where it begins in the file.
        public var outer: Int
        /// Its bytes there.
        public var outerLength: Int

        /// A run.
        public init(inner: Int, innerLength: Int, outer: Int, outerLength: Int) {
            self.inner = inner
            self.innerLength = innerLength
            self.outer = outer
            self.outerLength = outerLength
        }

        /// Whether the bytes are the same on both sides, so that an offset within them has its own place.
        var isUnchanged: Bool { innerLength == outerLength }
    }

    /// The runs in order of `inner`, without gaps in it.
    public private(set) var runs: [Run]

    /// An empty table, to be filled with ``append(innerLength:outer:outerLength:)``.
    public init() {
        runs = []
    }

    /// A text that stands unchanged at `outer`.
    public init(outer: Int, length: Int) {
        runs = [Run(inner: 0, innerLength: length, outer: outer, outerLength: length)]
    }

    /// Number of inner bytes mapped.
    public var innerLength: Int {
        runs.last.map { $0.inner + $0.innerLength } ?? 0
    }

    /// Appends the next `innerLength` bytes, which come from `outerLength` bytes at `outer`.
    public mutating func append(innerLength length: Int, outer: Int, outerLength: Int) {
        let inner = innerLength
        if let last = runs.last, last.innerLength == last.outerLength, length == outerLength,
            last.outer + last.outerLength == outer
        {
            runs[runs.count - 1].innerLength += length
            runs[runs.count - 1].outerLength += length
            return
        }
        runs.append(Run(inner: inner, innerLength: length, outer: outer, outerLength: outerLength))
    }

    /// The outer offset where the inner `offset` begins.
    public func outerStart(_ offset: Int) -> Int {
        guard let run = run(holding: offset) else {
            return runs.last.map { $0.outer + $0.outerLength } ?? offset
        }
        guard run.innerLength == run.outerLength else { return run.outer }
        return run.outer + (offset - run.inner)
    }

    /// The outer span of an inner one: from where its first byte begins to where its last byte ends.
    public func outer(_ span: Span) -> Span {
        guard !span.isEmpty else { return Span(at: outerStart(span.start)) }
        let first = run(holding: span.start)
        let start = first.map { $0.isUnchanged ? $0.outer + (span.start - $0.inner) : $0.outer }
        // Most spans begin and end in one run.
        let isInFirst = first.map { span.end <= $0.inner + $0.innerLength } ?? false
        let last = isInFirst ? first : run(holding: span.end - 1)
        let limit = runs.last.map { $0.outer + $0.outerLength }
        let end = last.map { $0.isUnchanged ? $0.outer + (span.end - $0.inner) : $0.outer + $0.outerLength }
        return Span(start ?? limit ?? span.start, end ?? limit ?? span.end)
    }

    /// A table for a text cut from the inner text at `innerRange`.
    public func slice(_ innerRange: Span) -> OffsetTable {
        var result = OffsetTable()
        for run in runs {
            let from = max(run.inner, innerRange.start)
            let to = min(run.inner + run.innerLength, innerRange.end)
            guard from < to else { continue }
            if run.innerLength == run.outerLength {
                result.append(innerLength: to - from, outer: run.outer + from - run.inner, outerLength: to - from)
            } else {
                result.append(innerLength: to - from, outer: run.outer, outerLength: run.outerLength)
            }
        }
        return result
    }

    /// The run that the inner byte at `offset` belongs to; nil outside of the text.
    public func run(holding offset: Int) -> Run? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            let run = runs[middle]
            if offset < run.inner {
                high = middle
            } else if offset >= run.inner + run.innerLength {
                low = middle + 1
            } else {
                return run
            }
        }
        return nil
    }
}

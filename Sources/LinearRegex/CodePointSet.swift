/// A set of Unicode code points, as what a character class matches.
struct CodePointSet: Equatable, Sendable {
    /// Code points `first` to `last`, both included.
    struct Range: Equatable, Sendable {
        var first: UInt32
        var last: UInt32
    }

    static let last: UInt32 = 0x10FFFF

    /// In order once ``normalize()`` has run; neither overlapping nor adjacent.
    private(set) var ranges: [Range]
    private var isNormal: Bool

    init() {
        ranges = []
        isNormal = true
    }

    init(_ first: UInt32, _ last: UInt32) {
        ranges = [Range(first: first, last: last)]
        isNormal = true
    }

    /// Any code point.
    static var all: CodePointSet { CodePointSet(0, last) }

    mutating func insert(_ first: UInt32, _ last: UInt32) {
        ranges.append(Range(first: first, last: last))
        isNormal = false
    }

    mutating func formUnion(_ other: CodePointSet) {
        ranges += other.ranges
        isNormal = false
    }

    /// Sorts the ranges and merges those that touch.
    mutating func normalize() {
        guard !isNormal else { return }
        ranges.sort { $0.first < $1.first }
        var merged: [Range] = []
        merged.reserveCapacity(ranges.count)
        for range in ranges {
            if let previous = merged.last, range.first <= previous.last + 1 {
                merged[merged.count - 1].last = max(previous.last, range.last)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
        isNormal = true
    }

    /// All other code points.
    func inverted() -> CodePointSet {
        var source = self
        source.normalize()
        var result = CodePointSet()
        var next: UInt32 = 0
        for range in source.ranges {
            if range.first > next { result.ranges.append(Range(first: next, last: range.first - 1)) }
            next = range.last + 1
        }
        if next <= CodePointSet.last { result.ranges.append(Range(first: next, last: CodePointSet.last)) }
        return result
    }

    /// Whether `point` is in the set, which is normal.
    func contains(_ point: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if point < ranges[middle].first {
                high = middle
            } else if point > ranges[middle].last {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}

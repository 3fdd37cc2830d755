import PlacardBundle

/// A moment in milliseconds from 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Sendable, Hashable, Comparable {
    /// The milliseconds.
    public var milliseconds: Int64

    /// The moment so many milliseconds after the start of 1970 in UTC.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The moment so many seconds after the start of 1970 in UTC.
    public init(seconds: Int64) {
        milliseconds = saturatingMultiply(seconds, 1000)
    }

    /// The moment that an RFC 3339 text with `Z` or an offset names, without fractions of a second; nil for any other.
    public init?(_ text: String) {
        guard case .instant(let seconds)? = ScheduleTime(text) else { return nil }
        self.init(seconds: seconds)
    }

    /// The whole seconds, rounded down.
    public var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : -((-(milliseconds + 1)) / 1000) - 1
    }

    /// The moment `milliseconds` later; at the end of what can be told it stops.
    public func adding(milliseconds: Int64) -> Instant {
        Instant(milliseconds: saturatingAdd(self.milliseconds, milliseconds))
    }

    /// The moment `seconds` later; at the end of what can be told it stops.
    public func adding(seconds: Int64) -> Instant { adding(milliseconds: saturatingMultiply(seconds, 1000)) }

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// As RFC 3339 in UTC, in whole seconds: `2026-12-01T09:00:00Z`.
    public var description: String { ScheduleTime.instant(seconds).description }
}

func saturatingAdd(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (b < 0 ? .min : .max) : sum
}

func saturatingMultiply(_ a: Int64, _ b: Int64) -> Int64 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? ((a < 0) != (b < 0) ? .min : .max) : product
}

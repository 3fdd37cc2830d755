import CivilTime

/// A moment between the years 1 and 9999, to the nanosecond (`google.protobuf.Timestamp`).
///
/// Source: langdef.md, "Timestamps and durations"; RFC 3339 for the notation.
public struct CELTimestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z; negative before.
    public let seconds: Int64
    /// Nanoseconds within the second, 0 to 999,999,999; they count forward in every case.
    public let nanoseconds: Int32

    /// 0001-01-01T00:00:00Z.
    public static let minimumSeconds: Int64 = -62_135_596_800
    /// 9999-12-31T23:59:59Z.
    public static let maximumSeconds: Int64 = 253_402_300_799

    /// A moment; nil outside the years 1 to 9999 or when `nanoseconds` is not within a second.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard (CELTimestamp.minimumSeconds...CELTimestamp.maximumSeconds).contains(seconds),
            (0..<1_000_000_000).contains(nanoseconds)
        else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    public static func < (a: CELTimestamp, b: CELTimestamp) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }

    /// Reads RFC 3339 such as `2009-02-13T23:31:30.5Z` or `…+01:00`; nil for anything else or out of range.
    public init?(parsing text: String) {
        var reader = DateTimeReader(text.utf8)
        guard let date = reader.date(), reader.take(0x54) || reader.take(0x74), let local = reader.time(on: date) else {
            return nil
        }
        var nanoseconds: Int64 = 0
        if reader.take(0x2E) {
            guard let fraction = reader.nanoseconds() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = reader.take(0x5A) || reader.take(0x7A) ? 0 : reader.zoneOffset(), reader.isAtEnd else {
            return nil
        }
        self.init(seconds: local.secondsSinceEpoch - offset, nanoseconds: Int32(nanoseconds))
    }

    /// RFC 3339 in UTC with as many digits of the second as are needed: `2009-02-13T23:31:30Z`.
    public var rfc3339: String {
        var text = Array(ClockReading(secondsSinceEpoch: seconds).text.utf8)
        appendFraction(nanoseconds: Int64(nanoseconds), to: &text)
        text.append(0x5A)
        return String(decoding: text, as: UTF8.self)
    }

    /// The moment `duration` later; nil when that is out of range.
    public func adding(_ duration: CELDuration) -> CELTimestamp? {
        let (whole, part) = duration.split
        var nanoseconds = Int64(self.nanoseconds) + part
        var seconds = self.seconds + whole
        if nanoseconds >= 1_000_000_000 {
            nanoseconds -= 1_000_000_000
            seconds += 1
        }
        return CELTimestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    /// The time from `other` to this moment; nil when it is out of the range of a duration.
    public func since(_ other: CELTimestamp) -> CELDuration? {
        let (product, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        let (sum, overflowed) = product.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
        return overflowed ? nil : CELDuration(nanoseconds: sum)
    }
}

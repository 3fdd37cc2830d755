import CivilTime

/// A moment in whole seconds, as metadata writes when it expires: `2030-01-31T12:00:00Z` (TUF specification, section 4.2.1).
public struct UTCTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    public var seconds: Int64

    /// The moment of so many seconds since 1970.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads the one form that metadata has; nil for anything else, and for days that no calendar has.
    public init?(_ text: String) {
        var reader = DateTimeReader(text.utf8)
        guard let date = reader.date(), reader.take(0x54), let time = reader.time(on: date), reader.take(0x5A),
            reader.isAtEnd
        else { return nil }
        seconds = time.secondsSinceEpoch
    }

    /// The order of time.
    public static func < (a: UTCTime, b: UTCTime) -> Bool { a.seconds < b.seconds }
}

extension UTCTime: CustomStringConvertible {
    /// As metadata writes it; for the years from 0 to 9999, others end at theirs.
    public var description: String {
        ClockReading(secondsSinceEpoch: min(max(seconds, -62_167_219_200), 253_402_300_799)).text + "Z"
    }
}

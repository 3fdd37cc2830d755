import CivilTime

/// A date and a time of day of the proleptic Gregorian calendar, in no particular time zone.
public struct LocalDateTime: Sendable, Equatable {
    /// 1 to 9999.
    public var year: Int64
    /// 1 to 12.
    public var month: Int64
    /// 1 to the month's length.
    public var day: Int64
    /// 0 to 23.
    public var hour: Int64
    /// 0 to 59.
    public var minute: Int64
    /// 0 to 59.
    public var second: Int64

    /// A date and time; nil when there is no such date or time (a leap second is none).
    public init?(
        year: Int64, month: Int64, day: Int64, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= GregorianCalendar.length(ofMonth: month, year: year), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The date and time that a clock shows at `seconds` from 1970-01-01T00:00:00 of that clock.
    ///
    /// Out of the years 1 to 9999 the nearest second within them is given.
    public init(secondsSinceEpoch seconds: Int64) {
        self.init(
            ClockReading(secondsSinceEpoch: min(max(seconds, LocalDateTime.firstSecond), LocalDateTime.lastSecond)))
    }

    private init(_ reading: ClockReading) {
        (year, month, day) = (reading.year, reading.month, reading.day)
        (hour, minute, second) = (reading.hour, reading.minute, reading.second)
    }

    private var reading: ClockReading {
        ClockReading(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    private static let firstSecond: Int64 = -62_135_596_800
    private static let lastSecond: Int64 = 253_402_300_799

    /// Seconds from 1970-01-01T00:00:00 of the same clock.
    public var secondsSinceEpoch: Int64 { reading.secondsSinceEpoch }

    /// Days from 1970-01-01.
    public var daysSinceEpoch: Int64 { reading.daysSinceEpoch }

    /// `2026-12-01T09:00:00`.
    public var description: String { reading.text }

    /// Reads it, and no further; nil where none stands.
    fileprivate init?(_ reader: inout DateTimeReader) {
        guard let date = reader.date(), date.year > 0, reader.take(0x54), let reading = reader.time(on: date) else {
            return nil
        }
        self.init(reading)
    }
}

/// A boundary of a schedule.
public enum ScheduleTime: Sendable, Equatable {
    /// What the clock of the schedule's time zone shows.
    case civil(LocalDateTime)
    /// The same instant everywhere, in seconds from 1970-01-01T00:00:00Z.
    case instant(Int64)

    /// Reads `2026-12-01T09:00:00`, or with `Z` or an offset such as `+01:00` for an instant.
    public init?(_ text: String) {
        var reader = DateTimeReader(text.utf8)
        guard let civil = LocalDateTime(&reader) else { return nil }
        if reader.isAtEnd {
            self = .civil(civil)
        } else if let offset = reader.take(0x5A) ? 0 : reader.zoneOffset(), reader.isAtEnd {
            self = .instant(civil.secondsSinceEpoch - offset)
        } else {
            return nil
        }
    }

    /// As it is written in a catalog; an instant always in UTC.
    public var description: String {
        switch self {
        case .civil(let civil): civil.description
        case .instant(let seconds): LocalDateTime(secondsSinceEpoch: seconds).description + "Z"
        }
    }
}

import CivilTime

/// A date and a time of day in the proleptic Gregorian calendar, without a time zone.
public struct CivilDateTime: Hashable, Sendable {
    /// Years before 1 are 0 and negative.
    public var year: Int
    /// From 1 to 12.
    public var month: Int
    /// From 1.
    public var day: Int
    /// From 0 to 23.
    public var hour: Int
    /// From 0 to 59.
    public var minute: Int
    /// From 0 to 59.
    public var second: Int
    /// From 0 to 999.
    public var millisecond: Int

    /// The date and time in UTC of a moment, in milliseconds since 1970.
    public init(milliseconds: Int64) {
        let seconds = floorDivide(milliseconds, by: 1000)
        self.init(
            ClockReading(secondsSinceEpoch: seconds), millisecond: Int(milliseconds - seconds * 1000))
    }

    init(_ reading: ClockReading, millisecond: Int = 0) {
        self.init(
            year: Int(reading.year), month: Int(reading.month), day: Int(reading.day), hour: Int(reading.hour),
            minute: Int(reading.minute), second: Int(reading.second), millisecond: millisecond)
    }

    /// A date and a time of day.
    public init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Milliseconds from 1970 to this date and time in UTC.
    public var millisecondsInUTC: Int64 {
        let days = GregorianCalendar.dayNumber(year: Int64(year), month: Int64(month), day: Int64(day))
        return days * 86_400_000 + Int64(hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond)
    }

    /// `2006-01-02`
    public var isoDate: String {
        CivilDateTime.padded(year, 4) + "-" + CivilDateTime.padded(month) + "-" + CivilDateTime.padded(day)
    }

    /// `15:04:05`, with milliseconds when there are any.
    public var isoTime: String {
        var text = CivilDateTime.padded(hour) + ":" + CivilDateTime.padded(minute) + ":" + CivilDateTime.padded(second)
        if millisecond > 0 { text += "." + CivilDateTime.padded(millisecond, 3) }
        return text
    }

    /// `2006-01-02T15:04:05`
    public var isoText: String { isoDate + "T" + isoTime }

    static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for _ in 0..<max(width - digits.utf8.count, 0) { text += "0" }
        return text + digits
    }
}

/// What a date function formats.
public enum DateTimeOperand: Hashable, Sendable {
    /// A moment, in milliseconds since 1970. `offset` is the offset from UTC, in minutes, that it was written with.
    case instant(milliseconds: Int64, offset: Int?)
    /// A date and time without a zone: the same everywhere.
    case floating(CivilDateTime)

    /// Reads a date/time literal: an ISO 8601 date, or date and time with or without an offset.
    ///
    /// - Returns: nil for any other text, and for a day that its month does not have.
    ///
    /// Source: LDML 48, part 9, "Date and Time Operands".
    public init?(literal text: String) {
        var reader = DateTimeReader(text.utf8.prefix(40))
        guard let date = reader.date(), date.year > 0 else { return nil }
        if reader.isAtEnd {
            self = .floating(CivilDateTime(date))
            return
        }
        guard reader.take(0x54), let time = reader.time(on: date) else { return nil }
        var millisecond = 0
        if reader.take(0x2E) {
            let start = reader.offset
            guard let fraction = reader.nanoseconds(), reader.offset - start <= 3 else { return nil }
            millisecond = Int(fraction / 1_000_000)
        }
        let civil = CivilDateTime(time, millisecond: millisecond)
        if reader.isAtEnd {
            self = .floating(civil)
            return
        }
        guard let seconds = reader.take(0x5A) ? 0 : reader.zoneOffset(), abs(seconds) <= 14 * 3600, reader.isAtEnd
        else {
            return nil
        }
        let offset = Int(seconds / 60)
        self = .instant(milliseconds: civil.millisecondsInUTC - Int64(offset) * 60_000, offset: offset)
    }
}

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
        let perDay: Int64 = 86_400_000
        var days = milliseconds / perDay
        var rest = Int(milliseconds % perDay)
        if rest < 0 {
            rest += Int(perDay)
            days -= 1
        }
        // Days are counted from 0000-03-01, so that leap days end their year (Hinnant, "chrono-compatible dates").
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
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
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
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
        var scanner = Fields(bytes: Array(text.utf8.prefix(40)))
        guard let year = scanner.digits(4), year > 0, scanner.take(0x2D), let month = scanner.digits(2),
            (1...12).contains(month), scanner.take(0x2D), let day = scanner.digits(2),
            (1...DateTimeOperand.days(in: month, of: year)).contains(day)
        else { return nil }
        var civil = CivilDateTime(year: year, month: month, day: day)
        if scanner.isAtEnd {
            self = .floating(civil)
            return
        }
        guard scanner.take(0x54), let hour = scanner.digits(2), hour < 24, scanner.take(0x3A),
            let minute = scanner.digits(2), minute < 60, scanner.take(0x3A), let second = scanner.digits(2),
            second < 60
        else { return nil }
        (civil.hour, civil.minute, civil.second) = (hour, minute, second)
        if scanner.take(0x2E) {
            guard let millisecond = scanner.fraction() else { return nil }
            civil.millisecond = millisecond
        }
        if scanner.isAtEnd {
            self = .floating(civil)
            return
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        self = .instant(milliseconds: civil.millisecondsInUTC - Int64(offset) * 60_000, offset: offset)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Reads the fields of a date/time literal.
private struct Fields {
    let bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return value
    }

    /// One to three digits behind the point, as milliseconds.
    mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while count < 3, let digit = digits(1) {
            value = value * 10 + digit
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<3 { value *= 10 }
        return value
    }

    /// `Z`, or hours and minutes with a sign, in minutes.
    mutating func offset() -> Int? {
        if take(0x5A) { return 0 }
        let isNegative = take(0x2D)
        guard isNegative || take(0x2B), let hours = digits(2), take(0x3A), let minutes = digits(2), minutes < 60,
            hours * 60 + minutes <= 14 * 60
        else { return nil }
        return isNegative ? -(hours * 60 + minutes) : hours * 60 + minutes
    }
}

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
            day <= LocalDateTime.length(ofMonth: month, year: year), (0...23).contains(hour),
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
        let seconds = min(max(seconds, LocalDateTime.firstSecond), LocalDateTime.lastSecond)
        let days = floorDivide(seconds, 86_400)
        let time = seconds - days * 86_400
        // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = time / 3600
        minute = time / 60 % 60
        second = time % 60
    }

    private static let firstSecond: Int64 = -62_135_596_800
    private static let lastSecond: Int64 = 253_402_300_799

    /// Seconds from 1970-01-01T00:00:00 of the same clock.
    public var secondsSinceEpoch: Int64 { daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second }

    /// Days from 1970-01-01.
    public var daysSinceEpoch: Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `2026-12-01T09:00:00`.
    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(20)
        func append(_ value: Int64, _ digits: Int) {
            // Of the parts of a date none is negative or longer.
            var power: Int64 = digits == 4 ? 1000 : 10
            while power > 0 {
                text.append(UInt8(truncatingIfNeeded: value / power % 10) + 0x30)
                power /= 10
            }
        }
        append(year, 4)
        for (mark, value) in [(0x2D, month), (0x2D, day), (0x54, hour), (0x3A, minute), (0x3A, second)] {
            text.append(UInt8(mark))
            append(value, 2)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Division that rounds down; `divisor` is positive.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}

/// A boundary of a schedule.
public enum ScheduleTime: Sendable, Equatable {
    /// What the clock of the schedule's time zone shows.
    case civil(LocalDateTime)
    /// The same instant everywhere, in seconds from 1970-01-01T00:00:00Z.
    case instant(Int64)

    /// Reads `2026-12-01T09:00:00`, or with `Z` or an offset such as `+01:00` for an instant.
    public init?(_ text: String) {
        var scanner = DateTimeScanner(bytes: Array(text.utf8))
        guard let civil = scanner.civil() else { return nil }
        if scanner.isAtEnd {
            self = .civil(civil)
        } else if let offset = scanner.offset(), scanner.isAtEnd {
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

/// Reads the parts of RFC 3339's date-time, without fractions of a second.
private struct DateTimeScanner {
    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int64? {
        guard place + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[place..<place + count] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        place += count
        return value
    }

    mutating func civil() -> LocalDateTime? {
        guard let year = digits(4), take(0x2D), let month = digits(2), take(0x2D), let day = digits(2), take(0x54),
            let hour = digits(2), take(0x3A), let minute = digits(2), take(0x3A), let second = digits(2)
        else { return nil }
        return LocalDateTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int64? {
        if take(0x5A) { return 0 }
        let sign: Int64
        if take(0x2B) { sign = 1 } else if take(0x2D) { sign = -1 } else { return nil }
        guard let hours = digits(2), take(0x3A), let minutes = digits(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

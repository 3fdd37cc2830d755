/// What a calendar and a clock show at some moment, to the second.
package struct ClockReading: Hashable, Sendable {
    /// Years before 1 are 0 and negative.
    package let year: Int64
    /// 1 to 12.
    package let month: Int64
    /// 1 to the month's length.
    package let day: Int64
    /// 0 to 23.
    package let hour: Int64
    /// 0 to 59.
    package let minute: Int64
    /// 0 to 59; leap seconds are not counted.
    package let second: Int64

    /// A date and a time of day, which nothing checks.
    package init(year: Int64, month: Int64, day: Int64, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// - Parameter seconds: seconds from 1970-01-01T00:00:00 of the same clock.
    package init(secondsSinceEpoch seconds: Int64) {
        let days = floorDivide(seconds, by: 86_400)
        let time = seconds - days * 86_400
        let date = GregorianCalendar.date(ofDay: days)
        self.init(
            year: date.year, month: date.month, day: date.day, hour: time / 3600, minute: time / 60 % 60,
            second: time % 60)
    }

    /// Days from 1970-01-01.
    package var daysSinceEpoch: Int64 { GregorianCalendar.dayNumber(year: year, month: month, day: day) }

    /// Seconds from 1970-01-01T00:00:00 of the same clock.
    package var secondsSinceEpoch: Int64 { daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second }

    /// 0 is Sunday.
    package var dayOfWeek: Int64 { ((daysSinceEpoch + 4) % 7 + 7) % 7 }

    /// 0 is the first of January.
    package var dayOfYear: Int64 { daysSinceEpoch - GregorianCalendar.dayNumber(year: year, month: 1, day: 1) }

    /// `2026-12-01T09:00:00`, of a year from 0 on.
    package var text: String {
        var text: [UInt8] = []
        text.reserveCapacity(20)
        appendPadded(year, 4, to: &text)
        for (mark, number) in [(0x2D, month), (0x2D, day), (0x54, hour), (0x3A, minute), (0x3A, second)] {
            text.append(UInt8(mark))
            appendPadded(number, 2, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Appends the digits of `number`, which is not negative, with zeros before them up to `width`.
package func appendPadded(_ number: Int64, _ width: Int, to text: inout [UInt8]) {
    var digits = 1
    var power: Int64 = 1
    while number / power >= 10 {
        digits += 1
        power *= 10
    }
    while digits < width {
        text.append(0x30)
        digits += 1
    }
    while power > 0 {
        text.append(UInt8(truncatingIfNeeded: number / power % 10) + 0x30)
        power /= 10
    }
}

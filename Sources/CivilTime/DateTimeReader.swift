/// Reads dates, times and what they are made of (RFC 3339, section 5.6): each function gives nil, and reads no further, where
/// something else stands.
package struct DateTimeReader {
    package let bytes: [UInt8]
    package var offset = 0

    package init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    package var isAtEnd: Bool { offset == bytes.count }

    /// Whether `byte` was next.
    package mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// The next digit.
    package mutating func digit() -> Int64? {
        guard offset < bytes.count, bytes[offset] &- 0x30 < 10 else { return nil }
        offset += 1
        return Int64(bytes[offset - 1] - 0x30)
    }

    /// A number of exactly so many digits.
    package mutating func number(_ width: Int) -> Int64? {
        guard offset + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[offset..<offset + width] {
            guard byte &- 0x30 < 10 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        offset += width
        return value
    }

    /// `2026-12-01`, of a day that its month has.
    package mutating func date() -> ClockReading? {
        guard let year = number(4), take(0x2D), let month = number(2), take(0x2D), let day = number(2),
            (1...12).contains(month), day >= 1, day <= GregorianCalendar.length(ofMonth: month, year: year)
        else { return nil }
        return ClockReading(year: year, month: month, day: day)
    }

    /// `09:00:00` on the day of `date`; a leap second is none.
    package mutating func time(on date: ClockReading) -> ClockReading? {
        guard let hour = number(2), take(0x3A), let minute = number(2), take(0x3A), let second = number(2), hour < 24,
            minute < 60, second < 60
        else { return nil }
        return ClockReading(
            year: date.year, month: date.month, day: date.day, hour: hour, minute: minute, second: second)
    }

    /// The digits behind a decimal point, of which there is at least one, as nanoseconds; further ones than nine are dropped.
    package mutating func nanoseconds() -> Int64? {
        guard var value = digit() else { return nil }
        var scale: Int64 = 100_000_000
        value *= scale
        while let digit = digit() {
            scale /= 10
            value += digit * scale
        }
        return value
    }

    /// An offset such as `+01:00`, in seconds east of UTC; its form has 23:59 at most.
    package mutating func zoneOffset() -> Int64? {
        let sign: Int64
        if take(0x2B) { sign = 1 } else if take(0x2D) { sign = -1 } else { return nil }
        guard let hours = number(2), take(0x3A), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

/// Appends `.5` for 500,000,000 nanoseconds, and nothing for none.
package func appendFraction(nanoseconds: Int64, to text: inout [UInt8]) {
    guard nanoseconds > 0 else { return }
    text.append(0x2E)
    appendPadded(nanoseconds, 9, to: &text)
    while text.last == 0x30 { text.removeLast() }
}

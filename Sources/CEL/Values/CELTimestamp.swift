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
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.take(0x2D), let month = reader.number(2), reader.take(0x2D),
            let day = reader.number(2), reader.take(0x54) || reader.take(0x74),
            let hour = reader.number(2), reader.take(0x3A), let minute = reader.number(2), reader.take(0x3A),
            let second = reader.number(2), (1...12).contains(month),
            (1...daysInMonth(month, year)).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        var nanoseconds = 0
        if reader.take(0x2E) {
            guard let fraction = reader.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = reader.zoneOffset(), reader.atEnd else { return nil }
        let days = daysFromCivil(year, month, day)
        let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    /// RFC 3339 in UTC with as many digits of the second as are needed: `2009-02-13T23:31:30Z`.
    public var rfc3339: String {
        let parts = CivilTime(secondsSinceEpoch: seconds)
        var bytes: [UInt8] = []
        append(parts.year, 4, &bytes)
        bytes.append(0x2D)
        append(parts.month, 2, &bytes)
        bytes.append(0x2D)
        append(parts.day, 2, &bytes)
        bytes.append(0x54)
        append(parts.hour, 2, &bytes)
        bytes.append(0x3A)
        append(parts.minute, 2, &bytes)
        bytes.append(0x3A)
        append(parts.second, 2, &bytes)
        appendFraction(nanoseconds, &bytes)
        bytes.append(0x5A)
        return String(decoding: bytes, as: UTF8.self)
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

/// The calendar and clock reading of a moment in some zone (proleptic Gregorian calendar).
struct CivilTime {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    /// 0 is Sunday.
    let dayOfWeek: Int
    /// 0 is the first of January.
    let dayOfYear: Int

    /// - Parameter secondsSinceEpoch: seconds since 1970 as the zone's clock counts them.
    init(secondsSinceEpoch: Int64) {
        var days = secondsSinceEpoch / 86_400
        var rest = secondsSinceEpoch % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        hour = Int(rest / 3600)
        minute = Int(rest / 60 % 60)
        second = Int(rest % 60)
        dayOfWeek = Int(((days + 4) % 7 + 7) % 7)
        // Howard Hinnant's `civil_from_days`: eras of 400 years, years from March.
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let marchDay = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * marchDay + 2) / 153
        day = marchDay - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        dayOfYear = Int(days) - daysFromCivil(year, 1, 1)
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func daysInMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    default: 31
    }
}

/// Reads digits of fixed width.
struct DigitReader {
    let bytes: [UInt8]
    var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var atEnd: Bool { offset == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard offset + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[offset..<offset + width] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        offset += width
        return value
    }

    /// The digits behind a decimal point as nanoseconds; further digits than nine are dropped.
    mutating func fraction() -> Int? {
        var value = 0
        var scale = 100_000_000
        let start = offset
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) {
            value += Int(bytes[offset] - 0x30) * scale
            scale /= 10
            offset += 1
        }
        return offset > start ? value : nil
    }

    /// `Z`, or an offset such as `+01:00`, in seconds east.
    mutating func zoneOffset() -> Int? {
        if take(0x5A) || take(0x7A) { return 0 }
        let sign: Int
        if take(0x2B) {
            sign = 1
        } else if take(0x2D) {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(2), take(0x3A), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

private func append(_ value: Int, _ width: Int, _ bytes: inout [UInt8]) {
    let digits = Array(String(value).utf8)
    for _ in 0..<max(0, width - digits.count) { bytes.append(0x30) }
    bytes.append(contentsOf: digits)
}

/// Appends `.5` for 500,000,000 nanoseconds, and nothing for none.
func appendFraction(_ nanoseconds: Int32, _ bytes: inout [UInt8]) {
    guard nanoseconds > 0 else { return }
    var digits: [UInt8] = []
    var rest = nanoseconds
    for _ in 0..<9 {
        digits.append(UInt8(rest % 10) + 0x30)
        rest /= 10
    }
    digits.reverse()
    while digits.last == 0x30 { digits.removeLast() }
    bytes.append(0x2E)
    bytes.append(contentsOf: digits)
}

// What needs a locale's data and is not worth carrying along: digits and separators, currency
// signs, names of months. The module computes what is to be shown (which digits, which fields);
// the host writes it down in a language.

/// A number to be written in the way of a locale.
public struct NumberRequest: Hashable, Sendable {
    /// What the number is.
    public enum Style: Hashable, Sendable {
        case decimal
        /// The digits are those of the percentage, already multiplied by 100.
        case percent
        case currency(Currency)
        case unit(Unit)
    }

    /// A currency and how it is shown.
    public struct Currency: Hashable, Sendable {
        /// What stands for the currency; `never` shows the digits alone.
        public enum Display: Hashable, Sendable {
            case narrowSymbol, symbol, name, code, never
        }

        /// Three letters in upper case.
        public var code: String
        /// What stands for it.
        public var display: Display
        /// Whether negative amounts are put in parentheses where the locale does so.
        public var isAccounting: Bool
    }

    /// A unit of measurement and how it is shown.
    public struct Unit: Hashable, Sendable {
        /// How long the name of the unit is.
        public enum Display: Hashable, Sendable {
            case short, narrow, long
        }

        /// One of ``UnitIdentifiers``, such as `kilometer-per-hour`.
        public var identifier: String
        /// How long its name is.
        public var display: Display
    }

    /// When the integer digits are grouped.
    public enum Grouping: Hashable, Sendable {
        case auto, always, never, min2
    }

    /// The sign to show.
    public enum Sign: Hashable, Sendable {
        case none, minus, plus
    }

    /// BCP 47.
    public var locale: String
    /// The digits to show.
    public var digits: RoundedNumber
    /// The sign that is shown, whatever the digits are.
    public var sign: Sign
    /// When the integer digits are grouped.
    public var grouping: Grouping
    /// What the number is.
    public var style: Style
}

/// A date or time to be written in the way of a locale.
public struct DateTimeRequest: Hashable, Sendable {
    /// The parts of a date, in the specification's words.
    public enum DateFields: Hashable, Sendable {
        case weekday, dayWeekday, monthDay, monthDayWeekday, yearMonthDay, yearMonthDayWeekday

        /// Whether the year is shown.
        public var hasYear: Bool { self == .yearMonthDay || self == .yearMonthDayWeekday }
        /// Whether the month is shown.
        public var hasMonth: Bool { self != .weekday && self != .dayWeekday }
        /// Whether the day of the month is shown.
        public var hasDay: Bool { self != .weekday }
        /// Whether the day of the week is shown.
        public var hasWeekday: Bool { self != .monthDay && self != .yearMonthDay }
    }

    /// How much of each part is written out.
    public enum Length: Hashable, Sendable {
        case short, medium, long
    }

    /// The smallest part of the time that is shown.
    public enum TimePrecision: Hashable, Sendable {
        case hour, minute, second
    }

    /// How the name of the zone is written.
    public enum ZoneStyle: Hashable, Sendable {
        case short, long
    }

    /// The zone that a moment is shown in.
    public enum Zone: Hashable, Sendable {
        /// The host's own.
        case host
        /// Minutes east of UTC.
        case offset(Int)
        /// An identifier of the time zone database.
        case named(String)
    }

    /// BCP 47.
    public var locale: String
    /// The moment, or the date and time, to write.
    public var value: DateTimeOperand
    /// The zone; of no importance for a floating date and time.
    public var zone: Zone
    /// The parts of the date; nil for a time alone.
    public var dateFields: DateFields?
    /// How long the date is; of no importance for a time alone.
    public var dateLength: Length
    /// The parts of the time; nil for a date alone.
    public var timePrecision: TimePrecision?
    /// How the zone is shown; nil when it is not.
    public var zoneStyle: ZoneStyle?
    /// Whether there are twelve hours; nil for the locale's habit.
    public var hour12: Bool?
    /// A CLDR calendar; nil for the locale's own.
    public var calendar: String?
}

/// How numbers and dates are written: two functions that a platform provides.
///
/// A function that cannot do what it is asked returns nil, and the module writes the value in plain ASCII
/// instead, so that a text is never missing.
public struct FormattingHost: Sendable {
    /// Writes a number.
    public var formatNumber: @Sendable (NumberRequest) -> String?
    /// Writes a date or time.
    public var formatDateTime: @Sendable (DateTimeRequest) -> String?

    /// Creates a host.
    public init(
        formatNumber: @escaping @Sendable (NumberRequest) -> String?,
        formatDateTime: @escaping @Sendable (DateTimeRequest) -> String?
    ) {
        self.formatNumber = formatNumber
        self.formatDateTime = formatDateTime
    }

    /// A host that knows no language: `-1234.50`, `42%`, `EUR 9.99`, `2026-12-24`, `15:04`.
    public static let neutral = FormattingHost(formatNumber: { _ in nil }, formatDateTime: { _ in nil })

    /// The same host with a time zone of its own: what it is asked to write in the host's zone it writes in `zone`.
    public func inZone(_ zone: DateTimeRequest.Zone) -> FormattingHost {
        let formatDateTime = formatDateTime
        return FormattingHost(
            formatNumber: formatNumber,
            formatDateTime: { request in
                var request = request
                if request.zone == .host { request.zone = zone }
                return formatDateTime(request)
            })
    }

    func text(_ request: NumberRequest) -> String { formatNumber(request) ?? request.neutralText }

    func text(_ request: DateTimeRequest) -> String { formatDateTime(request) ?? request.neutralText }
}

extension NumberRequest {
    /// The number in plain ASCII, without grouping.
    public var neutralText: String {
        var bytes: [UInt8] = []
        if case .currency(let currency) = style, currency.display != .never {
            bytes.append(contentsOf: currency.code.utf8)
            bytes.append(0x20)
        }
        switch sign {
        case .none: break
        case .minus: bytes.append(0x2D)
        case .plus: bytes.append(0x2B)
        }
        for digit in digits.integer { bytes.append(0x30 + digit) }
        if !digits.fraction.isEmpty {
            bytes.append(0x2E)
            for digit in digits.fraction { bytes.append(0x30 + digit) }
        }
        switch style {
        case .decimal, .currency: break
        case .percent: bytes.append(0x25)
        case .unit(let unit):
            bytes.append(0x20)
            bytes.append(contentsOf: unit.identifier.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DateTimeRequest {
    /// The date or time as ISO 8601 writes it; moments in UTC when no offset is known.
    public var neutralText: String {
        let civil: CivilDateTime
        var suffix = ""
        switch (value, zone) {
        case (.floating(let value), _): civil = value
        case (.instant(let milliseconds, _), .offset(let minutes)):
            civil = CivilDateTime(milliseconds: milliseconds.clampedAdding(Int64(minutes) * 60_000))
            let sign = minutes < 0 ? "-" : "+"
            let hours = Int(minutes.magnitude) / 60
            suffix = sign + CivilDateTime.padded(hours) + ":" + CivilDateTime.padded(Int(minutes.magnitude) % 60)
        case (.instant(let milliseconds, _), _):
            civil = CivilDateTime(milliseconds: milliseconds)
            suffix = "Z"
        }
        var text = ""
        if let dateFields {
            if dateFields.hasYear { text += CivilDateTime.padded(civil.year, 4) }
            if dateFields.hasMonth { text += (text.isEmpty ? "" : "-") + CivilDateTime.padded(civil.month) }
            if dateFields.hasDay { text += (text.isEmpty ? "" : "-") + CivilDateTime.padded(civil.day) }
            if dateFields.hasWeekday { text += (text.isEmpty ? "" : " ") + civil.weekdayName }
        }
        guard let timePrecision else { return text }
        if dateFields != nil { text += " " }
        text += CivilDateTime.padded(civil.hour)
        if timePrecision != .hour { text += ":" + CivilDateTime.padded(civil.minute) }
        if timePrecision == .second { text += ":" + CivilDateTime.padded(civil.second) }
        return zoneStyle == nil ? text : text + suffix
    }
}

extension CivilDateTime {
    /// The day of the week in three English letters.
    fileprivate var weekdayName: String {
        let days = CivilDateTime(year: year, month: month, day: day).millisecondsInUTC / 86_400_000
        return ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int((days % 7 + 7) % 7)]
    }
}

extension Int64 {
    func clampedAdding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}

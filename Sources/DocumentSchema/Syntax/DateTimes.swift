import CivilTime
import SourceDiagnostics

/// A date and a time of day, in the user's own zone or at an offset from UTC.
package struct DateTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var nanosecond: Int
    /// Minutes east of UTC; nil for a local time.
    package var offset: Int?

    /// `2026-12-01T09:00:00`, with `Z` or the offset where there is one; fractions of a second are left out.
    package var text: String {
        reading.text + (offset.map { $0 == 0 ? "Z" : DateTime.text(ofOffset: $0) } ?? "")
    }

    private static func text(ofOffset offset: Int) -> String {
        return (offset < 0 ? "-" : "+") + padded(abs(offset) / 60) + ":" + padded(abs(offset) % 60)
    }

    /// The offset of a local time on a clock, `+01:00`; `Z` where nobody knows the clock.
    func offsetText(on clock: LocalClock?) -> String {
        clock?(milliseconds / 1000).map { DateTime.text(ofOffset: $0) } ?? "Z"
    }

    /// The same time of the next day.
    var nextDay: DateTime {
        var next = self
        next.day += 1
        if next.day > daysInMonth(year, month) { (next.month, next.day) = (month + 1, 1) }
        if next.month > 12 { (next.year, next.month) = (year + 1, 1) }
        return next
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; a local time counts as UTC.
    package var milliseconds: Int64 {
        (reading.secondsSinceEpoch - Int64(offset ?? 0) * 60) * 1000 + Int64(nanosecond / 1_000_000)
    }

    private var reading: ClockReading {
        ClockReading(
            year: Int64(year), month: Int64(month), day: Int64(day), hour: Int64(hour), minute: Int64(minute),
            second: Int64(second))
    }
}

/// A number with zeros before it.
package func padded(_ number: Int, _ width: Int = 2) -> String {
    var text: [UInt8] = []
    appendPadded(Int64(number), width, to: &text)
    return String(decoding: text, as: UTF8.self)
}

/// How many days the month has.
func daysInMonth(_ year: Int, _ month: Int) -> Int {
    Int(GregorianCalendar.length(ofMonth: Int64(month), year: Int64(year)))
}

/// What a clock is ahead of UTC when it shows a time, in minutes; nil where nobody knows.
///
/// - Parameter local: what the clock shows, in seconds since 1970-01-01 00:00.
package typealias LocalClock = (_ local: Int64) -> Int?

/// Which dates and times a value may be.
package struct DateTimeForms: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `2026-12-01 09:00`, on the user's clock.
    package static let local = DateTimeForms(rawValue: 1)
    /// `2026-12-01T09:00:00Z`, the same moment everywhere (RFC 3339).
    package static let instant = DateTimeForms(rawValue: 2)
    /// `2026-12-01`, the beginning of the day.
    package static let date = DateTimeForms(rawValue: 4)
    /// An end, which is itself not part of what ends: a date that should be is followed by the next.
    package static let end = DateTimeForms(rawValue: 8)
}

extension ScalarSyntax {
    /// A date and time of one of `forms`: `2026-12-01 09:00`, `2026-12-01T09:00:00`, or with `Z` or an offset behind it.
    ///
    /// The calendar is checked: 2026-02-30 does not exist. Seconds may be left out; 24:00 is written as 00:00 of the next day.
    ///
    /// - Parameter clock: the clock that a moment without an offset is read on where a fix writes its offset; UTC's without it.
    package static func dateTime(
        _ text: String, _ forms: DateTimeForms = [.local, .instant], clock: LocalClock? = nil
    ) -> Result<DateTime, SyntaxProblem> {
        let result = strictDateTime(text, forms, clock)
        guard case .failure(var problem) = result, problem.replacement == nil else { return result }
        let times = MeantTime.dateTimes(text)
        let meant = times.compactMap { $0.written(forms, clock) }
        let lastDay = forms.contains(.end) ? times.first?.dayAlone : nil
        if meant.count == 1, case .success = strictDateTime(meant[0], forms, nil) {
            problem.replacement = meant[0]
            if let lastDay { problem.notes.append(endNote(meant[0], lastDay: lastDay)) }
        } else if meant.count > 1 {
            problem.notes = ["write \(meant.joined(separator: " or "))"] + problem.notes
            if lastDay != nil { problem.notes.append("the end itself is not part of it: the day before is the last") }
        }
        return .failure(problem)
    }

    private static func strictDateTime(
        _ text: String, _ forms: DateTimeForms, _ clock: LocalClock?
    ) -> Result<DateTime, SyntaxProblem> {
        var scanner = SyntaxScanner(text)
        let notes = [dateTimeNote(forms)]
        guard let year = scanner.digits(4), scanner.take(0x2D), let month = scanner.digits(2), scanner.take(0x2D),
            let day = scanner.digits(2)
        else { return .failure(SyntaxProblem(scanner.whole, "`\(text)` is not a date and time", notes: notes)) }
        guard (1...12).contains(month) else {
            return .failure(SyntaxProblem(Span(5, 7), "there is no month \(month)", notes: notes))
        }
        guard day >= 1, day <= daysInMonth(year, month) else {
            return .failure(
                SyntaxProblem(
                    Span(0, 10), "\(scanner.text(Span(0, 10))) does not exist",
                    notes: ["the month has \(daysInMonth(year, month)) days"]))
        }
        var value = DateTime(
            year: year, month: month, day: day, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: nil)
        if scanner.isAtEnd {
            if forms.contains(.date) { return .success(value) }
            return .failure(dateWithoutTime(value, text, forms, clock, notes))
        }
        guard scanner.take(0x54) || scanner.take(0x74) || scanner.take(0x20) else {
            return .failure(SyntaxProblem(scanner.rest, "a space or `T` stands between date and time", notes: notes))
        }
        if let problem = time(&scanner, into: &value, notes) { return .failure(problem) }
        let zone = scanner.offset
        if let problem = offset(&scanner, into: &value, notes) { return .failure(problem) }
        if value.offset == nil, !forms.contains(.local) {
            return .failure(
                SyntaxProblem(
                    scanner.whole, "the time has no zone",
                    notes: notes + ["add `Z` for UTC, or an offset such as `+01:00`"],
                    replacement: text.replacing(" ", with: "T") + value.offsetText(on: clock)))
        }
        if value.offset != nil, !forms.contains(.instant) {
            return .failure(
                SyntaxProblem(Span(zone, text.utf8.count), "the time is local and takes no zone", notes: notes))
        }
        return .success(value)
    }

    /// A day begins at 00:00; where something ends, the day that is named is most often meant to be its last.
    private static func dateWithoutTime(
        _ day: DateTime, _ text: String, _ forms: DateTimeForms, _ clock: LocalClock?, _ notes: [String]
    ) -> SyntaxProblem {
        var first = text
        var notes = notes
        if forms.contains(.end) {
            first = String(day.nextDay.text.prefix(10))
            notes.append(endNote(first + " 00:00", lastDay: text))
        }
        return SyntaxProblem(
            Span(0, text.utf8.count), "the date `\(text)` has no time", notes: notes,
            replacement: forms.contains(.local) ? first + " 00:00" : first + "T00:00:00" + day.offsetText(on: clock))
    }

    private static func endNote(_ end: String, lastDay: String) -> String {
        "the end itself is not part of it: `\(end)` makes \(lastDay) the last day"
    }

    private static func dateTimeNote(_ forms: DateTimeForms) -> String {
        if !forms.contains(.instant) { return "a local time is written as `2026-12-01 09:00`" }
        if !forms.contains(.local) {
            return "a moment is written as `2026-12-01T09:00:00Z` or `2026-12-01T09:00:00+01:00`"
        }
        return "a time is written as `2026-12-01 09:00`, or for one moment everywhere as `2026-12-01T09:00:00Z`"
    }

    private static func time(
        _ scanner: inout SyntaxScanner, into value: inout DateTime, _ notes: [String]
    ) -> SyntaxProblem? {
        let start = scanner.offset
        guard let hour = scanner.digits(2), scanner.take(0x3A), let minute = scanner.digits(2) else {
            return SyntaxProblem(
                Span(start, scanner.bytes.count), "the time is not hours and minutes, such as `09:00`", notes: notes)
        }
        var second = 0
        let hasSeconds = scanner.current == 0x3A
        if hasSeconds {
            scanner.offset += 1
            guard let seconds = scanner.digits(2) else {
                return SyntaxProblem(Span(start, scanner.bytes.count), "the seconds have two digits", notes: notes)
            }
            second = seconds
        }
        if hour == 24, minute == 0, second == 0 {
            return SyntaxProblem(
                Span(start, scanner.offset), "24:00 is 00:00 of the next day",
                notes: ["write the next day's date and `00:00`"])
        }
        guard hour < 24, minute < 60 else {
            return SyntaxProblem(Span(start, scanner.offset), "there is no such time of day", notes: notes)
        }
        guard second < 60 else {
            return SyntaxProblem(
                Span(scanner.offset - 2, scanner.offset), "a minute has seconds 0 to 59",
                notes: ["there are no leap seconds here; use `23:59:59`, or `00:00:00` of the next day"])
        }
        (value.hour, value.minute, value.second) = (hour, minute, second)
        guard hasSeconds, scanner.take(0x2E) else { return nil }
        let fraction = scanner.offset
        var scale = 100_000_000
        while let byte = scanner.current, byte >= 0x30, byte <= 0x39 {
            value.nanosecond += Int(byte - 0x30) * scale
            scale /= 10
            scanner.offset += 1
        }
        return scanner.offset > fraction
            ? nil : SyntaxProblem(Span(at: fraction), "digits are missing after the point", notes: notes)
    }

    private static func offset(
        _ scanner: inout SyntaxScanner, into value: inout DateTime, _ notes: [String]
    ) -> SyntaxProblem? {
        guard !scanner.isAtEnd else { return nil }
        let start = scanner.offset
        if scanner.take(0x5A) || scanner.take(0x7A) {
            value.offset = 0
            return scanner.isAtEnd ? nil : SyntaxProblem(scanner.rest, "the time ends before this", notes: notes)
        }
        let isNegative = scanner.current == 0x2D
        guard scanner.take(0x2B) || scanner.take(0x2D) else {
            var rest = scanner
            rest.skipSpaces()
            return SyntaxProblem(
                Span(start, scanner.bytes.count), "`\(rest.text(rest.rest))` is not a zone's offset",
                notes: notes + ["the name of a zone goes into `timezone`"])
        }
        guard let hours = scanner.digits(2), scanner.take(0x3A), let minutes = scanner.digits(2), hours < 24,
            minutes < 60,
            scanner.isAtEnd
        else {
            return SyntaxProblem(
                Span(start, scanner.bytes.count), "an offset is written as `+01:00`", notes: notes)
        }
        value.offset = (hours * 60 + minutes) * (isNegative ? -1 : 1)
        return nil
    }

    /// Hours of the day such as `08:00-21:00`, as minutes from midnight, half open.
    ///
    /// 24:00 may be the end. A range that ends before it starts crosses midnight.
    package static func timeRange(_ text: String) -> Result<(start: Int64, end: Int64), SyntaxProblem> {
        let result = strictTimeRange(text)
        guard case .failure(var problem) = result, problem.replacement == nil, let meant = MeantTime.hours(text),
            case .success = strictTimeRange(meant)
        else { return result }
        problem.replacement = meant
        return .failure(problem)
    }

    private static func strictTimeRange(_ text: String) -> Result<(start: Int64, end: Int64), SyntaxProblem> {
        var scanner = SyntaxScanner(text)
        let notes = ["hours are written as `08:00-21:00`; the end itself is not part of them"]
        switch timeOfDay(&scanner, isEnd: false, notes) {
        case .failure(let problem): return .failure(problem)
        case .success(let start):
            scanner.skipSpaces()
            let hasDash = scanner.take(0x2D) || scanner.take("–")
            guard hasDash else {
                return .failure(SyntaxProblem(scanner.whole, "`\(text)` has no end", notes: notes))
            }
            scanner.skipSpaces()
            switch timeOfDay(&scanner, isEnd: true, notes) {
            case .failure(let problem): return .failure(problem)
            case .success(let end):
                guard scanner.isAtEnd else {
                    return .failure(SyntaxProblem(scanner.rest, "the hours end before this", notes: notes))
                }
                guard text.utf8.count == 11 else {
                    return .failure(
                        SyntaxProblem(
                            scanner.whole, "hours are written without spaces, and with a hyphen", notes: notes,
                            replacement: clock(start) + "-" + clock(end)))
                }
                guard start != end else {
                    return .failure(
                        SyntaxProblem(
                            scanner.whole, "the hours are empty", notes: ["all day is `00:00-24:00`"], isRange: true))
                }
                return .success((Int64(start), Int64(end)))
            }
        }
    }

    private static func clock(_ minutes: Int) -> String { padded(minutes / 60) + ":" + padded(minutes % 60) }

    private static func timeOfDay(
        _ scanner: inout SyntaxScanner, isEnd: Bool, _ notes: [String]
    ) -> Result<Int, SyntaxProblem> {
        let start = scanner.offset
        guard let hour = scanner.digits(2), scanner.take(0x3A), let minute = scanner.digits(2) else {
            return .failure(
                SyntaxProblem(scanner.whole, "`\(scanner.text(scanner.whole))` is not a range of hours", notes: notes))
        }
        let isMidnight = isEnd && hour == 24 && minute == 0
        guard hour < 24 && minute < 60 || isMidnight else {
            return .failure(
                SyntaxProblem(Span(start, scanner.offset), "there is no such time of day", notes: notes, isRange: true))
        }
        return .success(hour * 60 + minute)
    }
}

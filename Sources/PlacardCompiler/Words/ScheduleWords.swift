import PlacardBundle

private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/// `1 Dec 2026, 09:00 UTC` of an RFC 3339 moment; what is none stays as it is.
func dateWords(_ text: String) -> String {
    guard case .instant(let seconds)? = ScheduleTime(text) else { return text }
    return LocalDateTime(secondsSinceEpoch: seconds).words + " UTC"
}

extension LocalDateTime {
    /// `1 Dec 2026`
    var dateWords: String { "\(day) \(months[Int(month - 1)]) \(year)" }

    /// `09:00`, or with seconds where there are some.
    var timeWords: String { String(description.dropFirst(11).prefix(second == 0 ? 5 : 8)) }

    /// `1 Dec 2026, 09:00`
    var words: String { "\(dateWords), \(timeWords)" }

    var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 }
}

/// When a message shows, as people read a calendar.
struct ScheduleWords {
    let schedule: Schedule

    private func civil(_ time: ScheduleTime) -> LocalDateTime {
        switch time {
        case .civil(let civil): civil
        case .instant(let seconds): LocalDateTime(secondsSinceEpoch: seconds)
        }
    }

    /// Whose clock one end is read on: a moment is the same everywhere, whatever the schedule's zone says.
    private func zone(_ time: ScheduleTime) -> String {
        guard case .civil = time else { return "UTC" }
        return zone
    }

    /// Whose clock hours, days and civil times are read on.
    private var zone: String {
        switch schedule.timezone {
        case .local: "the user's own time"
        case .named(let name): "\(name) time"
        }
    }

    /// From when on; nil when from ever.
    var start: String? {
        schedule.start.map { time in
            let civil = civil(time)
            return "\(civil.isMidnight ? civil.dateWords : civil.words) (\(zone(time)))"
        }
    }

    /// Until when. What ends at midnight shows for the last time on the day before.
    var end: String? {
        schedule.end.map { time in "\(last(civil(time))) (\(zone(time)))" }
    }

    private func last(_ end: LocalDateTime) -> String {
        guard end.isMidnight else { return "until \(end.words)" }
        return "through \(lastDay(end).dateWords)"
    }

    /// The day that ends at a midnight.
    private func lastDay(_ end: LocalDateTime) -> LocalDateTime {
        LocalDateTime(secondsSinceEpoch: end.secondsSinceEpoch - 1)
    }

    /// Both ends in short, and the hours and days: `1 Dec 2026 – 23 Dec 2026, 06:00–23:00, Mon–Fri`.
    var brief: String {
        var parts: [String] = []
        let start = schedule.start.map { civil($0) }
        let end = schedule.end.map { civil($0) }
        switch (start, end) {
        case (let start?, let end?) where start.isMidnight && end.isMidnight:
            let last = lastDay(end)
            parts.append("\(start.year == last.year ? start.shortWords : start.dateWords) – \(last.dateWords)")
        case (let start?, let end?):
            let last = end.isMidnight ? "end of \(lastDay(end).dateWords)" : end.words
            parts.append("\(start.isMidnight ? start.dateWords : start.words) – \(last)")
        case (let start?, nil): parts.append("from \(start.isMidnight ? start.dateWords : start.words)")
        case (nil, let end?): parts.append(last(end))
        case (nil, nil): break
        }
        if [schedule.start, schedule.end].contains(where: { if case .instant? = $0 { true } else { false } }) {
            parts.append("UTC")
        }
        if let hours { parts.append(hours) }
        if let days { parts.append(days) }
        return parts.joined(separator: ", ")
    }

    /// `06:00–23:00`; nil for all of the day.
    var hours: String? { schedule.hours.map { $0.description.replacing("-", with: "–") } }

    /// `Mon–Fri`, `Sat, Sun`; nil for all.
    var days: String? {
        guard !schedule.days.isEmpty else { return nil }
        let all = Weekday.allCases
        let places = all.indices.filter { schedule.days.contains(all[$0]) }
        func name(_ place: Int) -> String { all[place].name.prefix(1).uppercased() + all[place].name.dropFirst() }
        if let first = places.first, let last = places.last, places.count > 2, last - first == places.count - 1 {
            return "\(name(first))–\(name(last))"
        }
        return places.map(name).joined(separator: ", ")
    }

    /// Hours and days with the clock they are read on; nil where there are none.
    var daily: String? {
        let parts = [hours, days].compactMap { $0 }
        return parts.isEmpty ? nil : "\(parts.joined(separator: ", ")) (\(zone))"
    }
}

extension LocalDateTime {
    /// `1 Dec`, where the year follows.
    var shortWords: String { "\(day) \(months[Int(month - 1)])" }

    /// `Jan 2027` in January, else `Dec`.
    var monthWords: String { months[Int(month - 1)] + (month == 1 ? " \(year)" : "") }
}

/// `30 days`, `1 hour 30 minutes`, `2.5 seconds`.
func durationWords(milliseconds: Int64) -> String {
    let units: [(String, Int64)] = [("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1000)]
    var rest = milliseconds
    var parts: [String] = []
    for (name, size) in units where rest >= size {
        let count = rest / size
        rest %= size
        parts.append("\(count) \(name)\(count == 1 ? "" : "s")")
    }
    if rest > 0 { parts.append("\(rest) milliseconds") }
    return parts.isEmpty ? "0 seconds" : parts.joined(separator: " ")
}

/// `at most once a day`, `at most 3 times in all`.
func frequencyWords(_ rules: [FrequencyRule]) -> String {
    guard !rules.isEmpty else { return "every time" }
    return "at most " + joinedWords(rules.map(words), "and")
}

private func words(_ rule: FrequencyRule) -> String {
    let times =
        switch rule.count {
        case 1: "once"
        case 2: "twice"
        case let count: "\(count) times"
        }
    switch rule.window {
    case .session: return "\(times) a session"
    case .total: return "\(times) in all"
    case .seconds(let seconds):
        let length = durationWords(milliseconds: seconds * 1000)
        return length.hasPrefix("1 ") && !length.dropFirst(2).contains(" ")
            ? "\(times) a \(length.dropFirst(2))" : "\(times) in \(length)"
    }
}

/// `12.5 %` of hundredths of a percent.
func percentWords(_ hundredths: Int64) -> String {
    let whole = hundredths / 100
    let rest = hundredths % 100
    if rest == 0 { return "\(whole) %" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}

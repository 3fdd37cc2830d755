import PlacardBundle

extension Reason {
    /// The reason in words, on one line, with the gate's name in front: `audience: user.country is "FR", wants "US"`.
    public var text: String { gate.rawValue + ": " + explanation }

    /// The reason in words, without the gate's name.
    public var explanation: String {
        switch self {
        case .trigger(let event, let wants): "the event is " + event + ", wants " + wants
        case .when(let failure), .audience(let failure): failure.text
        case .schedule(let failure): failure.text
        case .dismissed(let at): "closed for good on " + at.description
        case .reminder(let notBefore): "to be shown again, but not before " + notBefore.description
        case .frequency(let failure): failure.text
        case .group(let name, let failure): "group " + name + " " + failure.text
        case .rollout(let share, let bucket):
            "the user is at " + percent(bucket) + ", the rollout covers the first " + percent(share)
        case .thread(let key, let newer): "the newer " + newer + " of the thread " + quoted(key) + " has been shown"
        case .blocked(let by, let surface, let blocking):
            blocking ? by + " shows and lets nothing else" : by + " takes the surface " + surface.rawValue
        case .locale(let locale): "no text in " + locale
        case .missingValue(let names):
            names.joined(separator: ", ") + (names.count == 1 ? " has" : " have") + " neither a value nor a fallback"
        case .unusableValue(let names):
            names.joined(separator: ", ") + (names.count == 1 ? " has" : " have")
                + " no value or fallback that the text can format"
        case .lost(let to, let criterion): to + " comes first, by " + criterion.words
        case .holdout(let share, let bucket):
            "the user is at " + percent(bucket) + ", the first " + percent(share) + " are held out"
        case .control(let variant): "the variant " + variant + " sees nothing"
        case .shown(let variant): variant.map { "as variant " + $0 } ?? "it comes first"
        }
    }
}

extension MessageOrder.Criterion {
    fileprivate var words: String {
        switch self {
        case .priority: "its higher priority"
        case .start: "its earlier start"
        case .id: "its id"
        }
    }
}

/// Hundredths of a percent as a percentage: `25%`, `0.5%`.
private func percent(_ hundredths: Int64) -> String {
    let whole = String(hundredths / 100)
    let rest = hundredths % 100
    guard rest != 0 else { return whole + "%" }
    if rest % 10 == 0 { return whole + "." + String(rest / 10) + "%" }
    return whole + (rest < 10 ? ".0" : ".") + String(rest) + "%"
}

extension ScheduleFailure {
    /// In words, on one line.
    public var text: String {
        switch self {
        case .notStarted(let start, let zone): "starts at " + written(start, zone)
        case .ended(let end, let zone): "ended at " + written(end, zone)
        case .day(let today, let days, let zone):
            "it is " + today.name + " (" + zone + "), wants " + alternatives(days.map { $0.name })
        case .hours(let hours, let now, let zone):
            "it is " + clock(now) + " (" + zone + "), wants " + hours.description
        case .unknownZone(let zone): "the time zone " + quoted(zone) + " is not known"
        }
    }

    private func written(_ time: ScheduleTime, _ zone: String) -> String {
        switch time {
        case .instant: time.description
        case .civil: time.description + " (" + zone + ")"
        }
    }

    private func clock(_ time: LocalDateTime) -> String {
        func two(_ value: Int64) -> String { value < 10 ? "0" + String(value) : String(value) }
        return two(time.hour) + ":" + two(time.minute)
    }
}

extension FrequencyFailure {
    /// In words, on one line.
    public var text: String {
        let times = count == 1 ? "once" : String(count) + " times"
        let limit = ", at most " + String(rule.count)
        guard rule.count > 0 else { return "is never to be shown: " + rule.text }
        switch rule.window {
        case .session: return "shown " + times + " in this session" + limit
        case .total: return "shown " + times + " in all" + limit
        case .seconds(let seconds): return "shown " + times + " in the last " + writtenSpan(seconds) + limit
        }
    }
}

extension FrequencyRule {
    /// The rule as an author writes it: `3 per 7d`.
    public var text: String {
        switch window {
        case .session: String(count) + " per session"
        case .total: String(count) + " total"
        case .seconds(let seconds): String(count) + " per " + writtenSpan(seconds)
        }
    }
}

/// A span of time in the largest unit that it is a multiple of: `7d`, `90m`.
func writtenSpan(_ seconds: Int64) -> String {
    for (unit, name) in [(Int64(86_400), "d"), (3600, "h"), (60, "m")] where seconds % unit == 0 {
        return String(seconds / unit) + name
    }
    return String(seconds) + "s"
}

import PlacardBundle

#if canImport(FoundationInternationalization)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// Whether an end lies behind `now` (seconds from 1970), on every clock that it may be read on.
func hasPassed(_ end: ScheduleTime, _ timezone: Schedule.Zone, now: Int64) -> Bool {
    guard let latest = instants(of: end, timezone)?.upperBound else { return false }
    return latest <= now
}

/// Whether the hours and days of a schedule may meet its window; true wherever that is not certain.
///
/// Clocks change and users live in many zones, so that the window is widened by what a clock may show besides.
func meets(_ schedule: Schedule) -> Bool {
    guard schedule.hours != nil || !schedule.days.isEmpty, let start = schedule.start, let end = schedule.end,
        let first = clock(start, schedule.timezone)?.lowerBound, let last = clock(end, schedule.timezone)?.upperBound,
        last - first < AnalysisLimits.scheduleSpan
    else { return true }
    // Set back, a clock shows once more what was before a start at night.
    let startOfDay = first - dayFloor(first) * 86_400
    let night = startOfDay < 5 * 3600 || startOfDay >= 22 * 3600
    var moment = night ? first - 2 * 3600 : first
    while moment < last {
        if isOpen(schedule, moment) { return true }
        moment += 60 - (moment % 60 + 60) % 60
    }
    return false
}

/// As ``PlacardEngine`` reads hours and days: what is after midnight in hours that cross it belongs to the day before.
private func isOpen(_ schedule: Schedule, _ clock: Int64) -> Bool {
    var day = dayFloor(clock)
    if let hours = schedule.hours {
        let minute = (clock - day * 86_400) / 60
        if hours.start < hours.end {
            guard (hours.start..<hours.end).contains(minute) else { return false }
        } else if minute < hours.end {
            day -= 1
        } else if minute < hours.start {
            return false
        }
    }
    return schedule.days.isEmpty || schedule.days.contains(Weekday(daysSinceEpoch: day))
}

private func dayFloor(_ seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
}

/// What the schedule's clocks may show at a boundary, in seconds of the clock.
private func clock(_ time: ScheduleTime, _ timezone: Schedule.Zone) -> ClosedRange<Int64>? {
    switch time {
    case .civil(let civil): return civil.secondsSinceEpoch...civil.secondsSinceEpoch
    case .instant(let seconds):
        guard let offsets = offsets(timezone, around: seconds) else { return nil }
        return seconds + offsets.lowerBound...seconds + offsets.upperBound
    }
}

/// The moments that a boundary may be, in seconds from 1970.
private func instants(of time: ScheduleTime, _ timezone: Schedule.Zone) -> ClosedRange<Int64>? {
    switch time {
    case .instant(let seconds): return seconds...seconds
    case .civil(let civil):
        let seconds = civil.secondsSinceEpoch
        guard let offsets = offsets(timezone, around: seconds) else { return nil }
        return seconds - offsets.upperBound...seconds - offsets.lowerBound
    }
}

/// Seconds east of UTC that the clocks of a zone are in the days around a moment; nil for an unknown zone.
private func offsets(_ timezone: Schedule.Zone, around seconds: Int64) -> ClosedRange<Int64>? {
    // From Baker Island to Kiritimati.
    guard case .named(let name) = timezone else { return -12 * 3600...14 * 3600 }
    guard let zone = TimeZone(identifier: name) else { return nil }
    let around = [-10, -1, 0, 1, 10].map { days in
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds + days * 86_400))))
    }
    return (around.min() ?? 0)...(around.max() ?? 0)
}

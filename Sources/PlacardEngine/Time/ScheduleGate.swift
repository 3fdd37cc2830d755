import PlacardBundle

/// Why a schedule is closed.
public enum ScheduleFailure: Sendable, Equatable {
    /// It opens later.
    case notStarted(start: ScheduleTime, zone: String)
    /// It has closed.
    case ended(end: ScheduleTime, zone: String)
    /// The day is not one of its days.
    case day(today: Weekday, days: [Weekday], zone: String)
    /// The time of day is not within its hours.
    case hours(Hours, now: LocalDateTime, zone: String)
    /// The host does not know its zone.
    case unknownZone(String)
}

extension Schedule {
    /// Why the schedule is closed at `now`; nil when it is open.
    ///
    /// - Parameters:
    ///   - userZone: the IANA name of the user's own zone, which `local` stands for.
    func failure(at now: Instant, userZone: String, zones: TimeZones) -> ScheduleFailure? {
        let zone: String
        switch timezone {
        case .local: zone = userZone
        case .named(let name): zone = name
        }
        if let start {
            guard let opening = seconds(of: start, zone, zones) else { return .unknownZone(zone) }
            if now < Instant(seconds: opening) { return .notStarted(start: start, zone: zone) }
        }
        if let end {
            guard let closing = seconds(of: end, zone, zones) else { return .unknownZone(zone) }
            if now >= Instant(seconds: closing) { return .ended(end: end, zone: zone) }
        }
        guard hours != nil || !days.isEmpty else { return nil }
        guard let civil = zones.civil(now, in: zone) else { return .unknownZone(zone) }
        return failure(at: civil, zone: zone)
    }

    /// An instant needs no zone; a civil time resolves on the zone's clock.
    private func seconds(of time: ScheduleTime, _ zone: String, _ zones: TimeZones) -> Int64? {
        switch time {
        case .instant(let seconds): seconds
        case .civil(let civil): zones.resolve(civil, in: zone)?.boundary
        }
    }

    /// Whether the hours and the days hold `civil`. What is after midnight in hours that cross it belongs to the day before.
    private func failure(at civil: LocalDateTime, zone: String) -> ScheduleFailure? {
        var day = civil.daysSinceEpoch
        if let hours {
            let minute = civil.hour * 60 + civil.minute
            if hours.start < hours.end {
                guard (hours.start..<hours.end).contains(minute) else { return .hours(hours, now: civil, zone: zone) }
            } else if minute < hours.end {
                day -= 1
            } else if minute < hours.start {
                return .hours(hours, now: civil, zone: zone)
            }
        }
        let today = Weekday(daysSinceEpoch: day)
        guard days.isEmpty || days.contains(today) else { return .day(today: today, days: days, zone: zone) }
        return nil
    }
}

import ByteText
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

/// What clocks show, remembered for the many messages of one decision.
struct ClockReader {
    let zones: TimeZones
    private var known: [(zone: String, seconds: Int64, time: LocalDateTime?)] = []

    /// Zones and moments beyond so many are asked for again.
    private static let limit = 16

    init(_ zones: TimeZones) { self.zones = zones }

    mutating func civil(_ instant: Instant, in zone: String) -> LocalDateTime? {
        let seconds = instant.seconds
        for entry in known where entry.seconds == seconds && sameBytes(entry.zone, zone) { return entry.time }
        let time = zones.civil(instant, in: zone)
        if known.count < ClockReader.limit { known.append((zone, seconds, time)) }
        return time
    }
}

extension Schedule {
    /// Why the schedule is closed at `now`; nil when it is open.
    ///
    /// - Parameters:
    ///   - userZone: the IANA name of the user's own zone, which `local` stands for.
    func failure(at now: Instant, userZone: String, clocks: inout ClockReader) -> ScheduleFailure? {
        let zone: String
        switch timezone {
        case .local: zone = userZone
        case .named(let name): zone = name
        }
        if let start {
            guard let isReached = isReached(start, now, zone, clocks.zones) else { return .unknownZone(zone) }
            if !isReached { return .notStarted(start: start, zone: zone) }
        }
        if let end {
            guard let isReached = isReached(end, now, zone, clocks.zones) else { return .unknownZone(zone) }
            if isReached { return .ended(end: end, zone: zone) }
        }
        guard hours != nil || !days.isEmpty else { return nil }
        guard let civil = clocks.civil(now, in: zone) else { return .unknownZone(zone) }
        return failure(at: civil, zone: zone)
    }

    /// Clocks are nowhere farther from UTC than this many seconds, so that most boundaries need no zone.
    private static let farthest: Int64 = 26 * 3600

    /// Whether `time` has come: an instant needs no zone; a civil time resolves on the zone's clock.
    private func isReached(_ time: ScheduleTime, _ now: Instant, _ zone: String, _ zones: TimeZones) -> Bool? {
        switch time {
        case .instant(let seconds): return now >= Instant(seconds: seconds)
        case .civil(let civil):
            let difference = now.seconds.subtractingReportingOverflow(civil.secondsSinceEpoch)
            if difference.overflow || difference.partialValue.magnitude > Schedule.farthest.magnitude {
                return now.seconds > civil.secondsSinceEpoch
            }
            return zones.resolve(civil, in: zone).map { now >= Instant(seconds: $0.boundary) }
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

import ByteText
import CanonicalJSON

/// When a message may show.
public struct Schedule: Sendable, Equatable {
    /// Whose clock the civil times, the hours and the days are read on.
    public enum Zone: Sendable, Equatable {
        /// The user's own.
        case local
        /// A zone of the IANA time zone database, such as `Europe/Paris`.
        case named(String)
    }

    /// From this time on, inclusive.
    public var start: ScheduleTime?
    /// Up to this time, exclusive.
    public var end: ScheduleTime?
    /// The clock; the user's own when the catalog names none.
    public var timezone: Zone
    /// The part of each day.
    public var hours: Hours?
    /// The days of the week; empty for all. A daypart that crosses midnight belongs to the day on which it begins.
    public var days: [Weekday]

    /// A schedule; without any limits it is always open.
    public init(
        start: ScheduleTime? = nil, end: ScheduleTime? = nil, timezone: Zone = .local, hours: Hours? = nil,
        days: [Weekday] = []
    ) {
        self.start = start
        self.end = end
        self.timezone = timezone
        self.hours = hours
        self.days = days
    }
}

/// A part of the day in minutes from midnight, half open. It crosses midnight when it ends before it starts.
public struct Hours: Sendable, Equatable {
    /// 0 to 1439.
    public var start: Int64
    /// 0 to 1440; differs from `start`.
    public var end: Int64

    /// From `start` up to `end`; nil out of range, or when both are the same.
    public init?(start: Int64, end: Int64) {
        guard (0..<1440).contains(start), (0...1440).contains(end), start != end else { return nil }
        self.start = start
        self.end = end
    }

    /// `08:00-21:00`.
    public var description: String {
        func time(_ minutes: Int64) -> String {
            func two(_ value: Int64) -> String { value < 10 ? "0" + String(value) : String(value) }
            return two(minutes / 60) + ":" + two(minutes % 60)
        }
        return time(start) + "-" + time(end)
    }
}

/// A day of the week.
public enum Weekday: UInt8, Sendable, Equatable, CaseIterable {
    case monday = 0
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The day called `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`.
    public init?(_ name: String) {
        guard let day = Weekday.allCases.first(where: { sameBytes($0.name, name) }) else { return nil }
        self = day
    }

    /// The day that is `days` after 1970-01-01, a Thursday.
    public init(daysSinceEpoch days: Int64) {
        let index = (days % 7 + 10) % 7
        self = Weekday(rawValue: UInt8(index)) ?? .monday
    }

    /// `mon` to `sun`.
    public var name: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }
}

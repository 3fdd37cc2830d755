import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct TimeZoneTests {
    private func check(
        _ local: String, _ zone: String, _ expected: CivilResolution, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard case .civil(let civil)? = ScheduleTime(local) else {
            Issue.record("no local time: \(local)")
            return
        }
        #expect(systemZones.resolve(civil, in: zone) == expected, sourceLocation: sourceLocation)
    }

    private func seconds(_ text: String) -> Int64 { Instant(text)?.seconds ?? 0 }

    @Test func ordinaryTimesAreOneMoment() throws {
        try check("2026-12-01T09:00:00", "Europe/Paris", .unique(seconds("2026-12-01T08:00:00Z")))
        try check("2026-07-01T09:00:00", "Europe/Paris", .unique(seconds("2026-07-01T07:00:00Z")))
        try check("2026-01-01T00:00:00", "Pacific/Kiritimati", .unique(seconds("2025-12-31T10:00:00Z")))
        try check("2026-01-01T00:00:00", "Pacific/Pago_Pago", .unique(seconds("2026-01-01T11:00:00Z")))
        try check("2026-01-01T00:00:00", "Asia/Kathmandu", .unique(seconds("2025-12-31T18:15:00Z")))
    }

    @Test func skippedTimesAreTheMomentOfTheChange() throws {
        // Paris, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        for local in ["2026-03-29T02:00:00", "2026-03-29T02:30:00", "2026-03-29T02:59:59"] {
            try check(local, "Europe/Paris", .skipped(at: seconds("2026-03-29T01:00:00Z")))
        }
        try check("2026-03-29T01:59:59", "Europe/Paris", .unique(seconds("2026-03-29T00:59:59Z")))
        try check("2026-03-29T03:00:00", "Europe/Paris", .unique(seconds("2026-03-29T01:00:00Z")))
        // Lord Howe's clocks move by half an hour.
        try check("2026-10-04T02:15:00", "Australia/Lord_Howe", .skipped(at: seconds("2026-10-03T15:30:00Z")))
        // Samoa left out a whole day.
        try check("2011-12-30T12:00:00", "Pacific/Apia", .skipped(at: seconds("2011-12-30T10:00:00Z")))
    }

    @Test func repeatedTimesAreTwoMoments() throws {
        // Paris, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
        try check(
            "2026-10-25T02:30:00", "Europe/Paris",
            .repeated(first: seconds("2026-10-25T00:30:00Z"), second: seconds("2026-10-25T01:30:00Z")))
        try check("2026-10-25T01:59:59", "Europe/Paris", .unique(seconds("2026-10-24T23:59:59Z")))
        try check("2026-10-25T03:00:00", "Europe/Paris", .unique(seconds("2026-10-25T02:00:00Z")))
    }

    @Test func boundariesNeverGoBackwards() {
        for zone in ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"] {
            var last = Int64.min
            for local in stride(from: seconds("2011-12-20T00:00:00Z"), to: seconds("2012-12-31T00:00:00Z"), by: 900) {
                let boundary = systemZones.resolve(LocalDateTime(secondsSinceEpoch: local), in: zone)?.boundary ?? 0
                #expect(boundary >= last)
                last = boundary
            }
        }
    }

    @Test func aZoneThatIsNotKnownHasNoTimes() {
        #expect(systemZones.resolve(LocalDateTime(secondsSinceEpoch: 0), in: "Mars/Olympus") == nil)
        #expect(TimeZones.utc.civil(Instant(seconds: 0), in: "UTC")?.description == "1970-01-01T00:00:00")
    }
}

@Suite struct ScheduleTests {
    /// The failure of a schedule at a moment, in words; nil when it is open.
    private func check(
        _ schedule: Schedule, at now: String, zone: String = "Europe/Paris", _ expected: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let now = try #require(Instant(now))
        var clocks = ClockReader(systemZones)
        let failure = schedule.failure(at: now, userZone: zone, clocks: &clocks)
        #expect(failure?.text == expected, sourceLocation: sourceLocation)
    }

    @Test func windowsAreHalfOpen() throws {
        let schedule = Schedule(start: ScheduleTime("2026-12-01T09:00:00"), end: ScheduleTime("2026-12-24T18:00:00"))
        try check(schedule, at: "2026-12-01T07:59:59Z", "starts at 2026-12-01T09:00:00 (Europe/Paris)")
        try check(schedule, at: "2026-12-01T08:00:00Z", nil)
        try check(schedule, at: "2026-12-24T16:59:59Z", nil)
        try check(schedule, at: "2026-12-24T17:00:00Z", "ended at 2026-12-24T18:00:00 (Europe/Paris)")
        // The same clock, elsewhere.
        try check(
            schedule, at: "2026-12-01T08:00:00Z", zone: "America/New_York",
            "starts at 2026-12-01T09:00:00 (America/New_York)")
        try check(schedule, at: "2026-12-24T22:59:59Z", zone: "America/New_York", nil)
    }

    @Test func namedZonesAndInstantsAreTheSameForAll() throws {
        let named = Schedule(start: ScheduleTime("2026-12-01T09:00:00"), timezone: .named("Asia/Tokyo"))
        let instant = Schedule(start: ScheduleTime("2026-12-01T00:00:00Z"))
        for zone in ["Europe/Paris", "America/New_York", "UTC"] {
            try check(named, at: "2026-11-30T23:59:59Z", zone: zone, "starts at 2026-12-01T09:00:00 (Asia/Tokyo)")
            try check(named, at: "2026-12-01T00:00:00Z", zone: zone, nil)
            try check(instant, at: "2026-11-30T23:59:59Z", zone: zone, "starts at 2026-12-01T00:00:00Z")
            try check(instant, at: "2026-12-01T00:00:00Z", zone: zone, nil)
        }
    }

    @Test func hoursOfTheDayAreLocal() throws {
        let day = Schedule(hours: Hours(start: 8 * 60, end: 21 * 60))
        try check(day, at: "2026-12-02T06:59:59Z", "it is 07:59 (Europe/Paris), wants 08:00-21:00")
        try check(day, at: "2026-12-02T07:00:00Z", nil)
        try check(day, at: "2026-12-02T19:59:59Z", nil)
        try check(day, at: "2026-12-02T20:00:00Z", "it is 21:00 (Europe/Paris), wants 08:00-21:00")
    }

    @Test func daypartsAcrossMidnight() throws {
        // A Friday night lasts until two in the morning of Saturday.
        let night = Schedule(hours: Hours(start: 22 * 60, end: 2 * 60), days: [.friday])
        try check(night, at: "2026-12-04T20:59:00Z", "it is 21:59 (Europe/Paris), wants 22:00-02:00")
        try check(night, at: "2026-12-04T21:00:00Z", nil)
        try check(night, at: "2026-12-05T00:59:59Z", nil)
        try check(night, at: "2026-12-05T01:00:00Z", "it is 02:00 (Europe/Paris), wants 22:00-02:00")
        try check(night, at: "2026-12-05T21:30:00Z", "it is sat (Europe/Paris), wants fri")
        try check(night, at: "2026-12-04T00:30:00Z", "it is thu (Europe/Paris), wants fri")
    }

    @Test func daysOfTheWeekAreLocal() throws {
        let week = Schedule(days: [.monday, .tuesday])
        try check(week, at: "2026-11-30T10:00:00Z", nil)
        // Sunday in London, Monday in Tokyo.
        try check(
            week, at: "2026-11-29T16:00:00Z", zone: "Europe/London", "it is sun (Europe/London), wants mon or tue")
        try check(week, at: "2026-11-29T16:00:00Z", zone: "Asia/Tokyo", nil)
    }

    @Test func daylightSavingTime() throws {
        // Start in the skipped hour: open from the moment the clock jumps over it.
        let skipped = Schedule(start: ScheduleTime("2026-03-29T02:30:00"))
        try check(skipped, at: "2026-03-29T00:59:59Z", "starts at 2026-03-29T02:30:00 (Europe/Paris)")
        try check(skipped, at: "2026-03-29T01:00:00Z", nil)
        // Start and end in the repeated hour mean the first time the clock shows it.
        let repeated = Schedule(start: ScheduleTime("2026-10-25T02:30:00"))
        try check(repeated, at: "2026-10-25T00:29:59Z", "starts at 2026-10-25T02:30:00 (Europe/Paris)")
        try check(repeated, at: "2026-10-25T00:30:00Z", nil)
        try check(repeated, at: "2026-10-25T01:00:00Z", nil)
        let ending = Schedule(end: ScheduleTime("2026-10-25T02:30:00"))
        try check(ending, at: "2026-10-25T00:29:59Z", nil)
        try check(ending, at: "2026-10-25T01:10:00Z", "ended at 2026-10-25T02:30:00 (Europe/Paris)")
        // Hours are what the clock shows: the repeated hour counts twice.
        let hours = Schedule(hours: Hours(start: 120, end: 180))
        try check(hours, at: "2026-10-25T00:30:00Z", nil)
        try check(hours, at: "2026-10-25T01:30:00Z", nil)
        try check(hours, at: "2026-03-29T01:00:00Z", "it is 03:00 (Europe/Paris), wants 02:00-03:00")
    }

    @Test func aScheduleInAnUnknownZoneIsNotMet() throws {
        try check(
            Schedule(timezone: .named("Mars/Olympus"), days: [.monday]), at: "2026-03-29T01:00:00Z",
            "the time zone \"Mars/Olympus\" is not known")
    }
}

@Suite struct InstantTests {
    @Test func instantsNeverOverflow() {
        #expect(Instant(seconds: .max).milliseconds == .max)
        #expect(Instant(seconds: 1).adding(milliseconds: .max).milliseconds == .max)
        #expect(Instant(milliseconds: -1).seconds == -1)
        #expect(Instant(milliseconds: -1000).seconds == -1)
        #expect(Instant(milliseconds: -1001).seconds == -2)
        #expect(Instant(milliseconds: .min).seconds < 0)
        #expect(Instant("2026-12-02T10:15:00+01:00")?.description == "2026-12-02T09:15:00Z")
        #expect(Instant("2026-12-02T10:15:00") == nil)
    }
}

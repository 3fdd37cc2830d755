import Testing

@testable import PlacardBundle

@Suite struct CivilDateTimeTests {
    @Test func daysAreContinuous() {
        var previous: LocalDateTime?
        // Four centuries hold every kind of year.
        for day in stride(from: Int64(-146_097), through: 146_097, by: 1) {
            let date = LocalDateTime(secondsSinceEpoch: day * 86_400)
            #expect(date.daysSinceEpoch == day)
            if let previous, date.day != previous.day + 1 {
                #expect(date.day == 1)
                #expect(date.month == previous.month % 12 + 1)
                #expect(date.year == previous.year + (date.month == 1 ? 1 : 0))
            }
            previous = date
        }
    }

    @Test func textAndBack() {
        for text in ["1970-01-01T00:00:00", "2024-02-29T23:59:59", "0001-01-01T00:00:00", "9999-12-31T23:59:59"] {
            #expect(ScheduleTime(text)?.description == text)
        }
        #expect(ScheduleTime("2026-12-02T10:15:00+01:00")?.description == "2026-12-02T09:15:00Z")
        #expect(ScheduleTime("1970-01-01T00:00:00Z") == .instant(0))
        #expect(ScheduleTime("1969-12-31T19:00:00-05:00") == .instant(0))
    }

    @Test(arguments: [
        "", "2026-12-01", "2026-12-01 09:00:00", "2026-13-01T00:00:00", "2025-02-29T00:00:00", "2026-12-01T24:00:00",
        "2026-12-01T09:00:60", "2026-12-01T09:00:00z", "2026-12-01T09:00:00+25:00", "2026-12-01T09:00:00ZZ",
        "0000-01-01T00:00:00", "2026-12-01T09:00:00.5Z",
    ])
    func noSuchTime(_ text: String) {
        #expect(ScheduleTime(text) == nil)
    }

    @Test func clampsAtTheEndsOfTheCalendar() {
        #expect(LocalDateTime(secondsSinceEpoch: .max).description == "9999-12-31T23:59:59")
        #expect(LocalDateTime(secondsSinceEpoch: .min).description == "0001-01-01T00:00:00")
    }

    @Test func daysHaveTheirWeekdays() {
        #expect(Weekday(daysSinceEpoch: 0) == .thursday)
        #expect(Weekday(daysSinceEpoch: -1) == .wednesday)
        #expect(Weekday(daysSinceEpoch: -7) == .thursday)
        #expect(Weekday(daysSinceEpoch: 4) == .monday)
        #expect(Weekday("sun") == .sunday)
        #expect(Weekday("Sun") == nil)
    }

    @Test func rangesOfHoursAreWritten() {
        #expect(Hours(start: 480, end: 1260)?.description == "08:00-21:00")
        #expect(Hours(start: 0, end: 1440)?.description == "00:00-24:00")
        #expect(Hours(start: 5, end: 5) == nil)
        #expect(Hours(start: 1440, end: 5) == nil)
    }
}

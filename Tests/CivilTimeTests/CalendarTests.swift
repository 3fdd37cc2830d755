import CivilTime
import Testing

@Suite struct CalendarTests {
    @Test func everyDayFromTheYearMinusOneToTheYear2400IsFoundAgain() {
        var day: Int64 = GregorianCalendar.dayNumber(year: -1, month: 1, day: 1)
        for year in Int64(-1)...2400 {
            for month in Int64(1)...12 {
                for date in 1...GregorianCalendar.length(ofMonth: month, year: year) {
                    let found = GregorianCalendar.date(ofDay: day)
                    guard found == (year, month, date),
                        GregorianCalendar.dayNumber(year: year, month: month, day: date) == day
                    else {
                        Issue.record("day \(day) is \(found), and should be \(year)-\(month)-\(date)")
                        return
                    }
                    day += 1
                }
            }
        }
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00", 4, 0), (-1, "1969-12-31T23:59:59", 3, 364),
            (951_782_400, "2000-02-29T00:00:00", 2, 59), (253_402_300_799, "9999-12-31T23:59:59", 5, 364),
            (-62_135_596_800, "0001-01-01T00:00:00", 1, 0), (-62_167_219_200, "0000-01-01T00:00:00", 6, 0),
        ] as [(Int64, String, Int64, Int64)])
    func aMomentHasADateATimeAndADayOfTheWeek(seconds: Int64, text: String, dayOfWeek: Int64, dayOfYear: Int64) {
        let reading = ClockReading(secondsSinceEpoch: seconds)
        #expect(reading.text == text)
        #expect(reading.secondsSinceEpoch == seconds)
        #expect(reading.dayOfWeek == dayOfWeek)
        #expect(reading.dayOfYear == dayOfYear)
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "226-01-01", "2026/01/01",
    ])
    func noSuchDay(text: String) {
        var reader = DateTimeReader(text.utf8)
        #expect(reader.date() == nil)
    }

    @Test(arguments: ["24:00:00", "12:60:00", "23:59:60", "1:00:00", "12:00"])
    func noSuchTime(text: String) {
        var reader = DateTimeReader(text.utf8)
        #expect(reader.time(on: ClockReading(year: 2026, month: 1, day: 1)) == nil)
    }

    @Test(arguments: [("+01:00", 3600), ("-02:30", -9000), ("+23:59", 86_340)] as [(String, Int64)])
    func offsetsAreSecondsEast(text: String, seconds: Int64) {
        var reader = DateTimeReader(text.utf8)
        #expect(reader.zoneOffset() == seconds)
        #expect(reader.isAtEnd)
    }

    @Test(arguments: ["Z", "+24:00", "+01:60", "+1:00", "01:00", "+0100"])
    func noSuchOffset(text: String) {
        var reader = DateTimeReader(text.utf8)
        #expect(reader.zoneOffset() == nil)
    }

    @Test func fractionsComeBackWithoutTheZerosBehind() {
        for (digits, nanoseconds) in [("5", 500_000_000), ("000000001", 1), ("1234567899", 123_456_789)]
            as [(String, Int64)]
        {
            var reader = DateTimeReader(digits.utf8)
            #expect(reader.nanoseconds() == nanoseconds)
            var text: [UInt8] = []
            appendFraction(nanoseconds: nanoseconds, to: &text)
            #expect(String(decoding: text, as: UTF8.self) == "." + digits.prefix(9))
        }
        var text: [UInt8] = []
        appendFraction(nanoseconds: 0, to: &text)
        #expect(text.isEmpty)
    }
}

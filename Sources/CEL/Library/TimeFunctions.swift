// Fields of timestamps and durations (langdef.md, "Timezones").

extension Functions {
    static func timeField(
        _ builtin: Builtin, _ values: [CELValue], _ run: inout Run
    ) throws(EvaluationError) -> CELValue? {
        switch values.first {
        case .duration(let duration) where values.count == 1: return durationField(builtin, duration.nanoseconds)
        case .timestamp(let timestamp):
            var offset = 0
            if values.count == 2 {
                guard case .string(let zone) = values[1] else { return nil }
                offset = try zoneOffset(zone, timestamp.seconds, &run)
            } else if values.count > 2 {
                return nil
            }
            if builtin == .getMilliseconds { return .int(Int64(timestamp.nanoseconds / 1_000_000)) }
            let civil = CivilTime(secondsSinceEpoch: timestamp.seconds + Int64(offset))
            return field(builtin, civil).map { .int(Int64($0)) }
        default: return nil
        }
    }

    /// Hours, minutes and seconds are the whole duration in that unit; milliseconds are the part below a second.
    private static func durationField(_ builtin: Builtin, _ nanoseconds: Int64) -> CELValue? {
        switch builtin {
        case .getHours: .int(nanoseconds / 3_600_000_000_000)
        case .getMinutes: .int(nanoseconds / 60_000_000_000)
        case .getSeconds: .int(nanoseconds / 1_000_000_000)
        case .getMilliseconds: .int(nanoseconds / 1_000_000 % 1000)
        default: nil
        }
    }

    private static func field(_ builtin: Builtin, _ civil: CivilTime) -> Int? {
        switch builtin {
        case .getFullYear: civil.year
        case .getMonth: civil.month - 1
        case .getDate: civil.day
        case .getDayOfMonth: civil.day - 1
        case .getDayOfWeek: civil.dayOfWeek
        case .getDayOfYear: civil.dayOfYear
        case .getHours: civil.hour
        case .getMinutes: civil.minute
        case .getSeconds: civil.second
        default: nil
        }
    }

    /// Seconds east of UTC: `UTC`, a fixed offset such as `-02:30`, or an IANA zone that the host knows.
    private static func zoneOffset(
        _ zone: String, _ seconds: Int64, _ run: inout Run
    ) throws(EvaluationError) -> Int {
        if zone == "UTC" || zone == "Z" || zone == "" { return 0 }
        var reader = DigitReader(Array(zone.utf8))
        let negative = reader.take(0x2D)
        if !negative { _ = reader.take(0x2B) }
        if let hours = reader.number(2), reader.take(0x3A), let minutes = reader.number(2), reader.atEnd, hours < 24,
            minutes < 60
        {
            return (negative ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
        // The longest name of the database has 32 characters.
        guard zone.utf8.count <= 64 else { throw invalid("time zone", zone) }
        try pay(Work.timeZone, &run.work)
        guard let offset = run.program.host.timeZoneOffset?(zone, seconds), abs(offset) <= 86_400 else {
            throw invalid("time zone", zone)
        }
        return offset
    }
}

import CivilTime

// Fields of timestamps and durations (langdef.md, "Timezones").

extension Function {
    static let timeFields: [Function] = [
        field("getDate") { $0.day },
        field("getDayOfMonth") { $0.day - 1 },
        field("getDayOfWeek") { $0.dayOfWeek },
        field("getDayOfYear") { $0.dayOfYear },
        field("getFullYear") { $0.year },
        field("getMonth") { $0.month - 1 },
        field("getHours", nanosecondsOfUnit: 3_600_000_000_000) { $0.hour },
        field("getMinutes", nanosecondsOfUnit: 60_000_000_000) { $0.minute },
        field("getSeconds", nanosecondsOfUnit: 1_000_000_000) { $0.second },
        Function("getMilliseconds", zoned + ofDuration) { (values, run) throws(EvaluationError) in
            if let nanoseconds = duration(values) { return .int(nanoseconds / 1_000_000 % 1000) }
            // A zone does not change it, but must be one.
            guard try civil(values, &run) != nil, case .timestamp(let timestamp)? = values.first else { return nil }
            return .int(Int64(timestamp.nanoseconds / 1_000_000))
        },
    ]

    private static let zoned = "timestamp.() -> int; timestamp.(string) -> int"
    private static let ofDuration = "; duration.() -> int"

    /// A field of the civil time in a zone, UTC if none is given.
    private static func field(_ name: String, _ value: @escaping @Sendable (ClockReading) -> Int64) -> Function {
        Function(name, zoned) { (values, run) throws(EvaluationError) in
            try civil(values, &run).map { .int(value($0)) }
        }
    }

    /// The same, and of a duration the whole of it in that unit.
    private static func field(
        _ name: String, nanosecondsOfUnit unit: Int64,
        _ value: @escaping @Sendable (ClockReading) -> Int64
    ) -> Function {
        Function(name, zoned + ofDuration) { (values, run) throws(EvaluationError) in
            if let nanoseconds = duration(values) { return .int(nanoseconds / unit) }
            return try civil(values, &run).map { .int(value($0)) }
        }
    }

    private static func duration(_ values: [CELValue]) -> Int64? {
        guard values.count == 1, case .duration(let duration) = values[0] else { return nil }
        return duration.nanoseconds
    }

    private static func civil(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> ClockReading? {
        guard case .timestamp(let timestamp)? = values.first else { return nil }
        var offset = 0
        if values.count == 2 {
            guard let zone = values.text(1) else { return nil }
            offset = try zoneOffset(zone, timestamp.seconds, &run)
        }
        return ClockReading(secondsSinceEpoch: timestamp.seconds + Int64(offset))
    }

    /// Seconds east of UTC: `UTC`, a fixed offset such as `-02:30`, or an IANA zone that the host knows.
    private static func zoneOffset(
        _ zone: String, _ seconds: Int64, _ run: inout Run
    ) throws(EvaluationError) -> Int {
        if zone == "UTC" || zone == "Z" || zone == "" { return 0 }
        var reader = DateTimeReader(zone.utf8)
        let negative = reader.take(0x2D)
        if !negative { _ = reader.take(0x2B) }
        if let hours = reader.number(2), reader.take(0x3A), let minutes = reader.number(2), reader.isAtEnd, hours < 24,
            minutes < 60
        {
            return (negative ? -1 : 1) * Int(hours * 3600 + minutes * 60)
        }
        // The longest name of the database has 32 characters.
        guard zone.utf8.count <= 64 else { throw .invalid("time zone", zone) }
        try pay(Work.timeZone, &run.work)
        guard let offset = run.program.host.timeZoneOffset?(zone, seconds), abs(offset) <= 86_400 else {
            throw .invalid("time zone", zone)
        }
        return offset
    }
}

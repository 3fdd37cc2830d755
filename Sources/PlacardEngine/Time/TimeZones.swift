import ByteText
import PlacardBundle

/// The host's time zone database, as the one question that the engine asks of it.
///
/// Everything else — what a clock shows, when a clock shows it, what it skips and repeats — follows from
/// the offsets.
public struct TimeZones: Sendable {
    /// Seconds east of UTC that a zone's clocks are at a moment.
    ///
    /// Takes an IANA zone name and seconds from 1970-01-01T00:00:00Z; gives nil for an unknown zone.
    public var offset: @Sendable (_ zone: String, _ seconds: Int64) -> Int64?

    /// A database that answers with `offset`.
    public init(offset: @escaping @Sendable (_ zone: String, _ seconds: Int64) -> Int64?) {
        self.offset = offset
    }

    /// A database that knows `UTC` and `GMT` alone.
    public static let utc = TimeZones { zone, _ in
        sameBytes(zone, "UTC") || sameBytes(zone, "GMT") || sameBytes(zone, "Etc/UTC") ? 0 : nil
    }

    /// What the clocks of `zone` show at `instant`; nil for an unknown zone.
    public func civil(_ instant: Instant, in zone: String) -> LocalDateTime? {
        let seconds = instant.seconds
        guard let offset = offset(zone, seconds) else { return nil }
        return LocalDateTime(secondsSinceEpoch: saturatingAdd(seconds, offset))
    }
}

/// When a clock shows a civil time.
public enum CivilResolution: Sendable, Equatable {
    /// Once, in seconds from 1970-01-01T00:00:00Z.
    case unique(Int64)
    /// Never: the clock is set forward over it at this moment.
    case skipped(at: Int64)
    /// Twice: the clock is set back in between.
    case repeated(first: Int64, second: Int64)

    /// The moment that stands for the civil time as a boundary: the first time that the clock shows it or
    /// anything later that it has not shown before.
    ///
    /// A later civil time never has an earlier boundary, so that windows that touch on the clock neither
    /// overlap nor leave a hole.
    public var boundary: Int64 {
        switch self {
        case .unique(let seconds), .skipped(at: let seconds), .repeated(first: let seconds, second: _): seconds
        }
    }
}

extension TimeZones {
    /// How far clocks anywhere are from UTC at most, in seconds, with room to spare.
    private static let farthest: Int64 = 26 * 3600

    /// When the clocks of `zone` show `civil`; nil for an unknown zone.
    ///
    /// The offsets in force around the civil time are the candidates: a moment shows it when its own offset
    /// leads from it to the civil time.
    public func resolve(_ civil: LocalDateTime, in zone: String) -> CivilResolution? {
        let local = civil.secondsSinceEpoch
        var offsets: [Int64] = []
        for step in stride(from: -TimeZones.farthest, through: TimeZones.farthest, by: 13 * 3600) {
            guard let offset = offset(zone, local + step) else { return nil }
            if !offsets.contains(offset) { offsets.append(offset) }
        }
        var moments: [Int64] = []
        for candidate in offsets where offset(zone, local - candidate) == candidate {
            moments.append(local - candidate)
        }
        moments.sort()
        switch (moments.first, moments.last) {
        case (let first?, let last?) where first != last: return .repeated(first: first, second: last)
        case (let only?, _): return .unique(only)
        case (nil, _): return .skipped(at: transition(over: local, in: zone))
        }
    }

    /// The first moment at which the clocks of `zone` show a time after `local`, which they skip.
    private func transition(over local: Int64, in zone: String) -> Int64 {
        var before = local - TimeZones.farthest
        var after = local + TimeZones.farthest
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if middle + (offset(zone, middle) ?? 0) > local { after = middle } else { before = middle }
        }
        return after
    }
}

import Foundation
import FoundationFormatting
import PlacardEngine

/// What a client reads from the device, as functions, so that tests can say what time it is.
public struct ClientEnvironment: Sendable {
    /// The clock.
    public var now: @Sendable () -> Instant
    /// The IANA name of the user's time zone.
    public var timeZone: @Sendable () -> String
    /// The languages that the user reads, most wanted first, as BCP 47 tags.
    public var languages: @Sendable () -> [String]
    /// Time zones, and how numbers and dates are written.
    public var platform: EnginePlatform

    /// An environment of the given functions.
    public init(
        now: @escaping @Sendable () -> Instant, timeZone: @escaping @Sendable () -> String,
        languages: @escaping @Sendable () -> [String], platform: EnginePlatform
    ) {
        self.now = now
        self.timeZone = timeZone
        self.languages = languages
        self.platform = platform
    }

    /// The device's own clock, time zone and languages, and Foundation's numbers and dates.
    public static let system = ClientEnvironment(
        now: { Instant(Date()) },
        timeZone: { TimeZone.current.identifier },
        languages: { Locale.preferredLanguages },
        platform: .foundation)
}

extension EnginePlatform {
    /// Foundation's time zone database and format styles.
    public static let foundation = EnginePlatform(
        timeZones: TimeZones { zone, seconds in
            TimeZone(identifier: zone).map {
                Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
            }
        },
        formatting: .foundation)
}

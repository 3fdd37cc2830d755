import DocumentSchema
import PlacardBundle
import SourceDiagnostics

#if canImport(FoundationInternationalization)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// Whether a schedule's zone is known, its window not empty, and its times exist once.
func checkSchedule(_ definition: ScheduleDefinition?) -> [Diagnostic] {
    guard let definition else { return [] }
    let schedule = definition.schedule
    var diagnostics: [Diagnostic] = []
    var zone: TimeZone?
    if case .named(let name) = schedule.timezone {
        // Foundation takes abbreviations and offsets too, which are not IANA's names of zones.
        zone = TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" ? TimeZone(identifier: name) : nil
        // What has not the form of a name has been reported.
        if zone == nil, let label = definition.timezoneLabel, ScalarSyntax.timezone(name, allowsLocal: true) == nil {
            diagnostics.append(unknownZone(name, at: label, allowsLocal: true))
        }
    }
    if let start = schedule.start, let end = schedule.end, let label = definition.endLabel,
        let first = seconds(start, zone), let last = seconds(end, zone), last <= first
    {
        diagnostics.append(.emptyWindow(at: label, start: definition.startLabel))
    }
    if let zone {
        diagnostics += transitions(schedule.start, definition.startLabel, zone)
        diagnostics += transitions(schedule.end, definition.endLabel, zone)
    }
    return diagnostics
}

/// What is wrong with the zone of a user, which is written as a name; nil for one that there is.
func checkZone(_ name: String, at label: Label) -> Diagnostic? {
    // Old names of zones are not listed, but have a continent as those have.
    if TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" || name == "GMT" { return nil }
    if name.utf8.contains(0x2F), TimeZone(identifier: name) != nil { return nil }
    guard ScalarSyntax.timezone(name, allowsLocal: false) == nil else { return nil }
    return unknownZone(name, at: label, allowsLocal: false)
}

/// A zone that is not in the IANA database, with the one that its abbreviation or its city stands for.
///
/// - Parameter allowsLocal: whether the user's own zone may stand there.
private func unknownZone(_ name: String, at label: Label, allowsLocal: Bool) -> Diagnostic {
    let known = TimeZone.knownTimeZoneIdentifiers
    let cities = known.filter { $0.split(separator: "/").last.map { $0.lowercased() == name.lowercased() } ?? false }
    let isAbbreviation = abbreviatedZones[name.uppercased()] != nil
    let meant =
        abbreviatedZones[name.uppercased()] ?? (cities.count == 1 ? cities[0] : nil)
        ?? nearMiss(name, among: (allowsLocal ? ["local"] : []) + ["UTC"] + known)
    return .unknownZone(name, meant: meant, isAbbreviation: isAbbreviation, allowsLocal: allowsLocal, at: label)
}

/// A zone for each abbreviation that people write for one, with the most people where it has several.
private let abbreviatedZones = [
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver",
    "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "HST": "Pacific/Honolulu", "BRT": "America/Sao_Paulo",
    "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "BST": "Europe/London", "CET": "Europe/Paris",
    "CEST": "Europe/Paris", "EET": "Europe/Athens", "EEST": "Europe/Athens", "MSK": "Europe/Moscow",
    "IST": "Asia/Kolkata", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "JST": "Asia/Tokyo", "KST": "Asia/Seoul",
    "AWST": "Australia/Perth", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
]

/// Seconds from 1970; of a local time in the user's zone, as if in UTC, which keeps the order.
private func seconds(_ time: ScheduleTime, _ zone: TimeZone?) -> Int64? {
    switch time {
    case .instant(let seconds): return seconds
    case .civil(let civil):
        let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(civil.secondsSinceEpoch))) ?? 0
        return civil.secondsSinceEpoch - Int64(offset)
    }
}

/// A time that the zone's clock skips, or shows twice, when it changes to or from daylight saving time.
private func transitions(_ time: ScheduleTime?, _ label: Label?, _ zone: TimeZone) -> [Diagnostic] {
    guard case .civil(let civil)? = time, let label else { return [] }
    let local = civil.secondsSinceEpoch
    // Offsets a day around cover every zone's offset and any change between.
    let around = [local - 86_400, local + 86_400].map {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0)))
    }
    let matching = Set(around).filter { offset in
        let instant = Date(timeIntervalSince1970: TimeInterval(local - Int64(offset)))
        return zone.secondsFromGMT(for: instant) == offset
    }
    switch matching.count {
    case 0:
        return [.skippedTime(civil.description, in: zone.identifier, at: label)]
    case 2:
        return [.repeatedTime(civil.description, in: zone.identifier, at: label)]
    default: return []
    }
}

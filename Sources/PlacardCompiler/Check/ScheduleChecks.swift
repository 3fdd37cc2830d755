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
    var findings: [Diagnostic] = []
    var zone: TimeZone?
    if case .named(let name) = schedule.timezone {
        // Foundation takes abbreviations and offsets too, which are not IANA's names of zones.
        zone = TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" ? TimeZone(identifier: name) : nil
        if zone == nil, let label = definition.timezoneLabel {
            findings.append(
                unknownName(
                    "schedule/unknown-timezone", "there is no time zone \"\(name)\"", name,
                    among: ["local", "UTC"] + TimeZone.knownTimeZoneIdentifiers, at: label,
                    none: "write local for the user's own, or a zone of the IANA database such as Europe/Paris"))
        }
    }
    if let start = schedule.start, let end = schedule.end, let label = definition.endLabel,
        let first = seconds(start, zone), let last = seconds(end, zone), last <= first
    {
        findings.append(
            Diagnostic(
                "schedule/empty-window", "the schedule ends before it begins", at: label,
                secondary: definition.startLabel.map { [Label(file: $0.file, $0.span, "begins here")] } ?? [],
                notes: [
                    "the message would never show; a schedule is half open, so that the end itself is not part of it"
                ]))
    }
    if let zone {
        findings += transitions(schedule.start, definition.startLabel, zone)
        findings += transitions(schedule.end, definition.endLabel, zone)
    }
    return findings
}

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
        return [
            Diagnostic(
                "schedule/skipped-time", .warning, "the clocks of \(zone.identifier) skip \(civil.description)",
                at: label,
                notes: [
                    "they are put forward then; the schedule takes the moment of the change, write a later time to be clear"
                ])
        ]
    case 2:
        return [
            Diagnostic(
                "schedule/repeated-time", .warning, "the clocks of \(zone.identifier) show \(civil.description) twice",
                at: label,
                notes: [
                    "they are put back then; the schedule takes the first, write the time with its offset to be clear"
                ])
        ]
    default: return []
    }
}

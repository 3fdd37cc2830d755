import DocumentSchema
import LocatedYAML
import PlacardEngine

/// The clock of a scenario's user, on which a moment without an offset is read: `2026-12-05 19:00` beside
/// `timezone: Europe/Paris` is `2026-12-05T19:00+01:00`, and not an hour later.
func localClock(of scenario: YAMLNode) -> LocalClock {
    let zone = scenario["timezone"]?.text
    return { local in
        guard let zone, let near = TimeZones.foundation.offset(zone, local),
            let offset = TimeZones.foundation.offset(zone, local - near)
        else { return nil }
        return Int(offset / 60)
    }
}

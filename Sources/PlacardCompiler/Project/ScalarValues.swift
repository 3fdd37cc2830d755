import CEL
import DocumentSchema
import LocatedYAML
import PlacardBundle

// Front matter scalars with a syntax of their own as the bundle's values. A scalar that is malformed has been
// reported by its schema; here it is nil.

/// Milliseconds of `2s`, `15m`, `1d`.
func durationMilliseconds(_ text: String) -> Int64? {
    try? ScalarSyntax.duration(text).get()
}

/// Hundredths of a percent of `25%`.
func percentHundredths(_ text: String) -> Int64? {
    try? ScalarSyntax.percentage(text).get()
}

/// `2026-12-01 09:00`, with or without an offset.
func scheduleTime(_ text: String) -> ScheduleTime? {
    (try? ScalarSyntax.dateTime(text).get()).flatMap { ScheduleTime($0.text) }
}

/// `08:00-21:00`.
func dayHours(_ text: String) -> Hours? {
    (try? ScalarSyntax.timeRange(text).get()).flatMap { Hours(start: $0.start, end: $0.end) }
}

/// A list of rules such as `1 per session`, `3 per 7d`, `10 total`.
func frequencyRules(_ node: YAMLNode?) -> [FrequencyRule] {
    (node?.sequence ?? .empty).compactMap { item in
        guard let text = item.text, let rule = try? ScalarSyntax.frequencyRule(text).get() else { return nil }
        switch rule.period {
        case .session: return FrequencyRule(count: rule.count, per: .session)
        case .window(let milliseconds):
            return FrequencyRule(count: rule.count, per: .seconds(max(1, milliseconds / 1000)))
        case .total: return FrequencyRule(count: rule.count, per: .total)
        }
    }
}

/// `text` as clients read a value of a type that is written as a string; nil when it is none.
///
/// Authors may write what clients do not take: days and weeks, a space for the `T` of a timestamp.
func notation(_ text: String, _ type: AttributeType) -> String? {
    switch type {
    case .timestamp:
        if CELTimestamp(parsing: text) != nil { return text }
        return (try? ScalarSyntax.dateTime(text, .instant).get()).flatMap { CELTimestamp(parsing: $0.text)?.rfc3339 }
    case .duration:
        if CELDuration(parsing: text) != nil { return text }
        return durationMilliseconds(text).flatMap { CELDuration(parsing: "\($0)ms")?.decimalSeconds }
    case .version: return SemanticVersion(reported: text)?.text
    case .url: return StringFormat.url.problem(text) == nil ? text : nil
    default: return text
    }
}

import ByteText

// Spans of time and moments as people write them, in the notation of the language.

/// A number with a unit: `7` and `d` as `168h`; nil for no unit of time.
func durationText(_ number: String, unit: String) -> String? {
    guard let count = Int64(number) else { return nil }
    let written: String
    switch unit {
    case "ms", "s", "m", "h": written = number + unit
    case "sec", "secs", "second", "seconds": written = number + "s"
    case "min", "mins", "minute", "minutes": written = number + "m"
    case "hour", "hours": written = number + "h"
    case "d", "D", "day", "days", "w", "W", "week", "weeks":
        let perUnit: Int64 = unit.utf8.first == 0x77 || unit.utf8.first == 0x57 ? 168 : 24
        let (hours, overflow) = count.multipliedReportingOverflow(by: perUnit)
        guard !overflow else { return nil }
        written = String(hours) + "h"
    default: return nil
    }
    return CELDuration(parsing: written) == nil ? nil : written
}

/// The same for both in one text: `7d`, `2 days`.
@Sendable func durationText(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { $0.isASCIIDigit }
    let unit = bytes.dropFirst(digits.count).drop { $0 == 0x20 }
    return durationText(String(decoding: digits, as: UTF8.self), unit: String(decoding: unit, as: UTF8.self))
}

/// A day, or a day and a time without a zone, as a moment of UTC: `2026-12-24` as `2026-12-24T00:00:00Z`; nil for no such
/// text.
@Sendable func timestampText(_ text: String) -> String? {
    let bytes = text.utf8.map { $0 == 0x20 ? UInt8(0x54) : $0 }
    var written = String(decoding: bytes, as: UTF8.self)
    if bytes.count == 10 { written += "T00:00:00" }
    if bytes.count == 16 { written += ":00" }
    if CELTimestamp(parsing: written) == nil { written += "Z" }
    return CELTimestamp(parsing: written) == nil ? nil : written
}

/// The call that makes a span of time of ``durationText(_:)``.
func durationCall(_ text: String) -> String? { durationText(text).map { "duration(\"" + $0 + "\")" } }

/// The call that makes a moment of ``timestampText(_:)``.
func timestampCall(_ text: String) -> String? { timestampText(text).map { "timestamp(\"" + $0 + "\")" } }

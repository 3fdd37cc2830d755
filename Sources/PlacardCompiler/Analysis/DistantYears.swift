import PlacardBundle
import SourceDiagnostics

/// Years from now at which a beginning is thought to be mistyped.
private let farAhead: Int64 = 5

/// That a schedule begins in a year that is probably another one mistyped: years ahead, or before there were apps; or that it ends in
/// one whose digits are those of this year or one of the next in another order.
///
/// A note: it comes and goes with time.
func distantYears(_ facts: MessageFacts, now: Int64, bytes: (String) -> [UInt8]?) -> [Diagnostic] {
    guard let definition = facts.definition.schedule else { return [] }
    let current = LocalDateTime(secondsSinceEpoch: now).year
    var diagnostics: [Diagnostic] = []
    if let start = definition.schedule.start, let label = definition.startLabel {
        let year = year(of: start)
        if year > current + farAhead || year < 1970 {
            diagnostics.append(
                .distantStart(
                    facts.definition.id, year, in: year - current, at: label,
                    meant: edit(year, label, current, bytes)))
        }
    }
    if let end = definition.schedule.end, let label = definition.endLabel {
        let year = year(of: end)
        if year > current + farAhead, let meant = meantYear(year, current), digits(meant) == digits(year) {
            diagnostics.append(
                .distantEnd(
                    facts.definition.id, year, in: year - current, at: label, meant: edit(year, label, current, bytes)))
        }
    }
    return diagnostics
}

private func year(of time: ScheduleTime) -> Int64 {
    switch time {
    case .instant(let seconds): LocalDateTime(secondsSinceEpoch: seconds).year
    case .civil(let civil): civil.year
    }
}

private func digits(_ year: Int64) -> [Character] { String(year).sorted() }

/// The year of now or of one of the two next that is meant by another, which has its digits in another order or is of another century;
/// nil where none is, or several are.
private func meantYear(_ year: Int64, _ current: Int64) -> Int64? {
    func only(_ isMeant: (Int64) -> Bool) -> Int64? {
        let found = (current...(current + 2)).filter(isMeant)
        return found.count == 1 ? found[0] : nil
    }
    return only { digits($0) == digits(year) } ?? only { $0 % 100 == year % 100 }
}

/// The edit that writes the year that is meant, at the beginning of a value.
private func edit(_ year: Int64, _ label: Label, _ current: Int64, _ bytes: (String) -> [UInt8]?) -> (
    Edit, year: Int64
)? {
    guard let meant = meantYear(year, current), let source = bytes(label.file) else { return nil }
    let written = Array(String(year).utf8)
    // Behind a quotation mark.
    for start in label.span.start...(label.span.start + 1)
    where start + written.count <= source.count && source[start...].starts(with: written) {
        return (Edit(file: label.file, Span(start, start + written.count), String(meant)), meant)
    }
    return nil
}

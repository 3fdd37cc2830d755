import PlacardBundle
import PlacardPreview

/// The windows of all messages that have one, those that begin first in front; nil where none has.
func previewTimeline(_ messages: [CompiledMessage]) -> PreviewTimeline? {
    var windows: [PreviewTimeline.Window] = []
    for (index, message) in messages.enumerated() {
        guard let schedule = message.definition.schedule?.schedule, schedule.start != nil || schedule.end != nil else {
            continue
        }
        windows.append(
            PreviewTimeline.Window(message: index, start: schedule.start?.seconds, end: schedule.end?.seconds))
    }
    let bounds = windows.flatMap { [$0.start, $0.end].compactMap { $0 } }
    guard let least = bounds.min(), let most = bounds.max() else { return nil }
    // Messages are in the order of their ids, which decides between equals.
    windows.sort { ($0.start ?? .min, $0.message) < ($1.start ?? .min, $1.message) }
    // Some room at both ends, for windows without one.
    let room = max(86_400, (most - least) / 16)
    let (first, last) = (least - room, most + room)
    return PreviewTimeline(first: first, last: last, ticks: ticks(first, last), windows: windows)
}

extension ScheduleTime {
    /// Seconds from 1970-01-01T00:00:00 of the clock that it is read on: users' clocks are drawn on one scale.
    fileprivate var seconds: Int64 {
        switch self {
        case .civil(let civil): civil.secondsSinceEpoch
        case .instant(let seconds): seconds
        }
    }
}

/// Days a week apart, the first days of months, or those of years, some years apart, by how long the scale is.
private func ticks(_ first: Int64, _ last: Int64) -> [(time: Int64, name: String)] {
    let days = (last - first) / 86_400
    let start = LocalDateTime(secondsSinceEpoch: first)
    var ticks: [(time: Int64, name: String)] = []
    func add(_ date: LocalDateTime?, _ name: (LocalDateTime) -> String) -> Bool {
        guard let date, date.secondsSinceEpoch < last else { return false }
        if date.secondsSinceEpoch > first { ticks.append((date.secondsSinceEpoch, name(date))) }
        return true
    }
    if days > 900 {
        let step = max(1, days / 365 / 12)
        var year = start.year + 1
        while add(LocalDateTime(year: year, month: 1, day: 1), { String($0.year) }) { year += step }
    } else if days > 70 {
        var month = start.year * 12 + start.month
        while add(LocalDateTime(year: month / 12, month: month % 12 + 1, day: 1), { $0.monthWords }) { month += 1 }
    } else {
        // 1970-01-05 was a Monday.
        var day = (start.daysSinceEpoch - 4) / 7 * 7 + 4
        while add(LocalDateTime(secondsSinceEpoch: day * 86_400), { $0.shortWords }) { day += 7 }
    }
    return ticks
}

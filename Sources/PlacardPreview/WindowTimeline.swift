import ByteText
import CanonicalJSON

/// The windows of messages on one scale of time.
package struct PreviewTimeline: Sendable {
    /// What the scale spans, in seconds.
    package var first: Int64
    package var last: Int64
    /// Marks of the scale, in order: when, and what is written there.
    package var ticks: [(time: Int64, name: String)]
    /// In the order that they are drawn in.
    package var windows: [Window]

    /// When a message shows.
    package struct Window: Sendable {
        /// Its place among the messages.
        package var message: Int
        /// Seconds on the scale; nil from ever, and nil for ever.
        package var start: Int64?
        package var end: Int64?

        package init(message: Int, start: Int64?, end: Int64?) {
            self.message = message
            self.start = start
            self.end = end
        }
    }

    package init(first: Int64, last: Int64, ticks: [(time: Int64, name: String)], windows: [Window]) {
        self.first = first
        self.last = last
        self.ticks = ticks
        self.windows = windows
    }
}

/// A picture of the windows of all messages that have one, beside each other on one scale of time.
///
/// What is in it stands in the index's rows too, so that it is nothing but a picture to those who do not see it. It names no
/// "today": pages depend on the project alone.
struct WindowTimeline {
    let timeline: PreviewTimeline
    let summaries: [PreviewSummary]

    /// Rows of one picture.
    static let maximumRows = 100

    private static let left = 250
    private static let width = 1200
    private static let rowHeight = 26
    private static let top = 30

    private var rows: ArraySlice<PreviewTimeline.Window> { timeline.windows.prefix(WindowTimeline.maximumRows) }

    func write(into page: inout ByteBuffer) {
        let height = WindowTimeline.top + rows.count * WindowTimeline.rowHeight + 8
        page.append(
            html:
                "<details class=\"when\" open><summary>Windows</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Windows\"><svg viewBox=\"0 0 "
        )
        page.append(number: WindowTimeline.width)
        page.append(0x20)
        page.append(number: height)
        page.append(html: "\" role=\"group\" aria-label=\"When messages show, as bars on one scale of time\">\n")
        for tick in timeline.ticks { draw(tick, height, into: &page) }
        for (row, window) in rows.enumerated() { draw(window, row, into: &page) }
        page.append(html: "</svg></div>")
        let rest = timeline.windows.count - rows.count
        if rest > 0 {
            page.append(html: "<p class=\"sub\">and ")
            page.append(number: rest)
            page.append(html: " more with a window</p>")
        }
        page.append(html: "</details>\n")
    }

    private func place(_ time: Int64) -> Int {
        let span = Double(max(1, timeline.last - timeline.first))
        let room = Double(WindowTimeline.width - WindowTimeline.left)
        return WindowTimeline.left + Int(Double(time - timeline.first) / span * room)
    }

    private func draw(_ tick: (time: Int64, name: String), _ height: Int, into page: inout ByteBuffer) {
        page.append(html: "<path class=\"tick\" d=\"M")
        page.append(number: place(tick.time))
        page.append(html: " 22V")
        page.append(number: height)
        page.append(html: "\"/><text class=\"tick\" x=\"")
        page.append(number: place(tick.time) + 4)
        page.append(html: "\" y=\"18\">")
        page.appendEscaped(tick.name)
        page.append(html: "</text>\n")
    }

    private func draw(_ window: PreviewTimeline.Window, _ row: Int, into page: inout ByteBuffer) {
        let summary = summaries[window.message]
        let y = WindowTimeline.top + row * WindowTimeline.rowHeight
        let from = window.start.map(place) ?? WindowTimeline.left
        let to = window.end.map(place) ?? WindowTimeline.width
        page.append(html: "<a href=\"m/")
        page.append(path: summary.id)
        page.append(html: ".html\"><title>")
        page.appendEscaped("\(summary.id): \(summary.window)")
        page.append(html: "</title><text x=\"6\" y=\"")
        page.append(number: y + 16)
        page.append(html: "\">")
        // A long id is cut, and its end is in the title.
        page.appendEscaped(summary.id.count > 34 ? summary.id.prefix(33) + "…" : summary.id)
        page.append(html: "</text><rect class=\"")
        page.append(html: window.start == nil || window.end == nil ? "open" : "closed")
        page.append(html: "\" x=\"")
        page.append(number: from)
        page.append(html: "\" y=\"")
        page.append(number: y + 4)
        page.append(html: "\" width=\"")
        page.append(number: max(3, to - from))
        page.append(html: "\" height=\"16\" rx=\"4\"/></a>\n")
    }
}

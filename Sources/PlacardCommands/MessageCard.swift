import DiagnosticRendering
import PlacardBundle
import PlacardEngine

/// A message as a terminal can show it.
struct MessageCard {
    /// How many lines are shown.
    private static let lineLimit = 60

    private let style: ConsoleStyle
    private var lines: [OutputText] = []

    init(_ content: RenderedMessage, _ style: ConsoleStyle) {
        self.style = style
        // As a reader meets them: the title, the picture, then the rest.
        let order = ["title", "image"]
        let fields = content.fields.enumerated().sorted { a, b in
            let first = order.firstIndex(of: a.element.name) ?? order.count
            let second = order.firstIndex(of: b.element.name) ?? order.count
            return (first, a.offset) < (second, b.offset)
        }.map(\.element)
        for field in fields { add(field) }
        if let first = content.steps.first {
            add(first.title, bold: true)
            add(first.body.text ?? "")
            for choice in first.choices { lines.append("→ \(shown(choice.label))") }
        }
        if !content.actions.isEmpty {
            let buttons = content.actions.map { action -> OutputText in "[ \(shown(action.label)) ]" }
            lines.append(buttons.joined(separator: "  "))
        }
        if let push = content.push { add(push) }
    }

    /// The lines, with a bar at the left.
    var text: OutputText {
        let more = lines.count - MessageCard.lineLimit
        let last: [OutputText] = more > 0 ? ["… and \(more) more lines"] : []
        return (lines.prefix(MessageCard.lineLimit) + last).map { line -> OutputText in "  │ \(line)\n" }.joined()
    }

    private mutating func add(_ field: SortedMap<RenderedField>.Entry) {
        switch field.value {
        case .text(let text):
            if field.name == "title" { add(text, bold: true) } else { lines.append("\(field.name): \(shown(text))") }
        case .body(let body): add(body.text ?? body.html ?? "")
        case .image(let src, let alt): lines.append(style.dim("[\(src): \(shown(alt))]"))
        case .list(let items): lines += items.map { "• \(shown($0.text))" }
        case .bool, .int, .string, .url: break
        }
    }

    private mutating func add(_ push: RenderedPush) {
        if !lines.isEmpty { lines.append("") }
        var opening: OutputText = "as a notification"
        if let link = push.link { opening += ", opening \(link)" }
        lines.append(style.dim(opening))
        if let title = push.title { add(title, bold: true) }
        add(push.body)
    }

    /// Adds a text of one line or several.
    private mutating func add(_ text: String, bold: Bool = false) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line: OutputText = "\(shown(line))"
            lines.append(bold ? style.bold(line) : line)
        }
    }

    /// The characters that isolate a value are for the screens of apps. Here each line is isolated as a whole.
    private func shown(_ text: some StringProtocol) -> String { withoutIsolates(String(text)) }
}

import SourceDiagnostics

/// How many lines of one span, or of one side of a change, are shown before the middle is left out.
let shownLineLimit = 6

/// How many other places, how many notes and how many changes of one diagnostic are shown.
let shownNoteLimit = 20

/// How many scalars of what is said beside an excerpt are shown.
private let labelLimit = 400

/// Writes diagnostics for a person: a headline, the source with carets under the characters meant, notes and changes.
struct HumanRenderer {
    var sources: SourceTexts
    let options: RenderingOptions
    let style: Style
    var output = ""
    /// Digits of the largest line number of the diagnostic being written.
    var gutterWidth = 1

    init(sources: SourceTexts, options: RenderingOptions) {
        self.sources = sources
        self.options = options
        style = Style(isColored: options.color)
    }

    mutating func render(_ diagnostics: [Diagnostic]) -> OutputText {
        var drawn = DrawnDiagnostics(diagnostics)
        for (place, diagnostic) in diagnostics.enumerated() {
            if drawn.draws(diagnostic) {
                if !output.isEmpty { output += "\n" }
                render(diagnostic)
            }
            for rest in drawn.rests(after: place, diagnostic) {
                output += "\n" + style.paint("… and " + rest.words(options), .strong) + "\n"
            }
        }
        if let closing = drawn.closing(options) {
            output += "\n" + style.paint("… and " + closing.words, .strong) + "\n"
        }
        return OutputText(raw: Array(output.utf8), as: .words)
    }

    private mutating func render(_ diagnostic: Diagnostic) {
        let fixIts = diagnostic.fixIts.prefix(shownNoteLimit)
        let changes = fixIts.map { fix in proposedChanges(of: fix, sources: &sources) }
        let labels = [diagnostic.primary] + diagnostic.secondary.prefix(shownNoteLimit)
        gutterWidth = String(largestLine(of: labels, changes)).utf8.count
        headline(diagnostic)
        var files: [String] = []
        for label in labels where !files.contains(label.file) { files.append(label.file) }
        for file in files { section(file, labels, diagnostic.severity) }
        let notes = diagnostic.notes.prefix(shownNoteLimit)
        let more = diagnostic.secondary.count + 1 - labels.count
        if !notes.isEmpty || !fixIts.isEmpty || more > 0 { emptyGutter() }
        if more > 0 { remark("note", "and \(grouped(more)) more \(more == 1 ? "place" : "places")") }
        for note in notes { remark("note", note) }
        for (fix, changes) in zip(fixIts, changes) { proposal(fix, changes, in: diagnostic.primary.file) }
    }

    private mutating func headline(_ diagnostic: Diagnostic) {
        let kind = diagnostic.severity.name + "[" + visible(diagnostic.id, limit: labelLimit) + "]"
        output += style.paint(kind, .severity(diagnostic.severity)) + style.paint(": ", .strong)
        output += style.paint(visible(diagnostic.message, limit: OutputText.valueLimit), .strong) + "\n"
    }

    /// The labels of one file: where, then the lines that they point into.
    private mutating func section(_ file: String, _ labels: [Label], _ severity: Severity) {
        guard !file.isEmpty, let first = labels.first(where: { $0.file == file }) else { return }
        let isPrimary = file == labels.first?.file
        var place = shown(path: file)
        let text = sources.text(file)
        // Of what is no text no line says anything.
        let isWhole = first.span == Span(at: 0) && text?.isBinary ?? false
        if let text, !isWhole {
            let position = text.position(of: text.clamp(first.span).start, unit: .scalar)
            place += ":\(position.line):\(position.column)"
        }
        output += String(repeating: " ", count: gutterWidth) + style.paint(isPrimary ? "--> " : "::: ", .gutter)
        output += place + "\n"
        guard let text, !isWhole else { return }
        var excerpt = Excerpt(text, options: options)
        for (position, label) in labels.enumerated() where label.file == file {
            excerpt.add(label, isPrimary: position == 0)
        }
        emptyGutter()
        for row in excerpt.rows() { write(row, severity) }
    }

    private mutating func write(_ row: Excerpt.Row, _ severity: Severity) {
        switch row {
        case .omitted:
            output += style.paint("...", .gutter) + "\n"
        case .source(let line, let margin, let text):
            gutter(String(line))
            output += separated([margin.isEmpty ? "" : style.paint(margin, .severity(severity)), text])
        case .underline(let margin, let indentation, let marks, let words, let isPrimary):
            let look = isPrimary ? Style.Look.severity(severity) : .gutter
            gutter("")
            let label = words.isEmpty ? "" : " " + visible(words, limit: labelLimit)
            let start = margin.isEmpty ? "" : style.paint(margin, .severity(severity))
            output += " " + start + String(repeating: " ", count: indentation) + style.paint(marks + label, look) + "\n"
        }
    }

    /// A path of the project as a person would write it.
    func shown(path: String) -> String { visible(options.pathPrefix + path, limit: OutputText.valueLimit) }

    /// A space, then the parts; no white space at the end of the line.
    private func separated(_ parts: [String]) -> String {
        var text = " " + parts.joined()
        while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
        return text + "\n"
    }

    /// The left edge with a line number or without one.
    mutating func gutter(_ number: String, _ bar: String = "|") {
        let space = String(repeating: " ", count: max(0, gutterWidth - number.utf8.count))
        output += style.paint(space + number + " " + bar, .gutter)
    }

    mutating func emptyGutter() {
        gutter("")
        output += "\n"
    }

    /// `= word: text`, continued under its own first letter.
    mutating func remark(_ word: String, _ text: String) {
        let space = String(repeating: " ", count: gutterWidth + 1)
        for (position, line) in visibleLines(text, limit: OutputText.valueLimit).enumerated() {
            if position == 0 {
                output += space + style.paint("=", .gutter) + " " + style.paint(word + ":", .strong) + " " + line + "\n"
            } else {
                let indent = line.isEmpty ? "" : space + String(repeating: " ", count: word.utf8.count + 4)
                output += indent + line + "\n"
            }
        }
    }

    private mutating func largestLine(of labels: [Label], _ changes: [[ProposedChange]]) -> Int {
        var largest = 1
        for label in labels {
            guard let text = sources.text(label.file) else { continue }
            largest = max(largest, text.lastLine(of: text.clamp(label.span)))
        }
        for change in changes.joined() {
            let shown = max(change.removed.count, change.added.count)
            largest = max(largest, change.firstLine + min(shown, shownLineLimit) - 1)
        }
        return largest
    }
}

/// The few looks that the human form has, as ANSI escape sequences or as nothing.
struct Style {
    enum Look {
        case severity(Severity)
        case strong
        case gutter
        case removed
        case added
    }

    let isColored: Bool

    func paint(_ text: String, _ look: Look) -> String {
        guard isColored, !text.isEmpty else { return text }
        let code =
            switch look {
            case .severity(.error): "1;31"
            case .severity(.warning): "1;33"
            case .severity(.note): "1;36"
            case .strong: "1"
            case .gutter: "1;34"
            case .removed: "31"
            case .added: "32"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

import ByteText
import SourceDiagnostics

/// A diagnostic in words, as every page writes it: how severe it is, what it says, its id.
struct DiagnosticWords {
    let diagnostic: Diagnostic

    func write(into page: inout ByteBuffer) {
        page.append(html: "<strong class=\"")
        page.appendEscaped(diagnostic.severity.name)
        page.append(html: "\">")
        page.append(html: diagnostic.severity.glyph)
        page.append(html: " ")
        page.appendEscaped(diagnostic.severity.name)
        page.append(html: "</strong> ")
        page.appendEscaped(diagnostic.message)
        page.append(html: " <code>")
        page.appendEscaped(diagnostic.id)
        page.append(html: "</code>")
    }
}

/// What was found in the files of one message, the severest first; what is found in several places is said once.
struct DiagnosticList {
    let message: PreviewMessage

    /// Places of one page; the rest are counted.
    static let maximumDiagnostics = 50

    func write(into page: inout ByteBuffer) {
        guard !message.diagnostics.isEmpty else { return }
        page.append(
            html:
                "<section aria-labelledby=\"diagnostics\"><h2 id=\"diagnostics\">Diagnostics</h2><ul class=\"finds\">\n"
        )
        let shown = message.diagnostics.sorted(by: Diagnostic.precedes).prefix(DiagnosticList.maximumDiagnostics)
        for places in alike(shown) { write(places, into: &page) }
        page.append(html: "</ul>")
        if message.diagnostics.count > shown.count {
            page.append(html: "<p>and ")
            page.append(number: message.diagnostics.count - shown.count)
            page.append(html: " more</p>")
        }
        page.append(html: "</section>\n")
    }

    /// Those that say the same together, in the order of the first of each.
    private func alike(_ diagnostics: some Sequence<Diagnostic>) -> [[Diagnostic]] {
        var groups: [[Diagnostic]] = []
        for diagnostic in diagnostics {
            let place = groups.firstIndex { group in
                group[0].severity == diagnostic.severity && group[0].id == diagnostic.id
                    && group[0].message == diagnostic.message && group[0].notes == diagnostic.notes
            }
            if let place { groups[place].append(diagnostic) } else { groups.append([diagnostic]) }
        }
        return groups
    }

    private func write(_ places: [Diagnostic], into page: inout ByteBuffer) {
        page.append(html: "<li>")
        DiagnosticWords(diagnostic: places[0]).write(into: &page)
        for note in places[0].notes {
            page.append(html: "<br>")
            page.appendEscaped(note)
        }
        page.append(html: "<br><span class=\"where\">")
        for (index, diagnostic) in places.enumerated() {
            if index > 0 { page.append(html: "<br>") }
            page.appendEscaped(diagnostic.primary.file)
            guard let source = message.sources.first(where: { $0.path == diagnostic.primary.file }) else { continue }
            let place = LineIndex(source.text).position(
                of: diagnostic.primary.span.start, in: source.text, unit: .scalar)
            page.append(html: ":")
            page.append(number: place.line)
            page.append(html: ":")
            page.append(number: place.column)
        }
        page.append(html: "</span></li>\n")
    }
}

extension Severity {
    /// Says the same as the color.
    var glyph: StaticString {
        switch self {
        case .error: "✕"
        case .warning: "!"
        case .note: "i"
        }
    }
}

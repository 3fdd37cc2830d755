import ByteText
import SourceDiagnostics

/// A diagnostic in words, as every page writes it: how severe it is, what it says, its id. What is found in several places of a
/// message is said once.
struct DiagnosticWords {
    /// Those that say the same, at least one.
    let places: [Diagnostic]

    /// Diagnostics of one message, those that say the same together, in the order of the first of each.
    static func alike(_ diagnostics: some Sequence<Diagnostic>) -> [DiagnosticWords] {
        var groups: [[Diagnostic]] = []
        var numbers: [[String]: Int] = [:]
        for diagnostic in diagnostics {
            let said = [diagnostic.severity.name, diagnostic.id, diagnostic.message]
            if let number = numbers[said] {
                groups[number].append(diagnostic)
            } else {
                numbers[said] = groups.count
                groups.append([diagnostic])
            }
        }
        return groups.map { DiagnosticWords(places: $0) }
    }

    var severity: Severity { places[0].severity }

    func write(into page: inout ByteBuffer) {
        page.append(html: "<strong class=\"")
        page.appendEscaped(severity.name)
        page.append(html: "\">")
        page.append(html: severity.glyph)
        page.append(html: " ")
        page.appendEscaped(severity.name)
        page.append(html: "</strong> ")
        page.appendProse(places[0].message)
        page.append(html: " <code>")
        page.appendEscaped(places[0].id)
        page.append(html: "</code>")
    }
}

extension ByteBuffer {
    /// Appends a sentence of the tool's, what stands between its backticks as code.
    fileprivate mutating func appendProse(_ text: String) {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else {
            appendEscaped(text)
            return
        }
        for (index, part) in parts.enumerated() {
            if index % 2 == 1 { append(html: "<code>") }
            appendEscaped(String(part))
            if index % 2 == 1 { append(html: "</code>") }
        }
    }
}

/// What was found in the files of one message, the severest first.
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
        for words in DiagnosticWords.alike(shown) { write(words, into: &page) }
        page.append(html: "</ul>")
        if message.diagnostics.count > shown.count {
            page.append(html: "<p>and ")
            page.append(number: message.diagnostics.count - shown.count)
            page.append(html: " more</p>")
        }
        page.append(html: "</section>\n")
    }

    /// Notes that all places have stand above them, others behind each.
    private func write(_ words: DiagnosticWords, into page: inout ByteBuffer) {
        page.append(html: "<li>")
        words.write(into: &page)
        let shared = words.places.dropFirst().allSatisfy { $0.notes == words.places[0].notes }
        if shared { notes(of: words.places[0], into: &page) }
        for diagnostic in words.places {
            page.append(html: "<p class=\"where\">")
            page.appendEscaped(diagnostic.primary.file)
            if let source = message.sources.first(where: { $0.path == diagnostic.primary.file }) {
                let place = LineIndex(source.text).position(
                    of: diagnostic.primary.span.start, in: source.text, unit: .scalar)
                page.append(html: ":")
                page.append(number: place.line)
                page.append(html: ":")
                page.append(number: place.column)
            }
            page.append(html: "</p>")
            if !shared { notes(of: diagnostic, into: &page) }
        }
        page.append(html: "</li>\n")
    }

    private func notes(of diagnostic: Diagnostic, into page: inout ByteBuffer) {
        for note in diagnostic.notes {
            page.append(html: "<p>")
            page.appendProse(note)
            page.append(html: "</p>")
        }
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

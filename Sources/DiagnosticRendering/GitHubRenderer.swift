import SourceDiagnostics

/// Writes each diagnostic as a workflow command: `::error file=…,line=…,col=…,title=…::message`.
///
/// The message holds the notes and fix titles too, since the command is all that a reader sees. GitHub
/// takes columns only when both ends are on one line; they count UTF-16 code units.
func renderGitHub(_ diagnostics: [Diagnostic], sources: inout SourceTexts, options: RenderingOptions) -> OutputText {
    var output = ""
    func write(_ severity: Severity, _ properties: [(String, String)], _ message: String) {
        output += "::" + command(for: severity) + " "
        output += properties.map { $0 + "=" + escapedProperty($1) }.joined(separator: ",")
        output += "::" + escapedData(message) + "\n"
    }
    var drawn = DrawnDiagnostics(diagnostics)
    for (place, diagnostic) in diagnostics.enumerated() {
        if drawn.draws(diagnostic) {
            write(diagnostic.severity, properties(of: diagnostic, &sources, options), message(of: diagnostic))
        }
        for rest in drawn.rests(after: place, diagnostic) {
            let file = rest.file.isEmpty ? [] : [("file", options.pathPrefix + rest.file)]
            write(rest.severity, file + [("title", rest.id)], rest.words(options))
        }
    }
    if let closing = drawn.closing(options) { write(closing.severity, [], closing.words) }
    return OutputText(raw: Array(output.utf8), as: .commands)
}

/// An error that is about no file, as a workflow command.
package func workflowError(_ message: String) -> OutputText {
    OutputText(
        raw: Array("::error title=placard::\(escapedData(visible(message, limit: OutputText.valueLimit)))\n".utf8),
        as: .commands)
}

private func command(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
}

private func properties(
    of diagnostic: Diagnostic, _ sources: inout SourceTexts, _ options: RenderingOptions
) -> [(String, String)] {
    var result: [(String, String)] = []
    let label = diagnostic.primary
    if !label.file.isEmpty { result.append(("file", options.pathPrefix + label.file)) }
    if let text = sources.text(label.file) {
        let span = text.clamp(label.span)
        let start = text.position(of: span.start, unit: .utf16)
        let end = text.position(of: span.end, unit: .utf16)
        result.append(("line", String(start.line)))
        result.append(("endLine", String(max(start.line, text.lastLine(of: span)))))
        if start.line == end.line {
            result.append(("col", String(start.column)))
            result.append(("endColumn", String(end.column)))
        }
    }
    result.append(("title", diagnostic.id))
    return result
}

private func message(of diagnostic: Diagnostic) -> String {
    func shown(_ text: String) -> String { visible(text, limit: OutputText.valueLimit) }
    var lines = [shown(diagnostic.message)]
    if !diagnostic.primary.text.isEmpty { lines.append("here: " + shown(diagnostic.primary.text)) }
    for note in diagnostic.notes.prefix(shownNoteLimit) {
        lines.append(contentsOf: visibleLines("note: " + note, limit: OutputText.valueLimit))
    }
    for fix in diagnostic.fixIts.prefix(shownNoteLimit) { lines.append("fix: " + shown(fix.title)) }
    return lines.joined(separator: "\n")
}

/// As the toolkit's `escapeData`.
private func escapedData(_ text: String) -> String { escaped(text, "%\r\n") }

/// As the toolkit's `escapeProperty`, and by name what acts or hides. A file's name keeps its line feeds, as `%0A`, or
/// GitHub would not find the file.
private func escapedProperty(_ text: String) -> String {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.split(separator: "\r", omittingEmptySubsequences: false).map { visible(String($0), isolated: false) }
            .joined(separator: "\r")
    }
    return escaped(lines.joined(separator: "\n"), "%\r\n:,")
}

/// `text` with these characters of ASCII as `%` and two digits, as the runner decodes them and no others.
private func escaped(_ text: String, _ characters: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        guard characters.unicodeScalars.contains(scalar) else {
            result.unicodeScalars.append(scalar)
            continue
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
    }
    return result
}

import SourceDiagnostics

/// Writes each finding as a workflow command: `::error file=…,line=…,col=…,title=…::message`.
///
/// The message holds the notes and fix titles too, since the command is all that a reader sees. GitHub
/// takes columns only when both ends are on one line; they count UTF-16 code units.
func renderGitHub(_ diagnostics: [Diagnostic], sources: inout SourceTexts, options: RenderingOptions) -> [UInt8] {
    var output = ""
    for diagnostic in diagnostics {
        output += "::" + command(for: diagnostic.severity) + " "
        let properties = properties(of: diagnostic, &sources, options)
        output += properties.map { $0 + "=" + escapedProperty($1) }.joined(separator: ",")
        output += "::" + escapedData(message(of: diagnostic)) + "\n"
    }
    return Array(output.utf8)
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
    var lines = [visible(diagnostic.message)]
    if !diagnostic.primary.text.isEmpty { lines.append("here: " + visible(diagnostic.primary.text)) }
    for note in diagnostic.notes { lines.append(contentsOf: visibleLines("note: " + note)) }
    for fix in diagnostic.fixIts { lines.append("fix: " + visible(fix.title)) }
    return lines.joined(separator: "\n")
}

/// As the toolkit's `escapeData`.
private func escapedData(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "%": result += "%25"
        case "\r": result += "%0D"
        case "\n": result += "%0A"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// As the toolkit's `escapeProperty`.
private func escapedProperty(_ text: String) -> String {
    var result = ""
    for scalar in escapedData(text).unicodeScalars {
        switch scalar {
        case ":": result += "%3A"
        case ",": result += "%2C"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

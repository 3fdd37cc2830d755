import CanonicalJSON
import SourceDiagnostics

// One document, canonical (RFC 8785) but for what a terminal would obey, which is escaped, and ended by a line feed:
//
//     {"schema": "placard/diagnostics/1",
//      "summary": {"errors": 1, "warnings": 0, "notes": 0},
//      "diagnostics": [{
//        "id": "front-matter/unknown-key", "severity": "error", "message": "…",
//        "location": {"file": "content/a.md", "span": {"start": POSITION, "end": POSITION}, "text": "…"},
//        "related": [location…], "notes": ["…"],
//        "fixes": [{"title": "…", "applicability": "safe", "edits": [{"file", "span", "replacement"}]}]}]}
//
// POSITION is {"offset": bytes from 0, "line": from 1, "column": {"utf8", "utf16", "scalar"} from 1};
// a file whose bytes are not at hand has the offset alone.

func renderJSON(_ diagnostics: [Diagnostic], sources: inout SourceTexts, options: RenderingOptions) -> OutputText {
    func count(_ severity: Severity) -> JSONValue { .integer(diagnostics.count { $0.severity == severity }) }
    var elements: [JSONValue] = []
    for diagnostic in diagnostics { elements.append(json(diagnostic, &sources, options)) }
    let document: JSONValue = [
        "schema": "placard/diagnostics/1",
        "summary": ["errors": count(.error), "warnings": count(.warning), "notes": count(.note)],
        "diagnostics": .array(elements),
    ]
    return OutputText(raw: document.canonicalBytes + [0x0A], as: .json)
}

/// Diagnostics as the elements of `diagnostics` in the JSON document, for documents that hold them beside something else.
///
/// - Parameter files: the bytes of each file by the path that labels use.
package func diagnosticsJSON(
    _ diagnostics: [Diagnostic], files: [String: [UInt8]], options: RenderingOptions = RenderingOptions()
) -> [JSONValue] {
    var sources = SourceTexts(files)
    var elements: [JSONValue] = []
    for diagnostic in diagnostics { elements.append(json(diagnostic, &sources, options)) }
    return elements
}

private func json(_ diagnostic: Diagnostic, _ sources: inout SourceTexts, _ options: RenderingOptions) -> JSONValue {
    var related: [JSONValue] = []
    for label in diagnostic.secondary { related.append(json(label, &sources, options)) }
    var fixes: [JSONValue] = []
    for fix in diagnostic.fixIts { fixes.append(json(fix, &sources, options)) }
    return [
        "id": .string(diagnostic.id),
        "severity": .string(diagnostic.severity.name),
        "message": .string(diagnostic.message),
        "location": json(diagnostic.primary, &sources, options),
        "related": .array(related),
        "notes": .array(diagnostic.notes.map { .string($0) }),
        "fixes": .array(fixes),
    ]
}

private func json(_ label: Label, _ sources: inout SourceTexts, _ options: RenderingOptions) -> JSONValue {
    [
        "file": .string(label.file.isEmpty ? "" : options.pathPrefix + label.file),
        "span": json(label.span, of: label.file, &sources),
        "text": .string(label.text),
    ]
}

private func json(_ fix: FixIt, _ sources: inout SourceTexts, _ options: RenderingOptions) -> JSONValue {
    var edits: [JSONValue] = []
    for edit in fix.edits {
        edits.append([
            "file": .string(options.pathPrefix + edit.file),
            "span": json(edit.span, of: edit.file, &sources),
            "replacement": .string(edit.replacement),
        ])
    }
    let applicability =
        switch fix.applicability {
        case .safe: "safe"
        case .unsafe: "unsafe"
        case .displayOnly: "display-only"
        }
    return ["title": .string(fix.title), "applicability": .string(applicability), "edits": .array(edits)]
}

private func json(_ span: Span, of file: String, _ sources: inout SourceTexts) -> JSONValue {
    let text = sources.text(file)
    return ["start": json(position: span.start, text), "end": json(position: span.end, text)]
}

private func json(position offset: Int, _ text: SourceText?) -> JSONValue {
    guard let text else { return ["offset": .integer(offset)] }
    func column(_ unit: LineIndex.ColumnUnit) -> JSONValue {
        .integer(text.position(of: offset, unit: unit).column)
    }
    return [
        "offset": .integer(offset),
        "line": .integer(text.index.line(at: offset)),
        "column": ["utf8": column(.utf8), "utf16": column(.utf16), "scalar": column(.scalar)],
    ]
}

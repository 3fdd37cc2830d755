import ByteText
import CanonicalJSON
import SourceDiagnostics

/// Writes one SARIF 2.1.0 log with one run (OASIS Standard, sections 3.13 and 3.14), ended by a line feed.
///
/// Paths are relative to the repository's root (`%SRCROOT%`), columns count UTF-16 code units, and
/// each id that occurs is a rule with its page as help.
func renderSARIF(_ diagnostics: [Diagnostic], sources: inout SourceTexts, options: RenderingOptions) -> OutputText {
    var log = SARIFLog(options: options)
    var results: [JSONValue] = []
    for diagnostic in diagnostics { results.append(log.result(diagnostic, &sources)) }
    let run: JSONValue = [
        "tool": ["driver": log.driver()],
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": [
            "%SRCROOT%": ["description": ["text": "The root folder of the repository."]]
        ],
        "artifacts": .array(log.artifacts),
        "results": .array(results),
    ]
    let document: JSONValue = [
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    ]
    return OutputText(raw: document.canonicalBytes + [0x0A], as: .json)
}

/// What the results of a run refer to by index, gathered while they are written.
private struct SARIFLog {
    let options: RenderingOptions
    private var rules: [(id: String, severity: Severity)] = []
    private(set) var artifacts: [JSONValue] = []
    private var artifactIndex: [String: Int] = [:]

    init(options: RenderingOptions) {
        self.options = options
    }

    mutating func result(_ diagnostic: Diagnostic, _ sources: inout SourceTexts) -> JSONValue {
        var result: JSONObject = [
            "ruleId": .string(diagnostic.id),
            "ruleIndex": .integer(ruleIndex(of: diagnostic)),
            "level": .string(diagnostic.severity.name),
            "message": message(([diagnostic.message] + diagnostic.notes).joined(separator: "\n")),
        ]
        if !diagnostic.primary.file.isEmpty {
            result["locations"] = [location(diagnostic.primary, &sources)]
        }
        var related: [JSONValue] = []
        for label in diagnostic.secondary where !label.file.isEmpty {
            related.append(location(label, id: related.count + 1, &sources))
        }
        if !related.isEmpty { result["relatedLocations"] = .array(related) }
        var fixes: [JSONValue] = []
        for fix in diagnostic.fixIts where fix.applicability != .displayOnly {
            if let value = self.fix(fix, &sources) { fixes.append(value) }
        }
        if !fixes.isEmpty { result["fixes"] = .array(fixes) }
        return .object(result)
    }

    /// The tool and its rules (sections 3.19 and 3.49).
    func driver() -> JSONValue {
        var driver: JSONObject = [
            "name": "Placard",
            "version": .string(options.toolVersion),
            "semanticVersion": .string(options.toolVersion),
            "rules": .array(rules.map { rule($0.id, $0.severity) }),
        ]
        if let uri = options.informationURI { driver["informationUri"] = .string(uri) }
        return .object(driver)
    }

    private func rule(_ id: String, _ severity: Severity) -> JSONValue {
        let area = id.utf8.split(separator: 0x2F).first.map { String(decoding: $0, as: UTF8.self) } ?? id
        var rule: JSONObject = [
            "id": .string(id),
            "name": .string(pascalCase(id)),
            "shortDescription": ["text": .string(summary(of: id) ?? words(of: id))],
            "defaultConfiguration": ["level": .string(severity.name)],
            "properties": ["tags": [.string(area)]],
        ]
        if let page = options.pages[id] { rule["help"] = ["text": .string(page), "markdown": .string(page)] }
        if let base = options.documentationURI { rule["helpUri"] = .string(base + relativeReference(id) + ".md") }
        return .object(rule)
    }

    /// The sentence under the title of the page.
    private func summary(of id: String) -> String? {
        let lines = options.pages[id]?.split(separator: "\n").map { String($0) } ?? []
        return lines.first { !$0.utf8.starts(with: [0x23]) }
    }

    private mutating func ruleIndex(of diagnostic: Diagnostic) -> Int {
        if let index = rules.firstIndex(where: { $0.id == diagnostic.id }) { return index }
        rules.append((diagnostic.id, diagnostic.severity))
        return rules.count - 1
    }

    private mutating func location(_ label: Label, id: Int? = nil, _ sources: inout SourceTexts) -> JSONValue {
        var physical: JSONObject = ["artifactLocation": artifactLocation(label.file, &sources)]
        if let text = sources.text(label.file) { physical["region"] = region(label.span, text) }
        var location: JSONObject = ["physicalLocation": .object(physical)]
        if let id { location["id"] = .integer(id) }
        if !label.text.isEmpty { location["message"] = message(label.text) }
        return .object(location)
    }

    private mutating func fix(_ fix: FixIt, _ sources: inout SourceTexts) -> JSONValue? {
        var files: [String] = []
        for edit in fix.edits where !files.contains(edit.file) { files.append(edit.file) }
        var changes: [JSONValue] = []
        for file in files {
            guard let text = sources.text(file) else { return nil }
            let edits = fix.edits.filter { $0.file == file }.sorted { $0.span < $1.span }
            changes.append([
                "artifactLocation": artifactLocation(file, &sources),
                "replacements": .array(
                    edits.map { edit in
                        [
                            "deletedRegion": region(edit.span, text),
                            "insertedContent": ["text": .string(edit.replacement)],
                        ]
                    }),
            ])
        }
        guard !changes.isEmpty else { return nil }
        return ["description": message(fix.title), "artifactChanges": .array(changes)]
    }

    private mutating func artifactLocation(_ file: String, _ sources: inout SourceTexts) -> JSONValue {
        let uri = JSONValue.string(relativeReference(options.pathPrefix + file))
        if let index = artifactIndex[file] {
            return ["uri": uri, "uriBaseId": "%SRCROOT%", "index": .integer(index)]
        }
        let index = artifacts.count
        artifactIndex[file] = index
        var artifact: JSONObject = [
            "location": ["uri": uri, "uriBaseId": "%SRCROOT%", "index": .integer(index)],
            "roles": ["analysisTarget"],
        ]
        if let text = sources.text(file) {
            artifact["length"] = .integer(text.bytes.count)
            artifact["encoding"] = "UTF-8"
        }
        artifacts.append(.object(artifact))
        return ["uri": uri, "uriBaseId": "%SRCROOT%", "index": .integer(index)]
    }

    /// A region by lines and columns (section 3.30); the end column is the one behind the last character.
    private func region(_ span: Span, _ text: SourceText) -> JSONValue {
        let span = text.clamp(span)
        let start = text.position(of: span.start, unit: .utf16)
        let end = text.position(of: span.end, unit: .utf16)
        return [
            "startLine": .integer(start.line), "startColumn": .integer(start.column),
            "endLine": .integer(end.line), "endColumn": .integer(end.column),
        ]
    }

    /// A plain text message: braces are doubled, or they would be placeholders (section 3.11.5), and
    /// nothing in it may look like an embedded link (section 3.11.6).
    private func message(_ text: String) -> JSONValue {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "{" || scalar == "}" { result.append(scalar) }
            if scalar == "(", previous == "]" {
                result.removeLast()
                result.append(contentsOf: "\\]".unicodeScalars)
            }
            result.append(scalar)
            previous = scalar
        }
        return ["text": .string(String(result))]
    }
}

/// `cel/undeclared-reference` as `CelUndeclaredReference`.
private func pascalCase(_ id: String) -> String {
    var result = ""
    var isStart = true
    for scalar in id.unicodeScalars {
        if scalar == "/" || scalar == "-" {
            isStart = true
        } else {
            result += isStart ? scalar.properties.uppercaseMapping : String(scalar)
            isStart = false
        }
    }
    return result
}

/// `cel/undeclared-reference` as `undeclared reference`.
private func words(of id: String) -> String {
    let name = id.utf8.split(separator: 0x2F).last ?? id.utf8[...]
    return String(decoding: name.map { $0 == 0x2D ? 0x20 : $0 }, as: UTF8.self)
}

/// A path as a relative reference (RFC 3986): all but unreserved characters, `/` and a few harmless
/// delimiters are percent-encoded; so is `:`, which would read as a scheme.
private func relativeReference(_ path: String) -> String {
    percentEncoded(path) { byte in
        byte.isUnreserved || [0x2F, 0x21, 0x24, 0x28, 0x29, 0x2B, 0x2C, 0x3D, 0x40].contains(byte)
    }
}

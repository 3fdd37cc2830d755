import DocumentSchema
import LocatedYAML
import SourceDiagnostics
import Testing

let banner = TemplateShape(
    name: "banner", summary: "A strip",
    fields: [
        FieldShape("title", .text(maximum: 60), required: true, summary: "One line"),
        FieldShape("image", .image), FieldShape("tone", .enumeration(["info", "success"]), defaultText: "info"),
        FieldShape("seconds", .int(1...30)), FieldShape("accent", .string(.color)), FieldShape("loud", .bool),
        FieldShape("more", .string(.url)), FieldShape("replies", .list(count: 2...8, itemMaximum: 60)),
    ], actions: 0...2)

/// Checks `yaml` against `schema`: its diagnostics, each as `id `bytes under the caret`: message`.
func check(
    _ yaml: String, _ schema: DocumentSchema, gives expected: [String],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let bytes = Array(yaml.utf8)
    let node = try #require(parseYAML(bytes).node, sourceLocation: sourceLocation)
    let diagnostics = validate(node, against: schema.root).map { diagnostic in
        let span = diagnostic.primary.span
        return
            "\(diagnostic.id) `\(String(decoding: bytes[span.start..<span.end], as: UTF8.self))`: \(diagnostic.message)"
    }
    #expect(diagnostics == expected, sourceLocation: sourceLocation)
}

/// A whole message of the template `banner` that has `lines` besides what it needs.
func message(_ lines: String) -> String {
    "template: banner\ntitle: Hello\ntrigger: {event: session_start}\n" + lines
}

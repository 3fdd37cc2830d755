import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// The repository, for tests that read its templates and pages.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    .standardizedFileURL

/// What a test's project has unless the test writes the file itself.
let baseProject = """
    source: en
    locales: {fr: optional, ar: optional}
    context:
      user:
        country: {type: string, values: [US, CA, FR, GB]}
        segments: {type: list(string), default: []}
        orders_count: {type: int, default: 0}
        first_name: {type: string, optional: true, examples: [Zoë, Maximiliana]}
      app:
        version: {type: version}
        platform: {type: string, values: [ios, android, web]}
    events:
      session_start: {}
      order_status_changed:
        order_id: string
        status: {type: string, values: [placed, preparing, ready]}
    groups:
      promotions: {frequency: [1 per 1d]}
    links: {schemes: [https, mailto, starling], hosts: ["*.example.com"]}

    """

/// A template with room for everything; tests that need less or more write their own.
let noteTemplate = """
    description: For tests
    surface: card
    dismiss: [button, swipe]
    fields:
      title: {type: text, required: true, max: 60}
      body: {type: markdown, max: 400}
      image: {type: image}
      tone: {type: enum, values: [info, success, warning], default: info}
      seconds: {type: int, min: 1, max: 30}
      loud: {type: bool}
      accent: {type: color}
      more: {type: url}
      replies: {type: list, items: {type: text, max: 20}, min: 2, max: 4}
    actions: {min: 0, max: 2}

    """

/// A project of the given files, with ``baseProject`` and ``noteTemplate`` for what is missing.
func project(_ files: [String: String]) -> ProjectFiles {
    var all = ["placard.yaml": baseProject, "templates/note/template.yaml": noteTemplate]
    all.merge(files) { $1 }
    return ProjectFiles(all.map { ProjectFiles.File(path: $0.key, bytes: Array($0.value.utf8)) })
}

/// Compiles a project and expects exactly these diagnostics, each as `id path:line:column`, and that no fix-it of theirs does
/// harm.
func check(
    _ files: [String: String], _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
    let source = project(files)
    let compilation = compile(source)
    #expect(diagnostics(compilation) == expected, sourceLocation: sourceLocation)
    for trial in FixItTrial.all(in: source, compilation) {
        #expect(
            trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}

/// A message of the `note` template whose front matter has these lines too.
func message(_ lines: String = "", body: String = "Hello.\n") -> String {
    "---\ntemplate: note\ntitle: Hello\ntrigger: {event: session_start}\n\(lines.isEmpty ? "" : lines + "\n")---\n\(body)"
}

/// The files with the edits of one fix-it.
func applying(_ fixIt: FixIt, to source: ProjectFiles) -> ProjectFiles {
    var files: [String: [UInt8]] = [:]
    for file in source.files { files[file.path] = file.bytes }
    // From the end of each file, so that no edit moves another.
    for edit in fixIt.edits.sorted(by: { $1.span < $0.span }) {
        files[edit.file]?.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
    }
    return ProjectFiles(files.map { ProjectFiles.File(path: $0.key, bytes: $0.value) })
}

/// A translation, or a variant, with these lines of front matter.
func overlay(_ lines: String = "title: Bonjour", body: String = "Bonjour.\n") -> String {
    "---\n\(lines.isEmpty ? "" : lines + "\n")---\n\(body)"
}

/// A template of the given fields, one to a line.
func template(_ fields: String, _ more: String = "", dismiss: String = "[button]") -> String {
    "description: For tests\nsurface: banner\ndismiss: \(dismiss)\n\(more)fields:\n"
        + fields.split(separator: "\n").map { "  \($0)\n" }.joined()
}

/// A whole PNG of 3 × 2 black pixels.
let tinyPNG: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
    0x00, 0x03, 0x00, 0x00, 0x00, 0x02, 0x08, 0x00, 0x00, 0x00, 0x00, 0xB8, 0x1F, 0x39, 0xC6, 0x00, 0x00, 0x00,
    0x0B, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x60, 0x80, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01, 0x24, 0xFC,
    0x04, 0x72, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
]

/// A whole GIF of one pixel, all of whose bytes are ASCII.
let tinyGIF = "GIF89a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;"

/// A project with files that are not text.
func project(_ files: [String: String], binary: [String: [UInt8]]) -> ProjectFiles {
    ProjectFiles(
        project(files).files + binary.map { ProjectFiles.File(path: $0.key, bytes: $0.value) })
}

/// The diagnostic of a compiled project, each as `id path:line:column`.
func diagnostics(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.map { diagnostic in
        let bytes = compilation.files[diagnostic.primary.file] ?? []
        let place = LineIndex(bytes).position(of: diagnostic.primary.span.start, in: bytes, unit: .scalar)
        return "\(diagnostic.id) \(diagnostic.primary.file):\(place.line):\(place.column)"
    }
}

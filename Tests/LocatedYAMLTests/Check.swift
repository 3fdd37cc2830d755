import LocatedYAML
import SourceDiagnostics
import Testing

/// Reads `yaml` and compares its diagnostics, each as `severity id “bytes under the caret”`.
func check(
    _ yaml: String, gives expected: [String], options: YAMLOptions = .strict,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let bytes = Array(yaml.utf8)
    let (_, diagnostics) = parseYAML(bytes, options: options)
    #expect(diagnostics.map { summary($0, bytes) } == expected, sourceLocation: sourceLocation)
    for diagnostic in diagnostics {
        #expect(diagnostic.primary.span.end <= bytes.count, sourceLocation: sourceLocation)
        #expect(!diagnostic.message.hasSuffix("."), sourceLocation: sourceLocation)
        for fix in diagnostic.fixIts where fix.applicability != .displayOnly {
            let corrected = apply(fix, to: bytes)
            let (_, after) = parseYAML(corrected, options: options)
            // Of several mistakes the next is found once the first is gone.
            let isFewer =
                after.filter { $0.id == diagnostic.id }.count < diagnostics.filter { $0.id == diagnostic.id }.count
            let isGone = !after.contains { $0.id == diagnostic.id && $0.primary.span == diagnostic.primary.span }
            #expect(
                isFewer || fix.applicability == .unsafe && diagnostic.severity == .error && isGone,
                "“\(fix.title)” does not fix \(diagnostic.id): \(String(decoding: corrected, as: UTF8.self))",
                sourceLocation: sourceLocation)
        }
    }
}

/// The one diagnostic's message.
func message(_ yaml: String, options: YAMLOptions = .strict) -> String {
    let (_, diagnostics) = parseYAML(Array(yaml.utf8), options: options)
    return diagnostics.count == 1 ? diagnostics[0].message : "\(diagnostics.count) diagnostics"
}

/// The text after the first fix of the first diagnostic.
func fixed(_ yaml: String) -> String? {
    let bytes = Array(yaml.utf8)
    guard let fix = parseYAML(bytes).diagnostics.first?.fixIts.first else { return nil }
    return String(decoding: apply(fix, to: bytes), as: UTF8.self)
}

func summary(_ diagnostic: Diagnostic, _ bytes: [UInt8]) -> String {
    let span = diagnostic.primary.span
    let text = String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
    return "\(diagnostic.severity.name) \(diagnostic.id) “\(text)”"
}

func apply(_ fix: FixIt, to bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for edit in fix.edits.sorted(by: { $0.span > $1.span }) {
        result.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
    }
    return result
}

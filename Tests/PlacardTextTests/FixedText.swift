import PlacardText
import SourceDiagnostics
import Testing

/// What a text becomes when fixes are applied, and what its readers then see.
struct FixedText {
    let source: String
    let diagnostics: [Diagnostic]
    let text: CompiledText?

    init(_ source: String, _ kind: TextKind = .document(conversation: false), _ environment: TextEnvironment) {
        self.source = source
        var environment = environment
        if kind == .plain || kind == .url { environment.formats = .text }
        (text, diagnostics) = compileText(Array(source.utf8), kind: kind, environment: environment)
    }

    /// The text with the first fix of the first diagnostic that has one; nil when none has.
    func fixed(_ kind: TextKind, _ environment: TextEnvironment) -> FixedText? {
        guard
            let fix = diagnostics.lazy.compactMap({ $0.fixIts.first }).first(where: { $0.applicability != .displayOnly }
            )
        else { return nil }
        var bytes = Array(source.utf8)
        for edit in fix.edits.sorted(by: { $1.span < $0.span }) where edit.file.isEmpty {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        return FixedText(String(decoding: bytes, as: UTF8.self), kind, environment)
    }

    /// Applies fixes, one after another, until none is left.
    func allFixed(_ kind: TextKind, _ environment: TextEnvironment) -> FixedText {
        var result = self
        for _ in 0..<16 {
            guard let next = result.fixed(kind, environment) else { break }
            result = next
        }
        return result
    }

    /// Plain text as the bundle has it.
    var shown: String { String(decoding: text?.text ?? [], as: UTF8.self) }
    var html: String { String(decoding: text?.html ?? [], as: UTF8.self) }
}

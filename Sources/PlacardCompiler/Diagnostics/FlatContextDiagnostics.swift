import SourceDiagnostics

// Attributes of a scenario that stand without their group.

extension Diagnostic {
    static func flatContext(_ span: Span, _ example: String, in file: String, _ fixIts: [FixIt])
        -> Diagnostic
    {
        Diagnostic(
            "scenario/unknown-attribute", "an attribute stands outside of its group", at: Label(file: file, span),
            notes: ["each group is a mapping: `context: {\(example)}`"], fixIts: titled(fixIts))
    }

    static func besideContext(
        _ name: String, at span: Span, _ example: String, in file: String, _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/misplaced-key", "`\(name)` belongs under `context`", at: Label(file: file, span),
            notes: ["for example `context: {\(example)}`"], fixIts: titled(fixIts))
    }

    private static func titled(_ fixIts: [FixIt]) -> [FixIt] {
        fixIts.map { FixIt("put them into their groups", edits: $0.edits, $0.applicability) }
    }
}

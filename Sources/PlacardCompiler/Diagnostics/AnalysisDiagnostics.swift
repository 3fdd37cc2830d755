import SourceDiagnostics

// The diagnostics of `analysis/`. Messages are named by their ids.

extension Diagnostic {
    /// - Parameters:
    ///   - why: why the winner comes first.
    ///   - example: a user who could see both, in words.
    static func shadowed(
        _ loser: String, by winner: String, why: String, example: String, at label: Label, winner place: Label
    ) -> Diagnostic {
        Diagnostic(
            "analysis/shadowed", .warning, "`\(loser)` always loses to `\(winner)`", at: label, secondary: [place],
            notes: [
                "whoever could see it sees `\(winner)`: \(why), and nothing limits how often it shows",
                "for example \(example)", "raise the priority here, or narrow or limit `\(winner)`",
            ])
    }

    /// - Parameter count: how many messages of the event have the priority.
    static func competing(
        _ first: String, _ second: String, event: String, priority: Int64, count: Int, example: String,
        at label: Label, first place: Label
    ) -> Diagnostic {
        var notes = [
            "both have the priority \(priority), so the earlier start and then the id decide; `\(first)` comes first",
            "for example \(example)",
        ]
        if count > 2 {
            notes.append("\(count) messages of `\(event)` have this priority; only the first pair is shown")
        }
        notes.append("give one of them another priority to say which matters more")
        return Diagnostic(
            "analysis/competing", .note, "`\(second)` and `\(first)` compete for the same users", at: label,
            secondary: [place], notes: notes)
    }

    static func neverShown(
        _ message: String, _ reason: String, at label: Label, secondary: [Label], notes: [String]
    ) -> Diagnostic {
        Diagnostic(
            "analysis/never-shown", .warning, "`\(message)` can never be shown: \(reason)", at: label,
            secondary: secondary, notes: notes)
    }
}

import PlacardText
import SourceDiagnostics

// The diagnostics of `chat/`. Steps are named by their ids.

extension Diagnostic {
    static func noSteps(at label: Label) -> Diagnostic {
        Diagnostic(
            "chat/no-steps", "a conversation needs at least one heading", at: label,
            notes: ["each heading begins a step: `## Welcome`; a link such as `[Sure](#next)` is a choice"])
    }

    static func duplicateStep(_ step: ConversationStep, first: ConversationStep) -> Diagnostic {
        Diagnostic(
            "chat/duplicate-step", "two steps have the id `\(step.id)`", at: Label(step.span),
            secondary: [Label(first.span, "the first one")],
            notes: ["a step's id is made from its heading; word one of them differently"])
    }

    static func unknownStep(_ step: String, among names: [String], at span: Span) -> Diagnostic {
        Diagnostic(
            "chat/unknown-step", "there is no step `\(step)`", at: Label(span),
            notes: nearMiss(step, among: names).map { ["did you mean `#\($0)`?"] } ?? [
                "the steps are " + listed(names.lazy.map { "`#\($0)`" })
            ])
    }

    static func unreachableStep(_ step: ConversationStep) -> Diagnostic {
        Diagnostic(
            "chat/unreachable-step", "no choice leads to the step `\(step.id)`", at: Label(step.span),
            notes: [
                "the conversation begins at the first heading; link to it with `[words](#\(step.id))`, or remove it"
            ])
    }

    static func endless(from step: ConversationStep, with others: [ConversationStep]) -> Diagnostic {
        Diagnostic(
            "chat/endless", "from the step `\(step.id)` on the conversation never ends", at: Label(step.span),
            secondary: others.map { Label($0.span, "part of the circle") },
            notes: ["a conversation ends at a step without choices; give one of these steps a way to one"])
    }
}

import MessageFormat
import PlacardText
import SourceDiagnostics

/// One finding for each text of a notification that chooses among variants: without values a phone shows the last one,
/// with fallbacks in it, whatever the value would have chosen. Words for that case say what is always true.
func choices(_ push: PushContent<MessageText>) -> [Diagnostic] {
    push.parts.compactMap { part in
        guard part.fallback == nil, case .message(let message)? = part.text.compiled.model,
            case .select(let matcher) = message.body,
            matcher.variants.count > 1, let selector = matcher.selectors.first
        else { return nil }
        return Diagnostic(
            "push/chosen-variant", .warning,
            "push.\(part.name) chooses by `$\(selector.name)`, and where the value is not known it always shows its last variant",
            at: part.text.written.label,
            notes: [
                "A phone shows a notification by itself until the app has worded it. "
                    + "Write what holds for every value, `push: {fallback: {\(part.name): …}}`."
            ])
    }
}

/// A text that has a fallback for each of its values, and a function that cannot take one of them.
func unworded(_ part: PushContent<MessageText>.Part, _ fallbacks: [(name: String, text: String)]) -> Diagnostic {
    let name = part.fallback == nil ? part.name : "fallback." + part.name
    let given = fallbacks.map { "“\($0.text)” for `$\($0.name)`" }.joined(separator: ", ")
    let cause = given.isEmpty ? "" : ", with its fallbacks \(given)"
    return Diagnostic(
        "text/missing-fallback", "push.\(name) cannot be shown where no value is known\(cause)",
        at: (part.fallback ?? part.text).written.label,
        notes: [
            "The system shows a notification by itself, before any value is known, and a function cannot format what "
                + "is there. Write what it then says, `push: {fallback: {\(part.name): …}}`."
        ])
}

import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// One finding for each text of a notification that chooses among variants: without values a phone shows the last one,
/// with fallbacks in it, whatever the value would have chosen. Words for that case say what is always true.
func choices(_ push: MessageTexts.Push) -> [Diagnostic] {
    push.parts.compactMap { part in
        guard part.fallback == nil, case .message(let json)? = bundleText(part.text),
            let message = try? Message(json: json), case .select(let matcher) = message.body,
            matcher.variants.count > 1, let selector = matcher.selectors.first
        else { return nil }
        return Diagnostic(
            "push/chosen-variant", .warning,
            "push.\(part.name) chooses by `$\(selector.name)`, and where the value is not known it always shows its last variant",
            at: part.source.label,
            notes: [
                "A phone shows a notification by itself until the app has worded it. "
                    + "Write what holds for every value, `push: {fallback: {\(part.name): …}}`."
            ])
    }
}

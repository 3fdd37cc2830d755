import MessageFormat
import PlacardText
import SourceDiagnostics

/// One diagnostic for each text of a notification that chooses among variants: without values a phone shows the last one,
/// with fallbacks in it, whatever the value would have chosen. Words for that case say what is always true.
func choices(_ push: PushContent<MessageText>) -> [Diagnostic] {
    push.parts.compactMap { part in
        guard part.fallback == nil, case .message(let message)? = part.text.compiled.model,
            case .select(let matcher) = message.body,
            matcher.variants.count > 1, let selector = matcher.selectors.first
        else { return nil }
        return .chosenVariant(part.name, by: selector.name, at: part.text.written.label)
    }
}

/// A text that has a fallback for each of its values, and a function that cannot take one of them.
func unworded(_ part: PushContent<MessageText>.Part, _ fallbacks: [(name: String, text: String)]) -> Diagnostic {
    let name = part.fallback == nil ? part.name : "fallback." + part.name
    return .unwordedPart(name, of: part.name, fallbacks, at: (part.fallback ?? part.text).written.label)
}

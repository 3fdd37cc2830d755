import PlacardText
import SourceDiagnostics

// The diagnostics about what readers, and those who listen, cannot make sense of; in the areas of what holds it.

extension Diagnostic {
    // MARK: Links

    static func vagueLink(_ words: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "message/vague-link", .warning, "`\(shortened(words))` does not say where the link leads", at: Label(span),
            notes: [
                "those who listen to a message go from link to link without the words around them",
                "make the words that name the thing the link: `See your [opening hours](https://…)`",
            ])
    }

    static func addressAsWords(_ address: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "message/vague-link", .warning, "the words of the link are its address", at: Label(span),
            notes: [
                "a screen reader spells it out, letter by letter",
                "write what it leads to: `[Opening hours](\(shortened(address)))`",
            ])
    }

    // MARK: Labels

    /// - Parameter variant: the keys of the variant in which they are equal; empty for all.
    static func equalLabels(variant: String, at label: Label, first: Label) -> Diagnostic {
        var place = first
        place.text = "the first one"
        let when = variant.isEmpty ? "" : " where the text is that of `\(variant)`"
        return Diagnostic(
            "message/equal-labels", .warning, "two things to tap say the same\(when)", at: label, secondary: [place],
            notes: [
                "nobody can tell which is which, and voice control asks back; capitals and spaces are no difference",
                "say in each what it does",
            ])
    }

    static func wordlessLabel(_ words: String, at label: Label) -> Diagnostic {
        let words = shortened(words)
        return Diagnostic(
            "message/wordless-label", .warning, "`\(words)` has no word to read out", at: label,
            notes: [
                "a screen reader says the name of an emoji, such as `thumbs up sign`, and nothing of most signs",
                "write a word beside it: `\(words) Yes`",
            ])
    }
}

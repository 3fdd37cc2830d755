import MessageFormat
import SourceDiagnostics

// The diagnostics of `text/` about numbers that only some readers have.

extension Diagnostic {
    static func writtenNumber(
        _ key: Literal, _ samples: [Int], _ number: Int, at span: Span, _ selector: String, isOnly: Bool
    ) -> Diagnostic {
        Diagnostic(
            "text/implied-number", .warning, "readers with \(others(samples, than: number)) see the number \(number)",
            at: Label(span), secondary: [Label(key.place.span, "is for \(others(samples, than: number)) too")],
            notes: numberNotes(key, samples, selector, number),
            fixIts: isOnly
                ? [FixIt("write `{$\(selector)}` for the number", edits: [Edit(span, "{$\(selector)}")], .unsafe)] : [])
    }

    /// `one {{un seul jour}}`.
    ///
    /// - Parameters:
    ///   - fraction: a number with decimals that the key is for; nil when there is none.
    ///   - isBesideOne: whether exactly 1 has a text of its own.
    static func wordForOne(
        _ key: Literal, _ samples: [Int], _ fraction: String?, _ word: String, at span: Span, _ selector: String,
        isBesideOne: Bool
    ) -> Diagnostic {
        let numbers = others(samples, than: 1) + (fraction.map { " and \($0)" } ?? "")
        return Diagnostic(
            "text/implied-number", .warning, "readers with \(others(samples, than: 1)) see `\(word)`", at: Label(span),
            secondary: [
                Label(
                    key.place.span,
                    isBesideOne ? "is for \(numbers), as `1` has a text of its own" : "is for \(numbers) too")
            ],
            notes: isBesideOne
                ? ["the text for `\(key.value)` shows the number, `{$\(selector)}`"]
                : numberNotes(key, samples, selector, 1),
            fixIts: [FixIt("write `{$\(selector)}` for the number", edits: [Edit(span, "{$\(selector)}")], .unsafe)])
    }

    /// `* {{days left}}`.
    static func lostNumber(_ selector: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/implied-number", .warning, "the text for all other numbers does not say the number", at: Label(span),
            notes: ["another text shows it, `{$\(selector)}`; most readers see this one"])
    }

    /// - Parameter isBesideOne: whether the number that the category is named for has a text of its own.
    static func missingNumber(
        _ key: Literal, _ samples: [Int], _ selector: String, isBesideOne: Bool
    ) -> Diagnostic {
        // Where the number that the category is named for has a text of its own, there is none to write.
        guard !isBesideOne else {
            return Diagnostic(
                "text/implied-number", .warning,
                "`\(key.value)` is for \(listed(samples.prefix(3).map(String.init))), and its text does not say the number",
                at: Label(key.place.span), notes: ["the text for `\(key.value)` shows the number, `{$\(selector)}`"])
        }
        let number = samples.contains(1) ? 1 : samples[0]
        return Diagnostic(
            "text/implied-number", .warning,
            "`\(key.value)` is for \(others(samples, than: number)) too, and its text does not say the number",
            at: Label(key.place.span), notes: numberNotes(key, samples, selector, number),
            fixIts: [
                FixIt(
                    "write `\(number)` for exactly \(number), and the number in the text for the others",
                    edits: [Edit(key.place.span, "\(number) {{TEXT}}\n\(key.value)")], .displayOnly)
            ])
    }

    /// - Parameter whole: the sign, with the space between it and the placeholder.
    static func repeatedCurrency(_ sign: String, at span: Span, removing whole: Span) -> Diagnostic {
        Diagnostic(
            "text/repeated-currency", .warning, "readers see the currency twice", at: Label(span),
            notes: ["`:currency` writes its sign where each language has it"],
            fixIts: [FixIt("leave out `\(sign)`", edits: [Edit(whole, "")], .unsafe)])
    }

    /// `.input {$event.days :string}` with the keys of plurals.
    static func numberAsText(_ name: String, _ key: String, at span: Span, key place: Span, _ function: String)
        -> Diagnostic
    {
        Diagnostic(
            "text/unknown-value", .warning, "`$\(name)` is compared as text here, and is never `\(key)`",
            at: Label(span),
            secondary: [Label(place, "is for a number")],
            notes: ["plural categories are chosen by `:integer` and `:number`"],
            fixIts: [FixIt("write `:\(function)`", edits: [Edit(span, ":\(function)")], .unsafe)])
    }

    /// `{$event.days} days`.
    static func countedNoun(_ noun: String, _ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/counted-noun", .note, "`\(noun)` stays as it is, whatever the number is", at: Label(span),
            notes: [
                "a text for each form has `.match`, in translations as many as their language needs: "
                    + "`.input {$\(name) :integer} .match $\(name) one {{…}} * {{…}}`"
            ])
    }

    private static func numberNotes(_ key: Literal, _ samples: [Int], _ selector: String, _ number: Int) -> [String] {
        [
            "a text for exactly \(number) has the key `\(number)`: `\(number) {{…}}`; "
                + "one for `\(key.value)` shows the number, `{$\(selector)}`"
        ]
    }

    /// `21, 31 and 41`: what a category holds besides one number.
    private static func others(_ samples: [Int], than number: Int) -> String {
        listed(samples.filter { $0 != number }.prefix(3).map(String.init))
    }
}

import PlacardPreview
import SourceDiagnostics

// The diagnostics of `color/`.

extension Diagnostic {
    /// - Parameters:
    ///   - problems: of one color; at least one, one for each theme at most.
    ///   - drawn: where a template's style sheet gives the letters their color; nil where that is the place itself.
    ///   - field: the field whose default it is.
    ///   - theme: the key of `preview.theme`.
    static func lowContrast(
        _ problems: [ContrastProblem], at label: Label, drawn: Label?, field: String? = nil, theme: String? = nil
    ) -> Diagnostic {
        guard let worst = problems.min(by: { $0.ratio < $1.ratio }) else {
            return Diagnostic("color/low-contrast", .warning, "letters can hardly be read", at: label)
        }
        let themes = Set(problems.map(\.isDark))
        let when = themes.count == 2 ? "either theme" : worst.isDark ? "the dark theme" : "the light theme"
        var notes = [
            "WCAG 2.2 asks for 4.5:1, and for 3:1 of large letters; nobody reads this in the sun, and many people never"
        ]
        if let field { notes.append("that is with the default of `\(field)`") }
        if let nearest = worst.nearest?.text {
            notes.append("`\(nearest)` is near to it and can be read")
        } else {
            notes.append("no colour near to it can be read; give letters and ground other colours")
        }
        if let theme, themes == [true], !theme.hasSuffix("Dark") {
            notes.append("the dark theme can have a colour of its own: `\(theme)Dark`")
        }
        let fix = drawn.flatMap { _ in worst.nearest?.text }.map { color in
            FixIt("write `\(color)`", edits: [Edit(file: label.file, label.span, "\"\(color)\"")], .unsafe)
        }
        return Diagnostic(
            "color/low-contrast", .warning,
            "letters in `\(worst.letters.text)` on `\(worst.ground.text)` have a contrast of \(ratio(worst.ratio)) in \(when), and need \(ratio(worst.needed))",
            at: label, secondary: drawn.map { [Label(file: $0.file, $0.span, "the letters")] } ?? [], notes: notes,
            fixIts: fix.map { [$0] } ?? [])
    }

    /// `3.14:1`, never rounded up.
    private static func ratio(_ value: Double) -> String {
        let hundredths = Int(value * 100)
        let digits = hundredths % 100
        if digits == 0 { return "\(hundredths / 100):1" }
        if digits % 10 == 0 { return "\(hundredths / 100).\(digits / 10):1" }
        return "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits):1"
    }
}

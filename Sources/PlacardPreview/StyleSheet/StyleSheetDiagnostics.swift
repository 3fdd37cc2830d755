import SourceDiagnostics

// The diagnostics of `css/`, about a template's `style.css`.

extension Diagnostic {
    static func styleSheetTooLarge(at span: Span) -> Diagnostic {
        Diagnostic("css/too-large", "the style sheet has more than \(StyleSheet.maximumBytes) bytes", at: Label(span))
    }

    static func badStyleCharacter(_ message: String, at span: Span) -> Diagnostic {
        Diagnostic("css/bad-character", message, at: Label(span))
    }

    static func ambiguousName(at span: Span) -> Diagnostic {
        Diagnostic(
            "css/bad-character", "a name holds a character that not all browsers take for a part of it", at: Label(span)
        )
    }

    static func forbiddenAtRule(_ name: String, at span: Span) -> Diagnostic {
        let rules = StyleSheet.atRules.sorted().map { "`@\($0)`" }
        return Diagnostic(
            "css/forbidden-at-rule", "`@\(name)` does not belong in a template's style sheet", at: Label(span),
            notes: [
                "\(rules.dropLast().joined(separator: ", ")) and \(rules.last ?? "") may stand there; rules that load "
                    + "something, or hold for the whole page, may not"
            ])
    }

    static func forbiddenFunction(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "css/forbidden-function", "`\(name)()` does not belong in a template's style sheet", at: Label(span),
            notes: ["a preview loads nothing: draw with gradients, borders, shadows and characters"])
    }

    static func forbiddenProperty(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "css/forbidden-property", "`\(name)` does not belong in a template's style sheet", at: Label(span),
            notes: ["it would bind code to an element"])
    }

    static func unclosedStyleString(at span: Span) -> Diagnostic {
        Diagnostic("css/bad-string", "the string does not end on its line", at: Label(span))
    }

    static func unclosedStyleComment(at span: Span) -> Diagnostic {
        Diagnostic("css/unclosed-comment", "the comment is never closed", at: Label(span))
    }

    static func blocksTooDeep(at span: Span) -> Diagnostic {
        Diagnostic("css/too-deep", "more than \(StyleSheet.maximumDepth) blocks inside each other", at: Label(span))
    }

    static func unclosedBracket(_ bracket: String, at span: Span) -> Diagnostic {
        Diagnostic("css/unbalanced", "`\(bracket)` is never closed", at: Label(span))
    }

    static func strayBracket(_ bracket: String, at span: Span) -> Diagnostic {
        Diagnostic("css/unbalanced", "`\(bracket)` closes nothing", at: Label(span))
    }

    static func mismatchedBracket(_ bracket: String, expected: String, at span: Span, opened: Span) -> Diagnostic {
        Diagnostic(
            "css/unbalanced", "found `\(bracket)`, expected `\(expected)`", at: Label(span),
            secondary: [Label(opened, "opened here")])
    }

    /// - Parameters:
    ///   - size: in pixels, less than 44.
    ///   - isLeast: whether it may be larger.
    static func smallTarget(_ size: Double, isLeast: Bool, at span: Span) -> Diagnostic {
        let isTiny = size < 24
        let pixels = (isLeast ? "as small as " : "") + (size == size.rounded() ? "\(Int(size))" : "\(size)") + " px"
        return Diagnostic(
            "css/small-target", isTiny ? .warning : .note,
            isTiny
                ? "what can be tapped is \(pixels), less than the 24 px that everybody needs"
                : "what can be tapped is \(pixels), and 44 px are what fingers hit", at: Label(span),
            notes: [
                "a target of 44 px can look smaller: give it `min-height: 44px`, and draw a smaller sign inside of it"
            ])
    }
}

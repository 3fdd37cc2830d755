import SourceDiagnostics

// The diagnostics of `yaml/` about the fences that front matter stands between.

private let fenceRule = "a message begins with `---` on its first line, then keys and values, then `---` again"

extension Diagnostic {
    static func secondByteOrderMark(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/byte-order-mark", .error, "the file begins with two byte order marks", at: Label(span),
            notes: ["a file can have one, and needs none"],
            fixIts: [FixIt("remove the second", edits: [Edit(span, "")], .safe)])
    }

    /// - Parameter before: what stands before the fence.
    static func fenceNotFirst(at span: Span, before: Span) -> Diagnostic {
        Diagnostic(
            "yaml/malformed-fence", .error, "the front matter's `---` must be the very beginning of the file",
            at: Label(span), notes: [fenceRule],
            fixIts: [FixIt("remove what stands before it", edits: [Edit(before, "")], .safe)])
    }

    /// A line that is nearly a fence.
    static func malformedFence(_ line: String, at span: Span, edits: [Edit]) -> Diagnostic {
        let isBreak = line.utf8.contains(0x20)
        return Diagnostic(
            "yaml/malformed-fence", .error, "`\(line)` does not open the front matter; it takes exactly three hyphens",
            at: Label(span), notes: [fenceRule] + (isBreak ? ["`- - -` is a line across the page in Markdown"] : []),
            fixIts: [FixIt("write `---`", edits: edits, .unsafe)])
    }

    static func frontMatterInTOML(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/malformed-fence", .error, "`+++` opens front matter in TOML, and here it is YAML", at: Label(span),
            notes: [fenceRule, "write `---` for both lines of `+++`, and each `key = value` as `key: value`"])
    }

    static func frontMatterInJSON(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/malformed-fence", .error, "front matter in JSON needs lines of `---` around it", at: Label(span),
            notes: [fenceRule, "JSON is YAML: put `---` on a line above the `{` and on a line below its `}`"])
    }

    /// `---yaml`, which some tools read.
    ///
    /// - Parameter isReadable: whether what follows is YAML.
    static func languageOfFrontMatter(at span: Span, isReadable: Bool) -> Diagnostic {
        Diagnostic(
            "yaml/malformed-fence", .error, "front matter is in YAML, and names no language after its `---`",
            at: Label(span), notes: [fenceRule] + (isReadable ? [] : ["write each `key = value` as `key: value`"]),
            fixIts: isReadable ? [FixIt("write `---`", edits: [Edit(span, "---")], .unsafe)] : [])
    }

    static func frontMatterInCode(at span: Span, _ fix: FixIt) -> Diagnostic {
        Diagnostic(
            "yaml/malformed-fence", .error,
            "three backticks open a block of code; front matter stands between lines of `---`",
            at: Label(span), notes: [fenceRule], fixIts: [fix])
    }

    /// Keys without the line that opens them.
    static func unopenedFrontMatter(at span: Span, edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/missing-front-matter", .error, "no line of `---` opens the front matter", at: Label(span),
            notes: [fenceRule], fixIts: [FixIt("put it between lines of `---`", edits: edits, .unsafe)])
    }

    /// - Parameter start: where the front matter would begin.
    static func missingFrontMatter(at span: Span, _ start: Int, lineBreak: String) -> Diagnostic {
        let fences = ["---", "template: ", "---", ""].joined(separator: lineBreak)
        return Diagnostic(
            "yaml/missing-front-matter", .error, "the file has no front matter", at: Label(span), notes: [fenceRule],
            fixIts: [FixIt("add it", edits: [Edit(Span(at: start), fences)], .displayOnly)])
    }

    /// - Parameters:
    ///   - place: a line that is nearly a fence, or the beginning of one before which the fence belongs; nil when there is neither.
    ///   - isLine: which of them it is.
    static func unclosedFrontMatter(at fence: Span, _ place: Span?, isLine: Bool, lineBreak: String) -> Diagnostic {
        let rule = "a line of exactly three hyphens closes it; the Markdown text follows"
        guard let place else {
            return Diagnostic(
                "yaml/unclosed-front-matter", .error, "the front matter is never closed", at: Label(fence),
                notes: [rule, "nothing in the file looks like the end of the front matter"])
        }
        return Diagnostic(
            "yaml/unclosed-front-matter", .error, "the front matter is never closed", at: Label(fence),
            secondary: [Label(place, isLine ? "this line does not close it" : "it may end here")], notes: [rule],
            fixIts: [
                isLine
                    ? FixIt("write `---`", edits: [Edit(place, "---")], .unsafe)
                    : FixIt("close it here", edits: [Edit(place, "---" + lineBreak)], .unsafe)
            ])
    }

    /// - Parameter key: what the text begins with, with its colon.
    static func secondFrontMatter(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/second-front-matter", .warning, "the text begins with `\(key)` and looks like more front matter",
            at: Label(span),
            notes: ["the first `---` after the beginning closes the front matter; what follows is Markdown"])
    }
}

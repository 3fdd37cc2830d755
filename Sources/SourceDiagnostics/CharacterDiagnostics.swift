// The diagnostics about characters that several areas have: `bidi-control` and `line-separator` of `yaml/` and `text/`.

extension Diagnostic {
    /// The diagnostic about a character that changes the direction of what follows it.
    ///
    /// - Parameter id: `yaml/bidi-control` or `text/bidi-control`.
    public static func bidiControl(_ id: String, _ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            id, .warning, "\(codePoint(value)) changes the direction in which the text after it is shown",
            at: Label(span),
            notes: [
                "a reviewer sees another order than the one that is read; isolates (U+2068 and U+2069) or the marks "
                    + "U+200E and U+200F do no such harm"
            ],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// The diagnostic about an isolate of direction that nothing on its line ends.
    ///
    /// - Parameter id: `yaml/bidi-control` or `text/bidi-control`.
    public static func unclosedIsolate(_ id: String, at span: Span) -> Diagnostic {
        Diagnostic(
            id, .warning, "a directional isolate begins here and does not end on its line", at: Label(span),
            notes: ["what follows may be shown in another order than the one that is read; U+2069 ends an isolate"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// The diagnostic about a character at which some readers end a line.
    ///
    /// - Parameters:
    ///   - id: `yaml/line-separator` or `text/line-separator`.
    ///   - note: who ends a line at it.
    public static func lineSeparator(_ id: String, _ value: UInt32, at span: Span, note: String) -> Diagnostic {
        let name = value == 0x85 ? "NEXT LINE" : value == 0x2028 ? "LINE SEPARATOR" : "PARAGRAPH SEPARATOR"
        return Diagnostic(
            id, .warning, "\(codePoint(value)) \(name) is text here, not a line end", at: Label(span), notes: [note],
            fixIts: [FixIt("replace it with a space", edits: [Edit(span, " ")], .unsafe)])
    }
}

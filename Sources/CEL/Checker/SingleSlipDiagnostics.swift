import SourceDiagnostics

// The diagnostics of `cel/` about one sign too many or too few.

extension Diagnostic {
    /// - Parameter example: an attribute that is a text.
    static func sentence(at span: Span, example: String?) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "this is a sentence, and not a condition", at: Label(span),
            notes: ["a condition compares attributes, as in `\(example ?? "user.country") == \"…\"`"])
    }

    static func singleSlip(_ candidate: SlipCandidate, in bytes: [UInt8]) -> Diagnostic {
        let span = candidate.span
        let sign = span.start < bytes.count ? String(Unicode.Scalar(bytes[span.start])) : ""
        let edits = [Edit(span, candidate.replacement)]
        func report(_ id: String, _ message: String, at place: Span, _ title: String) -> Diagnostic {
            Diagnostic(id, .error, message, at: Label(place), fixIts: [FixIt(title, edits: edits, .unsafe)])
        }
        switch candidate.slip {
        case .oddMark:
            return report(
                "cel/unterminated-string", "the quotation mark `\(sign)` has no partner", at: span, "leave it out")
        case .missingMark(let isOpening):
            let kind = isOpening ? "opening" : "closing"
            return report(
                "cel/unterminated-string", "the string has no \(kind) `\(candidate.replacement)`",
                at: word(bytes, span.start, isOpening), "add the \(kind) quotation mark")
        case .otherMark:
            return report(
                "cel/unterminated-string", "a string ends with the mark that it begins with", at: span,
                "write `\(candidate.replacement)`")
        case .doubled:
            return report(
                "cel/unexpected-token", "`\(sign)` stands here twice", at: Span(span.start, span.end + 1),
                "write it once")
        case .stray:
            return report("cel/unexpected-token", "`\(sign)` cannot stand here", at: span, "leave it out")
        case .swapped:
            return report(
                "cel/unexpected-token", "these two signs are in the wrong order", at: span,
                "write `\(candidate.replacement)`")
        case .noDot:
            return report("cel/unexpected-token", "an attribute is named with a dot", at: span, "write `.`")
        case .semicolon:
            return report(
                "cel/unexpected-token", "conditions are joined with `&&` or `||`, not with `;`", at: span, "write `&&`")
        case .unclosed:
            return report(
                "cel/unclosed-bracket",
                candidate.replacement == ")"
                    ? "`(` is not closed after its value" : "`[` is not closed after its value",
                at: word(bytes, span.start, false), "add `\(candidate.replacement)`")
        }
    }

    /// The word at whose beginning or end a place is.
    private static func word(_ bytes: [UInt8], _ place: Int, _ isBeginning: Bool) -> Span {
        var (start, end) = (place, place)
        if isBeginning {
            while end < bytes.count, isOfText(bytes[end]) { end += 1 }
        } else {
            while start > 0, isOfText(bytes[start - 1]) { start -= 1 }
            if start == place, start > 0 { start -= 1 }
        }
        return Span(start, end)
    }
}

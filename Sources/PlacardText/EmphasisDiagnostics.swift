import SourceDiagnostics

// The diagnostics of `text/` about asterisks, underscores and tildes.

extension Diagnostic {
    private static func ofMarks(
        _ message: String, at span: Span, end: Span? = nil, notes: [String], _ fixIts: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(
            "text/stray-asterisks", .warning, message, at: Label(span),
            secondary: end.map { [Label($0, "the end of it")] } ?? [], notes: notes, fixIts: fixIts)
    }

    /// One that readers see.
    ///
    /// - Parameter isEscaped: whether it can only have been meant as it stands.
    static func strayMark(at run: MarkRun, isEscaped: Bool) -> Diagnostic {
        let sign = String(repeating: String(UnicodeScalar(run.byte)), count: run.length)
        let signs = Mark.signs(run.byte)
        let escaped = sign.map { "\\\($0)" }.joined()
        let shown =
            run.length == 1
            ? "readers see this \(signs.dropLast())"
            : "`\(sign)` is shown as \(run.length == 2 ? "two" : "three") \(signs) here"
        let mark = Mark.of(run.byte, run.length)
        var notes = [
            "\(mark?.effect ?? "emphasis") has `\(sign)` right before its first word and right after its last; "
                + "what is meant as such is `\(escaped)`"
        ]
        if let mark, run.byte == 0x2A {
            notes.append(
                "beside punctuation of Chinese and Japanese, `\(mark.open)…\(mark.close)` marks what `\(sign)` cannot")
        }
        return ofMarks(
            shown, at: run.span, notes: notes,
            isEscaped
                ? [FixIt("write `\(escaped)` if \(signs) are meant", edits: [Edit(run.span, escaped)], .unsafe)] : [])
    }

    /// `**word* *and`.
    static func spacedMark(at span: Span, _ mark: Mark?, _ edits: [Edit]) -> Diagnostic {
        ofMarks(
            "a space stands between the signs of \(mark?.name ?? "a mark")", at: span,
            notes: ["readers see \(Mark.signs(mark?.byte ?? 0x2A)), and words in italics"],
            [FixIt("write them together", edits: edits, .unsafe)])
    }

    /// `*a **b* c**`.
    static func crossedMarks(_ span: Span, _ mark: Mark) -> Diagnostic {
        ofMarks(
            "\(mark.name) marks nothing bold here, and readers see italics", at: span,
            notes: ["what begins within a mark ends within it, as in `*a **b** c*`"])
    }

    static func strayBackticks(at span: Span) -> Diagnostic {
        ofMarks(
            span.length == 1 ? "readers see this backtick" : "readers see these backticks", at: span,
            notes: ["code begins and ends with as many backticks; one that is meant as such is `` \\` ``"])
    }

    /// - Parameter words: what stands between the marks, without the spaces.
    static func spacedMarks(_ open: Span, _ close: Span, _ mark: Mark, _ words: String, _ edits: [Edit]) -> Diagnostic {
        let isShort = words.count <= 40 && !words.utf8.contains(0x0A)
        let sign = mark.name.dropFirst().dropLast()
        let right = isShort ? "`\(sign)\(words)\(sign)`" : "`\(sign)…\(sign)`"
        return ofMarks(
            "\(mark.effect) has no space inside its \(mark.name): \(right)", at: open, end: close,
            notes: ["readers see the \(Mark.signs(mark.byte)); write them right beside the words that they are for"],
            [FixIt("remove the spaces inside", edits: edits, .unsafe)])
    }

    /// - Parameters:
    ///   - mark: what is most likely meant.
    ///   - edits: what makes both sides alike; none where that is not plain.
    static func unevenMarks(_ open: Span, _ close: Span, _ mark: Mark?, _ edits: [Edit]) -> Diagnostic {
        let effect = mark?.effect ?? "emphasis"
        let counts = ["none", "one", "two", "three", "four", "five"]
        func count(_ span: Span) -> String { span.length < counts.count ? counts[span.length] : "\(span.length)" }
        let signs = Mark.signs(mark?.byte ?? 0x2A)
        let isMarkup = edits.contains { $0.replacement.hasPrefix("{#") }
        let name = isMarkup ? "`\(mark?.open ?? "")…\(mark?.close ?? "")`" : "\(mark?.name ?? "the same") on both sides"
        return ofMarks(
            "\(effect) has two \(signs) on both sides; there are \(count(open)) before it and \(count(close)) after it here",
            at: open, end: close, notes: ["readers see \(signs) that belong to nothing"],
            edits.isEmpty ? [] : [FixIt("write \(name)", edits: edits, .unsafe)])
    }

    static func strayMarks(_ open: Span, _ close: Span, _ mark: Mark) -> Diagnostic {
        ofMarks(
            "\(mark.name) does not mark what it stands around", at: open, end: close,
            notes: [
                "Markdown reads marks beside punctuation in another way; "
                    + "markup works everywhere: `\(mark.open)…\(mark.close)`"
            ],
            [
                FixIt(
                    "write `\(mark.open)…\(mark.close)`", edits: [Edit(open, mark.open), Edit(close, mark.close)],
                    .unsafe)
            ])
    }

    /// `v*ery*`.
    ///
    /// - Parameter letter: what stands on the wrong side of the mark.
    static func markWithinWord(_ span: Span, letter: String, _ edits: [Edit]) -> Diagnostic {
        ofMarks(
            "readers see all of this word in italics but `\(letter)`", at: span,
            notes: ["a part of a word can be marked on purpose with `{#em}…{/em}`"],
            [FixIt("mark the whole word", edits: edits, .unsafe)])
    }

    /// `2*3*4`, of which the middle is in italics.
    ///
    /// - Parameters:
    ///   - asterisks: each of those that are signs.
    ///   - isBold: whether they come in pairs.
    static func product(_ words: String, at span: Span, _ asterisks: [Int], isBold: Bool) -> Diagnostic {
        ofMarks(
            "readers see `\(shortened(words))` in \(isBold ? "bold" : "italics"), and no asterisks", at: span,
            notes: ["between numbers an asterisk is mostly a sign of multiplication, which is `\\*` or ×"],
            [FixIt("write `\\*`", edits: asterisks.map { Edit(Span(at: $0), "\\") }, .unsafe)])
    }

    /// `＊重要＊`.
    static func wideMarks(_ open: Span, _ close: Span, _ mark: Mark) -> Diagnostic {
        Diagnostic(
            "text/stray-asterisks", .warning, "readers see these full-width \(Mark.signs(mark.byte))", at: Label(open),
            secondary: [Label(close, "the end of it")],
            notes: ["Markdown's mark is \(mark.name); markup works beside any letter: `\(mark.open)…\(mark.close)`"],
            fixIts: [
                FixIt(
                    "write `\(mark.open)…\(mark.close)`", edits: [Edit(open, mark.open), Edit(close, mark.close)],
                    .unsafe)
            ])
    }
}

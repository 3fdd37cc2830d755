import SourceDiagnostics

// The diagnostics of `yaml/` about a document that can be read: its limits, aliases, keys, scalars and characters.

extension Diagnostic {
    // MARK: Limits

    static func tooLarge(_ range: Span, limit: Int) -> Diagnostic {
        Diagnostic(
            "yaml/too-large", .error, "the YAML is larger than \(limit) bytes",
            at: Label(Span(range.start, range.start + 1)),
            notes: ["it has \(range.length) bytes; a long text belongs in the body, below the front matter"])
    }

    static func tooManyValues(limit: Int, at span: Span) -> Diagnostic {
        Diagnostic("yaml/too-large", .error, "the YAML has more than \(limit) values", at: Label(span))
    }

    static func tooDeep(limit: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/too-deep", .error, "the YAML is nested deeper than \(limit) levels", at: Label(span),
            notes: ["nothing in a project needs more than ten"])
    }

    // MARK: Aliases and documents

    static func tooManyAnchors(limit: Int, at span: Span) -> Diagnostic {
        Diagnostic("yaml/alias-limit", .error, "the YAML has more than \(limit) anchors", at: Label(span))
    }

    static func aliasLimit(_ limits: YAMLLimits, at span: Span, anchors: [Label]) -> Diagnostic {
        Diagnostic(
            "yaml/alias-limit", .error,
            "the aliases stand for more than \(limits.aliasNodes) values or \(limits.aliasBytes) bytes",
            at: Label(span),
            secondary: anchors, notes: ["aliases of aliases grow without bound; write out what is meant"])
    }

    static func aliasBeforeAnchor(_ name: String, at span: Span, anchor: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unknown-alias", .error, "the alias `*\(shown(name))` is used before its anchor", at: Label(span),
            secondary: [Label(anchor, "the anchor")],
            notes: ["the anchor, `&\(shown(name))`, must come first in the file"])
    }

    static func unknownAlias(_ name: String, at span: Span, _ fixIt: FixIt?) -> Diagnostic {
        Diagnostic(
            "yaml/unknown-alias", .error, "no anchor `&\(shown(name))` defines the alias `*\(shown(name))`",
            at: Label(span),
            notes: ["a value that begins with `*` is an alias in YAML; a text or an expression needs quotes"],
            fixIts: fixIt.map { [$0] } ?? [])
    }

    static func recursiveAlias(_ name: String, at span: Span, anchor: Span) -> Diagnostic {
        Diagnostic(
            "yaml/recursive-alias", .error, "the alias `*\(shown(name))` stands inside its own anchor", at: Label(span),
            secondary: [Label(anchor, "the anchor")], notes: ["the value would contain itself without end"])
    }

    static func alias(_ name: String, at span: Span, anchor: Span) -> Diagnostic {
        Diagnostic(
            "yaml/alias", .warning, "`*\(shown(name))` repeats a value from elsewhere in the file", at: Label(span),
            secondary: [Label(anchor, "the value")],
            notes: ["translators and reviewers rarely know aliases; `_defaults.yaml` shares values between messages"])
    }

    /// - Parameters:
    ///   - gaps: where a space belongs behind the colon of a key.
    ///   - colons: what writes the colons that are missing.
    static func notAMapping(_ found: String, at span: Span, gaps: [Int] = [], colons: [Edit] = []) -> Diagnostic {
        var fixIts: [FixIt] = []
        if !gaps.isEmpty {
            fixIts = [FixIt("put a space after the colon", edits: gaps.map { Edit(Span(at: $0), " ") }, .unsafe)]
        } else if !colons.isEmpty {
            fixIts = [FixIt("put a colon after the key", edits: colons, .unsafe)]
        }
        return Diagnostic(
            "yaml/not-a-mapping", .error, "expected keys and values, found \(found)", at: Label(span),
            notes: ["each line is a key, a colon, a space and a value"], fixIts: fixIts)
    }

    static func fullwidthColon(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/missing-colon", .error, "U+FF1A FULLWIDTH COLON does not end a key", at: Label(span),
            fixIts: [FixIt("write a colon and a space", edits: [Edit(span, ": ")], .safe)])
    }

    // MARK: Keys

    static func similarKeys(at span: Span, other: Span) -> Diagnostic {
        Diagnostic(
            "yaml/similar-keys", .warning, "two keys look the same and differ in their bytes", at: Label(span),
            secondary: [Label(other, "the other")],
            notes: ["one is written with composed characters, the other with combining marks"])
    }

    static func duplicateKey(_ key: String, at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            "yaml/duplicate-key", .error, "the key `\(shown(key))` is given twice", at: Label(span),
            secondary: [Label(first, "it is first given here")],
            notes: ["a mapping holds each key once; remove one, or rename it"])
    }

    static func reservedKey(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/reserved-key", .error, "`__proto__` cannot be a key", at: Label(span),
            notes: ["in JavaScript such a key changes the prototype of the object that is read"])
    }

    /// `{event:session_start}`
    ///
    /// - Parameter gaps: where a space belongs behind the colon of a key.
    static func missingGap(_ key: String, at span: Span, gaps: [Int]) -> Diagnostic {
        Diagnostic(
            "yaml/missing-colon", .error, "a space is missing after the colon of `\(shown(key))`", at: Label(span),
            notes: ["without it the colon is a part of the key"],
            fixIts: [FixIt("put a space after the colon", edits: gaps.map { Edit(Span(at: $0), " ") }, .unsafe)])
    }

    static func missingValue(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/missing-value", .warning, "`\(shown(key))` has no value", at: Label(span),
            notes: ["inside `{ }` each key takes a colon and a value; without them it is null"])
    }

    /// - Parameters:
    ///   - isDoubled: whether it is a mapping in braces that stand twice.
    ///   - name: of the placeholder that the key is; nil for another key.
    static func collectionAsKey(
        at span: Span, isMapping: Bool, isFlow: Bool, isDoubled: Bool, placeholder name: String?
    ) -> Diagnostic {
        if let name {
            return Diagnostic(
                "yaml/non-string-key", .error, "a key names a variable without braces and `$`", at: Label(span),
                fixIts: [.write(name, at: span)])
        }
        if isDoubled {
            return Diagnostic(
                "yaml/non-string-key", .error, "the braces of a mapping are doubled", at: Label(span),
                notes: ["a mapping has one `{` and one `}`; a text with placeholders needs quotes"],
                fixIts: [
                    FixIt(
                        "leave out the outer braces",
                        edits: [Edit(Span(span.start - 1, span.start), ""), Edit(Span(span.end, span.end + 1), "")],
                        .unsafe)
                ])
        }
        return Diagnostic(
            "yaml/non-string-key", .error, "a key must be text, and this is a \(isMapping ? "mapping" : "list")",
            at: Label(span),
            notes: isFlow && isMapping
                ? ["a value that begins with `{` needs quotes"] : ["remove the `?` or the brackets"])
    }

    static func missingKey(at span: Span) -> Diagnostic {
        Diagnostic("yaml/non-string-key", .error, "the key is missing before the colon", at: Label(span))
    }

    static func nonStringKey(_ key: String, _ value: YAMLScalar.Value, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/non-string-key", .error, "the key `\(shown(key))` is \(typeName(value)), not text", at: Label(span),
            notes: ["in quotes it is text"],
            fixIts: [FixIt("quote the key", edits: [Edit(span, quoted(key))], .safe)])
    }

    static func invalidMerge(at span: Span) -> Diagnostic {
        Diagnostic("yaml/invalid-merge", .error, "`<<` takes a mapping, or a list of mappings", at: Label(span))
    }

    static func mergeKey(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/merge-key", .warning, "the merge key `<<` is not part of YAML 1.2", at: Label(span),
            notes: [
                "it is understood here, but other tools take it for a key named `<<`; what several messages share "
                    + "belongs in `_defaults.yaml`"
            ])
    }

    // MARK: Scalars

    static func numberOutOfRange(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/number-out-of-range", .error, "`\(shown(text))` is a number that JSON readers cannot hold",
            at: Label(span),
            notes: ["numbers are 64-bit integers or finite doubles; in quotes it is text"],
            fixIts: [FixIt("quote it", edits: [Edit(span, quoted(text))], .unsafe)])
    }

    static func impreciseInteger(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/imprecise-integer", .warning, "`\(text)` is beyond 2^53, where JSON readers lose digits",
            at: Label(span), notes: ["an id is better written as text"],
            fixIts: [FixIt("quote it", edits: [Edit(span, quoted(text))], .unsafe)])
    }

    /// A text that YAML 1.1 reads as `reading`: a boolean or a number.
    static func ambiguousText(_ text: String, _ reading: String, at span: Span) -> Diagnostic {
        ambiguous("`\(text)` is text here, and \(reading) to YAML 1.1 readers", text, at: span)
    }

    static func octal(_ text: String, _ number: Int, at span: Span) -> Diagnostic {
        ambiguous(
            "`\(text)` is the number \(number) here, and octal to YAML 1.1 readers", text, at: span, number: "\(number)"
        )
    }

    static func lostZero(_ text: String, _ number: Double, at span: Span) -> Diagnostic {
        ambiguous(
            "`\(text)` is the number \(number); the final zero is lost", text, at: span, number: "\(number)")
    }

    /// - Parameter number: how a number is written that every reader takes for the same.
    private static func ambiguous(_ message: String, _ text: String, at span: Span, number: String? = nil) -> Diagnostic
    {
        // Where a number is wanted, quotation marks would make it a text.
        let quoting = FixIt("quote it", edits: [Edit(span, quoted(text))], number == nil ? .safe : .unsafe)
        return Diagnostic(
            "yaml/ambiguous-scalar", .warning, message, at: Label(span),
            notes: ["in quotes it is text to every reader"],
            fixIts: [quoting] + (number.map { [.write($0, at: span)] } ?? []))
    }

    /// - Parameters:
    ///   - comment: what YAML reads as a comment, at `span`.
    ///   - whole: the value with the comment; it is empty without it when `isEmpty`.
    static func commentInValue(
        _ comment: String, at span: Span, isEmpty: Bool, whole: Span, _ value: String
    ) -> Diagnostic {
        Diagnostic(
            "yaml/comment-in-value", .warning,
            isEmpty
                ? "the value is empty, as `#` begins a comment"
                : "the value ends before `\(shown(comment))`, as `#` begins a comment", at: Label(span),
            notes: ["in quotes `#` is text; a comment reads better with a space after the `#`"],
            fixIts: [
                FixIt("quote the whole value", edits: [Edit(whole, quoted(withoutOddMark(value) ?? value))], .unsafe)
            ])
    }

    static func commentGap(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/comment-gap", .error, "a comment needs a space before its `#`", at: Label(span),
            fixIts: [FixIt("put a space before it", edits: [Edit(Span(at: span.start), " ")], .safe)])
    }

    /// - Parameter what: the value, in words.
    static func tagMismatch(_ what: String, tag: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/tag-mismatch", .error, "\(what) cannot have the tag `!!\(tag)`", at: Label(span),
            notes: ["values need no tags: their types come from the schema"])
    }

    static func unknownTag(_ tag: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unknown-tag", .error, "the tag `\(shown(tag))` is not supported", at: Label(span),
            notes: ["values need no tags: their types come from the schema"])
    }

    // MARK: Characters

    /// - Parameter what: what is to be said of the character, after its number.
    static func escapedControl(_ value: UInt32, _ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/escaped-control", .warning, "the escape stands for \(codePoint(value))\(what)", at: Label(span),
            notes: ["such a character in a message shows as nothing, as a box, or reorders the text"])
    }

    static func invisibleCharacter(_ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/invisible-character", .error, "the key holds the invisible character \(codePoint(value))",
            at: Label(span), notes: ["it looks like another key and is not the same"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .safe)])
    }

    /// - Parameter isNeedless: whether no space is wanted there either.
    static func notASpace(_ value: UInt32, at span: Span, isNeedless: Bool = false) -> Diagnostic {
        Diagnostic(
            "yaml/not-a-space", .error,
            "\(codePoint(value))\(spaceName(value)) looks like a space and is not one to YAML",
            at: Label(span), notes: ["indentation and the gap after a colon take ordinary spaces (U+0020)"],
            fixIts: [
                isNeedless
                    ? FixIt("remove it", edits: [Edit(span, "")], .safe)
                    : FixIt("replace it with a space", edits: [Edit(span, " ")], .safe)
            ])
    }

    static func controlCharacter(_ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/control-character", .error, "the control character \(codePoint(value)) cannot stand in YAML",
            at: Label(span), notes: ["it usually comes from a copy out of a terminal or a word processor"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    static func noncharacter(_ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/control-character", .error, "\(codePoint(value)), which is not a character, cannot stand in YAML",
            at: Label(span), notes: ["programs use it internally; readers would see nothing, or a box"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    static func byteOrderMark(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/byte-order-mark", .warning, "an invisible byte order mark (U+FEFF) stands inside the text",
            at: Label(span), notes: ["it belongs at the very beginning of a file or nowhere"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// - Parameter encoding: the one that the first bytes tell.
    static func otherEncoding(_ encoding: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/not-utf8", .error, "the file is \(encoding), not UTF-8", at: Label(span),
            notes: ["save it as UTF-8, without a byte order mark"])
    }

    /// - Parameters:
    ///   - kind: what the bytes are.
    ///   - hexadecimal: the bytes, with spaces between.
    static func notUTF8(_ kind: String, _ hexadecimal: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/not-utf8", .error, "the file is not UTF-8: \(kind) (\(hexadecimal))", at: Label(span),
            notes: [
                "every file of a project is UTF-8; an editor that says Latin-1 or Windows-1252 can save it as UTF-8"
            ])
    }
}

private func spaceName(_ value: UInt32) -> String {
    switch value {
    case 0xA0: " NO-BREAK SPACE"
    case 0x3000: " IDEOGRAPHIC SPACE"
    case 0x202F: " NARROW NO-BREAK SPACE"
    case 0xFEFF: " ZERO WIDTH NO-BREAK SPACE"
    default: ""
    }
}

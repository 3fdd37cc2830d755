import LocatedYAML
import SourceDiagnostics

// The diagnostics of `schema/`. What is checked is named in words: a key in backticks, or `the file`; an object by its name in the
// schema, such as `an action`.

extension Diagnostic {
    // MARK: Keys

    static func misplacedKey(_ key: String, home: String, in object: SchemaObject, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/misplaced-key", .error, "`\(short(key))` belongs in \(home)", at: Label(span),
            notes: ["\(object.name) takes \(quotedChoices(object.properties.map(\.name)))"])
    }

    /// A key that only other variants of the object have.
    static func keyOfOthers(_ key: String, of others: [String], in object: SchemaObject, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/misplaced-key", .error, "\(object.name) has no `\(short(key))`", at: Label(span),
            notes: ["it is for \(quotedChoices(others))"])
    }

    /// - Parameter meant: the key that is probably meant.
    static func unknownKey(
        _ key: String, in object: SchemaObject, meant: String?, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        let known = object.properties.map(\.name)
        return Diagnostic(
            "schema/unknown-key", .error, "\(object.name) has no key `\(short(key))`", at: Label(span),
            notes: suggestion(meant) + (known.isEmpty ? [] : ["it takes \(quotedChoices(known))"]), fixIts: fixIts)
    }

    /// - Parameters:
    ///   - owner: the mapping, in words.
    ///   - summary: what the key is for; may be empty.
    ///   - example: the key with a value; may be empty.
    static func missingKey(
        _ key: String, of owner: String, summary: String, example: String, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "schema/missing-key", .error, "\(owner) has no `\(key)`", at: Label(span),
            notes: (summary.isEmpty ? [] : [summary]) + (example.isEmpty ? [] : ["for example `\(example)`"]))
    }

    static func noneOfKeys(_ object: SchemaObject, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/missing-key", .error, "\(object.name) does nothing", at: Label(span),
            notes: ["it takes exactly one of \(quotedChoices(object.exactlyOne))"])
    }

    static func conflictingKeys(
        _ object: SchemaObject, _ first: String, _ second: String, at span: Span, first place: Span
    ) -> Diagnostic {
        Diagnostic(
            "schema/conflicting-keys", .error, "\(object.name) has both `\(first)` and `\(second)`", at: Label(span),
            secondary: [Label(place, "the first")],
            notes: ["it takes exactly one of \(quotedChoices(object.exactlyOne))"])
    }

    // MARK: Values

    /// - Parameters:
    ///   - key: what the value is of, in words.
    ///   - expected: what it must be, in words.
    ///   - found: what it is, in words.
    static func wrongType(
        of key: String, expected: String, found: String, at span: Span, notes: [String], _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) must be \(expected), and is \(found)", at: Label(span), notes: notes,
            fixIts: fixIts)
    }

    static func noValue(of key: String, expected: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) has no value; it must be \(expected)", at: Label(span),
            notes: ["remove the key, or give it a value"])
    }

    static func onlyTrue(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/unknown-value", .error, "\(key) can only be `true`; without it the answer is no", at: Label(span))
    }

    static func unknownValue(
        _ value: String, of key: String, among names: [String], meant: String?, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/unknown-value", .error, "`\(short(value))` is not a value of \(key)", at: Label(span),
            notes: suggestion(meant) + ["it is one of \(quotedChoices(names))"], fixIts: fixIts)
    }

    /// - Parameter range: the numbers that are allowed, in words.
    static func numberOutOfRange(_ number: Int, of key: String, range: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/out-of-range", .error, "\(key) is \(number), and must be \(range)", at: Label(span))
    }

    static func wrongCount(_ count: Int, of key: String, range: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/out-of-range", .error,
            "\(key) has \(count) \(count == 1 ? "item" : "items"), and must have \(range)", at: Label(span))
    }

    static func tooFewEntries(of key: String, minimum: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/out-of-range", .error, "\(key) needs at least \(minimum) \(minimum == 1 ? "entry" : "entries")",
            at: Label(span))
    }

    static func duplicateItem(_ item: String, in key: String, at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            "schema/duplicate-item", .error, "`\(short(item))` is in \(key) twice", at: Label(span),
            secondary: [Label(first, "the first")])
    }

    /// - Parameter isSpelling: whether the text can be understood, and only its spelling is wrong.
    static func malformed(_ problem: SyntaxProblem, isSpelling: Bool, at span: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            problem.isRange ? "schema/out-of-range" : isSpelling ? "schema/locale-spelling" : "schema/invalid-format",
            isSpelling ? .warning : .error, problem.message, at: Label(span), notes: problem.notes, fixIts: fixIts)
    }

    /// `{label: Yes, please}`, where the comma ends the value.
    static func commaInValue(_ key: String, _ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unquoted-value", .error, "the value needs quotes: a comma ends a value in `{ }`", at: Label(span),
            notes: ["in quotes the whole value is text"],
            fixIts: [FixIt("write `\(key): \(quoted(text))`", edits: [Edit(span, quoted(text))], .unsafe)])
    }

    private static func suggestion(_ meant: String?) -> [String] { meant.map { ["did you mean `\($0)`?"] } ?? [] }
}

/// Names to choose from, in backticks.
func quotedChoices(_ names: [String]) -> String { listed(names.lazy.map { "`\($0)`" }) }

import LocatedYAML
import SourceDiagnostics

// The diagnostics of `schema/`. What is checked is named in words: a key in backticks, or `the file`; an object by its name in the
// schema, such as `an action`.

extension Diagnostic {
    // MARK: Keys

    static func misplacedKey(
        _ key: String, home: String, in object: SchemaObject, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/misplaced-key", .error, "`\(short(key))` belongs in \(home)", at: Label(span),
            notes: ["\(object.name) takes \(quotedChoices(object.properties.map(\.name)))"], fixIts: fixIts)
    }

    /// Keys beside the one that they belong under.
    static func keysTooHigh(_ keys: [String], under home: SchemaProperty, at span: Span, _ fixIts: [FixIt])
        -> Diagnostic
    {
        let names = keys.map { "`\(short($0))`" }
        let words =
            names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return Diagnostic(
            "schema/misplaced-key", .error, "\(words) \(keys.count == 1 ? "belongs" : "belong") under `\(home.name)`",
            at: Label(span), notes: ["for example `\(home.name): \(home.example)`"], fixIts: fixIts)
    }

    /// A key of other tools, with what is said here in its place.
    static func foreignKey(
        _ key: String, in object: SchemaObject, _ note: String, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/unknown-key", .error, "\(object.name) has no key `\(short(key))`", at: Label(span), notes: [note],
            fixIts: fixIts)
    }

    /// A key that only other variants of the object have.
    static func keyOfOthers(
        _ key: String, of others: [String], in object: SchemaObject, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        Diagnostic(
            "schema/misplaced-key", .error, "\(object.name) has no `\(short(key))`", at: Label(span),
            notes: ["it is for \(quotedChoices(others))"], fixIts: fixIts)
    }

    /// - Parameters:
    ///   - meant: the key that is probably meant.
    ///   - example: how that is written; nil where what is there will do for it.
    static func unknownKey(
        _ key: String, in object: SchemaObject, meant: String?, example: String?, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        let known = object.properties.map(\.name)
        let rule = example.map { "for example `\($0)`" } ?? "it takes \(quotedChoices(known))"
        return Diagnostic(
            "schema/unknown-key", .error, "\(object.name) has no key `\(short(key))`", at: Label(span),
            notes: suggestion(meant) + (known.isEmpty ? [] : [rule]), fixIts: fixIts)
    }

    /// - Parameter end: where the key ends, and its colon is missing.
    static func keyWithoutColon(_ key: String, at span: Span, end: Int) -> Diagnostic {
        Diagnostic(
            "yaml/missing-colon", .error, "no colon stands after `\(key)`", at: Label(span),
            notes: ["inside `{ }` each key takes a colon, a space and a value"],
            fixIts: [FixIt("add a colon", edits: [Edit(Span(at: end), ":")], .unsafe)])
    }

    /// - Parameter names: the events, as they are written.
    static func severalEvents(_ names: [String], at span: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            "schema/several-events", .error, "a trigger has one event, and these are \(names.count)", at: Label(span),
            notes: [
                "each of \(quotedChoices(names)) takes a message of its own; or the app reports one event for all of them"
            ], fixIts: fixIts, choice: .authors)
    }

    /// Attributes below a key that is none: `session_start: {properties: {…}}`.
    static func wrappedAttributes(_ key: String, of owner: String, at span: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(owner) has its attributes one level too deep", at: Label(span),
            notes: ["they stand directly below it, without `\(short(key))`"], fixIts: fixIts)
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

    static func noValue(of key: String, expected: String, at span: Span, _ fixIts: [FixIt] = []) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) has no value; it must be \(expected)", at: Label(span),
            notes: ["remove the key, or give it a value"], fixIts: fixIts)
    }

    /// - Parameter comment: where the comment stands in the value's place.
    static func commentForValue(of key: String, expected: String, at comment: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) has no value, for `#` begins a comment", at: Label(comment),
            notes: ["it must be \(expected); in quotes `#` is text"], fixIts: fixIts)
    }

    /// - Parameters:
    ///   - item: what an item of the list is.
    ///   - hyphen: the first of those that are too many.
    static func itemInPieces(_ key: String, _ item: String, count: Int, at hyphen: Span, _ edits: [Edit]) -> Diagnostic
    {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) has \(item) in \(count) pieces", at: Label(hyphen),
            notes: ["a hyphen begins an item; its keys stand below each other"],
            fixIts: [FixIt("leave out the hyphens", edits: edits, .unsafe)])
    }

    /// `user: {first_name: …}` for `user.first_name`.
    static func pathInParts(_ group: String, _ name: String, at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "`\(short(group))` holds several, and each is named as a whole",
            at: Label(span), notes: ["write `\(name): {…}`"],
            fixIts: edits.isEmpty ? [] : [FixIt("write `\(name)`", edits: edits, .unsafe)])
    }

    static func listWithoutBrackets(_ key: String, example: String, _ items: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "schema/wrong-type", .error, "\(key) must be a list, and a comma ends a value in `{ }`", at: Label(span),
            notes: ["for example `\(example)`"],
            fixIts: [FixIt("write `[\(items)]`", edits: [Edit(span, "[\(items)]")], .unsafe)])
    }

    /// - Parameter items: the items with commas between.
    static func fullwidthComma(_ items: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/missing-comma", .error, "a full-width comma stands between two items, and ends none", at: Label(span),
            fixIts: [.write(items, at: span)])
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
            fixIts: [FixIt("write `\(key): \(quoted(text))`", edits: [Edit(span, quoted(text))], .unsafe)],
            choice: .simplest)
    }

    private static func suggestion(_ meant: String?) -> [String] { meant.map { ["did you mean `\($0)`?"] } ?? [] }
}

/// Names to choose from, in backticks.
func quotedChoices(_ names: [String]) -> String { listed(names.lazy.map { "`\($0)`" }) }

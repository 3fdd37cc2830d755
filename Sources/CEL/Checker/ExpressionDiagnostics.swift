import ByteText
import SourceDiagnostics

// The diagnostics of `cel/` about names, types and constants.

extension Diagnostic {
    static func noFields(_ type: CELType, _ field: Name) -> Diagnostic {
        var diagnostic = Diagnostic(
            "cel/no-fields", .error, "\(type.words) has no field `\(field.text)`", at: Label(field.span),
            notes: ["only groups of attributes and maps have fields"])
        if let call = type.call(for: field.text) {
            diagnostic.notes = ["it is a method here: `\(call)`"]
            diagnostic.fixIts = [FixIt("write `\(call)`", edits: [Edit(field.span, call)], .unsafe)]
        }
        return diagnostic
    }

    static func unknownType(_ type: Name) -> Diagnostic {
        Diagnostic("cel/undeclared-reference", .error, "no type `\(type.text)` is declared", at: Label(type.span))
    }

    static func wrongFieldType(_ name: Name, wanted: CELType, _ found: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/no-matching-overload", .error,
            "the field `\(name.text)` is \(wanted.words), and this is \(found.words)", at: Label(span))
    }

    static func notOptional(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-optional", .error, "this wants an optional value and is \(type.words)", at: Label(span),
            notes: ["`?.` and `[?]` read an optional value; `optional.of(…)` makes one"])
    }

    static func entryIsNoMap(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-macro-argument", .error,
            "`transformMapEntry` wants a map such as `{key: value}`, not \(type.words)",
            at: Label(span))
    }

    static func notIterable(_ type: CELType, _ macro: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-iterable", .error, "`\(macro)` takes a list or a map, and this is \(type.words)",
            at: Label(span))
    }

    static func notBool(_ type: CELType, _ span: Span, _ macro: String) -> Diagnostic {
        Diagnostic(
            "cel/not-a-condition", .error, "`\(macro)` wants a condition (true or false), and this is \(type.words)",
            at: Label(span))
    }

    static func notOrdered(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-ordered", .error, "`sortBy` cannot put \(type.words) in order", at: Label(span),
            notes: ["numbers, strings, bytes, bools, timestamps, durations and versions have an order"])
    }

    /// - Parameter subject: what the side before compares; nil when it is no comparison.
    static func operandNotBool(
        _ function: Name, _ type: CELType, _ span: Span, _ text: String, subject: String?
    ) -> Diagnostic {
        let symbol = Operator.symbol(function.text) ?? function.text
        var note = "both sides of `\(symbol)` are conditions"
        if type == .string, text.utf8.first == 0x22 || text.utf8.first == 0x27 {
            note =
                "each side of `\(symbol)` is a whole condition: write `a == \"x\" \(symbol) a == \"y\"`, or `a in [\"x\", \"y\"]`"
        }
        var diagnostic = Diagnostic(
            "cel/not-a-condition", .error,
            "`\(symbol)` joins conditions (true or false), and this is \(type.words)", at: Label(span), notes: [note])
        if type == .string, let subject, function.text == Operator.or {
            diagnostic.fixIts = [
                FixIt("write a whole condition", edits: [Edit(Span(at: span.start), subject + " == ")], .unsafe)
            ]
        }
        return diagnostic
    }

    /// - Parameter example: a comparison of the very value; nil for one of the same kind.
    static func wrongResultType(_ found: CELType, wanted: CELType, _ span: Span, example: String?) -> Diagnostic {
        let what = wanted == .bool ? "a condition must be true or false" : "the expression must be \(wanted.words)"
        return Diagnostic(
            "cel/wrong-result-type", .error, "\(what), and this is \(found.words)", at: Label(span),
            notes: wanted == .bool
                ? [
                    "compare it with something, such as " + (example.map { "`\($0)`" } ?? "`x == \"…\"` or `x > 0`")
                ] : [])
    }

    // MARK: Names

    static func undeclaredReference(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("cel/undeclared-reference", .error, "`\(name)` is not declared", at: Label(span))
    }

    static func unknownField(_ field: Name, of type: ObjectType) -> Diagnostic {
        let names = type.fields.map { $0.name }
        let near = nearMiss(field.text, among: names)
        let notes =
            near.map { ["did you mean `\($0)`?"] }
            ?? (names.isEmpty ? [] : ["`\(type.name)` has " + quotedList(names)])
        return Diagnostic(
            "cel/unknown-field", .error, "`\(type.name)` has no field `\(field.text)`", at: Label(field.span),
            notes: notes, fixIts: near.map { [.write($0, at: field.span)] } ?? [])
    }

    static func undeclaredFunction(_ name: String, isMember: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/undeclared-function", .error,
            isMember ? "there is no method `\(name)`" : "there is no function `\(name)`", at: Label(span))
    }

    /// `user.has(name)`
    static func methodForTest(_ function: Name, _ test: String, at call: Span) -> Diagnostic {
        var diagnostic = Diagnostic.undeclaredFunction(function.text, isMember: true, at: function.span)
        diagnostic.notes = ["`has(…)` is a function: `\(test)`"]
        diagnostic.fixIts = [.write(test, at: call)]
        return diagnostic
    }

    // MARK: Calls and values

    static func noMatchingOverload(_ headline: String, at span: Span, operands: [Label]) -> Diagnostic {
        Diagnostic("cel/no-matching-overload", .error, headline, at: Label(span), secondary: operands)
    }

    static func optionalReadUntested(_ read: String, field: String, at span: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            "cel/optional-read-untested", .error, "`\(read)` may have no value, and nothing tests that",
            at: Label(span),
            notes: [
                "to read a field without a value is an error, and an audience with an error reaches nobody",
                "test it with `has(\(read))`, or give a default with `.?\(field).orValue(…)`",
            ], fixIts: fixIts)
    }

    static func notADeclaredValue(
        _ text: String, of path: String, near: String?, values: [String], at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "cel/not-a-declared-value", .error, "`\(path)` is never `\"\(text)\"`", at: Label(span),
            notes: (near.map { ["did you mean `\"\($0)\"`?"] } ?? []) + ["its values are " + quotedList(values)],
            fixIts: near.map { [.write("\"\($0)\"", at: span)] } ?? [])
    }

    /// - Parameter written: the values that stand in one text, as texts of their own.
    static func severalValues(_ text: String, of path: String, written: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-a-declared-value", .error, "`\(path)` is never `\"\(text)\"`", at: Label(span),
            notes: ["in a list each value has quotation marks of its own"], fixIts: [.write(written, at: span)])
    }

    /// `a == null`, where a may have no value.
    ///
    /// - Parameter test: what asks that here.
    static func comparedWithNull(_ read: String, test: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/optional-read-untested", .error, "`\(read)` may have no value, and a missing value is not null",
            at: Label(span), notes: ["`has(…)` asks whether there is a value"], fixIts: [.write(test, at: span)])
    }

    /// A condition that reads nothing of the user or the event.
    ///
    /// - Parameters:
    ///   - isAlways: what it comes to, if that is known.
    ///   - names: the attributes whose paths, or nearly, texts in it are.
    static func constantCondition(
        isAlways: Bool?, at span: Span, names: [(name: String, text: String, span: Span)]
    ) -> Diagnostic {
        let outcome =
            switch isAlways {
            case true?: "is true for everyone"
            case false?: "is never true"
            case nil: "is the same for everyone"
            }
        let edits = names.map { Edit($0.span, $0.name) }
        return Diagnostic(
            "cel/constant-condition", .warning, "this reads no attribute, and \(outcome)", at: Label(span),
            notes: [
                names.first.map {
                    sameBytes($0.name, $0.text)
                        ? "in quotation marks `\($0.name)` is a text, not the attribute"
                        : "in quotation marks `\($0.text)` is a text, and the attribute is `\($0.name)`"
                }
                    ?? "a condition compares an attribute with something, such as `user.plan == \"free\"`"
            ],
            fixIts: edits.isEmpty
                ? []
                : [
                    FixIt(
                        names.allSatisfy { sameBytes($0.name, $0.text) }
                            ? "leave out the marks" : "write the attribute",
                        edits: edits, .unsafe)
                ])
    }

    /// `user.plan == user.plan`
    ///
    /// - Parameter isAttribute: whether what is compared is an attribute, and not what is made of some.
    static func comparedWithItself(_ isAlways: Bool, isAttribute: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/constant-condition", .warning,
            "this compares \(isAttribute ? "an attribute" : "a value") with itself, and is \(outcome(isAlways))",
            at: Label(span))
    }

    /// `has(user.plan)` of an attribute that always has a value.
    static func alwaysPresent(_ path: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/constant-condition", .warning, "`\(path)` always has a value, so `has(…)` is true for everyone",
            at: Label(span), notes: ["it is not declared `optional` in placard.yaml"])
    }

    /// `rides.rated || !rides.rated`
    static func opposites(_ one: String, _ other: String, isAlways: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/constant-condition", .warning,
            isAlways
                ? "one of two opposite conditions always holds, so this is \(outcome(true))"
                : "two opposite conditions never hold together, so this is \(outcome(false))",
            at: Label(span), notes: ["they are `\(one)` and `\(other)`"])
    }

    private static func outcome(_ isAlways: Bool) -> String { isAlways ? "true for everyone" : "never true" }

    /// `user.country != "DE" || user.country != "FR"`, `coffee.points > 5 || coffee.points < 10`
    ///
    /// - Parameters:
    ///   - isEquality: whether it is compared by `!=`.
    ///   - written: the same with `&&`.
    static func eitherHolds(_ path: String, isEquality: Bool, written: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/constant-condition", .warning,
            isEquality
                ? "`\(path)` always differs from one of these, so this is true for everyone"
                : "one of these always holds for `\(path)`, so this is true for everyone",
            at: Label(span),
            notes: [
                isEquality
                    ? "where it may be none of them, the operator is `&&`"
                    : "where both are to hold, the operator is `&&`"
            ],
            fixIts: [.write(written, at: span)])
    }

    /// `semver(x)` of a value that comes from the app.
    ///
    /// - Parameter end: where its argument ends.
    static func strictVersion(_ call: String, at span: Span, end: Int) -> Diagnostic {
        Diagnostic(
            "cel/strict-version", .warning, "`semver` reads nothing but three numbers with dots", at: Label(span),
            notes: [
                "of a version such as `3.4` or `3.4.0.1` it is an error, and an audience with an error reaches nobody",
                "`\(call)` reads versions as apps report them",
            ],
            fixIts: [
                FixIt("read it as apps report it", edits: [Edit(Span(at: end), ", true")], .unsafe)
            ])
    }

    /// - Parameter literal: the text that the value is compared with, as a number or a version is written in CEL.
    static func textOrder(ofNumber isNumber: Bool, _ name: String, _ literal: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/text-order", .warning,
            "\(isNumber ? "numbers" : "versions") are compared as texts here, letter by letter", at: Label(span),
            notes: isNumber
                ? [
                    "as a text `\"10\"` comes before `\"9\"`",
                    "declare \(name) as int or double in placard.yaml, and compare it with `\(literal)`, without quotation marks",
                ]
                : [
                    "as a text `\"3.10.0\"` comes before `\"3.9.0\"`",
                    "declare \(name) as version in placard.yaml, and compare it with `\(literal)`",
                ])
    }

    // MARK: Constants

    static func invalidConstant(_ text: String, as type: String, note: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-constant", .error, "`\"\(text)\"` is not a valid \(type)", at: Label(span), notes: [note])
    }

    static func malformedRegex(_ reason: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-regex", .error, "the regular expression is malformed: \(reason)", at: Label(span),
            notes: ["patterns have RE2 syntax, which has no backreferences and no lookaround"])
    }

    static func regexTooLarge(states: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-regex", .error, "the regular expression is too large to be matched in time", at: Label(span),
            notes: [
                "each byte of a text would be compared with \(states) states",
                "repeat less, as in `{1,20}` for `{1,1000}`, or test the length with `size()`",
            ])
    }

    static func regexesTooLargeTogether(at span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-regex", .error, "the regular expressions of this condition are too large together",
            at: Label(span),
            notes: [
                "an app compiles the patterns of all conditions when it starts, and each condition has a share of that work",
                "repeat less, or test less at once",
            ])
    }

    /// `a, b and c` in backticks, shortened when there are many.
    static func quotedList(_ names: [String]) -> String {
        let shown = names.prefix(12)
        var result = ""
        for (index, name) in shown.enumerated() {
            if index > 0 { result += index == names.count - 1 ? " and " : ", " }
            result += "`" + name + "`"
        }
        return names.count > shown.count ? result + " …" : result
    }
}

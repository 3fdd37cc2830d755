import SourceDiagnostics

// What can be wrong with names and types: one constructor for each finding that needs no look at the declarations.

extension Diagnostic {
    static func noFields(_ type: CELType, _ field: Name) -> Diagnostic {
        var finding = Diagnostic(
            "cel/no-fields", .error, "\(type.words) has no field `\(field.text)`", at: Label(field.span),
            notes: ["only groups of attributes and maps have fields"])
        if let call = type.call(for: field.text) {
            finding.notes = ["it is a method here: `\(call)`"]
            finding.fixIts = [FixIt("write `\(call)`", edits: [Edit(field.span, call)], .unsafe)]
        }
        return finding
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
            notes: ["`?.` and `[?]` read an optional value; optional.of(…) makes one"])
    }

    static func entryIsNoMap(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-macro-argument", .error,
            "transformMapEntry wants a map such as {key: value}, not \(type.words)",
            at: Label(span))
    }

    static func notIterable(_ type: CELType, _ macro: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-iterable", .error, "\(macro) goes through a list or a map, and this is \(type.words)",
            at: Label(span))
    }

    static func notBool(_ type: CELType, _ span: Span, _ macro: String) -> Diagnostic {
        Diagnostic(
            "cel/not-a-condition", .error, "\(macro) wants a condition (true or false), and this is \(type.words)",
            at: Label(span))
    }

    static func notOrdered(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-ordered", .error, "sortBy cannot put \(type.words) in order", at: Label(span),
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
                "each side of `\(symbol)` is a whole condition: write a == \"x\" \(symbol) a == \"y\", or a in [\"x\", \"y\"]"
        }
        var finding = Diagnostic(
            "cel/not-a-condition", .error,
            "`\(symbol)` joins conditions (true or false), and this is \(type.words)", at: Label(span), notes: [note])
        if type == .string, let subject, function.text == Operator.or {
            finding.fixIts = [
                FixIt("write a whole condition", edits: [Edit(Span(at: span.start), subject + " == ")], .unsafe)
            ]
        }
        return finding
    }

    /// - Parameter example: a comparison of the very value; nil for one of the same kind.
    static func wrongResultType(_ found: CELType, wanted: CELType, _ span: Span, example: String?) -> Diagnostic {
        let what = wanted == .bool ? "a condition must be true or false" : "the expression must be \(wanted.words)"
        return Diagnostic(
            "cel/wrong-result-type", .error, "\(what), and this is \(found.words)", at: Label(span),
            notes: wanted == .bool ? ["compare it with something, such as " + (example ?? "x == \"…\" or x > 0")] : [])
    }
}

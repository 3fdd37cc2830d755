import SourceDiagnostics
import UnicodeLocale

// The diagnostics of `mf2/` about a message that is well-formed: its variants, functions and selectors.

extension Diagnostic {
    // MARK: Data model

    static func duplicateDeclaration(_ declaration: Declaration, first: Place) -> Diagnostic {
        Diagnostic(
            DiagnosticID.duplicateDeclaration, .error,
            "the variable `$\(declaration.name)` is used or declared before this declaration",
            at: Label(declaration.namePlace.span), secondary: [Label(first.span, "first here")],
            notes: ["a variable is declared once, before any declaration that uses it"])
    }

    static func missingSelectorAnnotation(
        _ selector: VariableReference, declaration: Declaration?, _ matcher: Matcher
    ) -> Diagnostic {
        let fixIt =
            if let operand = declaration?.value.operand {
                FixIt(
                    "give it a function", edits: [Edit(Span(at: operand.place.span.end), " :FUNCTION")], .displayOnly)
            } else {
                FixIt(
                    "declare it before `.match`",
                    edits: [Edit(Span(at: matcher.place.span.start), ".input {$\(selector.name) :FUNCTION}\n")],
                    .displayOnly)
            }
        return Diagnostic(
            DiagnosticID.missingSelectorAnnotation, .error, "the selector `$\(selector.name)` has no function",
            at: Label(selector.place.span),
            notes: [
                "the function says how keys are compared: `:number` by plural category, `:string` letter by letter"
            ],
            fixIts: [fixIt])
    }

    static func variantKeyMismatch(_ variant: Variant, selectors: Int) -> Diagnostic {
        let keys = variant.keys.count
        let span = variant.keys.dropFirst().reduce(variant.keys.first?.place.span ?? variant.place.span) {
            $0.union($1.place.span)
        }
        return Diagnostic(
            DiagnosticID.variantKeyMismatch, .error,
            "the variant has \(keys) \(keys == 1 ? "key" : "keys") for \(selectors) \(selectors == 1 ? "selector" : "selectors")",
            at: Label(span), notes: ["a variant has one key for each selector; `*` stands for any value"])
    }

    static func duplicateVariant(_ variant: Variant, first: Variant) -> Diagnostic {
        Diagnostic(
            DiagnosticID.duplicateVariant, .error, "another variant has the same keys", at: Label(variant.place.span),
            secondary: [Label(first.place.span, "first here")], notes: ["the second one would never be shown"])
    }

    static func missingFallbackVariant(_ matcher: Matcher) -> Diagnostic {
        var keys = ""
        for _ in matcher.selectors { keys += "* " }
        let edits = matcher.variants.map { variant in
            variant.keys.compactMap { key -> Edit? in
                guard case .literal(let literal) = key, wordsForOthers.contains(literal.value.lowercased())
                else { return nil }
                return Edit(literal.place.span, "*")
            }
        }
        let meant = zip(matcher.variants, edits).first { variant, edits in
            let rest = variant.keys.count { key in if case .catchAll = key { true } else { false } }
            return !edits.isEmpty && edits.count + rest == variant.keys.count
        }
        if let (_, edits) = meant {
            return Diagnostic(
                DiagnosticID.missingFallbackVariant, .error,
                "no variant is for all other values, with `*` as every key",
                at: Label(edits[0].span), notes: ["without one some values would have no text"],
                fixIts: [FixIt("write `*`", edits: edits + matcher.plainKeys, .unsafe)])
        }
        return Diagnostic(
            DiagnosticID.missingFallbackVariant, .error, "no variant is for all other values, with `*` as every key",
            at: Label(Span(matcher.place.span.start, min(matcher.place.span.start + 6, matcher.place.span.end))),
            notes: ["without one some values would have no text"],
            fixIts: [
                FixIt(
                    "add the variant", edits: [Edit(Span(at: matcher.contentEnd), "\n\(keys){{TEXT}}")],
                    .displayOnly)
            ])
    }

    // MARK: Functions

    static func unknownFunction(_ function: FunctionReference, among names: [String]) -> Diagnostic {
        let near = nearMiss(function.name, among: names) ?? otherNames[function.name.lowercased()]
        return Diagnostic(
            DiagnosticID.unknownFunction, .error, "there is no function `:\(function.name)`",
            at: Label(function.namePlace.span),
            notes: near == nil ? ["the functions are " + names.map { "`:\($0)`" }.joined(separator: ", ")] : [],
            fixIts: near.map { [FixIt("write `:\($0)`", edits: [Edit(function.namePlace.span, ":\($0)")], .unsafe)] }
                ?? [])
    }

    static func draftFunction(_ function: FunctionReference) -> Diagnostic {
        Diagnostic(
            DiagnosticID.draftFunction, .warning, "the function `:\(function.name)` is still a draft",
            at: Label(function.namePlace.span),
            notes: ["its options may change in a later version of MessageFormat (LDML 48 lists it as a draft)"])
    }

    static func badOperand(at span: Span, _ message: String) -> Diagnostic {
        Diagnostic(
            DiagnosticID.badOperand, .error, message, at: Label(span),
            notes: ["a reader would see the placeholder itself instead of a value"])
    }

    static func badOption(
        at span: Span, _ message: String, notes: [String] = [], suggestion: (text: String, span: Span)? = nil
    ) -> Diagnostic {
        Diagnostic(
            DiagnosticID.badOption, .error, message, at: Label(span), notes: notes,
            fixIts: suggestion.map { [FixIt("write `\($0.text)`", edits: [Edit($0.span, $0.text)], .unsafe)] } ?? [])
    }

    static func unknownUnicodeOption(_ option: Option) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unknownOption, .warning, "the option `\(option.name)` has no effect",
            at: Label(option.namePlace.span), notes: ["the options of the `u:` namespace are `u:dir` and `u:id`"])
    }

    static func unknownOption(_ option: Option, of signature: FunctionSignature) -> Diagnostic {
        let names = signature.options.map { $0.name }
        let near = nearMiss(option.name, among: names)
        var notes: [String] = []
        if near == nil {
            notes = [
                names.isEmpty
                    ? "`:\(signature.name)` has no options"
                    : "the options of `:\(signature.name)` are " + names.map { "`\($0)`" }.joined(separator: ", ")
            ]
        }
        return Diagnostic(
            DiagnosticID.unknownOption, .warning, "the option `\(option.name)` has no effect on `:\(signature.name)`",
            at: Label(option.namePlace.span), notes: notes,
            fixIts: near.map { [FixIt("write `\($0)`", edits: [Edit(option.namePlace.span, $0)], .unsafe)] } ?? [])
    }

    // MARK: Selectors

    static func badSelector(_ selector: VariableReference, _ function: FunctionReference) -> Diagnostic {
        Diagnostic(
            DiagnosticID.badSelector, .error,
            "`:\(function.name)` cannot select, but `$\(selector.name)` is a selector",
            at: Label(selector.place.span), secondary: [Label(function.namePlace.span, "its function")],
            notes: ["a selector has `:string`, `:number`, `:integer`, `:offset` or `:percent`"])
    }

    static func badVariantKey(_ key: Literal, _ message: String, suggestion: String? = nil) -> Diagnostic {
        let near =
            suggestion ?? plainKey(key.value) ?? nearMiss(key.value, among: PluralCategory.allCases.map { $0.name })
        return Diagnostic(
            DiagnosticID.badVariantKey, .error, message, at: Label(key.place.span),
            notes: ["a number is compared as a plain decimal, without needless zeros"],
            fixIts: near.map { [FixIt("write `\($0)`", edits: [Edit(key.place.span, $0)], .unsafe)] } ?? [])
    }

    static func unreachableCategory(_ key: Literal, _ what: String, _ categories: [PluralCategory]) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unreachableCategory, .error, "`\(key.value)` is not among the \(what)",
            at: Label(key.place.span),
            notes: ["they are " + categories.map { "`\($0.name)`" }.joined(separator: ", ")])
    }

    static func missingCategory(
        _ categories: [PluralCategory], _ what: String, _ matcher: Matcher, _ selector: VariableReference
    ) -> Diagnostic {
        let names = categories.map { "`\($0.name)`" }.joined(separator: ", ")
        var keys = ""
        for other in matcher.selectors {
            keys += (sameName(other.name, selector.name) ? categories[0].name : "*") + " "
        }
        return Diagnostic(
            DiagnosticID.missingCategory, .warning, "there is no variant for \(names), of the \(what)",
            at: Label(selector.place.span),
            notes: ["numbers of these categories get the text of `*`, which is probably wrong in this language"],
            fixIts: [
                FixIt(
                    "add a variant", edits: [Edit(Span(at: matcher.contentEnd), "\n\(keys){{TEXT}}")], .displayOnly)
            ])
    }
}

extension Matcher {
    /// What makes keys of words that other formats have for them, but for those of all other values.
    fileprivate var plainKeys: [Edit] {
        variants.flatMap { $0.keys }.compactMap { key in
            guard case .literal(let literal) = key, !wordsForOthers.contains(literal.value.lowercased()) else {
                return nil
            }
            return plainKey(literal.value).map { Edit(literal.place.span, $0) }
        }
    }
}

/// What functions are called elsewhere.
private let otherNames: [String: String] = [
    "plural": "integer", "int": "integer", "count": "integer", "cardinal": "integer", "num": "number",
    "float": "number", "double": "number", "decimal": "number", "select": "string", "text": "string", "str": "string",
    "enum": "string", "money": "currency", "price": "currency", "percentage": "percent",
    "ordinal": "integer select=ordinal", "selectordinal": "integer select=ordinal",
]

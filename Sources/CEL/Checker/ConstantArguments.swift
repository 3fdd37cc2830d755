import LinearRegex
import SourceDiagnostics

/// Finds constant arguments that fail in every evaluation: `semver("3.2")`, `timestamp("tomorrow")`, a malformed
/// regular expression.
enum ConstantArguments {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var budget = Regex.Budget(steps: checked.environment.limits.patternSteps)
        for index in checked.expression.nodes.indices {
            guard case .call(_, _, let arguments) = checked.expression.nodes[index].kind,
                case .language(let function)? = checked.overloads[index]?.overloads.first?.source,
                let check = function.checkConstant, let last = arguments.last,
                case .constant(.string(let text)) = checked.expression[last].kind
            else { continue }
            findings += check(text, checked.expression[last].span, &budget)
        }
        return findings
    }

    /// A text must be a notation of that type, which the note shows.
    ///
    /// - Parameter meant: the notation that a text of another one certainly means; nil for none.
    static func notation(
        _ type: String, _ note: String, meant: (@Sendable (String) -> String?)? = nil,
        _ isValid: @escaping @Sendable (String) -> Bool
    ) -> Function.ConstantCheck {
        { text, span, _ in
            guard !isValid(text) else { return [] }
            var finding = invalid(type, text, span, note)
            if let written = meant.flatMap({ $0(text) }) {
                let literal = "\"" + written + "\""
                finding.fixIts = [FixIt("write \(literal)", edits: [Edit(span, literal)], .unsafe)]
            }
            return [finding]
        }
    }

    /// A pattern must be one, and not too large.
    static func pattern(_ text: String, _ span: Span, within budget: inout Regex.Budget) -> [Diagnostic] {
        do {
            let regex = try Regex(text, within: &budget)
            guard regex.stepsPerByte > stepsPerByteLimit else { return [] }
            return [
                Diagnostic(
                    "cel/invalid-regex", .error, "the regular expression is too large to be matched in time",
                    at: Label(span),
                    notes: [
                        "each byte of a text would be held against \(regex.stepsPerByte / Regex.stepsPerState) states",
                        "repeat less, as in `{1,20}` for `{1,1000}`, or test the length with `size()`",
                    ])
            ]
        } catch {
            guard !error.isOutOfSteps else {
                return [
                    Diagnostic(
                        "cel/invalid-regex", .error, "the regular expressions of this condition are too large together",
                        at: Label(span),
                        notes: [
                            "all of them are made ready when an app starts, and many conditions have a share each",
                            "repeat less, or test less at once",
                        ])
                ]
            }
            return [
                Diagnostic(
                    "cel/invalid-regex", .error, "the regular expression is malformed: \(error.message)",
                    at: Label(span),
                    notes: ["patterns have RE2 syntax, which has no backreferences and no lookaround"])
            ]
        }
    }

    /// The most steps that a byte of a text may take a pattern: at most so many that 128 bytes can be matched at all.
    private static let stepsPerByteLimit = Limits().work * Work.stepsPerUnit / 128

    /// A version must be written in full.
    static func version(_ text: String, _ span: Span, within _: inout Regex.Budget) -> [Diagnostic] {
        guard SemanticVersion(parsing: text) == nil else { return [] }
        var finding = invalid(
            "version", text, span, "a version has three numbers, such as 3.2.0, by Semantic Versioning 2.0")
        if let version = SemanticVersion(reported: text)?.release {
            finding.fixIts = [
                FixIt("write \"\(version.text)\"", edits: [Edit(span, "\"\(version.text)\"")], .unsafe)
            ]
        }
        return [finding]
    }

    private static func invalid(_ type: String, _ text: String, _ span: Span, _ note: String) -> Diagnostic {
        Diagnostic("cel/invalid-constant", .error, "\"\(text)\" is no \(type)", at: Label(span), notes: [note])
    }
}

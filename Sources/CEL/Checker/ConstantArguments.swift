import LinearRegex
import SourceDiagnostics

/// Finds constant arguments that fail in every evaluation: `semver("3.2")`, `timestamp("tomorrow")`, a malformed
/// regular expression.
enum ConstantArguments {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var budget = Regex.Budget(steps: checked.environment.limits.patternSteps)
        for index in checked.expression.nodes.indices {
            guard case .call(_, _, let arguments) = checked.expression.nodes[index].kind,
                case .language(let function)? = checked.overloads[index]?.overloads.first?.source,
                let check = function.checkConstant, let last = arguments.last,
                case .constant(.string(let text)) = checked.expression[last].kind
            else { continue }
            diagnostics += check(text, checked.expression[last].span, &budget)
        }
        return diagnostics
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
            var diagnostic = Diagnostic.invalidConstant(text, as: type, note: note, at: span)
            if let written = meant.flatMap({ $0(text) }) {
                diagnostic.fixIts = [.write("\"" + written + "\"", at: span)]
            }
            return [diagnostic]
        }
    }

    /// A pattern must be one, and not too large.
    static func pattern(_ text: String, _ span: Span, within budget: inout Regex.Budget) -> [Diagnostic] {
        do {
            let regex = try Regex(text, within: &budget)
            guard regex.stepsPerByte > stepsPerByteLimit else { return [] }
            return [.regexTooLarge(states: regex.stepsPerByte / Regex.stepsPerState, at: span)]
        } catch {
            return [
                error.isOutOfSteps ? .regexesTooLargeTogether(at: span) : .malformedRegex(error.message, at: span)
            ]
        }
    }

    /// The most steps that a byte of a text may take a pattern: at most so many that 128 bytes can be matched at all.
    private static let stepsPerByteLimit = Limits().work * Work.stepsPerUnit / 128

    /// A version must be written in full.
    static func version(_ text: String, _ span: Span, within _: inout Regex.Budget) -> [Diagnostic] {
        guard SemanticVersion(parsing: text) == nil else { return [] }
        var diagnostic = Diagnostic.invalidConstant(
            text, as: "version", note: "a version has three numbers, such as `3.2.0` (Semantic Versioning 2.0)",
            at: span)
        if let version = SemanticVersion(reported: text)?.release {
            diagnostic.fixIts = [.write("\"\(version.text)\"", at: span)]
        }
        return [diagnostic]
    }
}

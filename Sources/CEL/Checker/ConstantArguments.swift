import LinearRegex
import SourceDiagnostics

/// Finds constant arguments that fail in every evaluation: `semver("3.2")`, `timestamp("tomorrow")`, a malformed
/// regular expression.
enum ConstantArguments {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var budget = Regex.Budget()
        for index in checked.expression.nodes.indices {
            guard case .call(_, let target, let arguments) = checked.expression.nodes[index].kind,
                let call = checked.overloads[index], let builtin = call.overloads.first?.builtin,
                let last = arguments.last, case .constant(.string(let text)) = checked.expression[last].kind
            else { continue }
            let span = checked.expression[last].span
            switch builtin {
            case .matches where arguments.count + (target == nil ? 0 : 1) == 2:
                findings += pattern(text, span, within: &budget)
            case .semver where arguments.count == 1: findings += version(text, span)
            case .toTimestamp where CELTimestamp(parsing: text) == nil:
                findings.append(
                    invalid(
                        "timestamp", text, span,
                        "a timestamp is written as 2026-12-24T18:00:00Z, with a zone such as Z or +01:00"))
            case .toDuration where CELDuration(parsing: text) == nil:
                findings.append(
                    invalid("duration", text, span, "a duration is written as 90s, 1h30m or 250ms; days as 24h"))
            case .ip where IPAddress(parsing: text) == nil:
                findings.append(invalid("IP address", text, span, "such as 192.168.0.1 or 2001:db8::1"))
            case .cidr where CIDR(parsing: text) == nil:
                findings.append(invalid("IP range", text, span, "such as 10.0.0.0/8 or 2001:db8::/32"))
            default: break
            }
        }
        return findings
    }

    private static func pattern(_ text: String, _ span: Span, within budget: inout Regex.Budget) -> [Diagnostic] {
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
                        notes: ["all of them are made ready when an app starts", "repeat less, or test less at once"])
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

    private static func version(_ text: String, _ span: Span) -> [Diagnostic] {
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

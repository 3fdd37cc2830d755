import LinearRegex
import SourceDiagnostics

// `size`, the tests of texts and `matches` (langdef.md, "List of Standard Definitions").

extension Function {
    static let sizes: [Function] = [
        Function(
            "size",
            """
            (string) -> int; (bytes) -> int; (list(A)) -> int; (map(A, B)) -> int; \
            string.() -> int; bytes.() -> int; list(A).() -> int; map(A, B).() -> int
            """, fixedWork: 4, work: Work.copying
        ) { (values, _) throws(EvaluationError) in
            switch values[0] {
            case .string(let text): .int(Int64(codePointCount(text)))
            case .bytes(let bytes): .int(Int64(bytes.count))
            case .list(let list): .int(Int64(list.count))
            case .map(let map): .int(Int64(map.count))
            default: nil
            }
        }
    ]

    static let texts: [Function] = [
        Function("contains", "string.(string) -> bool") { operands, span, _ in
            StringTestNode(.contains, operands[0], operands[1], span)
        },
        Function("startsWith", "string.(string) -> bool") { operands, span, _ in
            StringTestNode(.startsWith, operands[0], operands[1], span)
        },
        Function("endsWith", "string.(string) -> bool") { operands, span, _ in
            StringTestNode(.endsWith, operands[0], operands[1], span)
        },
        Function(
            "matches", "(string, string) -> bool; string.(string) -> bool", fixedWork: 48,
            checkConstant: ConstantArguments.pattern, node: matchesConstant
        ) { (values, run) throws(EvaluationError) in
            guard let text = values.text(0), let pattern = values.text(1) else { return nil }
            return .bool(try run.matches(try run.compile(pattern), text))
        },
    ]

    /// A pattern that is constant is compiled once.
    @Sendable
    private static func matchesConstant(_ operands: [EvaluationNode], _ span: Span, _ patterns: inout Regex.Budget)
        -> EvaluationNode?
    {
        guard case .string(let pattern)? = operands[1].constant, let regex = try? Regex(pattern, within: &patterns)
        else {
            return nil
        }
        return MatchesNode(operands[0], regex, span)
    }
}

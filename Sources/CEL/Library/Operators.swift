import SourceDiagnostics

// The operators but `&&` and `||`, which take any number of operands, and arithmetic (langdef.md, "List of Standard
// Definitions").

extension Function {
    static let operators: [Function] = [
        Function(Operator.equals, "(A, A) -> bool") { operands, span, _ in equality(operands, wanted: true, span) },
        Function(Operator.notEquals, "(A, A) -> bool") { operands, span, _ in equality(operands, wanted: false, span) },
        Function(Operator.less, ordered) { operands, span, _ in CompareNode(.less, operands[0], operands[1], span) },
        Function(Operator.lessOrEqual, ordered) { operands, span, _ in
            CompareNode(.lessOrEqual, operands[0], operands[1], span)
        },
        Function(Operator.greater, ordered) { operands, span, _ in
            CompareNode(.greater, operands[0], operands[1], span)
        },
        Function(Operator.greaterOrEqual, ordered) { operands, span, _ in
            CompareNode(.greaterOrEqual, operands[0], operands[1], span)
        },
        Function(Operator.not, "(bool) -> bool") { operands, span, _ in NotNode(operands[0], span) },
        Function(Operator.conditional, "(bool, A, A) -> A") { operands, span, _ in
            ConditionalNode(operands[0], operands[1], operands[2], span)
        },
        Function(
            Operator.index,
            """
            (list(A), int) -> A; (map(A, B), A) -> B; (optional(list(A)), int) -> optional(A); \
            (optional(map(A, B)), A) -> optional(B)
            """
        ) { operands, span, _ in IndexNode(operands[0], operands[1], isOptional: false, span) },
        Function(
            Operator.optionalIndex,
            """
            (list(A), int) -> optional(A); (map(A, B), A) -> optional(B); \
            (optional(list(A)), int) -> optional(A); (optional(map(A, B)), A) -> optional(B)
            """
        ) { operands, span, _ in IndexNode(operands[0], operands[1], isOptional: true, span) },
        Function(Operator.isIn, "(A, list(A)) -> bool; (A, map(A, B)) -> bool") { operands, span, _ in
            if case .list(let values)? = operands[1].constant, let node = InConstantsNode(operands[0], values, span) {
                return node
            }
            return InNode(operands[0], operands[1], span)
        },
    ]

    private static let ordered = """
        (bool, bool) -> bool; (int, int) -> bool; (uint, uint) -> bool; (double, double) -> bool; \
        (int, uint) -> bool; (int, double) -> bool; (uint, int) -> bool; (uint, double) -> bool; \
        (double, int) -> bool; (double, uint) -> bool; (string, string) -> bool; (bytes, bytes) -> bool; \
        (timestamp, timestamp) -> bool; (duration, duration) -> bool; (version, version) -> bool
        """

    private static func equality(_ operands: [EvaluationNode], wanted: Bool, _ span: Span) -> EvaluationNode {
        if case .string(let text)? = operands[1].constant {
            return EqualsStringNode(operands[0], text, wanted: wanted, span)
        }
        if case .string(let text)? = operands[0].constant {
            return EqualsStringNode(operands[1], text, wanted: wanted, span)
        }
        return EqualsNode(operands[0], operands[1], wanted: wanted, span)
    }
}

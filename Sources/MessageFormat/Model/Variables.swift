/// One use of a variable in a message.
public struct VariableUse: Hashable, Sendable {
    /// Where in the message it is used.
    public enum Role: Hashable, Sendable {
        /// The variable of an `.input` declaration.
        case input
        /// An operand.
        case operand
        /// The value of an option.
        case option
        /// A selector.
        case selector
    }

    /// The reference itself, with its place.
    public var reference: VariableReference
    /// How it is used.
    public var role: Role
    /// The function applied to it there; nil without one, for selectors and for options.
    public var function: FunctionReference?
    /// Whether a `.local` declaration gives it its value; otherwise it comes from outside.
    public var isLocal: Bool
}

extension Message {
    /// Every use of a variable: first in declarations, then as selectors, then in patterns, each in order.
    public var variables: [VariableUse] {
        var uses: [VariableUse] = []
        let locals = declarations.filter { $0.kind == .local }.map { $0.name }
        func add(_ reference: VariableReference, _ role: VariableUse.Role, _ function: FunctionReference? = nil) {
            let isLocal = locals.contains { sameName($0, reference.name) }
            uses.append(VariableUse(reference: reference, role: role, function: function, isLocal: isLocal))
        }
        func add(_ options: [Option]) {
            for case .variable(let variable) in options.map({ $0.value }) { add(variable, .option) }
        }
        func add(_ expression: Expression, _ role: VariableUse.Role) {
            if case .variable(let variable)? = expression.operand { add(variable, role, expression.function) }
            add(expression.function?.options ?? [])
        }
        for declaration in declarations { add(declaration.value, declaration.kind == .input ? .input : .operand) }
        if case .select(let matcher) = body { for selector in matcher.selectors { add(selector, .selector) } }
        for element in patterns.flatMap({ $0.elements }) {
            switch element {
            case .text: break
            case .expression(let expression): add(expression, .operand)
            case .markup(let markup): add(markup.options)
            }
        }
        return uses
    }

    /// Every expression: those of declarations, then those of patterns, each in order.
    public var expressions: [Expression] {
        var expressions = declarations.map { $0.value }
        for case .expression(let expression) in patterns.flatMap({ $0.elements }) { expressions.append(expression) }
        return expressions
    }

    /// The names of the variables that must come from outside, each once, in order of first use.
    public var externalVariables: [String] {
        var names: [String] = []
        for use in variables where !use.isLocal && !names.contains(where: { sameName($0, use.reference.name) }) {
            names.append(use.reference.name)
        }
        return names
    }
}

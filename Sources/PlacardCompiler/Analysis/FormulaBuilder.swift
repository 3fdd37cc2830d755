import CEL
import PlacardBundle
import SourceDiagnostics

/// The attributes that expressions of one event may read.
struct AttributeTable: Sendable {
    private var attributes: [FieldName: AttributeDefinition] = [:]

    init(_ project: ProjectDefinition, event: String) {
        for group in project.context {
            for attribute in group.attributes {
                attributes[FieldName(group: group.name, field: attribute.name)] = attribute
            }
        }
        for property in project.events[named: event]?.properties ?? [] {
            attributes[FieldName(group: "event", field: property.name)] = property
        }
    }

    subscript(_ name: FieldName) -> AttributeDefinition? { attributes[name] }
}

extension AttributeType {
    /// The kind of its values; nil for lists and maps.
    var scalarKind: ScalarKind? {
        switch self {
        case .string, .url: .string
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .version: .version
        case .timestamp: .timestamp
        case .duration: .duration
        case .list, .map: nil
        }
    }
}

/// One of the conditions that an expression joins by `&&`.
struct Conjunct: Sendable {
    var formula: Formula
    var span: Span
    var text: String
}

/// Reads the boolean structure of a checked expression.
struct FormulaBuilder {
    let checked: CheckedExpression
    let attributes: AttributeTable

    /// The conditions of the whole expression.
    func conjuncts() -> [Conjunct] { conjuncts(checked.expression.root) }

    private func conjuncts(_ id: ExpressionID) -> [Conjunct] {
        if case .call(let function, nil, let arguments) = checked.expression[id].kind, function.text == Operator.and {
            return arguments.flatMap(conjuncts)
        }
        return [
            Conjunct(formula: formula(id), span: checked.expression[id].span, text: checked.expression.text(of: id))
        ]
    }

    private func formula(_ id: ExpressionID) -> Formula {
        switch checked.expression[id].kind {
        case .constant(.bool(let flag)): return .constant(flag)
        case .present: return present(id)
        case .select:
            guard let (name, kind) = scalar(id), kind == .bool else { return unknown(id) }
            return .atom(.compare(name, .equal, .bool(true)))
        case .call(let function, let target, let arguments):
            return call(id, function.text, target, arguments)
        default: return unknown(id)
        }
    }

    private func unknown(_ id: ExpressionID) -> Formula { .atom(.unknown(checked.expression.text(of: id))) }

    private func call(
        _ id: ExpressionID, _ function: String, _ target: ExpressionID?, _ arguments: [ExpressionID]
    ) -> Formula {
        switch (function, arguments.count) {
        case (Operator.and, _) where target == nil: return .and(arguments.map(formula))
        case (Operator.or, _) where target == nil: return .or(arguments.map(formula))
        case (Operator.not, 1) where target == nil: return .not(formula(arguments[0]))
        case (Operator.conditional, 3) where target == nil:
            return .conditional(formula(arguments[0]), formula(arguments[1]), formula(arguments[2]))
        case (Operator.isIn, 2) where target == nil: return inclusion(id, arguments[0], arguments[1])
        case ("isGreaterThan", 1): return target.map { compare(id, .greater, $0, arguments[0]) } ?? unknown(id)
        case ("isLessThan", 1): return target.map { compare(id, .less, $0, arguments[0]) } ?? unknown(id)
        default:
            guard target == nil, arguments.count == 2, let comparison = comparisons[function] else {
                return unknown(id)
            }
            return compare(id, comparison, arguments[0], arguments[1])
        }
    }

    private func compare(
        _ id: ExpressionID, _ comparison: Atom.Comparison, _ left: ExpressionID, _ right: ExpressionID
    ) -> Formula {
        if let (name, kind) = scalar(left), let value = constant(right, kind), orders(comparison, kind) {
            return .atom(.compare(name, comparison, value))
        }
        if let (name, kind) = scalar(right), let value = constant(left, kind), orders(comparison, kind) {
            return .atom(.compare(name, comparison.mirrored, value))
        }
        return unknown(id)
    }

    /// Strings and flags are asked for equality alone: their values have no gaps that could be enumerated.
    private func orders(_ comparison: Atom.Comparison, _ kind: ScalarKind) -> Bool {
        switch kind {
        case .string, .bool: comparison == .equal || comparison == .notEqual
        default: true
        }
    }

    private func inclusion(_ id: ExpressionID, _ element: ExpressionID, _ list: ExpressionID) -> Formula {
        if let (name, kind) = scalar(element), case .list(let elements) = checked.expression[list].kind {
            let values = elements.compactMap { $0.isOptional ? nil : constant($0.value, kind) }
            return values.count == elements.count ? .atom(.among(name, values)) : unknown(id)
        }
        guard let name = field(list), case .list(let type)? = attributes[name]?.type, let kind = type.scalarKind,
            let value = constant(element, kind)
        else { return unknown(id) }
        return .atom(.member(name, value))
    }

    private func present(_ id: ExpressionID) -> Formula {
        guard case .present(let operand, let field, false) = checked.expression[id].kind,
            case .variable(_, let group)? = checked.reference(of: operand)
        else { return unknown(id) }
        let name = FieldName(group: group, field: field.text)
        guard let attribute = attributes[name] else { return unknown(id) }
        if attribute.isGuaranteed { return .constant(true) }
        return .atom(attribute.type.scalarKind == nil ? .collectionPresent(name) : .present(name))
    }

    private func field(_ id: ExpressionID) -> FieldName? {
        guard case .select(let operand, let field, false) = checked.expression[id].kind,
            case .variable(_, let group)? = checked.reference(of: operand)
        else { return nil }
        return FieldName(group: group, field: field.text)
    }

    private func scalar(_ id: ExpressionID) -> (FieldName, ScalarKind)? {
        guard let name = field(id), let kind = attributes[name]?.type.scalarKind else { return nil }
        return (name, kind)
    }

    /// A constant that is compared with values of `kind`; a whole number may be compared with doubles.
    private func constant(_ id: ExpressionID, _ kind: ScalarKind) -> Scalar? {
        guard let value = checked.constant(of: id).flatMap(Scalar.init) else { return nil }
        switch (value, kind) {
        case (.string, .string), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
            (.timestamp, .timestamp), (.duration, .duration), (.version, .version):
            return value
        case (.int(let number), .double): return .double(Double(number))
        default: return nil
        }
    }
}

private let comparisons: [String: Atom.Comparison] = [
    Operator.equals: .equal, Operator.notEquals: .notEqual, Operator.less: .less, Operator.lessOrEqual: .lessOrEqual,
    Operator.greater: .greater, Operator.greaterOrEqual: .greaterOrEqual,
]

extension Atom.Comparison {
    /// The comparison with its sides exchanged.
    fileprivate var mirrored: Atom.Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

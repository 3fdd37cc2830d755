import SourceDiagnostics

/// A parsed expression: nodes in one array, children before their parents, each with its span.
///
/// Macros are expanded into ``Comprehension``, ``ExpressionNode/Kind/bind(name:value:body:)`` and presence tests, so that
/// what walks the tree sees what is meant and not the accumulators that the specification's expansion uses.
/// What could not be parsed is an ``ExpressionNode/Kind/error``.
public struct Expression: Sendable {
    /// The text that was parsed.
    public let source: String
    /// All nodes; ``ExpressionID/index`` is the place in this array.
    public internal(set) var nodes: [ExpressionNode]
    /// The node of the whole expression.
    public internal(set) var root: ExpressionID

    /// The node `id`.
    public subscript(_ id: ExpressionID) -> ExpressionNode { nodes[id.index] }

    /// Whether a part could not be parsed.
    public internal(set) var hasErrors: Bool = false
}

/// Names a node of one ``Expression``.
public struct ExpressionID: Hashable, Sendable {
    /// Its place in ``Expression/nodes``.
    public let index: Int
}

/// One node of an expression.
public struct ExpressionNode: Sendable {
    /// What the node is.
    public indirect enum Kind: Sendable {
        /// A literal.
        case constant(CELValue)
        /// A name; with a leading dot it is looked up outside every container and every local variable.
        case identifier(String)
        /// `operand.field`, or `operand.?field` when `optional`.
        case select(operand: ExpressionID, field: Name, optional: Bool)
        /// `has(operand.field)`, or `has(operand.?field)` when `optional`.
        case present(operand: ExpressionID, field: Name, optional: Bool)
        /// A function, method or operator. Operators have the specification's names: `_==_`, `!_`, `_?_:_`, `_[_]`,
        /// `_[?_]`, `@in`. `_&&_` and `_||_` have two or more arguments.
        case call(function: Name, target: ExpressionID?, arguments: [ExpressionID])
        /// `[a, ?b]`.
        case list([ListElement])
        /// `{k: v, ?k: v}`.
        case map([MapEntry])
        /// `Name{field: value}`.
        case object(type: Name, fields: [FieldInitializer])
        /// A macro that goes through a list or map.
        case comprehension(Comprehension)
        /// `cel.bind(name, value, body)`.
        case bind(name: Name, value: ExpressionID, body: ExpressionID)
        /// `target.optMap(name, body)`, or `optFlatMap` when `flat`.
        case optionalMap(target: ExpressionID, name: Name, body: ExpressionID, flat: Bool)
        /// `cel.block([values…], body)`, the test-only macro; `cel.index(n)` is the local variable `@index<n>`.
        case block(values: [ExpressionID], body: ExpressionID)
        /// What could not be parsed.
        case error
    }

    /// What the node is.
    public var kind: Kind
    /// Where it stands; without the parentheses around it.
    public var span: Span
    /// Levels of nodes below and with this one.
    public var height: Int
}

/// A name and where it stands.
public struct Name: Hashable, Sendable {
    /// The name; for a function the specification's name.
    public var text: String
    /// Where it stands; for an operator, the operator's characters.
    public var span: Span
}

/// An element of a list literal.
public struct ListElement: Hashable, Sendable {
    /// The value.
    public var value: ExpressionID
    /// `?value`: left out when the optional value is none.
    public var isOptional: Bool
}

/// An entry of a map literal.
public struct MapEntry: Hashable, Sendable {
    /// The key.
    public var key: ExpressionID
    /// The value.
    public var value: ExpressionID
    /// `?key: value`: left out when the optional value is none.
    public var isOptional: Bool
}

/// A field of an object literal.
public struct FieldInitializer: Hashable, Sendable {
    /// The field.
    public var name: Name
    /// The value.
    public var value: ExpressionID
    /// `?field: value`: left out when the optional value is none.
    public var isOptional: Bool
}

/// A macro that goes through a list or a map.
public struct Comprehension: Hashable, Sendable {
    /// Which macro.
    public enum Macro: UInt8, Hashable, Sendable {
        case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, sortBy

        /// The name of the macro, as it is written.
        public var name: String {
            switch self {
            case .all: "all"
            case .exists: "exists"
            case .existsOne: "exists_one"
            case .map: "map"
            case .filter: "filter"
            case .transformList: "transformList"
            case .transformMap: "transformMap"
            case .transformMapEntry: "transformMapEntry"
            case .sortBy: "sortBy"
            }
        }
    }

    /// Which macro.
    public var macro: Macro
    /// What it goes through.
    public var range: ExpressionID
    /// One variable (element, or key of a map) or two (index and element, or key and value).
    public var variables: [Name]
    /// The condition of `map`, `transformList`, `transformMap` and `transformMapEntry` with one more argument.
    public var filter: ExpressionID?
    /// The predicate, or what each element becomes, or the key to sort by.
    public var body: ExpressionID
}

extension Expression {
    /// The nodes directly below `id`, in the order of the text.
    public func children(of id: ExpressionID) -> [ExpressionID] {
        switch self[id].kind {
        case .constant, .identifier, .error: return []
        case .select(let operand, _, _), .present(let operand, _, _): return [operand]
        case .call(_, let target, let arguments): return (target.map { [$0] } ?? []) + arguments
        case .list(let elements): return elements.map { $0.value }
        case .map(let entries):
            var result: [ExpressionID] = []
            for entry in entries { result += [entry.key, entry.value] }
            return result
        case .object(_, let fields): return fields.map { $0.value }
        case .comprehension(let it): return [it.range] + (it.filter.map { [$0] } ?? []) + [it.body]
        case .bind(_, let value, let body): return [value, body]
        case .optionalMap(let target, _, let body, _): return [target, body]
        case .block(let values, let body): return values + [body]
        }
    }

    /// The node directly above `id`; nil for the root. It looks through all nodes: for what is reported, not for what runs.
    func parent(of id: ExpressionID) -> ExpressionID? {
        for index in nodes.indices where children(of: ExpressionID(index: index)).contains(where: { $0 == id }) {
            return ExpressionID(index: index)
        }
        return nil
    }

    /// The text of the node `id`, as it is written.
    public func text(of id: ExpressionID) -> String {
        let bytes = Array(source.utf8)
        let span = self[id].span
        let start = min(span.start, bytes.count)
        return String(decoding: bytes[start..<max(start, min(span.end, bytes.count))], as: UTF8.self)
    }
}

/// The names of the operators, as the specification writes them (langdef.md, "List of Standard Definitions").
public enum Operator {
    /// `a && b`.
    public static let and = "_&&_"
    /// `a || b`.
    public static let or = "_||_"
    /// `!a`.
    public static let not = "!_"
    /// `-a`.
    public static let negate = "-_"
    /// `a ? b : c`.
    public static let conditional = "_?_:_"
    /// `a == b`.
    public static let equals = "_==_"
    /// `a != b`.
    public static let notEquals = "_!=_"
    /// `a < b`.
    public static let less = "_<_"
    /// `a <= b`.
    public static let lessOrEqual = "_<=_"
    /// `a > b`.
    public static let greater = "_>_"
    /// `a >= b`.
    public static let greaterOrEqual = "_>=_"
    /// `a in b`.
    public static let isIn = "@in"
    /// `a + b`.
    public static let add = "_+_"
    /// `a - b`.
    public static let subtract = "_-_"
    /// `a * b`.
    public static let multiply = "_*_"
    /// `a / b`.
    public static let divide = "_/_"
    /// `a % b`.
    public static let modulo = "_%_"
    /// `a[b]`.
    public static let index = "_[_]"
    /// `a[?b]`.
    public static let optionalIndex = "_[?_]"

    /// How closely comparisons and `in` bind, between `&&` (2) and `+` (4).
    static let comparisonPrecedence = 3

    /// The operator as an author writes it: `==` for `_==_`; nil for a function.
    public static func symbol(_ function: String) -> String? {
        switch function {
        case isIn: return "in"
        case conditional: return "?:"
        case index, optionalIndex: return "[]"
        default:
            let bytes = Array(function.utf8)
            guard bytes.last == 0x5F, bytes.count > 1 else { return nil }
            return String(decoding: bytes.filter { $0 != 0x5F }, as: UTF8.self)
        }
    }
}

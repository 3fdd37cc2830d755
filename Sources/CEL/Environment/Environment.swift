import SourceDiagnostics

/// What expressions are parsed, checked and run against: declarations, container, limits and host.
///
/// Built once and shared by any number of expressions; copies share their tables.
public struct Environment: Sendable {
    /// How strict the checker is.
    public enum Mode: UInt8, Sendable {
        /// What the specification asks for.
        case standard
        /// Also what cannot be meant: literals outside a field's declared values, optional fields read untested,
        /// constant arguments that can never be converted.
        case authoring
    }

    final class Tables: Sendable {
        let declarations: Declarations
        let functions: FunctionTable
        let variables: [String: Int]
        let objectTypes: [String: ObjectType]

        init(_ declarations: Declarations) {
            self.declarations = declarations
            var functions = FunctionTable.standard
            for function in declarations.functions { functions.add(function) }
            self.functions = functions
            var variables: [String: Int] = [:]
            for (slot, variable) in declarations.variables.enumerated() where variables[variable.name] == nil {
                variables[variable.name] = slot
            }
            self.variables = variables
            var objectTypes: [String: ObjectType] = [:]
            for type in declarations.objectTypes where objectTypes[type.name] == nil { objectTypes[type.name] = type }
            self.objectTypes = objectTypes
        }
    }

    let tables: Tables
    /// The namespace in which names are looked up first, such as `com.example`; empty for none.
    public var container: String
    /// How strict ``check(_:expecting:)`` is.
    public var mode: Mode
    /// Bounds on size and work.
    public var limits: Limits
    /// What the platform offers.
    public var host: Host
    /// Whether macros are expanded.
    public var macros = true
    /// Whether `cel.block`, `cel.index`, `cel.iterVar` and `cel.accuVar` are macros too, as conformance tests ask.
    public var testMacros = false

    /// Builds an environment.
    public init(
        _ declarations: Declarations = Declarations(), container: String = "", mode: Mode = .standard,
        limits: Limits = Limits(), host: Host = Host()
    ) {
        tables = Tables(declarations)
        self.container = container
        self.mode = mode
        self.limits = limits
        self.host = host
    }

    /// The declarations, as given.
    public var declarations: Declarations { tables.declarations }

    /// The declared object type `name`; nil when there is none.
    public func objectType(_ name: String) -> ObjectType? { tables.objectTypes[name] }

    /// Parses an expression. Gives a tree in every case, with the defects beside it (spans are offsets in `source`).
    public func parse(_ source: String) -> (Expression, [Diagnostic]) {
        ExpressionParser.parse(source, limits: limits, macros: macros, testMacros: testMacros)
    }

    /// Checks types and resolves names. Gives a typed tree in every case, with the defects beside it.
    ///
    /// - Parameter expecting: the type that the whole expression must have; nil for any.
    public func check(_ expression: Expression, expecting: CELType? = nil) -> (CheckedExpression, [Diagnostic]) {
        Checker.check(expression, self, expecting: expecting)
    }

    /// Resolves names only: types are left to run time, and an unknown name is an error only when it is reached.
    public func resolve(_ expression: Expression) -> CheckedExpression {
        Checker.resolve(expression, self)
    }

    /// Parses, checks and compiles; the program is nil when there is any error.
    public func compile(_ source: String, expecting: CELType? = nil) -> (Program?, [Diagnostic]) {
        let (expression, syntax) = parse(source)
        guard !syntax.contains(where: { $0.severity == .error }) else { return (nil, syntax) }
        let (checked, diagnostics) = check(expression, expecting: expecting)
        let all = syntax + diagnostics
        guard !all.contains(where: { $0.severity == .error }) else { return (nil, all) }
        return (Program(checked), all)
    }

    /// The names to try for `name`, most qualified first (langdef.md, "Name Resolution").
    func candidates(_ name: String) -> [String] {
        if name.utf8.first == 0x2E { return [String(name.utf8.dropFirst()) ?? name] }
        guard !container.isEmpty else { return [name] }
        var result: [String] = []
        var prefix = Array(container.utf8)
        while true {
            result.append(String(decoding: prefix, as: UTF8.self) + "." + name)
            guard let dot = prefix.lastIndex(of: 0x2E) else { break }
            prefix.removeSubrange(dot...)
        }
        result.append(name)
        return result
    }
}

/// Parses an expression with the default limits and macros.
public func parse(_ source: String) -> (Expression, [Diagnostic]) {
    ExpressionParser.parse(source, limits: Limits(), macros: true, testMacros: false)
}

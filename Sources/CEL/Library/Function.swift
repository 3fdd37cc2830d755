import LinearRegex
import SourceDiagnostics

/// A function of the language in one declaration: its name, what it takes and gives, what it costs, and what it does.
///
/// The files of this folder declare them, one extension of the language each; ``standard`` is all of them.
struct Function: Sendable {
    /// The value for these arguments, the target of a method first; nil where no overload fits their types.
    typealias Body = @Sendable (_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue?
    /// A node for a call with these operands; nil where calling the body is as good. Patterns draw on the budget.
    typealias NodeMaker =
        @Sendable (_ operands: [EvaluationNode], _ span: Span, _ patterns: inout Regex.Budget) -> EvaluationNode?
    /// What is wrong with a constant text as the last argument, in every evaluation.
    typealias ConstantCheck = @Sendable (_ text: String, _ span: Span, _ patterns: inout Regex.Budget) -> [Diagnostic]

    /// The name, possibly qualified; operators have the specification's (``Operator``).
    let name: String
    /// `list(A).(int) -> A` is a method; a capital letter is a type parameter; signatures are separated by `;`.
    let signatures: String
    /// The work that a call takes whatever its arguments are: most for what reads or makes a notation.
    let fixedWork: Int
    /// The work for an argument of so many bytes.
    let work: @Sendable (_ bytes: Int) -> Int
    /// Whether it makes a value of another type and of nothing but its arguments: constants are converted once.
    let isConversion: Bool
    let checkConstant: ConstantCheck?
    let node: NodeMaker?
    let body: Body

    /// A function that is called with the values of its arguments.
    init(
        _ name: String, _ signatures: String, fixedWork: Int = 12,
        work: @escaping @Sendable (Int) -> Int = { Work.working($0) }, isConversion: Bool = false,
        checkConstant: ConstantCheck? = nil, node: NodeMaker? = nil, _ body: @escaping Body
    ) {
        self.name = name
        self.signatures = signatures
        self.fixedWork = fixedWork
        self.work = work
        self.isConversion = isConversion
        self.checkConstant = checkConstant
        self.node = node
        self.body = body
    }

    /// An operator or a function that has a node of its own for every call.
    init(_ name: String, _ signatures: String, node: @escaping NodeMaker) {
        self.init(name, signatures, node: node) { (_, _) throws(EvaluationError) in nil }
    }

    /// Pays for the arguments and calls the body.
    func call(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue {
        for value in values {
            let bytes = value.byteCount
            if bytes > 0 { try pay(work(bytes), &run.work) }
        }
        if let result = try body(values, &run) { return result }
        throw EvaluationError(.noMatchingOverload(function: name, types: values.map { $0.type }))
    }

    /// All functions that need no declaration by the host.
    ///
    /// Sources: google/cel-spec, doc/langdef.md, "List of Standard Definitions"; google/cel-go, ext (strings, math,
    /// lists, sets, encoders, network) and cel/library.go (optionals); k8s.io/apiserver, pkg/cel/library (semver).
    static let standard: [Function] =
        operators + arithmetic + sizes + conversions + timeFields + texts + strings + math + lists + sets + encoders
        + optionals + network + versions
}

extension EvaluationError {
    /// A text that is no notation of the type that is wanted.
    static func invalid(_ type: String, _ text: String) -> EvaluationError {
        EvaluationError(.invalidValue(type: type, text: text))
    }
}

/// Arguments by their types: nil where there is none, or one of another type.
extension [CELValue] {
    func text(_ index: Int) -> String? {
        guard index < count, case .string(let value) = self[index] else { return nil }
        return value
    }

    func integer(_ index: Int) -> Int64? {
        guard index < count, case .int(let value) = self[index] else { return nil }
        return value
    }

    func double(_ index: Int) -> Double? {
        guard index < count, case .double(let value) = self[index] else { return nil }
        return value
    }

    func list(_ index: Int) -> [CELValue]? {
        guard index < count, case .list(let value) = self[index] else { return nil }
        return value
    }

    func optional(_ index: Int) -> CELOptional? {
        guard index < count, case .optional(let value) = self[index] else { return nil }
        return value
    }

    func version(_ index: Int) -> SemanticVersion? {
        guard index < count, case .version(let value) = self[index] else { return nil }
        return value
    }

    func address(_ index: Int) -> IPAddress? {
        guard index < count, case .ip(let value) = self[index] else { return nil }
        return value
    }

    func addressRange(_ index: Int) -> CIDR? {
        guard index < count, case .cidr(let value) = self[index] else { return nil }
        return value
    }
}

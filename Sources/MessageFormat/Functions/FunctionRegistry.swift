/// The call of a function: what it is applied to, and a way to say what is wrong.
public struct FunctionCall: Sendable {
    /// The operand's resolved value; nil for a function without operand. Its kind is a fallback when the operand
    /// could not be resolved, which most functions answer with `badOperand`.
    public var operand: ResolvedValue?
    /// The options in the order they were written, without those of the `u:` namespace.
    public var options: [ResolvedOption]
    /// The locale, the host and what else the message is formatted with.
    public var context: FormattingContext
    /// The errors so far.
    public private(set) var errors: [MessageErrorType] = []

    init(operand: ResolvedValue?, options: [ResolvedOption], context: FormattingContext) {
        self.operand = operand
        self.options = options
        self.context = context
    }

    /// Reports an error. The function may still return a value.
    public mutating func report(_ error: MessageErrorType) {
        errors.append(error)
    }

    /// The option `name`; nil when it is not set.
    public func option(_ name: String) -> ResolvedOption? {
        options.first { sameName($0.name, name) }
    }
}

/// A function that messages can call, as `{$x :name option=value}`.
public struct MessageFunction: Sendable {
    /// Resolves a call to a value. Nil, after an error was reported, stands for the fallback.
    public var call: @Sendable (inout FunctionCall) -> ResolvedValue?
    /// What is known of it without a call.
    public var signature: FunctionSignature

    /// Creates a function.
    public init(
        _ signature: FunctionSignature, call: @escaping @Sendable (inout FunctionCall) -> ResolvedValue?
    ) {
        self.signature = signature
        self.call = call
    }
}

/// The functions that messages can call, by name.
public struct FunctionRegistry: Sendable {
    private var custom: [MessageFunction] = []
    private let hasStandard: Bool

    private init(hasStandard: Bool) {
        self.hasStandard = hasStandard
    }

    /// The functions of the specification.
    public static let standard = FunctionRegistry(hasStandard: true)
    /// No functions.
    public static let empty = FunctionRegistry(hasStandard: false)

    /// The same registry with one more function, which takes the place of any other of its name.
    public func adding(_ function: MessageFunction) -> FunctionRegistry {
        var result = self
        result.custom.removeAll { sameName($0.signature.name, function.signature.name) }
        result.custom.append(function)
        return result
    }

    /// What is known of the function `name`; nil when there is none.
    public func signature(_ name: String) -> FunctionSignature? {
        if let function = custom.first(where: { sameName($0.signature.name, name) }) { return function.signature }
        return hasStandard ? FunctionSignature.standard.first { sameName($0.name, name) } : nil
    }

    /// The names of all functions: the specification's, then the others in the order they were added.
    public var names: [String] {
        (hasStandard ? FunctionSignature.standard.map { $0.name } : []) + custom.map { $0.signature.name }
    }

    /// A function that was found.
    enum Found {
        case standard(StandardFunction)
        case custom(MessageFunction)
    }

    func find(_ name: String) -> Found? {
        if let function = custom.first(where: { sameName($0.signature.name, name) }) { return .custom(function) }
        guard hasStandard, let function = StandardFunction(name: name) else { return nil }
        return .standard(function)
    }
}

/// The functions of the specification.
enum StandardFunction: Sendable {
    case string, number, integer, offset, percent, currency, unit, datetime, date, time

    init?(name: String) {
        switch name {
        case "string": self = .string
        case "number": self = .number
        case "integer": self = .integer
        case "offset": self = .offset
        case "percent": self = .percent
        case "currency": self = .currency
        case "unit": self = .unit
        case "datetime": self = .datetime
        case "date": self = .date
        case "time": self = .time
        default: return nil
        }
    }

    func call(_ call: inout FunctionCall) -> ResolvedValue? {
        switch self {
        case .string: resolveString(&call)
        case .number: resolveNumber(&call)
        case .integer: resolveInteger(&call)
        case .offset: resolveOffset(&call)
        case .percent: resolvePercent(&call)
        case .currency: resolveCurrency(&call)
        case .unit: resolveUnit(&call)
        case .datetime: resolveDateTime(&call, .datetime)
        case .date: resolveDateTime(&call, .date)
        case .time: resolveDateTime(&call, .time)
        }
    }
}

/// `:string` (LDML 48, part 9, "The `:string` function").
func resolveString(_ call: inout FunctionCall) -> ResolvedValue? {
    guard let value = call.operand?.value else {
        call.report(.badOperand)
        return nil
    }
    return ResolvedValue(.string(value.text, isSelector: true), direction: .auto)
}

/// The overloads of every function by name.
struct FunctionTable: Sendable {
    struct Overload: Sendable {
        let id: String
        let parameters: [CELType]
        let result: CELType
        let isMember: Bool
        /// The distinct type parameters.
        let typeParameters: [String]
        let source: Source
    }

    /// Where a function comes from.
    enum Source: Sendable {
        case language(Function)
        /// The host's, which may have only declared it.
        case host((@Sendable ([CELValue]) -> Result<CELValue, EvaluationError>)?)
    }

    private(set) var overloads: [String: [Overload]] = [:]

    /// The standard library with the extensions, parsed once.
    static let standard: FunctionTable = {
        var table = FunctionTable()
        for function in Function.standard { table.add(function) }
        return table
    }()

    private mutating func add(_ function: Function) {
        for signature in function.signatures.utf8.split(separator: 0x3B) {
            guard let parsed = Signature(String(decoding: Array(signature), as: UTF8.self)) else { continue }
            append(
                function.name,
                Overload(
                    id: function.name, parameters: parsed.parameters, result: parsed.result, isMember: parsed.isMember,
                    typeParameters: parsed.typeParameters, source: .language(function)))
        }
    }

    mutating func add(_ declaration: FunctionDeclaration) {
        for overload in declaration.overloads {
            var names: [String] = []
            for type in overload.parameters + [overload.result] { type.collectParameters(&names) }
            append(
                declaration.name,
                Overload(
                    id: overload.id, parameters: overload.parameters, result: overload.result,
                    isMember: overload.isMember, typeParameters: names,
                    source: .host(overload.implementation)))
        }
    }

    private mutating func append(_ name: String, _ overload: Overload) {
        overloads[name, default: []].append(overload)
    }

    subscript(_ name: String) -> [Overload]? { overloads[name] }
}

/// One signature of the tables: `list(A).(int) -> A`.
struct Signature {
    let parameters: [CELType]
    let result: CELType
    let isMember: Bool
    let typeParameters: [String]

    init?(_ text: String) {
        var reader = TypeNotation(text)
        var parameters: [CELType] = []
        var isMember = false
        if !reader.take(0x28) {
            guard let target = reader.type(), reader.take(0x2E), reader.take(0x28) else { return nil }
            parameters.append(target)
            isMember = true
        }
        if !reader.take(0x29) {
            repeat {
                guard let type = reader.type() else { return nil }
                parameters.append(type)
            } while reader.take(0x2C)
            guard reader.take(0x29) else { return nil }
        }
        guard reader.take(0x2D), reader.take(0x3E), let result = reader.type(), reader.atEnd else { return nil }
        var names: [String] = []
        for type in parameters + [result] { type.collectParameters(&names) }
        self.parameters = parameters
        self.result = result
        self.isMember = isMember
        typeParameters = names
    }
}

extension CELType {
    /// Adds the names of the type parameters in this type to `names`, each once.
    func collectParameters(_ names: inout [String]) {
        if case .parameter(let name) = self {
            if !names.contains(name) { names.append(name) }
            return
        }
        for parameter in parameters { parameter.collectParameters(&names) }
    }
}

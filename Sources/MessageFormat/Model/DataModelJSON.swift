public import CanonicalJSON

// The JSON form of the data model (LDML 48, part 9, "Interchange Data Model";
// spec/data-model/message.json). A plain JSON string stands for a message of text alone, as in bundles.

/// Why a JSON value is not a message.
public struct DataModelError: Error, Hashable, Sendable {
    /// Where: member names and indices, such as `/variants/0/keys`.
    public var path: String
    /// What is wrong, on one line.
    public var message: String
}

extension Message {
    /// Reads a message from the JSON form of the data model, or from a string, which becomes its text.
    ///
    /// - Throws: ``DataModelError`` for the first thing that is not as the schema has it, or that exceeds `limits`.
    ///   What the schema cannot say, ``dataModelErrors()`` tells.
    public init(json: JSONValue, limits: SyntaxLimits = .standard) throws(DataModelError) {
        if case .string(let text) = json {
            self.init(body: .pattern(Pattern(text.isEmpty ? [] : [.text(text)])))
            return
        }
        let reader = Reader(limits: limits)
        let declarations = try reader.list(json, "declarations", "", limits.declarations)
        var read: [Declaration] = []
        for (index, value) in declarations.enumerated() {
            read.append(try reader.declaration(value, "/declarations/\(index)"))
        }
        switch json["type"]?.string {
        case "message":
            self.init(declarations: read, body: .pattern(try reader.pattern(json["pattern"], "/pattern")))
        case "select":
            var selectors: [VariableReference] = []
            for (index, value) in try reader.list(json, "selectors", "", limits.selectors).enumerated() {
                selectors.append(try reader.variable(value, "/selectors/\(index)"))
            }
            var variants: [Variant] = []
            for (index, value) in try reader.list(json, "variants", "", limits.variants).enumerated() {
                variants.append(try reader.variant(value, "/variants/\(index)"))
            }
            self.init(declarations: read, body: .select(Matcher(selectors: selectors, variants: variants)))
        default: throw DataModelError(path: "/type", message: "expected \"message\" or \"select\"")
        }
    }
}

private struct Reader {
    let limits: SyntaxLimits

    func list(
        _ json: JSONValue, _ member: String, _ path: String, _ limit: Int
    ) throws(DataModelError) -> [JSONValue] {
        guard let list = json[member]?.array else {
            throw DataModelError(path: path + "/" + member, message: "expected an array")
        }
        guard list.count <= limit else {
            throw DataModelError(path: path + "/" + member, message: "more than \(limit) elements")
        }
        return list
    }

    func string(_ json: JSONValue?, _ path: String) throws(DataModelError) -> String {
        guard let string = json?.string else { throw DataModelError(path: path, message: "expected a string") }
        return string
    }

    func declaration(_ json: JSONValue, _ path: String) throws(DataModelError) -> Declaration {
        let name = try name(json["name"], path + "/name")
        let value = try expression(json["value"], path + "/value")
        switch json["type"]?.string {
        case "local": return Declaration(.local, name: name, value: value)
        case "input":
            guard case .variable(let variable)? = value.operand, sameName(variable.name, name) else {
                throw DataModelError(path: path + "/value/arg", message: "expected the variable that is declared")
            }
            return Declaration(.input, name: name, value: value)
        default: throw DataModelError(path: path + "/type", message: "expected \"input\" or \"local\"")
        }
    }

    func variant(_ json: JSONValue, _ path: String) throws(DataModelError) -> Variant {
        var keys: [VariantKey] = []
        for (index, key) in try list(json, "keys", path, limits.selectors).enumerated() {
            switch key["type"]?.string {
            case "*": keys.append(.catchAll(.none))
            case "literal": keys.append(.literal(Literal(try string(key["value"], "\(path)/keys/\(index)/value"))))
            default:
                throw DataModelError(path: "\(path)/keys/\(index)/type", message: "expected \"literal\" or \"*\"")
            }
        }
        return Variant(keys: keys, value: try pattern(json["value"], path + "/value"))
    }

    func pattern(_ json: JSONValue?, _ path: String) throws(DataModelError) -> Pattern {
        guard let list = json?.array else { throw DataModelError(path: path, message: "expected an array") }
        guard list.count <= limits.elements else {
            throw DataModelError(path: path, message: "more than \(limits.elements) elements")
        }
        var elements: [PatternElement] = []
        elements.reserveCapacity(list.count)
        for (index, element) in list.enumerated() {
            if case .string(let text) = element {
                elements.append(.text(text))
                continue
            }
            let path = "\(path)/\(index)"
            switch element["type"]?.string {
            case "expression": elements.append(.expression(try expression(element, path)))
            case "markup": elements.append(.markup(try markup(element, path)))
            default: throw DataModelError(path: path + "/type", message: "expected \"expression\" or \"markup\"")
            }
        }
        return Pattern(elements)
    }

    func expression(_ json: JSONValue?, _ path: String) throws(DataModelError) -> Expression {
        guard let json, json["type"]?.string == "expression" else {
            throw DataModelError(path: path + "/type", message: "expected \"expression\"")
        }
        var result = Expression(nil)
        if let argument = json["arg"] { result.operand = try operand(argument, path + "/arg") }
        if let function = json["function"] {
            guard function["type"]?.string == "function" else {
                throw DataModelError(path: path + "/function/type", message: "expected \"function\"")
            }
            result.function = FunctionReference(
                try identifier(function["name"], path + "/function/name"),
                options: try options(function["options"], path + "/function/options"))
        }
        guard result.operand != nil || result.function != nil else {
            throw DataModelError(path: path, message: "expected \"arg\" or \"function\"")
        }
        result.attributes = try attributes(json["attributes"], path + "/attributes")
        return result
    }

    func markup(_ json: JSONValue, _ path: String) throws(DataModelError) -> Markup {
        let kind: Markup.Kind
        switch json["kind"]?.string {
        case "open": kind = .open
        case "standalone": kind = .standalone
        case "close": kind = .close
        default: throw DataModelError(path: path + "/kind", message: "expected \"open\", \"standalone\" or \"close\"")
        }
        return Markup(
            kind, try identifier(json["name"], path + "/name"),
            options: try options(json["options"], path + "/options"),
            attributes: try attributes(json["attributes"], path + "/attributes"))
    }

    func operand(_ json: JSONValue, _ path: String) throws(DataModelError) -> Operand {
        switch json["type"]?.string {
        case "literal": .literal(Literal(try string(json["value"], path + "/value")))
        case "variable": .variable(try variable(json, path))
        default: throw DataModelError(path: path + "/type", message: "expected \"literal\" or \"variable\"")
        }
    }

    func variable(_ json: JSONValue, _ path: String) throws(DataModelError) -> VariableReference {
        guard json["type"]?.string == "variable" else {
            throw DataModelError(path: path + "/type", message: "expected \"variable\"")
        }
        return VariableReference(try name(json["name"], path + "/name"))
    }

    func name(_ json: JSONValue?, _ path: String) throws(DataModelError) -> String {
        let text = try string(json, path)
        guard CharacterClass.isName(text) else { throw DataModelError(path: path, message: "expected a name") }
        return text
    }

    func identifier(_ json: JSONValue?, _ path: String) throws(DataModelError) -> String {
        let text = try string(json, path)
        guard CharacterClass.isIdentifier(text) else {
            throw DataModelError(path: path, message: "expected an identifier")
        }
        return text
    }

    func members(_ json: JSONValue?, _ path: String) throws(DataModelError) -> [JSONObject.Member] {
        guard let json else { return [] }
        guard let object = json.object else { throw DataModelError(path: path, message: "expected an object") }
        guard object.members.count <= limits.options else {
            throw DataModelError(path: path, message: "more than \(limits.options) members")
        }
        for member in object.members where !CharacterClass.isIdentifier(member.key) {
            throw DataModelError(path: path + "/" + member.key, message: "expected an identifier")
        }
        return object.members
    }

    func options(_ json: JSONValue?, _ path: String) throws(DataModelError) -> [Option] {
        var options: [Option] = []
        for member in try members(json, path) {
            options.append(Option(member.key, try operand(member.value, path + "/" + member.key)))
        }
        return options
    }

    func attributes(_ json: JSONValue?, _ path: String) throws(DataModelError) -> [Attribute] {
        var attributes: [Attribute] = []
        for member in try members(json, path) {
            let path = path + "/" + member.key
            switch member.value {
            case .bool(true): attributes.append(Attribute(member.key))
            default:
                guard member.value["type"]?.string == "literal" else {
                    throw DataModelError(path: path, message: "expected true or a literal")
                }
                attributes.append(Attribute(member.key, Literal(try string(member.value["value"], path + "/value"))))
            }
        }
        return attributes
    }
}

// MARK: Writing

extension Message {
    /// The JSON form of the data model.
    public var json: JSONValue {
        var object: JSONObject = [:]
        switch body {
        case .pattern(let pattern):
            object["type"] = "message"
            object["declarations"] = .array(declarations.map { $0.json })
            object["pattern"] = pattern.json
        case .select(let matcher):
            object["type"] = "select"
            object["declarations"] = .array(declarations.map { $0.json })
            object["selectors"] = .array(matcher.selectors.map { $0.json })
            object["variants"] = .array(
                matcher.variants.map { ["keys": .array($0.keys.map { $0.json }), "value": $0.value.json] })
        }
        return .object(object)
    }

    /// The JSON form as bundles have it: a string when the message is text alone, else ``json``.
    public var bundleJSON: JSONValue {
        guard declarations.isEmpty, case .pattern(let pattern) = body else { return json }
        var text = ""
        for element in pattern.elements {
            guard case .text(let piece) = element else { return json }
            text += piece.value
        }
        return .string(text)
    }
}

extension Declaration {
    var json: JSONValue {
        ["type": kind == .input ? "input" : "local", "name": .string(name), "value": value.json]
    }
}

extension VariantKey {
    var json: JSONValue {
        switch self {
        case .literal(let literal): literal.json
        case .catchAll: ["type": "*"]
        }
    }
}

extension Pattern {
    /// The JSON form: an array of strings, expressions and markup.
    public var json: JSONValue {
        .array(
            elements.map { element in
                switch element {
                case .text(let text): .string(text.value)
                case .expression(let expression): expression.json
                case .markup(let markup): markup.json
                }
            })
    }
}

extension Expression {
    /// The JSON form.
    public var json: JSONValue {
        var object: JSONObject = ["type": "expression"]
        object["arg"] = operand?.json
        if let function {
            var reference: JSONObject = ["type": "function", "name": .string(function.name)]
            if !function.options.isEmpty { reference["options"] = function.options.json }
            object["function"] = .object(reference)
        }
        if !attributes.isEmpty { object["attributes"] = attributes.json }
        return .object(object)
    }
}

extension Markup {
    /// The JSON form.
    public var json: JSONValue {
        var object: JSONObject = ["type": "markup", "kind": .string(kind.word), "name": .string(name)]
        if !options.isEmpty { object["options"] = options.json }
        if !attributes.isEmpty { object["attributes"] = attributes.json }
        return .object(object)
    }
}

extension Operand {
    var json: JSONValue {
        switch self {
        case .literal(let literal): literal.json
        case .variable(let variable): variable.json
        }
    }
}

extension Literal {
    var json: JSONValue { ["type": "literal", "value": .string(value)] }
}

extension VariableReference {
    var json: JSONValue { ["type": "variable", "name": .string(name)] }
}

extension [Option] {
    fileprivate var json: JSONValue {
        .object(JSONObject(map { JSONObject.Member(key: $0.name, value: $0.value.json) }))
    }
}

extension [Attribute] {
    fileprivate var json: JSONValue {
        .object(JSONObject(map { JSONObject.Member(key: $0.name, value: $0.value?.json ?? true) }))
    }
}

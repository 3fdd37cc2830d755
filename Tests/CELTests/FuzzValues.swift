import CEL
import ConformanceSupport

/// Variables of ``project`` with values of their declared types; an optional field is absent half of the time.
func activation(_ environment: Environment, _ random: inout SplitMix) -> Activation {
    func optional(_ name: String, _ value: CELValue) -> [(name: String, value: CELValue)] {
        random.below(2) == 0 ? [(name, value)] : []
    }
    let numbers: [Int64] = [0, 1, -1, 3, .max, .min]
    var fields: [(name: String, value: CELValue)] = [
        ("country", .string(random.pick(["US", "FR", "", "é"]))),
        ("segments", .list((0..<random.below(4)).map { _ in .string(random.pick(["gold", "silver", "a"])) })),
        ("orders_count", .int(numbers[random.below(numbers.count)])), ("is_member", .bool(random.below(2) == 0)),
    ]
    fields += optional("first_name", .string(random.pick(["Zoë", "", "a%s"])))
    if let birthday = CELTimestamp(parsing: "2000-02-29T12:00:00.5Z") {
        fields += optional("birthday", .timestamp(birthday))
    }
    fields += optional("address", .object(CELObject(type: addressType, fields: optional("city", .string("x")))))
    let version = SemanticVersion(parsing: random.pick(["1.2.3", "0.0.0-a.1+b"]))
    var activation = Activation(environment)
    activation["user"] = .object(CELObject(type: userType, fields: fields))
    activation["app"] = .object(
        CELObject(
            type: appType,
            fields: [("platform", .string("ios"))] + (version.map { [("version", .version($0))] } ?? [])))
    return activation
}

/// A value of any type.
func anything(_ depth: Int, _ random: inout SplitMix) -> CELValue {
    func values() -> [CELValue] { (0..<random.below(4)).map { _ in anything(depth - 1, &random) } }
    switch random.below(depth > 0 ? 14 : 9) {
    case 0: return .null
    case 1: return .bool(random.below(2) == 0)
    case 2: return .int(Int64(bitPattern: random.next()))
    case 3: return .uint(random.next())
    case 4: return .double(Double(bitPattern: random.next()))
    case 5: return .string(random.pick(["", "a", "é😀", "a\u{0}b", "%s"]))
    case 6: return .bytes([0xFF, 0x00])
    case 7: return .duration(CELDuration(nanoseconds: Int64(bitPattern: random.next())))
    case 8: return .type(.list(.dyn))
    case 9: return .list(values())
    case 10: return .map(CELMap(strings: zip(["country", "a", ""], values()).map { ($0, $1) }))
    case 11: return .optional(CELOptional(random.below(2) == 0 ? nil : anything(depth - 1, &random)))
    case 12: return .object(CELObject(type: userType, values: values()))
    default: return .object(CELObject(type: appType, values: values()))
    }
}

/// A tree without its places, as text: the same for what means the same.
func outline(_ expression: CEL.Expression, _ id: ExpressionID? = nil) -> String {
    let id = id ?? expression.root
    let below = expression.children(of: id).map { outline(expression, $0) }.joined(separator: " ")
    let label: String
    switch expression[id].kind {
    case .constant(let value): label = show(value)
    case .identifier(let name): label = "name \(name)"
    case .select(_, let field, let optional): label = ".\(optional ? "?" : "")\(field.text)"
    case .present(_, let field, let optional): label = "has \(optional ? "?" : "")\(field.text)"
    case .call(let function, let target, _): label = "\(target == nil ? "" : "method ")\(function.text)"
    case .list(let elements): label = "list \(elements.map { $0.isOptional ? "?" : "-" }.joined())"
    case .map(let entries): label = "map \(entries.map { $0.isOptional ? "?" : "-" }.joined())"
    case .object(let type, let fields):
        label = "object \(type.text) \(fields.map { ($0.isOptional ? "?" : "") + $0.name.text })"
    case .comprehension(let it): label = "\(it.macro.name) \(it.variables.map(\.text)) \(it.filter == nil ? "" : "if")"
    case .bind(let name, _, _): label = "bind \(name.text)"
    case .optionalMap(_, let name, _, let flat): label = "\(flat ? "optFlatMap" : "optMap") \(name.text)"
    case .block: label = "block"
    case .error: label = "error"
    }
    return "(\(label) \(below))"
}

/// The nodes of the tree; what the parser gave up on is among the others.
func reachable(_ expression: CEL.Expression) -> [ExpressionID] {
    var found = [expression.root]
    var index = 0
    while index < found.count {
        found += expression.children(of: found[index])
        index += 1
    }
    return found
}

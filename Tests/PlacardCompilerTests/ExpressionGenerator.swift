import CEL
import ConformanceSupport

/// Makes expressions that check, of every part of the standard language that needs no protocol buffers. Some of them
/// fail when they run: overflow, division by zero, what is absent.
struct ExpressionGenerator {
    indirect enum Kind: Equatable {
        case bool, int, uint, double, string, bytes, timestamp, duration
        case list(Kind)
        case map(Kind)
    }

    var random: SplitMix
    /// The fields of the context by kind: `user.country`.
    var fields: [(path: String, kind: Kind, isOptional: Bool, values: [String])]
    /// The variables of macros in scope.
    private var locals: [(name: String, kind: Kind)] = []

    init(random: SplitMix, fields: [(path: String, kind: Kind, isOptional: Bool, values: [String])]) {
        self.random = random
        self.fields = fields
    }

    /// An expression of any kind; conditions are the commonest.
    mutating func expression(depth: Int) -> GeneratedExpression {
        let kinds: [Kind] = [.int, .uint, .double, .string, .bytes, .timestamp, .duration, .list(.string), .map(.int)]
        return random.below(3) > 0 ? make(.bool, depth) : make(random.pick(kinds), depth)
    }

    mutating func make(_ kind: Kind, _ depth: Int) -> GeneratedExpression {
        if depth <= 0 || random.below(6) == 0 { return atom(kind) }
        // What gives a value of any kind.
        switch random.below(12) {
        case 0:
            let (test, a, b) = (make(.bool, depth - 1), make(kind, depth - 1), make(kind, depth - 1))
            return joined([test, a, b]) { "(\($0[0]) ? \($0[1]) : \($0[2]))" }
        case 1 where kind.isElement:
            let (list, index) = (typed(.list(kind), depth - 1), position())
            return joined([list]) { "\($0[0])[\(index)]" }
        case 2 where kind == .int || kind == .string:
            let map = typed(.map(kind), depth - 1)
            let key = random.pick(["a", "b", "", "missing"])
            return joined([map]) { "\($0[0])[\"\(key)\"]" }
        default: break
        }
        switch kind {
        case .bool: return condition(depth - 1)
        case .int: return integer(depth - 1)
        case .uint: return unsigned(depth - 1)
        case .double: return double(depth - 1)
        case .string: return string(depth - 1)
        case .bytes: return bytes(depth - 1)
        case .timestamp: return timestamp(depth - 1)
        case .duration: return duration(depth - 1)
        case .list(let element): return list(element, depth - 1)
        case .map(let value): return map(value, depth - 1)
        }
    }

    // MARK: Each kind

    private mutating func condition(_ depth: Int) -> GeneratedExpression {
        switch random.below(14) {
        case 0, 1: return binary(.bool, ["&&", "||"], depth)
        case 2:
            let operand = make(.bool, depth)
            return joined([operand]) { "!\($0[0])" }
        case 3, 4:
            let kind = anyKind()
            return binary(kind, ["==", "!="], depth)
        case 5, 6:
            return binary(
                random.pick([.int, .int, .double, .uint, .string, .timestamp, .duration, .bool, .bytes]),
                ["<", "<=", ">", ">="], depth)
        case 7:
            // Numbers of two types have an order together.
            let (a, b) = (make(random.pick([.int, .uint]), depth), make(.double, depth))
            let symbol = random.pick(["<", "<=", ">", ">="])
            return joined([a, b]) { "(\($0[0]) \(symbol) \($0[1]))" }
        case 8, 9:
            let kind: Kind = random.pick([.string, .string, .int, .double])
            let (element, list) = (make(kind, depth), make(.list(kind), depth))
            return joined([element, list]) { "(\($0[0]) in \($0[1]))" }
        case 10:
            let (key, map) = (make(.string, depth), make(.map(.int), depth))
            return joined([key, map]) { "(\($0[0]) in \($0[1]))" }
        case 11:
            let (text, part) = (make(.string, depth), make(.string, 0))
            let test = random.pick(["startsWith", "endsWith", "contains"])
            return joined([text, part]) { "\($0[0]).\(test)(\($0[1]))" }
        case 12:
            let text = make(.string, depth)
            let pattern = random.pick(["^[A-Z]+$", "o+", "", "a|b", "^.$", "[^a-z]"])
            return joined([text]) { "\($0[0]).matches(\"\(pattern)\")" }
        default:
            if random.below(3) == 0, let field = fields.filter(\.isOptional).randomElement(using: &random) {
                return GeneratedExpression("has(\(field.path))")
            }
            return macro(["all", "exists", "exists_one"], .bool, depth)
        }
    }

    private mutating func integer(_ depth: Int) -> GeneratedExpression {
        switch random.below(7) {
        case 0, 1, 2: return binary(.int, ["+", "-", "*", "/", "%"], depth)
        case 3:
            let operand = make(.int, depth)
            return joined([operand]) { "-(\($0[0]))" }
        case 4:
            let operand = make(random.pick([.string, .list(.string), .list(.int), .map(.int), .bytes]), depth)
            let isMethod = random.below(2) == 0
            return joined([operand]) { isMethod ? "\($0[0]).size()" : "size(\($0[0]))" }
        case 5:
            let operand = make(random.pick([.double, .uint, .int, .string, .timestamp]), depth)
            return joined([operand]) { "int(\($0[0]))" }
        default:
            let operand = make(.timestamp, depth)
            let part = random.pick([
                "FullYear", "Month", "Date", "DayOfMonth", "DayOfWeek", "DayOfYear", "Hours", "Minutes", "Seconds",
                "Milliseconds",
            ])
            return joined([operand]) { "\($0[0]).get\(part)()" }
        }
    }

    private mutating func unsigned(_ depth: Int) -> GeneratedExpression {
        if random.below(3) > 0 { return binary(.uint, ["+", "-", "*", "/", "%"], depth) }
        let operand = make(random.pick([.int, .double, .string]), depth)
        return joined([operand]) { "uint(\($0[0]))" }
    }

    private mutating func double(_ depth: Int) -> GeneratedExpression {
        if random.below(3) > 0 { return binary(.double, ["+", "-", "*", "/"], depth) }
        let operand = make(random.pick([.int, .uint, .string]), depth)
        return joined([operand]) { "double(\($0[0]))" }
    }

    private mutating func string(_ depth: Int) -> GeneratedExpression {
        if random.below(2) == 0 { return binary(.string, ["+"], depth) }
        let operand = make(random.pick([.int, .uint, .double, .bool, .bytes, .string, .timestamp, .duration]), depth)
        return joined([operand]) { "string(\($0[0]))" }
    }

    private mutating func bytes(_ depth: Int) -> GeneratedExpression {
        if random.below(2) == 0 { return binary(.bytes, ["+"], depth) }
        let operand = make(.string, depth)
        return joined([operand]) { "bytes(\($0[0]))" }
    }

    private mutating func timestamp(_ depth: Int) -> GeneratedExpression {
        let (moment, span) = (make(.timestamp, depth), make(.duration, depth))
        let symbol = random.pick(["+", "-"])
        return joined([moment, span]) { "(\($0[0]) \(symbol) \($0[1]))" }
    }

    private mutating func duration(_ depth: Int) -> GeneratedExpression {
        random.below(2) == 0 ? binary(.timestamp, ["-"], depth) : binary(.duration, ["+", "-"], depth)
    }

    private mutating func list(_ element: Kind, _ depth: Int) -> GeneratedExpression {
        switch random.below(4) {
        case 0: return binary(.list(element), ["+"], depth)
        case 1:
            let elements = (0..<random.below(4)).map { _ in make(element, depth) }
            if elements.isEmpty { return atom(.list(element)) }
            return joined(elements) { "[\($0.joined(separator: ", "))]" }
        case 2: return macro(["filter"], .bool, depth, over: element)
        default: return macro(["map"], element, depth)
        }
    }

    private mutating func map(_ value: Kind, _ depth: Int) -> GeneratedExpression {
        let values = (0..<random.below(4)).map { _ in make(value, depth) }
        if values.isEmpty { return atom(.map(value)) }
        let keys = ["\"a\"", "\"b\"", "\"\""]
        return joined(values) { "{" + zip(keys, $0).map { "\($0): \($1)" }.joined(separator: ", ") + "}" }
    }

    private mutating func macro(
        _ names: [String], _ body: Kind, _ depth: Int, over wanted: Kind? = nil
    ) -> GeneratedExpression {
        let element = wanted ?? random.pick([.string, .int])
        let range = typed(.list(element), depth)
        let name = "v\(locals.count)"
        locals.append((name, element))
        let inner = make(body, depth)
        locals.removeLast()
        return GeneratedExpression(range, random.pick(names), name, inner, locals.map(\.name))
    }

    /// A list or map to take elements of. A literal without any says nothing of their type, so that what is done with
    /// them need not check.
    private mutating func typed(_ kind: Kind, _ depth: Int) -> GeneratedExpression {
        for _ in 0..<8 {
            let value = make(kind, depth)
            if !value.text.contains("[]"), !value.text.contains("{}") { return value }
        }
        switch kind {
        case .list(let element): return joined([make(element, 0)]) { "[\($0[0])]" }
        case .map(let value): return joined([make(value, 0)]) { "{\"a\": \($0[0])}" }
        default: return atom(kind)
        }
    }

    // MARK: Leaves

    private mutating func atom(_ kind: Kind) -> GeneratedExpression {
        let bound = locals.filter { $0.kind == kind }
        if let local = bound.randomElement(using: &random), random.below(3) > 0 {
            return GeneratedExpression(local.name, isOpen: true)
        }
        let candidates = fields.filter { $0.kind == kind }
        if let field = candidates.randomElement(using: &random), random.below(2) == 0 {
            return GeneratedExpression(field.path)
        }
        return GeneratedExpression(literal(kind))
    }

    private mutating func literal(_ kind: Kind) -> String {
        switch kind {
        case .bool: return random.pick(["true", "false"])
        case .int:
            return random.pick([
                "0", "1", "-1", "2", "3", "7", "10", "60", "-7", "1000", "9223372036854775807",
                "-9223372036854775808", "4611686018427387904",
            ])
        case .uint: return random.pick(["0u", "1u", "2u", "7u", "18446744073709551615u"])
        case .double:
            return random.pick([
                "0.0", "-0.0", "1.0", "1.5", "-2.5", "0.1", "1e3", "1e300", "1e-300", "9223372036854775808.0", "2.0",
            ])
        case .string:
            let declared = fields.flatMap(\.values)
            if !declared.isEmpty, random.below(3) == 0 { return "\"\(random.pick(declared))\"" }
            return random.pick([
                "\"\"", "\"a\"", "\"gold\"", "\"Zoë\"", "\"日本\"", "\"😀\"", "\"12\"", "\"-3.5\"", "\"x y\"", "\"true\"",
                "\"line\\nbreak\"", "'q\"q'", "\"e\\u0301\"", "\"é\"", "\"2026-12-02T06:00:00Z\"", "\"90s\"",
            ])
        case .bytes: return random.pick(["b\"\"", "b\"a\"", "b\"abc\"", "b\"\\xff\"", "b\"é\""])
        case .timestamp:
            return random.pick([
                "timestamp(\"2026-12-02T06:00:00Z\")", "timestamp(\"1970-01-01T00:00:00Z\")",
                "timestamp(\"1969-12-31T23:59:59.5Z\")", "timestamp(\"2024-02-29T12:34:56.789+02:00\")",
                "timestamp(\"0001-01-01T00:00:00Z\")", "timestamp(\"9999-12-31T23:59:59Z\")",
            ])
        case .duration:
            return random.pick([
                "duration(\"1s\")", "duration(\"90s\")", "duration(\"1h30m\")", "duration(\"-2.5s\")",
                "duration(\"0s\")", "duration(\"100ms\")", "duration(\"24h\")",
            ])
        case .list(let element):
            let values = (0..<random.below(4)).map { _ in literal(element) }
            return "[\(values.joined(separator: ", "))]"
        case .map(let value):
            let keys = ["a", "b", ""].prefix(random.below(4))
            return "{" + keys.map { "\"\($0)\": \(literal(value))" }.joined(separator: ", ") + "}"
        }
    }

    private mutating func position() -> String { random.pick(["0", "0", "1", "2", "-1"]) }

    private mutating func anyKind() -> Kind {
        random.pick([
            .bool, .int, .uint, .double, .string, .string, .bytes, .timestamp, .duration, .list(.string), .list(.int),
            .map(.int),
        ])
    }

    private mutating func binary(_ kind: Kind, _ symbols: [String], _ depth: Int) -> GeneratedExpression {
        let (a, b) = (make(kind, depth), make(kind, depth))
        let symbol = random.pick(symbols)
        return joined([a, b]) { "(\($0[0]) \(symbol) \($0[1]))" }
    }

    private func joined(
        _ operands: [GeneratedExpression], _ text: ([String]) -> String
    ) -> GeneratedExpression {
        GeneratedExpression(text(operands.map(\.text)), of: operands)
    }
}

extension ExpressionGenerator.Kind {
    /// Whether lists of it are made, too.
    var isElement: Bool { self == .string || self == .int || self == .double }
}

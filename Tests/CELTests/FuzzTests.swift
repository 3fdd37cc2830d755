import CEL
import SourceDiagnostics
import Testing

/// Random expressions through parser, checker and evaluator: nothing may crash, hang or leave its span.
@Suite struct FuzzTests {
    /// SplitMix64, so that a failure can be repeated.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let atoms = [
        "1", "-1", "0", "2u", "1.5", "'a'", "\"é😀\"", "b'x'", "true", "false", "null", "[]", "{}", "[1, 2]", "{'a': 1}",
        "user", "user.country", "user.first_name", "user.segments", "user.orders_count", "app.version", "x", "y",
        "semver('1.2.3')", "timestamp(0)", "duration('1s')", "optional.none()", "optional.of(1)", "int",
        "9223372036854775807",
        "ip('::1')", "cidr('10.0.0.0/8')", "user.?first_name", "0.0 / 0.0", "'%s %d'",
    ]
    private static let binary = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"]
    private static let methods = [
        "size()", "contains('a')", "startsWith('a')", "matches('a+')", "getHours()", "getFullYear('UTC')", "hasValue()",
        "value()", "orValue(1)", "or(optional.none())", "split('')", "join()", "reverse()", "sort()", "flatten()",
        "distinct()", "first()", "format([1, 'a'])", "charAt(0)", "indexOf('a')", "replace('a', 'b')", "substring(1)",
        "lowerAscii()", "trim()", "major()", "ip()", "masked()", "country", "?country", "lastIndexOf('', 1)",
    ]
    private static let macros = ["all", "exists", "exists_one", "map", "filter", "sortBy", "optMap", "optFlatMap"]
    private static let functions = [
        "size", "int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "timestamp", "duration", "semver",
        "math.abs", "math.ceil", "math.greatest", "math.bitNot", "lists.range", "optional.of", "strings.quote",
        "base64.encode", "base64.decode", "ip", "isIP", "has", "math.sqrt", "optional.ofNonZeroValue",
    ]

    private func expression(_ depth: Int, _ random: inout Generator) -> String {
        guard depth > 0 else { return FuzzTests.atoms.randomElement(using: &random) ?? "1" }
        func inner() -> String { expression(depth - 1, &random) }
        switch UInt64.random(in: 0..<12, using: &random) {
        case 0, 1, 2, 3:
            let left = inner()
            let operation = FuzzTests.binary.randomElement(using: &random) ?? "+"
            return "(\(left) \(operation) \(inner()))"
        case 4: return inner() + "." + (FuzzTests.methods.randomElement(using: &random) ?? "size()")
        case 5: return (FuzzTests.functions.randomElement(using: &random) ?? "size") + "(" + inner() + ")"
        case 6:
            let range = inner()
            let macro = FuzzTests.macros.randomElement(using: &random) ?? "map"
            return "\(range).\(macro)(x, \(inner()))"
        case 7: return "(\(inner()) ? \(inner()) : \(inner()))"
        case 8: return "[\(inner()), \(inner())]"
        case 9: return "{\(inner()): \(inner())}"
        case 10: return "cel.bind(y, \(inner()), \(inner()))"
        default: return (Bool.random(using: &random) ? "!" : "-") + inner()
        }
    }

    private func exercise(_ source: String) {
        let (expression, syntax) = project.parse(source)
        let length = source.utf8.count
        let (checked, findings) = project.check(expression, expecting: .bool)
        for finding in syntax + findings {
            #expect(finding.primary.span.end <= length, "\(source): \(finding.id)")
        }
        for node in expression.nodes { #expect(node.span.end <= max(length, node.span.start)) }
        var activation = Activation(project)
        activation["user"] = .object(
            CELObject(
                type: userType,
                fields: [("country", .string("FR")), ("segments", .list([.string("gold")])), ("orders_count", .int(3))])
        )
        _ = Program(checked).evaluate(activation)
        guard !expression.hasErrors else { return }
        // What checks, evaluates alike without the check.
        let unchecked = Program(project.resolve(expression)).evaluate(activation)
        guard !checked.hasErrors else { return }
        switch (Program(checked).evaluate(activation), unchecked) {
        case (.success(let a), .success(let b)): #expect(show(a) == show(b), "\(source)")
        case (.failure, .failure): break
        default: Issue.record("\(source): differs without the check")
        }
    }

    @Test func generatedExpressions() {
        var random = Generator(state: 20_261_122)
        for _ in 0..<1_500 { exercise(expression(Int.random(in: 1...4, using: &random), &random)) }
    }

    @Test func damagedExpressions() {
        var random = Generator(state: 7)
        let tokens = [
            "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "\"", "'", "\\", "`", "&", "|", "=", "\u{0}", "é", "//",
            "\n", "1", "u", "e",
        ]
        for _ in 0..<1_500 {
            var bytes = Array(expression(2, &random).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                if Bool.random(using: &random), place < bytes.count {
                    bytes.remove(at: place)
                } else {
                    bytes.insert(contentsOf: (tokens.randomElement(using: &random) ?? "(").utf8, at: place)
                }
            }
            exercise(String(decoding: bytes, as: UTF8.self))
        }
    }
}

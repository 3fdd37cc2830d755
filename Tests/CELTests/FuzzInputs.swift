import CEL
import CanonicalJSON
import ConformanceSupport

/// What the fuzz tests feed to parser, checker and evaluator.
enum FuzzInput: String, CaseIterable, Sendable {
    /// Expressions by the grammar, which mostly parse and sometimes check.
    case grammar
    /// Such expressions and those of the conformance tests, with bytes and tokens added, removed, moved and doubled.
    case damaged
    /// Tokens in any order.
    case tokens
    /// Bytes in any order, not even UTF-8.
    case bytes

    func next(_ random: inout SplitMix) -> String {
        switch self {
        case .grammar: return Self.expression(1 + random.below(4), &random)
        case .damaged: return Self.damaged(&random)
        case .tokens:
            let separator = random.pick(["", " "])
            return (0..<random.below(24)).map { _ in random.pick(Self.words) }.joined(separator: separator)
        case .bytes:
            let bound = random.pick(["128", "256"]) == "128" ? 128 : 256
            let bytes = (0..<random.below(48)).map { _ in UInt8(random.below(bound)) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    // MARK: By the grammar

    private static let atoms = [
        "1", "-1", "0", "2u", "1.5", "'a'", "\"é😀\"", "b'x'", "true", "false", "null", "[]", "{}", "[1, 2]", "{'a': 1}",
        "user", "user.country", "user.first_name", "user.segments", "user.orders_count", "user.birthday", "app.version",
        "user.is_member", "user.address.city", "x", "y", "semver('1.2.3')", "timestamp(0)", "duration('1s')",
        "optional.none()", "optional.of(1)", "int", "9223372036854775807", "-9223372036854775808", "ip('::1')",
        "cidr('10.0.0.0/8')", "user.?first_name", "0.0 / 0.0", "'%s %d'", "address{city: 'x'}",
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

    private static func expression(_ depth: Int, _ random: inout SplitMix) -> String {
        guard depth > 0 else { return random.pick(atoms) }
        func inner() -> String { expression(depth - 1, &random) }
        switch random.below(13) {
        case 0, 1, 2, 3:
            let left = inner()
            let operation = random.pick(binary)
            // Without parentheses precedence decides.
            return random.below(3) == 0 ? "\(left) \(operation) \(inner())" : "(\(left) \(operation) \(inner()))"
        case 4: return inner() + "." + random.pick(methods)
        case 5: return random.pick(functions) + "(" + inner() + ")"
        case 6:
            let range = inner()
            let macro = random.pick(macros)
            return "\(range).\(macro)(x, \(inner()))"
        case 7: return "(\(inner()) ? \(inner()) : \(inner()))"
        case 8: return "[\(inner()), \(inner())]"
        case 9: return "{\(inner()): \(inner())}"
        case 10: return "cel.bind(y, \(inner()), \(inner()))"
        case 11: return "\(inner())[\(inner())]"
        default: return (random.below(2) == 0 ? "!" : "-") + inner()
        }
    }

    // MARK: Damaged

    private static let words =
        binary + atoms + macros + [
            "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "\"", "'", "'''", "\\", "`", "&", "|", "=", "\u{0}", "é",
            "//",
            "\n", "\t", "u", "e", "0x", "0xF", "1e", "1e400", ".5", "r'", "b\"", "\\u12", "\\U0010ffff", "\\777",
            "x.map(",
            "has(", "cel.bind(", "?.", "[?", ".?", "?'a':", "in in", "\u{FEFF}", "”", "a.b.c{", "18446744073709551616",
        ]

    /// The expressions of the conformance tests, where they are.
    private static let corpus: [String] = {
        guard ConformanceData.isPresent else { return atoms }
        var sources: [String] = []
        for file in ConformanceData.files(in: "cel") {
            let json = try? ConformanceData.load(file)
            for section in json?["sections"]?.array ?? [] {
                sources += (section["tests"]?.array ?? []).compactMap { $0["expr"]?.string }
            }
        }
        return sources.filter { $0.utf8.count <= 400 }
    }()

    private static func damaged(_ random: inout SplitMix) -> String {
        func source() -> [UInt8] {
            Array((random.below(2) == 0 ? expression(2, &random) : random.pick(corpus)).utf8)
        }
        var bytes = source()
        for _ in 0...random.below(3) {
            let place = random.below(bytes.count + 1)
            let end = min(bytes.count, place + random.below(6))
            switch random.below(6) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: random.pick(words).utf8, at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
            case 4: bytes.replaceSubrange(place..<end, with: random.pick(words).utf8)
            default: bytes.replaceSubrange(place..., with: source().suffix(random.below(40)))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

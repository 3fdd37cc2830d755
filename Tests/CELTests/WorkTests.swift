import SourceDiagnostics
import Testing

@testable import CEL

/// What each operation is charged grows as what it does: with the sizes of its values.
@Suite struct WorkTests {
    /// How the work of an expression grows with the size of the values.
    enum Growth: Sendable {
        /// Not at all.
        case none
        /// As the size.
        case linear
        /// As its square.
        case square
    }

    /// A text, a list of different texts, a list of the same long text, numbers, a map and bytes, all of one size.
    private static let environment = Environment(
        Declarations(variables: [
            VariableDeclaration("s", .string), VariableDeclaration("l", .list(.string)),
            VariableDeclaration("same", .list(.string)), VariableDeclaration("n", .list(.int)),
            VariableDeclaration("m", .map(.string, .int)), VariableDeclaration("b", .bytes),
            VariableDeclaration("lo", .list(.optional(.int))), VariableDeclaration("d", .double),
        ]))

    private static func activation(_ size: Int) -> Activation {
        var activation = Activation(environment)
        let text = String(repeating: "ab", count: size / 2)
        activation["s"] = .string(text)
        activation["l"] = .list((0..<size / 8).map { .string("segment-\($0)") })
        activation["same"] = .list([CELValue](repeating: .string(text), count: 64))
        activation["n"] = .list((0..<size / 8).map { .int(Int64($0)) })
        activation["m"] = .map(CELMap(strings: (0..<size / 8).map { ("key-\($0)", .int(Int64($0))) }))
        activation["b"] = .bytes([UInt8](repeating: 0xFF, count: size))
        activation["lo"] = .list((0..<size / 8).map { .optional(CELOptional(.int(Int64($0)))) })
        activation["d"] = .double(0x1p-1000)
        return activation
    }

    /// What an evaluation takes for values of a size.
    private static func work(_ source: String, _ size: Int) throws -> Int {
        var environment = environment
        environment.limits.work = 1 << 40
        environment.limits.resultSize = 1 << 30
        let (program, diagnostics) = environment.compile(source)
        let found = try #require(program, "\(source): \(diagnostics.map(\.message))")
        var work = 1 << 40
        _ = found.evaluate(activation(size), work: &work)
        return 1 << 40 - work
    }

    /// By the name of the function, what it is called with and how that grows.
    private static let calls: [(name: String, source: String, growth: Growth)] = [
        (Operator.equals, "s == s + ''", .linear), (Operator.equals, "b == b", .linear),
        (Operator.equals, "l == l", .linear), (Operator.equals, "m == m", .linear),
        (Operator.notEquals, "n != n", .linear),
        (Operator.less, "s < s", .linear), (Operator.lessOrEqual, "b <= b", .linear),
        (Operator.greater, "s > s", .linear), (Operator.greaterOrEqual, "s >= s", .linear),
        (Operator.less, "d < d", .none), (Operator.add, "s + s", .linear), (Operator.add, "b + b", .linear),
        (Operator.add, "l + l", .linear), (Operator.subtract, "d - d", .none), (Operator.multiply, "d * d", .none),
        (Operator.divide, "d / d", .none), (Operator.modulo, "1 % 2", .none), (Operator.negate, "-d", .none),
        (Operator.not, "!(d < d)", .none), (Operator.conditional, "d < d ? s : s", .none),
        (Operator.index, "n[3]", .none), (Operator.index, "m[s]", .linear), (Operator.optionalIndex, "m[?s]", .linear),
        (Operator.isIn, "'x' in l", .linear), (Operator.isIn, "-1 in n", .linear), (Operator.isIn, "s in m", .linear),
        (Operator.isIn, "s + 'x' in same", .linear), (Operator.isIn, "s.lowerAscii() in ['a', 'b']", .linear),
        ("size", "size(s)", .linear), ("size", "size(l)", .none), ("contains", "s.contains('c')", .linear),
        ("startsWith", "s.startsWith(s)", .linear), ("endsWith", "s.endsWith(s)", .linear),
        ("matches", "s.matches('[ab]*a[ab]{60}c')", .linear), ("matches", "s.matches('c')", .linear),
        ("matches", "s.matches('^c')", .none), ("matches", "'x'.matches(s)", .linear),
        ("matches", "s.matches('x' + 'y')", .linear), ("bool", "bool(s)", .linear), ("bytes", "bytes(s)", .linear),
        ("double", "double(s)", .linear), ("duration", "duration(s)", .linear), ("dyn", "dyn(n)", .none),
        ("int", "int(s)", .linear), ("string", "string(b)", .linear), ("timestamp", "timestamp(s)", .linear),
        ("type", "type(n)", .none), ("uint", "uint(s)", .linear),
        ("getHours", "timestamp(0).getHours(s)", .linear),
        ("charAt", "s.charAt(3)", .linear), ("indexOf", "s.indexOf('c')", .linear),
        ("indexOf", "'c'.indexOf(s)", .linear),
        ("lastIndexOf", "s.lastIndexOf('c')", .linear), ("lowerAscii", "s.lowerAscii()", .linear),
        ("upperAscii", "s.upperAscii()", .linear), ("replace", "s.replace('a', 'cc')", .linear),
        ("replace", "s.replace('', 'c')", .linear), ("replace", "s.replace('a', s)", .square),
        ("split", "s.split('a')", .linear), ("split", "s.split('')", .linear), ("substring", "s.substring(3)", .linear),
        ("trim", "s.trim()", .linear), ("join", "l.join()", .linear), ("join", "l.join(s)", .square),
        ("strings.quote", "strings.quote(s)", .linear), ("reverse", "s.reverse()", .linear),
        ("reverse", "l.reverse()", .linear), ("format", "s.format([])", .linear),
        ("format", "'%s'.format([s])", .linear),
        ("format", "'%s'.format([l])", .linear), ("format", "'%s'.format([m])", .linear),
        ("format", "'%s'.format([b])", .linear), ("format", "'%x'.format([b])", .linear),
        ("math.greatest", "math.greatest(n)", .linear), ("math.least", "math.least(n)", .linear),
        ("slice", "n.slice(1, size(n))", .linear), ("flatten", "[n, n].flatten()", .linear),
        ("sort", "l.sort()", .linear), ("sort", "same.sort()", .linear), ("sort", "n.sort()", .linear),
        ("distinct", "n.distinct()", .square), ("distinct", "l.distinct()", .square),
        ("lists.range", "lists.range(size(n))", .linear), ("first", "n.first()", .none), ("last", "n.last()", .none),
        ("sets.contains", "sets.contains(n, [-1])", .linear), ("sets.equivalent", "sets.equivalent(n, n)", .square),
        ("sets.intersects", "sets.intersects([-1], n)", .linear),
        ("base64.encode", "base64.encode(b)", .linear), ("base64.decode", "base64.decode(s)", .linear),
        ("optional.of", "optional.of(n)", .none), ("optional.ofNonZeroValue", "optional.ofNonZeroValue(n)", .none),
        ("optional.none", "optional.none()", .none), ("hasValue", "optional.of(n).hasValue()", .none),
        ("value", "optional.of(n).value()", .none), ("or", "optional.of(n).or(optional.none())", .none),
        ("orValue", "optional.of(n).orValue(n)", .none), ("optional.unwrap", "optional.unwrap(lo)", .linear),
        ("unwrapOpt", "lo.unwrapOpt()", .linear), ("ip", "ip(s)", .linear), ("cidr", "cidr(s)", .linear),
        ("isIP", "isIP(s)", .linear), ("isCIDR", "isCIDR(s)", .linear),
        ("ip.isCanonical", "ip.isCanonical(s)", .linear),
        ("containsIP", "cidr('::/0').containsIP(s)", .linear),
        ("containsCIDR", "cidr('::/0').containsCIDR(s)", .linear),
        ("semver", "semver(s)", .linear), ("isSemver", "isSemver(s)", .linear),
    ]

    /// Functions of values that have one size.
    private static let small: Set<String> = [
        "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getMonth", "getMinutes",
        "getSeconds",
        "getMilliseconds", "math.ceil", "math.floor", "math.round", "math.trunc", "math.abs", "math.sign", "math.sqrt",
        "math.isNaN", "math.isInf", "math.isFinite", "math.bitAnd", "math.bitOr", "math.bitXor", "math.bitNot",
        "math.bitShiftLeft", "math.bitShiftRight", "family", "isLoopback", "isGlobalUnicast", "isLinkLocalMulticast",
        "isLinkLocalUnicast", "isUnspecified", "masked", "prefixLength", "isGreaterThan", "isLessThan", "compareTo",
        "major", "minor", "patch",
    ]

    @Test func everyFunctionHasACharge() {
        let known = Self.small.union(Self.calls.map(\.name))
        #expect(Function.standard.map(\.name).filter { !known.contains($0) } == [])
    }

    @Test func callsAreChargedAsTheyGrow() throws {
        for call in Self.calls { try expect(call.source, call.growth) }
    }

    @Test(arguments: [
        ("n.all(x, x >= 0)", Growth.linear), ("n.exists(x, x < 0)", .linear), ("n.exists_one(x, x < 0)", .linear),
        ("n.map(x, x)", .linear), ("n.filter(x, x > 3)", .linear), ("n.sortBy(x, -x)", .linear),
        ("m.all(k, k != '')", .linear), ("m.transformMap(k, v, v)", .linear), ("l.transformList(i, v, i)", .linear),
        ("m.transformMapEntry(k, v, {v: k})", .linear), ("n.all(x, n.all(y, true))", .square), ("{s: 1}", .linear),
        ("[n, n] == [n, n]", .linear), ("optional.of(l) == optional.of(l)", .linear), ("[n, n][1]", .none),
    ]) func macrosAndLiteralsAreChargedAsTheyGrow(_ source: String, _ growth: Growth) throws {
        try expect(source, growth)
    }

    private func expect(_ source: String, _ growth: Growth) throws {
        let small = try Self.work(source, 1_024)
        let large = try Self.work(source, 4_096)
        switch growth {
        case .none: #expect(large == small, "\(source) takes \(small), then \(large)")
        case .linear:
            #expect(large * 10 >= small * 25 && small > 0, "\(source) takes \(small), then \(large)")
            // 32 bytes or an element for a unit, at least.
            #expect(large >= 4_096 / 33, "\(source) takes \(large)")
        case .square: #expect(large >= small * 15 && small >= 1_024, "\(source) takes \(small), then \(large)")
        }
    }

    /// A round pays for the whole body, so that its size is not for nothing.
    @Test func aRoundPaysForItsBody() throws {
        let body = [String](repeating: "x >= 0", count: 100).joined(separator: " && ")
        let short = try Self.work("n.all(x, x >= 0)", 8_000)
        let long = try Self.work("n.all(x, \(body))", 8_000)
        #expect(long >= 50 * short)
        // A list of constants is one value.
        let list = (0..<500).map { "\($0)" }.joined(separator: ",")
        #expect(try Self.work("n.all(x, x in [\(list)])", 8_000) < 4 * short)
    }

    /// A version has up to 127 identifiers, which are compared one by one and make a text as long.
    @Test(arguments: [
        "v == w", "v < w", "v in [w]", "[v] == [w]", "[v, w].sort() == []", "v.isLessThan(w)", "string(v) == ''",
        "'%s'.format([v]) == ''", "[v, w].distinct() == []", "sets.contains([v], [w])",
    ]) func aLongVersionIsChargedForItsIdentifiers(_ source: String) throws {
        let environment = Environment(
            Declarations(variables: [VariableDeclaration("v", .version), VariableDeclaration("w", .version)]))
        let (program, _) = environment.compile(source)
        func work(_ identifiers: Int) throws -> Int {
            let beginning = "1.0.0-" + String(repeating: "a.", count: identifiers)
            var activation = Activation(environment)
            activation["v"] = .version(try #require(SemanticVersion(parsing: beginning + "b")))
            activation["w"] = .version(try #require(SemanticVersion(parsing: beginning + "c")))
            var work = 1_000_000
            _ = try #require(program).evaluate(activation, work: &work)
            return 1_000_000 - work
        }
        // An identifier takes some nanoseconds.
        #expect(try work(120) >= work(1) + 120 / 8)
    }

    @Test func whatIsLeftIsGivenBack() throws {
        let (program, _) = Self.environment.compile("n.all(x, x >= 0)")
        let activation = Self.activation(800)
        var work = 1_000
        #expect(try #require(program).evaluate(activation, work: &work).isSuccess)
        #expect(work == 1_000 - 100 * 4)
        // Less than it takes is all taken.
        work = 99
        #expect(try #require(program).evaluate(activation, work: &work).reason == .tooMuchWork)
        #expect(work == 0)
        #expect(try #require(program).evaluateBool(activation, work: 99).reason == .tooMuchWork)
    }

    /// What takes seconds or hours when a match counts as one.
    @Test func aMatchInAMacroEnds() throws {
        var activation = Self.activation(90_000)
        let ones = [String](repeating: "1", count: 500).joined(separator: ",")
        activation["n"] = .list([CELValue](repeating: .int(1), count: 10_000))
        for source in [
            "[\(ones)].all(i, !s.matches('[ab]*a[ab]{1000}c'))", "n.all(i, !s.matches('[ab]*a[ab]{1000}c'))",
            "n.all(i, !s.matches('[ab]*a' + '[ab]{1000}c'))", "n.all(i, !s.matches(s))", "n.all(i, s.contains(s))",
            "n.all(i, n.all(j, n.all(k, true)))", "(n.all(i, !s.matches('[ab]*a[ab]{1000}c'))) || true",
        ] {
            let (program, _) = Self.environment.compile(source)
            #expect(try #require(program).evaluate(activation).reason == .tooMuchWork, "\(source)")
        }
    }

    @Test func aPatternThatIsTooLargeIsFoundBeforehand() {
        check(
            "user.country.matches('.{1000}x.{1000}y.{1000}z')",
            gives: "cel/invalid-regex", at: "'.{1000}x.{1000}y.{1000}z'")
        #expect(diagnostics("user.country.matches('[ab]*a[ab]{1000}c')").isEmpty)
    }

    /// A condition comes from a server: to make hundreds of patterns ready takes seconds, and the memory for them.
    @Test func patternsAreBoundedTogether() {
        func condition(_ count: Int, _ pattern: (Int) -> String) -> String {
            (0..<count).map { "user.country.matches('\(pattern($0))')" }.joined(separator: " || ")
        }
        #expect(diagnostics(condition(3) { ".{500}\($0)" }).isEmpty)
        #expect(diagnostics(condition(300) { "^[a-z]{2}\($0)$" }).isEmpty)
        let found = diagnostics(condition(300) { ".{500}\($0)" })
        #expect(found.first?.message == "the regular expressions of this condition are too large together")
        #expect(found.allSatisfy { $0.id == "cel/invalid-regex" })
    }

    /// Another number gives other places, so that nobody can choose keys that collide.
    @Test func keysAreHashedWithASecret() {
        #expect(stringHash("a", hashSeed) == stringHash("a", hashSeed))
        #expect(stringHash("a", hashSeed) != stringHash("b", hashSeed))
        let texts = (0..<2_000).map { "key-\($0)" }
        func places(_ seed: UInt64) -> [Int] { texts.map { stringHash($0, seed) & 1_023 } }
        #expect(zip(places(1), places(2)).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) } < 100)
    }
}

extension Result where Failure == EvaluationError {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }

    fileprivate var reason: EvaluationError.Reason? {
        if case .failure(let error) = self { error.reason } else { nil }
    }
}

import CEL
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

/// Generated expressions that are made to be expensive, on the largest values that a context may have: each ends within its
/// work, comes out the same twice, and takes no time that it did not pay for.
///
/// `PLACARD_FUZZ_SEED` looks elsewhere, `PLACARD_FUZZ=N` tries N of them.
@Suite struct HostileTests {
    private static let variables = ProcessInfo.processInfo.environment
    private static let seed = variables["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_129
    private static let count = variables["PLACARD_FUZZ"].flatMap { Int($0) } ?? 400

    private static let environment = Environment(
        Declarations(variables: [
            VariableDeclaration("s", .string), VariableDeclaration("w", .string), VariableDeclaration("p", .string),
            VariableDeclaration("l", .list(.string)), VariableDeclaration("n", .list(.int)),
            VariableDeclaration("m", .map(.string, .string)),
        ]))

    private static func activation(_ random: inout SplitMix) -> Activation {
        func text(_ unit: String, _ bytes: Int) -> CELValue {
            .string(String(repeating: unit, count: bytes / unit.utf8.count))
        }
        var activation = Activation(environment)
        let long = random.pick([65_536, 9_000, 100])
        activation["s"] = text(random.pick(["ab", "a", " ", "aab\u{0}", "%s"]), long)
        activation["w"] = text(random.pick(["é", "e\u{301}", "😀", "\u{2003}"]), long)
        activation["p"] = .string(
            random.pick([
                "[ab]*a[ab]{1000}c", "(?i)\\pL{20}", "(a?){500}b", "[^\\pL]{3}", "(((((((a*)*)*)*)*)*)*)c", ".*.*.*=.*",
                "a",
                "[[:", "(", "\\b[ab]{300}\\b",
            ]))
        let element = text(random.pick(["ab", "é"]), random.pick([10, 5_000]))
        let several = random.pick([10_000, 300])
        activation["l"] = .list((0..<several).map { $0 % 3 == 0 ? element : .string("segment-\($0)") })
        activation["n"] = .list((0..<several).map { .int(Int64($0 * 7919 % 10_007)) })
        activation["m"] = .map(CELMap(strings: (0..<several).map { ("key-\($0)", element) }))
        return activation
    }

    // MARK: Expressions that check

    private static func string(_ depth: Int, _ random: inout SplitMix) -> String {
        guard depth > 0 else { return random.pick(["s", "w", "p", "'ab'", "''", "l[0]", "string(n[1])"]) }
        func inner() -> String { string(depth - 1, &random) }
        switch random.below(14) {
        case 0: return "(\(inner()) + \(inner()))"
        case 1: return "\(inner()).replace(\(inner()), \(inner()))"
        case 2: return "\(list(depth - 1, &random)).join(\(inner()))"
        case 3: return "'%s %s'.format([\(inner()), \(list(depth - 1, &random))])"
        case 4: return "\(inner()).\(random.pick(["lowerAscii()", "upperAscii()", "trim()", "reverse()"]))"
        case 5: return "strings.quote(\(inner()))"
        case 6: return "base64.encode(bytes(\(inner())))"
        case 7: return "string(base64.decode(\(inner())))"
        case 8: return "\(inner()).substring(1)"
        case 9: return "m[?\(inner())].orValue(\(inner()))"
        case 10: return "(\(bool(depth - 1, &random)) ? \(inner()) : \(inner()))"
        case 11: return "cel.bind(x, \(inner()), x + x)"
        case 12: return "'%f %e %x'.format([double(size(\(inner()))), 5e-324, \(inner())])"
        default: return "string(\(list(depth - 1, &random)).size())"
        }
    }

    private static func list(_ depth: Int, _ random: inout SplitMix) -> String {
        guard depth > 0 else { return random.pick(["l", "n.map(i, string(i))", "[s, w, p]", "m.map(k, k)"]) }
        func inner() -> String { list(depth - 1, &random) }
        switch random.below(11) {
        case 0: return "(\(inner()) + \(inner()))"
        case 1: return "\(string(depth - 1, &random)).split(\(string(depth - 1, &random)))"
        case 2: return "\(inner()).map(x, \(string(depth - 1, &random)))"
        case 3: return "\(inner()).filter(x, \(bool(depth - 1, &random)))"
        case 4: return "\(inner()).\(random.pick(["sort()", "distinct()", "reverse()"]))"
        case 5: return "\(inner()).sortBy(x, \(string(depth - 1, &random)))"
        case 6: return "[\(inner()), \(inner())].flatten()"
        case 7: return "\(inner()).map(x, {x: 1}).map(x, \(string(depth - 1, &random)))"
        case 8: return "lists.range(\(random.pick(["3", "5000", "1000000"]))).map(i, \(string(depth - 1, &random)))"
        case 9: return "\(inner()).slice(0, \(random.pick(["1", "200"])))"
        default: return "\(inner()).transformList(i, v, v)"
        }
    }

    private static func bool(_ depth: Int, _ random: inout SplitMix) -> String {
        guard depth > 0 else { return random.pick(["s == w", "'x' in l", "s.matches(p)", "s < w"]) }
        func string() -> String { Self.string(depth - 1, &random) }
        func list() -> String { Self.list(depth - 1, &random) }
        func inner() -> String { bool(depth - 1, &random) }
        switch random.below(13) {
        case 0: return "\(string()).matches(\(string()))"
        case 1: return "\(string()).matches('[ab]*a[ab]{1000}c')"
        case 2: return "\(string()).contains(\(string()))"
        case 3: return "\(string()) \(random.pick(["==", "<", "!="])) \(string())"
        case 4: return "\(string()) in \(list())"
        case 5: return "\(list()) == \(list())"
        case 6: return "\(list()).\(random.pick(["all", "exists", "exists_one"]))(x, \(inner()))"
        case 7: return "(\(inner()) \(random.pick(["&&", "||"])) \(inner()))"
        case 8: return "sets.\(random.pick(["contains", "equivalent", "intersects"]))(\(list()), \(list()))"
        case 9: return "m.exists(k, v, \(inner()))"
        case 10: return "\(string()).indexOf(\(string())) > 0"
        case 11: return "timestamp(0).getHours(\(string())) == 1"
        default: return "isIP(\(string()))"
        }
    }

    @Test func everyExpressionEndsWithinItsWork() {
        var random = SplitMix(state: Self.seed)
        var spent = 0
        var values = 0
        for number in 0..<Self.count {
            let source = Self.bool(1 + random.below(5), &random)
            let activation = Self.activation(&random)
            var environment = Self.environment
            environment.limits.work = random.pick([1_000, 20_000])
            let (program, diagnostics) = environment.compile(source)
            guard let program else {
                Issue.record("\(source): \(diagnostics.map(\.message))")
                continue
            }
            var work = environment.limits.work
            let begin = threadSeconds()
            let result = program.evaluate(activation, work: &work)
            let seconds = threadSeconds() - begin
            let taken = environment.limits.work - work
            switch result {
            case .success: values += 1
            case .failure(let error): if error.reason == .tooMuchWork { spent += 1 }
            }
            #expect(taken >= 0 && work >= 0, "\(number): \(source)")
            // A build for tests is a hundred times as slow as one that ships; what stands outside of macros, and one
            // byte's work on top, is free. Far more than that is work that nobody paid for.
            #expect(seconds < 1 + Double(taken) * 20e-6, "\(number): \(source) takes \(seconds) s for \(taken)")
            var again = environment.limits.work
            let second = program.evaluate(activation, work: &again)
            #expect(describe(second) == describe(result) && again == work, "\(number): \(source)")
        }
        print("CEL hostile expressions: \(Self.count), of which \(values) have a value and \(spent) take too much work")
        #expect(spent > 0 && values > 0)
    }

    private func describe(_ result: Result<CELValue, EvaluationError>) -> String {
        switch result {
        case .success(let value): show(value)
        case .failure(let error): error.message
        }
    }

    /// The processor's time of this thread: what other processes do does not count.
    private func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

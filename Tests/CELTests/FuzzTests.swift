import CEL
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

/// Random input through parser, checker and evaluator, for a bounded time: nothing may crash, hang, leave its span or come
/// out differently the second time.
///
/// The same seed gives the same inputs. `PLACARD_FUZZ_SEED` looks elsewhere, `PLACARD_FUZZ_SECONDS` (of each kind of input)
/// looks longer, and `PLACARD_FUZZ_TRACE=1` prints each input first, to see which one brings the process down.
@Suite struct FuzzTests {
    private static let variables = ProcessInfo.processInfo.environment
    private static let seed = variables["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_122
    private static let seconds = variables["PLACARD_FUZZ_SECONDS"].flatMap { Double($0) } ?? 3

    @Test(arguments: FuzzInput.allCases) func nothingIsFound(_ kind: FuzzInput) {
        var random = SplitMix(state: Self.seed)
        let run = ConformanceRun("CEL fuzz (\(kind.rawValue), seed \(Self.seed))")
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(Self.seconds))
        while clock.now < end, run.failures.count < 20 {
            let source = kind.next(&random)
            if Self.variables["PLACARD_FUZZ_TRACE"] != nil { print("fuzz:", source.debugDescription) }
            let begin = clock.now
            var failure = Subject(source).failure(&random)
            // Limits hold far below this; a machine that does ten things at once is no diagnostic.
            if failure == nil, begin.duration(to: clock.now) > .seconds(20) { failure = "takes too long" }
            run.record(source.debugDescription, failure: failure)
        }
        #expect(run.finish(), "\(run.failures.prefix(20))")
        #expect(run.count > 0)
    }
}

/// One input and what is to hold of it.
private struct Subject {
    let source: String

    init(_ source: String) { self.source = source }

    private static let environments: [Environment] = {
        var authoring = project
        authoring.limits.work = 20_000
        var standard = authoring
        standard.mode = .standard
        return [authoring, standard]
    }()

    /// What does not hold; nil when all does.
    func failure(_ random: inout SplitMix) -> String? {
        for environment in Self.environments {
            let (expression, syntax) = environment.parse(source)
            if let failure = parsing(expression, syntax, environment) { return failure }
            let (checked, diagnostics) = environment.check(expression, expecting: .bool)
            if let failure = checking(checked, diagnostics, environment) { return failure }
            if let failure = evaluation(expression, checked, environment, &random) { return failure }
        }
        return nil
    }

    private func parsing(_ expression: CEL.Expression, _ diagnostics: [Diagnostic], _ environment: Environment)
        -> String?
    {
        let length = source.utf8.count
        if let outside = diagnostics.first(where: { $0.primary.span.end > length }) {
            return "\(outside.id) is outside"
        }
        for node in expression.nodes where node.span.end > max(length, node.span.start) { return "a node is outside" }
        let (again, others) = environment.parse(source)
        if outline(again) != outline(expression) { return "parses differently the second time" }
        if others.map(describe) != diagnostics.map(describe) { return "other diagnostics the second time" }
        if expression.hasErrors != diagnostics.contains(where: { $0.severity == .error }) {
            return "errors and diagnostics do not agree"
        }
        guard !expression.hasErrors, expression.nodes.count < 60 else { return nil }
        // What a node says is its text reads as that node.
        for index in reachable(expression) {
            let text = expression.text(of: index)
            // The list that `math.least(a, b, c)` makes of its arguments stands where the call stands.
            if case .list = expression[index].kind, !text.hasPrefix("[") { continue }
            let (part, problems) = environment.parse(text)
            if !problems.isEmpty { return "the text of a node does not parse: \(text)" }
            if outline(part) != outline(expression, index) { return "the text of a node parses to another: \(text)" }
        }
        return nil
    }

    private func checking(
        _ checked: CheckedExpression, _ diagnostics: [Diagnostic], _ environment: Environment
    ) -> String? {
        let length = source.utf8.count
        if let outside = diagnostics.first(where: { $0.primary.span.end > length }) {
            return "\(outside.id) is outside"
        }
        let (again, others) = environment.check(checked.expression, expecting: .bool)
        if again.resultType != checked.resultType || again.hasErrors != checked.hasErrors {
            return "checks differently the second time"
        }
        if others.map(describe) != diagnostics.map(describe) { return "other diagnostics the second time" }
        for diagnostic in diagnostics {
            for fix in diagnostic.fixIts {
                if fix.edits.contains(where: { $0.span.start > $0.span.end || $0.span.end > length }) {
                    return "\(diagnostic.id): a fix is outside"
                }
                _ = environment.compile(apply(fix, to: source))
            }
        }
        return nil
    }

    private func evaluation(
        _ expression: CEL.Expression, _ checked: CheckedExpression, _ environment: Environment,
        _ random: inout SplitMix
    ) -> String? {
        let unchecked = environment.resolve(expression)
        let program = Program(checked)
        // Values of the declared types, then any.
        let typed = activation(environment, &random)
        let first = program.evaluate(typed)
        if describe(first) != describe(program.evaluate(typed)) { return "evaluates differently the second time" }
        var wild = Activation(environment)
        for name in ["user", "app"] { wild[name] = anything(3, &random) }
        _ = program.evaluate(wild)
        _ = Program(unchecked).evaluate(wild)
        guard !expression.hasErrors, !checked.hasErrors else { return nil }
        if case .success(let value) = first, !fits(value, checked.resultType) {
            return "\(value.type) where the checker says \(checked.resultType)"
        }
        // What checks evaluates alike without the check.
        switch (first, Program(unchecked).evaluate(typed)) {
        case (.success(let a), .success(let b)): return show(a) == show(b) ? nil : "differs without the check"
        case (.failure, .failure): return nil
        default: return "differs without the check"
        }
    }

    /// Whether a value may be what an expression of that type gives, as far as values tell.
    private func fits(_ value: CELValue, _ type: CELType) -> Bool {
        switch type {
        case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: value.type == type
        default: true
        }
    }

    private func describe(_ diagnostic: Diagnostic) -> String {
        "\(diagnostic.id) \(diagnostic.primary.span) \(diagnostic.message) \(diagnostic.fixIts.map(\.title))"
    }

    private func describe(_ result: Result<CELValue, EvaluationError>) -> String {
        switch result {
        case .success(let value): show(value)
        case .failure(let error): "\(error.message) \(error.span)"
        }
    }
}

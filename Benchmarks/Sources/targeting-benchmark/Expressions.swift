import CEL
import CanonicalJSON

/// Keeps the optimizer from dropping a value whose making is measured.
@inline(never)
@_optimize(none)
func keep<T>(_ value: T) {}

/// Nanoseconds for one evaluation of each expression, through the public interface: a program compiled once, an
/// activation built once.
func measureEvaluations(_ sources: [String], _ world: World) throws -> JSONValue {
    .array(
        try sources.map { source in
            let (program, findings) = world.environment.compile(source)
            guard let program else {
                throw BenchmarkError("\(source): \(findings.map { $0.message }.joined(separator: "; "))")
            }
            guard case .success(let value) = program.evaluate(world.activation), case .bool(let flag) = value else {
                throw BenchmarkError("\(source): no Boolean")
            }
            let activation = world.activation
            let time = best(repetitions: 9, milliseconds: 4) { keep(program.evaluate(activation)) }
            return ["expression": .string(source), "value": .bool(flag), "nanoseconds": .number(time)]
        })
}

/// Nanoseconds to parse, and to parse, check and compile, all expressions once.
func measureCompilation(_ sources: [String], _ world: World) throws -> JSONValue {
    for source in sources {
        let (program, findings) = world.environment.compile(source, expecting: .bool)
        if program == nil { throw BenchmarkError("\(source): \(findings.map { $0.message }.joined(separator: "; "))") }
    }
    let environment = world.environment
    let parsing = best(repetitions: 5, milliseconds: 1) {
        for source in sources { keep(environment.parse(source)) }
    }
    let checking = best(repetitions: 5, milliseconds: 1) {
        for source in sources {
            let (expression, _) = environment.parse(source)
            keep(environment.check(expression, expecting: .bool))
        }
    }
    let compiling = best(repetitions: 5, milliseconds: 1) {
        for source in sources { keep(environment.compile(source, expecting: .bool)) }
    }
    return ["parse": .number(parsing), "check": .number(checking), "compile": .number(compiling)]
}

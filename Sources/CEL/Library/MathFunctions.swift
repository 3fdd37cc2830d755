// The math extension (cel-go, ext/math.go).

extension Function {
    static let math: [Function] = [
        Function("math.greatest", extremes) { (values, run) throws(EvaluationError) in
            try extreme(values, greatest: true, &run.work)
        },
        Function("math.least", extremes) { (values, run) throws(EvaluationError) in
            try extreme(values, greatest: false, &run.work)
        },
        rounding("math.ceil") { $0.roundedUp },
        rounding("math.floor") { $0.roundedDown },
        rounding("math.round") { $0.roundedAway },
        rounding("math.trunc") { $0.integerPart },
        Function("math.abs", "(int) -> int; (uint) -> uint; (double) -> double") {
            (values, _) throws(EvaluationError) in
            switch values[0] {
            case .int(let number):
                guard number != .min else { throw EvaluationError(.overflow) }
                return .int(abs(number))
            case .uint: return values[0]
            case .double(let number): return .double(number.magnitude)
            default: return nil
            }
        },
        Function("math.sign", "(int) -> int; (uint) -> uint; (double) -> double") {
            (values, _) throws(EvaluationError) in
            switch values[0] {
            case .int(let number): .int(number.signum())
            case .uint(let number): .uint(number == 0 ? 0 : 1)
            case .double(let number): .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
            default: nil
            }
        },
        Function("math.sqrt", "(int) -> double; (uint) -> double; (double) -> double") {
            (values, _) throws(EvaluationError) in
            switch values[0] {
            case .int(let number): .double(Double(number).exactSquareRoot)
            case .uint(let number): .double(Double(number).exactSquareRoot)
            case .double(let number): .double(number.exactSquareRoot)
            default: nil
            }
        },
        test("math.isNaN") { $0.isNaN },
        test("math.isInf") { $0.isInfinite },
        test("math.isFinite") { $0.isFinite },
        bits("math.bitAnd") { $0 & $1 },
        bits("math.bitOr") { $0 | $1 },
        bits("math.bitXor") { $0 ^ $1 },
        Function("math.bitNot", "(int) -> int; (uint) -> uint") { (values, _) throws(EvaluationError) in
            switch values[0] {
            case .int(let number): .int(~number)
            case .uint(let number): .uint(~number)
            default: nil
            }
        },
        shift("math.bitShiftLeft") { $0 << $1 },
        shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static let extremes = """
        (int) -> int; (uint) -> uint; (double) -> double; (int, int) -> int; (uint, uint) -> uint; \
        (double, double) -> double; (int, uint) -> dyn; (int, double) -> dyn; (uint, int) -> dyn; \
        (uint, double) -> dyn; (double, int) -> dyn; (double, uint) -> dyn; (list(int)) -> int; (list(uint)) -> uint; \
        (list(double)) -> double
        """

    /// The greatest or least of one list, or of one or two numbers; the first of equal ones.
    private static func extreme(
        _ values: [CELValue], greatest: Bool, _ work: inout Int
    ) throws(EvaluationError) -> CELValue? {
        var candidates = values
        if values.count == 1, case .list(let list) = values[0] {
            guard !list.isEmpty else { throw EvaluationError(.other("an empty list has no greatest or least number")) }
            try pay(2 * list.count, &work)
            candidates = list
        } else if values.count > 2 {
            return nil
        }
        var best: CELValue?
        for value in candidates {
            guard value.type.isNumeric else { return nil }
            guard let current = best else {
                best = value
                continue
            }
            let found = order(value, current)
            if greatest ? found == .greater : found == .less { best = value }
        }
        return best
    }

    private static func rounding(_ name: String, _ round: @escaping @Sendable (Double) -> Double) -> Function {
        Function(name, "(double) -> double") { (values, _) throws(EvaluationError) in
            values.double(0).map { .double(round($0)) }
        }
    }

    private static func test(_ name: String, _ holds: @escaping @Sendable (Double) -> Bool) -> Function {
        Function(name, "(double) -> bool") { (values, _) throws(EvaluationError) in
            values.double(0).map { .bool(holds($0)) }
        }
    }

    /// An operation on the bits of two integers of one type.
    private static func bits(
        _ name: String, _ operation: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        Function(name, "(int, int) -> int; (uint, uint) -> uint") { (values, _) throws(EvaluationError) in
            switch (values[0], values[1]) {
            case (.int(let a), .int(let b)):
                .int(Int64(bitPattern: operation(UInt64(bitPattern: a), UInt64(bitPattern: b))))
            case (.uint(let a), .uint(let b)): .uint(operation(a, b))
            default: nil
            }
        }
    }

    /// A logical shift, of negative numbers too; by 64 or more nothing is left.
    private static func shift(
        _ name: String, _ operation: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        Function(name, "(int, int) -> int; (uint, int) -> uint") { (values, _) throws(EvaluationError) in
            guard let distance = values.integer(1) else { return nil }
            func shifted(_ number: UInt64) throws(EvaluationError) -> UInt64 {
                guard distance >= 0 else { throw EvaluationError(.other("a shift by a negative number")) }
                return distance < 64 ? operation(number, UInt64(distance)) : 0
            }
            switch values[0] {
            case .int(let number): return .int(Int64(bitPattern: try shifted(UInt64(bitPattern: number))))
            case .uint(let number): return .uint(try shifted(number))
            default: return nil
            }
        }
    }
}

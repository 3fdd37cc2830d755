// The math extension (cel-go, ext/math.go).

extension Functions {
    /// The greatest or least of one list, or of one or two numbers; the first of equal ones.
    static func extreme(
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

    static func math(_ builtin: Builtin, _ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        guard let first = values.first else { return nil }
        if values.count == 2 { return try bits(builtin, first, values[1]) }
        guard values.count == 1 else { return nil }
        switch first {
        case .double(let number): return double(builtin, number)
        case .int(let number): return try int(builtin, number)
        case .uint(let number): return uint(builtin, number)
        default: return nil
        }
    }

    private static func double(_ builtin: Builtin, _ number: Double) -> CELValue? {
        switch builtin {
        case .ceil: .double(number.roundedUp)
        case .floor: .double(number.roundedDown)
        case .round: .double(number.roundedAway)
        case .trunc: .double(number.integerPart)
        case .abs: .double(number.magnitude)
        case .sign: .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
        case .isNaN: .bool(number.isNaN)
        case .isInf: .bool(number.isInfinite)
        case .isFinite: .bool(number.isFinite)
        case .squareRoot: .double(number.exactSquareRoot)
        default: nil
        }
    }

    private static func int(_ builtin: Builtin, _ number: Int64) throws(EvaluationError) -> CELValue? {
        switch builtin {
        case .abs:
            guard number != .min else { throw EvaluationError(.overflow) }
            return .int(abs(number))
        case .sign: return .int(number.signum())
        case .bitNot: return .int(~number)
        case .squareRoot: return .double(Double(number).exactSquareRoot)
        default: return nil
        }
    }

    private static func uint(_ builtin: Builtin, _ number: UInt64) -> CELValue? {
        switch builtin {
        case .abs: .uint(number)
        case .sign: .uint(number == 0 ? 0 : 1)
        case .bitNot: .uint(~number)
        case .squareRoot: .double(Double(number).exactSquareRoot)
        default: nil
        }
    }

    private static func bits(_ builtin: Builtin, _ a: CELValue, _ b: CELValue) throws(EvaluationError) -> CELValue? {
        switch (builtin, a, b) {
        case (.bitAnd, .int(let x), .int(let y)): return .int(x & y)
        case (.bitOr, .int(let x), .int(let y)): return .int(x | y)
        case (.bitXor, .int(let x), .int(let y)): return .int(x ^ y)
        case (.bitAnd, .uint(let x), .uint(let y)): return .uint(x & y)
        case (.bitOr, .uint(let x), .uint(let y)): return .uint(x | y)
        case (.bitXor, .uint(let x), .uint(let y)): return .uint(x ^ y)
        case (.bitShiftLeft, .int(let x), .int(let y)):
            return .int(Int64(bitPattern: try shift(UInt64(bitPattern: x), y, left: true)))
        case (.bitShiftLeft, .uint(let x), .int(let y)): return .uint(try shift(x, y, left: true))
        case (.bitShiftRight, .int(let x), .int(let y)):
            return .int(Int64(bitPattern: try shift(UInt64(bitPattern: x), y, left: false)))
        case (.bitShiftRight, .uint(let x), .int(let y)): return .uint(try shift(x, y, left: false))
        default: return nil
        }
    }

    /// A logical shift, of negative numbers too; by 64 or more nothing is left.
    private static func shift(_ number: UInt64, _ distance: Int64, left: Bool) throws(EvaluationError) -> UInt64 {
        guard distance >= 0 else { throw EvaluationError(.other("a shift by a negative number")) }
        guard distance < 64 else { return 0 }
        return left ? number << UInt64(distance) : number >> UInt64(distance)
    }
}

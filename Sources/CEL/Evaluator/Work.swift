import LinearRegex

// What operations cost, in units of work (``Limits/work``).
//
// A unit is what takes 25 nanoseconds at most on a machine of 2024. What a program does whatever the values are
// (``EvaluationNode/fixedWork``) is counted when it is compiled and paid by the round of a macro; what depends on the size of a
// value is paid by the operation, at once, with one subtraction. Documentation/Decisions/work.md has the measurements.

/// Takes `amount` from the work that is left.
@inline(__always)
func pay(_ amount: Int, _ work: inout Int) throws(EvaluationError) {
    work -= amount
    if work < 0 { throw EvaluationError(.tooMuchWork) }
}

/// Units of work by the size of what is worked on.
enum Work {
    /// Bytes that are copied or compared by the word.
    @inline(__always)
    static func copying(_ bytes: Int) -> Int { bytes >> 5 }

    /// Bytes that are looked at one by one.
    @inline(__always)
    static func reading(_ bytes: Int) -> Int { bytes >> 4 }

    /// Bytes of a key that is looked up.
    @inline(__always)
    static func hashing(_ bytes: Int) -> Int { bytes >> 3 }

    /// Bytes for each of which something is done or made.
    @inline(__always)
    static func working(_ bytes: Int) -> Int { bytes >> 2 }

    /// Bytes that are taken apart into scalars and put together again.
    @inline(__always)
    static func rearranging(_ bytes: Int) -> Int { bytes }

    /// Two versions, whose identifiers are compared one by one.
    @inline(__always)
    static func comparing(_ a: SemanticVersion, _ b: SemanticVersion) -> Int { working(min(a.byteCount, b.byteCount)) }

    /// The steps of ``LinearRegex`` that a unit buys.
    static let stepsPerUnit = 1 << stepBits
    static let stepBits = 3

    /// The most that sorting takes: each comparison looks at `bytes` of two values at most.
    static func sorting(_ count: Int, bytes: Int) -> Int {
        guard count > 1 else { return count }
        let rounds = Int.bitWidth - count.leadingZeroBitCount
        return count * rounds * (4 + reading(bytes))
    }

    /// The host is asked about its time zone database.
    static let timeZone = 400
}

extension CELValue {
    /// The bytes of a text, of bytes, or of a version's notation; 0 of any other value.
    @inline(__always)
    var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .version(let version): version.byteCount
        default: 0
        }
    }
}

extension Run {
    /// Pays for comparing two values that are no collections: bytes count only where both are of one length, or of an
    /// order.
    @inline(__always)
    mutating func payComparison(_ a: CELValue, _ b: CELValue) throws(EvaluationError) {
        if case .string(let x) = a, case .string(let y) = b {
            try pay(Work.reading(min(x.utf8.count, y.utf8.count)), &work)
        } else if case .bytes(let x) = a, case .bytes(let y) = b {
            try pay(Work.reading(min(x.count, y.count)), &work)
        } else if case .version(let x) = a, case .version(let y) = b {
            try pay(Work.comparing(x, y), &work)
        }
    }

    /// Checks the size of a text or bytes that is about to be built, and pays for its bytes.
    mutating func build(_ bytes: Int) throws(EvaluationError) {
        if bytes > program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
        try pay(Work.reading(bytes), &work)
    }

    /// Checks the size of a list or map that is about to be built, and pays for its entries.
    mutating func buildEntries(_ count: Int) throws(EvaluationError) {
        if count > program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
        try pay(count, &work)
    }

    /// Whether `regex` matches a part of `text`, as far as the work lasts.
    @inline(__always)
    mutating func matches(_ regex: Regex, _ text: String) throws(EvaluationError) -> Bool {
        let before = steps
        var left = before
        let found = regex.matches(text, steps: &left)
        work -= (before &- left) >> Work.stepBits
        guard let found else { throw EvaluationError(.tooMuchWork) }
        return found
    }

    /// The steps that the work that is left buys.
    private var steps: Int {
        work > Int.max >> Work.stepBits ? .max : work << Work.stepBits
    }

    /// Compiles a pattern that is no constant, as far as the work lasts.
    mutating func compile(_ pattern: String) throws(EvaluationError) -> Regex {
        let before = steps
        var left = before
        defer { work = min(work, left / Work.stepsPerUnit) }
        do throws(RegexError) {
            return try Regex(pattern, steps: &left)
        } catch {
            if error.isOutOfSteps { throw EvaluationError(.tooMuchWork) }
            throw EvaluationError(.other("the regular expression is malformed: " + error.message))
        }
    }
}

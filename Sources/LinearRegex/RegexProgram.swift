/// A nondeterministic automaton over bytes.
struct RegexProgram: Sendable {
    /// One state of the automaton.
    struct Instruction: Sendable {
        enum Kind: UInt8, Sendable {
            /// The text matches.
            case match
            /// Both `first` and `second` go on here.
            case split
            /// `first` goes on where the assertion with the raw value `second` holds.
            case assertion
            /// A byte is read: `second` transitions from index `first`, in order, not overlapping.
            case bytes
        }

        var kind: Kind
        var first: Int32
        var second: Int32
    }

    /// A byte from `low` to `high` leads to `next`.
    struct Transition: Hashable, Sendable {
        var low: UInt8
        var high: UInt8
        var next: Int32
    }

    var instructions: [Instruction] = []
    var transitions: [Transition] = []
    var start: Int32 = 0
    /// Every match begins at the beginning of the text.
    var isAnchored = false
    var hasAssertions = false

    /// The transitions of a `bytes` instruction.
    func transitions(of instruction: Instruction) -> Range<Int> {
        Int(instruction.first)..<Int(instruction.first + instruction.second)
    }
}

/// Turns a tree into a program, from the end to the beginning, so that each part knows what follows it.
struct RegexCompiler {
    private var program = RegexProgram()
    /// The steps that are left.
    var steps: Int

    init(steps: Int) {
        self.steps = steps
    }

    mutating func compile(_ tree: RegexNode) throws(RegexError) -> RegexProgram {
        let match = try add(.match, 0, 0)
        program.start = try compile(tree, next: match)
        program.isAnchored = RegexCompiler.isAnchored(tree)
        return program
    }

    private static func isAnchored(_ node: RegexNode) -> Bool {
        switch node {
        case .assertion(.textStart): true
        case .concatenation(let nodes): nodes.first.map { isAnchored($0) } ?? false
        case .alternation(let nodes): nodes.allSatisfy { isAnchored($0) }
        case .repetition(let node, let minimum, _): minimum > 0 && isAnchored(node)
        default: false
        }
    }

    private mutating func add(_ kind: RegexProgram.Instruction.Kind, _ first: Int32, _ second: Int32) throws(RegexError)
        -> Int32
    {
        try checkSize()
        program.instructions.append(RegexProgram.Instruction(kind: kind, first: first, second: second))
        return Int32(program.instructions.count - 1)
    }

    private mutating func checkSize() throws(RegexError) {
        steps -= Steps.instruction
        if steps < 0 { throw .outOfSteps }
        guard program.instructions.count + program.transitions.count < Regex.programSizeLimit else {
            throw RegexError(
                0,
                "the pattern is too large: its repetitions and classes come to more than \(Regex.programSizeLimit) states"
            )
        }
    }

    /// The instruction that matches `node` and goes on with `next`.
    private mutating func compile(_ node: RegexNode, next: Int32) throws(RegexError) -> Int32 {
        steps -= Steps.range
        if steps < 0 { throw .outOfSteps }
        switch node {
        case .empty:
            return next
        case .assertion(let assertion):
            program.hasAssertions = true
            return try add(.assertion, next, Int32(assertion.rawValue))
        case .set(let set):
            return try compile(set, next: next)
        case .concatenation(let nodes):
            var next = next
            for node in nodes.reversed() { next = try compile(node, next: next) }
            return next
        case .alternation(let nodes):
            var result: Int32?
            for node in nodes.reversed() {
                let start = try compile(node, next: next)
                if let other = result { result = try add(.split, start, other) } else { result = start }
            }
            return result ?? next
        case .repetition(let node, let minimum, let maximum):
            return try compile(node, minimum, maximum, next: next)
        }
    }

    private mutating func compile(_ node: RegexNode, _ minimum: Int, _ maximum: Int?, next: Int32) throws(RegexError)
        -> Int32
    {
        var start = next
        var copies = minimum
        if let maximum {
            for _ in minimum..<max(minimum, maximum) {
                start = try add(.split, try compile(node, next: start), next)
            }
        } else {
            let loop = try add(.split, 0, next)
            let body = try compile(node, next: loop)
            program.instructions[Int(loop)].first = body
            // `x+` enters at its body; the loop behind it is shared.
            start = minimum > 0 ? body : loop
            copies = max(0, minimum - 1)
        }
        for _ in 0..<copies { start = try compile(node, next: start) }
        return start
    }

    // MARK: UTF-8

    /// A set of code points as an automaton over the bytes of their UTF-8, in which equal tails are shared.
    private mutating func compile(_ set: CodePointSet, next: Int32) throws(RegexError) -> Int32 {
        var sequences: [ByteSequence] = []
        for range in set.ranges { ByteSequence.append(range.first, range.last, to: &sequences) }
        steps -= Steps.range * sequences.count
        var known: [[RegexProgram.Transition]: Int32] = [:]
        return try compile(sequences[...], depth: 0, next: next, &known)
    }

    /// The sequences begin alike for `depth` bytes, and are in order.
    private mutating func compile(
        _ sequences: ArraySlice<ByteSequence>, depth: Int, next: Int32,
        _ known: inout [[RegexProgram.Transition]: Int32]
    ) throws(RegexError) -> Int32 {
        var transitions: [RegexProgram.Transition] = []
        var index = sequences.startIndex
        while index < sequences.endIndex {
            let range = sequences[index].range(depth)
            var end = index + 1
            while end < sequences.endIndex, sequences[end].range(depth) == range { end += 1 }
            let isLast = sequences[index].count == depth + 1
            let target = isLast ? next : try compile(sequences[index..<end], depth: depth + 1, next: next, &known)
            if let previous = transitions.last, previous.next == target, Int(previous.high) + 1 == Int(range.low) {
                transitions[transitions.count - 1].high = range.high
            } else {
                transitions.append(RegexProgram.Transition(low: range.low, high: range.high, next: target))
            }
            index = end
        }
        if let instruction = known[transitions] { return instruction }
        let first = Int32(program.transitions.count)
        try checkSize()
        program.transitions += transitions
        let instruction = try add(.bytes, first, Int32(transitions.count))
        known[transitions] = instruction
        return instruction
    }
}

/// Up to four ranges of bytes: the UTF-8 of a range of code points in which the bytes vary independently.
struct ByteSequence {
    struct Range: Equatable {
        var low: UInt8
        var high: UInt8
    }

    private var low: UInt32
    private var high: UInt32
    private(set) var count: Int

    /// The range of byte `index`.
    func range(_ index: Int) -> Range {
        let shift = UInt32(8 * (count - 1 - index))
        return Range(low: UInt8(low >> shift & 0xFF), high: UInt8(high >> shift & 0xFF))
    }

    /// Appends what the code points `first` to `last` come to, without surrogates, in order.
    static func append(_ first: UInt32, _ last: UInt32, to result: inout [ByteSequence]) {
        // Each part has characters of one length.
        let parts: [(UInt32, UInt32, Int)] = [
            (0, 0x7F, 1), (0x80, 0x7FF, 2), (0x800, 0xD7FF, 3), (0xE000, 0xFFFF, 3), (0x10000, 0x10FFFF, 4),
        ]
        for (from, to, count) in parts {
            let low = max(first, from)
            let high = min(last, to)
            if low <= high { split(low, high, count, to: &result) }
        }
    }

    /// Splits until all bytes but the first that differs run from 80 to BF.
    private static func split(_ first: UInt32, _ last: UInt32, _ count: Int, to result: inout [ByteSequence]) {
        for index in 1..<max(1, count) {
            let mask: UInt32 = (1 << UInt32(6 * index)) - 1
            guard first & ~mask != last & ~mask else { continue }
            if first & mask != 0 {
                split(first, first | mask, count, to: &result)
                split((first | mask) + 1, last, count, to: &result)
                return
            }
            if last & mask != mask {
                split(first, (last & ~mask) - 1, count, to: &result)
                split(last & ~mask, last, count, to: &result)
                return
            }
        }
        result.append(ByteSequence(low: encode(first, count), high: encode(last, count), count: count))
    }

    /// The bytes of a code point as one number.
    private static func encode(_ point: UInt32, _ count: Int) -> UInt32 {
        switch count {
        case 1: return point
        case 2: return (0xC0 | point >> 6) << 8 | (0x80 | point & 0x3F)
        case 3: return (0xE0 | point >> 12) << 16 | (0x80 | point >> 6 & 0x3F) << 8 | (0x80 | point & 0x3F)
        default:
            let upper = (0xF0 | point >> 18) << 24 | (0x80 | point >> 12 & 0x3F) << 16
            return upper | (0x80 | point >> 6 & 0x3F) << 8 | (0x80 | point & 0x3F)
        }
    }
}

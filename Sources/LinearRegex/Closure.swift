/// A set of instructions that can be emptied at once; in the order in which they came.
struct InstructionSet {
    private(set) var members: [Int32] = []
    private var position: [Int32]

    init(capacity: Int) {
        position = [Int32](repeating: 0, count: capacity)
        members.reserveCapacity(min(capacity, 64))
    }

    func contains(_ instruction: Int32) -> Bool {
        let index = Int(position[Int(instruction)])
        return index < members.count && members[index] == instruction
    }

    /// Whether it was not there yet.
    mutating func insert(_ instruction: Int32) -> Bool {
        if contains(instruction) { return false }
        position[Int(instruction)] = Int32(members.count)
        members.append(instruction)
        return true
    }

    mutating func removeAll() {
        members.removeAll(keepingCapacity: true)
    }
}

/// Follows the instructions that read no byte.
struct Closure {
    let program: RegexProgram
    private(set) var set: InstructionSet
    private var stack: [Int32] = []
    /// Whether a match was reached.
    private(set) var hasMatch = false
    /// Instructions visited so far, in all.
    private(set) var work = 0

    init(_ program: RegexProgram) {
        self.program = program
        set = InstructionSet(capacity: program.instructions.count)
    }

    mutating func removeAll() {
        set.removeAll()
        hasMatch = false
    }

    /// Adds `instruction` and what it leads to, up to bytes and assertions.
    mutating func insert(_ instruction: Int32) {
        stack.append(instruction)
        while let current = stack.popLast() {
            work += 1
            guard set.insert(current) else { continue }
            let instruction = program.instructions[Int(current)]
            switch instruction.kind {
            case .match: hasMatch = true
            case .split:
                stack.append(instruction.second)
                stack.append(instruction.first)
            case .assertion, .bytes: break
            }
        }
    }

    /// Goes on behind the assertions that hold between the two neighbours.
    mutating func resolveAssertions(before: Neighbour, after: Neighbour) {
        var index = 0
        // The set grows while it is read: an assertion may lead to another.
        while index < set.members.count {
            let instruction = program.instructions[Int(set.members[index])]
            index += 1
            work += 1
            guard instruction.kind == .assertion, let assertion = Assertion(rawValue: UInt8(instruction.second)) else {
                continue
            }
            if assertion.holds(before: before, after: after) { insert(instruction.first) }
        }
    }
}

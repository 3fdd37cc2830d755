/// Matches by keeping the set of instructions that are alive (Thompson): the work per byte is at most the size of the
/// program, and is counted as it is done.
enum Simulation {
    /// Nil when the steps are spent; ``Regex/matches(_:steps:)-(UnsafeBufferPointer<UInt8>,_)`` says how they count.
    static func matches(
        _ program: RegexProgram, _ text: UnsafeBufferPointer<UInt8>, steps: inout Int
    ) -> Bool? {
        // The sets are made anew for each text.
        var left = steps - program.instructions.count
        defer { steps = left }
        var current = Closure(program)
        var following = Closure(program)
        var before = Neighbour.edge
        current.insert(program.start)
        var counted = 0
        guard left >= 0 else { return nil }
        for byte in text {
            let after = Neighbour(byte)
            if program.hasAssertions { current.resolveAssertions(before: before, after: after) }
            if current.hasMatch { return true }
            following.removeAll()
            if !program.isAnchored { following.insert(program.start) }
            step(program, current.set.members, byte, &following)
            let visited = current.work + following.work
            left -= Steps.visit * (current.set.members.count + visited - counted)
            counted = visited
            guard left >= 0 else { return nil }
            if following.set.members.isEmpty { return false }
            swap(&current, &following)
            before = after
        }
        if program.hasAssertions { current.resolveAssertions(before: before, after: .edge) }
        return current.hasMatch
    }

    private static func step(_ program: RegexProgram, _ members: [Int32], _ byte: UInt8, _ following: inout Closure) {
        for member in members {
            let instruction = program.instructions[Int(member)]
            guard instruction.kind == .bytes else { continue }
            if let next = program.next(instruction, byte) { following.insert(next) }
        }
    }
}

extension RegexProgram {
    /// Where `byte` leads from a `bytes` instruction; nil when nowhere.
    func next(_ instruction: Instruction, _ byte: UInt8) -> Int32? {
        var low = Int(instruction.first)
        var high = low + Int(instruction.second)
        while low < high {
            let middle = (low + high) / 2
            let transition = transitions[middle]
            if byte < transition.low {
                high = middle
            } else if byte > transition.high {
                low = middle + 1
            } else {
                return transition.next
            }
        }
        return nil
    }
}

/// A deterministic automaton: one look into a table per byte.
///
/// A state is a set of instructions of the program before the assertions among them are decided, since those ask for
/// the byte that follows, and the kind of byte before. It is built in advance, so that matching changes nothing and
/// any number of threads may share it; a pattern that takes more than ``workLimit`` is simulated instead.
struct Automaton: Sendable {
    /// The most instructions to visit while building.
    static let workLimit = 200_000
    /// The most entries of the table.
    static let tableLimit = 65_536

    /// Reads on, but cannot match any more.
    private static let dead: UInt16 = 0
    /// Has matched.
    private static let matched: UInt16 = 1

    /// Which column of the table a byte has.
    private let columns: [UInt8]
    /// Number of columns; the last is the end of the text.
    private let width: Int
    private let table: [UInt16]
    private let start: UInt16

    /// Takes a step for each byte that is read; nil when they are spent before the end.
    func matches(_ text: UnsafeBufferPointer<UInt8>, steps: inout Int) -> Bool? {
        var state = start
        var index = 0
        let end = min(text.count, max(0, steps))
        columns.withUnsafeBufferPointer { columns in
            table.withUnsafeBufferPointer { table in
                while index < end, state > Automaton.matched {
                    state = table[Int(state) * width + Int(columns[Int(text[index])])]
                    index += 1
                }
                if state > Automaton.matched, end == text.count { state = table[Int(state) * width + width - 1] }
            }
        }
        steps -= index
        guard state > Automaton.matched else { return state == Automaton.matched }
        steps = min(steps, -1)
        return nil
    }

    /// Nil when a limit is exceeded.
    ///
    /// - Parameters:
    ///   - workLimit: the most instructions to visit and entries to fill in.
    ///   - work: is set to how many it were.
    init?(_ program: RegexProgram, workLimit: Int, work: inout Int) {
        var builder = AutomatonBuilder(program, workLimit: workLimit)
        defer { work = builder.work }
        guard let start = builder.build() else { return nil }
        self.start = start
        columns = builder.columns
        width = builder.width
        table = builder.table
    }
}

/// The subset construction.
private struct AutomatonBuilder {
    private struct Key: Hashable {
        var members: [Int32]
        var before: Neighbour
    }

    private let program: RegexProgram
    private(set) var columns: [UInt8]
    private(set) var width: Int
    private(set) var table: [UInt16] = []
    /// What each column's bytes are to an assertion; all alike when there is none.
    private var columnKinds: [Neighbour]
    /// The different ones of ``columnKinds``.
    private let kinds: [Neighbour]
    private var keys: [Key] = []
    private var numbers: [Key: UInt16] = [:]
    private var closure: Closure
    /// Where instructions lead, and the states that were found so.
    private var following: (closure: Closure, numbers: [Key: UInt16])
    /// Instructions looked at for a byte, and entries of the table, so far.
    private var steps = 0
    private let workLimit: Int
    /// Instructions visited and entries filled in so far.
    var work: Int { closure.work + following.closure.work + steps }

    init(_ program: RegexProgram, workLimit: Int) {
        self.program = program
        self.workLimit = workLimit
        (columns, columnKinds) = AutomatonBuilder.classify(program)
        width = columnKinds.count
        let present = columnKinds
        kinds = [[], .lineFeed, .word, .edge].filter { present.contains($0) }
        closure = Closure(program)
        following = (Closure(program), [:])
    }

    /// Bytes that no transition and no assertion tells apart share a column; the last is the end of the text.
    private static func classify(_ program: RegexProgram) -> ([UInt8], [Neighbour]) {
        var isFirst = [Bool](repeating: false, count: 257)
        isFirst[0] = true
        for transition in program.transitions {
            isFirst[Int(transition.low)] = true
            isFirst[Int(transition.high) + 1] = true
        }
        var columns = [UInt8](repeating: 0, count: 256)
        var kinds: [Neighbour] = []
        for value in 0..<256 {
            let byte = UInt8(value)
            let kind = program.hasAssertions ? Neighbour(byte) : []
            if isFirst[value] || kind != kinds.last { kinds.append(kind) }
            columns[value] = UInt8(kinds.count - 1)
        }
        return (columns, kinds + [.edge])
    }

    /// Fills the table; the number of the start state, or nil when a limit is exceeded.
    mutating func build() -> UInt16? {
        // The first two rows stand for "dead" and "matched"; they lead to themselves.
        table = [UInt16](repeating: 0, count: width) + [UInt16](repeating: 1, count: width)
        keys = [Key(members: [], before: []), Key(members: [], before: [])]
        closure.insert(program.start)
        let start = number(of: closure, before: .edge)
        var state = 2
        while state < keys.count {
            guard keys.count * width <= Automaton.tableLimit, fillRow(state) else { return nil }
            state += 1
        }
        return start
    }

    /// False when the work is too much.
    private mutating func fillRow(_ state: Int) -> Bool {
        let key = keys[state]
        for kind in kinds {
            guard work < workLimit else { return false }
            guard let members = resolve(key, after: kind) else {
                for column in 0..<width where columnKinds[column] == kind { table[state * width + column] = 1 }
                continue
            }
            if kind != .edge, !fillColumns(state, kind, members) { return false }
        }
        return true
    }

    /// The instructions that read a byte of this kind; nil when the text matches before it.
    private mutating func resolve(_ key: Key, after: Neighbour) -> [Int32]? {
        guard program.hasAssertions else { return key.members }
        closure.removeAll()
        for member in key.members { closure.insert(member) }
        closure.resolveAssertions(before: key.before, after: after)
        return closure.hasMatch ? nil : closure.set.members
    }

    private mutating func fillColumns(_ state: Int, _ kind: Neighbour, _ members: [Int32]) -> Bool {
        var targets = [[Int32]](repeating: [], count: width)
        for member in members {
            let instruction = program.instructions[Int(member)]
            guard instruction.kind == .bytes else { continue }
            for index in program.transitions(of: instruction) {
                let transition = program.transitions[index]
                let span = Int(columns[Int(transition.low)])...Int(columns[Int(transition.high)])
                for column in span { targets[column].append(transition.next) }
                steps += span.count
            }
        }
        // Neighbouring columns mostly lead to the same state.
        var previous: (targets: [Int32], state: UInt16)?
        for column in 0..<width where columnKinds[column] == kind {
            guard work < workLimit else { return false }
            let next: UInt16
            if let previous, previous.targets == targets[column] {
                next = previous.state
            } else {
                next = self.next(Key(members: targets[column], before: kind))
            }
            table[state * width + column] = next
            previous = (targets[column], next)
        }
        return true
    }

    /// The state after a byte of a kind that leads to these instructions.
    private mutating func next(_ targets: Key) -> UInt16 {
        if let known = following.numbers[targets] { return known }
        following.closure.removeAll()
        if !program.isAnchored { following.closure.insert(program.start) }
        for target in targets.members { following.closure.insert(target) }
        let state = number(of: following.closure, before: targets.before)
        following.numbers[targets] = state
        return state
    }

    private mutating func number(of closure: Closure, before: Neighbour) -> UInt16 {
        if closure.hasMatch { return 1 }
        var members: [Int32] = []
        var asks = false
        for member in closure.set.members {
            let kind = program.instructions[Int(member)].kind
            if kind == .bytes || kind == .assertion { members.append(member) }
            asks = asks || kind == .assertion
        }
        if members.isEmpty { return 0 }
        members.sort()
        let key = Key(members: members, before: asks ? before : [])
        if let number = numbers[key] { return number }
        let number = UInt16(truncatingIfNeeded: keys.count)
        numbers[key] = number
        keys.append(key)
        steps += width
        table += [UInt16](repeating: 0, count: width)
        return number
    }
}

/// A pattern that is no regular expression in RE2 syntax.
package struct RegexError: Error, Hashable, Sendable {
    /// Where in the pattern, as a UTF-8 byte offset.
    package let offset: Int
    /// What is wrong, on one line, without a full stop.
    package let message: String
    /// Whether the pattern may be well formed, and only the steps that its compilation may take are spent.
    package let isOutOfSteps: Bool

    init(_ offset: Int, _ message: String, isOutOfSteps: Bool = false) {
        self.offset = offset
        self.message = message
        self.isOutOfSteps = isOutOfSteps
    }

    static let outOfSteps = RegexError(0, "the pattern takes too many steps to compile", isOutOfSteps: true)
}

/// How many steps the parts of the work count. One step is one look into a table, on today's machines a nanosecond or two.
enum Steps {
    /// An instruction that is looked at, when a text is read without a table.
    static let visit = 6
    /// An instruction or a transition that is made.
    static let instruction = 64
    /// A range of code points that is copied, sorted or merged.
    static let range = 16
    /// An atom or operator of a pattern that is read.
    static let atom = 128
    /// The name of a POSIX class that is looked up.
    static let posixClass = 4_000
    /// An instruction that is looked at, or an entry that is filled in, when a table is built.
    static let entry = 16
}

/// A compiled regular expression in RE2 syntax, matched in time linear in the text.
///
/// There is no backtracking: a byte of the text costs one look into a table, or for a pattern whose table would be too
/// large a look at each instruction that is alive, at most ``programSizeLimit``. That product can be large, so whoever
/// matches patterns or texts of others gives a number of steps: ``matches(_:steps:)-(String,_)``.
/// Source: the page "Syntax" of the wiki of google/re2; where it leaves a question open, what RE2 does.
///
/// It differs from RE2 in two points: `\C`, which matches a single byte, is refused, since it can split a character;
/// and groups may be nested ``nestingLimit`` deep, not 1,000.
package struct Regex: Sendable {
    /// The most bytes that a pattern may have.
    package static let patternLengthLimit = 65_536
    /// How deep groups may be nested.
    package static let nestingLimit = 250
    /// The largest number in a repetition, and the largest product of nested ones; RE2's.
    package static let repetitionLimit = 1_000
    /// The most instructions and transitions that a pattern may come to.
    package static let programSizeLimit = 200_000
    /// The most work that goes into the table of a pattern that is compiled while something waits for the answer.
    static let hastyWorkLimit = 2_000

    let program: RegexProgram
    private let automaton: Automaton?

    /// Compiles `pattern`.
    ///
    /// Throws when the pattern is malformed, uses what RE2 does not have (backreferences, lookaround, `\C`), or
    /// exceeds a limit.
    package init(_ pattern: String) throws(RegexError) {
        var steps = Int.max
        var work = 0
        try self.init(pattern, steps: &steps, tableWork: Automaton.workLimit, work: &work)
    }

    /// What the patterns of one text may take together that are compiled once, to be matched often.
    package struct Budget: Sendable {
        /// The steps that their programs may take: some ten milliseconds.
        var steps = 4_000_000
        /// The work that their tables may take. A pattern that comes too late for a large table is read without one.
        var tableWork = Automaton.workLimit

        /// What a text may take that has no patterns yet.
        package init() {}

        /// The same where many texts share what one may take; a table has a share as large as that of the program.
        package init(steps: Int) {
            self.steps = min(self.steps, steps)
            tableWork = Int(Double(tableWork) * Double(self.steps) / 4_000_000)
        }
    }

    /// Compiles one of several patterns, and takes what that costs from what is left for all of them.
    ///
    /// - Throws: as ``init(_:)`` does, and an error that ``RegexError/isOutOfSteps`` when nothing is left.
    package init(_ pattern: String, within budget: inout Budget) throws(RegexError) {
        let tableWork = max(Regex.hastyWorkLimit, min(budget.tableWork, Automaton.workLimit))
        var work = 0
        try self.init(pattern, steps: &budget.steps, tableWork: tableWork, work: &work)
        budget.tableWork -= work
    }

    /// Compiles a `pattern` that comes from somebody else, and takes from `steps` what that costs.
    ///
    /// - Parameter steps: the steps that it may take; less than zero when they are spent.
    /// - Throws: as ``init(_:)`` does, and an error that ``RegexError/isOutOfSteps`` when they are spent.
    package init(_ pattern: String, steps: inout Int) throws(RegexError) {
        var work = 0
        try self.init(pattern, steps: &steps, tableWork: Regex.hastyWorkLimit, work: &work)
        steps -= work * Steps.entry
    }

    /// - Parameters:
    ///   - steps: the steps that reading the pattern and making its program may take.
    ///   - tableWork: the work that its table may take.
    ///   - work: is set to what the table took.
    private init(_ pattern: String, steps: inout Int, tableWork: Int, work: inout Int) throws(RegexError) {
        let bytes = [UInt8](pattern.utf8)
        guard bytes.count <= Regex.patternLengthLimit else {
            throw RegexError(Regex.patternLengthLimit, "pattern longer than \(Regex.patternLengthLimit) bytes")
        }
        var parser = RegexParser(bytes, steps: steps)
        defer { steps = min(steps, parser.steps) }
        let tree = try parser.parse()
        var compiler = RegexCompiler(steps: parser.steps)
        defer { parser.steps = compiler.steps }
        program = try compiler.compile(tree)
        automaton = Automaton(program, workLimit: tableWork, work: &work)
    }

    /// The steps that a byte of a text takes for each state that is alive, where there is no table.
    package static let stepsPerState = Steps.visit

    /// The most steps that one byte of a text can take: 1 with a table.
    package var stepsPerByte: Int {
        automaton == nil ? program.instructions.count * Steps.visit : 1
    }

    /// Whether `utf8` holds a match anywhere (what CEL's `matches` asks).
    ///
    /// Bytes that are no UTF-8 match nothing but may stand beside a match.
    ///
    /// - Parameter steps: the steps that it may take, from which those are taken that it took: a step for a byte that a
    ///   table is asked about, and some for each instruction that is alive at a byte when there is no table.
    /// - Returns: nil when the steps are spent before it is known; they are less than one byte's below zero then.
    package func matches(_ utf8: UnsafeBufferPointer<UInt8>, steps: inout Int) -> Bool? {
        automaton.map { $0.matches(utf8, steps: &steps) } ?? Simulation.matches(program, utf8, steps: &steps)
    }

    /// Whether `text` holds a match anywhere, as ``matches(_:steps:)-(UnsafeBufferPointer<UInt8>,_)`` has it.
    package func matches(_ text: String, steps: inout Int) -> Bool? {
        var text = text
        return text.withUTF8 { matches($0, steps: &steps) }
    }

    /// Whether `utf8` holds a match anywhere, however many steps it takes.
    package func matches(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var steps = Int.max
        return matches(utf8, steps: &steps) ?? false
    }

    /// Whether `text` holds a match anywhere (what CEL's `matches` asks).
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Whether there is a table with one look per byte; else the program is simulated.
    var hasAutomaton: Bool { automaton != nil }

    /// The same answer as ``matches(_:)-(String)``, found without the table.
    func matchesBySimulation(_ text: String) -> Bool {
        var text = text
        var steps = Int.max
        return text.withUTF8 { Simulation.matches(program, $0, steps: &steps) } ?? false
    }
}

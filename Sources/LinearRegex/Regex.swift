/// A pattern that is no regular expression in RE2 syntax.
public struct RegexError: Error, Hashable, Sendable {
    /// Where in the pattern, as a UTF-8 byte offset.
    public let offset: Int
    /// What is wrong, on one line, without a full stop.
    public let message: String

    init(_ offset: Int, _ message: String) {
        self.offset = offset
        self.message = message
    }
}

/// A compiled regular expression in RE2 syntax, matched in time linear in the text.
///
/// There is no backtracking, so no pattern can make a match slow: a byte of the text costs one look into a table, or
/// for a pattern whose table would be too large at most ``programSizeLimit`` steps.
/// Source: the page "Syntax" of the wiki of google/re2; where it leaves a question open, what RE2 does.
///
/// It differs from RE2 in two points: `\C`, which matches a single byte, is refused, since it can split a character;
/// and groups may be nested ``nestingLimit`` deep, not 1,000.
public struct Regex: Sendable {
    /// The most bytes that a pattern may have.
    public static let patternLengthLimit = 65_536
    /// How deep groups may be nested.
    public static let nestingLimit = 250
    /// The largest number in a repetition, and the largest product of nested ones; RE2's.
    public static let repetitionLimit = 1_000
    /// The most instructions and transitions that a pattern may come to.
    public static let programSizeLimit = 200_000

    private let program: Program
    private let automaton: Automaton?

    /// Compiles `pattern`.
    ///
    /// Throws when the pattern is malformed, uses what RE2 does not have (backreferences, lookaround, `\C`), or
    /// exceeds a limit.
    public init(_ pattern: String) throws(RegexError) {
        let bytes = [UInt8](pattern.utf8)
        guard bytes.count <= Regex.patternLengthLimit else {
            throw RegexError(Regex.patternLengthLimit, "pattern longer than \(Regex.patternLengthLimit) bytes")
        }
        var parser = Parser(bytes)
        let tree = try parser.parse()
        var compiler = Compiler()
        program = try compiler.compile(tree)
        automaton = Automaton(program)
    }

    /// Whether `utf8` holds a match anywhere (what CEL's `matches` asks).
    ///
    /// Bytes that are no UTF-8 match nothing but may stand beside a match.
    public func matches(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        automaton?.matches(utf8) ?? Simulation.matches(program, utf8)
    }

    /// Whether `text` holds a match anywhere (what CEL's `matches` asks).
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Whether there is a table with one look per byte; else the program is simulated.
    var hasAutomaton: Bool { automaton != nil }

    /// The same answer as ``matches(_:)-(String)``, found without the table.
    func matchesBySimulation(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { Simulation.matches(program, $0) }
    }
}

/// Bounds on what an expression may cost; each has a clear error and a test.
public struct Limits: Hashable, Sendable {
    /// Longest expression in UTF-8 bytes (`cel/too-long`).
    public var expressionBytes = 32_768
    /// Deepest nesting of parentheses, calls, brackets and operators (`cel/nested-too-deeply`); the specification asks
    /// for 32 at least. ExpressionParser, checker and evaluator recurse no deeper than this.
    public var nesting = 128
    /// Most units of work that one evaluation may take (``EvaluationError/Reason/tooMuchWork``).
    ///
    /// A unit takes 25 nanoseconds at most, so that this much ends within 25 milliseconds: a node of a macro's body in a
    /// round is one, and so is an element of a list that is made or compared; 16 bytes of a text that are compared or
    /// copied, 4 that are searched or changed, 8 that a regular expression with a table reads. What stands outside of
    /// macros costs what its values are large, and nothing else.
    public var work = 1_000_000
    /// Most steps that the constant patterns of one expression may take to be made ready, some ten milliseconds. Whoever
    /// compiles many expressions gives each a share.
    public var patternSteps = 4_000_000
    /// Longest string or bytes (in bytes) or list or map (in entries) that an evaluation may build
    /// (``EvaluationError/Reason/resultTooLarge``).
    public var resultSize = 1_048_576

    /// The default limits.
    public init() {}
}

/// What an evaluation needs from its platform.
public struct Host: Sendable {
    /// Seconds east of UTC of an IANA time zone at a moment (seconds since 1970); nil for an unknown zone.
    ///
    /// `UTC` and fixed offsets such as `+01:00` are built in and never asked for. Without the closure other zones
    /// are an evaluation error.
    public var timeZoneOffset: (@Sendable (_ zone: String, _ seconds: Int64) -> Int?)?

    /// A host that offers the given services.
    public init(timeZoneOffset: (@Sendable (_ zone: String, _ seconds: Int64) -> Int?)? = nil) {
        self.timeZoneOffset = timeZoneOffset
    }
}

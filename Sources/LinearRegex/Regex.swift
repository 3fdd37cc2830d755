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
/// There is no backtracking, so no pattern can make a match slow: the time is at most
/// ``programSizeLimit`` steps per byte. Source: the page "Syntax" of the wiki of google/re2.
public struct Regex: Sendable {
    /// Compiles `pattern`.
    ///
    /// Throws when the pattern is malformed, uses what RE2 does not have (backreferences, lookaround, `\C`), or
    /// exceeds a limit.
    public init(_ pattern: String) throws(RegexError) {
    }

    /// Whether `utf8` holds a match anywhere (what CEL's `matches` asks).
    public func matches(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        false
    }

    /// Whether `text` holds a match anywhere (what CEL's `matches` asks).
    public func matches(_ text: String) -> Bool {
        false
    }
}

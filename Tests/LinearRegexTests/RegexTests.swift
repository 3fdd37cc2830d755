import Testing

@testable import LinearRegex

@Suite struct RegexTests {
    /// Compiles a pattern that must be refused and compares offset and message.
    private func check(
        _ pattern: String, _ offset: Int, _ message: String, _ location: SourceLocation = #_sourceLocation
    ) {
        do {
            _ = try Regex(pattern)
            Issue.record("\(pattern) is accepted", sourceLocation: location)
        } catch {
            #expect(error.offset == offset, sourceLocation: location)
            #expect(error.message == message, sourceLocation: location)
        }
    }

    private func check(_ pattern: String, matches texts: [String], not others: [String] = []) throws {
        let regex = try Regex(pattern)
        for text in texts { #expect(regex.matches(text), "\(pattern) on \(text)") }
        for text in others { #expect(!regex.matches(text), "\(pattern) on \(text)") }
    }

    @Test func errorsSayWhereAndWhat() {
        check("ab(c", 2, "missing `)` for this `(`")
        check("ab)c", 2, "`)` without a `(`; write `\\)` to match it")
        check("é[a-z", 2, "missing `]` for this `[`")
        check("é**", 2, "two repetition operators in a row, `**`; put the inner one in `(?:…)`")
        check("a|*b", 2, "nothing to repeat before `*`")
        check("x{3,2}", 1, "`{3,2}` asks for at least 3 and at most 2")
        check("x{1001}", 1, "repeated more than 1000 times")
        check("(x{10}){101}", 7, "repeated more than 1000 times, counting nested repetitions")
        check("[z-a]", 1, "the range `z-a` ends before it begins")
        check("[[:foo:]]", 1, "no POSIX class is called `[:foo:]`")
        check("a\\p{Klingon}", 1, "no Unicode category or script is called `Klingon`")
        check("\\p{Greek", 0, "missing `}` behind `\\p{`")
        check("a\\", 1, "the pattern ends with a lone `\\`")
        check("a\\y", 1, "unknown escape `\\y`")
        check("a\\é", 1, "unknown escape `\\é`")
        check("\\Z", 0, "unknown escape `\\Z`; the end of the text is `\\z`")
        check("\\x{110000}", 0, "no code point is above `\\x{10FFFF}`")
        check("\\x{}", 0, "write two hexadecimal digits, `\\x7F`, or any number in braces, `\\x{1F600}`")
        check("(?<>a)", 0, "a group name may not be empty")
        check("(?<a-b>a)", 4, "a group name has letters, digits and `_` only")
        check("(?<ab", 0, "missing `>` behind the name of the group")
        check("(?x)a", 2, "unknown flag behind `(?`; the flags are `i`, `m`, `s` and `U`")
        check("(?i-)a", 4, "a flag is missing behind `-`")
        check("(?i", 0, "missing `)` for this `(`")
    }

    @Test func whatCannotBeLinearIsRefusedByName() {
        check("(a)\\1", 3, "backreferences cannot be matched in linear time and are not supported")
        check("(?P<n>a)(?P=n)", 8, "backreferences cannot be matched in linear time and are not supported")
        check("\\k<n>", 0, "backreferences cannot be matched in linear time and are not supported")
        check("a(?=b)", 1, "lookahead, `(?=` and `(?!`, cannot be matched in linear time and is not supported")
        check("(?<!b)a", 0, "lookbehind, `(?<=` and `(?<!`, cannot be matched in linear time and is not supported")
        check("(?>a)", 0, "atomic groups, `(?>`, are not supported; write `(?:`")
        check("\\C", 0, "`\\C` matches a single byte and could split a character; it is not supported")
    }

    @Test func patternsHaveLimits() throws {
        let deep = Regex.nestingLimit
        try check(String(repeating: "(", count: deep) + "a" + String(repeating: ")", count: deep), matches: ["a"])
        check(
            String(repeating: "(", count: deep + 1) + "a" + String(repeating: ")", count: deep + 1), deep,
            "groups nested deeper than 250")
        check(
            String(repeating: "a", count: Regex.patternLengthLimit + 1), Regex.patternLengthLimit,
            "pattern longer than 65536 bytes")
        check(
            "\\pL{1000}", 0,
            "the pattern is too large: its repetitions and classes come to more than 200000 states")
        try check(".{1000}", matches: [String(repeating: "é", count: 1000)], not: [String(repeating: "é", count: 999)])
    }

    @Test func patternsThatBacktrackingCannotDoAreLinear() throws {
        let text = String(repeating: "a", count: 20_000)
        try check("(a*)*b", matches: [text + "b"], not: [text])
        try check("^(a|aa)+$", matches: [text], not: [text + "!"])
        try check("(x+x+)+y", matches: ["xxy"], not: [String(repeating: "x", count: 20_000)])
    }

    @Test func aTableThatWouldBeTooLargeIsNotBuilt() throws {
        #expect(try Regex("^[a-z]+@[a-z]+$").hasAutomaton)
        let exponential = try Regex("(a|b)*a(a|b){30}$")
        #expect(!exponential.hasAutomaton)
        #expect(exponential.matches("bba" + String(repeating: "b", count: 30)))
        #expect(!exponential.matches("bba" + String(repeating: "b", count: 31)))
    }

    @Test func bytesThatAreNoUTF8MatchNothing() throws {
        func matches(_ pattern: String, _ bytes: [UInt8]) throws -> Bool {
            let regex = try Regex(pattern)
            return bytes.withUnsafeBufferPointer { regex.matches($0) }
        }
        #expect(try !matches("^.$", [0xFF]))
        #expect(try !matches("^.$", [0xC0, 0x80]))
        #expect(try !matches("^.$", [0xED, 0xA0, 0x80]))
        #expect(try !matches("^.$", [0xF4, 0x90, 0x80, 0x80]))
        #expect(try matches("^.$", [0xF4, 0x8F, 0xBF, 0xBF]))
        #expect(try matches("a", [0xFF, 0x61]))
        #expect(try !matches("a", []))
        #expect(try matches("", []))
    }

    @Test func foldedClassesAreClosed() throws {
        let runs = UnicodeTables.folds()
        #expect(CodePointSet(0x4B, 0x4B).folded(runs).ranges.map(\.first) == [0x4B, 0x6B, 0x212A])
        #expect(CodePointSet(0x3B8, 0x3B8).folded(runs).ranges.map(\.first) == [0x398, 0x3B8, 0x3D1, 0x3F4])
        #expect(CodePointSet(0x130, 0x130).folded(runs).ranges.map(\.first) == [0x130])
        let letters = CodePointSet(0x41, 0x1E943).folded(runs)
        #expect(letters.folded(runs) == letters)
    }
}

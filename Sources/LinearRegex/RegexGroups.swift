extension RegexParser {
    /// What stands behind `(?`: a name, flags, or flags for the rest of the group around.
    ///
    /// True when a group begins; false when only flags were set.
    mutating func parseGroupStart(_ start: Int) throws(RegexError) -> Bool {
        offset += 1
        if peek() == UInt8(ascii: "P"), peek(1) == UInt8(ascii: "<") {
            offset += 2
            try parseGroupName(start)
            return true
        }
        if peek() == UInt8(ascii: "<"), peek(1) != UInt8(ascii: "="), peek(1) != UInt8(ascii: "!") {
            offset += 1
            try parseGroupName(start)
            return true
        }
        return try parseFlags(start)
    }

    /// A name of word characters (Unicode), ended by `>`.
    private mutating func parseGroupName(_ start: Int) throws(RegexError) {
        let nameStart = offset
        steps -= 5 * UnicodeTables.size
        let word = RegexParser.nameCharacters
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ">") {
            let at = offset
            let point = nextScalar()
            guard point == 0x5F || word.contains(point) else {
                throw RegexError(at, "a group name has letters, digits and `_` only")
            }
        }
        guard offset < bytes.count else { throw RegexError(start, "missing `>` behind the name of the group") }
        guard offset > nameStart else { throw RegexError(start, "a group name may not be empty") }
        offset += 1
    }

    private static var nameCharacters: CodePointSet {
        var result = CodePointSet()
        for name in ["L", "M", "Nd", "Nl", "Pc"] {
            if let set = UnicodeTables.set(named: Array(name.utf8)) { result.formUnion(set) }
        }
        result.normalize()
        return result
    }

    /// `flags)`, `flags:`, where flags are `imsU` and those behind `-` are cleared.
    private mutating func parseFlags(_ start: Int) throws(RegexError) -> Bool {
        var clears = false
        var needsFlag = false
        var result = flags
        while let byte = peek() {
            offset += 1
            switch byte {
            case UInt8(ascii: "i"): result.ignoreCase = !clears
            case UInt8(ascii: "m"): result.multiLine = !clears
            case UInt8(ascii: "s"): result.dotMatchesLineFeed = !clears
            case UInt8(ascii: "U"): break
            case UInt8(ascii: "-"):
                guard !clears else { throw RegexError(offset - 1, "a second `-` among the flags") }
                clears = true
                needsFlag = true
                continue
            case UInt8(ascii: ":"), UInt8(ascii: ")"):
                guard !needsFlag else { throw RegexError(offset - 1, "a flag is missing behind `-`") }
                flags = result
                return byte == UInt8(ascii: ":")
            default:
                offset -= 1
                throw unknownOperator(start)
            }
            needsFlag = false
        }
        throw RegexError(start, "missing `)` for this `(`")
    }

    /// The error for `(?` and something that RE2 does not have, which is named if it is known from elsewhere.
    private func unknownOperator(_ start: Int) -> RegexError {
        let rest = text(start, min(start + 4, bytes.count)).utf8
        func begins(_ prefix: String) -> Bool { rest.starts(with: prefix.utf8) }
        if begins("(?=") || begins("(?!") {
            return RegexError(
                start, "lookahead, `(?=` and `(?!`, cannot be matched in linear time and is not supported")
        }
        if begins("(?<=") || begins("(?<!") {
            return RegexError(
                start, "lookbehind, `(?<=` and `(?<!`, cannot be matched in linear time and is not supported")
        }
        if begins("(?P=") { return RegexError(start, RegexParser.noBackreferences) }
        if begins("(?>") { return RegexError(start, "atomic groups, `(?>`, are not supported; write `(?:`") }
        if begins("(?#") { return RegexError(start, "comments, `(?#`, are not supported") }
        if begins("(?'") { return RegexError(start, "write `(?P<name>…)` for a named group") }
        return RegexError(offset, "unknown flag behind `(?`; the flags are `i`, `m`, `s` and `U`")
    }

    static let noBackreferences = "backreferences cannot be matched in linear time and are not supported"
}

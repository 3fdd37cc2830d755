extension RegexParser {
    /// A class in brackets; `offset` is at `[`.
    mutating func parseBracket() throws(RegexError) -> CodePointSet {
        let start = offset
        offset += 1
        var negated = false
        if peek() == UInt8(ascii: "^") {
            negated = true
            offset += 1
        }
        var result = CodePointSet()
        var isFirst = true
        while let byte = peek(), byte != UInt8(ascii: "]") || isFirst {
            isFirst = false
            steps -= Steps.atom
            if steps < 0 { throw .outOfSteps }
            if byte == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":"), let set = try posixClass() {
                result.formUnion(set)
            } else if byte == UInt8(ascii: "\\"), let set = try classEscape() {
                result.formUnion(set)
            } else {
                let set = try bracketRange()
                result.formUnion(flags.ignoreCase ? folded(set) : set)
            }
        }
        guard offset < bytes.count else { throw RegexError(start, "missing `]` for this `[`") }
        offset += 1
        steps -= Steps.range * result.ranges.count
        result.normalize()
        return negated ? result.inverted() : result
    }

    /// `[:alpha:]` or `[:^alpha:]`; nil when there is no `:]`, for then the bracket stands for itself.
    private mutating func posixClass() throws(RegexError) -> CodePointSet? {
        let start = offset
        var end = offset + 2
        while end + 1 < bytes.count, bytes[end] != UInt8(ascii: ":") || bytes[end + 1] != UInt8(ascii: "]") { end += 1 }
        steps -= end - start + Steps.posixClass
        guard end + 1 < bytes.count else { return nil }
        var name = Array(bytes[(offset + 2)..<end])
        let negated = name.first == UInt8(ascii: "^")
        if negated { name.removeFirst() }
        guard let set = NamedClasses.posix(name) else {
            throw RegexError(start, "no POSIX class is called `\(text(start, end + 2))`")
        }
        offset = end + 2
        return classSet(set, negated: negated)
    }

    /// A character, or a range of them.
    private mutating func bracketRange() throws(RegexError) -> CodePointSet {
        let start = offset
        let first = try bracketCharacter()
        guard peek() == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]") else {
            return CodePointSet(first, first)
        }
        offset += 1
        let last = try bracketCharacter()
        guard first <= last else {
            throw RegexError(start, "the range `\(text(start, offset))` ends before it begins")
        }
        return CodePointSet(first, last)
    }

    private mutating func bracketCharacter() throws(RegexError) -> UInt32 {
        bytes[offset] == UInt8(ascii: "\\") ? try characterEscape() : nextScalar()
    }
}

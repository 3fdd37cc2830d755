import ByteText

/// Reads a pattern into a tree (google/re2, "Syntax"; its Perl-like defaults).
///
/// It keeps its own stack of open groups, so that nesting costs no machine stack.
struct RegexParser {
    /// What `(?imsU)` sets. `U` is read and has no effect on whether there is a match.
    struct Flags {
        var ignoreCase = false
        var multiLine = false
        var dotMatchesLineFeed = false
    }

    /// A group that is open: its alternatives so far, and the flags to go back to.
    private struct OpenGroup {
        var start: Int
        var outerFlags: Flags
        var alternatives: [RegexNode] = []
        var items: [Item] = []
    }

    /// A part of a concatenation, with the largest product of nested repetitions in it.
    struct Item {
        var node: RegexNode
        var repetitions: Int = 1
    }

    let bytes: [UInt8]
    var offset = 0
    /// The steps that are left.
    var steps: Int
    var flags = Flags()
    private var groups: [OpenGroup]
    /// The largest product of nested repetitions among the alternatives of each open group.
    private var groupRepetitions: [Int] = [1]
    private var foldRuns: [FoldRun]?
    /// Where a repetition operator stands that ends here; a second one may not follow at once.
    private var previousOperator: Int?

    init(_ bytes: [UInt8], steps: Int) {
        self.bytes = bytes
        self.steps = steps
        groups = [OpenGroup(start: 0, outerFlags: Flags())]
    }

    mutating func parse() throws(RegexError) -> RegexNode {
        while offset < bytes.count {
            steps -= Steps.atom
            if steps < 0 { throw .outOfSteps }
            let operatorBefore = previousOperator
            previousOperator = nil
            switch bytes[offset] {
            case UInt8(ascii: "("): try openGroup()
            case UInt8(ascii: ")"): try closeGroup()
            case UInt8(ascii: "|"):
                offset += 1
                endAlternative()
            case UInt8(ascii: "*"): try repeatLast(0, nil, length: 1, operatorBefore)
            case UInt8(ascii: "+"): try repeatLast(1, nil, length: 1, operatorBefore)
            case UInt8(ascii: "?"): try repeatLast(0, 1, length: 1, operatorBefore)
            case UInt8(ascii: "{"): try parseBrace(operatorBefore)
            case UInt8(ascii: "["): append(.set(try parseBracket()))
            case UInt8(ascii: "."):
                offset += 1
                append(.set(flags.dotMatchesLineFeed ? .all : CodePointSet(0x0A, 0x0A).inverted()))
            case UInt8(ascii: "^"):
                offset += 1
                append(.assertion(flags.multiLine ? .lineStart : .textStart))
            case UInt8(ascii: "$"):
                offset += 1
                append(.assertion(flags.multiLine ? .lineEnd : .textEnd))
            case UInt8(ascii: "\\"): try parseBackslash()
            default: append(literal(nextScalar()))
            }
        }
        if groups.count > 1 { throw RegexError(groups[groups.count - 1].start, "missing `)` for this `(`") }
        endAlternative()
        return alternation(groups[0].alternatives)
    }

    /// The code point at `offset`, which moves past it; the pattern is valid UTF-8.
    mutating func nextScalar() -> UInt32 {
        let (point, end) = decodedScalar(bytes, offset, bytes.count)
        offset = end
        return point
    }

    /// The byte `distance` behind `offset`; nil past the end.
    func peek(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    /// The pattern's text from `start` to `end`, for messages.
    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self)
    }

    mutating func append(_ node: RegexNode) {
        groups[groups.count - 1].items.append(Item(node: node))
    }

    mutating func literal(_ point: UInt32) -> RegexNode {
        let set = CodePointSet(point, point)
        return .set(flags.ignoreCase ? folded(set) : set)
    }

    mutating func folded(_ set: CodePointSet) -> CodePointSet {
        let runs = foldRuns ?? UnicodeTables.folds()
        foldRuns = runs
        // Each of the rounds goes through all runs once.
        steps -= FoldRun.orbitLimit * (runs.count + Steps.range * set.ranges.count)
        return set.folded(runs)
    }

    // MARK: Groups

    private mutating func openGroup() throws(RegexError) {
        let start = offset
        guard groups.count <= Regex.nestingLimit else {
            throw RegexError(start, "groups nested deeper than \(Regex.nestingLimit)")
        }
        let outer = flags
        offset += 1
        if peek() == UInt8(ascii: "?") {
            guard try parseGroupStart(start) else { return }
        }
        groups.append(OpenGroup(start: start, outerFlags: outer))
        groupRepetitions.append(1)
    }

    private mutating func closeGroup() throws(RegexError) {
        guard groups.count > 1 else { throw RegexError(offset, "`)` without a `(`; write `\\)` to match it") }
        offset += 1
        endAlternative()
        let group = groups.removeLast()
        flags = group.outerFlags
        let item = Item(node: alternation(group.alternatives), repetitions: groupRepetitions.removeLast())
        groups[groups.count - 1].items.append(item)
    }

    private mutating func endAlternative() {
        let last = groups.count - 1
        let items = groups[last].items
        groups[last].items = []
        for item in items { groupRepetitions[last] = max(groupRepetitions[last], item.repetitions) }
        switch items.count {
        case 0: groups[last].alternatives.append(.empty)
        case 1: groups[last].alternatives.append(items[0].node)
        default: groups[last].alternatives.append(.concatenation(items.map { $0.node }))
        }
    }

    /// Alternatives that are all sets are one set.
    private mutating func alternation(_ alternatives: [RegexNode]) -> RegexNode {
        guard alternatives.count != 1 else { return alternatives[0] }
        var union = CodePointSet()
        for alternative in alternatives {
            guard case .set(let set) = alternative else { return .alternation(alternatives) }
            union.formUnion(set)
        }
        steps -= Steps.range * union.ranges.count
        union.normalize()
        return .set(union)
    }

    // MARK: Repetition

    private mutating func repeatLast(
        _ minimum: Int, _ maximum: Int?, length: Int, _ operatorBefore: Int?
    ) throws(RegexError) {
        let start = offset
        offset += length
        // The operator that prefers fewer matches no other texts.
        if peek() == UInt8(ascii: "?") { offset += 1 }
        if let operatorBefore {
            throw RegexError(
                operatorBefore,
                "two repetition operators in a row, `\(text(operatorBefore, offset))`; put the inner one in `(?:…)`")
        }
        guard let item = groups[groups.count - 1].items.popLast() else {
            throw RegexError(start, "nothing to repeat before `\(text(start, offset))`")
        }
        let factor = max(1, maximum ?? minimum)
        let (product, overflow) = item.repetitions.multipliedReportingOverflow(by: factor)
        guard !overflow, product <= Regex.repetitionLimit else {
            throw RegexError(start, "repeated more than \(Regex.repetitionLimit) times, counting nested repetitions")
        }
        let node = RegexNode.repetition(item.node, minimum: minimum, maximum: maximum)
        groups[groups.count - 1].items.append(Item(node: node, repetitions: product))
        previousOperator = start
    }

    /// `{n}`, `{n,}` or `{n,m}`; any other `{` stands for itself.
    private mutating func parseBrace(_ operatorBefore: Int?) throws(RegexError) {
        let start = offset
        guard let (minimum, maximum, length) = braces() else {
            append(literal(nextScalar()))
            return
        }
        if let maximum, maximum < minimum {
            throw RegexError(
                start, "`\(text(start, start + length))` asks for at least \(minimum) and at most \(maximum)")
        }
        guard max(minimum, maximum ?? 0) <= Regex.repetitionLimit else {
            throw RegexError(start, "repeated more than \(Regex.repetitionLimit) times")
        }
        try repeatLast(minimum, maximum, length: length, operatorBefore)
    }

    private func braces() -> (minimum: Int, maximum: Int?, length: Int)? {
        var at = 1
        guard let minimum = number(&at) else { return nil }
        var maximum: Int? = minimum
        if peek(at) == UInt8(ascii: ",") {
            at += 1
            maximum = nil
            if peek(at) != UInt8(ascii: "}") {
                maximum = number(&at)
                if maximum == nil { return nil }
            }
        }
        guard peek(at) == UInt8(ascii: "}") else { return nil }
        return (minimum, maximum, at + 1)
    }

    /// A number of up to nine digits without leading zeros; with more, RE2 takes the brace for itself.
    private func number(_ at: inout Int) -> Int? {
        let start = at
        var value = 0
        while let byte = peek(at), byte.isASCIIDigit {
            if value >= 100_000_000 { return nil }
            value = value * 10 + Int(byte - 0x30)
            at += 1
        }
        if at == start || (at > start + 1 && peek(start) == 0x30) { return nil }
        return value
    }
}

import ByteText
import CanonicalJSON
import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

/// What a sentinel stands for.
enum SentinelContent {
    /// A brace that was escaped.
    case brace(UInt8)
    case expression(MessageFormat.Expression)
    case markup(Markup)
}

/// A pattern with a sentinel for each placeholder and each literal brace (TEXT.md, rules R2 and R3).
struct ScannedPattern {
    /// What Markdown is to read.
    var bytes: [UInt8] = []
    /// Leads offsets of ``bytes`` back to the source; nil when they differ by ``shift`` alone.
    var table: OffsetTable?
    var shift = 0
    /// By sentinel: what it stands for and where that is in the source.
    var contents: [(content: SentinelContent, span: Span)] = []
    var diagnostics: [Diagnostic] = []
    /// Placeholders in the way of another system.
    var foreign: [ForeignPlaceholder] = []
    /// Where a `}` closes nothing.
    var strays: [Int] = []
    /// The pattern in the source, without the blank lines around it.
    var span: Span

    /// Whether it is one of several, each behind its keys.
    private var startsVariants = false
    /// Whether ``sentinelLimit`` is exceeded.
    private var isFull = false

    /// The place in the source of a span of ``bytes``.
    func outer(_ span: Span) -> Span {
        table?.outer(span) ?? span.shifted(by: shift)
    }
}

/// The largest number of placeholders and literal braces in one pattern.
let sentinelLimit = 4_096

extension ScannedPattern {
    /// Scans the pattern in `range` of `source`.
    ///
    /// - Parameters:
    ///   - dedents: whether common indentation is taken from the lines, as from a variant's (R13).
    ///   - trimsStart: whether white space before the first word means nothing, as in a title.
    ///   - environment: tells which names in braces that do not pair mean a variable.
    init(
        _ source: [UInt8], _ range: Span, dedents: Bool, trimsStart: Bool = false, _ environment: TextEnvironment
    ) {
        var trimmed = trimmingBlankLines(source, range)
        let startsLine = trimmed.start > range.start
        let indent = dedents ? commonIndent(source, trimmed, startsLine: startsLine) : 0
        var start = trimmed.start
        while trimsStart, start < trimmed.end, source[start] == 0x20 || source[start] == 0x09 { start += 1 }
        trimmed = Span(start, trimmed.end)
        span = trimmed
        startsVariants = dedents && range.start > 0
        if indent == 0, !needsScan(source, trimmed) {
            bytes = trimmed == Span(0, source.count) ? source : Array(source[trimmed.start..<trimmed.end])
            shift = trimmed.start
            return
        }
        table = OffsetTable()
        bytes.reserveCapacity(trimmed.length)
        scan(source, trimmed, indent: indent, startsLine: startsLine && !trimsStart, environment)
    }

    private mutating func scan(
        _ source: [UInt8], _ range: Span, indent: Int, startsLine: Bool, _ environment: TextEnvironment
    ) {
        var index = range.start
        if startsLine { index = skipIndent(source, index, range.end, indent) }
        var plain = index
        while true {
            index = nextNotable(source, index, range.end)
            guard index < range.end else { break }
            let byte = source[index]
            switch byte {
            case 0x0A, 0x0D:
                index += byte == 0x0D && index + 1 < range.end && source[index + 1] == 0x0A ? 2 : 1
                guard indent > 0 else { continue }
                copy(source, plain, index)
                index = skipIndent(source, index, range.end, indent)
                plain = index
            case 0x5C where index + 1 < range.end:
                let next = source[index + 1]
                if next == 0x7B || next == 0x7D {
                    copy(source, plain, index)
                    add(.brace(next), Span(index, index + 2))
                    plain = index + 2
                }
                // A backslash and what follows it stay together; what follows may be a line's end.
                index += next == 0x0A || next == 0x0D ? 1 : 2
            case 0x7B:
                copy(source, plain, index)
                index = placeholder(source, index, range.end, environment)
                plain = index
            case 0x7D:
                strays.append(index)
                copy(source, plain, index)
                add(.brace(0x7D), Span(index, index + 1))
                index += 1
                plain = index
            case 0x26:
                noteReference(source, index, range.end)
                index += 1
            case 0xF4 where isReserved(source, index, range.end):
                // Reported for the whole source, by `characterDiagnostics`.
                copy(source, plain, index)
                append(0x3F, Span(index, index + 4))
                index += 4
                plain = index
            case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F:
                copy(source, plain, index)
                append(0x3F, Span(index, index + 1))
                index += 1
                plain = index
            default: index += 1
            }
        }
        copy(source, plain, range.end)
    }

    // MARK: Output

    private mutating func copy(_ source: [UInt8], _ start: Int, _ end: Int) {
        guard start < end else { return }
        bytes.append(contentsOf: source[start..<end])
        table?.append(innerLength: end - start, outer: start, outerLength: end - start)
    }

    private mutating func append(_ byte: UInt8, _ span: Span) {
        bytes.append(byte)
        table?.append(innerLength: 1, outer: span.start, outerLength: span.length)
    }

    private mutating func add(_ content: SentinelContent, _ span: Span) {
        guard contents.count < sentinelLimit else {
            if !isFull { diagnostics.append(.tooManyPlaceholders(at: span)) }
            isFull = true
            return
        }
        Sentinel.append(contents.count, to: &bytes)
        table?.append(innerLength: 4, outer: span.start, outerLength: span.length)
        contents.append((content, span))
    }

    // MARK: Input

    private mutating func placeholder(
        _ source: [UInt8], _ index: Int, _ end: Int, _ environment: TextEnvironment
    ) -> Int {
        if startsVariants, let unclosed = nextVariant(source, at: index, from: span.start) {
            diagnostics.append(.unclosedVariant(at: unclosed.line, unclosed.edit))
            if unclosed.edit.span.start - 1 == strays.last { strays.removeLast() }
            return end
        }
        // `{$count, plural, …}` is an argument of ICU whose name has been given its `$`.
        if var foreign = foreignBraces(source, at: index, end: end) {
            if foreign.breaksText {
                if foreign.needsVariable {
                    foreign.otherwise = parsePlaceholder(in: source, at: index, end: end).diagnostics
                }
                self.foreign.append(foreign)
                add(.expression(MessageFormat.Expression(.literal("…"))), Span(index, foreign.span.end))
                return foreign.span.end
            }
            self.foreign.append(foreign)
        }
        let parsed = parsePlaceholder(in: source, at: index, end: end)
        if let unpaired = unpairedPlaceholder(source, at: index, end: end, parsed, environment) {
            // `${name}}` is one of both kinds.
            if let last = foreign.last, last.span.end > index { foreign.removeLast() }
            diagnostics.append(.unpairedBraces(unpaired, environment))
            add(
                .expression(unpaired.unknown ?? MessageFormat.Expression(.literal("…"))),
                Span(index, unpaired.span.end))
            return unpaired.span.end
        }
        if !parsed.diagnostics.isEmpty, let link = linkInBraces(source, at: index, end: end) {
            diagnostics.append(.linkInBraces(at: index, link.edits))
            add(.expression(MessageFormat.Expression(.literal("…"))), Span(index, link.end))
            return link.end
        }
        let stop = min(max(parsed.end, index + 1), end)
        switch parsed.placeholder {
        case .expression(let expression)?:
            add(.expression(expression), Span(index, stop))
            diagnostics += parsed.diagnostics
        case .markup(let markup)?:
            add(.markup(markup), Span(index, stop))
            diagnostics += parsed.diagnostics
        case nil
        where index > 1 && source[index - 1] == 0x7B && source[index - 2] == 0x7B
            && (index + 1 == end || source[index + 1] <= 0x20) && !isEscaped(source, index - 2):
            diagnostics.append(.thirdBrace(at: index))
            add(.expression(MessageFormat.Expression(.literal("…"))), Span(index, index + 1))
            return index + 1
        case nil:
            diagnostics.append(contentsOf: parsed.diagnostics)
            if parsed.diagnostics.isEmpty { diagnostics.append(.strayOpening(at: index)) }
            // Something stands in its place, so that the words around it are read as they were meant.
            add(.expression(MessageFormat.Expression(.literal("…"))), Span(index, stop))
        }
        return stop
    }

    /// Reports a character reference to a brace, which opens nothing.
    private mutating func noteReference(_ source: [UInt8], _ index: Int, _ end: Int) {
        guard index + 3 < end else { return }
        if source[index + 1] == 0x23 {
            guard let reference = numericReference(source, index, end) else { return }
            let span = Span(index, reference.end)
            if reference.value == 0x7B || reference.value == 0x7D {
                diagnostics.append(.referenceToBrace(reference.value == 0x7B ? "{" : "}", at: span))
            }
            return
        }
        for (name, brace) in braceNames {
            let bytes = name.utf8
            if index + bytes.count <= end, source[index..<index + bytes.count].elementsEqual(bytes) {
                diagnostics.append(.referenceToBrace(brace, at: Span(index, index + bytes.count)))
            }
        }
    }
}

/// Whether a scalar from U+100000 on begins at `index`: F4 80 80 80 to F4 8F BF BF.
private func isReserved(_ source: [UInt8], _ index: Int, _ end: Int) -> Bool {
    index + 3 < end && source[index + 1] & 0xF0 == 0x80
}

private let braceNames = [("&lcub;", "{"), ("&lbrace;", "{"), ("&rcub;", "}"), ("&rbrace;", "}")]

private func numericReference(_ source: [UInt8], _ index: Int, _ end: Int) -> (value: UInt32, end: Int)? {
    var place = index + 2
    var value: UInt32 = 0
    var digits = 0
    let isHexadecimal = place < end && source[place] | 0x20 == 0x78
    if isHexadecimal { place += 1 }
    while place < end, digits < 8 {
        let byte = source[place]
        if byte == 0x3B { return digits > 0 ? (value, place + 1) : nil }
        guard isHexadecimal || byte.isASCIIDigit, let digit = byte.hexadecimalValue else { return nil }
        value = value &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
        digits += 1
        place += 1
    }
    return place < end && source[place] == 0x3B && digits > 0 ? (value, place + 1) : nil
}

/// Whether a byte of the range needs more than copying.
private func needsScan(_ source: [UInt8], _ range: Span) -> Bool {
    var index = range.start
    while true {
        index = nextNotable(source, index, range.end)
        guard index < range.end else { return false }
        guard source[index] == 0x09 || source[index] == 0x0A || source[index] == 0x0D else { return true }
        index += 1
    }
}

/// The next byte from `start` on that is more than a character to copy: `&`, `\`, the braces, and what
/// `characterDiagnostics` looks at; `end` where there is none.
private func nextNotable(_ source: [UInt8], _ start: Int, _ end: Int) -> Int {
    source.withUnsafeBufferPointer { whole in
        UnsafeBufferPointer(rebasing: whole[..<end]).firstIndex(from: start) {
            $0.below(0x20) | $0.equal(0x26) | $0.equal(0x5C) | $0.equal(0x7B) | $0.equal(0x7D) | $0.equal(0x7F)
                | $0.equal(0xF4)
        } where: {
            $0 < 0x20 || $0 == 0x26 || $0 == 0x5C || $0 == 0x7B || $0 == 0x7D || $0 == 0x7F || $0 == 0xF4
        }
    }
}

// MARK: Lines

/// The range without blank lines at its start and its end, and without the line end of its last line.
func trimmingBlankLines(_ source: [UInt8], _ range: Span) -> Span {
    var start = range.start
    var index = start
    while index < range.end {
        let byte = source[index]
        if byte == 0x0A || byte == 0x0D {
            start = index + 1
        } else if byte != 0x20, byte != 0x09 {
            break
        }
        index += 1
    }
    if index == range.end { return Span(at: range.end) }
    var end = range.end
    while end > start, source[end - 1] == 0x20 || (0x09...0x0D).contains(source[end - 1]) { end -= 1 }
    // Two spaces before the last line's end mean nothing there, but a backslash's space is its own.
    return Span(start, end)
}

/// The columns of white space that all lines of the range begin with; a range that does not start a line is judged
/// by its other lines.
private func commonIndent(_ source: [UInt8], _ range: Span, startsLine: Bool) -> Int {
    var least = Int.max
    var index = range.start
    var isLineStart = startsLine
    while index < range.end {
        if isLineStart {
            let start = index
            while index < range.end, source[index] == 0x20 || source[index] == 0x09 { index += 1 }
            let isBlank = index >= range.end || source[index] == 0x0A || source[index] == 0x0D
            if !isBlank { least = min(least, index - start) }
            isLineStart = false
            continue
        }
        isLineStart = source[index] == 0x0A || source[index] == 0x0D
        index += 1
    }
    return least == .max ? 0 : least
}

private func skipIndent(_ source: [UInt8], _ index: Int, _ end: Int, _ indent: Int) -> Int {
    var index = index
    let stop = min(end, index + indent)
    while index < stop, source[index] == 0x20 || source[index] == 0x09 { index += 1 }
    return index
}

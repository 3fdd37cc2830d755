import SourceDiagnostics

// Nearly everything that authors write is a small part of YAML: keys, lists, and values of one line. This reads that part,
// and declines the rest, which libyaml reads. A text that is read here must give the events that libyaml gives, its marks
// included, and no text is read that has an error: QuickScannerTests holds the two together.

/// The events of the text at `range`, when it is certain that libyaml gives the same; nil when libyaml has to read it.
///
/// The text has passed `scanCharacters` and is ``CharacterScan/isPlain``.
func quickEvents(_ bytes: [UInt8], _ range: Span) -> [QuickEvent]? {
    bytes.withUnsafeBufferPointer { buffer in
        var scanner = QuickScanner(buffer, range)
        return scanner.scan() ? scanner.events : nil
    }
}

/// Block mappings and sequences whose scalars and flow collections have one line each.
///
/// Every method that can decline returns false to do so. The position then means nothing.
struct QuickScanner: ~Copyable {
    /// A block collection that is being read.
    private struct Block {
        var isSequence: Bool
        /// The column that its keys or hyphens stand in; of a sequence at the indentation of its key that of the mapping.
        var column: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let end: Int
    var position: Int
    var events: [QuickEvent] = []
    private var lineStart: Int
    private var blocks: [Block] = []
    /// Where the value of the last key or hyphen is when it turns out to have none; negative when it has its value.
    private var emptyValue = -1

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Span) {
        self.bytes = bytes
        end = range.end
        position = range.start
        lineStart = range.start
        // Front matter has an event in some eight bytes.
        events.reserveCapacity(16 + min(range.length, 1 << 16) / 8)
        blocks.reserveCapacity(8)
    }

    /// Reads the whole text.
    mutating func scan() -> Bool {
        guard findContent() else { return false }
        let start = position
        events.append(QuickEvent(.streamStart, start, start))
        events.append(QuickEvent(.documentStart, start, start))
        // The root is a block collection.
        guard isHyphen(at: position) ? beginSequence() : beginMapping() else { return false }
        while findContent() {
            guard line() else { return false }
        }
        fillEmptyValue()
        while !blocks.isEmpty { endBlock() }
        events.append(QuickEvent(.documentEnd, position, position))
        events.append(QuickEvent(.streamEnd, position, position))
        return true
    }

    // MARK: - Lines

    /// Goes to the next line that has more than a comment; false at the end.
    private mutating func findContent() -> Bool {
        while position < end {
            lineStart = position
            while position < end, bytes[position] == 0x20 { position += 1 }
            guard position < end else { return false }
            if bytes[position] == 0x23 {
                skipLine()
            } else if bytes[position] == 0x0A {
                position += 1
            } else {
                return true
            }
        }
        return false
    }

    private mutating func skipLine() {
        while position < end, bytes[position] != 0x0A { position += 1 }
        if position < end { position += 1 }
    }

    /// Goes to the next line; declines when there is more on this one than a comment that white space precedes.
    private mutating func endLine() -> Bool {
        let start = position
        while position < end, bytes[position] == 0x20 { position += 1 }
        guard position < end, bytes[position] != 0x0A else {
            if position < end { position += 1 }
            return true
        }
        guard bytes[position] == 0x23, position > start else { return false }
        skipLine()
        return true
    }

    private var column: Int { position - lineStart }

    /// Reads a line but the first, whose content begins here.
    private mutating func line() -> Bool {
        guard let last = blocks.last else { return false }
        let isHyphen = isHyphen(at: position)
        if emptyValue >= 0 {
            if column > last.column {
                emptyValue = -1
                return node()
            }
            if column == last.column, isHyphen, !last.isSequence {
                emptyValue = -1
                return beginSequence(end: position + 1)
            }
            fillEmptyValue()
        }
        while let block = blocks.last {
            // Behind a sequence at the indentation of its key the mapping goes on.
            guard column < block.column || column == block.column && block.isSequence && !isHyphen else { break }
            endBlock()
        }
        guard let block = blocks.last, block.column == column, block.isSequence == isHyphen else { return false }
        return isHyphen ? item() : entry()
    }

    private mutating func fillEmptyValue() {
        guard emptyValue >= 0 else { return }
        events.append(QuickEvent(.scalar, emptyValue, emptyValue))
        emptyValue = -1
    }

    // MARK: - Blocks

    /// Deeper blocks are left to libyaml.
    private static let depth = 24

    private func isHyphen(at offset: Int) -> Bool {
        bytes[offset] == 0x2D && (offset + 1 == end || bytes[offset + 1] == 0x20 || bytes[offset + 1] == 0x0A)
    }

    private mutating func endBlock() {
        guard let block = blocks.popLast() else { return }
        events.append(QuickEvent(block.isSequence ? .sequenceEnd : .mappingEnd, position, position))
    }

    /// Begins a sequence at the hyphen here. libyaml counts the hyphen in at the indentation of a key alone.
    private mutating func beginSequence(end: Int? = nil) -> Bool {
        guard blocks.count < QuickScanner.depth else { return false }
        events.append(QuickEvent(.sequenceStart, position, end ?? position))
        blocks.append(Block(isSequence: true, column: column))
        return item()
    }

    private mutating func beginMapping() -> Bool {
        guard blocks.count < QuickScanner.depth else { return false }
        events.append(QuickEvent(.mappingStart, position, position))
        blocks.append(Block(isSequence: false, column: column))
        return entry()
    }

    /// A hyphen, and what is on its line.
    private mutating func item() -> Bool {
        position += 1
        let mark = position
        guard !isEndOfLine() else {
            emptyValue = mark
            return endLine()
        }
        return node()
    }

    /// A key with its colon, and what is on its line.
    private mutating func entry() -> Bool {
        guard let key = scalar(), isColon(at: position) else { return false }
        return entry(key)
    }

    private mutating func entry(_ key: QuickEvent) -> Bool {
        guard isKeyLength(key) else { return false }
        events.append(key)
        position += 1
        let mark = position
        guard !isEndOfLine() else {
            emptyValue = mark
            return endLine()
        }
        return value()
    }

    /// Whether nothing but a comment is left of the line; goes to it.
    ///
    /// A comment here has white space before it, for a `#` beside a hyphen or a colon makes them a plain scalar.
    private mutating func isEndOfLine() -> Bool {
        let start = position
        while position < end, bytes[position] == 0x20 { position += 1 }
        guard position < end, bytes[position] != 0x0A, bytes[position] != 0x23 else {
            position = start
            return true
        }
        return false
    }

    /// What can stand behind a hyphen, or on a line of its own below a key.
    private mutating func node() -> Bool {
        if isHyphen(at: position) { return beginSequence() }
        let start = position
        guard let scalar = scalar() else { return flow() && endLine() }
        guard position < end, isColon(at: position) else {
            events.append(scalar)
            return endLine()
        }
        guard blocks.count < QuickScanner.depth else { return false }
        events.append(QuickEvent(.mappingStart, start, start))
        blocks.append(Block(isSequence: false, column: start - lineStart))
        return entry(scalar)
    }

    /// What can stand behind a key.
    private mutating func value() -> Bool {
        guard let scalar = scalar() else { return flow() && endLine() }
        events.append(scalar)
        return endLine()
    }

    private mutating func flow() -> Bool {
        bytes[position] == 0x5B || bytes[position] == 0x7B ? flowCollection(depth: 0) : false
    }

    // MARK: - Scalars

    /// libyaml takes nothing longer than 1,024 characters for a key without `?`; these are bytes.
    private static let longestKey = 1_000

    func isKeyLength(_ key: QuickEvent) -> Bool { Int(key.end - key.start) <= QuickScanner.longestKey }

    /// Whether the colon at `offset` ends a key.
    func isColon(at offset: Int) -> Bool {
        offset < end && bytes[offset] == 0x3A
            && (offset + 1 == end || bytes[offset + 1] == 0x20 || bytes[offset + 1] == 0x0A)
    }

    /// The scalar here, which ends at a colon or the end of the line.
    private mutating func scalar() -> QuickEvent? {
        let first = bytes[position]
        if first == 0x22 || first == 0x27 { return quoted(by: first) }
        guard canBeginPlain() else { return nil }
        let start = position
        var offset = position
        while offset < end {
            let byte = bytes[offset]
            if byte <= 0x3A {
                if byte == 0x0A || byte == 0x3A && isColon(at: offset) { break }
                if byte == 0x23, bytes[offset - 1] == 0x20 { break }
            }
            offset += 1
        }
        // A space before a colon is left to libyaml.
        if offset < end, bytes[offset] == 0x3A, bytes[offset - 1] == 0x20 { return nil }
        while bytes[offset - 1] == 0x20 { offset -= 1 }
        position = offset
        return QuickEvent(.scalar, start, offset)
    }

    /// Whether a plain scalar begins here. What is not certain does not.
    func canBeginPlain() -> Bool {
        switch bytes[position] {
        // Letters, digits, what is not ASCII; $ ( ) + / ; < = ^ _ ~
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, 0x24, 0x28, 0x29, 0x2B, 0x2F, 0x3B, 0x3C, 0x3D, 0x5E,
            0x5F,
            0x7E:
            return true
        case 0x2D, 0x2E:
            // -1 and .5, but neither --- nor ...
            guard position + 1 < end else { return false }
            switch bytes[position + 1] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
            default: return false
            }
        default: return false
        }
    }

    /// The scalar between the quotation marks here, when it has one line and nothing to decode.
    mutating func quoted(by mark: UInt8) -> QuickEvent? {
        let start = position
        var offset = position + 1
        while offset < end, bytes[offset] != mark {
            if bytes[offset] == 0x0A || bytes[offset] == 0x5C && mark == 0x22 { return nil }
            offset += 1
        }
        guard offset < end else { return nil }
        offset += 1
        // '' is a quotation mark; "" beside a scalar is an error.
        if offset < end, bytes[offset] == mark { return nil }
        position = offset
        return QuickEvent(.scalar, start, offset, style: mark == 0x22 ? .doubleQuoted : .singleQuoted)
    }
}

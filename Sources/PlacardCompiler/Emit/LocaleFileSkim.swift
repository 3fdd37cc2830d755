import ByteText
import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardEngine

/// Reads a locale file back: throws for exactly what clients' own reader throws for.
///
/// What that reader takes beyond doubt is seen without making a value of it; the rest it reads itself.
func checkLocaleFile(_ bytes: [UInt8]) throws(BundleError) {
    if let doubtful = LocaleFileSkim.doubtful(bytes) {
        if doubtful.isEmpty { return }
        do throws(BundleError) { return try LocaleFile(reading: doubtful).checkTexts() } catch {
            // Its words are to name the byte of the whole file.
        }
    }
    try LocaleFile(reading: bytes).checkTexts()
}

/// Looks through a locale file for what clients' reader takes beyond doubt: JSON as the compiler writes it, texts that are
/// strings, and messages without declarations whose placeholders the reader has taken before.
///
/// Of anything else it says that it does not know. `LocaleFileSkimTests` holds it to the reader.
struct LocaleFileSkim {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    /// Messages to be read in full, with their ids: `"a":{…}`.
    private var doubts: [Range<Int>] = []
    /// Placeholders and markup that the reader takes; a file has few that differ.
    private var known: [Range<Int>] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// - Returns: nil when only reading the whole file tells; else the same file with only those messages that are to be read
    ///   in full, and nothing at all when there are none.
    static func doubtful(_ bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { buffer in
            var skim = LocaleFileSkim(buffer)
            guard skim.file() else { return nil }
            guard !skim.doubts.isEmpty else { return [] }
            var rest: [UInt8] = Array(#"{"locale":"x","messages":{"#.utf8)
            for (index, doubt) in skim.doubts.enumerated() {
                if index > 0 { rest.append(0x2C) }
                rest += buffer[doubt]
            }
            return rest + Array(#"},"schema":"placard/locale/1"}"#.utf8)
        }
    }

    // MARK: The shape of the file

    private mutating func file() -> Bool {
        guard take(#"{"locale":"#), name(), take(#","messages":"#) else { return false }
        let isRead = members { skim, id in
            let start = skim.offset
            if skim.message() { return true }
            skim.offset = start
            guard skim.value(depth: 2) else { return false }
            skim.doubts.append(id.lowerBound - 1..<skim.offset)
            return true
        }
        return isRead && take(#","schema":"placard/locale/1"}"#) && offset == bytes.count
    }

    private mutating func message() -> Bool {
        var (hasLocale, hasDirection) = (false, false)
        let isRead = members { skim, key in
            if skim.holds(key, "actions") {
                return skim.members { skim, _ in skim.take(#"{"label":"#) && skim.text() && skim.take(0x7D) }
            }
            if skim.holds(key, "direction") {
                hasDirection = true
                return skim.take(#""ltr""#) || skim.take(#""rtl""#)
            }
            if skim.holds(key, "fallbacks") { return skim.members { skim, _ in skim.text() } }
            if skim.holds(key, "fields") { return skim.members { skim, _ in skim.field() } }
            if skim.holds(key, "locale") {
                hasLocale = true
                return skim.name()
            }
            return skim.holds(key, "push") && skim.push()
        }
        return isRead && hasLocale && hasDirection
    }

    private mutating func push() -> Bool {
        guard take(#"{"body":"#), text() else { return false }
        return take(0x7D) || take(#","title":"#) && text() && take(0x7D)
    }

    private mutating func field() -> Bool {
        if take(#"{"alt":"#) { return text() && take(0x7D) }
        if next == 0x5B {
            return elements { skim in
                skim.take(#"{"id":"#) && skim.name() && skim.take(#","text":"#) && skim.text() && skim.take(0x7D)
            }
        }
        return next == 0x7B && !isNext(messageStart) ? body() : text()
    }

    private mutating func body() -> Bool {
        var isPlain = false
        var isEmpty = true
        let isRead = members { skim, key in
            isEmpty = false
            if skim.holds(key, "html") || skim.holds(key, "text") {
                isPlain = isPlain || skim.next == 0x22
                return skim.text()
            }
            // What is one string in another format holds no message in its tree either.
            guard skim.holds(key, "mdast"), skim.next == 0x7B else { return false }
            return isPlain ? skim.value(depth: 6) : skim.node(depth: 6)
        }
        return isRead && !isEmpty
    }

    /// A text: a string, or a message without declarations.
    private mutating func text() -> Bool {
        if next == 0x22 { return string() }
        guard take(messageStart) else { return false }
        var count = 0
        let isRead = elements { skim in
            count += 1
            return skim.next == 0x22 ? skim.string() : skim.placeholder()
        }
        return isRead && count <= SyntaxLimits.standard.placeholders && take(#","type":"message"}"#)
    }

    private let messageStart: StaticString = #"{"declarations":[],"pattern":"#

    // MARK: Trees

    /// A node of a Markdown tree, or what stands in one, whose expressions are to be messages.
    private mutating func node(depth: Int) -> Bool {
        guard depth <= deepest else { return false }
        if next == 0x5B { return elements { $0.node(depth: depth + 1) } }
        guard next == 0x7B else { return value(depth: depth) }
        let start = offset
        var isExpression = false
        let isRead = members { skim, key in
            let value = skim.offset
            if skim.holds(key, "declarations") { return false }
            guard skim.holds(key, "type") else { return skim.node(depth: depth + 1) }
            guard skim.string() else { return false }
            let type = value + 1..<skim.offset - 1
            isExpression = skim.holds(type, "expression")
            return !skim.holds(type, "message") && !skim.holds(type, "select")
        }
        return isRead && (!isExpression || isPlaceholder(start..<offset))
    }

    /// An expression or markup of a pattern.
    private mutating func placeholder() -> Bool {
        let start = offset
        return next == 0x7B && value(depth: 8) && isPlaceholder(start..<offset)
    }

    /// Whether the reader takes these bytes, which are JSON, as a part of a pattern.
    private mutating func isPlaceholder(_ part: Range<Int>) -> Bool {
        for range in known where isSame(range, part) { return true }
        var text = Array(#"{"declarations":[],"pattern":["#.utf8)
        text += bytes[part]
        text += Array(#"],"type":"message"}"#.utf8)
        guard let json = try? JSONValue(parsing: text), (try? Message(json: json)) != nil else { return false }
        if known.count == mostKnown { known.removeFirst() }
        known.append(part)
        return true
    }

    // MARK: JSON

    /// Any value.
    private mutating func value(depth: Int) -> Bool {
        guard depth <= deepest, let byte = next else { return false }
        switch byte {
        case 0x22: return string()
        case 0x7B: return members { skim, _ in skim.value(depth: depth + 1) }
        case 0x5B: return elements { $0.value(depth: depth + 1) }
        case 0x74: return take("true")
        case 0x66: return take("false")
        case 0x6E: return take("null")
        default: return number()
        }
    }

    /// The members of an object, whose names rise, so that none is there twice, and hold no escapes.
    @inline(__always)
    private mutating func members(_ member: (inout LocaleFileSkim, Range<Int>) -> Bool) -> Bool {
        guard take(0x7B) else { return false }
        if take(0x7D) { return true }
        var last: Range<Int>?
        repeat {
            let start = offset + 1
            guard string() else { return false }
            let key = start..<offset - 1
            for place in key where bytes[place] == 0x5C { return false }
            if let last, !rises(last, key) { return false }
            guard take(0x3A), member(&self, key) else { return false }
            last = key
        } while take(0x2C)
        return take(0x7D)
    }

    private mutating func elements(_ element: (inout LocaleFileSkim) -> Bool) -> Bool {
        guard take(0x5B) else { return false }
        if take(0x5D) { return true }
        repeat { guard element(&self) else { return false } } while take(0x2C)
        return take(0x5D)
    }

    /// An integer of few digits.
    private mutating func number() -> Bool {
        _ = take(0x2D)
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
        return offset > start && offset - start <= 15 && (bytes[start] != 0x30 || offset == start + 1)
    }

    /// A string that is not empty.
    private mutating func name() -> Bool {
        let start = offset
        return string() && offset > start + 2
    }

    /// A string in UTF-8, with no escapes but those of one letter.
    private mutating func string() -> Bool {
        guard take(0x22) else { return false }
        while true {
            offset = bytes.firstIndex(
                from: offset, marks: { $0.beyondPrintable | $0.equal(0x22) | $0.equal(0x5C) },
                where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 >= 0x80 })
            // Letters that are no ASCII have others beside them.
            while let byte = next, byte >= 0x80 { guard character() else { return false } }
            guard let byte = next else { return false }
            switch byte {
            case 0x22:
                offset += 1
                return true
            case 0x5C:
                guard offset + 1 < bytes.count else { return false }
                switch bytes[offset + 1] {
                case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: offset += 2
                default: return false
                }
            case 0..<0x20: return false
            default: break
            }
        }
    }

    /// A character of several bytes (The Unicode Standard, table 3-7).
    private mutating func character() -> Bool {
        let lead = bytes[offset]
        offset += 1
        switch lead {
        case 0xC2...0xDF: return continues(1)
        case 0xE0: return continues(2, from: 0xA0)
        case 0xED: return continues(2, to: 0x9F)
        case 0xE1...0xEF: return continues(2)
        case 0xF0: return continues(3, from: 0x90)
        case 0xF1...0xF3: return continues(3)
        case 0xF4: return continues(3, to: 0x8F)
        default: return false
        }
    }

    /// The bytes of a character behind its first.
    private mutating func continues(_ count: Int, from least: UInt8 = 0x80, to most: UInt8 = 0xBF) -> Bool {
        guard offset + count <= bytes.count, bytes[offset] >= least, bytes[offset] <= most else { return false }
        for place in offset + 1..<offset + count { guard bytes[place] & 0xC0 == 0x80 else { return false } }
        offset += count
        return true
    }

    // MARK: Bytes

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard isNext(text) else { return false }
        offset += text.utf8CodeUnitCount
        return true
    }

    private func isNext(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        return bytes.count - offset >= count && holds(offset..<offset + count, text)
    }

    private func holds(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        let wanted = text.utf8Start
        for index in 0..<range.count where bytes[range.lowerBound + index] != wanted[index] { return false }
        return true
    }

    private func isSame(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count else { return false }
        for index in 0..<a.count where bytes[a.lowerBound + index] != bytes[b.lowerBound + index] { return false }
        return true
    }

    /// Whether the second name comes behind the first.
    private func rises(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        for index in 0..<min(first.count, second.count) {
            let (a, b) = (bytes[first.lowerBound + index], bytes[second.lowerBound + index])
            if a != b { return a < b }
        }
        return first.count < second.count
    }
}

/// How deep a value is looked into, far from where the reader stops.
private let deepest = JSONValue.nestingLimit / 2

/// How many placeholders are remembered.
private let mostKnown = 32

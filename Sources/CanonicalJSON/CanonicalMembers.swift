import ByteText

// A text in canonical form need not become a tree to be taken apart: it has no white space, and members stand in one order.

/// One member of an object, as places in the text that it stands in.
struct CanonicalMember {
    /// The name, without escapes.
    var name: String
    /// From the name's quotation mark to behind the value.
    var whole: Range<Int>
    /// The value.
    var value: Range<Int>
}

/// JSON in canonical form, to be walked over. What is skipped is looked at no closer than to find its end.
struct CanonicalText {
    let bytes: UnsafeBufferPointer<UInt8>

    func error(_ place: Int) -> JSONParseError {
        JSONParseError(offset: place, message: "this is not the canonical form of JSON")
    }

    func byte(_ place: Int) throws(JSONParseError) -> UInt8 {
        guard place < bytes.count else { throw error(place) }
        return bytes[place]
    }

    /// The place behind the value that begins at `start`; its time grows with the value's length alone.
    func end(from start: Int) throws(JSONParseError) -> Int {
        var place = start
        var depth = 0
        repeat {
            let begin = place
            switch try byte(place) {
            case 0x22: place = try stringEnd(from: place)
            case 0x7B, 0x5B:
                depth += 1
                place += 1
            case 0x7D, 0x5D:
                depth -= 1
                place += 1
            case 0x2C, 0x3A: place += 1
            default:
                while place < bytes.count, isInScalar(bytes[place]) { place += 1 }
            }
            guard place > begin, depth >= 0, depth > 0 || !isPunctuation(bytes[begin]) else { throw error(begin) }
        } while depth > 0
        return place
    }

    /// Bytes of numbers, `true`, `false` and `null`.
    private func isInScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    private func isPunctuation(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x3A }

    private func stringEnd(from start: Int) throws(JSONParseError) -> Int {
        var place = start + 1
        while true {
            place = firstToEscape(bytes, from: place)
            switch try byte(place) {
            case 0x22: return place + 1
            case 0x5C: place += 2
            default: throw error(place)
            }
        }
    }

    /// The text of the string at a place.
    func string(_ range: Range<Int>) throws(JSONParseError) -> String {
        let inside = UnsafeBufferPointer(rebasing: bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])
        if !inside.contains(0x5C) { return String(decoding: inside, as: UTF8.self) }
        guard let string = try JSONValue(parsing: Array(bytes[range])).string else { throw error(range.lowerBound) }
        return string
    }

    /// The value of an object's member; nil where there is none, or no object.
    func member(_ name: String, of value: Range<Int>) throws(JSONParseError) -> Range<Int>? {
        guard bytes[value.lowerBound] == 0x7B else { return nil }
        var members = CanonicalMembers(self, at: value.lowerBound)
        while let member = try members.next() {
            if sameBytes(member.name, name) { return member.value }
        }
        return nil
    }

    /// Whether a value holds a member that is `null`, not counting what stands in its arrays: a patch cannot say it.
    func hasNullMember(_ value: Range<Int>, depth: Int) throws(JSONParseError) -> Bool {
        guard bytes[value.lowerBound] == 0x7B else { return false }
        guard depth < JSONValue.nestingLimit else { throw error(value.lowerBound) }
        var members = CanonicalMembers(self, at: value.lowerBound)
        while let member = try members.next() {
            if bytes[member.value.lowerBound] == 0x6E { return true }
            if try hasNullMember(member.value, depth: depth + 1) { return true }
        }
        return false
    }
}

/// The members of one object, from the first to the last.
struct CanonicalMembers {
    private let text: CanonicalText
    private var place: Int
    private var last: String?
    private var isFirst = true

    /// - Parameter place: of the object's brace.
    init(_ text: CanonicalText, at place: Int) {
        (self.text, self.place) = (text, place + 1)
    }

    /// The next member; nil behind the last.
    ///
    /// - Throws: ``JSONParseError``, also when the names are not in the canonical order.
    mutating func next() throws(JSONParseError) -> CanonicalMember? {
        if isFirst, try text.byte(place) == 0x7D { return nil }
        if !isFirst {
            if try text.byte(place) == 0x7D { return nil }
            guard try text.byte(place) == 0x2C else { throw text.error(place) }
            place += 1
        }
        isFirst = false
        guard try text.byte(place) == 0x22 else { throw text.error(place) }
        let start = place
        let nameEnd = try text.end(from: place)
        let name = try text.string(start..<nameEnd)
        if let last, !canonicalKeyPrecedes(last, name) { throw text.error(start) }
        last = name
        guard try text.byte(nameEnd) == 0x3A else { throw text.error(nameEnd) }
        let end = try text.end(from: nameEnd + 1)
        place = end
        return CanonicalMember(name: name, whole: start..<end, value: (nameEnd + 1)..<end)
    }
}

import ByteText

extension JSONValue {
    /// Parses a text of which one large member is handed over part by part, so that no more than a part of it is ever held.
    ///
    /// - Parameters:
    ///   - text: one JSON text, as for ``init(parsing:)``.
    ///   - name: a member of the text's object. Where it holds an object or an array, it is an empty one in the result.
    ///   - take: is given each member or element of it as it is read.
    /// - Throws: ``JSONParseError``; what has been handed over by then is of a text that is no JSON.
    public init(
        parsing text: UnsafeBufferPointer<UInt8>, partsOf name: String, _ take: (JSONPart) -> Void
    ) throws(JSONParseError) {
        var parser = JSONParser(bytes: text)
        self = try parser.text { parser throws(JSONParseError) in
            guard parser.next == 0x7B else { return try parser.value(depth: 0) }
            return try parser.members { parser, key throws(JSONParseError) in
                sameBytes(key, name) ? try parser.parts(take) : try parser.value(depth: 1)
            }
        }
    }
}

/// A member or an element of an object or an array that is read part by part.
public struct JSONPart: Sendable {
    /// The member's name; nil for an element of an array.
    public var name: String?
    /// What it holds.
    public var value: JSONValue
    /// Where ``value`` stands in the text.
    public var place: Range<Int>
    /// The same with the member's name.
    public var whole: Range<Int>
}

extension JSONParser {
    /// Hands over what an object or an array holds, and leaves an empty one; any other value is read as it is.
    fileprivate mutating func parts(_ take: (JSONPart) -> Void) throws(JSONParseError) -> JSONValue {
        switch next {
        case 0x7B:
            try memberParts(take)
            return .object(JSONObject())
        case 0x5B:
            var isFirst = true
            while try begins(&isFirst, end: 0x5D) { take(try part(nil, from: offset)) }
            return .array([])
        default: return try value(depth: 1)
        }
    }

    private mutating func part(_ name: String?, from start: Int) throws(JSONParseError) -> JSONPart {
        let place = offset
        let value = try value(depth: 2)
        return JSONPart(name: name, value: value, place: place..<offset, whole: start..<offset)
    }

    /// Hands over the members of an object. Their names are not held where they come in order, as none can be there twice then.
    private mutating func memberParts(_ take: (JSONPart) -> Void) throws(JSONParseError) {
        let start = offset
        var last: String?
        var names: Set<[UInt8]>?
        var isFirst = true
        while try begins(&isFirst, end: 0x7D) {
            let place = offset
            let key = try memberName()
            if names == nil, let last, !utf8Less(last, key) { names = try self.names(from: start, to: place) }
            guard names?.insert(Array(key.utf8)).inserted != false else {
                throw error("duplicate member \"\(key)\"", at: place)
            }
            last = key
            take(try part(key, from: place))
        }
    }

    /// The names of an object's members that have been read once, from its brace to a place behind a comma.
    private func names(from start: Int, to end: Int) throws(JSONParseError) -> Set<[UInt8]> {
        var parser = self
        parser.offset = start
        var names: Set<[UInt8]> = []
        var isFirst = true
        while try parser.begins(&isFirst, end: 0x7D), parser.offset < end {
            names.insert(Array(try parser.memberName().utf8))
            _ = try parser.value(depth: 2)
        }
        return names
    }

    /// Goes to the next member or element; false behind the last, and behind the bracket.
    private mutating func begins(_ isFirst: inout Bool, end: UInt8) throws(JSONParseError) -> Bool {
        if isFirst { offset += 1 }
        skipSpace()
        if isFirst || next != 0x2C {
            if take(end) { return false }
            guard isFirst else { throw error("expected ',' or '\(end == 0x7D ? "}" : "]")'") }
        } else {
            offset += 1
            skipSpace()
        }
        isFirst = false
        return true
    }

    /// The name of a member, up to its value.
    private mutating func memberName() throws(JSONParseError) -> String {
        guard next == 0x22 else { throw error("expected a member name") }
        let key = try string()
        skipSpace()
        guard take(0x3A) else { throw error("expected ':'") }
        skipSpace()
        return key
    }
}

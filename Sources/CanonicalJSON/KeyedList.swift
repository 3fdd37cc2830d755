import ByteText

/// A list of objects in a text in canonical form, seen as an object of them by what one of their members says.
///
/// A merge patch replaces lists whole. Of `{"messages":[{"id":"a",…},{"id":"b",…}]}`, with the list `messages` by `id`, the object
/// is `{"messages":{"a":{"id":"a",…},"b":{"id":"b",…}}}`, of which a patch can change one message.
public struct KeyedList: Sendable {
    let list: String
    let key: String

    /// The list that is the member `list` of a text's object, by the member `key` of its elements, a string.
    public init(_ list: String, by key: String) {
        (self.list, self.key) = (list, key)
    }

    /// The text with an object in the list's place.
    ///
    /// - Parameter bytes: JSON in canonical form.
    /// - Throws: ``JSONParseError`` when it is not, has no such list, or one with an element without the key, or two with the
    ///   same.
    public func object(of bytes: [UInt8]) throws(JSONParseError) -> [UInt8] {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONParseError) in
            let text = CanonicalText(bytes: buffer)
            let place = try self.place(in: text, begins: 0x5B)
            var elements: [CanonicalMember] = []
            var all = KeyedElements(text, by: key, at: place.lowerBound)
            while let element = try all.next() { elements.append(element) }
            if !isSorted(elements, by: canonicalKeyPrecedes) {
                elements.sort { canonicalKeyPrecedes($0.name, $1.name) }
                guard isSorted(elements, by: canonicalKeyPrecedes) else {
                    throw JSONParseError(offset: place.lowerBound, message: "two elements have the same \(key)")
                }
            }
            return write(elements, text, in: place, brackets: (0x7B, 0x7D)) { element, bytes in
                bytes.append(UnsafeBufferPointer(rebasing: text.bytes[element.whole]))
                bytes.append(0x3A)
            }
        }
    }

    /// The text with a list again in the object's place, its elements in the order of their names' UTF-8.
    ///
    /// - Parameter bytes: JSON in canonical form.
    /// - Throws: ``JSONParseError`` when it is not, or has no such object.
    public func list(of bytes: [UInt8]) throws(JSONParseError) -> [UInt8] {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONParseError) in
            let text = CanonicalText(bytes: buffer)
            let place = try self.place(in: text, begins: 0x7B)
            var elements: [CanonicalMember] = []
            var members = CanonicalMembers(text, at: place.lowerBound)
            while let member = try members.next() { elements.append(member) }
            // Nearly always the same order: they differ where characters beyond U+FFFF meet those from U+E000 on.
            if !isSorted(elements, by: precedes) { elements.sort { precedes($0.name, $1.name) } }
            return write(elements, text, in: place, brackets: (0x5B, 0x5D)) { _, _ in }
        }
    }

    /// Whether a text's list and what a patch has for it can be walked over side by side: all names are in the order of their
    /// UTF-8, and none has characters that stand elsewhere in the canonical order.
    ///
    /// - Throws: ``JSONParseError`` when the text has no such list, or the patch would leave none.
    func isInOneOrder(
        _ text: CanonicalText, _ value: Range<Int>, _ patch: CanonicalText, _ change: Range<Int>
    ) throws(JSONParseError) -> Bool {
        guard let place = try text.member(list, of: value), text.bytes[place.lowerBound] == 0x5B else {
            throw text.error(0)
        }
        var elements = KeyedElements(text, by: key, at: place.lowerBound)
        var last: String?
        while let element = try elements.next() {
            guard isBelowSurrogates(element.name), last.map({ precedes($0, element.name) }) ?? true else {
                return false
            }
            last = element.name
        }
        guard patch.bytes[change.lowerBound] == 0x7B else { throw patch.error(change.lowerBound) }
        guard let changes = try patch.member(list, of: change) else { return true }
        guard patch.bytes[changes.lowerBound] == 0x7B else { throw patch.error(changes.lowerBound) }
        var members = CanonicalMembers(patch, at: changes.lowerBound)
        while let member = try members.next() {
            guard isBelowSurrogates(member.name) else { return false }
        }
        return true
    }

    /// Whether all characters are below U+E000, where the order by UTF-16 and that by UTF-8 part.
    private func isBelowSurrogates(_ name: String) -> Bool { name.utf8.allSatisfy { $0 < 0xEE } }

    private func isSorted(_ elements: [CanonicalMember], by precedes: (String, String) -> Bool) -> Bool {
        var index = 1
        while index < elements.count {
            guard precedes(elements[index - 1].name, elements[index].name) else { return false }
            index += 1
        }
        return true
    }

    private func precedes(_ one: String, _ other: String) -> Bool { one.utf8.lexicographicallyPrecedes(other.utf8) }

    private func place(in text: CanonicalText, begins: UInt8) throws(JSONParseError) -> Range<Int> {
        let end = try text.end(from: 0)
        guard end == text.bytes.count, let place = try text.member(list, of: 0..<end),
            text.bytes[place.lowerBound] == begins
        else { throw text.error(0) }
        return place
    }

    private func write(
        _ elements: [CanonicalMember], _ text: CanonicalText, in place: Range<Int>,
        brackets: (open: UInt8, close: UInt8),
        name: (CanonicalMember, inout [UInt8]) -> Void
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.bytes.count)
        bytes.append(UnsafeBufferPointer(rebasing: text.bytes[..<place.lowerBound]))
        bytes.append(brackets.open)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            name(element, &bytes)
            bytes.append(UnsafeBufferPointer(rebasing: text.bytes[element.value]))
        }
        bytes.append(brackets.close)
        bytes.append(UnsafeBufferPointer(rebasing: text.bytes[place.upperBound...]))
        return bytes
    }
}

/// The objects of a list, from the first to the last, as members that one of their own members names.
struct KeyedElements {
    private let text: CanonicalText
    private let key: String
    private var place: Int
    private var isFirst = true

    /// - Parameter place: of the list's bracket.
    init(_ text: CanonicalText, by key: String, at place: Int) {
        (self.text, self.key, self.place) = (text, key, place + 1)
    }

    /// The next object, with the place of its name as ``CanonicalMember/whole``; nil behind the last.
    ///
    /// - Throws: ``JSONParseError``, also for an element without the key.
    mutating func next() throws(JSONParseError) -> CanonicalMember? {
        guard try text.byte(place) != 0x5D else { return nil }
        if !isFirst {
            guard try text.byte(place) == 0x2C else { throw text.error(place) }
            place += 1
        }
        isFirst = false
        let value = place..<(try text.end(from: place))
        guard let name = try text.member(key, of: value), text.bytes[name.lowerBound] == 0x22 else {
            throw text.error(place)
        }
        place = value.upperBound
        return CanonicalMember(name: try text.string(name), whole: name, value: value)
    }
}

import ByteText

/// A list of objects in a text in canonical form, seen as an object of them by what one of their members says.
///
/// A merge patch replaces lists whole. Of `{"messages":[{"id":"a",…},{"id":"b",…}]}`, with the list `messages` by `id`, the object
/// is `{"messages":{"a":{"id":"a",…},"b":{"id":"b",…}}}`, of which a patch can change one message.
public struct KeyedList: Sendable {
    private let list: String
    private let key: String

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
            var elements: [Element] = []
            var next = place.lowerBound + 1
            while try text.byte(next) != 0x5D {
                if !elements.isEmpty {
                    guard try text.byte(next) == 0x2C else { throw text.error(next) }
                    next += 1
                }
                let value = next..<(try text.end(from: next))
                guard let member = try self.member(key, of: value, in: text), text.bytes[member.lowerBound] == 0x22
                else {
                    throw text.error(next)
                }
                elements.append(Element(name: try text.string(member), place: member, value: value))
                next = value.upperBound
            }
            if !isSorted(elements, by: canonicalKeyPrecedes) {
                elements.sort { canonicalKeyPrecedes($0.name, $1.name) }
                guard isSorted(elements, by: canonicalKeyPrecedes) else {
                    throw JSONParseError(offset: place.lowerBound, message: "two elements have the same \(key)")
                }
            }
            return write(elements, text, in: place, brackets: (0x7B, 0x7D)) { element, bytes in
                bytes.append(UnsafeBufferPointer(rebasing: text.bytes[element.place]))
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
            var elements: [Element] = []
            var members = CanonicalMembers(text, at: place.lowerBound)
            while let member = try members.next() {
                elements.append(Element(name: member.name, place: member.whole, value: member.value))
            }
            // Nearly always the same order: they differ where characters beyond U+FFFF meet those from U+E000 on.
            if !isSorted(elements, by: precedes) { elements.sort { precedes($0.name, $1.name) } }
            return write(elements, text, in: place, brackets: (0x5B, 0x5D)) { _, _ in }
        }
    }

    /// One object of the list.
    private struct Element {
        var name: String
        var place: Range<Int>
        var value: Range<Int>
    }

    private func isSorted(_ elements: [Element], by precedes: (String, String) -> Bool) -> Bool {
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
        guard end == text.bytes.count, let place = try member(list, of: 0..<end, in: text),
            text.bytes[place.lowerBound] == begins
        else { throw text.error(0) }
        return place
    }

    private func member(_ name: String, of value: Range<Int>, in text: CanonicalText) throws(JSONParseError) -> Range<
        Int
    >? {
        guard text.bytes[value.lowerBound] == 0x7B else { return nil }
        var members = CanonicalMembers(text, at: value.lowerBound)
        while let member = try members.next() {
            if sameBytes(member.name, name) { return member.value }
        }
        return nil
    }

    private func write(
        _ elements: [Element], _ text: CanonicalText, in place: Range<Int>, brackets: (open: UInt8, close: UInt8),
        name: (Element, inout [UInt8]) -> Void
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

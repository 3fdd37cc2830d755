import ByteText

/// A JSON value (RFC 8259) in memory.
///
/// Numbers are IEEE 754 doubles, as RFC 8785 (and RFC 7493) require.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// An integer as a JSON number; exact up to 2^53 in magnitude.
    public static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }

    /// The text of a string; nil for anything else.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The value of `true` or `false`; nil for anything else.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value of a number; nil for anything else.
    public var number: Double? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The number, when it is an integer that a double holds exactly.
    public var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int(exactly: value)
    }

    /// The elements of an array; nil for anything else.
    public var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object; nil for anything else.
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member `key` of an object; nil for anything else.
    public subscript(_ key: String) -> JSONValue? { object?[key] }

    /// Whether it is `null`.
    public var isNull: Bool { self == .null }
}

/// The members of a JSON object in the order they were written; two objects are equal in any order.
public struct JSONObject: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    /// One name and its value.
    public struct Member: Equatable, Sendable {
        /// The name, without escapes.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// A member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The members in their order; no name is there twice.
    public private(set) var members: [Member]

    /// The members in that order; of two with one name the later value stands in the place of the earlier.
    public init(_ members: [Member] = []) {
        self.members = []
        for member in members { self[member.key] = member.value }
    }

    /// The members as they are, without a look for repeated names: for callers that know that the names differ.
    public init(distinct members: [Member]) {
        self.members = members
    }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Member(key: $0.0, value: $0.1) })
    }

    /// The value of `key`; setting nil removes it, setting a new key appends it.
    public subscript(_ key: String) -> JSONValue? {
        get { members.first { sameBytes($0.key, key) }?.value }
        set {
            let index = members.firstIndex { sameBytes($0.key, key) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }
    /// The names in their order.
    public var keys: [String] { members.map { $0.key } }

    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.count == b.members.count && a.members.allSatisfy { b[$0.key] == $0.value }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
}

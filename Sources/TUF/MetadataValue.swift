/// A JSON value as metadata holds it: numbers are integers, of any size, and are never rounded.
///
/// CanonicalJSON's value follows RFC 8785, where a number is a double; a signature over 9007199254740993 must not
/// become one over 9007199254740992. Hence a value of its own (TUF specification 1.0, section 4.2, "File formats:
/// general principles").
public indirect enum MetadataValue: Sendable {
    case null
    case bool(Bool)
    /// An integer in decimal, as ``init(parsing:)`` normalizes it: without a sign before zero.
    case integer(digits: String)
    case string(String)
    case array([MetadataValue])
    /// The members in the order they were written; no two have the same name.
    case object([Member])

    /// A member of an object.
    public struct Member: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The value.
        public var value: MetadataValue

        /// A member.
        public init(_ name: String, _ value: MetadataValue) {
            self.name = name
            self.value = value
        }
    }

    /// The string, when the value is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The integer, when the value is one that `Int` holds.
    public var integer: Int? {
        if case .integer(let digits) = self { Int(digits) } else { nil }
    }

    /// The elements, when the value is an array.
    public var array: [MetadataValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, when the value is an object.
    public var members: [Member]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member `name` of an object; nil when there is none, and for anything else.
    public subscript(_ name: String) -> MetadataValue? {
        members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}

extension MetadataValue: Equatable {
    /// The same values with the same scalars; Unicode's canonical equivalence is not sameness for a signature.
    public static func == (a: MetadataValue, b: MetadataValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let x), .bool(let y)): x == y
        case (.integer(let x), .integer(let y)), (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
        case (.array(let x), .array(let y)): x == y
        case (.object(let x), .object(let y)):
            x.count == y.count && x.allSatisfy { member in b[member.name] == member.value }
        default: false
        }
    }
}

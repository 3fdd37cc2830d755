/// A value of the Common Expression Language.
///
/// Source: google/cel-spec, doc/langdef.md, "Values". Equality of the language is ``equals(_:)``; the enumeration
/// is deliberately not `Equatable`, because `1 == 1u` and `NaN != NaN` would surprise a Swift reader.
public enum CELValue: Sendable {
    /// The value `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A 64-bit signed integer.
    case int(Int64)
    /// A 64-bit unsigned integer.
    case uint(UInt64)
    /// An IEEE 754 double.
    case double(Double)
    /// A sequence of Unicode code points; compared without normalization.
    case string(String)
    /// A sequence of octets.
    case bytes([UInt8])
    /// A list, whose elements may differ in type.
    case list([CELValue])
    /// A map with keys of type bool, int, uint or string.
    case map(CELMap)
    /// A type as a value, such as what `type(1)` gives.
    case type(CELType)
    /// A moment, `google.protobuf.Timestamp`.
    case timestamp(CELTimestamp)
    /// A span of time, `google.protobuf.Duration`.
    case duration(CELDuration)
    /// An optional value, `optional_type(T)`.
    case optional(CELOptional)
    /// A value of an object type that the host declared.
    case object(CELObject)
    /// A Semantic Versioning 2.0 version, as `semver("3.2.0")` makes.
    case version(SemanticVersion)
    /// An IP address, `net.IP`.
    case ip(IPAddress)
    /// A range of IP addresses, `net.CIDR`.
    case cidr(CIDR)

    /// The value's type at run time; the type parameters of lists and maps are `dyn`.
    public var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dyn)
        case .map: .map(.dyn, .dyn)
        case .type: .type(.dyn)
        case .timestamp: .timestamp
        case .duration: .duration
        case .optional: .optional(.dyn)
        case .object(let object): .object(object.type.name)
        case .version: .version
        case .ip: .ip
        case .cidr: .cidr
        }
    }
}

/// The content of an optional value: something or nothing.
///
/// A class, so that a ``CELValue`` stays small.
public final class CELOptional: Sendable {
    /// The value held; nil for `optional.none()`.
    public let value: CELValue?

    /// Wraps a value, or nothing.
    public init(_ value: CELValue?) {
        self.value = value
    }

    /// `optional.none()`.
    public static let none = CELOptional(nil)
}

extension CELValue {
    /// The Boolean, or nil for any other value.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The signed integer, or nil for any other value.
    public var intValue: Int64? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The string, or nil for any other value.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements, or nil for anything but a list.
    public var listValue: [CELValue]? {
        if case .list(let value) = self { value } else { nil }
    }

    /// The map, or nil for any other value.
    public var mapValue: CELMap? {
        if case .map(let value) = self { value } else { nil }
    }
}

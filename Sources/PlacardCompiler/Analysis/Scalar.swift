import CEL
import CanonicalJSON

/// A value of a field that can be compared: what representatives are made of.
enum Scalar: Hashable, Sendable {
    /// UTF-8, so that equality is by code points as in CEL.
    case string([UInt8])
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case timestamp(CELTimestamp)
    case duration(CELDuration)
    case version(SemanticVersion)

    /// A constant of an expression; nil for lists, maps and what JSON cannot carry exactly.
    init?(_ value: CELValue) {
        switch value {
        case .string(let text): self = .string(Array(text.utf8))
        case .bool(let flag): self = .bool(flag)
        case .int(let number):
            guard number.magnitude < 1 << 53 else { return nil }
            self = .int(number)
        case .uint(let number):
            guard number < 1 << 53 else { return nil }
            self = .uint(number)
        case .double(let number):
            guard number.isFinite else { return nil }
            self = .double(number)
        case .timestamp(let moment): self = .timestamp(moment)
        case .duration(let length): self = .duration(length)
        case .version(let version): self = .version(version)
        default: return nil
        }
    }

    /// -1, 0 or 1 as `self` is less than, equal to or greater than `other`; nil for different kinds.
    func order(_ other: Scalar) -> Int? {
        func compare<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
        switch (self, other) {
        case (.string(let a), .string(let b)): return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
        case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
        case (.int(let a), .int(let b)): return compare(a, b)
        case (.uint(let a), .uint(let b)): return compare(a, b)
        case (.double(let a), .double(let b)): return compare(a, b)
        case (.timestamp(let a), .timestamp(let b)): return compare(a, b)
        case (.duration(let a), .duration(let b)): return compare(a, b)
        case (.version(let a), .version(let b)): return compare(a, b)
        default: return nil
        }
    }

    /// As a client gives it.
    var json: JSONValue {
        switch self {
        case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .bool(let flag): .bool(flag)
        case .int(let number): .number(Double(number))
        case .uint(let number): .number(Double(number))
        case .double(let number): .number(number)
        case .timestamp(let moment): .string(moment.rfc3339)
        case .duration(let length): .string(length.decimalSeconds)
        case .version(let version): .string(version.text)
        }
    }
}

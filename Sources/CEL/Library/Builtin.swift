/// A function of the standard library or an extension, as the evaluator dispatches it.
///
/// One case stands for all overloads of a name and call style; which one applies is seen from the values.
enum Builtin: UInt8, Sendable {
    // Operators.
    case equals, notEquals, less, lessOrEqual, greater, greaterOrEqual
    case add, subtract, multiply, divide, modulo, negate, not, and, or, conditional
    case index, optionalIndex, isIn
    // Standard functions.
    case size, contains, startsWith, endsWith, matches
    case toBool, toBytes, toDouble, toDuration, toDyn, toInt, toString, toTimestamp, toType, toUint
    case getDate, getDayOfMonth, getDayOfWeek, getDayOfYear, getFullYear, getMonth
    case getHours, getMinutes, getSeconds, getMilliseconds
    // Strings.
    case charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim, join, quote, reverse
    case format
    // Math.
    case greatest, least, ceil, floor, round, trunc, abs, sign, isNaN, isInf, isFinite, squareRoot
    case bitAnd, bitOr, bitXor, bitNot, bitShiftLeft, bitShiftRight
    // Lists and sets.
    case slice, flatten, sort, distinct, range, first, last
    case setContains, setEquivalent, setIntersects
    // Encoders.
    case base64Encode, base64Decode
    // Optionals.
    case optionalOf, optionalOfNonZero, optionalNone, hasValue, optionalValue, optionalOr, optionalOrValue
    case unwrapOptionals
    // Network.
    case ip, cidr, isIP, isCIDR, isCanonical, family, isLoopback, isGlobalUnicast, isLinkLocalMulticast
    case isLinkLocalUnicast, isUnspecified, containsIP, containsCIDR, masked, prefixLength, cidrIP
    // Versions.
    case semver, isSemver, isGreaterThan, isLessThan, compareTo, major, minor, patch
    /// A function of the host.
    case custom
}

extension Builtin {
    /// The work that a call takes whatever its arguments are: most for what reads or makes a notation.
    var fixedWork: Int {
        switch self {
        case .size, .negate, .toDyn, .toType, .hasValue, .optionalOr, .optionalOrValue, .optionalValue: 4
        case .toString, .toDouble, .toTimestamp, .toDuration, .semver, .isSemver, .ip, .cidr, .isIP, .isCIDR,
            .isCanonical, .containsIP, .containsCIDR, .masked, .format, .matches, .replace, .split:
            48
        default: 12
        }
    }

    /// The work for an argument of so many bytes.
    func work(bytes: Int) -> Int {
        switch self {
        // Scalars are taken apart and put together.
        case .reverse: bytes
        case .size, .optionalOf, .optionalOfNonZero, .optionalOr, .optionalOrValue, .toDyn, .toType, .contains:
            Work.copying(bytes)
        default: Work.working(bytes)
        }
    }

    /// The name of one of the string tests, for errors.
    var name: String {
        switch self {
        case .contains: "contains"
        case .startsWith: "startsWith"
        case .endsWith: "endsWith"
        default: operatorName
        }
    }
}

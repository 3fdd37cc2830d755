import ByteText

/// The operands of plural rules: what they see of a formatted number (UTS 35, part 3, "Plural Operand Meanings").
///
/// The operand `n`, the absolute value, is ``i`` where ``isInteger``; else no rule of CLDR tells its values apart.
public struct PluralOperands: Hashable, Sendable {
    /// Integer digits of the absolute value.
    public var i: UInt64
    /// Number of visible fraction digits, with trailing zeros.
    public var v: Int
    /// Number of visible fraction digits, without trailing zeros.
    public var w: Int
    /// Visible fraction digits, with trailing zeros, as an integer.
    public var f: UInt64
    /// Visible fraction digits, without trailing zeros, as an integer.
    public var t: UInt64
    /// Exponent of the compact form; `e` is its old name.
    public var c: Int

    /// The most characters of a number that are read.
    public static let lengthLimit = 1_100
    /// The largest exponent that is read.
    public static let exponentLimit = 1_000

    /// Whether the value is an integer, however many zeros are shown.
    public var isInteger: Bool { t == 0 }

    /// The operands of an integer.
    public init(_ value: Int64) {
        i = value.magnitude
        v = 0
        w = 0
        f = 0
        t = 0
        c = 0
    }

    /// The operands of a decimal string as it is shown, such as `1.50`, `-3` or `1.2c6`; nil when it is none.
    ///
    /// Of more than 18 digits the last 18 are kept below 10 to the 18th, so that all remainders the rules ask for are
    /// exact. The digits are ASCII, the decimal separator a full stop.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= PluralOperands.lengthLimit else { return nil }
        var at = bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") ? 1 : 0
        var integer = PluralOperands.digits(bytes, &at)
        var fraction: ArraySlice<UInt8> = []
        if integer.isEmpty { return nil }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            fraction = PluralOperands.digits(bytes, &at)
            if fraction.isEmpty { return nil }
        }
        var exponent = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: "c") || bytes[at] == UInt8(ascii: "e") {
            at += 1
            let digits = PluralOperands.digits(bytes, &at)
            exponent = Int(PluralOperands.value(digits))
            if digits.isEmpty || exponent > PluralOperands.exponentLimit { return nil }
        }
        guard at == bytes.count else { return nil }
        // The other operands are those of the number written out.
        let shifted = fraction.prefix(exponent)
        integer += shifted
        integer += [UInt8](repeating: UInt8(ascii: "0"), count: exponent - shifted.count)
        self.init(integer: integer, fraction: fraction.dropFirst(exponent), exponent: exponent)
    }

    private init(integer: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>, exponent: Int) {
        var significant = fraction
        while significant.last == UInt8(ascii: "0") { significant.removeLast() }
        i = PluralOperands.value(integer)
        v = fraction.count
        w = significant.count
        f = PluralOperands.value(fraction)
        t = PluralOperands.value(significant)
        c = exponent
    }

    private static func digits(_ bytes: [UInt8], _ at: inout Int) -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, bytes[at].isASCIIDigit { at += 1 }
        return bytes[start..<at]
    }

    /// The value of digits; from the 19th on it only tells that it is large.
    private static func value(_ digits: ArraySlice<UInt8>) -> UInt64 {
        let limit: UInt64 = 1_000_000_000_000_000_000
        var result: UInt64 = 0
        for digit in digits {
            let isLarge = result >= limit / 10
            result = result % (limit / 10) * 10 + UInt64(digit - 0x30)
            if isLarge { result += limit }
        }
        return result
    }
}

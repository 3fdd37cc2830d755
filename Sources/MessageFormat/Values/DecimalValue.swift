import ByteText

// Numbers are formatted and selected by their decimal digits, so they are kept as such: 0.1 is
// 0.1, and the plural rules see just the digits that a reader sees.

/// A finite decimal number, exact.
///
/// Its value is 0.d₁d₂d₃… × 10^`point`, with a sign.
public struct DecimalValue: Hashable, Sendable {
    /// Whether it is below zero, or negative zero.
    public var isNegative: Bool
    /// The digits, 0 to 9, without zeros at either end; none for zero.
    public private(set) var digits: [UInt8]
    /// How many of the digits stand before the decimal point; may be negative, and may exceed their number.
    public private(set) var point: Int

    /// Numbers with more digits are not read.
    public static let digitLimit = 400

    /// Zero.
    public static let zero = DecimalValue(isNegative: false, digits: [], point: 0)

    /// Creates a number from digits, which may have zeros at either end.
    init(isNegative: Bool, digits: [UInt8], point: Int) {
        self.isNegative = isNegative
        let leading = digits.prefix { $0 == 0 }.count
        var trimmed = leading == 0 ? digits : Array(digits[leading...])
        while trimmed.last == 0 { trimmed.removeLast() }
        self.digits = trimmed
        self.point = trimmed.isEmpty ? 0 : point - leading
    }

    /// An integer.
    public init(_ value: Int64) {
        var digits: [UInt8] = []
        var rest = value.magnitude
        while rest > 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        digits.reverse()
        self.init(isNegative: value < 0, digits: digits, point: digits.count)
    }

    /// A double, by the shortest digits that read back as it; nil for infinities and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if let integer = Int64(exactly: value), integer != 0 {
            self.init(integer)
            return
        }
        self.init(scanning: value.description)
    }

    /// A text that matches the specification's `number-literal`, which is JSON's number; nil for any other.
    public init?(numberLiteral text: String) {
        guard DecimalValue.isNumberLiteral(text) else { return nil }
        self.init(scanning: text)
    }

    /// Whether a text matches `number-literal` (LDML 48, part 9, "Number Operands"; RFC 8259, section 6).
    public static func isNumberLiteral(_ text: String) -> Bool {
        var bytes = text.utf8.makeIterator()
        var next = bytes.next()
        func digit(_ byte: UInt8?) -> Bool { byte.map { $0.isASCIIDigit } ?? false }
        if next == 0x2D { next = bytes.next() }
        guard digit(next) else { return false }
        if next == 0x30 {
            next = bytes.next()
        } else {
            while digit(next) { next = bytes.next() }
        }
        if next == 0x2E {
            next = bytes.next()
            guard digit(next) else { return false }
            while digit(next) { next = bytes.next() }
        }
        if next == 0x65 || next == 0x45 {
            next = bytes.next()
            if next == 0x2B || next == 0x2D { next = bytes.next() }
            guard digit(next) else { return false }
            while digit(next) { next = bytes.next() }
        }
        return next == nil
    }

    /// Reads what `isNumberLiteral` accepts, or `Double.description` writes.
    private init?(scanning text: String) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        var isNegative = false
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case 0x30...0x39: digits.append(byte - 0x30)
            case 0x2E: point = digits.count
            case 0x2D: isNegative = true
            case 0x65, 0x45:
                var exponentIsNegative = false
                while let digit = iterator.next() {
                    switch digit {
                    case 0x2D: exponentIsNegative = true
                    case 0x30...0x39: exponent = min(exponent * 10 + Int(digit - 0x30), 1_000_000)
                    default: break
                    }
                }
                if exponentIsNegative { exponent = -exponent }
            default: break
            }
            guard digits.count <= DecimalValue.digitLimit else { return nil }
        }
        self.init(isNegative: isNegative, digits: digits, point: (point ?? digits.count) + exponent)
        guard abs(self.point) <= DecimalValue.digitLimit else { return nil }
    }

    /// Whether it is zero.
    public var isZero: Bool { digits.isEmpty }

    /// Whether it has no fraction.
    public var isInteger: Bool { point >= digits.count }

    /// The value as an integer, when it is one that fits.
    public var integer: Int64? {
        guard isInteger, point <= 19 else { return nil }
        var value: UInt64 = 0
        for index in 0..<max(point, 0) {
            let digit = index < digits.count ? digits[index] : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return isNegative ? (value <= Int64.max.magnitude ? -Int64(value) : nil) : Int64(exactly: value)
    }

    /// The value times 10^`places`.
    public func scaled(by places: Int) -> DecimalValue {
        var result = self
        if !isZero { result.point += places }
        return result
    }

    /// The digit with the weight 10^`place`.
    func digit(at place: Int) -> UInt8 {
        let index = point - 1 - place
        return digits.indices.contains(index) ? digits[index] : 0
    }

    /// The sum with an integer.
    public func adding(_ addend: Int64) -> DecimalValue {
        if let integer {
            let (sum, overflow) = integer.addingReportingOverflow(addend)
            if !overflow { return DecimalValue(sum) }
        }
        let other = DecimalValue(addend)
        let low = min(point - digits.count, 0)
        let high = max(max(point, other.point), 1)
        let a = (low..<high).reversed().map { digit(at: $0) }
        let b = (low..<high).reversed().map { other.digit(at: $0) }
        if isNegative == other.isNegative {
            return DecimalValue(isNegative: isNegative, digits: DecimalValue.sum(a, b), point: high + 1)
        }
        let aIsLarger = !a.lexicographicallyPrecedes(b)
        let difference = aIsLarger ? DecimalValue.difference(a, b) : DecimalValue.difference(b, a)
        return DecimalValue(isNegative: aIsLarger ? isNegative : other.isNegative, digits: difference, point: high)
    }

    /// The sum of two lists of equally many digits, with one digit more in front.
    private static func sum(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: a.count + 1)
        var carry: UInt8 = 0
        for index in a.indices.reversed() {
            let digit = a[index] + b[index] + carry
            result[index + 1] = digit % 10
            carry = digit / 10
        }
        result[0] = carry
        return result
    }

    /// The difference of two lists of equally many digits, the first not the smaller one.
    private static func difference(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        var result = a
        var borrow: UInt8 = 0
        for index in a.indices.reversed() {
            let subtrahend = b[index] + borrow
            borrow = a[index] < subtrahend ? 1 : 0
            result[index] = a[index] + borrow * 10 - subtrahend
        }
        return result
    }

    /// The number in plain decimal notation, without needless zeros: `-0.5`, `42`.
    public var text: String {
        var bytes: [UInt8] = isNegative && !isZero ? [0x2D] : []
        if point <= 0 { bytes.append(0x30) }
        for index in 0..<max(point, 0) { bytes.append(0x30 + (index < digits.count ? digits[index] : 0)) }
        if digits.count > point {
            bytes.append(0x2E)
            for _ in 0..<max(-point, 0) { bytes.append(0x30) }
            for digit in digits[max(point, 0)...] { bytes.append(0x30 + digit) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

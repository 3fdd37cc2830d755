/// How a number is rounded to the digits that are shown.
///
/// The names and meanings are those of ECMA-402, from which MessageFormat took them (LDML 48, part 9, ":number").
public struct DigitOptions: Hashable, Sendable {
    /// The way a number halfway, or on its way, between two others goes.
    public enum RoundingMode: Hashable, Sendable {
        case ceil, floor, expand, trunc, halfCeil, halfFloor, halfExpand, halfTrunc, halfEven
    }

    /// What wins when fraction digits and significant digits are both set.
    public enum RoundingPriority: Hashable, Sendable {
        case auto, morePrecision, lessPrecision
    }

    /// Fewest integer digits, from 1.
    public var minimumIntegerDigits: Int?
    /// Fewest digits behind the point, from 0.
    public var minimumFractionDigits: Int?
    /// Most digits behind the point, from 0.
    public var maximumFractionDigits: Int?
    /// Fewest significant digits, from 1.
    public var minimumSignificantDigits: Int?
    /// Most significant digits, from 1.
    public var maximumSignificantDigits: Int?
    /// The last digits are a multiple of it.
    public var roundingIncrement = 1
    /// Which way a number goes that lies between two.
    public var roundingMode = RoundingMode.halfExpand
    /// What wins when fraction digits and significant digits are both set.
    public var roundingPriority = RoundingPriority.auto
    /// Whether a fraction of zeros alone is left out.
    public var stripsZeroFraction = false

    /// No option set.
    public init() {}
}

/// The digits of a number as they are shown, before a locale's own digits and separators.
public struct RoundedNumber: Hashable, Sendable {
    /// Whether the number is negative; also true for a small negative number rounded to zero.
    public var isNegative: Bool
    /// Digits 0 to 9, at least one.
    public var integer: [UInt8]
    /// Digits 0 to 9; may be empty.
    public var fraction: [UInt8]

    /// Whether all digits are zero.
    public var isZero: Bool { integer.allSatisfy { $0 == 0 } && fraction.allSatisfy { $0 == 0 } }

    /// Rounds a number.
    ///
    /// - Parameters:
    ///   - value: the number, already multiplied for a percentage.
    ///   - options: how to round it.
    ///   - defaultFraction: fewest and most fraction digits when no option says: 0 to 3 for a plain number.
    ///
    /// Source: ECMA-402, "SetNumberFormatDigitOptions", "FormatNumericToString".
    public init(_ value: DecimalValue, _ options: DigitOptions, defaultFraction: ClosedRange<Int> = 0...3) {
        let hasSignificant = options.minimumSignificantDigits != nil || options.maximumSignificantDigits != nil
        let hasFraction = options.minimumFractionDigits != nil || options.maximumFractionDigits != nil
        let fraction = RoundedNumber.fractionRange(options, defaultFraction)
        let significant = RoundedNumber.significantRange(options)
        let usesSignificant: Bool
        switch options.roundingPriority {
        case .auto: usesSignificant = hasSignificant
        case .morePrecision, .lessPrecision:
            if hasSignificant, !hasFraction {
                usesSignificant = true
            } else if !hasSignificant {
                usesSignificant = false
            } else {
                // The lower the place of the last digit, the more precise.
                let bySignificant = value.point - significant.upperBound
                let byFraction = -fraction.upperBound
                usesSignificant = (bySignificant < byFraction) == (options.roundingPriority == .morePrecision)
            }
        }
        if usesSignificant {
            self.init(value, significant: significant, options)
        } else {
            self.init(value, fraction: fraction, options)
        }
        let missing = (options.minimumIntegerDigits ?? 1) - integer.count
        if missing > 0 { integer.insert(contentsOf: [UInt8](repeating: 0, count: missing), at: 0) }
        if options.stripsZeroFraction, self.fraction.allSatisfy({ $0 == 0 }) { self.fraction = [] }
    }

    private static func fractionRange(_ options: DigitOptions, _ standard: ClosedRange<Int>) -> ClosedRange<Int> {
        let upper = options.roundingIncrement == 1 ? standard.upperBound : standard.lowerBound
        switch (options.minimumFractionDigits, options.maximumFractionDigits) {
        case (nil, nil): return standard.lowerBound...max(upper, standard.lowerBound)
        case (let minimum?, nil): return minimum...max(upper, minimum)
        case (nil, let maximum?): return min(standard.lowerBound, maximum)...maximum
        case (let minimum?, let maximum?): return minimum...max(minimum, maximum)
        }
    }

    private static func significantRange(_ options: DigitOptions) -> ClosedRange<Int> {
        let minimum = max(options.minimumSignificantDigits ?? 1, 1)
        return minimum...max(options.maximumSignificantDigits ?? 21, minimum)
    }

    private init(_ value: DecimalValue, fraction range: ClosedRange<Int>, _ options: DigitOptions) {
        let rounded = value.rounded(
            toPlace: -range.upperBound, increment: options.roundingIncrement, options.roundingMode)
        self.init(rounded, minimumFraction: range.lowerBound)
    }

    private init(_ value: DecimalValue, significant range: ClosedRange<Int>, _ options: DigitOptions) {
        let rounded = value.rounded(toPlace: value.point - range.upperBound, increment: 1, options.roundingMode)
        let integerDigits = rounded.isZero ? 1 : rounded.point
        self.init(rounded, minimumFraction: max(range.lowerBound - integerDigits, 0))
    }

    private init(_ value: DecimalValue, minimumFraction: Int) {
        isNegative = value.isNegative
        integer = value.point <= 0 ? [0] : (0..<value.point).reversed().map { value.digit(at: $0) }
        let count = max(value.digits.count - value.point, minimumFraction, 0)
        fraction =
            value.isZero ? [UInt8](repeating: 0, count: minimumFraction) : (0..<count).map { value.digit(at: -1 - $0) }
    }
}

extension DecimalValue {
    /// Rounds to a multiple of `increment` × 10^`place`.
    func rounded(toPlace place: Int, increment: Int, _ mode: DigitOptions.RoundingMode) -> DecimalValue {
        guard !isZero, point - digits.count < place || increment > 1 else { return self }
        // What is kept, as an integer number of units of 10^place, and what is cut off.
        let keptCount = point - place
        var kept = keptCount <= 0 ? [] : (place..<point).reversed().map { digit(at: $0) }
        let cut = keptCount < 0 ? [0] + digits : Array(digits.dropFirst(max(keptCount, 0)))
        var remainder = 0
        if increment > 1 {
            remainder = kept.reduce(0) { ($0 * 10 + Int($1)) % increment }
            kept = DecimalValue.subtracting(remainder, from: kept)
        }
        let cutIsZero = cut.allSatisfy { $0 == 0 }
        guard remainder > 0 || !cutIsZero else { return self }
        if roundsUp(kept, remainder: remainder, increment: increment, cut: cut, mode) {
            kept = DecimalValue.adding(increment, to: kept)
        }
        return DecimalValue(isNegative: isNegative, digits: kept, point: kept.count + place)
    }

    private func roundsUp(
        _ kept: [UInt8], remainder: Int, increment: Int, cut: [UInt8], _ mode: DigitOptions.RoundingMode
    ) -> Bool {
        switch mode {
        case .ceil: return !isNegative
        case .floor: return isNegative
        case .expand: return true
        case .trunc: return false
        default: break
        }
        // Twice the remainder against the increment, the digits cut off deciding a tie or a half.
        let first = Int(cut.first ?? 0)
        let restIsZero = cut.dropFirst().allSatisfy { $0 == 0 }
        let tenths = remainder * 10 + first
        let half = increment * 5
        if tenths != half { return tenths > half }
        if !restIsZero { return true }
        switch mode {
        case .halfCeil: return !isNegative
        case .halfFloor: return isNegative
        case .halfTrunc: return false
        case .halfEven:
            let units = kept.reduce(0) { ($0 * 10 + Int($1)) % (increment * 2) }
            return units % (increment * 2) != 0
        default: return true
        }
    }

    private static func adding(_ addend: Int, to digits: [UInt8]) -> [UInt8] {
        var result = digits
        var carry = addend
        var index = result.count - 1
        while carry > 0 {
            if index < 0 {
                result.insert(0, at: 0)
                index = 0
            }
            let sum = Int(result[index]) + carry % 10
            result[index] = UInt8(sum % 10)
            carry = carry / 10 + sum / 10
            index -= 1
        }
        return result
    }

    private static func subtracting(_ subtrahend: Int, from digits: [UInt8]) -> [UInt8] {
        var result = digits
        var rest = subtrahend
        var index = result.count - 1
        while rest > 0, index >= 0 {
            var difference = Int(result[index]) - rest % 10
            rest /= 10
            if difference < 0 {
                difference += 10
                rest += 1
            }
            result[index] = UInt8(difference)
            index -= 1
        }
        return result
    }
}

public import UnicodeLocale

/// A number with the options that say how it is formatted and selected.
public struct ResolvedNumber: Hashable, Sendable {
    /// How keys are compared with the number.
    public enum Select: Hashable, Sendable {
        /// Exactly, then by plural category.
        case plural
        /// Exactly, then by ordinal category.
        case ordinal
        /// Exactly alone.
        case exact
        /// Not at all.
        case unsupported
    }

    /// When a sign is shown.
    public enum SignDisplay: Hashable, Sendable {
        case auto, always, exceptZero, negative, never
    }

    /// What the number is.
    public enum Style: Hashable, Sendable {
        case decimal, percent, currency, unit
    }

    /// The number itself; for a percentage before it is multiplied by 100.
    public var value: DecimalValue
    /// How many digits are shown, and how it is rounded.
    public var digits = DigitOptions()
    /// What a `.match` compares: the plural category, the ordinal one, or the number alone.
    public var select = Select.plural
    /// Whether an option `select` was set, which then is not passed on (it may only be a literal).
    public var setsSelect = false
    /// When a sign is shown.
    public var signDisplay = SignDisplay.auto
    /// When the integer digits are grouped.
    public var grouping = NumberRequest.Grouping.auto
    /// What the number is.
    public var style = Style.decimal
    /// The currency, of the style `currency`.
    public var currency: NumberRequest.Currency?
    /// The unit, of the style `unit`.
    public var unit: NumberRequest.Unit?

    /// A number without options.
    public init(_ value: DecimalValue) {
        self.value = value
    }

    /// The number that is shown and selected by.
    var shown: DecimalValue { style == .percent ? value.scaled(by: 2) : value }

    /// The number rounded to the digits that are shown.
    public var rounded: RoundedNumber {
        let standard: ClosedRange<Int>
        switch style {
        case .decimal, .unit: standard = 0...3
        case .percent: standard = 0...0
        case .currency:
            let count = currency.map { CurrencyDigits.count($0.code) } ?? 2
            standard = count...count
        }
        return RoundedNumber(shown, digits, defaultFraction: standard)
    }

    /// What the host is asked to write.
    public func request(locale: String) -> NumberRequest {
        let rounded = rounded
        return NumberRequest(
            locale: locale, digits: rounded, sign: sign(of: rounded), grouping: grouping, style: requestStyle)
    }

    private var requestStyle: NumberRequest.Style {
        switch style {
        case .decimal: .decimal
        case .percent: .percent
        case .currency: currency.map { .currency($0) } ?? .decimal
        case .unit: unit.map { .unit($0) } ?? .decimal
        }
    }

    private func sign(of rounded: RoundedNumber) -> NumberRequest.Sign {
        switch signDisplay {
        case .auto: rounded.isNegative ? .minus : .none
        case .always: rounded.isNegative ? .minus : .plus
        case .exceptZero: rounded.isZero ? .none : rounded.isNegative ? .minus : .plus
        case .negative: rounded.isNegative && !rounded.isZero ? .minus : .none
        case .never: .none
        }
    }

    /// The plural or ordinal category of the number as it is shown; nil when keys are compared exactly alone.
    ///
    /// Source: LDML 48, part 9, "Rule Selection".
    public func category(_ locale: FormattingLocale) -> PluralCategory? {
        switch select {
        case .plural: locale.category(.cardinal, rounded)
        case .ordinal: locale.category(.ordinal, rounded)
        case .exact, .unsupported: nil
        }
    }

    /// The number as an exact key has it: an integer without sign for plus and without needless zeros.
    ///
    /// Source: LDML 48, part 9, "Exact Literal Match Serialization".
    public var exactKey: String { shown.text }
}

extension PluralOperands {
    /// The operands of a number as it is shown.
    public init(_ number: RoundedNumber) {
        var visible = number.fraction
        self.init(0)
        // The rules look at remainders up to 1,000,000 alone: the last 18 digits keep those, and zero stays zero.
        i = PluralOperands.clamped(number.integer)
        v = number.fraction.count
        f = PluralOperands.clamped(number.fraction)
        while visible.last == 0 { visible.removeLast() }
        w = visible.count
        t = PluralOperands.clamped(visible)
    }

    private static func clamped(_ digits: [UInt8]) -> UInt64 {
        let value = digits.suffix(18).reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
        let isCut = digits.count > 18 && digits.dropLast(18).contains { $0 != 0 }
        return isCut ? value + 1_000_000_000_000_000_000 : value
    }
}

/// Fraction digits of currencies (CLDR, `supplemental/currencyData/fractions`); two for all others.
enum CurrencyDigits {
    static func count(_ code: String) -> Int {
        switch code {
        case "ADP", "AFN", "ALL", "BIF", "BYR", "CLP", "DJF", "ESP", "GNF", "IQD", "IRR", "ISK", "ITL", "JPY", "KMF",
            "KPW", "KRW", "LAK", "LBP", "LUF", "MGA", "MGF", "MMK", "MRO", "PYG", "RSD", "RWF", "SLL", "SOS", "STD",
            "SYP", "TMM", "TRL", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF", "YER", "ZMK", "ZWD":
            0
        case "BHD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }
}

import LocalizedUnits
import Locking
import MessageFormat
import UnicodeLocale

#if canImport(FoundationInternationalization)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// Writes numbers with Foundation's format styles. The digits are known already, so that a style has to
/// place them, not to round them.
struct FoundationNumbers: Sendable {
    static let shared = FoundationNumbers()

    /// What a style depends on; the digits themselves are not part of it.
    private struct Key: Hashable, Sendable {
        var locale: String
        var style: NumberRequest.Style
        var sign: NumberRequest.Sign
        var isGrouped: Bool
        var integerDigits: Int
        var fractionDigits: Int
    }

    private enum Style: Sendable {
        case decimal(Decimal.FormatStyle)
        case percent(Decimal.FormatStyle.Percent)
        case currency(Decimal.FormatStyle.Currency)
    }

    private let styles = Cache<Key, Style>(limit: formatterLimit)

    /// The number as text; nil for one of more digits than `Decimal` holds.
    func text(_ request: NumberRequest) -> String? {
        let digits = request.digits
        guard digits.integer.count + digits.fraction.count <= 38 else { return nil }
        if case .unit(let unit) = request.style { return text(request, unit: unit) }
        if case .currency(let currency) = request.style, currency.display == .never {
            var plain = request
            plain.style = .decimal
            return text(plain)
        }
        let isNegative = request.sign == .minus
        if isNegative, digits.isZero { return negativeZero(request) }
        let key = Key(
            locale: request.locale, style: request.style, sign: request.sign, isGrouped: isGrouped(request),
            integerDigits: digits.integer.count, fractionDigits: digits.fraction.count)
        let value = decimal(digits, isNegative: isNegative)
        switch styles.value(key, make: { style(key) }) {
        case .decimal(let style): return value.formatted(style)
        case .percent(let style): return value.formatted(style)
        case .currency(let style): return value.formatted(style)
        }
    }

    private func isGrouped(_ request: NumberRequest) -> Bool {
        switch request.grouping {
        case .auto, .always: true
        case .never: false
        case .min2: request.digits.integer.count > 4
        }
    }

    private func style(_ key: Key) -> Style {
        let locale = Locale.cached(key.locale)
        let precision = NumberFormatStyleConfiguration.Precision.integerAndFractionLength(
            integerLimits: key.integerDigits...max(key.integerDigits, 38),
            fractionLimits: key.fractionDigits...key.fractionDigits)
        let grouping: NumberFormatStyleConfiguration.Grouping = key.isGrouped ? .automatic : .never
        let sign: NumberFormatStyleConfiguration.SignDisplayStrategy =
            switch key.sign {
            case .none: .never
            case .minus: .automatic
            case .plus: .always(includingZero: true)
            }
        switch key.style {
        case .decimal, .unit:
            return .decimal(
                Decimal.FormatStyle(locale: locale).precision(precision).grouping(grouping).sign(strategy: sign))
        case .percent:
            return .percent(
                Decimal.FormatStyle.Percent(locale: locale).precision(precision).grouping(grouping)
                    .sign(strategy: sign).scale(1))
        case .currency(let currency):
            return .currency(
                Decimal.FormatStyle.Currency(code: currency.code, locale: locale).precision(precision)
                    .grouping(grouping).sign(strategy: currencySign(key.sign, currency))
                    .presentation(presentation(currency.display)))
        }
    }

    private func currencySign(
        _ sign: NumberRequest.Sign, _ currency: NumberRequest.Currency
    ) -> CurrencyFormatStyleConfiguration.SignDisplayStrategy {
        switch sign {
        case .none: .never
        case .minus: currency.isAccounting ? .accounting : .automatic
        case .plus: currency.isAccounting ? .accountingAlways(showZero: true) : .always(showZero: true)
        }
    }

    private func presentation(
        _ display: NumberRequest.Currency.Display
    ) -> CurrencyFormatStyleConfiguration.Presentation {
        switch display {
        case .narrowSymbol: .narrow
        case .symbol, .never: .standard
        case .name: .fullName
        case .code: .isoCode
        }
    }

    private func decimal(_ digits: RoundedNumber, isNegative: Bool) -> Decimal {
        var value = Decimal(0)
        for digit in digits.integer + digits.fraction { value = value * 10 + Decimal(Int(digit)) }
        let scaled = Decimal(
            sign: .plus, exponent: -digits.fraction.count, significand: value)
        return isNegative ? -scaled : scaled
    }

    /// `Decimal` has no negative zero: the digits of a negative number with zeros in the place of all digits.
    private func negativeZero(_ request: NumberRequest) -> String? {
        guard case .decimal = request.style else {
            var unsigned = request
            unsigned.sign = .none
            return text(unsigned)
        }
        let digits = request.digits
        return (-0.0).formatted(
            FloatingPointFormatStyle<Double>(locale: .cached(request.locale))
                .precision(
                    .integerAndFractionLength(
                        integerLimits: digits.integer.count...38,
                        fractionLimits: digits.fraction.count...digits.fraction.count)))
    }

    // MARK: Units

    /// What the patterns of a unit depend on.
    private struct UnitKey: Hashable, Sendable {
        var locale: String
        var unit: NumberRequest.Unit
    }

    /// A language's patterns of a unit, and the rules that choose among them.
    private struct UnitStyle: Sendable {
        var patterns: UnitPatterns
        var rules: PluralRules
    }

    private let units = Cache<UnitKey, UnitStyle?>(limit: formatterLimit)

    /// The number as Foundation writes it, with the unit as CLDR's patterns have it: Foundation has no names of units on
    /// all platforms.
    private func text(_ request: NumberRequest, unit: NumberRequest.Unit) -> String? {
        var plain = request
        // Like ICU, which takes the sign of percentages where there is one.
        if unit.identifier == "percent", unit.display != .long {
            plain.style = .percent
            return text(plain)
        }
        plain.style = .decimal
        let key = UnitKey(locale: request.locale, unit: unit)
        guard let style = units.value(key, make: { unitStyle(key) }), let number = text(plain) else { return nil }
        let category = style.rules.category(PluralOperands(request.digits))
        // A form that says the number by itself has no place for a sign.
        let needsNumber = request.sign != .none && !style.patterns.showsNumber(category)
        return style.patterns.text(number, needsNumber ? .other : category)
    }

    private func unitStyle(_ key: UnitKey) -> UnitStyle? {
        let width: UnitPatterns.Width =
            switch key.unit.display {
            case .long: .long
            case .short: .short
            case .narrow: .narrow
            }
        // In no language in particular units have their international symbols.
        guard let locale = try? LanguageTag(key.locale.isEmpty ? "und" : key.locale) else { return nil }
        return UnitPatterns(key.unit.identifier, width, locale: locale).map {
            UnitStyle(patterns: $0, rules: PluralRules(.cardinal, locale: locale))
        }
    }
}

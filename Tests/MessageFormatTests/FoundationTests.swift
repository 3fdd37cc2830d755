import FoundationFormatting
import MessageFormat
import Testing

/// What Foundation and ICU make of numbers and dates, in a few languages.
@Suite struct FoundationTests {
    private func check(
        _ source: String, _ locale: String, _ expected: String, location: SourceLocation = #_sourceLocation
    ) {
        let context = FormattingContext(locale: FormattingLocale(locale), host: .foundation, isolation: .none)
        let formatted = parseMessage(source).message.format(in: context) { _ in nil }
        // CLDR changes its mind on which spaces it uses.
        let spaces: [Unicode.Scalar] = ["\u{A0}", "\u{202F}"]
        let text = String(
            String.UnicodeScalarView(formatted.text.unicodeScalars.map { spaces.contains($0) ? " " : $0 }))
        #expect(text == expected, sourceLocation: location)
        #expect(formatted.errors.isEmpty, sourceLocation: location)
    }

    @Test func numbersAreWrittenAsTheLanguageDoes() {
        check("{1234567.891 :number}", "en", "1,234,567.891")
        check("{1234567.891 :number}", "de", "1.234.567,891")
        check("{1234567.891 :number maximumFractionDigits=1}", "fr", "1 234 567,9")
        check("{1234567 :number useGrouping=never}", "en", "1234567")
        check("{1234 :number useGrouping=min2}{12345 :number useGrouping=min2}", "en", "123412,345")
        check("{-5 :number}{5 :number signDisplay=always}", "en", "-5+5")
        check("{-0.4 :number maximumFractionDigits=0}", "en", "-0")
        check("{42 :number minimumIntegerDigits=4 useGrouping=never}", "en", "0042")
        check(
            "{12345678901234567890123456789012345678 :number useGrouping=never}", "en",
            "12345678901234567890123456789012345678")
        check("{1234567890123456789012345678901234567890 :number}", "en", "1234567890123456789012345678901234567890")
        check("{1234.5 :number}", "hi", "1,234.5")
        check("{123456.5 :number}", "en-IN", "1,23,456.5")
    }

    @Test func percentagesAreWrittenAsTheLanguageDoes() {
        check("{0.425 :percent maximumFractionDigits=1}", "en", "42.5%")
        check("{0.42 :percent}", "de", "42 %")
        check("{-1 :percent}", "en", "-100%")
    }

    @Test func currenciesAreWrittenAsTheLanguageDoes() {
        check("{1234.5 :currency currency=EUR}", "de", "1.234,50 €")
        check("{1234.5 :currency currency=USD}", "en-US", "$1,234.50")
        check("{1234.5 :currency currency=JPY}", "ja", "¥1,235")
        check("{1234.5 :currency currency=USD currencyDisplay=code}", "en-US", "USD 1,234.50")
        check("{1 :currency currency=USD currencyDisplay=name}", "en-US", "1.00 US dollars")
        check("{1234.5 :currency currency=USD currencyDisplay=never}", "en-US", "1,234.50")
        check("{-5 :currency currency=USD currencySign=accounting}", "en-US", "($5.00)")
        check("{5 :currency currency=USD trailingZeroDisplay=stripIfInteger}", "en-US", "$5")
    }

    @Test func unitsAreWrittenAsTheLanguageDoes() {
        check("{5 :unit unit=kilometer}", "de", "5 km")
        check("{0.5 :unit unit=celsius}", "fr", "0,5 °C")
        check("{12 :unit unit=kilometer unitDisplay=long}", "en", "12 kilometers")
        check("{1 :unit unit=kilometer unitDisplay=long}", "en", "1 kilometer")
        check("{12 :unit unit=kilometer}", "en", "12 km")
        check("{12 :unit unit=kilometer unitDisplay=narrow}", "en", "12km")
        check("{12 :unit unit=kilometer unitDisplay=long}", "de", "12 Kilometer")
        check("{12 :unit unit=kilometer unitDisplay=narrow}", "fr", "12km")
        check("{12 :unit unit=kilometer unitDisplay=long}", "ja", "12 キロメートル")
        check("{1234.5 :unit unit=kilometer-per-hour unitDisplay=long}", "de", "1.234,5 Kilometer pro Stunde")
        check("{90 :unit unit=kilometer-per-hour unitDisplay=long}", "ja", "時速 90 キロメートル")
        check("{90 :unit unit=kilometer-per-hour}", "en", "90 km/h")
    }

    /// The form depends on the digits that are shown, not on the value.
    @Test func theFormOfAUnitDependsOnTheDigitsThatAreShown() {
        check("{1 :unit unit=kilometer unitDisplay=long minimumFractionDigits=1}", "en", "1.0 kilometers")
        check("{1.04 :unit unit=hour unitDisplay=long maximumFractionDigits=1}", "en", "1 hour")
        check("{1.5 :unit unit=hour unitDisplay=long}", "fr", "1,5 heure")
        check("{2 :unit unit=kilometer unitDisplay=long}", "pl", "2 kilometry")
        check("{5 :unit unit=kilometer unitDisplay=long}", "pl", "5 kilometrów")
        check("{1.5 :unit unit=kilometer unitDisplay=long}", "pl", "1,5 kilometra")
        check("{1000000 :unit unit=kilometer unitDisplay=long}", "fr", "1 000 000 kilomètres")
        check("{21 :unit unit=day unitDisplay=long}", "uk", "21 день")
    }

    /// Arabic has forms for one and for two that say the number by themselves, and so cannot show a sign.
    @Test func unitsWithoutNumber() {
        check("{1 :unit unit=hour unitDisplay=long}", "ar-AE", "ساعة")
        check("{2 :unit unit=hour unitDisplay=long}", "ar-AE", "ساعتان")
        check("{3 :unit unit=hour unitDisplay=long}", "ar-AE", "3 ساعات")
        check("{2 :unit unit=hour unitDisplay=long signDisplay=always}", "ar-AE", "\u{200E}+2 ساعة")
    }

    @Test func unitSignsAndPercent() {
        check("{-5 :unit unit=celsius}", "en", "-5°C")
        check("{5 :unit unit=celsius signDisplay=always}", "en", "+5°C")
        check("{-0.2 :unit unit=celsius maximumFractionDigits=0}", "en", "-0°C")
        check("{5 :unit unit=percent}", "de", "5 %")
        check("{5 :unit unit=percent unitDisplay=long}", "de", "5 Prozent")
        check("{5 :unit unit=percent unitDisplay=long}", "en", "5 percent")
        // More digits than Foundation's decimals hold.
        check(
            "{1234567890123456789012345678901234567890 :unit unit=meter}", "en",
            "1234567890123456789012345678901234567890 meter")
    }

    @Test func regionsHaveUnitsOfTheirOwn() {
        check("{5 :unit unit=liter unitDisplay=long}", "en-GB", "5 litres")
        check("{5 :unit unit=kilometer unitDisplay=long}", "pt-PT", "5 quilómetros")
        check("{5 :unit unit=kilometer unitDisplay=long}", "zh-TW", "5 公里")
        check("{5 :unit unit=kilometer}", "und", "5 km")
    }

    @Test func datesAreWrittenAsTheLanguageDoes() {
        check("{|2026-12-24| :date}", "en-US", "Dec 24, 2026")
        check("{|2026-12-24| :date length=long fields=year-month-day-weekday}", "en-US", "Thursday, December 24, 2026")
        check("{|2026-12-24| :date length=short}", "de", "24.12.2026")
        check("{|2026-12-24| :date fields=month-day length=long}", "fr", "24 décembre")
        check("{|2026-12-24T15:04:05| :time}", "en-US", "3:04 PM")
        check("{|2026-12-24T15:04:05| :time precision=second hour12=false}", "en-US", "15:04:05")
        check("{|2026-12-24T15:04:05| :time}", "de", "15:04")
        check("{|2026-12-24T15:04:05Z| :time timeZone=|Europe/Berlin|}", "de", "16:04")
        check("{|2026-12-24T15:04:05+05:30| :time}", "de", "15:04")
        check("{|2026-12-24T15:04:05Z| :datetime timeZone=|No/Where|}", "de", "2026-12-24 15:04")
    }

    /// Formatting from many threads at once gives what one thread gives.
    @Test func manyThreadsFormatAsOneDoes() async {
        let message = parseMessage("{$n :number} {$n :currency currency=EUR} {|2026-12-24| :date}").message
        @Sendable func text(_ index: Int) -> String {
            let locale = FormattingLocale(["en", "de", "fr", "pl"][index % 4])
            let context = FormattingContext(locale: locale, host: .foundation)
            return message.format(in: context) { _ in .integer(Int64(index)) }.text
        }
        let expected = (0..<200).map { text($0) }
        let actual = await withTaskGroup(of: (Int, String).self) { group in
            for index in 0..<200 { group.addTask { (index, text(index)) } }
            return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect((0..<200).allSatisfy { actual[$0] == expected[$0] })
    }

    @Test func partsSayWhatTheyAre() {
        let context = FormattingContext(locale: FormattingLocale("de"), host: .foundation, isolation: .none)
        let message = parseMessage("{-1234567.5 :number} {42 :percent}").message
        let parts = message.formatToParts(in: context) { _ in nil }.parts
        let described = parts.map { part -> [String] in
            guard case .value(let value) = part else { return [] }
            return value.parts.map { "\($0.type) \($0.value)" }
        }
        #expect(
            described.first == [
                "minusSign -", "integer 1", "group .", "integer 234", "group .", "integer 567", "decimal ,",
                "fraction 5",
            ])
        #expect(described.last?.last == "percentSign %")
        let units = parseMessage("{1234.5 :unit unit=square-meter unitDisplay=short}").message
            .formatToParts(in: context) { _ in nil }.parts
        guard case .value(let unit)? = units.first else {
            Issue.record("\(units)")
            return
        }
        #expect(
            unit.parts.map { "\($0.type) \($0.value)" } == [
                "integer 1", "group .", "integer 234", "decimal ,", "fraction 5", "literal  m²",
            ])
    }
}

import CanonicalJSON
import MessageFormat
import Testing

@Suite struct FormattingTests {
    @Test func numbersAreFormatted() {
        checkFormat("{$n}", "1.3", values: ["n": .double(1.3)])
        checkFormat("{$n}", "-9223372036854775808", values: ["n": .integer(.min)])
        checkFormat("{$n :integer}", "3", values: ["n": .double(2.5)])
        checkFormat("{$n :integer}", "-3", values: ["n": .double(-2.5)])
        checkFormat("{123456789012345678901234567890 :number}", "123456789012345678901234567890")
        checkFormat("{0.1234567 :number}", "0.123")
        checkFormat("{0.1234567 :number maximumFractionDigits=5}", "0.12346")
        checkFormat("{1e3 :number}", "1000")
        checkFormat("{1e-7 :number maximumFractionDigits=7}", "0.0000001")
        checkFormat("{7 :number minimumIntegerDigits=3}", "007")
        checkFormat("{1234.5 :number maximumSignificantDigits=2}", "1200")
        checkFormat("{9.99 :number maximumSignificantDigits=2}", "10")
        checkFormat("{1 :number minimumSignificantDigits=3}", "1.00")
        checkFormat("{0.000123456 :number maximumSignificantDigits=3}", "0.000123")
        checkFormat("{5 :number signDisplay=always}{-5 :number signDisplay=never}", "+55")
        checkFormat("{0 :number signDisplay=exceptZero}{5 :number signDisplay=exceptZero}", "0+5")
        checkFormat("{-0.4 :number maximumFractionDigits=0 signDisplay=negative}", "0")
        checkFormat("{1.0 :number minimumFractionDigits=2 trailingZeroDisplay=stripIfInteger}", "1")
        checkFormat("{1.23 :number roundingIncrement=5 maximumFractionDigits=2 minimumFractionDigits=2}", "1.25")
        checkFormat("{1.22 :number roundingIncrement=5 maximumFractionDigits=2 minimumFractionDigits=2}", "1.20")
        checkFormat("{0.42 :percent}{0.4251 :percent maximumFractionDigits=1}", "42%42.5%")
        checkFormat("{42 :currency currency=eur}", "EUR 42.00")
        checkFormat("{42.5 :currency currency=JPY}", "JPY 43")
        checkFormat("{42 :currency currency=EUR fractionDigits=0}", "EUR 42")
        checkFormat("{42 :currency currency=EUR trailingZeroDisplay=stripIfInteger}", "EUR 42")
        checkFormat("{42 :unit unit=kilometer}", "42 kilometer")
        checkFormat("{99999999999999999999 :offset add=1}", "100000000000000000000")
        checkFormat("{-1 :offset add=1}{0.5 :offset subtract=1}{-0.5 :offset add=2}", "0-0.51.5")
    }

    /// ECMA-402's table of rounding modes.
    @Test(arguments: [
        ("ceil", "-1 1 1 1 2"), ("floor", "-2 0 0 0 1"), ("expand", "-2 1 1 1 2"), ("trunc", "-1 0 0 0 1"),
        ("halfCeil", "-1 0 1 1 2"), ("halfFloor", "-2 0 0 1 1"), ("halfExpand", "-2 0 1 1 2"),
        ("halfTrunc", "-1 0 0 1 1"), ("halfEven", "-2 0 0 1 2"),
    ])
    func numbersAreRoundedAsECMA402Says(_ mode: String, _ expected: String) {
        let texts = ["-1.5", "0.4", "0.5", "0.6", "1.5"].map { number in
            "{\(number) :number maximumFractionDigits=0 roundingMode=\(mode)}"
        }
        checkFormat(texts.joined(separator: " "), expected)
    }

    @Test func wrongNumbersShowTheirFallback() {
        checkFormat("{$n :number}", "{$n}", errors: ["bad-operand"], values: ["n": .double(.nan)])
        checkFormat("{$n :number}", "{$n}", errors: ["bad-operand"], values: ["n": .bool(true)])
        checkFormat("{1e999999999 :number}", "{|1e999999999|}", errors: ["bad-operand"])
        checkFormat("{1 :number minimumFractionDigits=100}", "1", errors: ["bad-option"])
        checkFormat("{1 :number minimumFractionDigits=3 maximumFractionDigits=1}", "1.000", errors: ["bad-option"])
        checkFormat("{1 :currency currency=EURO}", "{|1|}", errors: ["bad-option", "bad-operand"])
        checkFormat("{1 :unit unit=furlong}", "{|1|}", errors: ["bad-option", "bad-operand"])
        checkFormat("{1 :unit unit=kilometer-per-furlong}", "{|1|}", errors: ["bad-option", "bad-operand"])
        checkFormat("{1 :unit unit=$u}", "{|1|}", errors: ["bad-option", "bad-operand"], values: ["u": .string("km")])
        checkFormat("{1 :unit unit=$u}", "1 meter", values: ["u": .string("meter")])
        checkFormat("{1 :unit}", "{|1|}", errors: ["bad-operand"])
        checkFormat("{1 :unit unit=meter usage=road}", "1 meter", errors: ["unsupported-operation"])
        checkFormat("{1 :unit unit=meter unitDisplay=full}", "1 meter", errors: ["bad-option"])
        checkFormat(
            ".local $n = {1 :currency currency=EUR} {{{$n :currency currency=USD}}}", "EUR 1.00",
            errors: ["bad-option"])
    }

    @Test func datesAreFormatted() {
        checkFormat("{|2026-12-24| :date}", "2026-12-24")
        checkFormat("{|2026-12-24T15:04:05| :datetime}", "2026-12-24 15:04")
        checkFormat("{|2026-12-24T15:04:05| :time precision=second}", "15:04:05")
        checkFormat("{|2026-12-24T15:04:05+02:00| :datetime timeZoneStyle=short}", "2026-12-24 15:04+02:00")
        checkFormat("{|2026-12-24T15:04:05Z| :time timeZone=UTC}", "15:04")
        checkFormat("{|2024-02-29| :date fields=month-day-weekday}", "02-29 Thu")
        checkFormat("{$d}", "1970-01-01 00:00", values: ["d": .instant(milliseconds: 0)])
        checkFormat("{$d :date}", "1969-12-31", values: ["d": .instant(milliseconds: -1)])
        for bad in [
            "2023-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "2026-01-01T24:00:00", "2026-01-01T10:00", "",
        ] {
            checkFormat("{|\(bad)| :date}", "{|\(bad)|}", errors: ["bad-operand"])
        }
        checkFormat("{|2026-12-24| :date length=huge}", "2026-12-24", errors: ["bad-option"])
    }

    @Test func civilDatesAgreeBothWays() {
        for day in stride(from: Int64(-1_000_000), to: 1_000_000, by: 997) {
            let milliseconds = day * 86_400_000 + 12_345_678
            #expect(CivilDateTime(milliseconds: milliseconds).millisecondsInUTC == milliseconds)
        }
        #expect(CivilDateTime(milliseconds: 951_782_400_000).isoText == "2000-02-29T00:00:00")
    }

    @Test func stringsAreFormattedAndSelected() {
        checkFormat("{$b}{$b :string}", "truetrue", values: ["b": .bool(true)])
        checkFormat(".input {$b :string} .match $b true {{yes}} * {{no}}", "yes", values: ["b": .bool(true)])
        checkFormat(".input {$s :string} .match $s é {{same}} * {{other}}", "same", values: ["s": .string("e\u{301}")])
        checkFormat("{$x :string}", "{$x}", errors: ["unresolved-variable", "bad-operand"])
    }

    @Test func valuesAreIsolated() {
        checkFormat("a {$x} b", "a \u{2068}x\u{2069} b", isolation: .standard, values: ["x": .string("x")])
        checkFormat("a {$x} b", "a 1 b", isolation: .standard, values: ["x": .integer(1)])
        checkFormat("a {$x}", "a \u{2068}{$x}\u{2069}", errors: ["unresolved-variable"], isolation: .standard)
        checkFormat("{1 :number u:dir=rtl}", "\u{2067}1\u{2069}", isolation: .standard)
    }

    @Test func variantsAreSelected() {
        checkFormat(".local $n = {1 :number} .match $n horse {{h}} * {{o}}", "o", errors: ["bad-variant-key"])
        checkFormat(".local $n = {1 :currency currency=EUR} .match $n 1 {{h}} * {{o}}", "o", errors: ["bad-selector"])
        checkFormat(".local $n = {0.5 :percent} .match $n 50 {{half}} * {{o}}", "half")
        checkFormat(
            ".local $a = {x :string} .local $b = {y :string} .match $a $b * y {{1}} x * {{2}} * * {{3}}", "2")
    }

    /// What is not shown is not resolved and reports nothing.
    @Test func resolutionIsLazy() {
        checkFormat(".local $x = {$missing :number} {{ok}}", "ok")
        checkFormat(
            ".local $x = {$missing :number} {{{$x} {$x}}}", "{$x} {$x}", errors: ["unresolved-variable", "bad-operand"])
    }

    @Test func functionsOfTheHostAreCalled() {
        let shout = MessageFunction(FunctionSignature(name: "app:shout")) { call in
            guard let text = call.operand?.value?.text else { return nil }
            let times = call.option("times")?.digitSize ?? 1
            var value = CustomValue(type: "shout", value: .string(text))
            let marks = String(repeating: "!", count: times)
            value.format = {
                CustomValue.Outcome<[CustomValue.Part]>.success([.init(type: "t", value: text + marks)])
            }
            return ResolvedValue(.custom(value), direction: .ltr)
        }
        let context = FormattingContext(
            locale: FormattingLocale("en"), functions: .standard.adding(shout), isolation: .none)
        let message = parseMessage("{hi :app:shout times=3} {:app:shout}").message
        let formatted = message.format(in: context) { _ in nil }
        #expect(formatted.text == "hi!!! {:app:shout}")
        #expect(formatted.errors == [FormattingError(type: .badOperand, source: ":app:shout")])
    }
}

@Suite struct EscapingTests {
    static let hostile = "<img src=x onerror=alert(1)> **b** {$x} [a](javascript:b) \u{202E}\"'&\u{2069}"

    private func html(_ source: String, _ value: String, schemes: [String] = ["https"]) -> FormattedMessage {
        let context = FormattingContext(
            locale: FormattingLocale("en"),
            allowsLink: { link in schemes.contains { link.lowercased().hasPrefix($0 + ":") } })
        return parseMessage(source).message.formatHTML(in: context) { _ in .string(value) }
    }

    @Test func wordsInHTML() {
        #expect(
            html("<p>{$x}</p>", Self.hostile).text
                == "<p><bdi>&lt;img src=x onerror=alert(1)&gt; **b** {$x} [a](javascript:b) \u{202E}&quot;&#39;&amp;\u{202C}</bdi></p>"
        )
    }

    @Test func partsOfURLs() {
        let source = "<a href=\"https://x.example/o/{$x @placard:escape=url}?a=1\">"
        #expect(html(source, "a/b?c&d \"é").text == "<a href=\"https://x.example/o/a%2Fb%3Fc%26d%20%22%C3%A9?a=1\">")
    }

    @Test func valuesInLinksAreEscaped() {
        let source = "<a href=\"{$x @placard:escape=link}\">"
        #expect(
            html(source, "https://x.example/?a=1&b=<\"'").text
                == "<a href=\"https://x.example/?a=1&amp;b=%3C%22&#39;\">")
        for bad in [
            "javascript:alert(1)", " https://a", "\u{1}javascript:x", "//a", "a", "", "http://a", "java\nscript:x",
            "intent:x",
        ] {
            let result = html(source, bad)
            #expect(result.text == "<a href=\"\">", "\(bad)")
            #expect(result.errors == [FormattingError(type: .badOperand, source: "$x")])
        }
        #expect(html(source, "MailTo:a@b", schemes: ["mailto"]).text == "<a href=\"MailTo:a@b\">")
        // Unless it is told otherwise a context allows none.
        let context = FormattingContext(locale: FormattingLocale("en"))
        let link = parseMessage(source).message.formatHTML(in: context) { _ in .string("https://x.example") }
        #expect(link.text == "<a href=\"\">")
    }

    @Test func attributesOfWords() {
        #expect(
            html("<img alt=\"{$x @placard:escape=attribute}\">", "\"<b>").text
                == "<img alt=\"\u{2068}&quot;&lt;b&gt;\u{2069}\">")
    }

    @Test func markupBecomesSpans() {
        #expect(
            html("{#strong}a{/strong}{#cta id=buy to=$x}b{/cta}{#icon /}", "\"><script>").text
                == "<strong>a</strong><span data-markup=\"cta\" data-id=\"buy\" data-to=\"&quot;&gt;&lt;script&gt;\">b</span><span data-markup=\"icon\"></span>"
        )
    }

    @Test func missingValuesAreNamed() {
        let context = FormattingContext(locale: FormattingLocale("en"))
        let message = parseMessage("<b>{$a}</b><a href=\"https://x.example/{$a @placard:escape=url}\">").message
        let result = message.formatHTML(in: context) { _ in nil }
        #expect(result.text == "<b><bdi>{$a}</bdi></b><a href=\"https://x.example/\">")
        #expect(result.errors.map { $0.type } == [.unresolvedVariable, .unresolvedVariable])
    }
}

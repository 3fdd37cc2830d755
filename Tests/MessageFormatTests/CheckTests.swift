import MessageFormat
import SourceDiagnostics
import Testing
import UnicodeLocale

@Suite struct CheckTests {
    private func check(
        _ source: String, types: [String: ValueType] = [:], _ expected: [(id: String, at: String)],
        location: SourceLocation = #_sourceLocation
    ) {
        let message = parseMessage(source).message
        compare(message.functionDiagnostics { types[$0] }, source, expected, location)
    }

    private func checkSelectors(
        _ source: String, locale: String, _ expected: [(id: String, at: String)],
        location: SourceLocation = #_sourceLocation
    ) throws {
        let message = parseMessage(source).message
        compare(message.selectorDiagnostics(locale: try LanguageTag(locale)), source, expected, location)
    }

    @Test func functionsAndTheirOptionsAreChecked() {
        check("{$x :nubmer}", [("unknown-function", ":nubmer")])
        check("{$x :date}", [("draft-function", ":date")])
        check("{$x :number minimumFractionDigits=foo}", [("bad-option", "foo")])
        check("{$x :number minimumFractionDigits=$y}", [])
        check("{$x :number select=$y}", [("bad-option", "$y")])
        check("{$x :number signDisplay=allways}", [("bad-option", "allways")])
        check("{$x :number minimumIntegerDigits=0}", [("bad-option", "0")])
        check("{$x :number roundingIncrement=3}", [("bad-option", "3")])
        check("{$x :integer minimumFractionDigits=2}", [("unknown-option", "minimumFractionDigits")])
        check("{$x :string case=upper}", [("unknown-option", "case")])
        check("{$x :number u:dir=up u:locale=de u:id=a}", [("bad-option", "up"), ("unknown-option", "u:locale")])
        check("{$x :currency}", [("bad-option", ":currency")])
        check("{$x :currency currency=EURO}", [("bad-option", "EURO")])
        check("{$x :offset add=1 subtract=1}", [("bad-option", ":offset add=1 subtract=1")])
        check(".input {$x :currency currency=EUR} {{{$x :currency currencyDisplay=code}}}", [])
    }

    @Test func unitsAreChecked() {
        let draft = ("draft-function", ":unit")
        check("{$x :unit unit=kilometer}{$x :unit unit=kilowatt-hour-per-kilometer}", [draft, draft])
        check("{$x :unit}", [draft, ("bad-option", ":unit")])
        check("{$x :unit unit=furlong}", [draft, ("bad-option", "furlong")])
        check("{$x :unit unit=kilometer-per-furlong}", [draft, ("bad-option", "kilometer-per-furlong")])
        check("{$x :unit unit=$u}", [draft])
        check("{$x :unit unit=meter unitDisplay=full}", [draft, ("bad-option", "full")])
        // Units are not converted.
        check("{$x :unit unit=meter usage=road}", [draft, ("unknown-option", "usage")])
    }

    /// What is written in place of a unit that does not exist.
    @Test(arguments: [
        ("kilometre", "kilometer"), ("kilometers", "kilometer"), ("km", "kilometer"), ("km/h", "kilometer-per-hour"),
        ("kph", "kilometer-per-hour"), ("litre-per-hour", "liter-per-hour"), ("meter-per-sec", "meter-per-second"),
        ("m-per-s", "meter-per-second"), ("Hour", "hour"), ("furlong", nil), ("meter-per-furlong", nil),
        ("m-per-s-per-s", nil), ("kph-per-s", nil),
        (String(repeating: "m-per-", count: 10_000), nil), ("", nil),
    ])
    func unknownUnitsGetSuggestions(_ written: String, _ expected: String?) {
        let diagnostics = parseMessage("{$x :unit unit=|\(written)|}").message.functionDiagnostics()
        let fixes = diagnostics.filter { $0.id == "mf2/bad-option" }.flatMap { $0.fixIts }
        #expect(fixes.map { $0.edits.map { $0.replacement } } == (expected.map { [[$0]] } ?? []))
    }

    @Test func operandsFitTheirFunctions() {
        check("{horse :number}", [("bad-operand", "horse")])
        check("{|2026-02-30| :date}", [("draft-function", ":date"), ("bad-operand", "|2026-02-30|")])
        check("{:number}", [("bad-operand", ":number")])
        check("{$x :number}", types: ["x": .bool], [("bad-operand", "$x")])
        check("{$x :number}", types: ["x": .string], [("bad-operand", "$x")])
        check("{$x :number}{$y :integer}{$z :string}", types: ["x": .double, "y": .int, "z": .bool], [])
        check("{$x :datetime}", types: ["x": .timestamp], [("draft-function", ":datetime")])
        check(".local $y = {$x :string} {{{$y :number}}}", types: ["x": .string], [("bad-operand", "$y")])
        check(".local $y = {$x} {{{$y :number}}}", types: ["x": .bool], [("bad-operand", "$y")])
    }

    @Test func selectorsByNumber() throws {
        let plural = ".input {$n :integer} .match $n "
        try checkSelectors(plural + "one {{}} * {{}}", locale: "en", [])
        try checkSelectors(plural + "1 {{}} * {{}}", locale: "en", [])
        try checkSelectors(plural + "0 {{}} * {{}}", locale: "en", [("missing-category", "$n")])
        try checkSelectors(plural + "one {{}} * {{}}", locale: "pl", [("missing-category", "$n")])
        try checkSelectors(plural + "one {{}} few {{}} many {{}} * {{}}", locale: "pl", [])
        try checkSelectors(plural + "one {{}} few {{}} * {{}}", locale: "en", [("unreachable-category", "few")])
        // French `many` is for millions alone.
        try checkSelectors(plural + "one {{}} * {{}}", locale: "fr", [])
        try checkSelectors(plural + "on {{}} one {{}} * {{}}", locale: "en", [("bad-variant-key", "on")])
        try checkSelectors(plural + "1.0 {{}} one {{}} * {{}}", locale: "en", [("bad-variant-key", "1.0")])
        try checkSelectors(plural + "* {{}}", locale: "ja", [])
        try checkSelectors(
            ".input {$n :integer select=ordinal} .match $n one {{}} * {{}}", locale: "en", [("missing-category", "$n")])
        try checkSelectors(
            ".input {$n :integer select=exact} .match $n one {{}} 1 {{}} * {{}}", locale: "en",
            [("bad-variant-key", "one")])
    }

    @Test func otherSelectorsAreChecked() throws {
        try checkSelectors(".input {$n :date} .match $n a {{}} * {{}}", locale: "en", [("bad-selector", "$n")])
        try checkSelectors(".input {$n :string} .match $n one {{}} x {{}} * {{}}", locale: "en", [])
        try checkSelectors(".input {$n :unknown} .match $n one {{}} * {{}}", locale: "en", [])
    }

    @Test func theVariablesOfAMessageAreListed() {
        let source = """
            .input {$a :number} .local $b = {$a :number minimumFractionDigits=$c} .match $a $b
            * * {{{$d :string} {#link to=$e}{$b}{/link}}}
            """
        let message = parseMessage(source).message
        #expect(message.variables.map { $0.reference.name } == ["a", "a", "c", "a", "b", "d", "e", "b"])
        #expect(message.variables.map { $0.isLocal } == [false, false, false, false, true, false, false, true])
        #expect(message.externalVariables == ["a", "c", "d", "e"])
        #expect(message.annotation(of: "b")?.name == "number")
    }
}

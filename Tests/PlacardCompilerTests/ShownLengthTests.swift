import PlacardCompiler
import SourceDiagnostics
import Testing

/// A project whose source is `locale`, with one event of these properties and a title of at most `limit` characters.
private func files(
    _ title: String, in locale: String, _ properties: String, limit: Int, push: String? = nil
) -> [String: String] {
    let lines = title.split(separator: "\n").map { "  \($0)\n" }.joined()
    let notification = push.map { body in
        "push:\n  body: |-\n" + body.split(separator: "\n").map { "    \($0)\n" }.joined() + "  fallback: {body: x}\n"
    }
    return [
        "placard.yaml": """
        source: \(locale)
        context:
          user:
            points: {type: int, optional: true, examples: [7]}
            level: {type: int, default: 12345}
        events:
          paid: {\(properties)}
        lint: {mf2/draft-function: allow}

        """,
        "templates/note/template.yaml": template("title: {type: text, required: true, max: \(limit)}"),
        "content/a.md":
            "---\ntemplate: note\ntrigger: {event: paid}\n\(notification ?? "")title: |-\n\(lines)---\n",
    ]
}

/// Expects a title to count as many characters as the text that a reader sees: it fits into just that limit.
private func check(
    _ title: String, in locale: String, _ properties: String, shows text: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    func found(_ limit: Int) -> [Diagnostic] {
        compile(project(files(title, in: locale, properties, limit: limit))).diagnostics
    }
    let count = text.count
    #expect(found(count).map(\.message) == [], sourceLocation: sourceLocation)
    let messages = found(count - 1).map(\.message)
    #expect(messages.count == 1, sourceLocation: sourceLocation)
    let expected = "has up to \(count) characters in \(locale), 1 more than the \(count - 1) allowed"
    #expect(messages.first?.hasSuffix(expected) == true, "\(messages)", sourceLocation: sourceLocation)
}

private let price = "price: {type: double, examples: [4.5, 1234.5]}"
private let day = #"day: {type: timestamp, examples: ["2026-05-31T09:00:00Z", "2026-09-21T09:00:00Z"]}"#

@Test func anAmountCountsAsItsLanguageWritesIt() {
    check("Preis {$event.price :currency currency=EUR}", in: "de", price, shows: "Preis 1.234,50\u{A0}€")
    check("Price {$event.price :currency currency=EUR}", in: "en", price, shows: "Price €1,234.50")
    check("Prix {$event.price :currency currency=JPY}", in: "fr", price, shows: "Prix 1\u{202F}235\u{A0}JPY")
    check(
        "{$event.price :currency currency=EUR currencyDisplay=code}", in: "en", price, shows: "EUR\u{A0}1,234.50")
    check("{$event.price}", in: "en", price, shows: "1,234.5")
    check("{$event.price :string}", in: "en", price, shows: "1234.5")
}

@Test func aNumberIsGroupedAsItsLanguageDoes() {
    let count = "count: {type: int, examples: [7, 1234]}"
    check("{$event.count :integer} pts", in: "en", count, shows: "1,234 pts")
    check("{$event.count :integer} pts", in: "ar-EG", count, shows: "١٬٢٣٤ pts")
    check("{$event.count :integer useGrouping=never} pts", in: "en", count, shows: "1234 pts")
    check("{$event.count :integer} pts", in: "en-IN", "count: {type: int, examples: [1234567]}", shows: "12,34,567 pts")
    check("{$event.count :offset add=1} pts", in: "en", "count: {type: int, examples: [999]}", shows: "1,000 pts")
    let share = "share: {type: double, examples: [0.5, 1.25]}"
    check("{$event.share :percent}", in: "en", share, shows: "125%")
    check("{$event.share :percent}", in: "de", share, shows: "125\u{A0}%")
}

@Test func theLongestDateIsTheLongestInItsLanguage() {
    // Both examples are 20 characters of JSON; May is long in no language.
    check("{$event.day :date length=long}", in: "pl", day, shows: "21 września 2026")
    check("{$event.day :date length=long}", in: "uk", day, shows: "21 вересня 2026 р.")
    check("{$event.day :date length=long}", in: "ja", day, shows: "2026年9月21日")
    check("{$event.day :date length=long fields=month-day}", in: "en", day, shows: "September 21")
    check("Od {$event.day :date fields=weekday length=long}", in: "pl", day, shows: "Od poniedziałek")
    // May 31 is a Sunday.
    check("{$event.day :date fields=weekday length=long}", in: "ja", day, shows: "月曜日")
    check("{$event.day}", in: "de", day, shows: "21. Sept. 2026, 09:00")
}

@Test func controlsThatNobodySeesDoNotCount() {
    // The date has U+200F behind each number, and a client isolates it besides.
    check("{$event.day :date length=short}", in: "ar", day, shows: "21/9/2026")
    check("في {$event.day :date length=long}", in: "ar", day, shows: "في 21 سبتمبر، 2026")
    check("{$event.share :percent}", in: "ar", "share: {type: double, examples: [0.5]}", shows: "50%")
    check("\u{200F}{$event.name}\u{200E}", in: "he", "name: {type: string, examples: [Zoë]}", shows: "Zoë")
}

@Test func aDeclarationSaysHowAValueIsWritten() {
    check(
        ".local $sum = {$event.price :currency currency=EUR}\n{{Preis {$sum}}}", in: "de", price,
        shows: "Preis 1.234,50\u{A0}€")
    check(
        ".input {$event.price :number minimumFractionDigits=3}\n{{Preis {$event.price}}}", in: "de", price,
        shows: "Preis 1.234,500")
    check(
        ".input {$event.price :number minimumFractionDigits=2}\n.local $sum = {$event.price :number useGrouping=never}\n{{{$sum}}}",
        in: "de", price, shows: "1234,50")
    // An option may be a variable.
    check(
        "{$event.price :currency currency=$event.code}", in: "en", price + ", code: {type: string, values: [EUR, CHF]}",
        shows: "CHF\u{A0}1,234.50")
    check("{$event.price}{1234 :integer}{|x|}", in: "en", price, shows: "1,234.51,234x")
}

@Test func aValueThatCannotBeWrittenIsItsExpression() {
    check(
        "{$event.price :currency currency=$event.code}", in: "en",
        "price: {type: double, examples: [4]}, code: {type: string, values: [EUR, euros]}", shows: "{$event.price}")
}

@Test func withoutExamplesALongValueIsAssumed() {
    check("{$event.count :integer}", in: "en", "count: int", shows: "123,456")
    check("{$event.price :currency currency=EUR}", in: "de", "price: double", shows: "12.345,67\u{A0}€")
    check("{$event.share :percent}", in: "en", "share: double", shows: "100%")
    check("{$event.name}", in: "en", "name: string", shows: "Maximilianus")
    check("{$event.name}", in: "en", "name: {type: string, values: [a, abc]}", shows: "abc")
    check("{$event.done}", in: "en", "done: bool", shows: "false")
    check("{$event.at}", in: "en", "at: version", shows: "10.20.30")
    // The longest month and the longest day of the week, wherever they are in a year.
    check("{$event.day :date length=long}", in: "en", "day: timestamp", shows: "September 22, 2026")
    check("{$event.day :date length=long}", in: "pl", "day: timestamp", shows: "22 października 2026")
    check(
        "{$event.day :date length=long fields=month-day-weekday}", in: "en", "day: timestamp",
        shows: "Wednesday, September 23")
    check("{$event.day :time}", in: "en", "day: timestamp", shows: "10:58 PM")
    // A default is a value like others; it is no example of a long one.
    check("{$user.level :integer}", in: "en", "x: int", shows: "123,456")
    // Clients have durations in seconds.
    check("{$event.wait}", in: "en", "wait: {type: duration, examples: [15m]}", shows: "900s")
}

@Test func aMessageSaysWhichValueIsTooLong() throws {
    func notes(_ title: String, _ properties: String, in locale: String = "de") throws -> [String] {
        let found = compile(project(files(title, in: locale, properties, limit: 1))).diagnostics
        return Array(try #require(found.first).notes.dropLast())
    }
    #expect(
        try notes(
            "{$event.price :currency currency=EUR} für {$event.name}", price + ", name: {type: string, examples: [Zoë]}"
        )
            == [
                "`{$event.price}` counts for 10 characters: `1.234,50\u{A0}€`, for its example 1234.5",
                "`{$event.name}` counts for 3 characters: `Zoë`, its example",
            ])
    #expect(
        try notes(".local $sum = {$event.price :number}\n{{{$sum}}}", price)
            == ["`{$sum}` counts for 7 characters: `1.234,5`, for the example 1234.5 of $event.price"])
    #expect(
        try notes("{$event.count :integer} {$event.name}", "count: int, name: string") == [
            "`{$event.name}` counts for 12 characters, as it has no examples",
            "`{$event.count}` counts for 7 characters: `123.456`, as it has no examples",
        ])
    #expect(
        try notes("{$event.name} {$user.level}", "name: {type: string, values: [a, abc]}") == [
            "`{$user.level}` counts for 7 characters: `123.456`, as it has no examples",
            "`{$event.name}` counts for 3 characters: `abc`, its value",
        ])
    #expect(try notes("Ja, ja", price) == [])
    #expect(
        try notes("{$event.day :date length=short}", day, in: "ar")
            == ["`{$event.day}` counts for 9 characters: `31/5/2026`, for its example 2026-05-31T09:00:00Z"])
}

@Test func theVariantThatIsTooLongOrTooShortIsNamed() throws {
    let title = """
        .input {$event.count :integer}
        .match $event.count
        one {{a}}
        few {{{$event.count} wiadomości}}
        many {{abc}}
        * {{abcd}}
        """
    let tooLong = compile(
        project(files(title, in: "pl", "count: {type: int, examples: [12345]}", limit: 16))
    ).diagnostics
    #expect(
        tooLong.map(\.message) == [
            "variant few of the text has up to 17 characters in pl, 1 more than the 16 allowed"
        ])
    #expect(tooLong.map(\.primary.text) == ["variant few"])
    var short = files(title, in: "pl", "count: {type: int, examples: [12345]}", limit: 17)
    short["templates/note/template.yaml"] = template("title: {type: text, required: true, min: 2, max: 17}")
    let tooShort = compile(project(short))
    #expect(
        tooShort.diagnostics.map(\.message) == [
            "variant one of the text has 1 character in pl, and at least 2 are wanted"
        ])
    #expect(diagnostics(tooShort).map { $0.split(separator: ":")[1] } == ["7"])
}

@Test func aFallbackCountsAsItIsWritten() {
    func ids(_ fallback: String, limit: Int) -> [String] {
        var all = files("{$user.points :integer}", in: "de", "x: int", limit: limit)
        all["content/a.md"] = all["content/a.md"]?.replacing(
            "trigger:", with: "variables: {user.points: {fallback: \"\(fallback)\"}}\ntrigger:")
        return compile(project(all)).diagnostics.map(\.id)
    }
    #expect(ids("12345", limit: 5) == [])
    #expect(ids("12345", limit: 4) == ["text/too-long"])
    #expect(ids("viele", limit: 4) == ["text/too-long"])
}

@Test func eachLanguageCountsItsOwnValues() {
    var all = files("{$event.day :date length=long}", in: "en", day, limit: 18)
    all["placard.yaml"] = all["placard.yaml"]?.replacing(
        "context:", with: "locales: {uk: optional, pl: optional}\ncontext:")
    all["content/a.uk.md"] = overlay("title: \"{$event.day :date length=long}\"", body: "")
    all["content/a.pl.md"] = overlay("title: \"w {$event.day :date length=long}!\"", body: "")
    let found = compile(project(all))
    #expect(diagnostics(found) == ["text/too-long content/a.pl.md:2:9"])
    #expect(found.diagnostics.first?.notes.first?.contains("`21 września 2026`") == true)
}

@Test func lockScreensCountValuesAsTheyAreShown() throws {
    func found(_ letters: Int) -> [Diagnostic] {
        let body = String(repeating: "x", count: letters) + "{$event.price :currency currency=EUR}"
        return compile(project(files("A", in: "de", price, limit: 5, push: body))).diagnostics
    }
    // 1.234,50 € are ten.
    #expect(found(39).map(\.id) == [])
    #expect(
        found(40).map(\.message) == [
            "`push.body` is up to 50 characters long in de, and Android's lock screen cuts it at about 49"
        ])
    #expect(try #require(found(40).first).notes.first?.contains("`1.234,50\u{A0}€`, for its example 1234.5") == true)
    #expect(found(150).map(\.id) == ["push/cut-on-android"])
    #expect(
        found(151).map(\.message) == [
            "`push.body` is up to 161 characters long in de, and an iPhone's lock screen cuts it at about 160"
        ])
}

@Test func lockScreensNameTheVariantThatTheyCut() {
    let body = """
        .input {$event.count :integer}
        .match $event.count
        one {{\(String(repeating: "x", count: 50))}}
        * {{Short}}
        """
    let found = compile(project(files("A", in: "en", "count: int", limit: 5, push: body)))
    #expect(
        found.diagnostics.map(\.message) == [
            "variant one of `push.body` is 50 characters long in en, and Android's lock screen cuts it at about 49"
        ])
    #expect(diagnostics(found) == ["push/cut-on-android content/a.md:8:11"])
}

/// The bytes that a notification with this body can take, as its diagnostic says; the body is too large in any case.
private func bytes(_ body: String, in locale: String, _ properties: String) throws -> Int {
    let all = files("A", in: locale, properties, limit: 5, push: body + String(repeating: "x", count: 4000))
    let found = compile(project(all)).diagnostics.first { $0.id == "push/too-large" }
    let digits = try #require(found).message.firstMatch(of: /can take (\d+) bytes for APNs/)
    return try #require(digits.flatMap { Int($0.1) })
}

@Test func sizesAreMeasuredWithValuesAsTheyAreShown() throws {
    func size(_ count: Int, _ locale: String) throws -> Int {
        try bytes("{$event.count :integer}", in: locale, "count: {type: int, examples: [\(count)]}")
    }
    // The app's number has three bytes more than the null that a server may leave, and the alert's has two commas.
    #expect(try size(1_234_567, "en") - size(1, "en") == 3 + 8)
    // ١ takes two bytes, as each digit and each sign of ١٬٢٣٤٬٥٦٧ does.
    #expect(try size(1_234_567, "ar-EG") - size(1, "ar-EG") == 3 + 16)
    // A server may also write the value as it has it: 20 bytes, where the date takes 10.
    let date = #"day: {type: timestamp, examples: ["2026-09-21T09:00:00Z"]}"#
    let zone = #"day: {type: timestamp, examples: ["2026-09-21T09:00:00+02:00"]}"#
    let short = "{$event.day :date length=short}"
    #expect(try bytes(short, in: "de", zone) - bytes(short, in: "de", date) == 5 + 5)
}

@Test func numbersAreNumbersAmongTheValues() throws {
    // "12345" has two bytes more than 12345 in the values of the app's part; the alert has the same text.
    let text = try bytes("{$event.x :string}", in: "en", "x: {type: string, examples: [\"12345\"]}")
    let number = try bytes("{$event.x :string}", in: "en", "x: {type: int, examples: [12345]}")
    #expect(number - text == #""types":{"event.x":"int"},"#.utf8.count - 2)
}

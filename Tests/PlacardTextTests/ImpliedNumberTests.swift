import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// Variants for a plural category that say one number, or none, and are for others too.
@Suite struct ImpliedNumberTests {
    private func environment(_ locale: String) throws -> TextEnvironment {
        TextEnvironment(
            variables: [
                "n": TextVariable(type: .int, isGuaranteed: true, examples: ["3"]),
                "many": TextVariable(type: .int, isGuaranteed: true, examples: ["450"]),
                "price": TextVariable(type: .double, isGuaranteed: true),
                "m": TextVariable(type: .int, isGuaranteed: true),
            ],
            locale: try LanguageTag(locale))
    }

    private func found(_ text: String, _ locale: String) throws -> [Diagnostic] {
        FixedText(text, .document(conversation: false), try environment(locale)).diagnostics
            .filter { $0.id == "text/implied-number" }
    }

    private static let head = ".input {$n :integer}\n.match $n\n"

    @Test(arguments: [
        ("ru", "one {{Остался 1 день.}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"),
        ("ru", "one {{Остался день.}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"),
        ("fr", "one {{Il reste un jour.}} * {{Il reste {$n} jours.}}"),
        ("fr", "one {{Il reste 1 jour.}} * {{Il reste {$n} jours.}}"),
        ("pt", "one {{Falta um dia.}} * {{Faltam {$n} dias.}}"),
        ("hi", "one {{१ दिन}} * {{{$n} दिन}}"), ("fa", "one {{۱ روز}} * {{{$n} روز}}"),
        ("lv", "zero {{Nav dienu}} one {{{$n} diena}} * {{{$n} dienas}}"),
        ("sl", "one {{{$n} dan}} two {{2 dneva}} few {{{$n} dni}} * {{{$n} dni}}"),
        ("ru", "1 {{Один}} one {{Остался 1 день.}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"),
    ])
    func anImpliedNumberIsFound(_ locale: String, _ variants: String) throws {
        let diagnostics = try found(Self.head + variants, locale)
        #expect(diagnostics.count == 1, "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.severity == .warning)
    }

    @Test(arguments: [
        ("en", "one {{1 day left.}} * {{{$n} days left.}}"), ("en", "one {{Tomorrow}} * {{{$n} days left.}}"),
        ("de", "one {{Noch ein Tag}} * {{Noch {$n} Tage}}"),
        ("ru", "one {{Остался {$n} день.}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"),
        ("ru", "1 {{Остался 1 день.}} one {{{$n} день}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"),
        ("fr", "0 {{Fini.}} one {{Il reste un jour.}} * {{Il reste {$n} jours.}}"),
        ("fr", "one {{Article à venir}} * {{Articles à venir}}"), ("ar", "one {{يوم}} * {{{$n} يوم}}"),
        ("ru", "one {{Код A1, 10:01, 1.5}} few {{Коды}} many {{Коды}} * {{Коды}}"), ("ja", "* {{{$n}日}}"),
    ])
    func isNotFound(_ locale: String, _ variants: String) throws {
        #expect(try found(Self.head + variants, locale).map(\.message) == [])
    }

    @Test func theNumberTakesThePlaceOfItsDigits() throws {
        let text = Self.head + "one {{Остался 1 день.}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"
        let environment = try environment("ru")
        let fixed = FixedText(text, .document(conversation: false), environment)
            .allFixed(.document(conversation: false), environment)
        #expect(fixed.source.contains("one {{Остался {$n} день.}}"))
        #expect(fixed.diagnostics.isEmpty)
    }

    @Test func ordinalsAndLocalNamesCount() throws {
        let ordinal =
            ".input {$n :integer select=ordinal} .match $n one {{1st}} two {{{$n}nd}} few {{{$n}rd}} * {{{$n}th}}"
        #expect(try found(ordinal, "en").count == 1)
        let local = ".local $d = {$n :integer} .match $d one {{{$n} день}} few {{{$d} дня}} many {{{$d}}} * {{{$d}}}"
        #expect(try found(local, "ru").isEmpty)
        let two =
            ".input {$n :integer} .input {$m :integer} .match $n $m one one {{1, {$m}}} one * {{{$n}, {$m}}} * one {{{$n}}} * * {{{$n}}}"
        #expect(try found(two, "fr").count == 1)
    }

    @Test(arguments: [
        ("fr", "1 {{un}} one {{Il reste un seul jour}} * {{Il reste {$n} jours}}", "Il reste {$n} jour"),
        ("fr", "1 {{un}} one {{Il reste une nuit}} * {{Il reste {$n} nuits}}", "Il reste {$n} nuit"),
        ("fr", "one {{Il reste un jour}} * {{des jours}}", "Il reste {$n} jour"),
        ("pt", "1 {{um}} one {{Falta um só dia}} * {{Faltam {$n} dias}}", "Falta {$n} dia"),
        (
            "ru", "1 {{Один}} one {{Остался один день}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}",
            "Остался {$n} день"
        ),
    ])
    func oneInWordsIsOneNumber(_ locale: String, _ variants: String, _ wanted: String) throws {
        let diagnostics = try found(Self.head + variants, locale)
        #expect(diagnostics.map(\.severity) == [.warning])
        let environment = try environment(locale)
        let fixed = FixedText(Self.head + variants, .document(conversation: false), environment)
            .allFixed(.document(conversation: false), environment)
        #expect(fixed.source.contains("one {{\(wanted)}}"))
        #expect(fixed.diagnostics.map(\.message) == [])
    }

    @Test(arguments: [
        ("en", "1 {{one}} one {{one day}} * {{{$n} days}}"), ("de", "1 {{ein}} one {{ein Tag}} * {{{$n} Tage}}"),
        ("fr", "0 {{rien}} 1 {{un}} one {{un jour}} * {{{$n} jours}}"),
        ("fr", "1 {{un}} one {{aucun jour}} * {{{$n} jours}}"),
        ("fr", "1 {{un}} one {{{$n} jour dans un mois}} * {{{$n} jours}}"),
        ("fr", "1 {{un}} one {{Voir `un`}} * {{{$n} jours}}"),
    ])
    func otherWordsAreLeftAlone(_ locale: String, _ variants: String) throws {
        #expect(try found(Self.head + variants, locale).map(\.message) == [])
    }

    @Test func whatIsLeftOfACategoryIsSaid() throws {
        let text = Self.head + "1 {{un}} one {{un seul jour}} * {{{$n} jours}}"
        let diagnostic = try #require(try found(text, "fr").first)
        #expect(diagnostic.message == "readers with 0 see `un seul`")
        #expect(diagnostic.secondary.map(\.text) == ["is for 0, as `1` has a text of its own"])
        let fractions =
            ".input {$price :number} .match $price 1 {{un}} one {{un seul euro}} many {{{$price}}} * {{{$price} euros}}"
        #expect(
            try found(fractions, "fr").flatMap(\.secondary).map(\.text) == [
                "is for 0 and 1.5, as `1` has a text of its own"
            ])
        let russian = Self.head + "1 {{День}} one {{День}} few {{{$n} дня}} many {{{$n} дней}} * {{{$n} дня}}"
        let other = try #require(try found(russian, "ru").first)
        #expect(other.message == "`one` is for 21, 31, 41, and its text does not say the number")
    }

    @Test(arguments: [
        ("en", "You have {$n} days left.", "days"), ("en", "**{$n} points**", "points"),
        ("de", "Noch {$n :integer} Tage", "Tage"),
        ("fr", "{$n} jours", "jours"), ("ru", "{$n} дней", "дней"),
        ("en", ".input {$m :integer} .match $m one {{{$n} items}} * {{{$m} items}}", "items"),
    ])
    func aNounInThePluralIsANote(_ locale: String, _ text: String, _ noun: String) throws {
        let found = FixedText(text, .document(conversation: false), try environment(locale)).diagnostics
        #expect(found.filter { $0.id == "text/counted-noun" }.map(\.severity) == [.note])
        #expect(found.first { $0.id == "text/counted-noun" }?.message.contains("`\(noun)`") == true)
    }

    @Test(arguments: [
        ("en", "{$n} %"), ("en", "{$n} day trial"), ("en", "Level {$n} unlocks now"), ("en", "Days: {$n}"),
        ("en", "{$n} min"), ("en", "{$many} points"), ("en", "{$m} points"),
        ("en", ".input {$n :integer} .match $n one {{a day}} * {{{$n} days}}"),
        ("en", ".local $d = {$n :integer} .match $d one {{a day}} * {{{$n} days}}"), ("ja", "{$n} days"),
        ("de", "{$n} days"),
    ])
    func whatIsNoCountedNounIsLeftAlone(_ locale: String, _ text: String) throws {
        let found = FixedText(text, .document(conversation: false), try environment(locale)).diagnostics
        #expect(found.filter { $0.id == "text/counted-noun" }.map(\.message) == [])
    }
}

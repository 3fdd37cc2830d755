import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// Variants for a plural category that say one number, or none, and are for others too.
@Suite struct ImpliedNumberTests {
    private func environment(_ locale: String) throws -> TextEnvironment {
        TextEnvironment(
            variables: [
                "n": TextVariable(type: .int, isGuaranteed: true), "m": TextVariable(type: .int, isGuaranteed: true),
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
}

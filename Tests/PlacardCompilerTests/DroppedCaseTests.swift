import PlacardCompiler
import SourceDiagnostics
import Testing

// Numbers with a text of their own in the source, such as 0: a translation that lacks them is told, and gets them to write over.

private let placard = baseProject.replacing("ar: optional", with: "de: optional, ja: optional, ru: optional")
private let opening = ".input {$user.orders_count :number}\n.match $user.orders_count\n"

private func files(_ locale: String, _ source: String, _ translated: String, opening: String = opening) -> ProjectFiles
{
    project([
        "placard.yaml": placard, "content/a.md": message(body: opening + source),
        "content/a.\(locale).md": overlay("title: Titel", body: opening + translated),
    ])
}

private let numbered = "0 {{None left.}}\n1 {{One left.}}\n* {{{$user.orders_count} left.}}\n"
private let named = "0 {{None left.}}\none {{One left.}}\n* {{{$user.orders_count} left.}}\n"

@Suite struct DroppedCaseTests {
    @Test(arguments: [
        ("de", numbered, "1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", ["`0`"]),
        ("de", numbered, "one {{Eins.}}\n* {{{$user.orders_count}.}}\n", ["`0`"]),
        ("de", numbered, "0 {{Keins.}}\none {{Eins.}}\n* {{{$user.orders_count}.}}\n", []),
        ("de", named, "0 {{Keins.}}\n1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", []),
        ("fr", named, "one {{{$user.orders_count} reste.}}\n* {{{$user.orders_count} restent.}}\n", ["`0`"]),
        ("ja", numbered, "0 {{なし。}}\n* {{{$user.orders_count}。}}\n", []),
        ("ja", numbered, "1 {{一。}}\n* {{{$user.orders_count}。}}\n", ["`0`"]),
        (
            "de", "0 {{None.}}\n1 {{One.}}\n2 {{Both.}}\n* {{{$user.orders_count}.}}\n",
            "1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", ["`0`, `2`"]
        ),
    ])
    private func aTranslationWithoutANumberOfItsSourceIsTold(
        _ locale: String, _ source: String, _ translated: String, _ told: [String]
    ) {
        let found = compile(files(locale, source, translated)).diagnostics.filter {
            $0.id == "translation/dropped-case"
        }
        #expect(
            found.map(\.message)
                == told.map { "the source has a text of its own for \($0), and the translation has none" })
    }

    @Test(arguments: [
        ("de", "1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", ["0 {{None left.}}"]),
        ("de", "0 {{Keins.}}\n1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", []),
        // In French 1.5 is `one`, too.
        ("fr", "1 {{Un.}}\n* {{{$user.orders_count}.}}\n", ["0 {{None left.}}", "one {{One left.}}"]),
        ("fr", "0 {{Rien.}}\none {{{$user.orders_count}.}}\n* {{{$user.orders_count}.}}\n", []),
    ])
    private func whatItLacksIsAdded(_ locale: String, _ translated: String, _ added: [String]) throws {
        let source = files(locale, numbered, translated)
        let completed = compile(source, keepsUnits: true).completedTranslation(of: "a", to: locale)
        #expect(completed.unplaced.isEmpty)
        let old = translated.split(separator: "\n")
        let lines = completed.files.flatMap { file in
            String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").filter { line in
                line.contains("{{") && !old.contains(line)
            }.map(String.init)
        }
        #expect(lines.sorted() == added)
    }

    /// Names that choose are the same in every language.
    @Test func aNameOfTheSourceIsToldAndAdded() {
        let chooses = ".input {$user.country :string}\n.match $user.country\n"
        let source = files(
            "de", "US {{Here.}}\nFR {{In France.}}\n* {{Abroad.}}\n", "US {{Hier.}}\n* {{Im Ausland.}}\n",
            opening: chooses)
        let compilation = compile(source, keepsUnits: true)
        #expect(
            compilation.diagnostics.filter { $0.id == "translation/dropped-case" }.map(\.message)
                == ["the source has a text of its own for `FR`, and the translation has none"])
        let added = compilation.completedTranslation(of: "a", to: "de").files.map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
        #expect(
            added.count == 1 && added[0].contains("US {{Hier.}}\nFR {{In France.}}\n* {{Im Ausland.}}\n"), "\(added)")
    }

    /// What `--update` adds is in the language of the source until somebody writes it over.
    @Test(arguments: [("None is left.", ["translation/identical"]), ("Keins ist übrig.", [])])
    func aVariantThatIsItsSourceIsTold(_ words: String, _ told: [String]) {
        let source = files(
            "de", "0 {{None is left.}}\none {{One left.}}\n* {{{$user.orders_count} left.}}\n",
            "0 {{\(words)}}\none {{Eins.}}\n* {{{$user.orders_count} übrig.}}\n")
        let compilation = compile(source, keepsUnits: true)
        #expect(compilation.diagnostics.map(\.id).filter { $0.hasPrefix("translation/i") } == told)
    }

    @Test func numbersCoverTheCategoryOfWholeNumbers() {
        let whole = opening.replacing(":number", with: ":integer")
        let source = files("de", numbered, "1 {{Eins.}}\n* {{{$user.orders_count}.}}\n", opening: whole)
        #expect(!compile(source).diagnostics.contains { $0.id == "mf2/missing-category" })
    }

    @Test func aFallbackThatTheTranslationDoesNotUseIsNotAskedFor() {
        let source = project([
            "content/a.md": message(
                "variables: {user.first_name: {fallback: friend}}", body: "Hello {$user.first_name}.\n"),
            "content/a.fr.md": overlay(body: "Bonjour.\n"),
        ])
        let compilation = compile(source, keepsUnits: true)
        #expect(compilation.diagnostics.map(\.id) == ["translation/dropped-placeholder"])
        #expect(compilation.completedTranslation(of: "a", to: "fr").files.isEmpty)
    }
}

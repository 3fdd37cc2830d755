import PlacardCompiler
import SourceDiagnostics
import Testing

private let languages = baseProject.replacing(
    "fr: optional",
    with: "fr: optional, ja: optional, de: optional, ru: optional, pl: optional, en-GB: optional, th: optional")

/// The diagnostics of one translation of a title and a body.
private func found(
    _ source: (title: String, body: String), _ translation: (title: String, body: String), _ locale: String = "fr",
    _ front: String = ""
) -> [String] {
    let files = [
        "placard.yaml": languages,
        "content/a.md":
            "---\ntemplate: note\ntitle: \"\(source.title)\"\ntrigger: {event: session_start}\n---\n\(source.body)\n",
        "content/a.\(locale).md": "---\ntitle: \"\(translation.title)\"\n\(front)---\n\(translation.body)\n",
    ]
    return diagnostics(compile(project(files)))
}

@Test func aTranslationThatIsItsSourceIsReportedOnce() {
    let words = ("Half price today", "Pick any book before **Friday**.")
    #expect(found(words, words) == ["translation/identical content/a.fr.md:1:1"])
    #expect(found(words, words, "en-GB") == [], "British English is English")
    #expect(found(words, words, "fr", "identical: [title, body]\n") == [])
    #expect(found(words, (words.0, "Choisissez un livre avant **vendredi**.")) == [], "three words may be a name")
    #expect(
        found(("Pick any book today", "Now."), ("Pick any book today", "Maintenant."))
            == ["translation/identical content/a.fr.md:2:8"])
    #expect(found(("Starling", "{$user.orders_count}"), ("Starling", "{$user.orders_count}")) == [], "a name alone")
}

@Test(arguments: [
    ("Until January 10.", "Jusqu’au 10 janvier.", true), ("Until January 10.", "Jusqu’au 3 janvier.", false),
    ("Costs $4.99 instead of $9.99.", "Coûte 4,99 $ au lieu de 9,99 $.", true),
    ("Costs $4.99.", "Coûte 9,99 $.", false),
    ("1,000 points.", "1 000 points.", true), ("1,000 points.", "10 000 points.", false), ("At 6 pm.", "À 18 h.", true),
    ("Two of 2.", "Deux sur deux.", true), ("Costs $4.99.", "Ce n’est pas cher.", false),
    ("Now.", "En 2 minutes.", true),
    ("$5.00 off.", "5 $ de moins.", true), ("`{$user.orders_count}` of 12.", "{$user.orders_count} sur 12.", true),
    ("[Look](https://www.example.com/a/77).", "[Voir](https://www.example.com/a/77).", true),
])
func numbersOfATranslationAreThoseOfItsSource(source: String, translation: String, isRight: Bool) {
    let ids = found(("Hello", source), ("Bonjour", translation)).map { $0.split(separator: " ")[0] }
    #expect(ids == (isRight ? [] : ["translation/different-number"]))
}

@Test func numbersOfOtherScriptsAreTheSameNumbers() {
    #expect(found(("Hello", "Get 10,000 points by 10/12."), ("مرحبا", "احصل على ١٠٬٠٠٠ نقطة قبل ١٢/١٠."), "ar") == [])
    #expect(found(("Hello", "Get 10,000 points."), ("こんにちは", "1万ポイント。"), "ja") == [])
    #expect(
        found(("Hello", "Get 10,000 points."), ("こんにちは", "2万ポイント。"), "ja")
            == ["translation/different-number content/a.ja.md:4:1"])
}

@Test func lettersOfAnotherScriptAreFound() {
    #expect(
        found(("Hello", "Good day."), ("Bonjour", "Bоnne journée.")) == ["translation/wrong-script content/a.fr.md:4:2"]
    )
    #expect(found(("Hello", "Good day."), ("Привет", "Добрый день."), "ru") == [])
    #expect(
        found(("Hello", "Good day."), ("Привет", "Open Starling Premium."), "ru") == [], "names are Latin everywhere")
    #expect(
        found(("Hello", "Good day to you."), ("Привет", "Dobryj den vam zhelaem."), "ru")
            == ["translation/wrong-script content/a.ru.md:4:1"])
    #expect(found(("Hello", "The Greek α."), ("Bonjour", "L’alpha grec : α.")) == [], "the source has it")
    #expect(found(("Hello", "Good day."), ("こんにちは", "良い一日を。"), "ja") == [])
}

@Test func bidirectionalControlsAreBalanced() {
    #expect(found(("Hello", "Good day."), ("مرحبا", "\u{2067}يوم سعيد.\u{2069}"), "ar") == [])
    #expect(
        found(("Hello", "Good day."), ("مرحبا", "\u{2067}يوم سعيد."), "ar")
            == ["text/bidi-control content/a.ar.md:4:1"])
    #expect(
        found(("Hello", "Good day."), ("مرحبا", "يوم سعيد.\u{202C}"), "ar")
            == ["text/bidi-control content/a.ar.md:4:10"])
    #expect(
        found(("Hello", "One.\n\nTwo."), ("مرحبا", "\u{202B}واحد.\n\nاثنان.\u{202C}"), "ar")
            == ["text/bidi-control content/a.ar.md:4:1", "text/bidi-control content/a.ar.md:6:7"])
}

@Test func punctuationIsThatOfTheLanguage() {
    let note = "translation/punctuation content/a.fr.md:4:8"
    #expect(found(("Hello", "Hello!"), ("Salut", "Bonjour!")) == [note])
    #expect(found(("Hello", "Hello!"), ("Salut", "Bonjour\u{202F}!")) == [])
    #expect(found(("Hello", "At 18:30, now."), ("Salut", "À 18:30, enfin.")) == [], "a time has no space")
    #expect(found(("Hello", "Hello."), ("Salut", "Bonjour")) == ["translation/punctuation content/a.fr.md:4:7"])
    #expect(found(("Hello", "Hello."), ("สวัสดี", "สวัสดี"), "th") == [], "Thai ends no sentence with a mark")
    #expect(found(("Hello", "Hello!"), ("こんにちは", "こんにちは!"), "ja") == ["translation/punctuation content/a.ja.md:4:6"])
    #expect(found(("Hello", "Hello!"), ("こんにちは", "こんにちは！"), "ja") == [])
}

@Test func whatToolsBreakIsFound() {
    let source = ("Hello", "You: {$user.orders_count}")
    #expect(
        found(source, ("Bonjour", "Vous : {$user.orders_count} \\{$user.orders_count\\}"))
            == ["translation/escaped-placeholder content/a.fr.md:4:29"])
    #expect(found(("Hello", "Hi."), (" Bonjour ", "Salut.")) == [], "spaces around a title are not shown")
    let front = "template: note\ntitle: Hello\ntrigger: {event: session_start}\n"
    let fallbacks = [
        "placard.yaml": languages,
        "content/a.md":
            "---\n\(front)variables: {user.first_name: {fallback: friend}}\n---\nHi {$user.first_name}!\n",
        "content/a.fr.md":
            "---\ntitle: Bonjour\nvariables: {user.first_name: {fallback: \"ami \"}}\n---\nSalut {$user.first_name}\u{202F}!\n",
    ]
    #expect(diagnostics(compile(project(fallbacks))) == ["translation/outer-space content/a.fr.md:3:45"])
    #expect(found(("Hello", "Hi."), ("Cafe\u{301}", "Salut.")) == ["translation/not-nfc content/a.fr.md:2:12"])
}

import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

private let link = "actions: [{id: go, label: Go, url: \"https://a.example.com/?n={$user.first_name}\"}]"
private let fallback = "variables: {user.first_name: {fallback: unknown}}\n"

@Test func aFallbackInAddressesAloneIsNotTranslated() throws {
    let label = "title: Bonjour\nactions: [{id: go, label: Aller}]"
    check(["content/a.md": message(fallback + link), "content/a.fr.md": overlay(label)], [])
    check(
        [
            "content/a.md": message(fallback, body: "[Your page](https://a.example.com/{$user.first_name}).\n"),
            "content/a.fr.md": overlay(body: "[Ta page](https://a.example.com/{$user.first_name}).\n"),
        ], [])
    // Among words it is one.
    check(
        [
            "content/a.md": message(fallback + link, body: "Hello {$user.first_name}.\n"),
            "content/a.fr.md": overlay(label, body: "Bonjour {$user.first_name}.\n"),
        ], ["translation/missing-text content/a.fr.md:1:1"])
}

@Test func anAddressHasTheSameFallbackInEveryLanguage() throws {
    let files = [
        "content/a.md": message(fallback + link),
        "content/a.fr.md": overlay(
            "title: Bonjour\nactions: [{id: go, label: Aller}]\nvariables: {user.first_name: {fallback: inconnu}}"),
    ]
    check(files, ["translation/needless-fallback content/a.fr.md:4:13"])
    let bundle = emitBundle(compile(project(files)))
    for locale in ["en", "fr"] {
        let entry = try #require(bundle.manifest.locales[locale])
        let bytes = try #require(bundle.targets.first { $0.path == entry.target.path }).bytes
        let file = try LocaleFile(json: JSONValue(parsing: bytes))
        #expect(file.messages["a"]?.fallbacks["user.first_name"] == .plain("unknown"))
    }
}

@Test func shortTextsHaveNoSpacesAroundThem() throws {
    let compilation = compile(
        project(
            [
                "content/a.md": """
                ---
                template: note
                title: " Hello "
                trigger: {event: session_start}
                image: {src: a.png, alt: " A cup "}
                replies: [{id: one, text: " One "}, {id: two, text: "Two "}]
                actions: [{id: go, label: " Go", dismiss: true}]
                push: {title: " News ", body: " Soon "}
                ---
                Hello.
                """,
                "content/a.fr.md": """
                ---
                title: "Bonjour "
                image: {alt: " Une tasse"}
                replies: [{id: one, text: " Un "}, {id: two, text: " Deux"}]
                actions: [{id: go, label: "Aller "}]
                push: {title: " Infos", body: "Bientôt "}
                ---
                Bonjour.
                """,
                "content/b.md": message().replacing(
                    "title: Hello",
                    with:
                        "title: |\n  .input {$user.orders_count :integer}\n  .match $user.orders_count\n  one {{ One }}\n  * {{ Many }}"
                ),
            ], binary: ["content/a.png": tinyPNG]))
    #expect(!compilation.hasErrors, "\(diagnostics(compilation))")
    for target in emitBundle(compilation).targets where target.path.hasSuffix(".json") {
        let text = String(decoding: target.bytes, as: UTF8.self)
        for word in [
            "Hello", "A cup", "One", "Two", "Go", "News", "Soon", "Bonjour", "Une tasse", "Un", "Deux", "Aller",
            "Infos", "Bientôt", "Many",
        ] {
            #expect(!text.contains("\" \(word)") && !text.contains("\(word) \""), "\(word) in \(target.path)")
        }
    }
}

import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

private func files(_ source: String, _ translation: String) -> [String: String] {
    ["content/a.md": source, "content/a.fr.md": translation]
}

@Test func aTranslationHasEveryText() {
    check(files(message(), overlay("")), ["translation/missing-text content/a.fr.md:1:1"])
    check(files(message(), overlay(body: "")), ["translation/missing-text content/a.fr.md:4:1"])
    check(
        files(message("actions: [{id: x, label: A, dismiss: true}]"), overlay()),
        ["translation/missing-text content/a.fr.md:1:1"])
    check(
        files(
            message("actions: [{id: x, label: A, dismiss: true}, {id: q, label: B, dismiss: true}]"),
            overlay("title: Bonjour\nactions: [{id: x, label: A}]")), ["translation/missing-text content/a.fr.md:3:1"])
    check(
        files(
            message("replies: [{id: x, text: A}, {id: q, text: B}]"),
            overlay("title: Bonjour\nreplies: [{id: x, text: A}]")), ["translation/missing-text content/a.fr.md:3:1"])
}

@Test func aMissingTextSaysHowItIsWritten() {
    let source = message(
        "image: {src: x.png, alt: X}\nactions: [{id: x, label: A, dismiss: true}]\nreplies: [{id: q, text: B}, {id: r, text: C}]"
    )
    let files = project(
        ["content/a.md": source, "content/a.fr.md": overlay("", body: "")], binary: ["content/x.png": tinyPNG])
    #expect(
        compile(files).diagnostics.compactMap(\.notes.first).sorted() == [
            "add `actions: [{id: x, label: …}]`", "add `image: {alt: …}`", "add `replies: [{id: q, text: …}]`",
            "add `replies: [{id: r, text: …}]`", "add `title: …`", "write the text below the front matter",
        ])
}

/// A text that has an error of its own is still there to translate.
@Test func aBrokenSourceTextIsNotMissing() {
    let source = message(
        "replies: [{id: q, text: '{$x}'}, {id: r, text: C}]\nactions: [{id: x, label: '{$x}', dismiss: true}]"
            + "\nimage: {src: x.png, alt: '{$x}'}",
        body: "Hi {$user.first_name}\n")
    let translation = overlay(
        "title: T\nreplies: [{id: q, text: A}, {id: r, text: C}]\nactions: [{id: x, label: A}]\nimage: {alt: A}",
        body: "Salut\n")
    let found = diagnostics(compile(project(files(source, translation), binary: ["content/x.png": tinyPNG])))
    #expect(found.count == 4)
    #expect(found.allSatisfy { $0.contains(" content/a.md:") }, "\(found)")
}

@Test func aTranslationHasFallbacksOfItsOwn() {
    let source = message("variables: {user.first_name: {fallback: there}}", body: "Hi {$user.first_name}\n")
    check(
        files(source, overlay(body: "Salut {$user.first_name}\n")), ["translation/missing-text content/a.fr.md:1:1"])
    check(
        files(
            source,
            overlay("title: Bonjour\nvariables: {user.first_name: {fallback: toi}}", body: "Salut {$user.first_name}\n")
        ), [])
    check(
        files(message(), overlay("title: Bonjour\nvariables: {user.first_name: {fallback: toi}}")),
        ["translation/unknown-entry content/a.fr.md:3:13"])
}

@Test func aTranslationHasNothingElse() {
    check(
        files(message(body: ""), overlay()), ["translation/unknown-text content/a.fr.md:4:1"])
    check(
        files(
            message("actions: [{id: x, label: A, dismiss: true}]"),
            overlay("title: T\nactions: [{id: x, label: A}, {id: z, label: B}]")),
        ["translation/unknown-entry content/a.fr.md:3:35"])
    check(
        files(
            message("actions: [{id: x, label: A, dismiss: true}]"),
            overlay("title: T\nactions: [{id: x, label: A}, {id: x, label: B}]")),
        ["translation/duplicate-entry content/a.fr.md:3:35"])
    check(
        files(
            message("replies: [{id: x, text: A}, {id: q, text: B}]"),
            overlay("title: T\nreplies: [{id: x, text: A}, {id: q, text: B}, {id: z, text: C}]")),
        ["translation/unknown-entry content/a.fr.md:3:52"])
}

@Test func aTranslationKeepsPlaceholdersAndLinks() {
    check(
        files(message(body: "You: {$user.orders_count}\n"), overlay(body: "Vous.\n")),
        ["translation/dropped-placeholder content/a.fr.md:4:1"])
    check(
        files(message(), overlay(body: "Vous : {$user.orders_count}\n")),
        ["translation/unknown-placeholder content/a.fr.md:4:9"])
    check(
        files(message(body: "[a](https://www.example.com/)\n"), overlay(body: "Vous.\n")),
        ["translation/dropped-link content/a.fr.md:4:1"])
    check(
        files(message(), overlay(body: "Oui [a](https://www.example.com/)\n")),
        ["translation/different-link content/a.fr.md:4:5"])
}

@Test func whatTheProjectAllowsEverywhereIsNotLookedForButWhereAFileAllowsItToo() {
    let links = "lint: {translation/different-link: allow, translation/dropped-link: allow}\n"
    let body = "Oui [a](https://www.example.com/)\n"
    var source = files(message(), overlay(body: body))
    source["placard.yaml"] = baseProject + links
    check(source, [])
    // Placeholders are still compared.
    source["content/a.fr.md"] = overlay(body: "Vous : {$user.orders_count} [a](https://www.example.com/)\n")
    check(source, ["translation/unknown-placeholder content/a.fr.md:4:9"])
    // One of the two differences may be wanted.
    source["content/a.fr.md"] = overlay(body: body)
    source["placard.yaml"] = baseProject + "lint: {translation/dropped-link: allow}\n"
    check(source, ["translation/different-link content/a.fr.md:4:5"])
    // The allowance of the file is needed as long as there is what it allows.
    source["placard.yaml"] = baseProject + links
    let allow = "title: Bonjour\nallow: [{id: translation/different-link, reason: One page for each country}]"
    source["content/a.fr.md"] = overlay(allow, body: body)
    check(source, [])
    source["content/a.fr.md"] = overlay(allow)
    check(source, ["lint/unused-allowance content/a.fr.md:3:14"])
    // So is that of a variant's translation, which is read last.
    check(
        [
            "placard.yaml": baseProject + links,
            "content/a.md": message("experiment: {variants: {control: 50, short: 50}}"),
            "content/a+short.md": overlay("title: Hi", body: "Short.\n"), "content/a.fr.md": overlay(),
            "content/a+short.fr.md": overlay(allow, body: body),
        ], [])
}

@Test func aTranslationBelongsToAMessageAndALocale() {
    check(["content/a.md": message(), "content/b.fr.md": overlay()], ["translation/orphan content/b.fr.md:1:1"])
    check(
        ["content/b+x.md": overlay(), "content/b+x.fr.md": overlay()],
        ["translation/orphan content/b+x.md:1:1", "translation/orphan content/b+x.fr.md:1:1"])
    check(["content/a.md": message(), "content/a.en.md": overlay()], ["translation/source-locale content/a.en.md:1:1"])
    check(
        ["content/a.md": message(), "content/a.de.md": overlay()], ["translation/unknown-locale content/a.de.md:1:1"])
}

@Test func variantsAreTranslatedWithTheirMessage() {
    let experiment = "experiment: {variants: {control: 50, short: 50}}"
    check(
        [
            "content/a.md": message(experiment), "content/a+short.md": overlay("title: Hi", body: ""),
            "content/a.fr.md": overlay(),
        ],
        ["translation/missing-variant content/a+short.md:1:1"])
    check(
        [
            "content/a.md": message(experiment), "content/a+short.md": overlay("title: Hi", body: ""),
            "content/a.fr.md": overlay(), "content/a+short.fr.md": overlay("title: Salut", body: ""),
        ], [])
    check(
        ["content/a.md": message(experiment + "\n"), "content/a.fr.md": overlay(), "content/a+short.fr.md": overlay()],
        ["message/identical-variants content/a.md:5:38", "translation/orphan content/a+short.fr.md:1:1"])
}

// MARK: What is missing

private let required = baseProject.replacing("fr: optional", with: "fr: required")

@Test func aRequiredLocaleIsMissed() {
    check(["placard.yaml": required, "content/a.md": message()], ["translation/missing content/a.md:1:1"])
    check(["content/a.md": message()], [])
    check(["content/a.md": message("onMissing: error")], ["translation/missing content/a.md:1:1"])
    let severities = { (lines: String) in
        compile(project(["placard.yaml": required, "content/a.md": message(lines)])).diagnostics.map(\.severity)
    }
    #expect(severities("") == [.error])
    #expect(severities("onMissing: hide") == [.error])
    #expect(severities("onMissing: error") == [.error])
}

/// The locales that show each message, and in which language.
private func shown(_ files: [String: String]) throws -> [String: [String: String]] {
    let compilation = compile(project(files))
    #expect(!compilation.hasErrors, "\(diagnostics(compilation))")
    let bundle = emitBundle(compilation)
    var result: [String: [String: String]] = [:]
    for entry in bundle.manifest.locales {
        let bytes = try #require(bundle.targets.first { $0.path == entry.value.target.path }).bytes
        let file = try LocaleFile(json: JSONValue(parsing: bytes))
        result[entry.name] = Dictionary(
            uniqueKeysWithValues: file.messages.map { ($0.name, $0.value.locale) })
    }
    return result
}

private let many = """
    source: en
    locales: {en-GB: optional, es-419: optional, es-MX: optional, fr: optional, fr-CA: optional, zh-Hant: optional}
    events: {session_start: {}}

    """

@Test func aMessageFallsBackAlongTheChain() throws {
    let found = try shown([
        "placard.yaml": many, "content/a.md": message(), "content/a.fr.md": overlay(),
        "content/a.es-419.md": overlay("title: Hola"),
    ])
    #expect(
        found.mapValues { $0["a"] } == [
            "en": "en", "en-GB": "en", "es-419": "es-419", "es-MX": "es-419", "fr": "fr", "fr-CA": "fr",
            "zh-Hant": "en",
        ])
}

@Test func aMessageThatHidesIsShownInItsLanguagesAlone() throws {
    let found = try shown([
        "placard.yaml": many, "content/a.md": message("onMissing: hide"), "content/a.fr.md": overlay(),
    ])
    #expect(
        found.compactMapValues { $0["a"] } == ["en": "en", "en-GB": "en", "fr": "fr", "fr-CA": "fr"])
}

@Test func theProjectsFallbacksReplaceCLDRs() throws {
    let found = try shown([
        "placard.yaml": many + "fallbacks: {es-MX: fr}\n", "content/a.md": message(), "content/a.fr.md": overlay(),
        "content/a.es-419.md": overlay("title: Hola"),
    ])
    #expect(found["es-MX"] == ["a": "fr"])
}

@Test func nothingIsLookedForBehindTheSource() throws {
    // The source is a locale whose parent the project has too.
    let found = try shown([
        "placard.yaml": """
        source: pt-BR
        locales: {pt: optional, pt-PT: optional}
        events: {session_start: {}}

        """,
        "content/a.md": message(), "content/a.pt.md": overlay("title: Olá"),
    ])
    #expect(found.mapValues { $0["a"] } == ["pt-BR": "pt-BR", "pt": "pt", "pt-PT": "pt"])
    let turned = try shown([
        "placard.yaml": many + "fallbacks: {en: fr}\n", "content/a.md": message(), "content/a.fr.md": overlay(),
    ])
    #expect(turned["en"] == ["a": "en"])
}

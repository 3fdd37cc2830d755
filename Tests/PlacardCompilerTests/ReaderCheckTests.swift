import PlacardCompiler
import SourceDiagnostics
import Testing

private let chatTemplate = """
    description: For tests
    surface: chat
    dismiss: [button]
    fields:
      title: {type: text, required: true}
      body: {type: markdown, required: true, conversation: true}

    """

private let languages = baseProject.replacing(
    "fr: optional", with: "fr: optional, de: optional, ja: optional, pl: optional, uk: optional, pt-BR: optional")

// MARK: Links

@Test(arguments: [
    "here", "Here", "click here", "Click here!", "more", "**more**", "Learn more", "read more …", "this", "→ here",
])
func aLinkWhoseWordsSayNothingIsFound(words: String) {
    check(
        ["content/a.md": message(body: "For opening hours, see [\(words)](https://www.example.com/hours).\n")],
        ["message/vague-link content/a.md:6:24"])
}

@Test(arguments: [
    "opening hours", "hereafter", "more coffee", "Go there", "{$user.orders_count}", "example.com", "help@example.com",
])
func aLinkThatSaysWhereItLeadsIsNot(words: String) {
    check(["content/a.md": message(body: "Look at [\(words)](https://www.example.com/hours).\n")], [])
}

@Test(arguments: [
    ("fr", "ici"), ("fr", "En savoir plus"), ("de", "hier"), ("de", "Mehr erfahren"), ("ja", "こちら"), ("ja", "詳しくはこちら。"),
    ("ar", "هنا"), ("pl", "tutaj"), ("uk", "тут"), ("pt-BR", "Clique aqui"), ("fr", "click here"),
])
func wordsThatSayNothingAreThoseOfTheLanguage(locale: String, words: String) {
    let files = [
        "placard.yaml": languages,
        "content/a.md": message(body: "[Opening hours](https://www.example.com/hours)\n"),
        "content/a.\(locale).md": overlay(body: "[\(words)](https://www.example.com/hours)\n"),
    ]
    #expect(diagnostics(compile(project(files))).contains("message/vague-link content/a.\(locale).md:4:1"))
}

@Test func aWordOfAnotherLanguageMayBeAName() {
    check(["content/a.md": message(body: "Fly to [Tu](https://www.example.com/tu).\n")], [])
}

@Test(arguments: ["<https://www.example.com/hours>", "[https://www.example.com/hours](https://www.example.com/hours)"])
func aLinkWhoseWordsAreItsAddressIsFound(link: String) {
    check(["content/a.md": message(body: "Open: \(link)\n")], ["message/vague-link content/a.md:6:7"])
}

@Test func aChoiceOfAConversationSaysWhatItsReaderSays() {
    let body = "# Hello\n\nMore?\n\n- [More](#more)\n- [Go](#end)\n\n# More\n\nMore.\n\n[Go](#end)\n\n# End\n\nBye.\n"
    check(
        [
            "templates/chat/template.yaml": chatTemplate,
            "content/a.md": "---\ntemplate: chat\ntitle: Hello\ntrigger: {event: session_start}\n---\n\(body)",
        ], [])
}

// MARK: Labels

/// A message with two buttons.
private func buttons(_ first: String, _ second: String, _ front: String = "") -> String {
    message(
        "actions: [{id: a, label: \"\(first)\", url: \"https://www.example.com/a\"}, {id: b, label: \"\(second)\", dismiss: true}]\(front)"
    )
}

@Test(arguments: [("Open", "Open"), ("Open", "open"), ("Open now", "Open  now"), ("Open", "Open\u{200B}")])
func twoButtonsThatSayTheSameAreFound(first: String, second: String) {
    let found = compile(project(["content/a.md": buttons(first, second)])).diagnostics
    #expect(found.map(\.id).filter { $0 != "text/reserved-character" } == ["message/equal-labels"])
    #expect(found.first { $0.id == "message/equal-labels" }?.secondary.count == 1, "the first one is shown, too")
}

@Test(arguments: [("Open", "Close"), ("Open", "Open it"), ("{$user.first_name}", "{$user.country}")])
func twoButtonsThatDifferAreNot(first: String, second: String) {
    let front = "\nvariables: {user.first_name: {fallback: Friend}}"
    #expect(
        !compile(project(["content/a.md": buttons(first, second, front)])).diagnostics.contains {
            $0.id == "message/equal-labels"
        })
}

@Test func buttonsMayBeEqualInATranslationAlone() {
    check(
        [
            "content/a.md": buttons("Close", "Done"),
            "content/a.fr.md": overlay(
                "title: Bonjour\nactions: [{id: a, label: Fermer}, {id: b, label: Fermer}]"),
        ], ["message/equal-labels content/a.fr.md:3:50"])
}

@Test func buttonsMayBeEqualForSomeReadersAlone() {
    let first = #".input {$user.country :string} .match $user.country FR {{Open}} * {{Look}}"#
    #expect(
        diagnostics(compile(project(["content/a.md": buttons(first, "Open")]))) == [
            "message/equal-labels content/a.md:5:154"
        ])
    let second = #".input {$user.country :string} .match $user.country GB {{Open}} * {{See}}"#
    #expect(
        diagnostics(compile(project(["content/a.md": buttons(first, second)]))) == [], "no reader is in both countries")
}

@Test func buttonsMayBeEqualInAVariantAlone() {
    let source = buttons("Open", "Later", "\nexperiment: {variants: {control: 50, short: 50}}")
    check(
        [
            "content/a.md": source,
            "content/a+short.md": overlay("title: Hi\nactions: [{id: b, label: Open, dismiss: true}]"),
        ], ["message/equal-labels content/a+short.md:3:26"])
    check(
        [
            "content/a.md": source,
            "content/a+short.md": overlay("title: Hi\nactions: [{id: b, label: Close, dismiss: true}]"),
        ], [])
}

@Test func repliesAndChoicesThatSayTheSameAreFound() {
    check(
        ["content/a.md": message("replies: [{id: a, text: Now}, {id: b, text: now}, {id: c, text: Later}]")],
        ["message/equal-labels content/a.md:5:45"])
    let body = "# Hello\n\nWell?\n\n- [Yes](#a)\n- [Yes](#b)\n\n# A\n\n[Done](#c)\n\n# B\n\n[Done](#c)\n\n# C\n\nBye.\n"
    check(
        [
            "templates/chat/template.yaml": chatTemplate,
            "content/a.md": "---\ntemplate: chat\ntitle: Hello\ntrigger: {event: session_start}\n---\n\(body)",
        ], ["message/equal-labels content/a.md:11:3"])
}

@Test(arguments: ["👍", "👍🏽 ❤️", "→", "…", "🇫🇷"])
func aLabelWithoutAWordIsFound(label: String) {
    check(
        ["content/a.md": message("replies: [{id: a, text: \"\(label)\"}, {id: b, text: Later}]")],
        ["message/wordless-label content/a.md:5:25"])
}

@Test(arguments: ["👍 Yes", "OK", "好", "はい", "نعم", "5 ★", "٣", "{$user.orders_count}"])
func aLabelWithAWordIsNot(label: String) {
    check(["content/a.md": message("replies: [{id: a, text: \"\(label)\"}, {id: b, text: Later}]")], [])
}

// MARK: Headings

@Test func headingsGoDownOneLevelAtATime() {
    check(["content/a.md": message(body: "# One\n\n## Two\n\n### Three\n\n# One\n\nText.\n")], [])
    check(["content/a.md": message(body: "## Two\n\nText.\n\n### Three\n\nText.\n")], [])
    check(["content/a.md": message(body: "### Three\n\nText.\n")], ["text/heading-order content/a.md:6:1"])
    check(
        ["content/a.md": message(body: "# One\n\n### Three\n\nText.\n\n## Two\n")],
        ["text/heading-order content/a.md:8:1"])
}

@Test func whatIsBelowAHeadingMovesWithIt() throws {
    let source = project(["content/a.md": message(body: "# One\n\n### Three\n\n#### Four\n\n### Three\n\n## Two\n")])
    let found = compile(source).diagnostics
    #expect(found.map(\.message) == ["a heading of level 3 follows one of level 1"])
    let fixed = applying(try #require(found.first?.fixIts.first), to: source)
    #expect(compile(fixed).diagnostics == [])
    let text = String(decoding: try #require(fixed["content/a.md"]), as: UTF8.self)
    #expect(text.hasSuffix("# One\n\n## Three\n\n### Four\n\n## Three\n\n## Two\n"))
}

// MARK: Silence

@Test func whatReadersCannotMakeSenseOfCanBeAllowed() {
    let front = """
        allow:
          - {id: message/vague-link, reason: The address is the subject}
          - {id: message/wordless-label, reason: Everybody knows it}
          - {id: message/equal-labels, reason: It is a joke}
          - {id: text/heading-order, reason: The app draws it so}
        actions: [{id: a, label: "👍", dismiss: true}, {id: b, label: "👍", dismiss: true}]
        """
    check(["content/a.md": message(front, body: "### Hello\n\n[here](https://www.example.com)\n")], [])
}

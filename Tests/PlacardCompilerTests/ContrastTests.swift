import PlacardCompiler
import SourceDiagnostics
import Testing

private let offer = """
    description: For tests
    surface: card
    dismiss: [button]
    fields:
      title: {type: text, required: true}
      accent: {type: color}

    """
private let drawing = "<div class=\"offer\" data-accent=\"{{accent}}\"><p class=\"title\">{{title}}</p></div>\n"

/// The diagnostics of a message with an accent in a template with a style sheet.
private func found(
    _ style: String, accent: String? = nil, theme: String? = nil, template: String = offer
) -> [Diagnostic] {
    let front = accent.map { "accent: \"\($0)\"\n" } ?? ""
    var files = [
        "templates/offer/template.yaml": template, "templates/offer/preview.mustache": drawing,
        "templates/offer/style.css": style,
        "content/a.md": "---\ntemplate: offer\ntitle: Hello\ntrigger: {event: session_start}\n\(front)---\n",
    ]
    if let theme { files["placard.yaml"] = baseProject + "preview: {theme: {\(theme)}}\n" }
    return compile(project(files)).diagnostics
}

private let onAccent = ".offer { background: attr(data-accent type(<color>), #0b7a5b); color: #fff }"

@Test(arguments: [
    ("#ffd54f", false), ("#777777", false), ("#767676", true), ("#0b7a5b", true), ("#FFD54F", false), ("#fff", false),
])
func lettersOnTheColorOfAMessageAreReadable(accent: String, isReadable: Bool) {
    let ids = found(onAccent, accent: accent).map { "\($0.id) \($0.primary.file)" }
    #expect(ids == (isReadable ? [] : ["color/low-contrast content/a.md"]))
}

@Test func theContrastIsSaidAndNeverRoundedUp() {
    let diagnostic = found(onAccent, accent: "#777777").first
    #expect(
        diagnostic?.message
            == "letters in `#ffffff` on `#777777` have a contrast of 4.47:1 in either theme, and need 4.5:1")
    #expect(diagnostic?.fixIts.first?.edits.first?.replacement == "\"#767676\"")
    #expect(diagnostic?.secondary.first?.file == "templates/offer/style.css")
}

@Test func aMessageWithoutTheColorHasTheSheets() {
    #expect(found(onAccent).isEmpty)
    let pale = ".offer { background: attr(data-accent type(<color>), #eee); color: #fff }"
    #expect(found(pale).map { "\($0.id) \($0.primary.file)" } == ["color/low-contrast templates/offer/style.css"])
}

@Test func theDefaultOfAColorIsTheTemplates() {
    let template = offer.replacing("{type: color}", with: "{type: color, default: \"#ffd54f\"}")
    #expect(found(onAccent, template: template).map(\.primary.file) == ["templates/offer/style.css"])
}

@Test func bothThemesAreLookedAt() {
    let style = ".offer { background: light-dark(#fff, #222); color: light-dark(#111, #444) }"
    #expect(
        found(style).map(\.message)
            == ["letters in `#444444` on `#222222` have a contrast of 1.63:1 in the dark theme, and need 4.5:1"])
}

@Test func largeLettersNeedLess() {
    let gray = "background: #fff; color: #949494"
    #expect(found(".offer { \(gray) }").map(\.id) == ["color/low-contrast"])
    #expect(found(".offer { \(gray); font-size: 24px }").isEmpty)
    #expect(found(".offer { \(gray); font: 700 20px/1.2 system-ui }").isEmpty)
    #expect(found(".offer { \(gray); font-size: 18px; font-weight: bold }").map(\.id) == ["color/low-contrast"])
}

@Test func lettersAloneAreHeldAgainstEveryGround() {
    #expect(found(".offer { background: #fff } .title { color: #ddd }").map(\.id) == ["color/low-contrast"])
    #expect(
        found(".offer { background: #fff } .box { background: #111 } .title { color: #ddd }").isEmpty,
        "the title may stand in the box")
    #expect(found(".title { color: #ddd }").isEmpty, "no ground is known")
    #expect(found(".offer { background: linear-gradient(#fff, #000) } .title { color: #ddd }").isEmpty)
}

@Test(arguments: [
    "color: lch(from attr(data-accent type(<color>), #0b6b50) calc((49.4 - l) * 100) 0 0)", "color: inherit",
    "color: rgb(255 255 255 / 0.5)", "color: color-mix(in oklab, #fff, #eee)", "color: #ffffff80",
])
func whatCannotBeToldIsNotJudged(letters: String) {
    #expect(found(".offer { background: #fff; \(letters) }").isEmpty)
    #expect(
        found(".offer { background: attr(data-accent type(<color>), #fff); \(letters) }", accent: "#ffd54f").isEmpty)
}

@Test func colorsOfScreensAloneAreNotJudged() {
    #expect(found("@media (forced-colors: active) { .offer { background: #fff; color: #eee } }").isEmpty)
    #expect(found("@supports (color: red) { .offer { background: #fff; color: #eee } }").count == 1)
    #expect(found(".offer { --ink: #eee; background: #fff; color: var(--ink) }").count == 1)
    #expect(found(".offer { --ink: #eee; background: #fff; color: var(--ink) } .x { --ink: #000 }").isEmpty)
}

@Test func theAppsColorsAreLookedAtInEachTheme() {
    let style =
        ".offer { background: light-dark(#fff, #222) } .title { color: var(--app-link, light-dark(#05c, #9cf)) }"
    #expect(found(style).isEmpty)
    let dark = found(style, theme: "link: \"#0055cc\"")
    #expect(dark.map { "\($0.id) \($0.primary.file)" } == ["color/low-contrast placard.yaml"])
    #expect(dark.first?.notes.contains { $0.contains("`linkDark`") } == true)
    #expect(found(style, theme: "link: \"#0055cc\", linkDark: \"#99ccff\"").isEmpty)
    let onAccent = ".offer { background: var(--app-accent, #05c); color: var(--app-on-accent, #fff) }"
    #expect(found(onAccent, theme: "accent: \"#ffd54f\"").isEmpty, "letters are black on it")
    let white = ".offer { background: var(--app-accent, #05c); color: #fff }"
    #expect(found(white, theme: "accent: \"#ffd54f\"").map(\.primary.file) == ["placard.yaml"])
}

// MARK: Targets

private func targets(_ style: String) -> [String] {
    let drawing = """
        <div class="offer"><p class="title">{{title}}</p><ul class="chips">{{#replies}}<li>{{text}}</li>{{/replies}}</ul>
        {{#actions}}<span class="action {{kind}}">{{label}}</span>{{/actions}}{{#close}}<span class="close"><i>×</i></span>{{/close}}</div>
        """
    let files = [
        "templates/offer/template.yaml": offer, "templates/offer/preview.mustache": drawing,
        "templates/offer/style.css": style,
        "content/a.md": "---\ntemplate: offer\ntitle: Hello\ntrigger: {event: session_start}\n---\n",
    ]
    return compile(project(files)).diagnostics.map { "\($0.severity.name) \($0.id)" }
}

@Test(arguments: [
    (".close { width: 20px; height: 44px }", "warning css/small-target"),
    (".action { max-height: 23.5px }", "warning css/small-target"),
    (".offer .action { height: 30px }", "note css/small-target"),
    (".action { min-height: 32px }", "note css/small-target"),
    (".chips li { height: 32px }", "note css/small-target"),
    (".close { block-size: 12px }", "warning css/small-target"),
])
func targetsThatFingersMissAreFound(style: String, expected: String) {
    #expect(targets(style) == [expected])
}

@Test(arguments: [
    ".close { width: 44px; height: 44px } .close i { width: 30px; height: 30px }", ".title { height: 12px }",
    ".action { min-height: 32px; padding: 10px 12px }", ".action { height: 2em; width: 50% }",
    ".action::before { width: 12px; height: 12px }", ".action { height: 20px; min-height: 44px; min-width: 44px }",
    "@media (width > 900px) { .action { height: 20px } }", "li { height: 12px }",
])
func whatIsLargeEnoughOrNoTargetIsNot(style: String) {
    #expect(targets(style) == [])
}

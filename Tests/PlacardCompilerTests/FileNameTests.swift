import PlacardCompiler
import SourceDiagnostics
import Testing

// What is said of files below `content/` whose names are not as they should be.

/// The diagnostics of files with these names, and the last note of each.
private func advice(_ files: [String: String]) -> [String] {
    compile(project(files)).diagnostics.map { diagnostic in
        "\(diagnostic.primary.file): \(diagnostic.id): \(diagnostic.notes.last ?? "")"
    }
}

@Test func aTranslationKeepsItsLocaleInTheNameThatIsAdvised() {
    #expect(
        advice(["content/autumn sale.md": message(), "content/autumn sale.fr.md": overlay()]) == [
            "content/autumn sale.md: project/invalid-id: rename the file to autumn-sale.md",
            "content/autumn sale.fr.md: project/invalid-id: rename the file to autumn-sale.fr.md",
        ])
    #expect(
        advice(["content/a+Big One.fr.md": overlay()])
            == ["content/a+Big One.fr.md: project/invalid-id: rename the file to a+big-one.fr.md"])
    #expect(
        advice(["content/Version 1.2 is out.md": message()])
            == ["content/Version 1.2 is out.md: project/invalid-id: rename the file to version-1-2-is-out.md"])
}

@Test func noNameIsAdvisedThatAnotherFileHas() {
    let taken = "is another file of the project; rename this one to something else, or remove it"
    #expect(
        advice(["content/big-sale.md": message(), "content/Big Sale.md": message()])
            == ["content/Big Sale.md: project/invalid-id: big-sale.md \(taken)"])
    #expect(
        advice(["content/shop/big-sale.md": message(), "content/Big Sale.md": message()])
            == ["content/Big Sale.md: project/invalid-id: big-sale.md \(taken)"])
    #expect(
        advice(["content/big sale.md": message(), "content/big_sale.md": message()]) == [
            "content/big sale.md: project/invalid-id: rename the file to big-sale.md",
            "content/big_sale.md: project/invalid-id: big-sale.md \(taken)",
        ])
}

@Test func theEndingOfAMessageIsNotAdvisedTwice() {
    #expect(
        advice(["content/sale.md.txt": message()])
            == ["content/sale.md.txt: project/unknown-file: did you mean sale.md?"])
    #expect(
        advice(["content/sale.markdown": message()])
            == ["content/sale.markdown: project/unknown-file: did you mean sale.md?"])
    #expect(
        advice(["content/sale.md.txt": message(), "content/sale.md": message()]) == [
            "content/sale.md.txt: project/unknown-file: "
                + "sale.md is another file of the project; remove this one, or move it out of content/"
        ])
}

@Test func filesOfEditorsAndForPeopleAreNoMessages() {
    #expect(
        advice(["content/~$sale.md": "x", "content/sale.md": message()])
            == ["content/~$sale.md: project/unknown-file: a temporary file of an editor; remove it"])
    #expect(
        advice(["content/#sale.md#": "x"])
            == ["content/#sale.md#: project/unknown-file: a temporary file of an editor; remove it"])
    #expect(
        advice(["content/README.md": "# Hello\n"])
            == ["content/README.md: project/invalid-id: not a message? move it out of content/"])
    #expect(
        advice(["content/README.txt": "Hello\n"])
            == ["content/README.txt: project/unknown-file: not a message? move it out of content/"])
}

// MARK: Translations

private let locales = baseProject.replacing(
    "locales: {fr: optional, ar: optional}", with: "locales: {fr: required, pt-BR: optional}")

@Test(arguments: [
    ("content/sale_fr.md", "fr"), ("content/sale-fr.md", "fr"), ("content/sale FR.md", "fr"),
    ("content/fr/sale.md", "fr"), ("content/FR/shop/sale.md", "fr"), ("content/sale_pt_BR.md", "pt-BR"),
    ("content/pt-br/sale.md", "pt-BR"),
])
func aTranslationUnderAnotherNameIsOneDiagnostic(_ path: String, _ locale: String) {
    var files = ["placard.yaml": locales, "content/sale.md": message(), path: overlay()]
    if locale != "fr" { files["content/sale.fr.md"] = overlay() }
    let found = compile(project(files)).diagnostics
    #expect(found.map(\.id) == ["translation/misnamed-file"])
    #expect(found.map(\.message) == ["a translation of sale to `\(locale)` is named content/sale.\(locale).md"])
    #expect(found.map(\.primary.file) == [path])
}

@Test func twoTranslationsToOneLocaleAreNotNamedAlike() {
    let found = compile(
        project([
            "placard.yaml": locales, "content/sale.md": message(), "content/sale.fr.md": overlay(),
            "content/sale_fr.md": overlay(),
        ])
    ).diagnostics
    #expect(found.map(\.id) == ["translation/misnamed-file"])
    #expect(
        found.flatMap(\.notes) == [
            "another file has that name already: remove one of the two, or give this one a `template:` and a `trigger:` "
                + "if it is a message of its own"
        ])
}

@Test func aMessageMayBeNamedLikeALocale() {
    let french = message("priority: 60")
    check(["content/sale.md": message(), "content/sale-fr.md": french], [])
    check(["content/fr/sale.md": message(), "content/fr/sale.fr.md": overlay()], [])
    check(
        ["content/sale.md": message(), "content/fr/sale.md": french], ["project/duplicate-id content/sale.md:1:1"])
    // Its template and trigger come from defaults.
    check(
        [
            "content/_defaults.yaml": "template: note\ntrigger: {event: session_start}\n", "content/sale.md": overlay(),
            "content/sale-fr.md": overlay("title: Sale\npriority: 60"),
        ], [])
    // There is no `sale` that it could be a translation of.
    check(["content/sale-fr.md": message()], [])
}

@Test func aTranslationOfAVariantUnderAnotherNameIsOneDiagnostic() {
    let found = compile(
        project([
            "content/a.md": message("experiment: {variants: {control: 50, short: 50}}"),
            "content/a.fr.md": overlay(), "content/a+short.md": overlay("title: Hi", body: ""),
            "content/a+short_fr.md": overlay("title: Salut", body: ""),
        ])
    ).diagnostics
    #expect(found.map(\.message) == ["a translation of a+short to `fr` is named content/a+short.fr.md"])
}

@Test func aVariantMayBeNamedLikeALocale() {
    check(
        [
            "placard.yaml": baseProject.replacing("fr: optional", with: "it: optional"),
            "content/a.md": message("experiment: {variants: {buy: 50, buy-it: 50}}"),
            "content/a+buy.md": overlay("title: Buy", body: ""),
            "content/a+buy-it.md": overlay("title: Buy it", body: ""),
        ], [])
}

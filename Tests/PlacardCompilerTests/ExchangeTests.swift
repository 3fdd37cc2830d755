import Foundation
import PlacardCompiler
import PlacardExchange
import SourceDiagnostics
import Testing

private let counted = ".input {$user.orders_count :integer}\n.match $user.orders_count\n"

/// A message of every kind of text, with two translations.
private func shop() -> [String: String] {
    [
        "placard.yaml": baseProject.replacing("ar: optional", with: "ar: optional, pl: optional, ja: optional"),
        "content/a.md": message(
            "actions: [{id: go, label: Go on, dismiss: true}, {id: no, label: \"No: never\", dismiss: true}]\n"
                + "replies: [{id: x, text: First}, {id: q, text: Second}]\n"
                + "variables: {user.first_name: {fallback: friend}}\npush: {title: News, body: \"{$user.first_name}, look\"}",
            body:
                "Hello **{$user.first_name}**,\nlook at [this](https://www.example.com/).\n\n> Quoted\n> words.\n\n1. one\n2. two\\\n   lines\n\n| A | B |\n|---|---|\n| c | d |\n"
        ),
        "content/a.fr.md": """
        ---
        # Ma traduction.
        title: 'L’été'   # un titre
        actions:
          - id: go
            label: Continuer
          - {id: no, label: "Non : jamais"}
        replies: [{id: x, text: Premier}, {id: q, text: Second}]
        variables: {user.first_name: {fallback: toi}}
        push:
          title: >-
            Des
            nouvelles
          body: "{$user.first_name}, regarde"
        ---
        Bonjour **{$user.first_name}**, regarde
        [ceci](https://www.example.com/).

        > Mots
        > cités.

        1. un
        2. deux\\
           lignes

        | A | B |
        |---|---|
        | c | d |

        """,
        "content/n.md": message(body: counted + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n"),
        "content/n.pl.md": overlay(
            "title: Witaj",
            body: counted
                + "one {{Jedno.}}\nfew {{{$user.orders_count} zamówienia.}}\nmany {{{$user.orders_count} zamówień.}}\n* {{{$user.orders_count} zamówienia.}}\n"
        ),
    ]
}

private func compiled(_ files: [String: String]) -> Compilation { compile(project(files), keepsUnits: true) }

private func returned(
    _ document: ExchangeDocument, as format: ExchangeFormat, _ edit: (String) -> String = { $0 }
) throws -> ReturnedDocument {
    try readExchangeFile(Array(edit(String(decoding: write(document, as: format), as: UTF8.self)).utf8))
}

@Test(arguments: ExchangeFormat.allCases)
func whatIsExportedIsImportedWithoutAChange(format: ExchangeFormat) throws {
    let project = compiled(shop())
    for locale in ["fr", "pl", "ar", "ja"] {
        let document = project.exchangeDocument(locale: locale)
        let plan = project.planImport(try returned(document, as: format), locale: locale)
        #expect(plan.files.isEmpty && plan.rejected.isEmpty && plan.confirmed.isEmpty && plan.taken == 0)
        #expect(plan.unchanged == document.units.count)
    }
}

/// Every unit gets other words; only they change.
@Test(arguments: ExchangeFormat.allCases)
func aTranslatedUnitChangesItsWordsAndNothingElse(format: ExchangeFormat) throws {
    let project = compiled(shop())
    var document = project.exchangeDocument(locale: "fr")
    for index in document.units.indices where !document.units[index].target.isEmpty {
        document.units[index].target = "X " + document.units[index].target
    }
    let plan = project.planImport(try returned(document, as: format), locale: "fr")
    #expect(plan.rejected.map(\.reason) == [])
    #expect(plan.files.map(\.path) == ["content/a.fr.md"])
    #expect(
        String(decoding: plan.files.first?.bytes ?? [], as: UTF8.self) == """
            ---
            # Ma traduction.
            title: X L’été   # un titre
            actions:
              - id: go
                label: X Continuer
              - {id: no, label: "X Non : jamais"}
            replies: [{id: x, text: X Premier}, {id: q, text: X Second}]
            variables: {user.first_name: {fallback: X toi}}
            push:
              title: X Des nouvelles
              body: "X {$user.first_name}, regarde"
            ---
            X Bonjour **{$user.first_name}**, regarde [ceci](https://www.example.com/).

            > X Mots cités.

            1. X un
            2. X deux\\
            lignes

            | X A | X B |
            |---|---|
            | X c | X d |

            """)
}

@Test(arguments: ExchangeFormat.allCases)
func aNewTranslationIsMadeOfTheSource(format: ExchangeFormat) throws {
    var files = shop()
    files["content/n.pl.md"] = nil
    let project = compiled(files)
    var document = project.exchangeDocument(locale: "pl")
    for index in document.units.indices where document.units[index].id.hasPrefix("n/") {
        document.units[index].target = document.units[index].source.replacing(
            "order.", with: "orderek."
        ).replacing("orders.", with: "orderki.")
    }
    let plan = project.planImport(try returned(document, as: format), locale: "pl")
    #expect(plan.rejected.map(\.reason) == [])
    #expect(
        plan.files.map { String(decoding: $0.bytes, as: UTF8.self) } == [
            """
            ---
            title: Hello
            ---
            .input {$user.orders_count :integer}
            .match $user.orders_count
            one {{One orderek.}}
            few {{{$user.orders_count} orderki.}}
            many {{{$user.orders_count} orderki.}}
            * {{{$user.orders_count} orderki.}}

            """
        ])
}

@Test func aMessageThatIsNotTranslatedAsAWholeWaits() throws {
    var files = shop()
    files["content/a.fr.md"] = nil
    let project = compiled(files)
    var document = project.exchangeDocument(locale: "fr")
    document.units[0].target = "Continuer"
    let plan = project.planImport(try returned(document, as: .po), locale: "fr")
    #expect(plan.files.isEmpty && plan.rejected.isEmpty)
}

@Test func anOutdatedUnitTellsWhatItsSourceWasAndIsConfirmedWithoutItsFlag() throws {
    var files = shop()
    files["translations.lock"] = compiled(files).updatedLock().bytes.map { String(decoding: $0, as: UTF8.self) }
    files["content/a.md"] = files["content/a.md"]?.replacing("label: Go on", with: "label: Go now")
    let project = compiled(files)
    let document = project.exchangeDocument(locale: "fr", only: [.outdated])
    #expect(document.units.map(\.id) == ["a/actions.go"])
    #expect(document.units.map(\.formerSource) == ["Go on"])
    let po = String(decoding: write(document, as: .po), as: UTF8.self)
    #expect(
        po.contains(
            "#, fuzzy\n#| msgctxt \"a/actions.go\"\n#| msgid \"Go on\"\nmsgctxt \"a/actions.go\"\nmsgid \"Go now\"\nmsgstr \"Continuer\"\n"
        ))
    let kept = project.planImport(try returned(document, as: .po), locale: "fr")
    #expect(kept.confirmed.isEmpty)
    let confirmed = project.planImport(
        try returned(document, as: .po) { $0.replacing("#, fuzzy\n", with: "") }, locale: "fr")
    #expect(confirmed.confirmed.map(\.unit) == ["actions.go"])
    #expect(confirmed.files.isEmpty)
}

/// A category that a translation lacks goes out as missing, comes in as a variant before the one for all other values, and stays out
/// while another of its blocks is not translated.
@Test(arguments: ExchangeFormat.allCases)
func aCategoryThatATranslationLacksIsAdded(format: ExchangeFormat) throws {
    var files = shop()
    files["content/n.pl.md"] = overlay(
        "title: Witaj", body: counted + "one {{Jedno.}}\n* {{{$user.orders_count} zamówienia.}}\n")
    let project = compiled(files)
    var document = project.exchangeDocument(locale: "pl", only: [.missing])
    document.units = document.units.filter { $0.id.hasPrefix("n/") }
    #expect(
        Set(document.units.filter { $0.state == .missing }.map { $0.id.prefix(10) }) == ["n/body{few", "n/body{man"])
    for index in document.units.indices where document.units[index].state == .missing {
        let isFew = document.units[index].id.hasPrefix("n/body{few")
        document.units[index].target = isFew ? "{$user.orders_count} zamówienia!" : "{$user.orders_count} zamówień!"
    }
    let plan = project.planImport(try returned(document, as: format), locale: "pl")
    #expect(plan.rejected.map(\.reason) == [])
    #expect(
        plan.files.map { String(decoding: $0.bytes, as: UTF8.self) } == [
            overlay(
                "title: Witaj",
                body: counted
                    + "one {{Jedno.}}\nfew {{{$user.orders_count} zamówienia!}}\nmany {{{$user.orders_count} zamówień!}}\n* {{{$user.orders_count} zamówienia.}}\n"
            )
        ])
}

@Test func aNewCategoryWaitsForAllOfItsBlocks() throws {
    var files = shop()
    files["content/n.md"] = message(body: counted + "one {{One.\n\nLook.}}\n* {{Many.\n\nLook.}}\n")
    files["content/n.pl.md"] = overlay(
        "title: Witaj", body: counted + "one {{Jedno.\n\nPatrz.}}\n* {{Wiele.\n\nPatrz.}}\n")
    let project = compiled(files)
    var document = project.exchangeDocument(locale: "pl")
    let few = document.units.indices.filter { document.units[$0].id.hasPrefix("n/body{few") }
    #expect(few.count == 2)
    document.units[few[0]].target = "Kilka."
    let plan = project.planImport(try returned(document, as: .json), locale: "pl")
    #expect(plan.files.isEmpty)
    #expect(plan.rejected.map(\.reason) == ["its variant is new, and another block of it has no translation yet"])
}

/// Another option of a declaration is another price: what stands before the variants goes out once it is outdated.
@Test func declarationsGoOutWhenTheyAreOutdated() throws {
    var files = shop()
    files["translations.lock"] = compiled(files).updatedLock().bytes.map { String(decoding: $0, as: UTF8.self) }
    #expect(compiled(files).exchangeDocument(locale: "pl", only: [.outdated]).units.isEmpty)
    files["content/n.md"] = files["content/n.md"]?.replacing(":integer", with: ":integer signDisplay=always")
    let project = compiled(files)
    var document = project.exchangeDocument(locale: "pl", only: [.outdated])
    #expect(document.units.map(\.id) == ["n/body{}"])
    #expect(document.units[0].source.hasPrefix(".input {$user.orders_count :integer signDisplay=always}"))
    document.units[0].target = document.units[0].source
    document.units[0].state = .current
    let plan = project.planImport(try returned(document, as: .xliff2), locale: "pl")
    #expect(plan.rejected.map(\.reason) == [] && plan.taken == 1)
    #expect(
        plan.files.first.map { String(decoding: $0.bytes, as: UTF8.self) }
            == files["content/n.pl.md"]?.replacing(":integer", with: ":integer signDisplay=always"))
}

/// Texts of matches, in another language or none, are nobody's translation; targets are joined in their own order.
@Test func onlyTheTextsOfSegmentsAreRead() throws {
    let xliff = """
        <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"
          xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f"><unit id="a" name="a">
        <mtc:matches><mtc:match ref="#1"><source>No</source><target>Non</target></mtc:match></mtc:matches>
        <segment id="s1"><source>One. </source><target order="2">Un.</target></segment>
        <segment id="s2"><source>Two.</source><target order="1">Deux. </target></segment>
        </unit></file></xliff>
        """
    let document = try readExchangeFile(Array(xliff.utf8))
    #expect(document.units == [ReturnedUnit(id: "a", source: "One. Two.", target: "Deux. Un.", needsReview: false)])
    for (from, to, reason) in [
        ("order=\"2\"", "order=\"1\"", "two targets have the same place"),
        ("<target order=\"2\">", "<target order=\"2\" xml:lang=\"de\">", "it is in “de”, and its file in fr"),
        ("id=\"s2\"", "id=\"s1\"", "the id s1 is there twice"),
        ("<source>One. </source>", "", "a source is missing"),
        (
            "<source>One. ", "<source><ph id=\"1\" dataRef=\"d\"/>",
            "an inline code names the original data d, which is not there"
        ),
        ("<segment id=\"s1\">", "<segment id=\"s1\" state=\"done\">", "“done” is no state of XLIFF"),
    ] {
        let damaged = try readExchangeFile(Array(xliff.replacing(from, with: to).utf8))
        #expect(damaged.units.isEmpty && damaged.rejected.map(\.reason) == [reason])
    }
    for (from, to) in [("trgLang=\"fr\"", ""), ("trgLang=\"fr\"", "trgLang=\"f r\""), ("<file ", "<fail ")] {
        #expect(throws: ExchangeError.self) { try readExchangeFile(Array(xliff.replacing(from, with: to).utf8)) }
    }
}

@Test(arguments: [
    ("msgstr \"Continuer\"", "msgstr \"<b>Continuer</b>\"", "HTML"),
    ("**{$user.first_name}**, regarde [ceci]", "**{$user.firstname}**, regarde [ceci]", "$user.firstname"),
    ("**{$user.first_name}**, regarde [ceci]", "regarde [ceci]", "dropped-placeholder"),
    ("[ceci](https://www.example.com/)", "[ceci](javascript:alert)", "javascript"),
    ("msgstr \"Mots cités.\"", "msgstr \"# Mots\"", "something else"),
    ("msgstr \"Mots cités.\"", "msgstr \"- a\\n\\n- b\"", "something else"),
    ("msgctxt \"a/title\"", "msgctxt \"z/title\"", "no message z"),
    ("msgctxt \"a/title\"", "msgctxt \"a/titel\"", "has changed since"),
    ("msgid \"Hello\"", "msgid \"Hullo\"", "export again"),
])
func whatIsWrongIsRejectedByItselfAndTheRestIsTaken(old: String, new: String, reason: String) throws {
    let project = compiled(shop())
    let file = try returned(project.exchangeDocument(locale: "fr"), as: .po) { text in
        #expect(text.contains(old))
        let index = text.range(of: old)
        var text = text
        if let index { text.replaceSubrange(index, with: new) }
        return text.replacing("msgstr \"Premier\"", with: "msgstr \"Le premier\"")
    }
    let plan = project.planImport(file, locale: "fr")
    #expect(plan.rejected.count == 1)
    #expect(plan.rejected.first?.reason.contains(reason) == true, "\(plan.rejected)")
    #expect(plan.taken == 1)
    #expect(plan.files.first.map { String(decoding: $0.bytes, as: UTF8.self).contains("Le premier") } == true)
}

@Test func anIdThatComesTwiceIsTakenOnce() throws {
    let project = compiled(shop())
    var file = try returned(project.exchangeDocument(locale: "fr"), as: .json)
    file.units.append(ReturnedUnit(id: "a/title", source: "Hello", target: "Autre", needsReview: false))
    #expect(
        project.planImport(file, locale: "fr").rejected.map(\.reason) == [
            "the id comes twice, with different translations"
        ])
}

@Test(arguments: [
    "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><xliff version=\"1.2\"/>",
    "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"file:///etc/passwd\"><xliff version=\"1.2\"/>",
    "<xliff version=\"1.2\"", "<html/>", "{\"schema\": \"other\"}", "a,b\n1,2\n", String(repeating: "<a>", count: 100),
])
func aHostileFileIsRefusedAsAWhole(text: String) {
    #expect(throws: ExchangeError.self) { try readExchangeFile(Array(text.utf8)) }
}

@Test func whatToolsDoToFilesChangesNothing() throws {
    let project = compiled(shop())
    let document = project.exchangeDocument(locale: "fr")
    func unchanged(_ format: ExchangeFormat, _ edit: (String) -> String) throws {
        let plan = project.planImport(try returned(document, as: format, edit), locale: "fr")
        #expect(plan.files.isEmpty && plan.rejected.isEmpty, "\(plan.rejected)")
        #expect(plan.unchanged == document.units.count)
    }
    // Strings wrapped anew, comments dropped, Windows line ends, obsolete entries.
    try unchanged(.po) { $0.replacing("msgstr \"Bonjour ", with: "msgstr \"\"\n\"Bonjour \"\n\"") }
    try unchanged(.po) { text in
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("#") }.joined(
            separator: "\r\n")
    }
    try unchanged(.po) { $0 + "\n#~ msgctxt \"old\"\n#~ msgid \"Old\"\n#~ msgstr \"Vieux\"\n" }
    // Entries in another order.
    try unchanged(.po) { text in
        let parts = text.components("\n\n")
        return ([parts[0]] + parts.dropFirst().reversed()).joined(separator: "\n\n")
    }
    try unchanged(.xliff1) { $0.replacing(" xml:space=\"preserve\"", with: "") }
    try unchanged(.xliff1) { $0.replacing("<target state=\"translated\">X</target>", with: "<target/>") }
    try unchanged(.xliff1) {
        $0.replacing("encoding=\"utf-8\"", with: "encoding=\"UTF-8\"").replacing(
            "\n<trans-unit", with: "\n\n   <trans-unit")
    }
    try unchanged(.csv) { $0.replacing("\r\n", with: "\n") }
    // No-break spaces and curly quotes are a translator's own.
    var spaced = document
    for index in spaced.units.indices where spaced.units[index].id == "a/actions.no" {
        spaced.units[index].target = "« Non »\u{A0}: ‘jamais’"
    }
    let plan = project.planImport(try returned(spaced, as: .xliff2), locale: "fr")
    #expect(plan.taken == 1)
    #expect(String(decoding: plan.files[0].bytes, as: UTF8.self).contains("« Non »\u{A0}: ‘jamais’"))
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

@Test func authorsTellTranslatorsWhatToKnow() {
    var files = shop()
    files["content/n.md"] = files["content/n.md"]?.replacing(
        "title: Hello", with: "title: Hello\nnotes: “Order” is the thing")
    let units = compiled(files).exchangeDocument(locale: "ar").units.filter { $0.id.hasPrefix("n/") }
    #expect(units.allSatisfy { $0.notes.first == "“Order” is the thing" })
    #expect(units.contains { $0.notes.contains("for numbers such as 3, 4, 5, 6, 7, 8") })
    #expect(units.first { $0.id == "n/title" }?.limit == 60)
    #expect(units.first { $0.id == "n/title" }?.notes.contains("preview: build/preview/m/n.html") == true)
}

/// Every unit of a generated project goes out, comes back as it was, and changes nothing; and comes back with other words, and
/// changes those.
@Test(arguments: 0..<40)
func generatedProjectsSurviveTheRoundTrip(seed: Int) throws {
    var random = Seeded(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    func words() -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in
            [
                "mot", "l’été", "*gras*", "`code`", "{$user.orders_count}", "\\{x\\}", "été : oui", "#1", "\"q\"",
                "a\\*b", "日本",
            ].randomElement(using: &random) ?? "x"
        }.joined(separator: " ")
    }
    func block() -> String {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: "## T \(words())"
        case 1: "- \(words())\n- \(words())"
        case 2: "> \(words())\n> w \(words())"
        case 3: "```\n\(words().replacing("{$user.orders_count}", with: "n"))\n```"
        case 4: "W \(words())\\\nw \(words())"
        default: "W \(words())\nw \(words())"
        }
    }
    func blocks() -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in block() }.joined(separator: "\n\n")
    }
    var body = blocks() + "\n"
    if Int.random(in: 0..<4, using: &random) == 0 {
        body = counted + "one {{W \(words())}}\n* {{\n\(blocks())\n}}\n"
    }
    let title =
        "T "
        + words().replacing("\"", with: "\\\"").replacing("\\{", with: "\\\\{").replacing("\\}", with: "\\\\}")
        .replacing("\\*", with: "\\\\*")
    let source = message(body: body).replacing("title: Hello", with: "title: \"\(title)\"")
    let files = [
        "content/a.md": source,
        "content/a.fr.md": "---\ntitle: \"\(title)\"\nallow: []\n---\n\(body)".replacing("allow: []\n", with: ""),
        "placard.yaml": baseProject,
        "templates/note/template.yaml": noteTemplate.replacing("max: 60", with: "max: 600").replacing(
            "max: 400", with: "max: 4000"),
    ]
    let project = compiled(files)
    guard !project.hasErrors else { return }
    var document = project.exchangeDocument(locale: "fr")
    for format in ExchangeFormat.allCases {
        let plan = project.planImport(try returned(document, as: format), locale: "fr")
        #expect(plan.files.isEmpty && plan.rejected.isEmpty, "\(format) \(body) \(plan.rejected)")
    }
    for index in document.units.indices { document.units[index].target = "Z " + document.units[index].target }
    for format in ExchangeFormat.allCases {
        let plan = project.planImport(try returned(document, as: format), locale: "fr")
        #expect(plan.rejected.isEmpty && plan.taken == document.units.count, "\(format) \(body) \(plan.rejected)")
        #expect(plan.files.count == 1)
    }
}

private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

import Foundation
import PlacardCompiler
import PlacardExchange
import SourceDiagnostics
import Testing

let countedOrders = ".input {$user.orders_count :integer}\n.match $user.orders_count\n"

/// A message of every kind of text, with two translations.
func exchangeShop() -> [String: String] {
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
        "content/n.md": message(body: countedOrders + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n"),
        "content/n.pl.md": overlay(
            "title: Witaj",
            body: countedOrders
                + "one {{Jedno.}}\nfew {{{$user.orders_count} zamówienia.}}\nmany {{{$user.orders_count} zamówień.}}\n* {{{$user.orders_count} zamówienia.}}\n"
        ),
    ]
}

func compiledWithUnits(_ files: [String: String]) -> Compilation { compile(project(files), keepsUnits: true) }

func returnedFile(
    _ document: ExchangeDocument, as format: ExchangeFormat, _ edit: (String) -> String = { $0 }
) throws -> ReturnedDocument {
    try readExchangeFile(Array(edit(String(decoding: write(document, as: format), as: UTF8.self)).utf8))
}

@Test(arguments: ExchangeFormat.allCases)
func whatIsExportedIsImportedWithoutAChange(format: ExchangeFormat) throws {
    let project = compiledWithUnits(exchangeShop())
    for locale in ["fr", "pl", "ar", "ja"] {
        let document = project.exchangeDocument(locale: locale)
        let plan = project.planImport(try returnedFile(document, as: format), locale: locale)
        #expect(plan.files.isEmpty && plan.rejected.isEmpty && plan.confirmed.isEmpty && plan.taken == 0)
        #expect(plan.unchanged == document.units.count)
    }
}

/// Every unit gets other words; only they change.
@Test(arguments: ExchangeFormat.allCases)
func aTranslatedUnitChangesItsWordsAndNothingElse(format: ExchangeFormat) throws {
    let project = compiledWithUnits(exchangeShop())
    var document = project.exchangeDocument(locale: "fr")
    for index in document.units.indices where !document.units[index].target.isEmpty {
        document.units[index].target = "X " + document.units[index].target
    }
    let plan = project.planImport(try returnedFile(document, as: format), locale: "fr")
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
    var files = exchangeShop()
    files["content/n.pl.md"] = nil
    let project = compiledWithUnits(files)
    var document = project.exchangeDocument(locale: "pl")
    for index in document.units.indices where document.units[index].id.hasPrefix("n/") {
        document.units[index].target = document.units[index].source.replacing(
            "order.", with: "orderek."
        ).replacing("orders.", with: "orderki.")
    }
    let plan = project.planImport(try returnedFile(document, as: format), locale: "pl")
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
    var files = exchangeShop()
    files["content/a.fr.md"] = nil
    let project = compiledWithUnits(files)
    var document = project.exchangeDocument(locale: "fr")
    document.units[0].target = "Continuer"
    let plan = project.planImport(try returnedFile(document, as: .po), locale: "fr")
    #expect(plan.files.isEmpty && plan.rejected.isEmpty)
}

@Test func anOutdatedUnitTellsWhatItsSourceWasAndIsConfirmedWithoutItsFlag() throws {
    var files = exchangeShop()
    files["translations.lock"] = compiledWithUnits(files).updatedLock().bytes.map {
        String(decoding: $0, as: UTF8.self)
    }
    files["content/a.md"] = files["content/a.md"]?.replacing("label: Go on", with: "label: Go now")
    let project = compiledWithUnits(files)
    let document = project.exchangeDocument(locale: "fr", only: [.outdated])
    #expect(document.units.map(\.id) == ["a/actions.go"])
    #expect(document.units.map(\.formerSource) == ["Go on"])
    let po = String(decoding: write(document, as: .po), as: UTF8.self)
    #expect(
        po.contains(
            "#, fuzzy\n#| msgctxt \"a/actions.go\"\n#| msgid \"Go on\"\nmsgctxt \"a/actions.go\"\nmsgid \"Go now\"\nmsgstr \"Continuer\"\n"
        ))
    let kept = project.planImport(try returnedFile(document, as: .po), locale: "fr")
    #expect(kept.confirmed.isEmpty)
    let confirmed = project.planImport(
        try returnedFile(document, as: .po) { $0.replacing("#, fuzzy\n", with: "") }, locale: "fr")
    #expect(confirmed.confirmed.map(\.unit) == ["actions.go"])
    #expect(confirmed.files.isEmpty)
}

/// A category that a translation lacks goes out as missing, comes in as a variant before the one for all other values, and stays out
/// while another of its blocks is not translated.
@Test(arguments: ExchangeFormat.allCases)
func aCategoryThatATranslationLacksIsAdded(format: ExchangeFormat) throws {
    var files = exchangeShop()
    files["content/n.pl.md"] = overlay(
        "title: Witaj", body: countedOrders + "one {{Jedno.}}\n* {{{$user.orders_count} zamówienia.}}\n")
    let project = compiledWithUnits(files)
    var document = project.exchangeDocument(locale: "pl", only: [.missing])
    document.units = document.units.filter { $0.id.hasPrefix("n/") }
    #expect(
        Set(document.units.filter { $0.state == .missing }.map { $0.id.prefix(10) }) == ["n/body{few", "n/body{man"])
    for index in document.units.indices where document.units[index].state == .missing {
        let isFew = document.units[index].id.hasPrefix("n/body{few")
        document.units[index].target = isFew ? "{$user.orders_count} zamówienia!" : "{$user.orders_count} zamówień!"
    }
    let plan = project.planImport(try returnedFile(document, as: format), locale: "pl")
    #expect(plan.rejected.map(\.reason) == [])
    #expect(
        plan.files.map { String(decoding: $0.bytes, as: UTF8.self) } == [
            overlay(
                "title: Witaj",
                body: countedOrders
                    + "one {{Jedno.}}\nfew {{{$user.orders_count} zamówienia!}}\nmany {{{$user.orders_count} zamówień!}}\n* {{{$user.orders_count} zamówienia.}}\n"
            )
        ])
}

@Test func aNewCategoryWaitsForAllOfItsBlocks() throws {
    var files = exchangeShop()
    files["content/n.md"] = message(body: countedOrders + "one {{One.\n\nLook.}}\n* {{Many.\n\nLook.}}\n")
    files["content/n.pl.md"] = overlay(
        "title: Witaj", body: countedOrders + "one {{Jedno.\n\nPatrz.}}\n* {{Wiele.\n\nPatrz.}}\n")
    let project = compiledWithUnits(files)
    var document = project.exchangeDocument(locale: "pl")
    let few = document.units.indices.filter { document.units[$0].id.hasPrefix("n/body{few") }
    #expect(few.count == 2)
    document.units[few[0]].target = "Kilka."
    let plan = project.planImport(try returnedFile(document, as: .json), locale: "pl")
    #expect(plan.files.isEmpty)
    #expect(plan.rejected.map(\.reason) == ["its variant is new, and another block of it has no translation yet"])
}

/// Another option of a declaration is another price: what stands before the variants goes out once it is outdated.
@Test func declarationsGoOutWhenTheyAreOutdated() throws {
    var files = exchangeShop()
    files["translations.lock"] = compiledWithUnits(files).updatedLock().bytes.map {
        String(decoding: $0, as: UTF8.self)
    }
    #expect(compiledWithUnits(files).exchangeDocument(locale: "pl", only: [.outdated]).units.isEmpty)
    files["content/n.md"] = files["content/n.md"]?.replacing(":integer", with: ":integer signDisplay=always")
    let project = compiledWithUnits(files)
    var document = project.exchangeDocument(locale: "pl", only: [.outdated])
    #expect(document.units.map(\.id) == ["n/body{}"])
    #expect(document.units[0].source.hasPrefix(".input {$user.orders_count :integer signDisplay=always}"))
    document.units[0].target = document.units[0].source
    document.units[0].state = .current
    let plan = project.planImport(try returnedFile(document, as: .xliff2), locale: "pl")
    #expect(plan.rejected.map(\.reason) == [] && plan.taken == 1)
    #expect(
        plan.files.first.map { String(decoding: $0.bytes, as: UTF8.self) }
            == files["content/n.pl.md"]?.replacing(":integer", with: ":integer signDisplay=always"))
}

@Test func authorsTellTranslatorsWhatToKnow() {
    var files = exchangeShop()
    files["content/n.md"] = files["content/n.md"]?.replacing(
        "title: Hello", with: "title: Hello\nnotes: “Order” is the thing")
    let units = compiledWithUnits(files).exchangeDocument(locale: "ar").units.filter { $0.id.hasPrefix("n/") }
    #expect(units.allSatisfy { $0.notes.first == "“Order” is the thing" })
    #expect(units.contains { $0.notes.contains("for numbers such as 3, 4, 5, 6, 7, 8") })
    #expect(units.first { $0.id == "n/title" }?.limit == 60)
    #expect(units.first { $0.id == "n/title" }?.notes.contains("preview: build/preview/m/n.html") == true)
}

import PlacardCompiler
import PlacardExchange
import SourceDiagnostics
import Testing

// Variants as XLIFF 2.2 has them (part 2, "Plural, Gender, and Select Module").

private let counted = ".input {$user.orders_count :integer}\n.match $user.orders_count\n"

private func orders(_ body: String, _ translation: String? = nil) -> [String: String] {
    var files = [
        "placard.yaml": baseProject.replacing("ar: optional", with: "ar: optional, pl: optional, ja: optional")
            .replacing(
                "segments: {", with: "plan: {type: string, default: free}\n    segments: {"),
        "content/n.md": message(body: body),
    ]
    if let translation { files["content/n.pl.md"] = overlay("title: Witaj", body: translation) }
    return files
}

private func compiled(_ files: [String: String]) -> Compilation { compile(project(files), keepsUnits: true) }

private func xliff(_ project: Compilation, _ locale: String, only: Set<ExchangeUnit.State>? = nil) -> String {
    String(
        decoding: project.exchangeFiles(locales: [locale], only: only, as: .xliff22).first?.bytes ?? [], as: UTF8.self)
}

private func read(_ text: String) throws -> ReturnedDocument { try readExchangeFile(Array(text.utf8)) }

/// The cases of each unit that has any.
private func cases(_ xliff: String) -> [[String]] {
    xliff.split(separator: "<unit ").filter { $0.contains("pgs:switch=") }.map { unit in
        unit.split(separator: "pgs:case=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}

/// What chooses in each unit that has variants.
private func switches(_ xliff: String) -> [String] {
    xliff.split(separator: "pgs:switch=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
}

@Test func aPluralIsOneUnitWithASegmentForEachCategoryOfTheLanguage() {
    let project = compiled(
        orders(
            counted + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n",
            counted + "one {{Jedno.}}\n* {{{$user.orders_count} zamówienia.}}\n"))
    let text = xliff(project, "pl")
    #expect(
        text.hasPrefix(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xliff version="2.2" xmlns="urn:oasis:names:tc:xliff:document:2.2" xmlns:pgs="urn:oasis:names:tc:xliff:pgs:1.0" srcLang="en" trgLang="pl">

            """))
    #expect(
        text.contains(
            """
            canResegment="no" pgs:switch="plural:user.orders_count"><notes><note appliesTo="source">body of the note “n”, \
            shown on session_start</note><note appliesTo="source">at most 400 characters, values included</note>\
            <note appliesTo="source">preview: build/preview/m/n.html</note>
            """))
    let segments = text.split(separator: "<segment ").map(String.init).filter { $0.contains("pgs:case") }
    #expect(cases(text) == [["one", "few", "many", "other"]])
    #expect(
        segments.first
            == """
            id="n_2Fbody_7Bone_7D:\(id(of: "one", project))" state="translated" pgs:case="one"><source xml:space="preserve">\
            One order.</source><target xml:space="preserve">Jedno.</target></segment>
            """)
    #expect(
        segments.dropFirst().first
            == """
            id="n_2Fbody_7Bfew_7D:\(id(of: "few", project))" state="initial" pgs:case="few"><source xml:space="preserve">\
            <ph id="1" dataRef="d1" equiv="{$user.orders_count}"/> orders.</source></segment>
            """)
    #expect(
        text.contains(
            """
            <note appliesTo="target" ref="#n_2Fbody_7Bfew_7D:\(id(of: "few", project))">for numbers such as 2, 3, 4, 22, 23, 24</note>
            """))
    // What another format has as its own plural is none here, and the other way round.
    #expect(cases(xliff(project, "ja")) == [["other"]])
    #expect(cases(xliff(project, "ar")) == [["zero", "one", "two", "few", "many", "other"]])
}

/// What stands behind the colon of a unit's id.
private func id(of category: String, _ project: Compilation) -> String {
    let units = project.exchangeDocument(locale: "pl").units
    let unit = units.first { $0.id.hasPrefix("n/body{\(category)}:") }
    return String(unit?.id.split(separator: ":").last ?? "none")
}

@Test(arguments: [
    (
        ".input {$user.country :string}\n.match $user.country\nUS {{Color.}}\n* {{Colour.}}\n", "select:user.country",
        ["US", "other"]
    ),
    (
        ".input {$user.orders_count :integer select=exact}\n.match $user.orders_count\n0 {{None.}}\n* {{Some.}}\n",
        "plural:user.orders_count", ["0", "other"]
    ),
    (
        ".input {$user.orders_count :integer select=ordinal}\n.match $user.orders_count\n1 {{First.}}\n* {{Later.}}\n",
        "ordinal:user.orders_count", ["1", "other"]
    ),
])
func whatChoosesIsSaidInTheWordsOfTheModule(body: String, wanted: String, values: [String]) throws {
    let project = compiled(orders(body, body))
    let text = xliff(project, "pl")
    #expect(switches(text) == [wanted])
    #expect(cases(text).first?.filter(values.contains) == values)
    let plan = project.planImport(try read(text), locale: "pl")
    #expect(plan.rejected.isEmpty && plan.files.isEmpty)
}

/// Ordinals have categories of their own, and what chooses by name or by number alone has none, whatever its keys look like.
@Test(arguments: [
    (":integer", ["one", "few", "many", "*"]), (":integer select=ordinal", ["*"]),
    (":integer select=exact", ["1", "*"]), (":string", ["1", "*"]),
])
func aNewTranslationNeedsTheCategoriesOfWhatChooses(function: String, wanted: [String]) {
    let key = function == ":integer select=ordinal" ? "one" : "1"
    let units = compiled(
        orders(
            ".input {$user.plan \(function)}\n.match $user.plan\n\(key) {{A.}}\n* {{B.}}\n".replacing(
                "plan", with: function == ":string" ? "plan" : "orders_count"))
    ).exchangeDocument(locale: "pl").units.filter { $0.id.hasPrefix("n/body{") }
    #expect(units.map { String($0.id.split(separator: "{")[1].prefix { $0 != "}" }) } == wanted)
    #expect(units.allSatisfy { ($0.form != nil) == (function == ":integer" && !$0.id.contains("{*}")) })
}

/// Two selectors, a key of two words, and one called `other` beside the one for all others: a unit each, or one of the whole text.
@Test(arguments: [
    ".input {$user.country :string}\n.input {$user.orders_count :integer}\n.match $user.country $user.orders_count\nUS one {{One.}}\n* * {{Many.}}\n",
    ".input {$user.plan :string}\n.match $user.plan\n|the best| {{Color.}}\n* {{Colour.}}\n",
    ".input {$user.plan :string}\n.match $user.plan\nother {{Color.}}\n* {{Colour.}}\n",
])
func variantsThatTheModuleHasNoWordsForGoOutAsBefore(body: String) throws {
    let project = compiled(orders(body, body))
    let text = xliff(project, "pl")
    #expect(text.contains("n/body") && !text.contains("pgs:case"))
    let plan = project.planImport(try read(text), locale: "pl")
    #expect(plan.rejected.isEmpty && plan.files.isEmpty && plan.unchanged > 1)
}

@Test func blocksOfVariantsAreUnitsOfTheirOwnAndAllCasesGoTogether() throws {
    let project = compiled(
        orders(
            counted + "one {{One.\n\nLook.}}\n* {{Many.\n\nLook.}}\n",
            counted + "one {{Jedno.\n\nPatrz.}}\n* {{Wiele.\n\nPatrz.}}\n"))
    let text = xliff(project, "pl", only: [.missing])
    #expect(cases(text) == [["one", "few", "many", "other"], ["one", "few", "many", "other"]])
    #expect(!text.contains("n/title"))
    let plan = project.planImport(try read(text), locale: "pl")
    #expect(plan.rejected.isEmpty && plan.files.isEmpty && plan.unchanged == 8)
}

/// An outdated case says what its source was, goes out with the others, and is confirmed by itself.
@Test func anOutdatedCaseIsConfirmedByItself() throws {
    var files = orders(
        counted + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n",
        counted
            + "one {{Jedno.}}\nfew {{{$user.orders_count} a.}}\nmany {{{$user.orders_count} b.}}\n* {{{$user.orders_count} c.}}\n"
    )
    files["translations.lock"] = compiled(files).updatedLock().bytes.map { String(decoding: $0, as: UTF8.self) }
    files["content/n.md"] = files["content/n.md"]?.replacing("One order.", with: "One new order.")
    let project = compiled(files)
    let text = xliff(project, "pl", only: [.outdated])
    #expect(cases(text) == [["one", "few", "many", "other"]])
    let one = "n_2Fbody_7Bone_7D:\(id(of: "one", project))"
    #expect(
        text.contains(
            "<note category=\"former-source\" appliesTo=\"source\" ref=\"#\(one)\">One order.</note>"))
    #expect(text.split(separator: "placard:outdated").count == 2)
    #expect(project.planImport(try read(text), locale: "pl").confirmed.isEmpty)
    let confirmed = project.planImport(
        try read(text.replacing("state=\"initial\" subState=\"placard:outdated\"", with: "state=\"translated\"")),
        locale: "pl")
    #expect(confirmed.confirmed.count == 1 && confirmed.unchanged == 4 && confirmed.files.isEmpty)
}

/// Each case is judged by itself: what is wrong with one keeps no other out.
@Test func aCaseThatIsWrongIsRejectedByItself() throws {
    let project = compiled(
        orders(
            counted + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n",
            counted
                + "one {{Jedno.}}\nfew {{{$user.orders_count} a.}}\nmany {{{$user.orders_count} b.}}\n* {{{$user.orders_count} c.}}\n"
        ))
    let text = xliff(project, "pl")
    func plan(_ edits: [(String, String)]) throws -> TranslationImport {
        var edited = text
        for (old, new) in edits {
            #expect(edited.contains(old))
            edited = edited.replacing(old, with: new)
        }
        return project.planImport(try read(edited), locale: "pl")
    }
    let few = "n/body{few}:\(id(of: "few", project))"
    let unknownName = try plan([
        ("Jedno.", "Jeden."), ("<ph id=\"2\" dataRef=\"d2\" equiv=\"{$user.orders_count}\"/> b.", "{$user.count} b."),
    ])
    #expect(unknownName.taken == 1 && unknownName.rejected.count == 1)
    #expect(unknownName.rejected.first?.reason.contains("$user.count") == true, "\(unknownName.rejected)")
    let unread = try plan([
        ("Jedno.", "Jeden."),
        ("</target></segment><segment id=\"n_2Fbody_7Bmany", "<b/></target></segment><segment id=\"n_2Fbody_7Bmany"),
    ])
    #expect(unread.taken == 1)
    #expect(unread.rejected.map(\.id) == [few])
    #expect(unread.rejected.map(\.reason) == ["<b> is no element of XLIFF’s texts"])
    let unknown = try plan([("pgs:case=\"few\"", "pgs:case=\"two\"")])
    #expect(unknown.rejected.map(\.reason) == ["its text has no variant `two` in this language"])
    let waiting = try plan([
        ("Jedno.", "Jeden."), ("state=\"translated\" pgs:case=\"one\"", "state=\"initial\" pgs:case=\"one\""),
        (" a.<", " d.<"),
    ])
    #expect(waiting.taken == 1 && waiting.untranslated == 1 && waiting.rejected.isEmpty)
    // A prefix is the tool's own.
    let renamed = try plan([
        ("pgs:case", "v:case"), ("pgs:switch", "v:switch"), ("xmlns:pgs", "xmlns:v"), (" a.<", " d.<"),
    ])
    #expect(renamed.taken == 1 && renamed.rejected.isEmpty)
}

/// An example of the specification, in which codes of two cases have the same id.
private let romanian = """
    <xliff xmlns="urn:oasis:names:tc:xliff:document:2.2" xmlns:pgs="urn:oasis:names:tc:xliff:pgs:1.0" version="2.2" srcLang="en" trgLang="ro">
    <file id="f"><unit id="tu1" pgs:switch="plural:file_count">
    <segment id="tu1_1" pgs:case="1"><source>You deleted one file.</source><target xml:lang="ro">Ați șters un fișier.</target></segment>
    <segment id="tu1_few" pgs:case="few"><source>You deleted <ph id="1" equiv="{n}"/> files.</source>\
    <target>Ați șters <ph id="1" equiv="{n}"/> fișiere.</target></segment>
    <segment id="tu1_other" pgs:case="other" state="initial"><source>You deleted <ph id="1" equiv="{n}"/> files.</source></segment>
    </unit></file></xliff>
    """

@Test func aUnitWithASwitchIsReadCaseByCase() throws {
    let document = try read(romanian)
    #expect(document.rejected.map(\.reason) == [])
    #expect(
        document.units == [
            ReturnedUnit(
                id: "tu1", variant: "1", source: "You deleted one file.", target: "Ați șters un fișier.",
                needsReview: false),
            ReturnedUnit(
                id: "tu1", variant: "few", source: "You deleted {n} files.", target: "Ați șters {n} fișiere.",
                needsReview: false),
            ReturnedUnit(
                id: "tu1", variant: "other", source: "You deleted {n} files.", target: "", needsReview: true),
        ])
    let two = try read(
        romanian.replacing("plural:file_count", with: "gender:host  plural:file_count").replacing(
            "pgs:case=\"", with: "pgs:case=\" feminine\t"))
    #expect(two.units.map(\.variant) == ["feminine 1", "feminine few", "feminine other"])
}

@Test(arguments: [
    (
        "plural:file_count", "plurale:file_count",
        "`plurale:file_count` does not say what chooses among variants (pgs:switch)"
    ),
    ("plural:file_count", "plural:", "`plural:` does not say what chooses among variants (pgs:switch)"),
    ("plural:file_count", "", "`` does not say what chooses among variants (pgs:switch)"),
    ("plural:file_count", "plural:a select:b", "`1` is not a case of what chooses (pgs:case, pgs:switch)"),
    ("pgs:case=\"few\"", "pgs:case=\"a few\"", "`a few` is not a case of what chooses (pgs:case, pgs:switch)"),
    ("pgs:case=\"few\"", "pgs:case=\"some\"", "`some` is not a case of what chooses (pgs:case, pgs:switch)"),
    ("pgs:case=\"few\"", "", "a segment does not say which case it is for (pgs:case)"),
    (
        "pgs:switch=\"plural:file_count\"", "",
        "a segment is for a case (pgs:case), and its unit does not say of what (pgs:switch)"
    ),
])
func aUnitWhoseCasesAndSwitchDoNotFitIsRejected(old: String, new: String, reason: String) throws {
    let document = try read(romanian.replacing(old, with: new))
    #expect(document.units.isEmpty && document.rejected.map(\.reason) == [reason])
}

/// As 2.1 had it, a unit each: 2.2 has the module and need not use it.
@Test func version22WithoutTheModuleIsReadAsWell() throws {
    let project = compiled(
        orders(
            counted + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n",
            counted + "one {{Jedno.}}\n* {{{$user.orders_count} zamówienia.}}\n"))
    let document = project.exchangeDocument(locale: "pl")
    let text = String(decoding: write(document, as: .xliff2), as: UTF8.self)
        .replacing("version=\"2.1\"", with: "version=\"2.2\"").replacing("document:2.0", with: "document:2.2")
        .replacing("Jedno.", with: "Jeden.")
    let plan = project.planImport(try read(text), locale: "pl")
    #expect(plan.taken == 1 && plan.rejected.isEmpty && plan.unchanged == document.units.count - 1)
}

/// What a segment is for is looked up and not searched for, so that a file of nothing but cases is read in moments.
@Test func aUnitOfManyCasesIsRead() throws {
    let segments = (0..<20_000).map { "<segment pgs:case=\"\($0)\"><source>a</source></segment>" }.joined()
    let text = romanian.replacing("<segment id=\"tu1_1\"", with: segments + "<segment id=\"tu1_1\"").replacing(
        "pgs:case=\"1\"><source>You", with: "pgs:case=\"-1\"><source>You")
    #expect(try read(text).units.count == 20_003)
}

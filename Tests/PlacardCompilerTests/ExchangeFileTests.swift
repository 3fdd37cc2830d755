import Foundation
import PlacardCompiler
import PlacardExchange
import SourceDiagnostics
import Testing

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
        ("<target order=\"2\">", "<target order=\"2\" xml:lang=\"de\">", "it is in `de`, and its file in fr"),
        ("id=\"s2\"", "id=\"s1\"", "the id s1 is there twice"),
        ("<source>One. </source>", "", "a source is missing"),
        (
            "<source>One. ", "<source><ph id=\"1\" dataRef=\"d\"/>",
            "an inline code names the original data d, which is not there"
        ),
        ("<segment id=\"s1\">", "<segment id=\"s1\" state=\"done\">", "`done` is not a state of XLIFF"),
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
    let project = compiledWithUnits(exchangeShop())
    let file = try returnedFile(project.exchangeDocument(locale: "fr"), as: .po) { text in
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
    let project = compiledWithUnits(exchangeShop())
    var file = try returnedFile(project.exchangeDocument(locale: "fr"), as: .json)
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
    let project = compiledWithUnits(exchangeShop())
    let document = project.exchangeDocument(locale: "fr")
    func unchanged(_ format: ExchangeFormat, _ edit: (String) -> String) throws {
        let plan = project.planImport(try returnedFile(document, as: format, edit), locale: "fr")
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
    let plan = project.planImport(try returnedFile(spaced, as: .xliff2), locale: "fr")
    #expect(plan.taken == 1)
    #expect(String(decoding: plan.files[0].bytes, as: UTF8.self).contains("« Non »\u{A0}: ‘jamais’"))
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

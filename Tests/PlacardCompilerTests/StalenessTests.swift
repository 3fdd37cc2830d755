import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// A project whose lock was recorded as its files were, and then edited.
private struct TrackedProject {
    var files: [String: String]

    init(_ files: [String: String]) {
        self.files = files
    }

    func compiled() -> Compilation { compile(project(files), keepsUnits: true) }

    /// Records what `placard check --fix` records.
    mutating func record() {
        guard let bytes = compiled().updatedLock().bytes else { return }
        files["translations.lock"] = String(decoding: bytes, as: UTF8.self)
    }

    mutating func accept(_ id: String? = nil, in locale: String? = nil) {
        let update = compiled().updatedLock { itsLocale, message, unit in
            (locale ?? itsLocale) == itsLocale && (id ?? "\(message)/\(unit)") == "\(message)/\(unit)"
        }
        if let bytes = update.bytes { files["translations.lock"] = String(decoding: bytes, as: UTF8.self) }
    }

    /// Edits a file.
    mutating func replace(_ old: String, with new: String, in path: String = "content/a.md") {
        #expect(files[path]?.contains(old) == true)
        files[path] = files[path]?.replacingOccurrences(of: old, with: new)
    }

    /// The places of what is outdated.
    var outdated: [String] {
        diagnostics(compiled()).filter { $0.hasPrefix("translation/outdated") }.map { String($0.dropFirst(21)) }
    }

    var messages: [String] {
        compiled().diagnostics.filter { $0.id == "translation/outdated" }.map(\.message)
    }
}

private let source = message(
    "actions: [{id: go, label: Go on, dismiss: true}]\nimage: {src: x.png, alt: A cup}",
    body: "Costs 9.99 today.\n\nSecond part.\n\n- one\n- two\n")
private let french = overlay(
    "title: Bonjour\nactions: [{id: go, label: Continuer}]\nimage: {alt: Une tasse}",
    body: "Coûte 9,99 aujourd’hui.\n\nDeuxième partie.\n\n- un\n- deux\n")

private func tracked() -> TrackedProject {
    var project = TrackedProject(["content/a.md": source, "content/a.fr.md": french])
    project.record()
    return project
}

@Test func aChangedSentenceMakesExactlyItsTranslationOutdatedAndItsWordsAreNamed() {
    var project = tracked()
    #expect(project.outdated == [])
    project.replace("9.99 today", with: "4.99 tomorrow, too")
    #expect(project.outdated == ["content/a.fr.md:6:1"])
    #expect(
        project.messages == [
            "the source has changed since: `9.99 today.` became `4.99 tomorrow, too.`"
        ])
    // Another one.
    project.replace("label: Go on", with: "label: Go")
    #expect(project.outdated == ["content/a.fr.md:3:27", "content/a.fr.md:6:1"])
    #expect(project.messages.first == "the source has changed since: `on` is gone")
}

@Test func whatIsNotTranslatedMakesNothingOutdated() {
    var project = tracked()
    project.replace("trigger:", with: "audience: user.country == \"FR\"\npriority: 70\ntrigger:")
    project.replace("src: x.png", with: "src: y.png")
    project.replace("Costs 9.99 today.", with: "Costs\n  9.99   today.")
    project.replace("- one\n- two", with: "* one\n* two")
    #expect(project.outdated == [])
}

@Test func aTranslationIsCurrentAgainByItsOwnChangeAlone() {
    var project = tracked()
    project.replace("9.99 today", with: "4.99 today")
    // Another text of the translation does not help.
    project.replace("Deuxième partie", with: "La deuxième partie", in: "content/a.fr.md")
    #expect(project.outdated == ["content/a.fr.md:6:1"])
    project.record()
    #expect(project.outdated == ["content/a.fr.md:6:1"], "recording accepts nothing")
    project.replace("9,99", with: "4,99", in: "content/a.fr.md")
    #expect(project.outdated == [])
    project.record()
    project.replace("4.99 today", with: "3.99 today")
    #expect(project.outdated == ["content/a.fr.md:6:1"])
}

@Test func aTranslationIsCurrentByAcceptance() {
    var project = tracked()
    project.replace("9.99 today", with: "4.99 today")
    project.replace("Second part", with: "The second part")
    #expect(project.outdated.count == 2)
    project.accept(in: "ar")
    #expect(project.outdated.count == 2)
    let ids = project.compiled().messages[0].translatableIDs
    project.accept(ids.first { $0.hasPrefix("a/body:") }, in: "fr")
    #expect(project.outdated == ["content/a.fr.md:8:1"])
    project.accept()
    #expect(project.outdated == [])
}

@Test func aParagraphMoreOrLessIsOneDiagnosticAndNotOneForEachThatFollows() {
    var project = tracked()
    project.replace("Second part.", with: "New words here.\n\nSecond part.")
    #expect(project.outdated == ["content/a.fr.md:6:1"])
    #expect(project.messages == ["the source has a new text since: `New words here.`"])
    project.record()
    #expect(project.outdated.count == 1)
    project.replace("Deuxième", with: "Des mots neufs.\n\nDeuxième", in: "content/a.fr.md")
    #expect(project.outdated == [])
    project.record()
    project.replace("New words here.\n\n", with: "")
    #expect(project.outdated == ["content/a.fr.md:8:1"])
    #expect(project.messages == ["the source has dropped since what this translates: `New words here.`"])
    project.replace("Des mots neufs.\n\n", with: "", in: "content/a.fr.md")
    #expect(project.outdated == [])
}

@Test func pluralsAreHeldAgainstTheVariantThatTheyStandFor() {
    let english = ".input {$user.orders_count :integer}\n.match $user.orders_count\n"
    var project = TrackedProject([
        "placard.yaml": baseProject.replacingOccurrences(
            of: "fr: optional", with: "fr: optional, ja: optional, pl: optional"),
        "content/a.md": message(body: english + "one {{One order.}}\n* {{{$user.orders_count} orders.}}\n"),
        "content/a.pl.md": overlay(
            "title: Witaj",
            body: english
                + "one {{Jedno zamówienie.}}\nfew {{{$user.orders_count} zamówienia.}}\nmany {{{$user.orders_count} zamówień.}}\n* {{{$user.orders_count} zamówienia.}}\n"
        ),
        "content/a.ja.md": overlay("title: こんにちは", body: "注文{$user.orders_count}件。\n"),
    ])
    project.record()
    #expect(project.outdated == [])
    project.replace("One order.", with: "One order, thanks.")
    #expect(project.outdated == ["content/a.pl.md:6:7"])
    project.replace(" orders.", with: " orders, thanks.")
    #expect(project.outdated == ["content/a.ja.md:4:1", "content/a.pl.md:6:7", "content/a.pl.md:7:7"])
    project.replace(":integer", with: ":number")
    #expect(project.outdated.contains("content/a.pl.md:4:1"), "declarations are a unit of their own")
}

@Test func theFormerWordsOutliveEveryRecordOfThem() {
    var project = tracked()
    project.replace("9.99", with: "8.99")
    project.record()
    project.replace("8.99", with: "7.99")
    project.record()
    #expect(project.messages == ["the source has changed since: `9.99` became `7.99`"])
    project.accept()
    #expect(project.files["translations.lock"]?.contains("9.99 today") == false)
}

@Test func aMergeConflictInTheLockIsResolvedByWhatTheTranslationsAre() {
    var base = tracked()
    base.replace("9.99", with: "4.99")
    // One branch translates the price anew, the other changes the title and accepts it.
    var ours = base
    ours.replace("9,99", with: "4,99", in: "content/a.fr.md")
    ours.record()
    var theirs = base
    theirs.replace("title: Bonjour", with: "title: Salut", in: "content/a.fr.md")
    theirs.record()
    func lines(_ project: TrackedProject) -> [Substring] {
        project.files["translations.lock"]?.split(separator: "\n") ?? []
    }
    let common = lines(ours).filter { lines(theirs).contains($0) }
    let merged =
        common + ["<<<<<<< ours"] + lines(ours).filter { !common.contains($0) } + ["======="]
        + lines(theirs).filter { !common.contains($0) } + [">>>>>>> theirs"]
    var project = ours
    project.replace("title: Bonjour", with: "title: Salut", in: "content/a.fr.md")
    project.files["translations.lock"] = merged.joined(separator: "\n") + "\n"
    #expect(project.outdated == [])
    #expect(diagnostics(project.compiled()).contains { $0.hasPrefix("translation/lock-conflict") })
    project.record()
    #expect(project.files["translations.lock"]?.contains("<<<<") == false)
    #expect(
        diagnostics(project.compiled())
            == diagnostics(
                compile(
                    PlacardCompilerTests.project([
                        "content/a.md": project.files["content/a.md"] ?? "",
                        "content/a.fr.md": project.files["content/a.fr.md"] ?? "",
                    ]))))
    project.replace("4.99", with: "3.99")
    #expect(project.outdated == ["content/a.fr.md:6:1"])
}

@Test func withoutALockEverythingIsCurrentAndNothingIsSaid() {
    let project = TrackedProject(["content/a.md": source, "content/a.fr.md": french])
    #expect(project.compiled().diagnostics.allSatisfy { !$0.id.hasPrefix("translation/") })
    let update = project.compiled().updatedLock()
    #expect(update.isFirst && update.recorded == 1)
}

@Test func aNewTranslationIsANoteUntilItIsRecorded() {
    var project = tracked()
    project.files["content/b.md"] = message()
    project.files["content/b.fr.md"] = overlay()
    let found = project.compiled().diagnostics.filter { $0.id == "translation/unrecorded" }
    #expect(found.map(\.primary.file) == ["content/b.fr.md"])
    #expect(found.map(\.severity) == [.note])
    project.record()
    #expect(!diagnostics(project.compiled()).contains { $0.hasPrefix("translation/") })
}

@Test(arguments: [
    ("fr: optional", "", Severity.warning, true), ("fr: required", "", .error, true),
    ("fr: {policy: required, outdated: show}", "", .warning, true),
    ("fr: {policy: required, outdated: fallback}", "", .warning, false),
    ("fr: optional", "outdated: error\n", .error, true), ("fr: optional", "outdated: fallback\n", .warning, false),
    ("fr: {policy: optional, outdated: show}", "outdated: error\n", .warning, true),
])
func thePolicyOfALocaleDecidesWhatBecomesOfIt(locale: String, project policy: String, severity: Severity, isShown: Bool)
{
    var project = tracked()
    project.files["placard.yaml"] = baseProject.replacingOccurrences(of: "fr: optional", with: locale) + policy
    project.replace("9.99", with: "4.99")
    let compiled = project.compiled()
    #expect(compiled.diagnostics.filter { $0.id == "translation/outdated" }.map(\.severity) == [severity])
    #expect(compiled.messages[0].languages == (isShown ? ["en", "fr"] : ["en"]))
    #expect(!compiled.diagnostics.contains { $0.id == "translation/missing" })
}

@Test func variantsOfAnExperimentAreTrackedToo() {
    var project = TrackedProject([
        "content/a.md": message("experiment: {variants: {control: 50, urgent: 50}}"),
        "content/a.fr.md": overlay(), "content/a+urgent.md": overlay("title: Only today", body: ""),
        "content/a+urgent.fr.md": overlay("title: Aujourd’hui seulement", body: ""),
    ])
    project.record()
    project.replace("Only today", with: "Only tomorrow", in: "content/a+urgent.md")
    #expect(project.outdated == ["content/a+urgent.fr.md:2:8"])
}

@Test func statusTellsTheStateOfEveryMessageInEveryLocale() {
    var project = tracked()
    project.files["content/b.md"] = message()
    project.files["content/c.md"] = message("actions: [{id: x, label: A, dismiss: true}]")
    project.files["content/c.fr.md"] = overlay()
    project.record()
    project.replace("9.99", with: "4.99")
    let status = project.compiled().translationStatus()
    #expect(status.locales.map(\.tag) == ["ar", "fr"])
    #expect(status.messages.map(\.id) == ["a", "b", "c"])
    #expect(status.messages.map { $0.cells[1].state } == [.outdated, .missing, .incomplete])
    #expect(status.messages.allSatisfy { $0.cells[0].state == .missing })
    #expect(status.messages[2].cells[1].missing == ["actions.x"])
    // Title 1, label 2, alt 2, body 3 + 2 + 1 + 1.
    #expect(status.messages[0].words == 12)
    #expect(status.messages[0].cells[1].words == 9)
    #expect(!status.locales[1].fails)
}

@Test func anOptionalLocaleFallsBackWhereTextsAreMissingAndARequiredOneDoesNotBuild() {
    let files = [
        "content/a.md": message("actions: [{id: x, label: A, dismiss: true}]\npush: {title: Hi, body: There}"),
        "content/a.fr.md": overlay(),
    ]
    let optional = compile(project(files))
    #expect(!optional.hasErrors)
    #expect(optional.diagnostics.map(\.id) == ["translation/missing-text", "translation/missing-text"])
    #expect(optional.messages[0].languages == ["en"])
    let required = files.merging([
        "placard.yaml": baseProject.replacingOccurrences(of: "fr: optional", with: "fr: required")
    ]) { $1 }
    #expect(compile(project(required)).hasErrors)
    #expect(compile(project(files.merging(["placard.yaml": baseProject + "onMissing: error\n"]) { $1 })).hasErrors)
}

@Test func aTranslationIsRecordedOnceItsSourceIsPutRight() throws {
    var project = TrackedProject([
        "content/a.md": message(body: "*Big sale** today.\n"),
        "content/a.fr.md": overlay("title: Salut", body: "**Soldes**\n"),
    ])
    let found = project.compiled().diagnostics
    let fix = try #require(found.first { $0.severity == .warning }?.fixIts.first, "\(found)")
    let before = project.compiled().updatedLock()
    #expect(before.bytes == nil && before.recorded == 0 && before.postponed == 1)
    project.record()
    let fixed = applying(fix, to: sources(of: project))
    project.files["content/a.md"] = String(decoding: try #require(fixed["content/a.md"]), as: UTF8.self)
    let after = project.compiled().updatedLock()
    #expect(after.recorded == 1 && after.postponed == 0)
    project.record()
    #expect(project.outdated == [])
    // What is known of a source that is edited, and has a fix again, stays as it was.
    let known = project.files["translations.lock"]
    project.replace("**Big sale** today", with: "**Small sale* now")
    project.record()
    #expect(project.files["translations.lock"] == known)
}

private func sources(of tracked: TrackedProject) -> ProjectFiles { project(tracked.files) }

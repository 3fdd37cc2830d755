import Foundation
import MessageFormat
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import Testing
import UnicodeLocale

/// The words of the demo, in every language and plural category, against files that a reader has checked.
@Suite struct DemoSnapshotTests {
    private static let folder = repository.appendingPathComponent("Tests/PlacardCompilerTests/Snapshots")
    private static let isRecording = ProcessInfo.processInfo.environment["PLACARD_RECORD"] == "1"

    @Test func everyMessageSaysWhatAReaderHasChecked() throws {
        let demo = try DemoTexts()
        #expect(demo.catalog.messages.count >= 14)
        var wanted: Set<String> = ["README.md"]
        for message in demo.catalog.messages {
            let name = message.id + ".txt"
            wanted.insert(name)
            let file = DemoSnapshotTests.folder.appendingPathComponent(name)
            let now = DemoSnapshot(demo: demo, message: message).text
            let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard now != recorded else { continue }
            if DemoSnapshotTests.isRecording {
                try Data(now.utf8).write(to: file)
                // A recording is no test: what was written is for a reader to check.
                Issue.record("recorded Snapshots/\(name)")
            } else {
                Issue.record(
                    "Snapshots/\(name) says otherwise; PLACARD_RECORD=1 writes it anew\n\(difference(recorded, now))")
            }
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: DemoSnapshotTests.folder.path)
        for name in Set(files).subtracting(wanted).sorted() {
            Issue.record("Snapshots/\(name) belongs to no message")
        }
    }

    /// Else a snapshot could leave out the very form that is wrong.
    @Test func theNumbersReachEveryPluralCategory() throws {
        for locale in try DemoTexts().locales.map(\.locale) {
            let numbers = try #require(DemoSnapshot.numbers[locale], "no numbers for \(locale)")
            let rules = PluralRules(.cardinal, locale: try LanguageTag(locale))
            let reachable = Set((Int64(0)...1000).map { rules.category($0) })
            #expect(Set(numbers.map { rules.category($0) }) == reachable, "\(locale)")
        }
    }

    /// What the demo is there to show in its texts.
    @Test func theDemoUsesWhatTextsCanDo() throws {
        let demo = try DemoTexts()
        var found: Set<String> = []
        for file in demo.locales {
            for localized in file.messages where localized.value.locale == file.locale {
                for message in localized.value.content.texts.compactMap(\.message) {
                    let functions = message.expressions.compactMap(\.function?.name)
                    if functions.contains("currency") { found.insert("a currency in \(file.locale)") }
                    if functions.contains("date") { found.insert("a date in \(file.locale)") }
                    guard case .select(let matcher) = message.body else { continue }
                    let keys = matcher.variants.flatMap(\.keys).compactMap { key -> String? in
                        guard case .literal(let literal) = key else { return nil }
                        return literal.value
                    }
                    if keys.contains("few"), keys.contains("many") { found.insert("few and many in \(file.locale)") }
                    if matcher.selectors.contains(where: { !$0.name.hasPrefix("event.") }), keys.contains("gold") {
                        found.insert("a choice by the context in \(file.locale)")
                    }
                }
            }
        }
        for locale in ["en", "fr", "de", "ja", "pt-BR", "ar"] {
            #expect(found.contains("a currency in \(locale)"))
            #expect(found.contains("a date in \(locale)"))
            #expect(found.contains("a choice by the context in \(locale)"))
        }
        for locale in ["ar", "pl", "uk"] { #expect(found.contains("few and many in \(locale)")) }
        let plate = try #require(demo.catalog.message("arriving-soon"))
        let arabic = try #require(demo.locales.first { $0.locale == "ar" })
        let drawn = try #require(demo.draw(plate, nil, demo.examples(for: plate), in: arabic))
        guard case .body(let body)? = drawn.fields["body"] else {
            Issue.record("no body")
            return
        }
        #expect(body.text?.contains("\u{2068}AB-123-CD\u{2069}") == true, "a code kept in its order")
        #expect(body.html?.contains("<code><bdi>AB-123-CD</bdi></code>") == true)
    }
}

/// The lines that differ, `-` for those of `old` and `+` for those of `new`, under the line that each group follows.
func difference(_ old: String, _ new: String) -> String {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in after.difference(from: before) {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    var lines: [String] = []
    var old = 0
    var new = 0
    var isInside = false
    while old < before.count || new < after.count {
        if removed.contains(old) || inserted.contains(new) {
            if !isInside, let heading = before[..<old].last(where: { !$0.isEmpty && !$0.hasPrefix(" ") }) {
                lines.append("  " + heading)
            }
            isInside = true
        }
        if removed.contains(old) {
            lines.append("- " + before[old])
            old += 1
        } else if inserted.contains(new) {
            lines.append("+ " + after[new])
            new += 1
        } else {
            isInside = false
            old += 1
            new += 1
        }
    }
    return lines.joined(separator: "\n")
}

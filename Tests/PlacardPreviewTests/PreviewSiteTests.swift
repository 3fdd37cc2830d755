import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardPreview

@Suite struct PreviewSiteTests {
    @Test func sameInputGivesSameBytesInAnyOrder() {
        let first = PreviewSite(sampleInput(messages: 6, locales: 4))
        let second = PreviewSite(sampleInput(messages: 6, locales: 4))
        let forward = (0..<6).map { first.messagePage($0).bytes }
        let backward = (0..<6).reversed().map { second.messagePage($0).bytes }
        #expect(forward == backward.reversed())
        #expect(first.sharedFiles().map(\.bytes) == second.sharedFiles().map(\.bytes))
    }

    @Test func aScreenStandsOnThePageOnce() throws {
        let html = String(
            decoding: PreviewSite(sampleInput(messages: 1, locales: 3)).messagePage(0).bytes, as: UTF8.self)
        let screens = html.matches(of: #/<div class="pair"><figure class="screen [^>]*(light|dark|auto)"/#)
        #expect(screens.map { String($0.output.1) } == ["auto", "auto", "auto"])
        // Who has no script turns all of them dark.
        #expect(html.contains("<input type=\"radio\" name=\"theme\" value=\"dark\">"))
    }

    @Test func theBudgetsOfPagesHold() {
        let input = sampleInput(messages: 1000, locales: 20)
        let site = PreviewSite(input)
        var sizes: [String: Int] = [:]
        for file in site.sharedFiles() { sizes[file.path] = file.bytes.count }
        #expect(sizes["index.html", default: .max] < 512 * 1024)
        #expect(sizes["assets/preview.js", default: .max] < 60 * 1024)
        #expect(sizes["assets/preview.css", default: .max] < 30 * 1024)
        for index in 0..<8 {
            #expect(site.messagePage(index).bytes.count < 60 * 1024)
        }
    }

    @Test func aLongSourceIsCut() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].sources[0].text = Array(repeating: 0x78, count: 1_000_000)
        let page = PreviewSite(input).messagePage(0)
        #expect(page.bytes.count < 60 * 1024)
        #expect(String(decoding: page.bytes, as: UTF8.self).contains("bytes, is only in the file"))
    }

    @Test(arguments: ["", "x", "xx", "xxx"])
    func aLongSourceIsCutBetweenCharacters(start: String) {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].sources[0].text = Array((start + String(repeating: "😀", count: 10_000)).utf8)
        let page = PreviewSite(input).messagePage(0)
        #expect(String(validating: page.bytes, as: UTF8.self)?.contains("bytes, is only in the file") == true)
    }

    /// A page keeps its budget whatever its sources are: many files, and characters that take six bytes in HTML.
    @Test func sourcesGiveWayToPictures() {
        var input = sampleInput(messages: 1, locales: 20)
        let source = input.messages[0].sources[0]
        input.messages[0].diagnostics = []
        input.messages[0].sources = (0..<60).map { number in
            PreviewSource(path: "\(source.path)-\(number)", text: Array(repeating: 0x22, count: 700) + [0x0A])
        }
        let page = PreviewSite(input).messagePage(0).bytes
        #expect(page.count < 60 * 1024, "\(page.count)")
        #expect(String(decoding: page, as: UTF8.self).contains("more files are not shown here"))
    }

    /// Texts of many messages are in several files, each of which names the next.
    @Test func textsForTheSearchAreInFilesOfFiftyMessages() throws {
        let site = PreviewSite(sampleInput(messages: 101, locales: 1))
        let files = site.sharedFiles().filter { $0.path.hasPrefix("data/") }
        #expect(files.map(\.path) == ["data/texts.js", "data/texts-2.js", "data/texts-3.js"])
        let texts = files.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts.map { $0.split(separator: "\n").count } == [50, 50, 1])
        #expect(texts.map { String($0.suffix(6)) } == ["],2);\n", "],3);\n", "\"]]);\n"])
        for file in files { #expect(file.bytes.starts(with: Array("placardTexts([[".utf8))) }
    }

    @Test func marksStandOnTheAuthorsCharacters() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].sources[0].text = Array("title: Füße\n".utf8)
        input.messages[0].diagnostics[0].primary.span = .init(7, 13)
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        #expect(html.contains("title: <mark>Füße</mark>\n"))
    }

    @Test func statusIsWrittenOut() {
        var input = sampleInput(messages: 1, locales: 5)
        input.messages[0].localizations[1].status = .outdated
        input.messages[0].localizations[2].status = .fallback
        input.messages[0].localizations[2].language = "en"
        input.messages[0].localizations[3] = PreviewLocalization(
            status: .missing, language: "ja", isRightToLeft: false, cards: [])
        input.locales[4].policy = .optional
        input.messages[0].localizations[4].status = .fallback
        input.messages[0].localizations[4].language = "en"
        let site = PreviewSite(input)
        let index = String(decoding: site.sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("<span class=stale>~ fr</span>"))
        // A gap in a language that the project requires is no fallback like another.
        #expect(index.contains("<span class=error>✕ de</span>"))
        #expect(index.contains("<span class=error>✕ ja</span>"))
        #expect(index.contains("<span class=fallback>– ar</span>"))
        let page = String(decoding: site.messagePage(0).bytes, as: UTF8.self)
        #expect(page.contains("<span class=\"badge error\">✕ required, missing: English</span>"))
        #expect(page.contains("<span class=\"badge fallback\">– falls back: English, optional</span>"))
        #expect(page.contains("Readers see what <a href=\"#l-en\">English</a> shows."))
        #expect(page.contains("Nobody sees this message in this language."))
    }

    @Test func theIndexSaysWhoAndWhen() {
        var input = sampleInput(messages: 1, locales: 3)
        input.locales[2].policy = .pseudo
        input.messages[0].audience = PreviewFact("Audience", "user.age < 18", style: .code)
        input.messages[0].trigger = "menu_opened"
        let index = String(decoding: PreviewSite(input).sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("1 message in 2 languages"))
        #expect(
            index.contains(
                "<td><p><code>user.age &lt; 18</code><p>on <code>menu_opened</code><p class=window>1 Dec – 24 Dec<td>"
            ))
        input.messages[0].audience = PreviewFact("Audience", "everyone")
        input.messages[0].trigger = ""
        input.messages[0].window = ""
        let plain = String(decoding: PreviewSite(input).sharedFiles()[0].bytes, as: UTF8.self)
        #expect(plain.contains("<td><p>everyone<td>"))
    }

    /// Where twenty languages are in one state, a row says how many they are, and names the others.
    @Test func aRowCountsTheLanguagesOfItsLargestState() {
        var input = sampleInput(messages: 2, locales: 12)
        for place in 0..<12 {
            input.messages[0].localizations[place].status = .ok
            input.messages[1].localizations[place].status = place == 3 ? .outdated : .ok
        }
        let index = String(decoding: PreviewSite(input).sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("<td class=states><span class=ok>✓ all 12</span> <td"))
        #expect(
            index.contains(
                "<td class=states><span class=ok>✓ 11 others</span> <span class=stale>~ \(input.locales[3].tag)</span> <td"
            ))
        #expect(index.contains("data-placard-locales=\"\(input.locales.map(\.tag).joined(separator: " "))\""))
    }

    /// The pages are in English; a title is in the source's language.
    @Test(arguments: [("en", ""), ("de", " lang=\"de\""), ("ar", " lang=\"ar\" dir=\"rtl\"")])
    func aTitleSaysItsLanguage(language: String, attributes: String) {
        var input = sampleInput(messages: 1, locales: 1, text: "x")
        input.messages[0].localizations[0].language = language
        input.messages[0].localizations[0].isRightToLeft = language == "ar"
        let site = PreviewSite(input)
        let index = String(decoding: site.sharedFiles()[0].bytes, as: UTF8.self)
        let page = String(decoding: site.messagePage(0).bytes, as: UTF8.self)
        #expect(index.contains("<th scope=row><a href=\"m/message-0.html\"\(attributes)>x</a>"))
        #expect(page.contains("<h1\(attributes)>x</h1>"))
    }

    /// Where no lock tells what a translation was made from, nobody knows that it is up to date.
    @Test func aTranslationThatNobodyRecordedIsNotCalledUpToDate() {
        var input = sampleInput(messages: 1, locales: 2)
        input.messages[0].localizations[1].status = .untracked
        let site = PreviewSite(input)
        let index = String(decoding: site.sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("<span class=fallback>• fr</span>"))
        let page = String(decoding: site.messagePage(0).bytes, as: UTF8.self)
        #expect(page.contains("<span class=\"badge fallback\">• translated, not recorded</span>"))
    }

    @Test func messagesAreListedByFolderAndTurnedThroughInThatOrder() {
        var input = sampleInput(messages: 3, locales: 1)
        input.messages[0].folder = "rides"
        let site = PreviewSite(input)
        let index = String(decoding: site.sharedFiles()[0].bytes, as: UTF8.self)
        #expect(
            index.matches(of: #/(?:data-placard-folder="|<th scope=row><a href="m\/)([^".]*)/#).map {
                String($0.output.1)
            }
                == ["coffee", "message-1", "message-2", "rides", "message-0"])
        let page = String(decoding: site.messagePage(2).bytes, as: UTF8.self)
        #expect(page.contains("<a rel=\"prev\" href=\"message-1.html\">"))
        #expect(page.contains("<a rel=\"next\" href=\"message-0.html\">"))
    }

    @Test func whatIsSearchedStandsInAFileOfItsOwn() {
        var input = sampleInput(messages: 1, locales: 3, text: "a \"b\"")
        input.messages[0].localizations[2].status = .fallback
        let summary = PreviewSummary(input.messages[0], conditions: "user.age < 18")
        let site = PreviewSite(
            input, entries: [PreviewEntry(id: summary.id, template: summary.template, folder: summary.folder)],
            summaries: { [summary] },
            texts: { _ in [TextLines(["Größe", "https://x.example/"]), TextLines(["Taille"]), TextLines()] },
            message: { [input] in input.messages[$0] })
        let file = site.sharedFiles().first { $0.path == "data/texts.js" }
        #expect(
            file.map { String(decoding: $0.bytes, as: UTF8.self) } == """
                placardTexts([["message-0","a \\"b\\"","coffee","banner","✓✕","de","dates",1,"user.age < 18\\nGröße\\nhttps://x.example/\\nTaille"]]);

                """)
    }

    @Test func aLanguageHasAPageWithItsGapsFirst() throws {
        var input = sampleInput(messages: 3, locales: 3)
        input.messages[1].localizations[2].status = .outdated
        input.messages[2].localizations[2].status = .fallback
        let site = PreviewSite(
            input, entries: input.messages.map { PreviewEntry(id: $0.id, template: $0.template, folder: $0.folder) },
            summaries: { [input] in input.messages.map { PreviewSummary($0) } },
            texts: { $0 == 1 ? [TextLines(["Hello & welcome"]), TextLines(), TextLines(["Hallo <du>"])] : [] },
            message: { [input] in input.messages[$0] })
        let file = try #require(site.sharedFiles().first { $0.path == "l/de.html" })
        let page = String(decoding: file.bytes, as: UTF8.self)
        #expect(
            page.matches(of: #/<th scope="row"><a href="\.\.\/m\/([^"#]*)\.html#l=de"/#).map { String($0.output.1) }
                == ["message-2", "message-1", "message-0"])
        #expect(page.contains("<td><p>Hello &amp; welcome</p></td><td lang=\"de\"><p>Hallo &lt;du&gt;</p></td>"))
        #expect(page.contains("✕ required, missing: 1"))
    }

    @Test func coverageHasEveryMessageInEveryLanguage() throws {
        var input = sampleInput(messages: 2, locales: 3)
        input.messages[1].localizations[1].status = .outdated
        let file = try #require(PreviewSite(input).sharedFiles().first { $0.path == "coverage.html" })
        let page = String(decoding: file.bytes, as: UTF8.self)
        #expect(page.contains("<a href=\"l/fr.html\">fr</a><br><small>50 %</small>"))
        #expect(
            page.contains(
                "message-1</a></th><td class=\"ok\">✓ ok</td><td class=\"stale\">~ outdated</td><td class=\"ok\">✓ ok</td>"
            ))
    }

    @Test func diagnosticsOfAllMessagesStandOnAPage() throws {
        let file = try #require(
            PreviewSite(sampleInput(messages: 2, locales: 1, text: "<x>")).sharedFiles().first {
                $0.path == "checks.html"
            })
        let page = String(decoding: file.bytes, as: UTF8.self)
        #expect(page.contains("<a href=\"m/message-0.html#diagnostics\">"))
        #expect(page.contains("! warning</strong> &lt;x&gt; <code>text/too-long</code></td>"))
    }

    @Test func theAppsLookIsAStyleSheet() {
        var look = PreviewLook()
        #expect(String(decoding: look.style, as: UTF8.self) == ".screen {\n}\n")
        look.accent = ("#0b7a5b", "#6fe0b6;}*{x")
        look.radius = 12
        look.font = .rounded
        look.icon = "a/\"b\".png"
        #expect(
            String(decoding: look.style, as: UTF8.self) == """
                .screen {
                --app-accent: light-dark(#0b7a5b, #6fe0b6);
                --app-on-accent: lch(from var(--app-accent) calc((49.4 - l) * 100) 0 0);
                --app-radius: 12px;
                --app-control-radius: 8px;
                --app-font: ui-rounded, "SF Pro Rounded", Nunito, system-ui, sans-serif;
                }
                .note .icon { background-image: url("images/a/%22b%22.png"); }

                """)
    }

    /// A button that closes is drawn where the template has one, unless the message brings its own.
    @Test func thereIsOneWayToClose() {
        var input = sampleInput(messages: 2, locales: 1)
        input.templates[1].hasCloseButton = true
        func page() -> String { String(decoding: PreviewSite(input).messagePage(1).bytes, as: UTF8.self) }
        #expect(page().contains("<span class=\"close\""))
        input.messages[1].localizations[0].cards[0].actions.append(
            PreviewAction(id: "later", label: "Later", kind: "dismiss", target: ""))
        #expect(!page().contains("<span class=\"close\""))
        input.messages[1].localizations[0].cards[0].actions.removeLast()
        input.templates[1].hasCloseButton = false
        #expect(!page().contains("<span class=\"close\""))
    }

    @Test func aConversationIsListedStepByStep() {
        let input = sampleInput(messages: 8, locales: 1, text: "Hi")
        let page = String(decoding: PreviewSite(input).messagePage(7).bytes, as: UTF8.self)
        #expect(
            page.contains(
                "<li data-placard-step=\"start\"><strong>Hi</strong><ul><li data-placard-to=\"end\">Hi → end</li></ul></li>"
            ))
    }

    @Test func aMessageOfAnUnknownTemplateIsStillDrawn() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].template = "none"
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        #expect(html.contains("t-plain"))
    }

    @Test func aTemplateMayBeCalledPlain() {
        var input = sampleInput(messages: 1, locales: 1)
        input.templates[0].name = "plain"
        let files = PreviewSite(input).sharedFiles().filter { $0.path == "assets/templates/plain.css" }
        #expect(files.count == 1)
        #expect(files.first.map { String(decoding: $0.bytes, as: UTF8.self).contains(".banner {") } == true)
    }

    @Test func theRepositorysTemplatesHaveNoDiagnostics() {
        let site = PreviewSite(sampleInput(messages: 0, locales: 1))
        #expect(site.diagnostics.isEmpty)
        #expect(!repositoryFile("templates/banner/preview.mustache").isEmpty)
    }

    /// Runs the generators; a checked-in file that differs is out of date.
    @Test(arguments: ["embed-preview-assets.py", "draw-demo-images.py"])
    func generatedFilesAreUpToDate(generator: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", URL(filePath: #filePath).appending(path: "../../Generators/\(generator)").standardized.path(),
            "--check",
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

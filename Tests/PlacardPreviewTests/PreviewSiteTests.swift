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
        let screens = html.matches(of: #/<div class="pair"><figure class="screen [^>]*(light|dark)"/#)
        #expect(screens.map { String($0.output.1) } == ["light", "light", "light"])
        // Who has no script turns all of them dark.
        #expect(html.contains("<input type=\"radio\" name=\"theme\" value=\"dark\">"))
    }

    @Test func budgetsHold() {
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

    @Test func findingsAreCounted() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].diagnostics = Array(repeating: input.messages[0].diagnostics[0], count: 60)
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        #expect(html.contains("and 10 more"))
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
        let site = PreviewSite(input)
        let index = String(decoding: site.sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("<span class=\"stale\">~ fr</span>"))
        #expect(index.contains("<span class=\"fallback\">– de</span>"))
        let page = String(decoding: site.messagePage(0).bytes, as: UTF8.self)
        #expect(page.contains("Shows what <a href=\"#l-en\">English</a> shows."))
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
                "<td><p><code>user.age &lt; 18</code></p><p>on <code>menu_opened</code></p><p>1 Dec – 24 Dec</p></td>"))
        input.messages[0].audience = PreviewFact("Audience", "everyone")
        input.messages[0].trigger = ""
        input.messages[0].window = ""
        let plain = String(decoding: PreviewSite(input).sharedFiles()[0].bytes, as: UTF8.self)
        #expect(plain.contains("<td><p>everyone</p></td>"))
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
        #expect(index.contains("<a href=\"m/message-0.html\"\(attributes)>x</a>"))
        #expect(page.contains("<h1\(attributes)>x</h1>"))
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

    @Test func theRepositorysTemplatesHaveNoFindings() {
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

import ByteText
import Foundation
import Testing

@testable import PlacardPreview

/// The pages about what changed since an earlier version.
@Suite struct `pages about changes` {
    private func marked(_ html: String, former: [PreviewAsset] = [], root: StaticString = "") -> String {
        var page = ByteBuffer(capacity: 64)
        let text = html.replacing("«", with: ChangeMarks.start).replacing("»", with: ChangeMarks.end)
        ChangeMarks.write(Array(text.utf8), images: ChangeImages(root: root, former: former), into: &page)
        return String(decoding: page.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("<p>a «b» c</p>", "<p>a <mark>b</mark> c</p>"),
            // A mark ends where a tag begins, whatever a text holds.
            ("<p>«b</p>»<i>c»</i>", "<p><mark>b</mark></p><i>c</i>"),
            ("««a»»", "<mark>a</mark>"), ("a «b", "a <mark>b</mark>"), ("»a", "a"),
            // In tags there are no elements.
            ("<p title=\"«a» > b\" class='«x»'>«c»</p>", "<p title=\"a > b\" class='x'><mark>c</mark></p>"),
        ])
    func `words are marked and elements stay as they are`(_ html: String, _ expected: String) {
        #expect(marked(html) == expected)
    }

    @Test func `an image of the earlier version that is another has a place of its own`() {
        let image = "<img src=\"../assets/images/a/%22b%22.png\" alt=\"«x»\">"
        #expect(marked(image) == "<img src=\"assets/images/a/%22b%22.png\" alt=\"x\">")
        #expect(
            marked(image, former: [PreviewAsset(path: "a/\"b\".png", bytes: [1])], root: "../")
                == "<img src=\"../assets/former/images/a/%22b%22.png\" alt=\"x\">")
    }

    /// A site in which each of so many messages has changed in each of so many languages.
    private func site(messages: Int, locales: Int, text: String = "Hello") -> PreviewSite {
        var input = sampleInput(messages: messages, locales: locales, text: text)
        let (shown, tags) = (input.messages, input.locales)
        var former = input.templates[0]
        former.style = StyleSheet(Array(".banner { color: red }".utf8))
        input.changes = PreviewChanges(
            base: text, declarations: [PreviewChangedValue(text, former: nil, now: text)],
            files: [PreviewChangedFile(path: text, kind: .removed)],
            messages: shown.map { message in
                PreviewChange(
                    id: message.id, file: "content/\(message.id).md", kind: .changed, aspects: ["audience", "text"],
                    title: text, language: "en", isRightToLeft: false, formerTemplate: message.template,
                    template: message.template, warnings: [text],
                    values: [PreviewChangedValue("audience", former: text, now: text + "!")],
                    audience: PreviewChangedAudience(direction: "wider", witnesses: [("may see it now", text)]),
                    addedVariables: [text], removedVariables: [], locales: tags.map(\.tag))
            },
            summary: Array("### \(text)".utf8), look: PreviewLook(), templates: [former] + input.templates.dropFirst(),
            assets: [PreviewAsset(path: "coffee/cup.png", bytes: [3, 2, 1])],
            languages: { index in
                tags.enumerated().map { place, locale in
                    PreviewChangedLanguage(
                        locale: locale, kind: .changed, status: .ok,
                        texts: [
                            PreviewChangedText(
                                name: text, runs: [.init(.same, text), .init(.gone, text), .init(.new, text)])
                        ],
                        pairs: [
                            PreviewCardPair(
                                variant: "", former: shown[index].localizations[place].cards[0],
                                now: shown[index].localizations[place].cards[0])
                        ])
                }
            })
        return PreviewSite(input)
    }

    private func files(_ site: PreviewSite) throws -> [String: String] {
        let pages = try #require(ChangePages(site))
        return Dictionary(
            uniqueKeysWithValues: pages.paths.enumerated().map {
                ($1, String(decoding: pages.bytes($0), as: UTF8.self))
            })
    }

    @Test func `what changed is on one page, and cards are drawn as each version draws them`() throws {
        let files = try files(site(messages: 2, locales: 3))
        #expect(
            Set(files.keys) == [
                "changes.html", "summary.md", "assets/changes.css", "assets/former/banner.css",
                "assets/former/images/coffee/cup.png",
            ])
        let page = try #require(files["changes.html"])
        #expect(page.contains("<dt>audience</dt><dd><del>Hello</del> <ins>Hello!</ins></dd>"))
        #expect(page.contains("<strong>wider</strong><p>may see it now: Hello</p>"))
        #expect(page.contains("<dt>placeholder</dt><dd><ins>{$Hello}</ins></dd>"))
        #expect(page.contains("lang=\"fr\" dir=\"ltr\">Hello<del>Hello</del><ins>Hello</ins></dd>"))
        #expect(page.contains("<div class=\"m former-banner\" lang=\"en\""))
        #expect(page.contains("<div class=\"m t-modal\" lang=\"en\""))
        #expect(page.contains("src=\"assets/former/images/coffee/cup.png\""))
        #expect(page.contains("src=\"assets/images/coffee/cup.png\""))
        #expect(
            files["assets/former/banner.css"]?.hasPrefix("@scope (.former-banner) {\n.banner { color: red }") == true)
        #expect(files["summary.md"] == "### Hello")
    }

    @Test func `a thousand messages in twenty languages stay within the budget, and each has its place`() throws {
        let site = site(messages: 1000, locales: 20)
        let pages = try #require(ChangePages(site))
        let page = String(decoding: pages.bytes(0), as: UTF8.self)
        #expect(page.utf8.count < 1_500_000)
        let places = page.matches(of: #/ id="c-(message-[0-9]+)"/#).map { String($0.output.1) }
        #expect(places.count == 1000 && Set(places).count == 1000)
        let alone = pages.paths.filter { $0.hasPrefix("c/") }
        #expect(alone.count == page.matches(of: #/<a href="c/message/#).count)
        #expect(alone.count > 900)
        let last = try #require(pages.paths.indices.last)
        let own = String(decoding: pages.bytes(last), as: UTF8.self)
        #expect(own.matches(of: #/<section class="loc"/#).count == 20)
        #expect(own.contains("src=\"../assets/former/images/coffee/cup.png\""))
        #expect(own.utf8.count < 200_000)
        #expect(PreviewSite(site.input).sharedBytes(0).count < 512 * 1024)
    }

    @Test func `nothing that authors write is markup`() throws {
        let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\(ChangeMarks.start)</mark>`"
        for (path, text) in try files(site(messages: 8, locales: 3, text: hostile)) where path.hasSuffix(".html") {
            #expect(!text.contains("<script>"), "\(path)")
            #expect(!text.contains("<img src=x"), "\(path)")
            #expect(text.matches(of: #/<mark>/#).count == text.matches(of: #/</mark>/#).count, "\(path)")
        }
    }

    @Test func `messages that changed are marked on the index, on their pages and for search`() throws {
        let site = site(messages: 2, locales: 2)
        let index = String(decoding: site.sharedBytes(0), as: UTF8.self)
        #expect(index.contains("<tr data-placard-change=\"changed\"><th scope=row><a href=\"m/message-0.html\""))
        #expect(index.contains("href=\"changes.html#c-message-0\">Δ changed: audience, text</a>"))
        #expect(index.contains("<a href=\"changes.html\">Changes</a>"))
        let page = String(decoding: site.messagePage(0).bytes, as: UTF8.self)
        #expect(page.contains("href=\"../changes.html#c-message-0\">"))
        let search = try #require(site.sharedFiles().first { $0.path == "data/texts.js" })
        #expect(String(decoding: search.bytes, as: UTF8.self).contains(",\"changed\"]"))
    }

    @Test func `without an earlier version no page speaks of changes`() {
        let site = PreviewSite(sampleInput(messages: 1, locales: 1))
        #expect(ChangePages(site) == nil)
        for file in site.sharedFiles() + [site.messagePage(0)] where !file.path.hasPrefix("assets/") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(!text.contains("changes.html") && !text.contains("data-placard-change"), "\(file.path)")
        }
    }
}

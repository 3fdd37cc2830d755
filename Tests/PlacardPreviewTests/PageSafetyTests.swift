import Foundation
import Testing

@testable import PlacardPreview

/// What no page may hold, whatever authors write.
@Suite struct PageSafetyTests {
    private func pages(_ text: String) -> [(path: String, html: String)] {
        renderPreview(withNotifications(sampleInput(messages: 8, locales: 2, text: text), text))
            .filter { $0.path.hasSuffix(".html") }
            .map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    @Test func policyComesFirst() {
        let policy =
            "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'\">"
        let pages = pages("x")
        // The index, coverage, audiences, diagnostics, two languages, eight messages.
        #expect(pages.count == 14)
        for page in pages {
            #expect(page.html.contains(policy), "\(page.path)")
            #expect(page.html.utf8.count < 60 * 1024)
        }
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</title><script>alert(1)//",
        "<style>*{display:none}</style>", "<a href=\"javascript:alert(1)\">x</a>", "{{{title}}}",
        "--><svg onload=alert(1)>",
        "\u{0}<b>", "</pre></code><iframe src=//x.example>", "<base href=//x.example>", "&lt;script&gt;", "\u{202E}abc",
    ]

    /// Every tag of a page with hostile texts is a tag that the same page has with harmless ones.
    @Test(arguments: hostile)
    func textAddsNoTag(text: String) {
        for (harmless, attacked) in zip(pages("x"), pages(text)) {
            #expect(tags(harmless.html).sorted() == tags(attacked.html).sorted(), "\(harmless.path)")
        }
    }

    @Test(arguments: hostile)
    func nothingRunsInline(text: String) {
        for page in pages(text) {
            for tag in tags(page.html) {
                #expect(!tag.contains(" on"), "\(page.path): \(tag)")
                #expect(!tag.contains(" style="), "\(page.path): \(tag)")
                #expect(!tag.hasPrefix("<style") && !tag.hasPrefix("<iframe") && !tag.hasPrefix("<base"))
            }
            #expect(page.html.ranges(of: "<script").count == 1)
            #expect(page.html.contains("preview.js\"></script>"))
        }
    }

    @Test func nothingIsLoadedOrFollowedElsewhere() {
        for page in pages("x") {
            #expect(!page.html.contains("href=\"http"), "\(page.path)")
            #expect(!page.html.contains("src=\"http"), "\(page.path)")
        }
        let message = pages("x").first { $0.path == "m/message-0.html" }?.html ?? ""
        #expect(message.contains("<a data-to=\"https://x.example/a\">"))
        #expect(message.contains("<code>https://x.example/a</code>"))
    }

    @Test func styleSheetsAskTheNetworkForNothing() {
        for file in renderPreview(sampleInput(messages: 1, locales: 1)) where file.path.hasSuffix(".css") {
            let css = String(decoding: file.bytes, as: UTF8.self)
            #expect(!css.contains("@import"), "\(file.path)")
            #expect(!css.replacing("http://www.w3.org/2000/svg", with: "").contains("http"), "\(file.path)")
        }
    }

    @Test func everyCardSaysItsLanguageAndDirection() {
        let page = PreviewSite(sampleInput(messages: 1, locales: 5)).messagePage(0)
        let html = String(decoding: page.bytes, as: UTF8.self)
        for (language, direction) in [("en", "ltr"), ("ar", "rtl"), ("ja", "ltr")] {
            #expect(html.ranges(of: "lang=\"\(language)\" dir=\"\(direction)\"").count == 1)
        }
    }

    @Test func pathsAreEncoded() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].id = "a b\"<é"
        let index = String(decoding: PreviewSite(input).sharedFiles()[0].bytes, as: UTF8.self)
        #expect(index.contains("href=\"m/a%20b%22%3C%C3%A9.html\""))
    }

    /// Tags with their attributes' values left out, so that only structure is compared. By hand: a regular expression
    /// takes half a minute over these pages in a debug build.
    private func tags(_ html: String) -> [String] {
        var tags: [String] = []
        var tag: [UInt8] = []
        var isQuoted = false
        for byte in html.utf8 {
            if tag.isEmpty {
                if byte == 0x3C { tag.append(byte) }
                continue
            }
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted || byte == 0x22 { tag.append(byte) }
            if byte == 0x3E, !isQuoted {
                tags.append(String(decoding: tag, as: UTF8.self))
                tag = []
            }
        }
        return tags
    }
}

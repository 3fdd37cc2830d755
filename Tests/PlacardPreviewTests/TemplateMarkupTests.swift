import ByteText
import CanonicalJSON
import SourceDiagnostics
import Testing

@testable import PlacardPreview

@Suite struct TemplateMarkupTests {
    private func check(_ source: String, _ ids: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(TemplateMarkup.check(Array(source.utf8)).map(\.id) == ids, sourceLocation: sourceLocation)
    }

    @Test func ordinaryMarkupPasses() {
        check(
            "{{! a < b }}<div class=\"a {{tone}}\"{{#x}} data-y=\"{{x}}\"{{/x}}>{{#image}}<img src=\"{{src}}\" alt='{{alt}}'>{{/image}}</div>",
            [])
        check("<p>1 < 2 and {{a}}</p>", [])
    }

    @Test(arguments: [
        ("<script>x</script>", "mustache/forbidden-element"), ("<SCRIPT src='x'>", "mustache/forbidden-element"),
        ("<style>p{}</style>", "mustache/forbidden-element"), ("<iframe>", "mustache/forbidden-element"),
        ("<a>x</a>", "mustache/forbidden-element"), ("<svg/onload='x'>", "mustache/forbidden-element"),
        ("<{{name}}>", "mustache/forbidden-element"), ("<p style=\"color:red\">", "mustache/forbidden-attribute"),
        ("<p onclick='x'>", "mustache/forbidden-attribute"), ("<p\nOnClick='x'>", "mustache/forbidden-attribute"),
        ("<p/onclick='x'>", "mustache/forbidden-attribute"), ("<p id='x'>", "mustache/forbidden-attribute"),
        ("<p class={{a}}>", "mustache/unquoted-attribute"),
        ("<p title=\"{{{a}}}\">", "mustache/unescaped-in-attribute"),
        ("<p title=\"{{&a}}\">", "mustache/unescaped-in-attribute"),
        ("<img src=\"https://x.example\">", "mustache/forbidden-source"),
        ("<img src=\"{{more}}\">", "mustache/forbidden-source"), ("<!-- x -->", "mustache/forbidden-markup"),
        ("{{=<% %>=}}<%x%>", "mustache/changed-delimiters"),
    ])
    func everythingElseIsReported(source: String, id: String) {
        #expect(TemplateMarkup.check(Array(source.utf8)).map(\.id).contains(id))
    }

    @Test(arguments: [
        // A section that opens or ends what is outside of it.
        ("<p {{#a}}title=\"{{/a}}><i>\">{{title}}</i></p>", "mustache/split-markup"),
        ("<p title=\"{{#a}}x\"{{/a}}>y</p>", "mustache/split-markup"),
        ("<p {{#a}}>x</p>{{/a}}", "mustache/split-markup"), ("{{#a}}<p>{{/a}}x</p>", "mustache/split-markup"),
        ("<p>{{#a}}</p>{{/a}}", "mustache/split-markup"), ("{{^a}}<p{{/a}}>x</p>", "mustache/split-markup"),
        ("<p>x{{#a}}</p><p>{{/a}}y</p>", "mustache/split-markup"),
        // What a browser ends elsewhere.
        ("<p>x</p a=\">\">", "mustache/forbidden-markup"), ("<p>x</b></p>", "mustache/mismatched-end-tag"),
        ("x</p>", "mustache/mismatched-end-tag"), ("{{#a}}x</p>{{/a}}", "mustache/mismatched-end-tag"),
        ("<div><p>x</div></p>", "mustache/mismatched-end-tag"), ("<br>x</br>", "mustache/mismatched-end-tag"),
        ("<div>x", "mustache/unclosed-element"), ("<div class=\"x", "mustache/unclosed-element"),
        ("<div", "mustache/unclosed-element"), ("<div/>x", "mustache/unclosed-element"),
        ("<p><div>x</div></p>", "mustache/wrong-nesting"), ("<p><b><ul></ul></b></p>", "mustache/wrong-nesting"),
        ("<p>{{{body}}}</p>", "mustache/wrong-nesting"),
        ("<h2>{{#steps}}{{{body}}}{{/steps}}</h2>", "mustache/wrong-nesting"),
        ("<h2><h3>x</h3></h2>", "mustache/wrong-nesting"),
        ("<ul><li><div><li>x</li></div></li></ul>", "mustache/wrong-nesting"),
        ("<dd>x</dd>", "mustache/wrong-nesting"), ("<pre><p>x</p></pre>", "mustache/wrong-nesting"),
        // Names that are not literal, or not the template's.
        ("<p {{a}}>x</p>", "mustache/forbidden-attribute"),
        ("<p data-{{a}}=\"x\">y</p>", "mustache/forbidden-attribute"),
        ("<p class=\"a\" class=\"b\">x</p>", "mustache/forbidden-attribute"),
        ("<p src=\"{{src}}\">x</p>", "mustache/forbidden-attribute"),
        ("<p data-placard-ready=\"\">x</p>", "mustache/forbidden-attribute"),
        ("<p data-l=\"fr\">x</p>", "mustache/forbidden-attribute"),
        ("<p aria-owns=\"grid\">x</p>", "mustache/forbidden-attribute"),
        ("<p aria-modal=\"true\">x</p>", "mustache/forbidden-attribute"),
        ("<p data-é=\"x\">y</p>", "mustache/forbidden-attribute"),
        ("<img src=\"{{#image}}{{src}}{{/image}}\">", "mustache/forbidden-source"),
        ("<img src=\"x{{src}}\">", "mustache/forbidden-source"),
        // Values with a form.
        ("<p dir=\"up\">x</p>", "mustache/bad-value"), ("<p lang=\"en US\">x</p>", "mustache/bad-value"),
        ("<img width=\"99999\">", "mustache/bad-value"), ("<div role=\"alert\">x</div>", "mustache/bad-value"),
        ("<p hidden=\"until-found\">x</p>", "mustache/bad-value"),
        ("a\u{0}b", "mustache/bad-character"), ("a\u{1B}[31mb", "mustache/bad-character"),
    ])
    func whatIsNotOneTreeIsReported(source: String, id: String) {
        check(source, [id])
    }

    @Test func bytesThatAreNoTextAreReported() {
        let found = TemplateMarkup.check(Array("<p>".utf8) + [0xFF] + Array("</p>".utf8))
        #expect(found.map(\.id) == ["mustache/bad-character"])
        #expect(found.first?.primary.span == Span(3, 4))
    }

    @Test func elementsNestUpToALimit() {
        func nested(_ count: Int) -> String {
            String(repeating: "<div>", count: count) + String(repeating: "</div>", count: count)
        }
        check(nested(TemplateParser.maximumDepth), [])
        check(nested(TemplateParser.maximumDepth + 1), ["mustache/nested-too-deep"])
    }

    /// The place is that of what is wrong, in bytes of the file.
    @Test func placesAreThoseOfTheText() {
        #expect(TemplateMarkup.check(Array("é{{! x }}<p><a>y</a></p>".utf8)).map(\.primary.span) == [Span(14, 15)])
        #expect(TemplateMarkup.check(Array("{{#a}}\n<p>{{/a}}".utf8)).map(\.primary.span) == [Span(8, 9)])
    }

    // MARK: Drawing

    private func draw(
        _ source: String, _ members: [MustacheValue.Member], sourceLocation: SourceLocation = #_sourceLocation
    ) -> String {
        let (template, diagnostics) = TemplateMarkup.compile(Array(source.utf8))
        #expect(diagnostics.map(\.id) == [], sourceLocation: sourceLocation)
        guard let template else { return "" }
        var renderer = MustacheRenderer(template)
        var output = ByteBuffer(capacity: 0)
        renderer.render(.object(members), into: &output)
        let drawn = output.bytes
        return String(decoding: drawn, as: UTF8.self)
    }

    @Test func everyTagIsWrittenByUs() {
        #expect(draw("<P  CLASS='a\"b'\n>1 < 2</P\n><BR/>", []) == "<p class=\"a&quot;b\">1 &lt; 2</p><br>")
        #expect(
            draw("<p{{#a}}hidden{{/a}}{{^a}} lang=\"en\"{{/a}}>x</p>", [.init("a", .flag(true))]) == "<p hidden>x</p>")
        #expect(
            draw("<p class=\"a{{#b}} b-{{c}}{{/b}}\">x</p>", [.init("b", .flag(true)), .init("c", .text("\"><i>"))])
                == "<p class=\"a b-&quot;&gt;&lt;i&gt;\">x</p>")
    }

    @Test(arguments: [
        ("dir", "rtl", true), ("dir", "x\" y=\"", false), ("dir", "", false), ("lang", "pt-BR", true),
        ("lang", "a b", false),
        ("width", "44", true), ("width", "44px", false), ("role", "img", true), ("role", "banner", false),
    ])
    func anAttributeWithoutItsFormIsLeftOut(name: String, value: String, isWritten: Bool) {
        let drawn = draw("<img alt=\"\" \(name)=\"{{x}}\">", [.init("x", .text(value))])
        #expect(drawn == (isWritten ? "<img alt=\"\" \(name)=\"\(value)\">" : "<img alt=\"\">"))
    }

    /// A field that is called `src` is no image's path.
    @Test func anImageComesFromTheMessageAlone() {
        #expect(draw("<img src=\"{{src}}\">", [.init("src", .text("data:image/svg+xml,x"))]) == "<img src=\"\">")
        let image = MustacheValue.object([.init("src", .imagePath("../assets/images/a.png"))])
        #expect(
            draw("<img src=\" {{image.src}} \">", [.init("image", image)]) == "<img src=\"../assets/images/a.png\">")
    }

    @Test func blocksDoNotEndTheLineThatTheyStandIn() {
        let html = MustacheValue.html(Array("<p>a <em>b</em></p>\n<ul>\n<li>c</li></ul>".utf8))
        #expect(draw("<p>{{{note}}}</p>", [.init("note", html)]) == "<p> a <em>b</em> \n \n c  </p>")
        #expect(
            draw("<div>{{{note}}}</div>", [.init("note", html)])
                == "<div><p>a <em>b</em></p>\n<ul>\n<li>c</li></ul></div>")
        #expect(draw("<p>{{{note}}}</p>", [.init("note", .text("<p>"))]) == "<p>&lt;p&gt;</p>")
    }

    /// Sections in sections of the same list draw it again and again: 2 to the 16th times.
    @Test(arguments: ["", "A", String(repeating: "A", count: 20_000)])
    func aDrawingIsBounded(text: String) {
        let count = 16
        let source =
            String(repeating: "{{#actions}}", count: count) + text + String(repeating: "{{/actions}}", count: count)
        let template = PreparedTemplate(
            PreviewTemplate(
                name: "x", surface: "card", isBlocking: false, mustache: Array(source.utf8), style: nil, file: "x"))
        #expect(template.diagnostics.isEmpty)
        var card = sampleCard("x")
        card.actions = [card.actions[0], card.actions[0]]
        var page = ByteBuffer(capacity: 0)
        CardRenderer(template: template, pageBytes: CardRenderer.maximumPageBytes, appName: "App").render(
            card, language: "en", isRightToLeft: false, into: &page)
        let drawn = page.bytes
        let html = String(decoding: drawn, as: UTF8.self)
        #expect(drawn.count < 1000)
        #expect(html.contains("Not drawn") && html.hasSuffix("</p></div>"))
    }

    @Test func aPageIsBounded() {
        let template = PreparedTemplate(
            PreviewTemplate(
                name: "x", surface: "card", isBlocking: false,
                mustache: Array(String(repeating: "A", count: 250_000).utf8), style: nil, file: "x"))
        var page = ByteBuffer(capacity: 0)
        for _ in 0..<100 {
            CardRenderer(template: template, pageBytes: CardRenderer.maximumPageBytes, appName: "App").render(
                PreviewCard(title: "T", body: []), language: "en", isRightToLeft: false, into: &page)
        }
        let size = page.count
        #expect((CardRenderer.maximumPageBytes - 300_000..<CardRenderer.maximumPageBytes + 50_000).contains(size))
    }

    /// A share for each page, so that many messages make no preview without end.
    @Test func aPreviewIsBoundedAsAWhole() {
        #expect(CardRenderer.pageBytes(pages: 1) == CardRenderer.maximumPageBytes)
        #expect(CardRenderer.pageBytes(pages: 1_024) == 1 << 20)
        #expect(CardRenderer.pageBytes(pages: 1_000_000) == CardRenderer.leastPageBytes)
        // A card that does not fit into what is left of the share is left out as a whole.
        let template = PreparedTemplate(
            PreviewTemplate(
                name: "x", surface: "card", isBlocking: false,
                mustache: Array(String(repeating: "A", count: 30_000).utf8), style: nil, file: "x"))
        var page = ByteBuffer(capacity: 0)
        for _ in 0..<3 {
            CardRenderer(template: template, pageBytes: CardRenderer.leastPageBytes, appName: "App").render(
                PreviewCard(title: "T", body: []), language: "en", isRightToLeft: false, into: &page)
        }
        let html = String(decoding: page.bytes, as: UTF8.self)
        #expect(html.utf8.count < CardRenderer.leastPageBytes)
        #expect(
            html.hasSuffix(
                "Not drawn: what stands before fills the page, which holds 64 kB in a preview of so many messages.</p></div>"
            ))
    }

    @Test func forbiddenMarkupNeverReachesAPage() {
        let template = PreparedTemplate(
            PreviewTemplate(
                name: "x", surface: "card", isBlocking: false, mustache: Array("<script>{{title}}</script>".utf8),
                style: nil,
                file: "templates/x/preview.mustache"))
        #expect(template.diagnostics.first?.primary.file == "templates/x/preview.mustache")
        var page = ByteBuffer(capacity: 0)
        CardRenderer(template: template, pageBytes: CardRenderer.maximumPageBytes, appName: "App").render(
            PreviewCard(title: "T", body: []), language: "en", isRightToLeft: false, into: &page)
        let drawn = page.bytes
        #expect(!String(decoding: drawn, as: UTF8.self).contains("<script"))
    }
}

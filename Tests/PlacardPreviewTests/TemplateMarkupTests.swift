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

    @Test func forbiddenMarkupNeverReachesAPage() {
        let template = PreparedTemplate(
            PreviewTemplate(
                name: "x", surface: "card", isBlocking: false, mustache: Array("<script>{{title}}</script>".utf8),
                style: [],
                file: "templates/x/preview.mustache"))
        #expect(template.diagnostics.first?.primary.file == "templates/x/preview.mustache")
        var page = ByteBuffer(capacity: 0)
        CardRenderer(template: template).render(
            PreviewCard(title: "T", body: []), language: "en", isRightToLeft: false, into: &page)
        let drawn = page.bytes
        #expect(!String(decoding: drawn, as: UTF8.self).contains("<script"))
    }
}

import ByteText
import CanonicalJSON
import SourceDiagnostics
import Testing

@testable import PlacardPreview

@Suite struct MustacheTests {
    private func check(
        _ source: String, _ members: [MustacheValue.Member], _ expected: String, partials: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (template, _) = MustacheTemplate.compile(Array(source.utf8)) { partials[$0].map { Array($0.utf8) } }
        var renderer = MustacheRenderer(template)
        var output = ByteBuffer(capacity: 0)
        renderer.render(.object(members), into: &output)
        let drawn = output.bytes
        #expect(String(decoding: drawn, as: UTF8.self) == expected, sourceLocation: sourceLocation)
    }

    private func check(_ source: String, reports ids: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        let (_, diagnostics) = MustacheTemplate.compile(Array(source.utf8))
        #expect(diagnostics.map(\.id) == ids, sourceLocation: sourceLocation)
    }

    @Test func unescapedTagsCopyOnlyHTML() {
        check("{{{a}}}", [.init("a", .html(Array("<b>x</b>".utf8)))], "<b>x</b>")
        check("{{&a}}", [.init("a", .html(Array("<b>x</b>".utf8)))], "<b>x</b>")
        check("{{{a}}}", [.init("a", .text("<b>x</b>"))], "&lt;b&gt;x&lt;/b&gt;")
        check("{{a}}", [.init("a", .html(Array("<b>".utf8)))], "&lt;b&gt;")
    }

    @Test func textIsEscapedForAttributesToo() {
        check("<p title='{{a}}'>", [.init("a", .text("\"'&<>"))], "<p title='&quot;&#39;&amp;&lt;&gt;'>")
    }

    @Test func emptyTextDrawsNoSection() {
        check("{{#a}}x{{/a}}{{^a}}y{{/a}}", [.init("a", .text(""))], "y")
        check("{{#a}}x{{/a}}{{^a}}y{{/a}}", [.init("a", .flag(true))], "x")
    }

    /// Of specification 1.2 and later: a dotted name never goes back to an outer context for its later parts.
    @Test func dottedNamesResolveInsideTheFirstPart() {
        check(
            "{{#a}}{{b.c}}{{/a}}",
            [.init("a", .object([.init("b", .object([]))])), .init("b", .object([.init("c", .text("no"))]))], "")
    }

    @Test func anItemIsEscaped() {
        check("{{#l}}({{.}}){{/l}}", [.init("l", .list([.text("<"), .text("b")]))], "(&lt;)(b)")
    }

    @Test func standaloneTagsTakeTheirLine() {
        check("a\r\n  {{#s}}  \r\nb\r\n{{/s}}\r\nc", [.init("s", .flag(true))], "a\r\nb\r\nc")
        check("{{! one\n line }}\nx", [], "x")
    }

    @Test func partialsAreIndentedAndMayDrawThemselves() {
        check(" {{>p}}\nz", [.init("a", .text("1"))], " x\n y1\nz", partials: ["p": "x\ny{{a}}\n"])
        let leaf = MustacheValue.object([.init("v", .text("2")), .init("k", .list([]))])
        check(
            "{{>n}}", [.init("v", .text("1")), .init("k", .list([leaf]))], "1<2<>>",
            partials: ["n": "{{v}}<{{#k}}{{>n}}{{/k}}>"])
    }

    @Test func endlessPartialsEnd() {
        check("{{>p}}", [], String(repeating: "x", count: MustacheRenderer.maximumDepth), partials: ["p": "x{{>p}}"])
        let (template, _) = MustacheTemplate.compile(Array("{{>p}}".utf8)) { _ in Array("x{{>p}}{{>p}}".utf8) }
        var renderer = MustacheRenderer(template)
        var output = ByteBuffer(capacity: 0)
        renderer.render(.object([]), into: &output)
        let count = output.count
        #expect(count <= MustacheRenderer.maximumSteps)
    }

    @Test func defectsAreReported() {
        check("{{#a}}x", reports: ["mustache/unclosed-section"])
        check("x{{/a}}", reports: ["mustache/unexpected-close"])
        check("{{#a}}{{/b}}", reports: ["mustache/mismatched-close"])
        check("{{a", reports: ["mustache/unclosed-tag"])
        check("{{=| =}}", reports: ["mustache/bad-delimiters"])
        check("{{}}", reports: ["mustache/bad-name"])
        check("{{a b}}", reports: ["mustache/bad-name"])
        check("{{a..b}}", reports: ["mustache/bad-name"])
    }

    @Test func limitsAreReported() {
        let deep = MustacheTemplate.maximumNesting + 1
        check(
            String(repeating: "{{#a}}", count: deep) + String(repeating: "{{/a}}", count: deep),
            reports: ["mustache/nested-too-deep"])
        check(String(repeating: "x", count: MustacheTemplate.maximumBytes + 1), reports: ["mustache/too-large"])
        let many = (0...MustacheTemplate.maximumPartials).map { "{{>p\($0)}}" }.joined()
        check(many, reports: ["mustache/too-many-partials"])
    }

    @Test func spansPointAtTheTag() {
        let (_, diagnostics) = MustacheTemplate.compile(Array("é{{#a}}x".utf8))
        #expect(diagnostics.first?.primary.span == Span(2, 8))
    }
}

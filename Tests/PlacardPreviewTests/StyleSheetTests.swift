import SourceDiagnostics
import Testing

@testable import PlacardPreview

@Suite struct StyleSheetTests {
    private func check(_ source: String, _ ids: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        let found = StyleSheet(Array(source.utf8)).diagnostics(file: "templates/x/style.css").map(\.id)
        #expect(found == ids, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "", ".a { color: red }", "/* } */ .a::before { content: \"}\" '{' }", ".a { content: \"a\\\nb\" }",
        "@media (width > 10px) { .a { & > .b:not(.c, [d=\"e\"]) { inset: 0 } } }",
        "@supports (display: grid) { .a { color: light-dark(#fff, rgb(0 0 0 / 0.5)) } }",
        "@keyframes k { from { opacity: 0 } 50.5% { opacity: 1e-3 } }", ".a { width: calc(1px + (2em * -3)) }",
        ".a\\{ b { c: \\}; }", "@LAYER x;", ".a { background: attr(data-accent type(<color>), red) }",
        "curl { color: red } .url { --x: curl(1) my-url }", "<!-- .a { color: red } -->",
        ".été, .日本, .😀 { --é: 1à #ö } /* × */ .a::before { content: '×' } .\\D7 { color: red }",
    ])
    func whatStaysInItsScopePasses(source: String) {
        check(source, [])
    }

    @Test(arguments: [
        // A brace that leaves the scope.
        ("} html { display: none }", "css/unbalanced"), (".a { color: red }} html {", "css/unbalanced"),
        (".a { color: red", "css/unbalanced"), (".a { b: (} html { display: none }", "css/unbalanced"),
        (".a { b: [c } ] }", "css/unbalanced"), (".a { b: var(--x } html {}", "css/unbalanced"),
        (".a { content: \"\n} html { display: none } \"", "css/bad-string"), (".a { content: '", "css/bad-string"),
        (".a { } /* ", "css/unclosed-comment"), (".a { content: '\\", "css/bad-string"),
        // Names that begin at another place than they seem to.
        (".a { --x: <!--url(x) }", "css/forbidden-function"),
        (".a { --x: #a×url(/*)}} html {} b { c { */); }", "css/bad-character"),
        (".a { --x: 1a\u{2000}url(/*)}} html {} b { c { */); }", "css/bad-character"),
        ("@media\u{2019}url(/*)} html {} /**/*/) { }", "css/bad-character"), (".a×b { c: d }", "css/bad-character"),
        // What loads.
        ("@import 'x.css';", "css/forbidden-at-rule"), ("@\\69mport 'x.css';", "css/forbidden-at-rule"),
        ("@IMPORT 'x.css';", "css/forbidden-at-rule"), ("@font-face { font-family: x }", "css/forbidden-at-rule"),
        ("@namespace 'x';", "css/forbidden-at-rule"), ("@charset 'x';", "css/forbidden-at-rule"),
        ("@property --ink { syntax: '*' }", "css/forbidden-at-rule"), ("@scope (html) { }", "css/forbidden-at-rule"),
        (".a { b: url(x.png) }", "css/forbidden-function"), (".a { b: URL( 'x.png' ) }", "css/forbidden-function"),
        (".a { b: u\\72l(x) }", "css/forbidden-function"), (".a { b: \\000075\nrl(x) }", "css/forbidden-function"),
        (".a { --b: url(x }) }", "css/forbidden-function"), (".a { b: ×url('x') }", "css/forbidden-function"),
        (".a { b: image-set('x' 1x) }", "css/forbidden-function"),
        (".a { b: -webkit-image-set(x) }", "css/forbidden-function"),
        (".a { b: src('x') }", "css/forbidden-function"), (".a { b: image('x') }", "css/forbidden-function"),
        (".a { b: -webkit-cross-fade(x, y) }", "css/forbidden-function"),
        (".a { b: -moz-element(#x) }", "css/forbidden-function"),
        (".a { b: paint(x) }", "css/forbidden-function"), (".a { width: expression(x) }", "css/forbidden-function"),
        (".a { b: attr(data-b type(url)) }", "css/forbidden-function"),
        (".a { b: attr(data-b url) }", "css/forbidden-function"),
        (".a { behavior: x }", "css/forbidden-property"), (".a { -moz-\\62inding /**/ : x }", "css/forbidden-property"),
        ("a\u{0}b", "css/bad-character"),
    ])
    func whatLeavesItsScopeOrLoadsIsReported(source: String, id: String) {
        check(source, [id])
    }

    @Test func placesAreThoseOfTheText() {
        let found = StyleSheet.check(Array("/* é */\n.a { b: u\\72l( 'x' ) }".utf8))
        #expect(found.map(\.primary.span) == [Span(17, 23)])
        #expect(StyleSheet.check([0x61, 0xC3]).map(\.primary.span) == [Span(1, 2)])
    }

    @Test func limitsAreReported() {
        check(String(repeating: " ", count: StyleSheet.maximumBytes + 1), ["css/too-large"])
        let depth = StyleSheet.maximumDepth
        check(String(repeating: "(", count: depth) + String(repeating: ")", count: depth), [])
        check(String(repeating: "(", count: depth + 1) + String(repeating: ")", count: depth + 1), ["css/too-deep"])
    }

    @Test func aSheetIsCopiedAsItIsOrNotAtAll() {
        func style(_ sheet: String) -> String {
            let template = PreparedTemplate(
                PreviewTemplate(
                    name: "x", surface: "card", isBlocking: false, mustache: nil, style: StyleSheet(Array(sheet.utf8)),
                    file: "x"))
            return String(decoding: template.style, as: UTF8.self)
        }
        #expect(style("/* a */ .b { c: d }") == "@scope (.t-x) {\n/* a */ .b { c: d }\n}\n")
        #expect(style("\u{FEFF}.b { }") == "@scope (.t-x) {\n.b { }\n}\n")
        #expect(style(".a { --x: <!--url(/*)}} html {} b { c { */); }") == "@scope (.t-x) {\n\n}\n")
        #expect(style("} html { display: none }") == "@scope (.t-x) {\n\n}\n")
    }

    @Test func theRepositorysSheetsPass() {
        for name in drawnTemplates {
            let sheet = repositoryFile("templates/\(name)/style.css")
            #expect(!sheet.isEmpty && StyleSheet.check(sheet) == [], "\(name)")
        }
    }

    /// Where a screen holds what its template paints: without these words a template could cover the page.
    @Test func aScreenContainsWhatIsPaintedInIt() {
        #expect(previewStyle.contains("overflow: hidden; contain: layout paint style; isolation: isolate;"))
    }
}

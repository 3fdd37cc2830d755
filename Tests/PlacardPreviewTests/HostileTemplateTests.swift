import ByteText
import CanonicalJSON
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardPreview

/// Templates as no author should write them, with values as no author should: what is drawn is read by html5lib, which
/// reads as browsers do, and must be the tree that was written (preview_cards.py).
@Suite struct HostileTemplateTests {
    /// As many of each kind; `PLACARD_FUZZ` changes it, `PLACARD_FUZZ_SEED` where the numbers begin.
    private static let count = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap(Int.init) ?? 1500
    private static let seed =
        ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_261_130

    /// What templates are put together from.
    private static let pieces = [
        "<", ">", "</", "/>", "\"", "'", "=", " ", "\n", "<p", "<p>", "</p>", "<div>", "</div>", "<div class=\"", "<b>",
        "</b>",
        "<ul>", "<li>", "</li>", "</ul>", "<br>", "<hr/>", "<h2>", "</h2>", "<h3>", "</h3>", "<dl>", "<dt>", "<dd>",
        "<pre>",
        "</pre>", "<!--", "-->", "<!", "<?", "<script>", "</script>", "<meta ", "<a href=", "<img src=\"{{src}}\">",
        "<svg>",
        "{{#a}}", "{{^a}}", "{{/a}}", "{{#actions}}", "{{/actions}}", "{{title}}", "{{{title}}}", "{{{body}}}",
        "{{&body}}",
        "{{{note}}}", "{{ src }}", "{{!x}}", "{{", "}}", "{{=<% %>=}}", "{{.}}", " onload=\"x\"", " id=\"x\"",
        " style=\"x\"",
        " class=\"{{title}}\"", " data-x='{{title}}'", " {{title}}", "{{#a}} title=\"{{/a}}", " lang=\"{{title}}\"",
        " hidden",
        "&lt;", "&#60;", "&", "\u{0}", "\u{C}", "é", "x",
    ]

    private static let values = [
        "x", "", "\"", "'", "<", ">", "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "</p></div>", "<!--",
        "{{{title}}}",
        "&#60;script&#62;", "]]>", "\u{0}", "\u{2028}", "javascript:alert(1)", "--><img src=x onerror=alert(1)>",
    ]

    private static let bodies = [
        "<p>a <strong>b</strong></p>", "<ul>\n<li>a</li>\n</ul>", "<h1>a</h1>",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead></table>",
        "<blockquote>\n<p>a</p>\n</blockquote>", "<pre><code>a\n</code></pre>",
        "<p><img src=\"a.png\" alt=\"b\" /> <a href=\"https://x.example/\">c</a></p>", "",
    ]

    private func card(_ random: inout SplitMix) -> MustacheValue {
        let text = { (random: inout SplitMix) in MustacheValue.text(random.pick(HostileTemplateTests.values)) }
        let html = { (random: inout SplitMix) in
            MustacheValue.html(Array(random.pick(HostileTemplateTests.bodies).utf8))
        }
        let action = MustacheValue.object([
            .init("label", text(&random)), .init("kind", text(&random)), .init("id", text(&random)),
        ])
        return .object([
            .init("title", text(&random)), .init("body", html(&random)), .init("note", html(&random)),
            .init("tone", text(&random)),
            .init("a", .flag(random.below(2) == 0)), .init("accent", text(&random)), .init("eyebrow", text(&random)),
            .init(
                "image",
                random.below(2) == 0
                    ? .flag(false)
                    : .object([.init("src", .imagePath("../assets/images/a.png")), .init("alt", text(&random))])),
            .init("actions", .list([action, action])),
            .init("replies", .list([.object([.init("id", text(&random)), .init("text", text(&random))])])),
            .init(
                "steps",
                .list([
                    .object([.init("id", text(&random)), .init("title", text(&random)), .init("body", html(&random))])
                ])),
        ])
    }

    /// What is drawn of a template; nil when it is refused, or too large.
    private func draw(_ source: [UInt8], _ random: inout SplitMix) -> String? {
        let (template, diagnostics) = TemplateMarkup.compile(source)
        #expect((template == nil) == !diagnostics.isEmpty)
        for diagnostic in diagnostics {
            #expect(
                diagnostic.primary.span.end <= source.count,
                "\(diagnostic.id) in \(String(decoding: source, as: UTF8.self).debugDescription)")
        }
        guard let template else { return nil }
        var renderer = MustacheRenderer(template)
        var output = ByteBuffer(capacity: 0)
        guard renderer.render(card(&random), into: &output, maximumBytes: 65_536) else { return nil }
        let drawn = output.bytes
        return String(decoding: drawn, as: UTF8.self)
    }

    private func check(_ drawn: [(key: String, html: String)], atLeast: Int) {
        #expect(drawn.count >= atLeast, "only \(drawn.count) templates are drawn")
        guard let tool = PythonTool(module: "html5lib", of: "html5lib") else { return }
        let input = drawn.map { JSONValue.array([.string($0.key), .string($0.html)]).canonicalString }.joined(
            separator: "\n")
        let (status, lines) = tool.run(script: "preview_cards.py", input: input)
        #expect(status == 0)
        #expect(lines.last == "checked \(drawn.count) cards")
        for line in lines.filter({ $0.hasPrefix("active: ") }).prefix(20) { Issue.record("\(line)") }
        print("hostile templates: \(drawn.count) drawn and read")
    }

    private static let templates: [[UInt8]] =
        drawnTemplates.map { repositoryFile("templates/\($0)/preview.mustache") } + [Array(PreparedTemplate.plain.utf8)]

    @Test func damagedTemplatesAreRefusedOrDrawnAsTheyAreWritten() {
        var random = SplitMix(state: HostileTemplateTests.seed)
        var drawn: [(key: String, html: String)] = []
        for number in 0..<HostileTemplateTests.count {
            var source = random.pick(HostileTemplateTests.templates)
            for _ in 0...random.below(3) {
                let start = random.below(source.count)
                let end = min(source.count, start + random.below(24))
                switch random.below(6) {
                case 0: source.removeSubrange(start..<end)
                case 1: source.insert(contentsOf: source[start..<end], at: start)
                case 2: source.swapAt(start, random.below(source.count))
                case 3: source.insert(contentsOf: random.pick(HostileTemplateTests.pieces).utf8, at: start)
                case 4:
                    // A part moves to another place, across the borders of tags and sections.
                    let part = Array(source[start..<end])
                    source.removeSubrange(start..<end)
                    source.insert(contentsOf: part, at: random.below(source.count + 1))
                default: source[start] = UInt8(random.below(256))
                }
                if source.isEmpty { source = [0x78] }
            }
            if let html = draw(source, &random) { drawn.append(("damaged \(number)", html)) }
        }
        check(drawn, atLeast: HostileTemplateTests.count / 20)
    }

    @Test func templatesOfPiecesAreRefusedOrDrawnAsTheyAreWritten() {
        var random = SplitMix(state: HostileTemplateTests.seed &+ 1)
        var drawn: [(key: String, html: String)] = []
        for number in 0..<HostileTemplateTests.count {
            let source = (0...random.below(7)).map { _ in random.pick(HostileTemplateTests.pieces) }.joined()
            if let html = draw(Array(source.utf8), &random) { drawn.append(("pieces \(number)", html)) }
        }
        check(drawn, atLeast: HostileTemplateTests.count / 50)
    }

    /// Elements in each other at random, each closed, so that what is refused is how they nest, and what is not is read as
    /// it is written.
    @Test func nestedElementsAreRefusedOrDrawnAsTheyAreWritten() {
        var random = SplitMix(state: HostileTemplateTests.seed &+ 2)
        let names = TemplateRules.elements.sorted()
        func nodes(_ depth: Int, _ parent: String) -> String {
            (0..<random.below(4)).map { _ in
                switch depth > 5 ? 0 : random.below(9) {
                case 0: return "x {{title}}"
                case 1: return "{{#actions}}" + nodes(depth + 1, parent) + "{{/actions}}"
                case 2: return random.pick(["{{{note}}}", "{{#a}} y{{/a}}"])
                default:
                    let likely = ["ul": "li", "ol": "li", "dl": "dt", "p": "b", "h2": "i"]
                    let name = likely[parent].flatMap { random.below(3) > 0 ? $0 : nil } ?? random.pick(names)
                    let tag =
                        "<\(name)\(random.pick(["", " class=\"{{title}}\"", "{{#a}} title='{{title}}'{{/a}}", " dir=\"{{title}}\""]))>"
                    return TemplateRules.voidElements.contains(name) ? tag : tag + nodes(depth + 1, name) + "</\(name)>"
                }
            }.joined()
        }
        var drawn: [(key: String, html: String)] = []
        for number in 0..<HostileTemplateTests.count {
            if let html = draw(Array(nodes(0, "").utf8), &random) { drawn.append(("nested \(number)", html)) }
        }
        check(drawn, atLeast: HostileTemplateTests.count / 8)
    }

    @Test(.enabled(if: ConformanceData.isPresent)) func payloadsAreNeverActive() throws {
        let cases = try #require(try ConformanceData.load("xss/dompurify.json")?.array)
        var random = SplitMix(state: HostileTemplateTests.seed &+ 3)
        var drawn: [(key: String, html: String)] = []
        let everywhere =
            "<div class=\"{{v}}\" title='{{v}}' lang=\"{{v}}\" data-x=\"a{{v}}b\">{{v}}<p>{{{v}}}</p>{{{v}}}<ul><li>{{v}}</li></ul><img src=\"{{src}}\" alt=\"{{v}}\"></div>"
        let values = try #require(TemplateMarkup.compile(Array(everywhere.utf8)).template)
        for (number, testCase) in cases.enumerated() {
            let payload = testCase["payload"]?.string ?? ""
            let sources = [
                payload, "<div>\(payload)</div>", "<p title=\"\(payload)\">x</p>", "<p {{#a}}\(payload){{/a}}>x</p>",
                "{{#a}}\(payload){{/a}}",
                "<p class='\(payload)'>x</p>", "<img src=\"\(payload)\">",
            ]
            for (place, source) in sources.enumerated() {
                if let html = draw(Array(source.utf8), &random) {
                    drawn.append(("literal \(number) in \(place)", html))
                }
            }
            var renderer = MustacheRenderer(values)
            var output = ByteBuffer(capacity: 0)
            renderer.render(.object([.init("v", .text(payload)), .init("src", .text(payload))]), into: &output)
            let bytes = output.bytes
            drawn.append(("value \(number)", String(decoding: bytes, as: UTF8.self)))
        }
        check(drawn, atLeast: cases.count)
    }
}

import CanonicalJSON
import ConformanceSupport
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// What a compiled text tells about itself.
@Suite struct CompiledTextTests {
    private func string(_ json: [UInt8]) -> String { String(decoding: json, as: UTF8.self) }

    private func source(_ text: String, _ span: Span) -> String {
        String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
    }

    @Test func plainTextHasNoMarkdown() throws {
        let result = try check(#"1. *a* \{b\} C:\\x & {$name}"#, kind: .plain)
        #expect(result.diagnostics.isEmpty)
        let pattern = try JSONValue(parsing: try #require(result.text).text)["pattern"]?.array
        #expect(pattern?.first?.string == #"1. *a* {b} C:\x & "#)
        let html = try JSONValue(parsing: try #require(result.text).html)["pattern"]?.array
        #expect(html?.first?.string == #"1. *a* {b} C:\x &amp; "#)
        #expect(string(try #require(try check("Hello\n", kind: .plain).text).text) == "\"Hello\"")
    }

    @Test func inlineTextHasNoBlocks() throws {
        func forms(_ text: String) throws -> (String, String) {
            let compiled = try #require(try check(text, kind: .inline).text)
            return (string(compiled.html), string(compiled.text))
        }
        #expect(try forms("1. *a*") == (#""1. <em>a</em>""#, #""1. a""#))
        #expect(try forms("# Learn C #") == (##""# Learn C #""##, ##""# Learn C #""##))
        #expect(try forms("> a\n- b") == (#""&gt; a - b""#, #""> a - b""#))
        #expect(try forms("    code") == (#""code""#, #""code""#))
        let diagnostic = try check("Go <b>now</b>", kind: .inline).diagnostics
        #expect(diagnostic.map { source("Go <b>now</b>", $0.primary.span) } == ["<b>"])
    }

    @Test func variablesLinksAndUnits() throws {
        let text = "# A {$name}\n\n> See [x {$n}](https://a.example/{$id})\n> there.\n\n- b\n"
        let compiled = try #require(try check(text).text)
        #expect(compiled.variables.map(\.name) == ["name", "n", "id"])
        #expect(compiled.variables.map { source(text, $0.span) } == ["$name", "$n", "$id"])
        #expect(compiled.links.map(\.target) == [[.literal("https://a.example/"), .variable("id")]])
        #expect(compiled.links.map(\.label) == ["x {$n}"])
        #expect(compiled.links.map { source(text, $0.span) } == ["[x {$n}](https://a.example/{$id})"])
        let units = compiled.variants[0].units
        #expect(units.map(\.kind) == [.heading, .paragraph, .paragraph])
        #expect(
            units.map { source(text, $0.span) } == [
                "A {$name}", "See [x {$n}](https://a.example/{$id})\n> there.", "b",
            ])
        #expect(units[1].holes.map { source(text, $0) } == ["> "])
        #expect(compiled.hasPlaceholders)
    }

    @Test func variantsOfAChoice() throws {
        let text = ".input {$count :integer}\n.match $count\n1 {{One}}\none {{\n  A *b*\n  c {$count}\n}}\n* {{Many}}"
        let compiled = try #require(try check(text).text)
        #expect(compiled.variants.map(\.keys) == [["1"], ["one"], ["*"]])
        #expect(compiled.variants[1].units.map { source(text, $0.span) } == ["A *b*\n  c {$count}"])
        let json = try JSONValue(parsing: compiled.text)
        #expect(json["type"] == "select")
        #expect(json["declarations"]?.array?.count == 1)
        #expect(json["variants"]?.array?[2]["value"] == ["Many"])
        #expect(json["variants"]?.array?[1]["value"]?.array?.first == "A b c ")
    }

    @Test func declarationsStayWithAPattern() throws {
        let text = ".local $x = {$n :integer}\n{{You have {$x}}}"
        let compiled = try #require(try check(text).text)
        let json = try JSONValue(parsing: compiled.text)
        #expect(json["declarations"]?.array?.first?["name"] == "x")
        #expect(compiled.variables.map(\.name) == ["n"])
    }

    @Test func lengthsCountTheLongestExample() throws {
        let measuring = try exampleEnvironment { $0.measuresLength = true }
        let compiled = try #require(try check("Hi {$name}", kind: .plain, measuring).text)
        #expect(compiled.length?.longest == "Hi Maximiliana-Alexandra".count)
        #expect(compiled.length?.shortest == "Hi Zoë".count)
        let family = "👨‍👩‍👧‍👦 é"
        #expect(try #require(try check(family, kind: .plain, measuring).text).length?.longest == 3)
        #expect(try #require(try check(family, kind: .plain).text).length == nil)
        let short = try exampleEnvironment { $0.maximumLength = 20 }
        let result = try check("Hi {$name}", kind: .plain, short)
        #expect(result.diagnostics.map(\.id) == ["text/too-long"])
        #expect(try check("Hi Zoë", kind: .plain, short).diagnostics.isEmpty)
    }

    @Test func fallbackCountsToo() throws {
        let environment = try exampleEnvironment {
            $0.variables["user.city"]?.examples = ["Rome"]
            $0.measuresLength = true
        }
        let city = try #require(try check("{$user.city}", kind: .plain, environment).text)
        #expect(city.length?.longest == "your city".count)
        #expect(try check("{$user.first_name}", kind: .plain).diagnostics.map(\.id) == ["text/missing-fallback"])
    }

    @Test func aConversationIsCompiledToSteps() throws {
        let text = """
            # Hello, {$name}

            What *now*?

            - [A story](#a-story)
            - [Nothing](#all-set)

            # A story

            Once. [Go on](#all-set)

            # All set!

            Bye.
            """
        let compiled = try #require(try check(text, kind: .document(conversation: true)).text)
        #expect(compiled.steps.map(\.id) == ["hello-name", "a-story", "all-set"])
        #expect(compiled.steps[0].choices.map(\.step) == ["a-story", "all-set"])
        #expect(compiled.steps[0].choices.map { string($0.label) } == ["\"A story\"", "\"Nothing\""])
        #expect(string(compiled.steps[0].html) == #""<p>What <em>now</em>?</p>""#)
        #expect(compiled.steps[1].choices.map(\.step) == ["all-set"])
        #expect(string(compiled.steps[1].text) == #""Once. Go on""#)
        #expect(string(compiled.steps[2].title) == "\"All set!\"")
        #expect(try JSONValue(parsing: compiled.steps[0].title)["type"] == "message")
    }

    @Test func pseudoLocalesChangeLettersAlone() throws {
        let environment = try exampleEnvironment { $0.pseudo = [.accented, .mirrored] }
        let source = "Hello **{$name}**, `code` [go](https://x.example)"
        let real = try #require(try check(source, kind: .document(conversation: false), environment).text)
        let accented = try #require(real.pseudo.first)
        #expect(try JSONValue(parsing: real.html)["pattern"]?.array?.first == "<p>Hello <strong>")
        #expect(accented.mdast.isEmpty && accented.text.isEmpty)
        let html = try JSONValue(parsing: accented.html)["pattern"]?.array
        #expect(html?.first?.string == "<p>⟦Ĥéļļö <strong>")
        #expect(html?.last?.string?.contains("<code>code</code> <a href=\"https://x.example\">ĝö") == true)
        #expect(html?.last?.string?.hasSuffix("ĝö</a> öñé⟧</p>") == true)
        let text = try exampleEnvironment { ($0.pseudo, $0.formats) = ([.accented, .mirrored], .text) }
        let plain = try #require(
            compileText(Array("Hi می\u{200C}خواهم e\u{301}!".utf8), kind: .plain, environment: text).text)
        let words = ["Hi", "می\u{200C}خواهم", "e\u{301}"].map { "\u{200F}\u{202E}\($0)\u{202C}\u{200F}" }
        #expect(string(plain.pseudo[1].text) == "\"\(words.joined(separator: " "))!\"")
        #expect(string(plain.pseudo[0].text) == "\"⟦Ĥî می\u{200C}خواهم é\u{301}! öñé ţŵö⟧\"")
    }

    @Test(
        arguments: [
            ("{$name}", TextKind.plain, #"["⟦",$,"⟧"]"#), ("{$name} goes", .plain, #"["⟦",$," ĝöéš öñé⟧"]"#),
            ("Hi {$name}", .plain, #"["⟦Ĥî ",$," öñé⟧"]"#),
            ("**{$name}** `c`", .inline, #"["⟦<strong>",$,"</strong> <code>c</code> öñé⟧"]"#),
            (
                "> {$name}\n\n- `c`", .document(conversation: false),
                ##"["<blockquote>\n<p>⟦",$,"⟧</p>\n</blockquote>\n<ul>\n<li><code>c</code></li>\n</ul>"]"##
            ),
            (
                "[{$name}](https://x.example) [go](https://x.example)", .document(conversation: false),
                ##"["<p><a href=\"https://x.example\">⟦",$,"⟧</a> <a href=\"https://x.example\">⟦ĝö öñé⟧</a></p>"]"##
            ),
        ])
    func theMarksOfAPseudoLocaleEncloseTheText(source: String, kind: TextKind, expected: String) throws {
        let environment = try exampleEnvironment { environment in
            environment.pseudo = [.accented]
            if kind == .plain { environment.formats = .text }
        }
        let text = try #require(compileText(Array(source.utf8), kind: kind, environment: environment).text)
        let pseudo = try #require(text.pseudo.first)
        let pattern = try JSONValue(parsing: kind == .plain ? pseudo.text : pseudo.html)["pattern"]?.array
        let shown = try #require(pattern).map { $0.string == nil ? "$" : string($0.canonicalBytes) }
        #expect("[" + shown.joined(separator: ",") + "]" == expected)
    }

    @Test func theStrictFormEscapesWhatOthersRead() {
        func strict(_ text: String) -> String { string(PlacardText.strictForm(of: Array(text.utf8))) }
        #expect(strict(#"1 \* 2 \{a\} {$x}"#) == #"1 \\* 2 \{a\} {$x}"#)
        #expect(strict(".NET") == "{{.NET}}")
        #expect(
            strict(#".local $x = {|a\\|}"# + "\n" + #"{{\_{$x}}}"#) == #".local $x = {|a\\|}"# + "\n" + #"{{\\_{$x}}}"#)
    }

    @Test func formatsThatAreNotWanted() throws {
        let environment = try exampleEnvironment { $0.formats = .text }
        let (text, _) = compileText(Array("A".utf8), kind: .plain, environment: environment)
        #expect(text?.html == [] && text?.mdast == [] && text.map { string($0.text) } == "\"A\"")
    }

    @Test func spansInsideIndentedVariants() throws {
        let text = ".input {$n :integer}\n.match $n\none {{a}}\n* {{\n    Go\n    <b>\n}}"
        let diagnostics = try check(text).diagnostics
        #expect(diagnostics.map(\.id) == ["markdown/raw-html"])
        #expect(diagnostics.map { source(text, $0.primary.span) } == ["<b>"])
    }

    @Test func pluralCategoriesOfTheLanguage() throws {
        let text = ".input {$n :integer}\n.match $n\none {{a}}\n* {{b}}"
        #expect(try check(text).diagnostics.isEmpty)
        let polish = try exampleEnvironment { $0.locale = (try? LanguageTag("pl")) ?? $0.locale }
        let found = try check(text, kind: .plain, polish).diagnostics
        #expect(Set(found.map(\.id)) == ["mf2/missing-category"])
        #expect(found.allSatisfy { $0.severity == .warning })
        let two = text.replacing("one", with: "two")
        #expect(try check(two).diagnostics.contains { $0.id == "mf2/unreachable-category" && $0.severity == .error })
    }

    @Test func literalsAreText() throws {
        let compiled = try #require(try check("{|<b>|} & [x](https://a.example/{|ä b|})").text)
        #expect(!compiled.hasPlaceholders)
        #expect(
            string(compiled.html)
                == #""<p>&lt;b&gt; &amp; <a href=\"https://a.example/%C3%A4%20b\">x</a></p>""#)
        #expect(string(compiled.text) == #""<b> & x""#)
    }

    @Test func emptySourceIsEmptyText() throws {
        for kind in [TextKind.plain, .inline, .document(conversation: false)] {
            let result = try check(" \n\n", kind: kind)
            #expect(result.diagnostics.isEmpty)
            #expect(string(try #require(result.text).text) == "\"\"")
        }
    }

    @Test func forbiddenCharactersAnywhere() throws {
        for text in [
            "a\u{100000}", "{|\u{10FFFD}|}", ".local $x = {|\u{100001}|}\n{{a {$x}}}", "`\u{100000}`",
            "[a](https://x.example/\u{100000})",
        ] {
            #expect(Set(try check(text).diagnostics.map(\.id)).contains("text/reserved-character"), "\(text)")
            #expect(try check(text).text == nil)
        }
        #expect(try check("{|\u{1}|}").diagnostics.map(\.id) == ["text/control-character"])
        #expect(try check("a\u{7F}", kind: .plain).diagnostics.map(\.id) == ["text/control-character"])
        #expect(try check("a&#1048576;").diagnostics.map(\.id) == ["text/reserved-character"])
        // What is private, but not reserved, passes.
        #expect(try check("a\u{E000}\u{F0000}").diagnostics.isEmpty)
    }

    /// Example 6 of TEXT.md: the fix escapes both braces.
    @Test func fixForBraces() throws {
        let text = #"Send `{ "a": 1 }` "#
        let fix = try #require(try check(text).diagnostics.first?.fixIts.first)
        var bytes = Array(text.utf8)
        for edit in fix.edits.sorted(by: { $0.span.start > $1.span.start }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
        }
        #expect(string(bytes) == #"Send `\{ "a": 1 \}` "#)
        #expect(try check(string(bytes)).diagnostics.isEmpty)
    }

    @Test func addressesAreCompiled() throws {
        func compile(_ text: String) throws -> (CompiledText?, [Diagnostic]) {
            let environment = try exampleEnvironment {
                $0.links = LinkPolicy(schemes: ["https", "starling"], hosts: ["*.example.com"])
            }
            return compileText(Array(text.utf8), kind: .url, environment: environment)
        }
        let plain = try #require(try compile("starling://orders").0)
        #expect(string(plain.text) == "\"starling://orders\"" && plain.html.isEmpty && plain.mdast.isEmpty)
        let text = try JSONValue(parsing: try #require(try compile("starling://orders/{$id}").0).text)
        #expect(text["pattern"]?.array?.first == "starling://orders/")
        #expect(text["pattern"]?.array?[1]["attributes"]?["placard:escape"]?["value"] == "url")
        let whole = try JSONValue(parsing: try #require(try compile("{$url}").0).text)
        #expect(whole["pattern"]?.array?[0]["attributes"]?["placard:escape"]?["value"] == "link")
        for (address, id) in [
            ("javascript:alert(1)", "link/dangerous-scheme"), ("https://evil.example/", "link/host-not-allowed"),
            ("{$id}", "link/placeholder-before-path"), ("starling://{$id}/x", "link/placeholder-before-path"),
            ("starling://a/{$n :number}", "link/formatted-placeholder"), ("offers", "link/relative"),
            ("starling://a/{#cta /}", "link/markup"), ("java\tscript:x", "link/bad-character"),
        ] {
            let (compiled, diagnostics) = try compile(address)
            #expect(compiled == nil && diagnostics.map(\.id).contains(id), "\(address)")
        }
    }

    @Test func theMarkupOfATextIsListed() throws {
        #expect(try check("{#cta}a{/cta} {#icon /}").text?.markup == ["cta", "icon"])
        #expect(try check("{#cta}a").diagnostics.map(\.id) == ["text/markup-crosses"])
        #expect(try check("{#nope /}").diagnostics.map(\.id) == ["text/unknown-markup"])
        #expect(try check("{#em}a {#strong}b{/strong}{/em}").shorthand == #"P[E["a ",B["b"]]]"#)
    }
}

@Suite struct GraphemeCountTests {
    @Test func bidirectionalControlsAreNotSeen() {
        #expect(graphemeCount("\u{2068}abc\u{2069}") == 3)
        #expect(graphemeCount("21\u{200F}/9\u{200F}/2026") == 9)
        #expect(graphemeCount(Array("e\u{301}\u{61C}!".utf8)) == 2)
    }

    /// The quick count is the standard library's, without bidirectional controls.
    @Test func agreesWithTheStandardLibrary() {
        var random = SplitMix(state: 3)
        let scalars: [UInt32] = [
            0x0D, 0x0A, 0x41, 0xA9, 0xAD, 0xE9, 0x301, 0x200D, 0xFE0F, 0x416, 0x483, 0x5D0, 0x5B0, 0x628, 0x64B, 0x2026,
            0x200B,
            0x2192, 0x2611, 0x3042, 0x3099, 0x30FC, 0x4E00, 0xAC00, 0x1100, 0x1161, 0x1F468, 0x1F3FD, 0x1F1E9, 0x1F1EA,
            0x915,
            0x94D, 0x937, 0xFF21, 0x0E33, 0x0600, 0x2640, 0x61C, 0x200F, 0x202B, 0x2067, 0x2069,
        ]
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                guard let value = scalars.randomElement(using: &random), let scalar = Unicode.Scalar(value) else {
                    continue
                }
                text.unicodeScalars.append(scalar)
            }
            let controls = text.unicodeScalars.filter { $0.properties.isBidiControl }.count
            let count = text.count - controls
            #expect(graphemeCount(Array(text.utf8)) == count, "\(text.unicodeScalars.map { $0.value })")
            #expect(graphemeCount(text) == count, "\(text.unicodeScalars.map { $0.value })")
        }
    }
}

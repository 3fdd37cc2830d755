import MessageFormat
import SourceDiagnostics
import Testing

@Suite struct SyntaxTests {
    @Test func defectsOfPlaceholdersAreReported() {
        checkDiagnostics("a {", [("unclosed-placeholder", "{")])
        checkDiagnostics("a { } b", [("empty-placeholder", "{ }")])
        checkDiagnostics("Send { \"a\": 1 } now", [("invalid-placeholder", "{")])
        checkDiagnostics("{ { } } x {$y}", [("invalid-placeholder", "{")])
        checkDiagnostics("{42:number}", [("missing-space", ":")])
        checkDiagnostics("{$x: currency EUR}", [("invalid-name", ": ")])
        checkDiagnostics("{:f @a@b}", [("missing-space", "@")])
        checkDiagnostics("{$}", [("invalid-name", "$}")])
        checkDiagnostics("{:}", [("invalid-name", ":}")])
        checkDiagnostics("{# x}", [("invalid-name", "# ")])
        checkDiagnostics("{#b / }", [("invalid-placeholder", " ")])
        checkDiagnostics("{/b /}", [("invalid-placeholder", "/")])
        checkDiagnostics("{x @}", [("invalid-name", "@}")])
        checkDiagnostics("{:f a}", [("malformed-option", "a")])
        checkDiagnostics("{:f a=}", [("malformed-option", "a=")])
        checkDiagnostics("{x @a=$b}", [("malformed-attribute", "@a=")])
        checkDiagnostics("{|x} y", [("unclosed-literal", "|")])
        checkDiagnostics("{$x y}", [("invalid-placeholder", "y")])
        checkDiagnostics("{$x {$y}}", [("unclosed-placeholder", "{")])
        checkDiagnostics("{:f a=1 b=2 a=3}", [("duplicate-option-name", "a")])
        checkDiagnostics("{x @a @a=1}", [("duplicate-attribute", "@a=1")])
    }

    @Test(arguments: ["Hi {{$x}}!", "Hi {{ $x :number }}"])
    func doubledBracesLoseOnePair(_ text: String) throws {
        checkDiagnostics(text, [("invalid-placeholder", "{")])
        let fixIt = try #require(parseMessage(Array(text.utf8)).diagnostics.first?.fixIts.first)
        var bytes = Array(text.utf8)
        for edit in fixIt.edits.reversed() {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        let fixed = parseMessage(bytes)
        #expect(fixed.diagnostics.isEmpty && fixed.message.externalVariables == ["x"])
    }

    @Test func defectsOfTextAreReported() {
        checkDiagnostics("a } b", [("unbalanced-brace", "}")])
        checkDiagnostics(#"a \b"#, [("invalid-escape", #"\b"#)])
        checkDiagnostics(#"a \"#, [("invalid-escape", #"\"#)])
        checkDiagnostics("a \0 b", [("null-character", "\0")])
        checkDiagnostics("{|a \0|}", [("null-character", "\0")])
        checkDiagnostics("é } ü }", [("unbalanced-brace", "}"), ("unbalanced-brace", "}")])
    }

    @Test func invalidUTF8() {
        let parsed = parseMessage([0x61, 0xFF, 0x7B, 0x24, 0x78, 0x7D, 0xC3])
        #expect(parsed.diagnostics.map { $0.id } == ["mf2/invalid-utf8"])
        #expect(parsed.diagnostics.first?.primary.span == Span(1, 2))
        #expect(parsed.message.externalVariables == ["x"])
    }

    @Test func defectsOfComplexMessagesAreReported() {
        checkDiagnostics(".inptu {$x} {{}}", [("unknown-keyword", ".inptu")])
        checkDiagnostics(".NET is here", [("unknown-keyword", ".NET"), ("missing-pattern", "")])
        checkDiagnostics(".input $x {{}}", [("malformed-declaration", ".input")])
        checkDiagnostics(".input {x} {{}}", [("malformed-declaration", "{x}")])
        checkDiagnostics(".local x = {1} {{}}", [("malformed-declaration", ".local")])
        checkDiagnostics(".local $x {1} {{}}", [("malformed-declaration", "{")])
        checkDiagnostics(".local $x = 1 {{}}", [("malformed-declaration", "1")])
        checkDiagnostics(".local $x = {#b} {{}}", [("malformed-declaration", "{#b}")])
        checkDiagnostics(".local $x = {1}", [("missing-pattern", "")])
        checkDiagnostics(".local $x = {1} text", [("missing-pattern", "t")])
        checkDiagnostics("{{a", [("unclosed-pattern", "{{")])
        checkDiagnostics("{{a}} b", [("extra-content", "b")])
        checkDiagnostics(".input {$x :string} .match $x", [("malformed-match", ".match")])
        checkDiagnostics(".match {{a}}", [("malformed-match", ".match")])
        checkDiagnostics(".match :x * {{a}}", [("malformed-match", ".match")])
        checkDiagnostics(".match", [("malformed-match", ".match")])
        checkDiagnostics(".match {$x} * {{a}}", [("malformed-match", "{$x}")])
        checkDiagnostics(".input {$x :string} .match $x* {{a}}", [("missing-space", "*")])
        checkDiagnostics(".input {$x :string} .match $x a b", [("malformed-variant", "b")])
        checkDiagnostics(".input {$x :string} .match $x * {a}", [("malformed-variant", "{a}")])
        checkDiagnostics(".input {$x :string} .match $x ? {{a}} * {{b}}", [("malformed-variant", "?")])
    }

    @Test func dataModelErrors() {
        checkDiagnostics(".input {$x :string} .match $x a b {{}} * {{}}", [("variant-key-mismatch", "a b")])
        checkDiagnostics(".input {$x :string} .match $x a {{}}", [("missing-fallback-variant", ".match")])
        checkDiagnostics(".input {$x} .match $x a {{}} * {{}}", [("missing-selector-annotation", "$x")])
        checkDiagnostics(".local $x = {$y} .input {$y} {{}}", [("duplicate-declaration", "$y")])
        checkDiagnostics(
            ".input {$x :string} .match $x a {{}} |a| {{2}} * {{}}", [("duplicate-variant", "|a| {{2}}")])
        checkDiagnostics(".local $x = {|*| :string} .match $x |*| {{}} * {{}}", [])
    }

    /// Every fix-it that is not for show corrects the defect that it stands for.
    @Test(arguments: [
        "a { } b", "Send { \"a\": 1 }", "a } b", #"C:\dir"#, "{42:number}", "{|a|@b}", ".match {$x} * {{a}}",
        ".inptu {$x} {{}}", ".input {$x :string} .match $x* {{a}}", "a {",
    ])
    func everyFixCorrectsItsDefect(_ source: String) {
        let diagnostics = parseMessage(source).diagnostics
        #expect(!diagnostics.isEmpty)
        for diagnostic in diagnostics {
            for fix in diagnostic.fixIts where fix.applicability != .displayOnly {
                var bytes = Array(source.utf8)
                for edit in fix.edits.sorted(by: { $0.span.start > $1.span.start }) {
                    bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
                }
                #expect(!parseMessage(bytes).diagnostics.contains { $0.id == diagnostic.id }, "\(fix.title)")
            }
        }
    }

    @Test func placesOfNodes() throws {
        let source = ".input {$n :number select=exact}\n.match $n 1 {{é {#b}{|x| :string @a}{/b}}} * {{}}"
        let message = parseMessage(source).message
        let bytes = Array(source.utf8)
        func text(_ place: Place) -> String {
            String(decoding: bytes[place.span.start..<place.span.end], as: UTF8.self)
        }
        let declaration = try #require(message.declarations.first)
        #expect(text(declaration.place) == ".input {$n :number select=exact}")
        #expect(text(declaration.namePlace) == "$n")
        #expect(declaration.value.function.map { text($0.place) } == ":number select=exact")
        guard case .select(let matcher) = message.body else {
            Issue.record("not a select message")
            return
        }
        #expect(matcher.selectors.map { text($0.place) } == ["$n"])
        #expect(matcher.variants.map { text($0.place) } == ["1 {{é {#b}{|x| :string @a}{/b}}}", "* {{}}"])
        #expect(
            matcher.variants[0].value.elements.map { text($0.place) } == ["é ", "{#b}", "{|x| :string @a}", "{/b}"])
    }
}

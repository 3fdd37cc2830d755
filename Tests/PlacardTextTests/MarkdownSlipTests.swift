import SourceDiagnostics
import Testing

@testable import PlacardText

/// What looks like Markdown and is none, with the place that is reported.
@Suite struct MarkdownSlipTests {
    private func check(
        _ text: String, _ id: String, _ place: String, fixed: String? = nil, isWhole: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let environment = try exampleEnvironment { _ in }
        let found = compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment)
            .diagnostics.filter { $0.id == id }
        #expect(found.count == 1, "\(text)", sourceLocation: sourceLocation)
        guard let diagnostic = found.first else { return }
        #expect(diagnostic.severity == .warning, sourceLocation: sourceLocation)
        #expect(source(text, diagnostic.primary.span) == place, sourceLocation: sourceLocation)
        var bytes = Array(text.utf8)
        for edit in (diagnostic.fixIts.first?.edits ?? []).sorted(by: { $1.span < $0.span }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == fixed ?? text, sourceLocation: sourceLocation)
        guard fixed != nil, isWhole else { return }
        let left = compileText(bytes, kind: .document(conversation: false), environment: environment).diagnostics
        #expect(!left.contains { $0.id == id }, sourceLocation: sourceLocation)
    }

    @Test func spacesInAnAutolink() throws {
        try check(
            "See <https://x.example/a b> now", "text/not-a-link", "https://x.example/a b",
            fixed: "See <https://x.example/a%20b> now")
    }

    @Test(arguments: ["https://x.example/a?b=1?c=2", "<https://x.example/a?b?c>", "[it](<https://x.example/a?b=1?c>)"])
    func aSecondQuestionMark(_ text: String) throws {
        let last = text.lastIndex(of: "?") ?? text.startIndex
        try check(text, "link/misread", "?", fixed: text.replacingCharacters(at: last))
    }

    @Test func aWordOfATemplateIsToldWhatThereIs() throws {
        let environment = try exampleEnvironment { _ in }
        let text = "[it](https://x.example/%LOCALE%)"
        let found = compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment)
        let notes = found.diagnostics.flatMap(\.notes)
        #expect(notes.contains { $0.contains(environment.variableNames) })
        #expect(!notes.contains { $0.contains("user.country") && environment.variables["user.country"] == nil })
    }

    @Test func spacesInAnAddress() throws {
        try check(
            "Read [it](https://x.example/a b) now", "text/not-a-link", "https://x.example/a b",
            fixed: "Read [it](https://x.example/a%20b) now")
        try check(
            "[it](https://x.example/a  b/c d?x={$x} e \"A title\")", "text/not-a-link",
            "https://x.example/a  b/c d?x={$x} e \"A title\"",
            fixed: "[it](https://x.example/a%20%20b/c%20d?x={$x}%20e \"A title\")")
        try check(
            "- ![it **is**](https://x.example/a b(c))", "text/not-a-link", "https://x.example/a b(c)",
            fixed: "- ![it **is**](https://x.example/a%20b(c))")
        try check(
            "[a [b]](mailto:a b@x.example)", "text/not-a-link", "mailto:a b@x.example",
            fixed: "[a [b]](mailto:a%20b@x.example)")
        try check(
            "[two\nlines](https://x.example/a b)", "text/not-a-link", "https://x.example/a b",
            fixed: "[two\nlines](https://x.example/a%20b)")
    }

    @Test func otherLinksThatAreNone() throws {
        try check("[it](https://x.example/a", "text/not-a-link", "](", fixed: "[it](https://x.example/a)")
        try check("[it](https://x.example/(a)", "text/not-a-link", "https://x.example/(a")
        try check("[it](https://x.example/a \"b)", "text/not-a-link", "https://x.example/a \"b")
        try check("[a [b](https://x.example/b) c](https://x.example/c)", "text/not-a-link", "https://x.example/c")
        try check(
            "[it] (https://x.example/a)", "text/not-a-link", " ", fixed: "[it](https://x.example/a)")
        try check("(it)[https://x.example/a]", "text/not-a-link", ")[")
        try check("Read [it][terms] now", "text/not-a-link", "[terms]")
    }

    @Test(arguments: [
        ("[news(https://x.example/a)", "[news"), ("[{$x}(https://x.example/a)", "[{$x}"),
        ("[**the** news(https://x.example/a)", "[**the** news"),
        ("[news)(https://x.example/a)", "[news)"), ("[news[(https://x.example/a)", "[news["),
        ("[[news](https://x.example/a)", "["),
        ("[news]](https://x.example/a)", "]"), ("[news]((https://x.example/a)", "("),
        ("[news](https://x.example/a))", ")"),
        ("[news]https://x.example/a)", "[news]"), ("[news] (https://x.example/a)", " "),
        ("[news](https://x.example/a", "]("),
        ("[news](https://x.example/a]", "]("),
    ])
    func aLinkWithASignTooManyOrTooFewBecomesIt(_ text: String, _ place: String) throws {
        let words = text.contains("{$x}") ? "{$x}" : text.contains("**") ? "**the** news" : "news"
        for (before, behind) in [("", ""), ("See ", " now."), ("- ", "\n- b"), ("# ", ""), ("**", "**")] {
            guard !(behind == "**" && (words.contains("**") || text.hasSuffix("a"))) else { continue }
            try check(
                before + text + behind, "text/not-a-link", place,
                fixed: before + "[\(words)](https://x.example/a)" + behind)
        }
    }

    @Test(arguments: [
        ("[news]{https://x.example/a)", "[news](https://x.example/a)"),
        ("[news]{https://x.example/a}", "[news](https://x.example/a)"),
        ("See {news](https://x.example/a)", "See [news](https://x.example/a)"),
    ])
    func bracesInPlaceOfTheBracketsOfALink(_ text: String, _ wanted: String) throws {
        let environment = try exampleEnvironment { _ in }
        let kind = TextKind.document(conversation: false)
        let first = FixedText(text, kind, environment)
        #expect(first.diagnostics.contains { $0.id == "text/stray-brace" })
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.map(\.message) == [])
        #expect(fixed.html.contains(#"<a href=\"https://x.example/a\">news</a>"#))
    }

    /// Signs of a placeholder in the wrong order, too many, or in place of another: after the fix readers see its value and nothing else.
    @Test(arguments: [
        ("{na$me}", "{$name}"), ("{$na me}", "{$name}"), ("*{*$name}**", "**{$name}**"), ("$$name}", "{$name}"),
        ("[$name}", "{$name}"), ("($name}", "{$name}"), ("*$name}", "{$name}"), ("{$name]", "{$name}"),
        ("`{{$name}`", "`{$name}`"),
        ("`{$name]`", "`{$name}`"), ("`$name}`", "`{$name}`"), ("`{$name`", "`{$name}`"), ("`]$name}`", "`{$name}`"),
        ("`${user.city}`", "`{$user.city}`"),
        ("**x* *and", "**x** and"), ("is* *x**", "is **x**"), ("**x*_", "**x**"), ("_*x**", "**x**"),
    ])
    func readersSeeTheValueAlone(_ text: String, _ wanted: String) throws {
        let environment = try exampleEnvironment { _ in }
        let kind = TextKind.document(conversation: false)
        for (before, behind) in [("", ""), ("Hi ", " there"), ("- ", "\n- x")] {
            let fixed = FixedText(before + text + behind, kind, environment).allFixed(kind, environment)
            #expect(fixed.source == before + wanted + behind)
            #expect(fixed.diagnostics.map(\.message) == [])
        }
    }

    @Test func aThirdBraceIsRemoved() throws {
        let environment = try exampleEnvironment { _ in }
        let kind = TextKind.document(conversation: false)
        let head = ".input {$n :integer}\n.match $n\n"
        let fixed = FixedText(head + "1 {{{\n  Hi {$x}\n}}\n* {{Ho}}", kind, environment).allFixed(kind, environment)
        #expect(fixed.source == head + "1 {{\n  Hi {$x}\n}}\n* {{Ho}}")
        #expect(fixed.diagnostics.map(\.message) == [])
    }

    @Test(arguments: ["Only ` one", "a ``b` c", "It`s"])
    func aBacktickAloneIsNamed(_ text: String) throws {
        let found = FixedText(text, .document(conversation: false), try exampleEnvironment { _ in }).diagnostics
        #expect(Set(found.map(\.id)) == ["text/stray-asterisks"])
    }

    @Test(arguments: ["You have [two days", "Two days] left", "See [**two** days", "- [two\n- b"])
    func aBracketAloneIsNamed(_ text: String) throws {
        let found = FixedText(text, .document(conversation: false), try exampleEnvironment { _ in }).diagnostics
        #expect(found.map(\.id) == ["text/not-a-link"])
        #expect(found.flatMap(\.fixIts).isEmpty)
    }

    @Test func aVariantThatIsNotClosedEndsWhereTheNextBegins() throws {
        let environment = try exampleEnvironment { _ in }
        let kind = TextKind.document(conversation: false)
        let head = ".input {$n :integer}\n.match $n\n"
        let wanted = head + "0 {{\n  None\n}}\none {{\n  One {$x}\n}}\n* {{\n  {$n}\n}}"
        for lost in ["}}\none", "}}\n*"] {
            let text = wanted.replacing(lost, with: lost.replacing("}}", with: "}"))
            let first = FixedText(text, kind, environment)
            #expect(!first.diagnostics.isEmpty)
            let fixed = first.allFixed(kind, environment)
            #expect([wanted, text].contains(fixed.source))
            #expect(fixed.text == nil || fixed.source == wanted)
        }
    }

    @Test func aLinkWhoseAddressIsNotKnownIsNamed() throws {
        try check("[news(url)", "text/not-a-link", "[news", fixed: "[news](url)", isWhole: false)
        try check("[the news](url", "text/not-a-link", "](", fixed: "[the news](url)", isWhole: false)
        try check("the news](https://x.example/a)", "text/not-a-link", "](")
    }

    @Test(arguments: [
        "[it](https://x.example/a)", "(see [it](https://x.example/a))", "(see\n[it](https://x.example/a))",
        "[see f(x)]", "[0, 1)",
        "f(x) [see g(y)] now", "[[it](https://x.example/a)]", "[it] (see above)", "[1] (2024)", "Choose [one](or two",
        "((see [it](https://x.example/a)))",
        "[it](<https://x.example/a>)", "[it](https://x.example/a \"b c\")",
        "`[it](https://x.example/a b)`", "\\[it](https://x.example/a b)", "[it\\](https://x.example/a b)",
        "Choose [one](or two)", "The list[i](x) of f(a)[b]", "[sic](note: no link)", "[x] (see above)",
        "- [x] (https://x.example/a)", "[it][terms]\n\n[terms]: https://x.example/a", "it](https://x.example/a b)",
        "m[1][2] and [ ][x]", "    [it](https://x.example/a b)", "#winning", "# News", "####### x", "\\##News",
        "## News", "```\na\n```", "~~~ x\na\n~~~~", "> ```\n> a\n> ```", "- ```\n  a\n  ```", "    ```",
    ])
    func whatIsRightIsNoSlip(_ text: String) throws {
        let environment = try exampleEnvironment { _ in }
        let found = compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment)
            .diagnostics.filter { $0.id.hasPrefix("text/") }
        #expect(found.map(\.id) == [])
    }

    @Test func whatOnlyBeginsLikeALinkHasABound() throws {
        let environment = try exampleEnvironment { _ in }
        for filler in ["<", "a", "{", "(", "[x]("] {
            let text = "Hi [x](" + String(repeating: filler, count: 60_000 / filler.utf8.count)
            let found = compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment)
            #expect(found.text != nil || !found.diagnostics.isEmpty)
        }
    }

    @Test func headingsAndFences() throws {
        try check("Hello\n\n##News", "text/not-a-heading", "##", fixed: "Hello\n\n## News")
        try check("a\n\n```\nb\n``\nc", "text/unclosed-fence", "```")
        try check("```", "text/unclosed-fence", "```")
        try check("> ~~~~\n> a\n> ~~~\n\nb", "text/unclosed-fence", "~~~~")
        try check("- ```` x\n  a ````\n", "text/unclosed-fence", "````")
    }

    @Test func oneDiagnosticForAnElement() throws {
        let environment = try exampleEnvironment { _ in }
        func places(_ text: String) -> [[String]] {
            compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment).diagnostics
                .filter { $0.id == "markdown/raw-html" }
                .map { [source(text, $0.primary.span)] + $0.secondary.map { source(text, $0.span) } }
        }
        #expect(places("a <b>c</b> d") == [["<b>", "</b>"]])
        #expect(places("<B class=x>c</b> <i>d") == [["<B class=x>", "</b>"], ["<i>"]])
        #expect(places("a **<b>c**</b> <b>d <b>e</b></b>") == [["<b>", "</b>"], ["<b>", "</b>"], ["<b>", "</b>"]])
        #expect(places("a <b>c\n\nd</b> e</i>") == [["<b>"], ["</b>"], ["</i>"]])
        #expect(places("<div>\n\nc\n\n</div>") == [["<div>", "</div>"]])
        #expect(places("a<br>c<br/>d") == [["<br>"], ["<br/>"]])
    }

    @Test func aCommentAloneIsRemoved() throws {
        let environment = try exampleEnvironment { _ in }
        func removed(_ text: String) -> String? {
            let found = compileText(Array(text.utf8), kind: .document(conversation: false), environment: environment)
                .diagnostics
            guard let edit = found.first?.fixIts.first?.edits.first else { return nil }
            return edit.replacement.isEmpty ? source(text, edit.span) : nil
        }
        #expect(removed("<!-- a --> Hello") == "<!-- a -->")
        #expect(removed("<!-- a\n\nb -->\nHello") == "<!-- a\n\nb -->")
        #expect(removed("a <!-- b --> c") == "<!-- b -->")
        #expect(removed("> <!-- a\n> b --> c") == "<!-- a\n> b -->")
        #expect(removed("<!-- a\n\nHello") == nil)
    }
}

private func source(_ text: String, _ span: Span) -> String {
    String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
}

extension String {
    /// The text with `&` in place of one character.
    fileprivate func replacingCharacters(at index: Index) -> String {
        String(self[..<index]) + "&" + String(self[self.index(after: index)...])
    }
}

import PlacardText
import SourceDiagnostics
import Testing

/// What a plain text shows as it stands, and addresses that are read in another way than they look.
@Suite struct PlainMarkupTests {
    @Test(arguments: [
        ("**Today** only", "Today only"), ("*Today* only", "Today only"), ("_Today_ only", "Today only"),
        ("__Today__ only", "Today only"), ("~~10~~ 5", "10 5"), ("Code `TEA`", "Code TEA"),
        ("**{$x}** is here", "{$x} is here"), ("See [the page](https://x.example/a) now", "See the page now"),
        ("<b>Today</b> only", "Today only"), ("One<br>two", "One two"), ("One <br/> two", "One two"),
        ("<a href=\"https://x.example/\">Here</a>", "Here"), ("Tea &amp; cake", "Tea & cake"),
        ("It&#39;s here", "It's here"), ("Caf&eacute;", "Café"), ("&#x201C;Tea&#x201D;", "“Tea”"),
        ("Line one\\nline two", "Line one line two"), ("One\\n\\ntwo", "One two"), ("One\\r\\ntwo", "One two"),
        ("限时**优惠**", "限时优惠"),
    ])
    func markupInAPlainTextIsFound(_ text: String, _ wanted: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, .plain, environment)
        #expect(!first.diagnostics.isEmpty)
        #expect(
            first.diagnostics.allSatisfy {
                $0.severity == .warning
                    && ["message/markup-in-plain-text", "text/not-a-line-break"].contains($0.id)
            })
        let fixed = first.allFixed(.plain, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty, "\(fixed.diagnostics.map(\.message))")
    }

    @Test(arguments: [
        "5 * 3 * 2", "Rated ***", "s**t and f**k", "snake_case_name", "a_b", "C:\\new\\table", "1 < 2 > 0", "I <3 you",
        "AT&T; Q&A", "R&D &c;", "[1] (see below)", "[x](y)", "2*3*4", "Terms apply*", "~5 km, ~6 km", "<nobody>",
        "``", "{|**|}", "{|<b>|}", "{|\\\\n|}", "**", "a <b", "`", "#1 in tea", "- no -", "half_price_ now",
    ])
    func isNoFalseAlarm(_ text: String) throws {
        let found = FixedText(text, .plain, try exampleEnvironment()).diagnostics
        #expect(found.filter { $0.id != "text/unmarked-variable" }.map(\.message) == [], "\(text)")
    }

    @Test(arguments: [
        ("Autumn\nsale", "Autumn sale"), ("Autumn \r\n  sale", "Autumn sale"), ("Autumn\n\nsale\n", "Autumn sale\n"),
        ("Hello\n{$x}", "Hello {$x}"),
    ])
    func aTitleHasOneLine(_ text: String, _ wanted: String) throws {
        var environment = try exampleEnvironment()
        let first = FixedText(text, .plain, environment)
        #expect(first.diagnostics.map(\.id) == ["text/not-a-line-break"])
        let fixed = first.allFixed(.plain, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty)
        environment.allowsLines = true
        #expect(FixedText(text, .plain, environment).diagnostics.isEmpty)
    }

    @Test(arguments: ["Autumn sale\n", "\nAutumn sale", ".input {$x :string}\n.match $x\na {{A}}\n* {{B}}\n"])
    func linesAroundATitleAreNotSeen(_ text: String) throws {
        #expect(FixedText(text, .plain, try exampleEnvironment()).diagnostics.map(\.id) == [])
    }

    @Test func aBodyHasLineBreaksOfItsOwn() throws {
        let environment = try exampleEnvironment()
        let kind = TextKind.document(conversation: false)
        let found = FixedText("One\\ntwo, `a\\nb`, C:\\new", kind, environment).diagnostics
        #expect(found.map(\.id) == ["text/not-a-line-break"])
        #expect(FixedText("**Tea** &amp; cake", kind, environment).diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("https://x.example/a?b=1?c=2", "https://x.example/a?b=1&c=2"),
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("https://x.example/a?b=1&amp;c=2", "https://x.example/a?b=1&c=2"),
        ("https://x.example/a#b#c", "https://x.example/a#b%23c"),
        ("https://x.example/a\"b", "https://x.example/a%22b"),
        ("https://x.example/a”", "https://x.example/a"), ("https://x.example/100%", "https://x.example/100%25"),
        ("https://x.example/%ID%/b", "https://x.example/{$id}/b"),
        ("https://x.example/[[id]]/b", "https://x.example/{$id}/b"),
        ("https://x.example/?i=*|ID|*", "https://x.example/?i={$id}"),
        ("https://x.example/:id/b", "https://x.example/{$id}/b"),
        ("https://x.example/{id}", "https://x.example/{$id}"), ("https://x.example/{{id}}", "https://x.example/{$id}"),
        ("https://x.example/${id}", "https://x.example/{$id}"),
    ])
    func anAddressThatIsReadOtherwise(_ text: String, _ wanted: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, .url, environment)
        #expect(!first.diagnostics.isEmpty)
        let fixed = first.allFixed(.url, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty, "\(fixed.diagnostics.map(\.message))")
    }

    @Test func theSameInALink() throws {
        let environment = try exampleEnvironment()
        let kind = TextKind.document(conversation: false)
        let fixed = FixedText("[a](https://x.example/?a=1?b=2) and [c](https://x.example/%ID%/)", kind, environment)
            .allFixed(kind, environment)
        #expect(fixed.source == "[a](https://x.example/?a=1&b=2) and [c](https://x.example/{$id}/)")
        #expect(fixed.diagnostics.isEmpty)
        #expect(FixedText("[a](https://x.example/?a=1&amp;b=2)", kind, environment).diagnostics.isEmpty)
    }

    @Test(arguments: ["%LOCALE%", "[locale]", "*|LANG|*", "%s", "<locale>", "__LANG__", "/:lang/x"])
    func aWordOfATemplateIsFound(_ word: String) throws {
        let found = FixedText("https://x.example/a/\(word)", .url, try exampleEnvironment()).diagnostics
        #expect(found.map(\.id) == ["link/template-word"])
    }

    @Test(arguments: [
        "https://x.example/a?b=1&c=2#d", "https://x.example/?next=https://y.example/?a=1",
        "https://x.example/%C3%A9?q=a%20b",
        "https://x.example/a?b[c]=1", "https://x.example/a?what?", "https://x.example/~a/(b)/c:d/e;f=g,h",
        "https://x.example:443/",
        "https://x.example/?$filter=a", "https://x.example/a_b__c", "https://x.example/@a/b!",
        "mailto:a@x.example?subject=Hi%20there",
        "https://x.example/#/a/b?c=d", "https://x.example/a/{$id}?b={$src}", "https://x.example/?t=10:30:00",
        "https://x.example/%DE%AD",
        "https://x.example/wiki/It's",
    ])
    func anAddressThatIsRight(_ text: String) throws {
        #expect(FixedText(text, .url, try exampleEnvironment()).diagnostics.map(\.message) == [], "\(text)")
    }
}

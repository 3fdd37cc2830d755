import SourceDiagnostics
import Testing
import UnicodeLocale

@testable import PlacardText

/// Lists, spaces, links, references and letters that are not what they look like: each is found once, and with its fix readers see what
/// was meant. Texts like them that are right are left alone.
@Suite struct WordSlipTests {
    private let kind = TextKind.document(conversation: false)

    private func environment(_ locale: String = "en") throws -> TextEnvironment {
        let tag = try LanguageTag(locale)
        return try exampleEnvironment {
            $0.locale = tag
            $0.variables["event.days"] = TextVariable(type: .int, isGuaranteed: true)
            $0.variables["event.plate"] = TextVariable(type: .string, isGuaranteed: true)
            $0.variables["user.first_name"] = TextVariable(type: .string, isGuaranteed: true)
        }
    }

    private func expectFix(_ text: String, _ right: String, _ id: String, _ locale: String = "en") throws {
        let environment = try environment(locale)
        let first = FixedText(text, kind, environment)
        #expect(first.diagnostics.filter { $0.severity != .note }.map(\.id) == [id], "\(text)")
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == right)
        #expect(fixed.diagnostics.filter { $0.severity != .note }.map(\.message) == [])
        #expect(fixed.html == FixedText(right, kind, environment).html)
        #expect(fixed.html != first.html)
    }

    // MARK: Lists

    @Test(arguments: [
        ("-one\n-two", "- one\n- two"), ("- Hot\n-Cold", "- Hot\n- Cold"), ("- Hot\n\n-Cold", "- Hot\n\n- Cold"),
        ("-Hot\n\n- Cold", "- Hot\n\n- Cold"), ("-one\n\n-two", "- one\n\n- two"), ("•one\n•two", "- one\n- two"),
        ("• one\n• two", "- one\n- two"), ("–one\n–two", "- one\n- two"), ("・一つ\n・二つ", "- 一つ\n- 二つ"),
        ("·하나\n·둘", "- 하나\n- 둘"), ("1.one\n2.two", "1. one\n2. two"), ("1)one\n2)two", "1. one\n2. two"),
        ("1、第一\n2、第二", "1. 第一\n2. 第二"), ("1. one\n2.two", "1. one\n2. two"),
        ("-[a](https://x.example/a b)\n-b".replacing("a b", with: "ab"), "- [a](https://x.example/ab)\n- b"),
        ("-{$event.plate}\n-two", "- {$event.plate}\n- two"), ("Bring:\n-one\n-two", "Bring:\n- one\n- two"),
        ("-أول\n-ثان", "- أول\n- ثان"), ("- ร้อน\n-เย็น", "- ร้อน\n- เย็น"),
        ("2026. A good year", "2026\\. A good year"), ("+ 5 points", "\\+ 5 points"),
    ])
    func aListIsOneAndWhatIsNoneIsNot(_ text: String, _ right: String) throws {
        try expectFix(text, right, "text/list-mark")
    }

    /// Speech in print begins with a dash: what is meant is its author's to say.
    @Test func dialogueIsToldOfWithoutAFix() throws {
        let found = FixedText("— Bonjour.\n— Salut.", kind, try environment("fr")).diagnostics
        #expect(found.map(\.id) == ["text/list-mark"])
        #expect(found.allSatisfy { $0.fixIts.isEmpty })
    }

    @Test(arguments: [
        "-5 °C today", "1、一  \n2、二", "• one\\\n• two", "- one\n- two", "-one", "• only", "— Mark Twain",
        "Well-known\n-ish", "1. one\n2. two",
        "24. Dezember",
        "3. Third", "1.5 times\n2.5 times", "- a\n  -5 degrees", "--\nx", "A\n- b", "+ a\n+ b", "* one", "3.Liga",
        "#sale",
        "10-12\n-14", "1) a\n2) b", "-{$event.days}", "`-a`\n`-b`", "1.\n2.",
    ])
    func linesAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.filter { $0.id == "text/list-mark" }.isEmpty)
    }

    // MARK: Spaces

    @Test(arguments: [
        ("Look for plate{ $event.plate} now", "Look for plate {$event.plate} now", "en"),
        ("See {$event.plate }now", "See {$event.plate} now", "en"),
        ("Em**{$event.days} minuto** chega", "Em **{$event.days} minuto** chega", "pt"),
        ("In **five minutes**left", "In **five minutes** left", "en"),
        ("Через*пять минут* будет", "Через *пять минут* будет", "ru"),
    ])
    func wordsArePartedAgain(_ text: String, _ right: String, _ locale: String) throws {
        try expectFix(text, right, "text/glued-words", locale)
    }

    @Test(arguments: [
        ("un**believ**able", "en"), ("**{$event.days} day**s", "en"), ("**two words**.", "en"),
        ("Hello { $event.plate } you", "en"),
        ("车牌{ $event.plate}号", "zh"), ("**5 lira**ya", "tr"), ("`a{ $event.plate}`", "en"),
        ("l’**été qui vient**", "fr"),
        ("**オレンジ 色**です", "ja"), ("**Sign up**s", "en"), ("ب**كلمتين هنا**", "ar"), ("**two words**-like", "en"),
    ])
    func wordsThatBelongTogetherAreLeftAlone(_ text: String, _ locale: String) throws {
        let found = FixedText(text, kind, try environment(locale)).diagnostics
        #expect(found.filter { $0.id == "text/glued-words" }.map(\.message) == [])
    }

    // MARK: Marks and links

    @Test(arguments: [
        ("今天＊重要＊的", "今天{#em}重要{/em}的", "text/stray-asterisks"),
        ("今天＊＊重要＊＊的", "今天{#strong}重要{/strong}的", "text/stray-asterisks"),
        ("～～旧价～～新价", "~~{||}旧价{||}~~新价", "text/stray-asterisks"),
        ("Read [our news]（https://x.example/a）now", "Read [our news](https://x.example/a)now", "text/not-a-link"),
        ("请看[我们的新闻]（https://x.example/a）。", "请看[我们的新闻](https://x.example/a)。", "text/not-a-link"),
        ("Read 【our news】(https://x.example/a) now", "Read [our news](https://x.example/a) now", "text/not-a-link"),
        ("Read ［our news］(https://x.example/a) now", "Read [our news](https://x.example/a) now", "text/not-a-link"),
        ("Read [our news](<https://x.example/a) now", "Read [our news](https://x.example/a) now", "text/not-a-link"),
        ("Read <https://x.example/a now", "Read <https://x.example/a> now", "text/not-a-link"),
        ("Read [our news](“https://x.example/a”) now", "Read [our news](https://x.example/a) now", "link/relative"),
        ("Read [our news](\"https://x.example/a\") now", "Read [our news](https://x.example/a) now", "link/relative"),
        ("Read [our news](「https://x.example/a」) now", "Read [our news](https://x.example/a) now", "link/relative"),
        ("Read [our news](https：//x.example/a) now", "Read [our news](https://x.example/a) now", "link/relative"),
        ("Read [our news](https://x.example／a) now", "Read [our news](https://x.example/a) now", "link/bad-host"),
        (
            "Read [our news](https://https://x.example/a) now", "Read [our news](https://x.example/a) now",
            "link/bad-port"
        ),
        ("Read [our news](https://x.example/a。) now", "Read [our news](https://x.example/a) now", "link/misread"),
    ])
    func signsOfOtherKeyboardsAreMarkdowns(_ text: String, _ right: String, _ id: String) throws {
        try expectFix(text, right, id)
    }

    @Test(arguments: ["*a **b* c**", "__a _b__ c_ d".replacing("_", with: "*"), "We say *a **b* c** today"])
    func crossedMarksAreTold(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.contains { $0.id == "text/stray-asterisks" }, "\(text)")
    }

    @Test(arguments: [
        "*a **b** c*", "**a *b* c**", "***a** b*", "*a* **b**", "10～20", "5＊3", "＊注意", "王＊＊", "【重要】お知らせ（必読）", "*a*b*c*",
        "See (https://x.example/a)", "1 < 2 and <https://x.example/a>",
    ])
    func marksThatMeanSomethingAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.map(\.message) == [], "\(text)")
    }

    // MARK: Characters

    @Test(
        arguments: [
            ("Tom &amp Jerry", "Tom & Jerry", "markdown/character-reference"),
            ("5 &eur; now", "5 € now", "markdown/character-reference"),
            ("Caf\\u00e9 today", "Café today", "markdown/character-reference"),
            ("Ã©tÃ© au soleil", "été au soleil", "text/garbled"), ("Donâ€™t worry", "Don’t worry", "text/garbled"),
            ("FranÃ§ois", "François", "text/garbled"), ("Price: Â£5", "Price: £5", "text/garbled"),
            ("GrÃ¼ÃŸe", "Grüße", "text/garbled"), ("Ð\u{178}Ñ€Ð¸Ð²ÐµÑ‚", "Ð\u{178}Ñ€Ð¸Ð²ÐµÑ‚", ""),
        ].filter { !$0.2.isEmpty })
    func charactersAreWhatTheyWere(_ text: String, _ right: String, _ id: String) throws {
        try expectFix(text, right, id)
    }

    @Test(arguments: ["So sch\u{FFFD}n", "&lt;b&gt;Hi&lt;/b&gt; you"])
    func whatCannotBeKnownIsToldWithoutAFix(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.severity == .warning && $0.fixIts.isEmpty })
    }

    @Test(arguments: [
        "AMANHÃ… e AMANHÃ» já", "R&D; AT&T and Q&A", "a &amp; b", "&copy=1", "NÃO", "PÂTÉ", "Ângela", "ÂNGELA £5",
        "C:\\users",
        "&lt;b&gt; is bold in HTML", "fish &chips", "x\\y", "https://x.example/?a=1&copy=2", "Ça va", "Ålesund",
    ])
    func charactersThatAreMeantAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(
            found.filter { $0.id == "text/garbled" || $0.id == "markdown/character-reference" }.map(\.message) == [])
    }

    // MARK: Plain texts

    @Test(arguments: [
        ("Tom &amp Jerry", "Tom & Jerry", "message/markup-in-plain-text"),
        ("Caf\\u00e9 today", "Café today", "message/markup-in-plain-text"),
        ("## Welcome", "Welcome", "message/markup-in-plain-text"),
        ("CafÃ© today", "Café today", "text/garbled"),
        ("Hi __first_name__", "Hi {$user.first_name}", "text/foreign-placeholder"),
        ("Hi ｛first_name｝", "Hi {$user.first_name}", "text/foreign-placeholder"),
        ("Hi &#123;first_name&#125;", "Hi {$user.first_name}", "text/foreign-placeholder"),
    ])
    func aPlainTextIsWhatItWas(_ text: String, _ right: String, _ id: String) throws {
        let environment = try environment()
        let first = FixedText(text, .plain, environment)
        #expect(first.diagnostics.map(\.id) == [id])
        let fixed = first.allFixed(.plain, environment)
        #expect(fixed.source == right)
        #expect(fixed.diagnostics.map(\.message) == [])
        #expect(fixed.shown == FixedText(right, .plain, environment).shown)
    }

    @Test(arguments: ["#1 in town", "# 1 in town", "#sale", "R&D", "AT&T &co", "C:\\users", "Q&A", "snake_case"])
    func plainTextsAreLeftAlone(_ text: String) throws {
        #expect(try FixedText(text, .plain, environment()).diagnostics.map(\.message) == [])
    }

    // MARK: Names and numbers

    @Test(arguments: ["Hi [fname], you", "Hi [first_name], you", "Hi __first_name__, you", "Hi [First Name], you"])
    func namesOfValuesAreFound(_ text: String) throws {
        let right = "Hi {$user.first_name}, you"
        try expectFix(text, right, "text/foreign-placeholder")
    }

    @Test(arguments: [
        "He said [sic] so", "[name](https://x.example/)", "[x] done", "Python’s __init__", "[1]", "[optional]",
        "[plan]",
    ])
    func wordsInBracketsAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.filter { $0.id == "text/foreign-placeholder" }.isEmpty)
    }

    @Test func aNumberThatMostReadersMissIsTold() throws {
        let head = ".input {$n :integer}\n.match $n\n"
        func ids(_ variants: String) throws -> [String] {
            try FixedText(head + variants, kind, environment()).diagnostics.map(\.id)
        }
        let cases = [
            ("one {{{$n} day}}\n* {{days}}", ["text/implied-number"]), ("one {{{$n} day}}\n* {{{$n} days}}", []),
            ("1 {{{$n} day}}\none {{A day}}\n* {{Many days}}", []), ("one {{A day}}\n* {{Some days}}", []),
            ("one {{{$n} day left}}\n* {{Lots of days}}", []),
            ("one {{{$n} day left}}\n* {{days left}}", ["text/implied-number"]),
        ]
        for (variants, wanted) in cases {
            let found = try ids(variants)
            #expect(found == wanted, "\(variants)")
        }
    }
}

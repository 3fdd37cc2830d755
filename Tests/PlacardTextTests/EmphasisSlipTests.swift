import SourceDiagnostics
import Testing
import UnicodeLocale

@testable import PlacardText

/// Marks that did not become what their author meant, with what the fix makes of the text.
@Suite struct EmphasisSlipTests {
    private let kind = TextKind.document(conversation: false)

    @Test(arguments: [
        ("**请注意：**服务今晚**暂停**。", "{#strong}请注意：{/strong}服务今晚**暂停**。", "<strong>请注意：</strong>服务今晚<strong>暂停</strong>。"),
        ("**ご注意（重要）。**今夜", "{#strong}ご注意（重要）。{/strong}今夜", "<strong>ご注意（重要）。</strong>今夜"),
        ("請點**「確認」**吧", "請點{#strong}「確認」{/strong}吧", "請點<strong>「確認」</strong>吧"),
        ("*重要。*今夜", "{#em}重要。{/em}今夜", "<em>重要。</em>今夜"),
        ("~~旧（九時）。~~新しい", "~~{||}旧（九時）。{||}~~新しい", "<del>旧（九時）。</del>新しい"),
        (
            "今日は**「特別」**と**「普通」**です", "今日は{#strong}「特別」{/strong}と{#strong}「普通」{/strong}です",
            "今日は<strong>「特別」</strong>と<strong>「普通」</strong>です"
        ),
        ("*注意：*今晚*暂停*。", "{#em}注意：{/em}今晚*暂停*。", "<em>注意：</em>今晚<em>暂停</em>。"),
        ("- **价格：**便宜\n- **好**", "- {#strong}价格：{/strong}便宜\n- **好**", "<strong>价格：</strong>便宜"),
        ("**Note:**text", "{#strong}Note:{/strong}text", "<strong>Note:</strong>text"),
        ("# **注意！**请看", "# {#strong}注意！{/strong}请看", "<strong>注意！</strong>请看"),
        ("これは***重要。***です", "これは{#strong}{#em}重要。{/em}{/strong}です", "<strong><em>重要。</em></strong>です"),
        ("請***「x」***吧", "請{#strong}{#em}「x」{/em}{/strong}吧", "請<strong><em>「x」</em></strong>吧"),
        ("これは__「重要」__です", "これは{#strong}「重要」{/strong}です", "これは<strong>「重要」</strong>です"),
        ("_「重要」_です", "{#em}「重要」{/em}です", "<em>「重要」</em>です"),
        ("2*3*4", "2\\*3\\*4", "2*3*4"), ("5*5*5 cm", "5\\*5\\*5 cm", "5*5*5 cm"), ("a*b*c", "a\\*b\\*c", "a*b*c"),
        ("3*4=12, 5*6=30", "3\\*4=12, 5\\*6=30", "3*4=12, 5*6=30"), ("2**3**4", "2\\*\\*3\\*\\*4", "2**3**4"),
        ("다음은 **‘중요’**입니다", "다음은 {#strong}‘중요’{/strong}입니다", "<strong>‘중요’</strong>입니다"),
    ])
    func aSlipOfEmphasisIsFound(_ text: String, _ wanted: String, _ html: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, kind, environment)
        #expect(first.diagnostics.contains { $0.id == "text/stray-asterisks" })
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty)
        #expect(fixed.html.contains(html), "\(fixed.html)")
    }

    @Test(arguments: [
        "**请注意** ：服务今晚**暂停**。", "这是**重点**。", "**重点**，请看。", "今夜**サービス**を停止します。", "「**重要**」です",
        "**「重要」** です", "5 * 3 * 2", "*Terms apply", "Price* and terms*", "**bold *and italic* text**",
        "***both***", "**a** and **b**", "*a*b*c*", "`**请注意：**服务`", "[**请**](https://x.example/)。",
        "~~旧い~~、新しい", "a ~~b~~ c", "10~20", "\\*\\*请注意：\\*\\*服务", "int *p, *q;", "**{$x}**です", "~5~",
        "* 一\n* 二", "file*name*.txt", "un*believ*able", "1*2", "*3*", "2*three*4", "a 5*6", "snake_case_name",
        "変数 a_b_c",
        "***重要***。", "1 *2* 3",
        "**第一**\n\n**第二**", "**A.** b **C.**",
    ])
    func isNoFalseAlarm(_ text: String) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
            .filter { $0.id == "text/stray-asterisks" }
        #expect(found.map(\.message) == [], "\(text)")
    }

    @Test func asterisksAloneCanBeEscaped() throws {
        let environment = try exampleEnvironment()
        let fixed = FixedText("Both ** are shown", kind, environment).allFixed(kind, environment)
        #expect(fixed.source == "Both \\*\\* are shown")
        #expect(fixed.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("** 20% off **", "**20% off**", "<strong>20% off</strong>"),
        ("** 20% off ** now", "**20% off** now", "<strong>20% off</strong> now"),
        ("**20% off ** now", "**20% off** now", "<strong>20% off</strong> now"),
        ("Only ** 20% off**", "Only **20% off**", "Only <strong>20% off</strong>"),
        ("**20% off **now", "**20% off** now", "<strong>20% off</strong> now"),
        ("** {$x} off ** now", "**{$x} off** now", "off</strong> now"),
        ("** Tea ** and ** cake **", "**Tea** and **cake**", "<strong>Tea</strong> and <strong>cake</strong>"),
        ("**Tea ** and **cake**", "**Tea** and **cake**", "<strong>Tea</strong> and <strong>cake</strong>"),
        ("# ** 重要 **", "# **重要**", "<strong>重要</strong>"),
    ])
    func boldHasNoSpacesInside(_ text: String, _ wanted: String, _ html: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, kind, environment)
        #expect(first.diagnostics.allSatisfy { $0.id == "text/stray-asterisks" })
        #expect(first.diagnostics.first?.message.hasPrefix("bold has no space inside its `**`") == true)
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty)
        #expect(fixed.html.contains(html), "\(fixed.html)")
    }

    @Test(arguments: ["**20% off* until", "*20% off** until"])
    func boldHasTwoAsterisksOnBothSides(_ text: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, kind, environment)
        #expect(first.diagnostics.map(\.id) == ["text/stray-asterisks"])
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == "**20% off** until")
        #expect(fixed.diagnostics.isEmpty)
    }

    @Test(arguments: ["\\**a*", "*a*\\*", "**a *b***", "***a* b**", "*a **b***", "*a **b** c*", "*a* b**"])
    func marksWithinMarksAreEven(_ text: String) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
        #expect(found.map(\.message).filter { $0.hasPrefix("bold has two") } == [], "\(text)")
    }

    @Test(arguments: ["**20% off ** and ** more**", "** a ** b ** c", "2 ** 3 ** 4"])
    func asterisksOfPairsAreNeverEscaped(_ text: String) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
            .filter { $0.id == "text/stray-asterisks" }
        #expect(!found.isEmpty)
        #expect(found.flatMap(\.fixIts).map(\.title) == [])
    }

    /// What an author meant, found and put right one fix after another.
    @Test(arguments: [
        // The fixes of one paragraph depend on each other.
        ("明天*好** **坏*", "明天{#strong}好{/strong} **坏**", "明天<strong>好</strong> <strong>坏</strong>"),
        ("明天*好**", "明天{#strong}好{/strong}", "明天<strong>好</strong>"),
        // A space on the wrong side.
        ("*Hello * world", "*Hello* world", "<em>Hello</em> world"),
        ("Hello * world*", "Hello *world*", "Hello <em>world</em>"),
        ("_ Hello_ world", "_Hello_ world", "<em>Hello</em> world"),
        ("~~ old~~ new", "~~old~~ new", "<del>old</del> new"), ("~~old ~~ new", "~~old~~ new", "<del>old</del> new"),
        ("これは**いつでも **です", "これは**いつでも**です", "<strong>いつでも</strong>です"),
        ("**Estante **, sim", "**Estante**, sim", "<strong>Estante</strong>, sim"),
        ("__ a __", "__a__", "<strong>a</strong>"),
        ("This is *very *important", "This is *very* important", "<em>very</em> important"),
        ("This is* very* important", "This is *very* important", "is <em>very</em> important"),
        // More on one side than on the other.
        ("~~not~ now", "~~not~~ now", "<del>not</del> now"), ("~not~~ now", "~~not~~ now", "<del>not</del> now"),
        ("***{$x}** now", "**{$x}** now", "</strong> now"), ("**{$x}*** now", "**{$x}** now", "</strong> now"),
        ("**bold * text", "**bold** text", "<strong>bold</strong> text"),
        ("__bold_ text", "__bold__ text", "<strong>bold</strong> text"),
        // A mark and a letter in the wrong order.
        ("v*ery* good", "*very* good", "<em>very</em> good"), ("*ver*y good", "*very* good", "<em>very</em> good"),
        // A sign between numbers.
        ("*Note: the price is 2*3 EUR.", "*Note: the price is 2\\*3 EUR.", "*Note: the price is 2*3 EUR."),
    ])
    func readersSeeWhatWasMeant(_ text: String, _ wanted: String, _ html: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, kind, environment)
        #expect(Set(first.diagnostics.map(\.id)) == ["text/stray-asterisks"])
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.map(\.message) == [])
        #expect(fixed.html.contains(html), "\(fixed.html)")
    }

    /// Where nothing tells what was meant, readers' signs are named, and no fix makes them look meant.
    @Test(arguments: [
        "{$x}* days", "now.*Then", "Hello *world", "_Hello world", "Hello_ world", "Save **20% off", "~~old new",
        "今天*好吗",
        "***bold*", "Free shipping* today", "(see *below)", "*one* two*", "snake_case and _private",
    ])
    func aMarkAloneIsNamed(_ text: String) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
        #expect(found.map(\.id) == ["text/stray-asterisks"])
        #expect(found.flatMap(\.fixIts).map(\.title) == [])
    }

    @Test(arguments: [
        "2 * 3", "2*3", "{$n} * {$p}", "(1 + 2) * 3", "x * y", "A 5* hotel", "A 4*-hotel",
        "Price* now\n\n*Until Sunday.",
        "Price* (*until Sunday)", "* Tea\n* Cake", "- Tea*\n- Cake*\n\n*Hot", "rm *.txt", "src/**/*.js", "“*”", "(*)",
        "20**26** is", "walk**ed**", "**API**s", "*API*s", "e*x*it", "~5 min", "~{$n} min", "~5 to ~10", "10時~20時",
        "a ~ b",
        "Name: ____", "Name: __________", "user_name and other_name", "https://x.example/_a", "@some_name_",
        "***** hotel",
        "___", "`*a` and *b*", "\\*a and b*c", "{|*|}a", "_a_b_c", "Tea * Coffee * Cake",
        "**Note:** *it* is ~~old~~", "*a **b** c*", "**a *b* c**", "***a** b*",
    ])
    func whatIsPlainlyFineIsLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
            .filter { $0.id == "text/stray-asterisks" }
        #expect(found.map(\.message) == [], "\(text)")
    }

    /// However its fixes are applied, all at once as far as they are offered, a text that compiled still does.
    @Test(arguments: [
        "今天*重要。*明天，价格**", "明天*好** **坏*", "**a *b** c*", "*a **b* c**", "**「a」***b**「c」*", "~~a *b~~ c*",
        "**A:**b *c:*d **e",
    ])
    func fixesOfOneTextDoNotCross(_ text: String) throws {
        let environment = try exampleEnvironment()
        let first = FixedText(text, kind, environment)
        var bytes = Array(text.utf8)
        let fixes = first.diagnostics.compactMap(\.fixIts.first)
        #expect(fixes.count < 2)
        for edit in fixes.flatMap(\.edits).sorted(by: { $1.span < $0.span }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        let fixed = FixedText(String(decoding: bytes, as: UTF8.self), kind, environment).allFixed(kind, environment)
        #expect(fixed.text != nil, "\(fixed.source)")
        #expect(fixed.diagnostics.allSatisfy { $0.severity != .error })
    }

    /// CommonMark 0.31.2, section 6.2: what each rule refuses, and what its author is told.
    @Test(arguments: [
        (1, "a * foo bar*", 1), (1, "a*\"foo\"*", 1), (2, "_ foo bar_", 1), (2, "a_\"foo\"_", 1), (2, "foo_bar_", 1),
        (3, "*foo bar *", 1), (3, "*foo bar\n*", 1), (3, "*(*foo)", 1), (4, "_foo bar _", 1), (4, "_(_foo)", 1),
        (4, "_foo_bar", 1), (5, "** foo bar**", 1), (5, "a**\"foo\"**", 1), (6, "__ foo bar__", 1),
        (6, "foo__bar__", 2),
        (7, "**foo bar **", 1), (7, "**(**foo)", 2), (8, "__foo bar __", 1), (8, "__(__foo)", 2), (8, "__foo__bar", 2),
        (9, "*foo**bar*", 1), (10, "__foo bar_", 1), (11, "foo ***", 0), (11, "foo *\\**", 0), (11, "**foo*", 1),
        (11, "*foo**", 1), (11, "***foo**", 1), (11, "****foo*", 1), (11, "**foo***", 1), (11, "*foo****", 1),
        (12, "foo ___", 0), (12, "__foo_", 1), (12, "_foo__", 1), (12, "___foo__", 1), (12, "__foo___", 1),
        (13, "****foo****", 0), (14, "***foo***", 0), (15, "*foo _bar* baz_", 1), (15, "*foo __bar *baz bim__ bam*", 1),
        (16, "**foo **bar baz**", 1), (16, "_foo _bar baz_", 1), (17, "*[bar*](https://x.example/)", 1),
        (17, "_a <https://x.example/a_>", 1),
    ])
    func aRuleOfCommonMarkThatRefusesIsSeen(_ rule: Int, _ text: String, _ count: Int) throws {
        let found = FixedText(text, kind, try exampleEnvironment()).diagnostics
            .filter { $0.id == "text/stray-asterisks" }
        #expect(found.count == count, "rule \(rule): \(text): \(found.map(\.message))")
    }

    @Test(arguments: [
        "2*3*4 ", "*a", "*a ", "~a~", "~a~ ", "今*", "**a ", "v*e* ", "{$x}* ", "_a ", "[*a](https://x.example/) ",
    ])
    func theWorkGrowsWithTheLength(_ piece: String) throws {
        let environment = try exampleEnvironment()
        func work(_ count: Int) -> Int {
            let source = Array(String(repeating: piece, count: count).utf8)
            var diagnostics: [Diagnostic] = []
            let pattern = PatternText.make(
                source, Span(0, source.count), keys: [], dedents: false, kind: kind, environment: environment,
                diagnostics: &diagnostics)
            diagnostics = []
            let work = pattern?.checkEmphasis(source, &diagnostics) ?? 0
            #expect(diagnostics.count <= textDiagnosticLimit)
            return work
        }
        #expect(work(400) > 0)
        #expect(work(400) <= 2 * work(200) + 64)
    }
}

import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

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
}

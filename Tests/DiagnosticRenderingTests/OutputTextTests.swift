import CanonicalJSON
import DiagnosticRendering
import SourceDiagnostics
import Testing

@Suite struct `Text for output` {
    @Test func `literals are taken as they are, values are shown on one line`() {
        let name = "a\n::error::b\u{1B}[2J\u{9B}\u{7F}\u{202E}\u{2028}\u{FEFF}\u{FFFF}\t"
        let text: OutputText = "no file \(name)\n\tis called \(3)\n"
        #expect(
            text.description
                == "no file a␊::error::b␛[2J<U+009B>␡<U+202E><U+2028><U+FEFF><U+FFFF>␉\n\tis called 3\n")
    }

    @Test func `right-to-left letters are isolated, and what others isolate is shown`() {
        #expect(("\("שלום")" as OutputText).description == "\u{2068}שלום\u{2069}")
        #expect(("\("\u{2067}a\u{2069}")" as OutputText).description == "<U+2067>a<U+2069>")
    }

    @Test func `what makes a line of Markdown an item stands in front of what isolates its letters`() {
        let text = OutputText(markdown: "### שלום\n  - `ar`: שלום\n- a\n> **שלום**\n")
        #expect(
            text.description
                == "### \u{2068}שלום\u{2069}\n  - \u{2068}`ar`: שלום\u{2069}\n- a\n> \u{2068}**שלום**\u{2069}\n")
    }

    @Test func `joiners and selectors show themselves behind what they belong to, and nowhere else`() {
        for text in ["👩‍👧", "نمی‌خواهم", "❤️", "1️⃣", "#️⃣", "葛\u{E0100}", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"] {
            let shown = ("\(text)" as OutputText).description
            #expect(
                shown.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) } == text.unicodeScalars.map { $0 })
        }
        #expect(("\("pay\u{200D}pal")" as OutputText).description == "pay<U+200D>pal")
        #expect(("\("\u{FE0F}a\u{FE0F}b\u{200C}")" as OutputText).description == "<U+FE0F>a<U+FE0F>b<U+200C>")
        #expect(("\("a\u{E0041}\u{E0042}")" as OutputText).description == "a<U+E0041><U+E0042>")
    }

    @Test func `long values are cut, and their length is told`() {
        let long = String(repeating: "a", count: 54_321)
        #expect(
            ("\(long)!" as OutputText).description
                == String(repeating: "a", count: OutputText.valueLimit) + "… (54,321 bytes in all)!")
    }

    @Test(arguments: ["::error::x", "  ::stop-commands::x", "\t\u{3000}::add-mask::x", "\u{A0}\u{2003}::x"])
    func `no line is a command to GitHub's runner, whatever white space it begins with`(_ line: String) {
        let shown = OutputText(lines: "a\n" + line + "\nb: ::c::\n").description
        #expect(shown == "a\n" + line.replacing("::", with: "<U+003A>:", maxReplacements: 1) + "\nb: ::c::\n")
    }

    @Test func `pieces that are harmless make no command together`() {
        let colon = ":"
        #expect(("\(colon)\(colon)error::x" as OutputText).description == "<U+003A>:error::x")
        #expect(("\("::error::x")" as OutputText).painted(.red).description == "\u{1B}[31m<U+003A>:error::x\u{1B}[0m")
        #expect(("\("##")\("[error]")" as OutputText).description == "##<U+005B>error]")
    }

    @Test(arguments: ["##[add-mask]a", "##vso[task.setvariable variable=a]b", "x ##TeamCity[buildStop]", "###[error]"])
    func `what build servers look for anywhere in a line is not there`(_ line: String) {
        let shown = line.replacing("[", with: "<U+005B>")
        #expect(("\(line)" as OutputText).description == shown)
        #expect(OutputText(lines: line).description == shown)
        #expect(
            OutputText(json: "{\"a\":\"\(line)\"}").description == "{\"a\":\"\(line.replacing("[", with: "\\u005b"))\"}"
        )
        #expect(OutputText(xml: "<a>\(line)</a>").description == "<a>\(line.replacing("[", with: "&#91;"))</a>")
    }

    @Test func `what is no command stays what it is`() {
        for text in ["::: a/b.md:1", "## [a](b)", "#[a]", "##a", "## a[1]", "a::b", "a ::b::"] {
            #expect(("\(text)" as OutputText).description == text)
        }
    }

    @Test func `JSON is the same document, and does nothing to a terminal`() throws {
        let value: JSONValue = [
            "a\u{202E}b\u{1B}": "\u{7F}\u{85}\u{2066}\u{2029}\u{FEFF}\u{FFFF}\u{E0041}##[error] é 😀 \u{200B}"
        ]
        let bytes = OutputText(json: value.canonicalString).bytes
        #expect(try JSONValue(parsing: bytes) == value)
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\\u202e") && text.contains("\\udb40\\udc41") && text.contains("é 😀"))
    }

    @Test func `XML holds its own characters alone`() {
        #expect(
            xmlEscaped("<a b=\"c\">&\n\u{0}\u{FFFE}\u{202E}]]>")
                == "&lt;a b=&quot;c&quot;&gt;&amp;␊␀&lt;U+FFFE&gt;&lt;U+202E&gt;]]&gt;")
        #expect(
            OutputText(xml: "<a>\n ::error::x\u{1B}\u{2069}</a>").description
                == "<a>\n &#58;:error::x␛&lt;U+2069&gt;</a>")
    }

    @Test func `bytes that are not UTF-8 are shown as numbers, and escapes that are not ours by name`() {
        let output = OutputText(lines: String(decoding: [0x61, 0xFF] as [UInt8], as: UTF8.self) + "\u{1B}[31mred\r\n")
        #expect(output.description == "a\u{FFFD}␛[31mred␍\n")
    }
}

@Suite struct `Many diagnostics` {
    private func diagnostics(_ count: Int, _ id: String, in file: String, _ severity: Severity = .error) -> [Diagnostic]
    {
        (0..<count).map { Diagnostic(id, severity, "wrong", at: Label(file: file, Span($0, $0 + 1))) }
    }

    @Test func `of one id in one file the first are drawn and the rest is counted, behind the last of the file`() {
        let all =
            diagnostics(3000, "a/b", in: "f") + diagnostics(1, "a/c", in: "f") + diagnostics(20, "a/b", in: "g")
            + diagnostics(21, "a/b", in: "")
        let human = text(render(all, files: [:], as: .human, options: RenderingOptions(pathPrefix: "p/")))
        let drawn = "error[a/b]: wrong\n --> p/f\n"
        #expect(
            human == Array(repeating: drawn, count: 20).joined(separator: "\n") + "\nerror[a/c]: wrong\n --> p/f\n"
                + "\n… and 2,980 more of a/b in p/f; --format json lists all\n"
                + String(repeating: "\nerror[a/b]: wrong\n --> p/g\n", count: 20)
                + String(repeating: "\nerror[a/b]: wrong\n", count: 20)
                + "\n… and 1 more of a/b; --format json lists all\n")
        #expect(summaryLine(all) == "3042 errors in 2 files")
    }

    @Test func `GitHub gets as many, and a command with the number of the rest`() {
        let all = diagnostics(25, "a/b", in: "f,g", .warning)
        let lines = text(render(all, files: [:], as: .github)).split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines.last == "::warning file=f%2Cg,title=a/b::5 more of a/b in f,g; --format json lists all")
    }

    @Test func `of many files a thousand diagnostics are drawn and the rest is counted in one line`() {
        let all = (0..<60).flatMap { diagnostics(20, "a/b", in: "f\($0)", $0 == 59 ? .error : .warning) }
        let human = text(render(all, files: [:], as: .human))
        #expect(human.split(separator: "\n").count { $0.hasPrefix("warning[") } == 1_000)
        #expect(human.hasSuffix("\n… and 200 more in 10 files; --format json lists all\n"))
        let lines = text(render(all, files: [:], as: .github)).split(separator: "\n")
        #expect(lines.count == 1_001)
        #expect(lines.last == "::error ::200 more in 10 files; --format json lists all")
        #expect(!text(render(Array(all.prefix(1_000)), files: [:], as: .human)).contains("more"))
    }

    @Test func `JSON and SARIF hold all, and fixes are applied to all`() throws {
        let source = Array(String(repeating: "x", count: 100).utf8)
        let all = (0..<100).map { place in
            Diagnostic(
                "a/b", "wrong", at: Label(file: "f", Span(place, place + 1)),
                fixIts: [FixIt("correct", edits: [Edit(file: "f", Span(place, place + 1), "y")], .safe)])
        }
        let json = try JSONValue(parsing: render(all, files: ["f": source], as: .json).bytes.dropLast())
        #expect(json["diagnostics"]?.array?.count == 100)
        let sarif = try JSONValue(parsing: render(all, files: ["f": source], as: .sarif).bytes.dropLast())
        #expect(sarif["runs"]?.array?.first?["results"]?.array?.count == 100)
        #expect(applyFixIts(all, files: ["f": source]).files["f"] == Array(repeating: 0x79, count: 100))
    }

    @Test func `places, notes, changes and lines of one diagnostic are bounded`() {
        let labels = (0..<1000).map { Label(file: "f", Span(2 * $0, 2 * $0 + 1), "here") }
        let edits = (0..<1000).map { Edit(file: "f", Span(2 * $0, 2 * $0 + 1), "y") }
        let long = String(repeating: "word ", count: 10_000)
        let diagnostic = Diagnostic(
            "a/b", .error, long, at: Label(file: "f", Span(0, 1), long), secondary: labels,
            notes: Array(repeating: long + String(repeating: "\na", count: 1000), count: 1000),
            fixIts: [FixIt("correct", edits: edits, .safe)])
        let source = Array(String(repeating: "x\n", count: 1000).utf8)
        let human = text(render([diagnostic], files: ["f": source], as: .human))
        #expect(human.utf8.count < 1_000_000)
        #expect(human.contains("= note: and 980 more places\n"))
        #expect(human.contains("= note: and 900 more changes\n"))
        #expect(human.contains("… and 961 more lines\n"))
        #expect(human.split(separator: "\n").allSatisfy { $0.unicodeScalars.count < 1100 })
    }

    @Test func `a line whose characters take many bytes fills the screen as another does`() {
        let half = String(repeating: "👩‍👩‍👧‍👦", count: 200)
        check(
            half + "⟦x⟧" + half, options: RenderingOptions(width: 38),
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:1401
                  |
                1 | …👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦x👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦…
                  |            ^
                """)
    }

    @Test func `excerpts hold no command, and carets still fit`() {
        check(
            "##[error]⟦x⟧ ::a::",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:10
                  |
                1 | ##<U+005B>error]x ::a::
                  |                 ^
                """)
    }
}

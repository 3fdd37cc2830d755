import CanonicalJSON
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardMarkdown

/// What is read without cmark must be what cmark reads: node by node, span by span.
@Suite struct SimpleDocumentTests {
    /// Whether a text is read without cmark; if so, the two ways are compared.
    @discardableResult
    private func check(
        _ text: [UInt8], extensions: MarkdownExtensions = .message, limits: MarkdownLimits = MarkdownLimits(),
        roles: [PlaceholderRole] = []
    ) -> Bool {
        let options = MarkdownOptions(extensions: extensions, links: specificationLinks, limits: limits)
        return text.withUnsafeBufferPointer { source in
            guard SimpleDocument.read(source, options: options, roles: roles) != nil else { return false }
            let simple = parseMarkdown(source, options: options, roles: roles)
            let reference = parseWithCMark(source, options: options, roles: roles)
            let shown = String(decoding: text, as: UTF8.self).debugDescription
            #expect(described(simple) == described(reference), "\(shown)")
            #expect(simple.diagnostics == reference.diagnostics, "\(shown)")
            return true
        }
    }

    /// Everything that a document is, a line for each node.
    private func described(_ document: MarkdownDocument) -> String {
        guard let tree = document.tree else { return "none" }
        let nodes = tree.nodes.map { String(describing: $0) }.joined(separator: "\n")
        return "\(nodes)\n\(String(decoding: tree.bytes, as: UTF8.self).debugDescription)\n\(tree.contentLines) "
            + "\(document.occurrences) \(document.misaligned) \(tree.holdsSentinels)"
    }

    @Test(arguments: [
        "One line.", "Two\nlines.\n", "\n\nA paragraph\n\n\nand another\n\n", "**Bold** and *italic*, `code`.",
        "Read [the *news*](https://example.com/a?b=c#d) now", "Read [the news](https://example.com/a?b=c_d*e) now",
        "- one\n- **two**\n- [three](https://example.com)\n\nAfter", "# Title\nText\n\n## Next #\n\nText",
        "準備\n完了 *注文*\n受取", "**Wow!** (*really*), 12 of 3\n", "It *is\nso* good", "![no", "a*b", "**a*", "price: 3 $",
        "السعر **الآن**، هنا", "`a` *b `c` d*", "[](https://example.com)", "[x](javascript:alert)", "- [ ] task",
        "5 of 6\n", "2024 is\nhere", "wow, www no", "a :b /c", "“Quoted” *text*", "*\u{00A0}a*", "*a\u{00A0}*", "~no~",
    ])
    func theQuickReaderReadsAsCMarkDoes(_ text: String) {
        check(Array(text.utf8))
    }

    @Test func whatAuthorsWriteIsRead() {
        for text in [
            "Pick it up at the **counter**.", "- one\n- two\n\nThen [pay](https://example.com).",
            "# Hi\n\nIt is `9` now",
            "Zwei Zeilen,\n*hervorgehoben*.", "注文の準備が完了しました", "طلبك **جاهز**.",
        ] {
            #expect(check(Array(text.utf8)), "\(text)")
        }
    }

    @Test(arguments: [
        "a\\*b", "a &amp; b", "<b>", "a  \nb", "1. one", "a\n- b", "- a\n\n- b", "- a\n  b", "- - a", "---", "a\n===",
        "    a",
        "> a", "| a |\n|---|", "www.example.com", "https://example.com", "a@example.com", "~~a~~", "_a_", "***a***",
        "``a``",
        "![a](b)", "[a]: b", "[a][b]", "[a](b \"c\")", "[a](<b>)", "a\r\nb", "a\tb", "\u{FEFF}a", "a\u{0}b", "- [x] a",
    ])
    func theRestIsLeftToCMark(_ text: String) {
        #expect(!check(Array(text.utf8)))
    }

    @Test(.enabled(if: ConformanceData.isPresent)) func officialExamplesAreReadAsCMarkDoes() throws {
        var texts: [String] = []
        for file in ["gfm/spec.json", "gfm/regression.json", "xss/markdown.json"] {
            texts +=
                try ConformanceData.load(file)?.array?.compactMap { $0["markdown"]?.string ?? $0["payload"]?.string }
                ?? []
        }
        #expect(texts.count > 600)
        let read = texts.count { check(Array($0.utf8)) }
        #expect(read > 20)
        for text in texts { check(Array(text.utf8), extensions: []) }
    }

    /// `PLACARD_FUZZ` says how many, `PLACARD_FUZZ_SEED` which.
    @Test func generatedTextsAreReadAsCMarkDoes() {
        let count = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 4000
        let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
        var random = SplitMix(state: seed)
        let roles: [PlaceholderRole] = [.value(isURL: false), .literal(0x7B), .markup, .value(isURL: true)]
        var sentinels: [String] = []
        for index in roles.indices {
            var bytes: [UInt8] = []
            Sentinel.append(index, to: &bytes)
            sentinels.append(String(decoding: bytes, as: UTF8.self))
        }
        let words = [
            "word", "ready", "wow", "Straße", "ação", "注文", "、", "طلبك", "،", "заказ", "12", "3.5", "x", "😀",
            "\u{00A0}",
            "\u{3000}", "“hi”", "e\u{301}", "it's", "한국",
            "**so**", "*now*!", "`9*_`", "[go](https://example.com/a_b)", "*x* y",
        ]
        let marks = [
            "*", "**", "`", "[", "]", "(", ")", "](", "](https://example.com/a)", "!", ".", ",", ":", "\"", "'", "#",
            "-", "?",
            "$", "/", "~", "_", "&", "<", "|", "\\", "+", "=", "{", "}", "@",
        ]
        let gaps =
            Array(repeating: " ", count: 12) + ["", "\n", "\n", "\n\n", "\n- ", "\n# ", "\n\n- ", "\n\n# ", "  "]
        var read = 0
        for _ in 0..<count {
            var text = random.pick(["", "", "", "- ", "# ", "## ", "*", "**", "["])
            // Few marks make texts that are read, many make traps.
            let density = random.pick([0, 0, 1, 1, 2, 6, 20])
            for _ in 0..<random.below(14) {
                let choice = random.below(20)
                text +=
                    choice < density ? random.pick(marks) : choice < 18 ? random.pick(words) : random.pick(sentinels)
                text += random.pick(gaps)
            }
            if random.below(8) > 0 {
                text.replace(" \n", with: "\n")
                while text.last == " " || text.last == "\n" { text.removeLast() }
            }
            let limits = random.below(20) == 0 ? tight : MarkdownLimits()
            if check(Array(text.utf8), limits: limits, roles: random.below(4) == 0 ? [] : roles) { read += 1 }
        }
        #expect(read > count / 10)
    }

    private var tight: MarkdownLimits {
        var limits = MarkdownLimits()
        limits.delimiters = 6
        limits.brackets = 2
        limits.bytes = 80
        return limits
    }
}

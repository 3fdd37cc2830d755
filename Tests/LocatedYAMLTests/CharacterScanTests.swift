import LocatedYAML
import SourceDiagnostics
import Testing

// Characters are looked at eight at a time where they are printable ASCII, so that each has to be found at every place.

@Suite struct CharacterScanTests {
    @Test(arguments: [
        "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{85}", "\u{9F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}",
        "\u{2066}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}",
    ])
    func aCharacterIsFoundAnywhere(_ character: String) {
        for before in 1..<20 {
            for after in [0, 1, 2, 3, 7, 8, 9] {
                for filling in ["a", "~", " ", "é", "会", "🎉"] {
                    let start = "a: '" + String(repeating: filling, count: before)
                    let text = start + character + String(repeating: filling, count: after) + "'\n"
                    let span = Span(start.utf8.count, start.utf8.count + character.utf8.count)
                    let diagnostics = parseYAML(Array(text.utf8)).diagnostics
                    #expect(diagnostics.map(\.primary.span) == [span], "\(text.debugDescription)")
                }
            }
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x41], [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xE0, 0x80, 0x80],
            [0xE4, 0xBC],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func whatIsNotUTF8IsFoundAnywhere(_ bytes: [UInt8]) {
        for before in 1..<20 {
            for after in [0, 1, 2, 3, 8, 9] {
                let start = Array("a: ".utf8) + [UInt8](repeating: 0x61, count: before)
                let text = start + bytes + [UInt8](repeating: 0x61, count: after)
                let diagnostics = parseYAML(text).diagnostics
                #expect(diagnostics.map(\.id) == ["yaml/not-utf8"])
                #expect(diagnostics.first?.primary.span.start == start.count)
            }
        }
    }

    @Test func linesEndAnywhere() {
        for length in 0..<20 {
            for end in ["\n", "\r\n", "\r"] {
                for filling in ["a", "\u{B}", "\u{8}", "é", "\u{100A}"] {
                    let line = "k: " + String(repeating: filling, count: length) + end
                    let split = splitFrontMatter(Array(("---" + end + line + line + "---" + end + "body").utf8))
                    let start = 3 + end.utf8.count
                    #expect(split.frontMatter == Span(start, start + 2 * line.utf8.count))
                    #expect(split.body.length == 4)
                }
            }
        }
    }
}

import MessageFormat
import SourceDiagnostics
import Testing

/// Parsing parts of a message whose literal text is another language's.
@Suite struct EmbeddingTests {
    private func text(_ source: String, _ span: Span) -> String {
        String(decoding: Array(source.utf8)[span.start..<span.end], as: UTF8.self)
    }

    @Test func onePlaceholderCanBeParsedInAText() {
        let source = "Hé **{$name :string @x}** and {"
        let start = Array(source.utf8).firstIndex(of: 0x7B) ?? 0
        let parsed = parsePlaceholder(in: Array(source.utf8), at: start)
        #expect(parsed.diagnostics.isEmpty)
        #expect(parsed.placeholder?.source == "{$name :string @x}")
        #expect(text(source, Span(start, parsed.end)) == "{$name :string @x}")
    }

    @Test func bracesThatAreNoPlaceholderGiveNone() {
        let source = "`{ \"a\": {} }` {$x}"
        let parsed = parsePlaceholder(in: Array(source.utf8), at: 1)
        #expect(parsed.placeholder == nil)
        #expect(text(source, Span(1, parsed.end)) == "{ \"a\": {} }")
        #expect(parsed.diagnostics.map { $0.id } == ["mf2/invalid-placeholder"])
        let edits = parsed.diagnostics.first?.fixIts.first?.edits.map { $0.span.start } ?? []
        #expect(edits == [1, 11])
        #expect(parsePlaceholder(in: Array("ab".utf8), at: 1).end == 2)
        #expect(parsePlaceholder(in: Array("{".utf8), at: 0).end == 1)
        #expect(parsePlaceholder(in: Array("{$a} {".utf8), at: 99).placeholder == nil)
    }

    @Test func aPlaceholderEndsWithItsRange() {
        let source = Array("{$a :string b=c}".utf8)
        #expect(parsePlaceholder(in: source, at: 0, end: 8).diagnostics.map { $0.id } == ["mf2/unclosed-placeholder"])
    }

    @Test func complexOrSimple() {
        for simple in [".NET is here", ".inputs", "a {{b}}", "", "  text", ".match", "\\{{"] {
            #expect(!isComplexMessage(Array(simple.utf8)), "\(simple)")
        }
        for complex in ["{{a}}", "\n {{", ".input {$x}", ".local $x", ".match$x", "  .input{$x}", ".match\n$x"] {
            #expect(isComplexMessage(Array(complex.utf8)), "\(complex)")
        }
    }

    @Test func anOutlineHasEverythingButThePatterns() throws {
        let source = """
            .input {$count :integer}
            .match $count
            0 {{Your cart is *empty*, \\_really_.}}
            one {{
              # One item {|}}| :string}

              - \\} Check `{{`? }out
            }}
            * {{You have **{$count}** `{ "a": 1 }` items.}}
            """
        let (message, diagnostics) = parseMessageOutline(Array(source.utf8))
        #expect(diagnostics.isEmpty)
        let patterns = message.patterns.map { text(source, $0.place.span) }
        #expect(patterns.count == 3)
        #expect(patterns.first == "Your cart is *empty*, \\_really_.")
        #expect(patterns.dropFirst().first?.hasSuffix("}out\n") == true)
        #expect(patterns.last == "You have **{$count}** `{ \"a\": 1 }` items.")
        #expect(message.patterns.allSatisfy { $0.elements.isEmpty })
    }

    @Test func outlinesInsideALargerText() {
        let source = "---\nx\n---\n\n.local $a = {1 :number} {{A {$a}}}\n"
        let range = Span(10, Array(source.utf8).count)
        let (message, diagnostics) = parseMessageOutline(Array(source.utf8), in: range)
        #expect(diagnostics.isEmpty)
        #expect(message.patterns.map { text(source, $0.place.span) } == ["A {$a}"])
        let simple = parseMessageOutline(Array(".NET } {".utf8))
        #expect(simple.diagnostics.isEmpty)
        #expect(simple.message.patterns.map { $0.place.span } == [Span(0, 8)])
    }

    @Test func outlinesReportWhatIsOutsideOfPatterns() {
        let source = ".input {$x :string} .match $x a {{ { }} } }} b {{y}}"
        let found = parseMessageOutline(Array(source.utf8)).diagnostics
        #expect(found.map { $0.id }.first != nil)
    }
}

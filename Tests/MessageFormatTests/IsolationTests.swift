import MessageFormat
import Testing
import UnicodeLocale

/// Values that hold bidirectional controls order nothing but themselves.
@Suite struct IsolationTests {
    private func text(_ value: String, _ locale: String = "en") -> String {
        parseMessage("<{$x}>").message.format(in: FormattingContext(locale: FormattingLocale(locale))) { _ in
            .string(value)
        }.text
    }

    private func html(_ value: String) -> String {
        parseMessage("[{$x}]").message.formatHTML(in: FormattingContext(locale: FormattingLocale("en"))) { _ in
            .string(value)
        }.text
    }

    @Test func whatAValueBeginsEndsWithIt() {
        #expect(text("a") == "<\u{2068}a\u{2069}>")
        #expect(text("a\u{202E}b") == "<\u{2068}a\u{202E}b\u{202C}\u{2069}>")
        #expect(text("\u{2067}a") == "<\u{2068}\u{2067}a\u{2069}\u{2069}>")
        #expect(text("\u{2067}\u{202B}a") == "<\u{2068}\u{2067}\u{202B}a\u{202C}\u{2069}\u{2069}>")
        #expect(html("a\u{202E}b") == "[<bdi>a\u{202E}b\u{202C}</bdi>]")
        // Names of people and places are written with these; they stay as they are.
        #expect(text("\u{2067}שלום\u{2069} \u{200E}x") == "<\u{2068}\u{2067}שלום\u{2069} \u{200E}x\u{2069}>")
        #expect(text("it’s\u{A0}5") == "<\u{2068}it’s\u{A0}5\u{2069}>")
    }

    @Test func whatAValueDoesNotBeginItCannotEnd() {
        #expect(text("\u{2069}\u{202E}b") == "<\u{2068}\u{202E}b\u{202C}\u{2069}>")
        #expect(text("\u{202C}b\u{2069}\u{2069}") == "<\u{2068}b\u{2069}>")
        #expect(text("\u{202E}\u{2066}\u{202C}\u{2069}") == "<\u{2068}\u{202E}\u{2066}\u{2069}\u{202C}\u{2069}>")
        #expect(html("\u{2069}\u{202E}b") == "[<bdi>\u{202E}b\u{202C}</bdi>]")
    }

    @Test func eachParagraphIsIsolated() {
        #expect(text("a\u{202E}b\r\nc") == "<\u{2068}a\u{202E}b\u{202C}\u{2069}\r\n\u{2068}c\u{2069}>")
        #expect(text("a\u{2029}\u{202E}b") == "<\u{2068}a\u{2069}\u{2029}\u{2068}\u{202E}b\u{202C}\u{2069}>")
        #expect(html("a\u{202E}b\u{85}c") == "[<bdi>a\u{202E}b\u{202C}\u{85}c</bdi>]")
    }

    /// The rules of UAX #9 for what is open (X1 to X8), over every value of a few controls.
    @Test func everyMixtureIsClosed() {
        let pieces: [Unicode.Scalar] = [
            "\u{202A}", "\u{202E}", "\u{202C}", "\u{2066}", "\u{2068}", "\u{2069}", "\u{A}", "a",
        ]
        var count = 0
        for number in 0..<(8 * 8 * 8 * 8) {
            var value = String.UnicodeScalarView()
            var rest = number
            for _ in 0..<4 {
                value.append(pieces[rest % 8])
                rest /= 8
            }
            if !isIsolated(text(String(value))) { count += 1 }
        }
        #expect(count == 0)
        #expect(!isIsolated("<\u{2068}\u{2069}\u{202E}\u{2069}>"))
        #expect(!isIsolated("<\u{2068}a\na\u{2069}>"))
    }

    /// Whether every `a` between `<` and `>` is inside of an isolate that ends before `>`, with nothing open there.
    private func isIsolated(_ text: String) -> Bool {
        var open: [Character] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x202A, 0x202E: open.append("e")
            case 0x2066, 0x2068: open.append("i")
            case 0x202C: if open.last == "e" { open.removeLast() }
            case 0x2069: if let last = open.lastIndex(of: "i") { open.removeSubrange(last...) }
            case 0x0A: open = []
            case 0x61 where !open.contains("i"): return false
            default: break
            }
            // An embedding that is not inside of an isolate reaches the message's own text.
            if open.first == "e" { return false }
        }
        return open.isEmpty
    }
}

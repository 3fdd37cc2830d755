import MessageFormat
import SourceDiagnostics
import Testing

@Suite struct LimitTests {
    private func check(
        _ source: String, _ limits: SyntaxLimits, exceeded: Bool, location: SourceLocation = #_sourceLocation
    ) {
        let ids = parseMessage(source, limits: limits).diagnostics.map { $0.id }
        #expect(ids == (exceeded ? ["mf2/limit-exceeded"] : []), sourceLocation: location)
    }

    @Test func everyLimitHolds() {
        check("abc", SyntaxLimits(bytes: 3), exceeded: false)
        check("abcd", SyntaxLimits(bytes: 3), exceeded: true)
        check(".local $a={1}.local $b={1}{{}}", SyntaxLimits(declarations: 2), exceeded: false)
        check(".local $a={1}.local $b={1}.local $c={1}{{}}", SyntaxLimits(declarations: 2), exceeded: true)
        let match = ".input {$a :string} .input {$b :string} "
        check(match + ".match $a $b * * {{}}", SyntaxLimits(selectors: 2), exceeded: false)
        check(match + ".match $a $b * * {{}} 1 1 {{}}", SyntaxLimits(variants: 2), exceeded: false)
        check(match + ".match $a $b * * {{}} 1 1 {{}} 2 2 {{}}", SyntaxLimits(variants: 2), exceeded: true)
        check("{a}{b}", SyntaxLimits(placeholders: 2), exceeded: false)
        check("{a}{b}{c}", SyntaxLimits(placeholders: 2), exceeded: true)
        check("{:f a=1 b=1}{x @a @b}", SyntaxLimits(options: 2), exceeded: false)
        check("{:f a=1 b=1 c=1}", SyntaxLimits(options: 2), exceeded: true)
        check("{x @a @b @c}", SyntaxLimits(options: 2), exceeded: true)
        let selectors = parseMessage(match + ".match $a $b $a * * * {{}}", limits: SyntaxLimits(selectors: 2))
        #expect(selectors.diagnostics.contains { $0.id == "mf2/limit-exceeded" })
        #expect(parseMessage("}}}}}}}", limits: SyntaxLimits(diagnostics: 3)).diagnostics.count == 3)
    }

    @Test func hostileTextsEndInTime() {
        let inputs = [
            String(repeating: "{", count: 100_000), String(repeating: "}", count: 100_000),
            String(repeating: "{|", count: 50_000), String(repeating: "\\", count: 99_999),
            String(repeating: "{{", count: 50_000), String(repeating: ".local $a={", count: 10_000),
            ".match " + String(repeating: "$a ", count: 50_000), String(repeating: "{#a}", count: 50_000),
            ".input {$a :string} .match $a " + String(repeating: "a {{}}", count: 20_000),
            "{:f " + String(repeating: "a=b ", count: 50_000) + "}", "{|" + String(repeating: "a", count: 200_000),
            String(repeating: "\u{2066}", count: 60_000), "{{" + String(repeating: "{a ", count: 60_000),
        ]
        for input in inputs { exercise(Array(input.utf8)) }
        let deep = parseMessage(String(repeating: "{", count: 100_000)).diagnostics
        #expect(deep.count == SyntaxLimits.standard.diagnostics)
    }

    /// Random texts made of the grammar's own characters, the same in every run.
    @Test func randomTextsNeverCrash() {
        var generator = Xorshift(state: 0x9E37_79B9_7F4A_7C15)
        let pieces = [
            "{", "}", "{{", "}}", "|", "\\", "$", ":", "#", "/", "@", "=", " ", "\n", "*", ".input", ".local", ".match",
            "a", "x", "1", "1.5", ":number", ":string", "$x", "é", "\u{200F}", "\u{3000}", "😀", "\0", "select=exact",
        ]
        for _ in 0..<4000 {
            var text = ""
            for _ in 0..<generator.next(40) { text += pieces[generator.next(pieces.count)] }
            var bytes = Array(text.utf8)
            if generator.next(4) == 0, !bytes.isEmpty {
                bytes[generator.next(bytes.count)] = UInt8(truncatingIfNeeded: generator.next(256))
            }
            exercise(bytes)
        }
    }

    /// Runs everything there is on a text: no crash, spans inside, and what has no errors survives printing.
    private func exercise(_ bytes: [UInt8]) {
        let parsed = parseMessage(bytes)
        for diagnostic in parsed.diagnostics {
            #expect(diagnostic.primary.span.start >= 0 && diagnostic.primary.span.end <= bytes.count)
        }
        let outline = parseMessageOutline(bytes)
        for diagnostic in outline.diagnostics { #expect(diagnostic.primary.span.end <= bytes.count) }
        for pattern in outline.message.patterns { #expect(pattern.place.span.end <= bytes.count) }
        let context = FormattingContext(locale: FormattingLocale("en"))
        _ = parsed.message.format(in: context) { _ in .integer(1) }
        _ = parsed.message.formatHTML(in: context) { _ in nil }
        _ = parsed.message.functionDiagnostics()
        if let selection = context.locale.language { _ = parsed.message.selectorDiagnostics(locale: selection) }
        guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else { return }
        let again = parseMessage(parsed.message.source)
        #expect(again.message == parsed.message, "\(String(decoding: bytes, as: UTF8.self))")
        #expect((try? Message(json: parsed.message.json)) == parsed.message)
    }
}

/// A small generator of the same numbers in every run.
struct Xorshift {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

import ByteText
import CanonicalJSON
import Testing

@testable import MessageFormat

/// Canonical JSON is formatted in one pass; these hold that to the reading by way of a tree.
@Suite struct CanonicalMessageTests {
    private let sources = [
        "", "words alone", #"tab\\t and “quotes” and \{braces\}"#, "{$user.first_name}, hello",
        "Hi {$n :number minimumFractionDigits=2 a=$b @x @y=|z|} {#b /}", "{#a id=|1| @k}x{/a @k=|2|}",
        "{|a \"quoted\" \\| literal|} {:date}", "{$x @placard:escape=url} {$y @placard:escape=link}",
        "{$a :ns:f ns:o=1 u:dir=rtl}", "{$é} {||} \u{1}\u{1F}\n\r\u{8}\u{C}", "😀{$x}日本語{$x}عربي",
        ".input {$x :string} .local $y = {1} .match $x a {{A {$y}}} * {{}}",
        ".input {$a :number} .input {$b :string} .match $a $b one |x y| {{1}} * * {{{$a}}}",
        ".local $a = {$b :number} {{{$a} {$b}}}",
    ]

    private let context = FormattingContext(locale: FormattingLocale("ar"), allowsLink: { $0.hasPrefix("https:") })

    private func value(_ name: String) -> MessageValue? {
        switch name {
        case "x": .string("https://a.example/<b>&\"c\"")
        case "a", "n": .integer(1)
        case "user.first_name": .string("Zoë")
        default: nil
        }
    }

    /// What reading by way of a tree gives, or what it says.
    private func read(_ json: [UInt8]) -> Result<Message, DataModelError> {
        let value: JSONValue
        do throws(JSONParseError) { value = try JSONValue(parsing: json) } catch {
            return .failure(DataModelError(path: "", message: "byte \(error.offset): \(error.message)"))
        }
        return Result { () throws(DataModelError) in try Message(json: value) }
    }

    private func check(_ json: [UInt8], location: SourceLocation = #_sourceLocation) {
        let comment = Comment(rawValue: String(decoding: json, as: UTF8.self))
        let expected = read(json)
        #expect(
            Result { () throws(DataModelError) in try Message(parsing: json) } == expected, comment,
            sourceLocation: location)
        let start = Array("before".utf8)
        let (plain, plainError) = appended(to: start) { output throws(DataModelError) in
            try Message.appendText(parsing: json, to: &output, in: context, values: value)
        }
        let (html, htmlError) = appended(to: start) { output throws(DataModelError) in
            try Message.appendHTML(parsing: json, to: &output, in: context, values: value)
        }
        let text = Result { () throws(DataModelError) in
            try Message.text(parsing: json, in: context, values: value)
        }
        switch expected {
        case .success(let message):
            #expect(plain == start + message.format(in: context, values: value).text.utf8, comment)
            #expect(html == start + message.formatHTML(in: context, values: value).text.utf8, comment)
            #expect((try? text.get()).map { Array($0.utf8) } == Array(plain.dropFirst(start.count)), comment)
        case .failure(let error):
            #expect(plain == start && html == start, comment)
            #expect(throws: error) { try plainError.get() }
            #expect(throws: error) { try htmlError.get() }
            #expect(throws: error) { try text.get() }
        }
    }

    private func appended(
        to start: [UInt8], _ append: (inout ByteBuffer) throws(DataModelError) -> Void
    ) -> (bytes: [UInt8], result: Result<Void, DataModelError>) {
        var buffer = ByteBuffer(capacity: 0)
        buffer.append(contentsOf: start[...])
        do throws(DataModelError) { try append(&buffer) } catch { return (buffer.bytes, .failure(error)) }
        return (buffer.bytes, .success(()))
    }

    @Test func canonicalFormsAreFormattedAsTheLongWayDoes() {
        for source in sources {
            let message = parseMessage(source).message
            for json in [message.json, message.bundleJSON] { check(json.canonicalBytes) }
        }
    }

    @Test(arguments: [
        "", "{}", "3", "\"", "\"a", "\"a\"b", #""\ud83d\ude00 \u0041 \/""#, #""\u00e9""#, #"{"declarations":[]}"#,
        #"{"type":"message","pattern":["a"],"declarations":[]}"#,
        #" {"declarations":[], "pattern":[],"type":"message"}"#,
        #"{"declarations":[],"pattern":["a",],"type":"message"}"#,
        #"{"declarations":[],"pattern":[,"a"],"type":"message"}"#,
        #"{"declarations":[],"pattern":["a" "b"],"type":"message"}"#,
        #"{"declarations":[],"pattern":["a"],"type":"message"} "#,
        #"{"declarations":[],"pattern":["a"],"type":"message"}x"#,
        #"{"declarations":[],"pattern":[1],"type":"message"}"#,
        #"{"declarations":[],"pattern":["a",{"type":"expression"}],"type":"message"}"#,
        #"{"declarations":[],"pattern":["a",{"arg":{"name":"1","type":"variable"},"type":"expression"}],"type":"message"}"#,
        #"{"declarations":[],"pattern":[{"attributes":{"a":true,"a":true},"kind":"open","name":"b","type":"markup"}],"type":"message"}"#,
        #"{"declarations":[],"pattern":[{"function":{"name":"f","options":{"1":{"name":"x","type":"variable"}},"type":"function"},"type":"expression"}],"type":"message"}"#,
        #"{"declarations":[{"name":"x","type":"input","value":{"arg":{"name":"y","type":"variable"},"type":"expression"}}],"pattern":[],"type":"message"}"#,
    ])
    func otherFormsAreReadOrRefusedAsTheLongWayDoes(_ json: String) {
        check(Array(json.utf8))
    }

    /// Bytes changed, left out, doubled and cut off: what is read stays the same, and so does what is refused.
    @Test func damagedMessagesAreReadOrRefusedAsTheLongWayDoes() {
        var generator = Xorshift(state: 0x2545_F491_4F6C_DD1D)
        let canonical = sources.map { parseMessage($0).message.json.canonicalBytes }
        for _ in 0..<3000 {
            var bytes = canonical[generator.next(canonical.count)]
            let place = generator.next(bytes.count)
            switch generator.next(4) {
            case 0: bytes[place] = UInt8(generator.next(128))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[generator.next(bytes.count)], at: place)
            default: bytes.removeSubrange(place...)
            }
            // A change in the middle of a character makes no UTF-8, of which the text is not looked at.
            guard String(validating: bytes, as: UTF8.self) != nil else { continue }
            check(bytes)
        }
    }

    @Test func limitsHoldForCanonicalMessages() {
        let message = parseMessage("{1}{2}{:f a=1 b=2}").message
        let bytes = message.json.canonicalBytes
        #expect((try? Message(parsing: bytes, limits: SyntaxLimits(elements: 3))) == message)
        for limits in [SyntaxLimits(elements: 2), SyntaxLimits(options: 1)] {
            #expect(throws: DataModelError.self) { try Message(parsing: bytes, limits: limits) }
        }
    }
}

import CanonicalJSON
import MessageFormat
import Testing

@Suite struct DataModelTests {
    private func checkJSON(_ source: String, _ expected: String, location: SourceLocation = #_sourceLocation) throws {
        let message = parseMessage(source).message
        #expect(message.json.canonicalString == expected, sourceLocation: location)
        #expect(try Message(json: message.json) == message, sourceLocation: location)
    }

    @Test func messagesAreWrittenAsTheDataModel() throws {
        try checkJSON(
            #"Hi {$n :number minimumFractionDigits=2 a=$b @x @y=|z|} {#b /}"#,
            #"{"declarations":[],"pattern":["Hi ",{"arg":{"name":"n","type":"variable"},"attributes":{"x":true,"y":{"type":"literal","value":"z"}},"function":{"name":"number","options":{"a":{"name":"b","type":"variable"},"minimumFractionDigits":{"type":"literal","value":"2"}},"type":"function"},"type":"expression"}," ",{"kind":"standalone","name":"b","type":"markup"}],"type":"message"}"#
        )
        try checkJSON(
            ".input {$x :string} .local $y = {1} .match $x a {{A}} * {{}}",
            #"{"declarations":[{"name":"x","type":"input","value":{"arg":{"name":"x","type":"variable"},"function":{"name":"string","type":"function"},"type":"expression"}},{"name":"y","type":"local","value":{"arg":{"type":"literal","value":"1"},"type":"expression"}}],"selectors":[{"name":"x","type":"variable"}],"type":"select","variants":[{"keys":[{"type":"literal","value":"a"}],"value":["A"]},{"keys":[{"type":"*"}],"value":[]}]}"#
        )
    }

    @Test func textAloneIsAString() throws {
        #expect(parseMessage("a \\{b\\}").message.bundleJSON == "a {b}")
        #expect(parseMessage("{$a}").message.bundleJSON["type"] == "message")
        #expect(try Message(json: "a {b}") == Message(body: .pattern(Pattern([.text("a {b}")]))))
        #expect(try Message(json: "").patterns == [Pattern()])
    }

    @Test(arguments: [
        ("{}", "/declarations"), (#"{"declarations":[]}"#, "/type"), ("3", "/declarations"),
        (#"{"declarations":[],"type":"message"}"#, "/pattern"),
        (#"{"declarations":[],"type":"message","pattern":[1]}"#, "/pattern/0/type"),
        (#"{"declarations":[],"type":"message","pattern":[{"type":"expression"}]}"#, "/pattern/0"),
        (
            #"{"declarations":[],"type":"message","pattern":[{"type":"expression","arg":{"type":"variable","name":"1"}}]}"#,
            "/pattern/0/arg/name"
        ),
        (
            #"{"declarations":[],"type":"message","pattern":[{"type":"markup","kind":"x","name":"b"}]}"#,
            "/pattern/0/kind"
        ),
        (
            #"{"declarations":[],"type":"select","selectors":[],"variants":[{"keys":[1],"value":[]}]}"#,
            "/variants/0/keys/0/type"
        ),
        (
            #"{"declarations":[{"type":"input","name":"x","value":{"type":"expression","arg":{"type":"variable","name":"y"}}}],"type":"message","pattern":[]}"#,
            "/declarations/0/value/arg"
        ),
    ])
    func defectsOfTheDataModelHaveAPath(_ json: String, _ path: String) throws {
        let value = try JSONValue(parsing: Array(json.utf8))
        #expect(performing: { try Message(json: value) }, throws: { ($0 as? DataModelError)?.path == path })
    }

    @Test(arguments: [
        ("a", "a"), ("{ $x   :number  a = |b| }", "{$x :number a=b}"), ("{|a b| @c=|d e|}", "{|a b| @c=|d e|}"),
        ("{#b a=1/}", "{#b a=1 /}"), ("{/b}", "{/b}"), (#"\{\\\}|"#, #"\{\\\}|"#), ("{{.a}}", "{{.a}}"),
        (" {{.a}}", "{{.a}}"), ("{{{$x}}}", "{$x}"), (".input{$x}{{a}}", ".input {$x}\n{{a}}"),
        (
            ".input{$x :string}.match $x a{{1}}|b c|{{2}}*{{3}}",
            ".input {$x :string}\n.match $x\na {{1}}\n|b c| {{2}}\n* {{3}}"
        ),
        (#"{|\||}"#, #"{|\||}"#), ("{||}", "{||}"),
    ])
    func messagesAreWrittenAsSource(_ written: String, _ expected: String) {
        let message = parseMessage(written).message
        #expect(message.source == expected)
        #expect(parseMessage(message.source).message == message)
    }
}

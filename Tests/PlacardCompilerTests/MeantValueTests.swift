import PlacardCompiler
import SourceDiagnostics
import Testing

// What a value was meant to be, where its marks, commas, colons or braces say something else. Each is one diagnostic, and after the
// first fix the message has none and says what was meant.

private struct Slip: Sendable, CustomTestStringConvertible {
    /// What is replaced in a sound message, and by what.
    var old: String
    var new: String
    /// Id and message of the one diagnostic.
    var finding: String
    /// The line that the first fix makes; nil where there is none.
    var fixed: String?

    init(_ old: String, _ new: String, _ finding: String, _ fixed: String?) {
        self.old = old
        self.new = new
        self.finding = finding
        self.fixed = fixed
    }

    var testDescription: String { new }
}

private let sound = message(
    """
    audience: user.country == "US"
    actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: Stay, dismiss: true}]
    variables:
      user.first_name: {fallback: friend}
    """, body: "Hello {$user.first_name}.\n")

private func check(_ slip: Slip, notes: [String] = []) {
    let content = sound.replacing(slip.old, with: slip.new)
    #expect(content != sound)
    let source = project(["content/a.md": content])
    let compilation = compile(source)
    #expect(compilation.diagnostics.map { "\($0.id): \($0.message)" } == [slip.finding])
    let trials = FixItTrial.all(in: source, compilation)
    for trial in trials { #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))") }
    #expect(trials.allSatisfy { $0.fixIt.applicability == .unsafe })
    let before = content.split(separator: "\n")
    let lines = trials.first.map { trial in
        String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self).split(separator: "\n")
            .filter { !before.contains($0) }.joined(separator: "\n")
    }
    #expect(lines == slip.fixed)
    if let first = trials.first { #expect(first.after.diagnostics.isEmpty) }
}

@Suite struct MeantValueTests {
    private static let whole = #"audience: user.country == "US""#

    @Test(arguments: [
        Slip(
            whole, #"audience: "user.country" == "US""#,
            "yaml/unquoted-value: the expression needs quotes: text follows the closing quotation mark",
            #"audience: 'user.country == "US"'"#),
        Slip(
            whole, #"audience: '"user.country" == "US"'"#,
            "cel/constant-condition: this reads no attribute, and is never true",
            #"audience: 'user.country == "US"'"#),
        Slip(
            whole, #"audience: '"user.country" in ["US"] && user.orders_count > 3'"#,
            "cel/constant-condition: this reads no attribute, and is the same for everyone",
            #"audience: 'user.country in ["US"] && user.orders_count > 3'"#),
        Slip(
            whole, #"audience: '!("user.country" == "US")'"#,
            "cel/constant-condition: this reads no attribute, and is the same for everyone",
            #"audience: '!(user.country == "US")'"#),
        Slip(
            whole, #"audience: '"user.country".startsWith("U")'"#,
            "cel/constant-condition: this reads no attribute, and is the same for everyone",
            #"audience: 'user.country.startsWith("U")'"#),
        Slip(
            whole, #"audience: '"user.orders_count" > 3'"#,
            "cel/no-matching-overload: `>` cannot compare a string with an int",
            "audience: 'user.orders_count > 3'"),
        Slip(
            whole, #"audience: "user.orders_count" > 3"#,
            "yaml/unquoted-value: the expression needs quotes: text follows the closing quotation mark",
            "audience: 'user.orders_count > 3'"),
        Slip(
            whole, "audience: user.country == user.country",
            "cel/constant-condition: this compares an attribute with itself, and is true for everyone", nil),
        Slip(
            whole, #"audience: user.country != "US" || user.country != "CA""#,
            "cel/constant-condition: `user.country` always differs from one of these, so this is true for everyone",
            #"audience: 'user.country != "US" && user.country != "CA"'"#),
        Slip(
            whole, "audience: user.first_name",
            "cel/wrong-result-type: a condition must be true or false, and this is a string",
            #"audience: "has(user.first_name)""#),
        Slip(
            whole, "audience: 1 == 1", "cel/constant-condition: this reads no attribute, and is the same for everyone",
            nil),
        Slip(
            whole, "audience: user.orders_count > 3 || 'a' != 'b'",
            "cel/constant-condition: this reads no attribute, and is true for everyone", nil),
        Slip(
            whole, #"audience: and(user.country == "US", user.orders_count > 3)"#,
            "cel/undeclared-function: there is no function `and`",
            #"audience: 'user.country == "US" && user.orders_count > 3'"#),
        Slip(
            whole, #"audience: '!or(user.country == "US", user.orders_count > 3)'"#,
            "cel/no-matching-overload: `or` cannot take a bool (true or false) and a bool (true or false)",
            #"audience: '!(user.country == "US" || user.orders_count > 3)'"#),
    ])
    private func aConditionReadsSomething(_ slip: Slip) { check(slip) }

    @Test func aMacroOverWrittenValuesReadsTheAttribute() {
        let condition = #"audience: '["US", "CA"].exists(c, c == user.country) && user.segments.all(s, s != "x")'"#
        check(["content/a.md": message(condition)], [])
    }

    @Test(arguments: [
        Slip(
            "user.first_name: {fallback: friend}", "user.first_name: fallback: friend",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            "  user.first_name: {fallback: friend}"),
        Slip(
            "variables:\n  user.first_name: {fallback: friend}", "variables: user.first_name: fallback: friend",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            "variables: {user.first_name: {fallback: friend}}"),
        Slip(
            "variables:\n  user.first_name: {fallback: friend}", "variables: {user.first_name: fallback: friend}",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            "variables: {user.first_name: {fallback: friend}}"),
        Slip(
            "trigger: {event: session_start}", "trigger: event: session_start",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            "trigger: {event: session_start}"),
        Slip(
            "user.first_name: {fallback", "user.first_name:{fallback",
            "yaml/missing-colon: a space is missing after the colon of `user.first_name`",
            "  user.first_name: {fallback: friend}"),
        Slip(
            "user.first_name: {fallback: friend}", "user.first_name:\n  fallback: friend",
            "schema/misplaced-key: `fallback` belongs under `user.first_name`", "    fallback: friend"),
        Slip(
            "{fallback: friend}", "fallback = friend",
            "schema/wrong-type: `user.first_name` must be keys and values, and is text",
            "  user.first_name: {fallback: friend}"),
        Slip(
            "{fallback: friend}", #""fallback: friend""#,
            "schema/wrong-type: `user.first_name` must be keys and values, and is text",
            "  user.first_name: {fallback: friend}"),
        Slip(
            "title: Hello", "title: title: Hello",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key", "title: Hello"),
        Slip(
            "label: Stay", "label: label: Stay",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            #"actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: Stay, dismiss: true}]"#),
    ])
    private func aKeyInAValueIsNoText(_ slip: Slip) { check(slip) }

    private static let around = "yaml/visible-quotes: the quotation marks around the value are a part of it"

    @Test(arguments: [
        Slip("title: Hello", "title: “Hello”", around, #"title: "Hello""#),
        Slip("title: Hello", #"title: “Hello""#, around, #"title: "Hello""#),
        Slip("title: Hello", "title: „Hello“", around, #"title: "Hello""#),
        Slip("title: Hello", "title: »Hello«", around, #"title: "Hello""#),
        Slip("title: Hello", "title: « Hello »", around, #"title: "Hello""#),
        Slip("title: Hello", "title: ‘Don’t go’", around, #"title: "Don’t go""#),
        Slip(
            "label: Stay", "label: “Stay”", around,
            #"actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: "Stay", dismiss: true}]"#
        ),
        Slip(
            #""https://www.example.com/""#, "“https://www.example.com/”", around,
            #"actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: Stay, dismiss: true}]"#),
        Slip("event: session_start", "event: “session_start”", around, #"trigger: {event: "session_start"}"#),
        Slip("template: note", "template: “note”", around, #"template: "note""#),
        Slip(
            "title: Hello", "title: {$user.country}, hello'",
            "yaml/unquoted-value: the value needs quotes: `{` begins a mapping", #"title: "{$user.country}, hello""#),
        Slip(
            "title: Hello", "title: Hello: you'",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            #"title: "Hello: you""#),
        Slip(
            "title: Hello", "title: Hello: “you",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            #"title: "Hello: “you""#),
        Slip(
            "title: Hello", "title: @hello”",
            "yaml/unquoted-value: the value needs quotes: `@` is reserved in YAML and cannot begin a value",
            #"title: "@hello""#),
        Slip(
            "trigger: {event: session_start}", "trigger: {event: session_start}priority: 90",
            "yaml/indentation: `priority` begins on the line of another key",
            "trigger: {event: session_start}\npriority: 90"),
        Slip(
            "title: Hello", #"title: “Hello: you""#,
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            #"title: "Hello: you""#),
        Slip(
            "label: Stay", "label: “Stay, please”",
            "yaml/unquoted-value: the value needs quotes: a comma ends a value in `{ }`",
            #"actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: "Stay, please", dismiss: true}]"#
        ),
        Slip(
            "title: Hello", #"title: "Hello”"#,
            "yaml/unclosed-quote: the quotation mark `\"` is not closed on its line", #"title: "Hello""#),
        Slip(
            "title: Hello", "title: “Hello",
            "yaml/visible-quotes: the quotation mark `“` has no partner, and is a part of the value", nil),
        Slip(
            "title: Hello", #"title: Hello""#,
            "yaml/visible-quotes: the quotation mark `\"` has no partner, and is a part of the value", nil),
    ])
    private func marksAroundAValueAreQuotes(_ slip: Slip) {
        var slip = slip
        // What is left is the sound line itself.
        if slip.fixed == nil { slip.fixed = "title: Hello" }
        check(slip)
    }

    @Test(arguments: [
        "“Hello” she said", "He said “hello”", "What’s new", "The Joneses’", "’tis the season", "A 10\"",
        "Rock ’n’ roll",
        "“A” and “B”", "「新機能」", "user's",
    ])
    func marksOfAPartAreLeftAlone(_ title: String) {
        check(["content/a.md": message().replacing("title: Hello", with: "title: \(title)")], [])
    }

    @Test func marksThatReadersAreToSeeStandInStraightOnes() {
        let source = project(["content/a.md": message().replacing("title: Hello", with: "title: “Hello”")])
        let trials = FixItTrial.all(in: source)
        #expect(trials.map(\.fixIt.title) == ["write straight marks", "keep what is there, in straight marks"])
        #expect(trials.last.flatMap { readersTexts($0.after) } == readersTexts(compile(source)))
        #expect(trials.last?.after.diagnostics.isEmpty == true)
    }

    private static let actions =
        #"actions: [{id: go, label: Go, url: "https://www.example.com/"}, {id: stay, label: Stay, dismiss: true}]"#

    @Test(arguments: [
        Slip("\"}, {id", "\"} {id", "yaml/missing-comma: a comma is missing between two entries", actions),
        Slip(
            "id: stay, label", "id: stay label",
            "yaml/missing-comma: no comma stands before `label`, which begins the next entry", actions),
        Slip(
            "label: Stay, dismiss", "label: Stay dismiss",
            "yaml/missing-comma: no comma stands before `dismiss`, which begins the next entry", actions),
        Slip(
            "label: Stay, dismiss", "label: Stay; dismiss",
            "yaml/missing-comma: no comma stands before `dismiss`, which begins the next entry", actions),
        Slip(
            #"label: Go, url"#, #"label: "Go" url"#, "yaml/missing-comma: a comma is missing between two entries",
            actions.replacing("label: Go", with: #"label: "Go""#)),
        Slip("true}]", "true}", "yaml/unclosed-bracket: `[` is never closed", actions),
        Slip("true}]", "true]", "yaml/unclosed-bracket: `]` does not close `{`", actions),
        Slip("\"}, {id", "\", {id", "yaml/unclosed-bracket: `]` does not close `{`", actions),
        Slip(
            "{event: session_start}", "{event: session_start", "yaml/unclosed-bracket: `{` is never closed",
            "trigger: {event: session_start}"),
        Slip(
            "{event: session_start}", "{event：session_start}",
            "yaml/missing-colon: U+FF1A FULLWIDTH COLON does not end a key", "trigger: {event: session_start}"),
        Slip(
            actions,
            "actions:\n  - {id: go, label: Go, dismiss: true},\n  - {id: stay, label: Stay, dismiss: true}",
            "yaml/syntax: a comma stands after the value", "  - {id: go, label: Go, dismiss: true}"),
        Slip(
            "{event: session_start}", "{event session_start}", "yaml/missing-colon: no colon stands after `event`",
            "trigger: {event: session_start}"),
        Slip(
            "{event: session_start}", "{event:session_start}}",
            "yaml/missing-colon: a space is missing after the colon of `event:session_start`",
            "trigger: {event: session_start}"),
    ])
    private func whatIsMissingInBracketsIsNamed(_ slip: Slip) { check(slip) }
}

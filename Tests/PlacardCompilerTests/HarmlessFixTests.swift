import PlacardCompiler
import SourceDiagnostics
import Testing

// What authors write, and what the file is after the fix that they are offered.

private let template = """
    description: For tests
    surface: card
    dismiss: [button]
    fields:
      title: {type: text, required: true}
      body: {type: markdown}
    actions: {min: 0, max: 2}

    """

/// The fix-its of a message's diagnostics, each with its kind and the lines of front matter and body after it.
private func fixes(_ content: String, placard: String = baseProject) -> [String] {
    let source = project([
        "templates/plain/template.yaml": template, "content/a.md": content, "placard.yaml": placard,
    ])
    return FixItTrial.all(in: source).map { trial in
        #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))")
        let before = content.split(separator: "\n")
        let after = String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self).split(separator: "\n")
        return trial.kind + ": " + after.filter { !before.contains($0) }.joined(separator: " ⏎ ")
    }
}

private func plain(_ lines: String = "", body: String = "Hello.") -> String {
    "---\ntemplate: plain\ntitle: Hello\ntrigger: {event: session_start}\n\(lines.isEmpty ? "" : lines + "\n")---\n\(body)\n"
}

private struct FixCase: Sendable, CustomTestStringConvertible {
    var content: String
    var fixes: [String]
    var testDescription: String { content }

    init(_ content: String, _ fixes: [String]) {
        self.content = content
        self.fixes = fixes
    }
}

private func titled(_ value: String) -> String { plain().replacing("title: Hello", with: "title: " + value) }

@Suite struct HarmlessFixTests {
    /// Marks that a value begins and ends with are YAML's.
    @Test(arguments: [
        FixCase(titled("'Don't miss it'"), ["safe: title: \"Don't miss it\""]),
        FixCase(titled("\"Say \"cheese\"\""), ["safe: title: 'Say \"cheese\"'"]),
        FixCase(titled("'It's here' # comment"), ["safe: title: \"It's here\" # comment"]),
        FixCase(titled("'It''s Zoë's'"), ["safe: title: \"It's Zoë's\""]),
        FixCase(titled("\"A \"b\" and \"c\".\""), ["safe: title: 'A \"b\" and \"c\".'"]),
        // Whose marks these are, nobody can tell.
        FixCase(titled("\"Hello\" and \"bye\""), ["likely: title: '\"Hello\" and \"bye\"'"]),
        FixCase(titled("\"Hello\" world"), ["safe: title: '\"Hello\" world'"]),
        FixCase(
            plain("audience: \"US\" in user.segments || user.country == \"US\""),
            ["safe: audience: '\"US\" in user.segments || user.country == \"US\"'"]),
        FixCase(plain("audience: 'user.country == 'US''"), ["safe: audience: \"user.country == 'US'\""]),
    ])
    private func marksAroundAValueAreYAMLs(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    /// A mark of another kind at the end was meant as the closing one.
    @Test(arguments: [
        FixCase(titled("\"Tschüss”"), ["likely: title: \"Tschüss\""]), FixCase(titled("'T\""), ["likely: title: 'T'"]),
        FixCase(titled("'Tschüss’ # bye"), ["likely: title: 'Tschüss' # bye"]),
        FixCase(titled("\"T'"), ["likely: title: \"T\""]), FixCase(titled("\"Don't”"), ["likely: title: \"Don't\""]),
        FixCase(titled("\"Say “hi”"), ["likely: title: \"Say “hi”\""]),
        FixCase(titled("\"T"), ["likely: title: \"T\""]),
        FixCase(titled("\"T\"\""), ["likely: title: \"T\""]), FixCase(titled("\"\"T\""), ["likely: title: \"T\""]),
        FixCase(
            plain("actions: [{id: go, label: \"Los”, dismiss: true}]"),
            ["likely: actions: [{id: go, label: \"Los\", dismiss: true}]"]),
        // An anchor that nothing repeats is a word of the text.
        FixCase(titled("&Hi"), ["safe: title: \"&Hi\""]), FixCase(titled("&Hi there"), ["safe: title: \"&Hi there\""]),
        FixCase(titled("[Hi]"), ["likely: title: \"[Hi]\""]),
    ])
    private func marksAndSignsOfYAMLAreNoneOfAText(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    @Test(arguments: [
        FixCase(plain(body: "<ul><li>a</li><li>b</li></ul>"), ["likely: - a ⏎ - b"]),
        FixCase(plain(body: "<ol><li>a</li><li>b</li></ol> more"), ["likely: 1. a ⏎ 2. b ⏎ more"]),
        FixCase(plain(body: "<ul>\n  <li><b>a</b> x</li>\n  <li>b</li>\n</ul>"), ["likely: - **a** x ⏎ - b"]),
        FixCase(plain(body: "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"), ["likely: - a ⏎   - b ⏎ - c"]),
        FixCase(plain(body: "<h2>A</h2><p>b</p><p>c<br>d</p>"), ["likely: ## A ⏎ b ⏎ c\\ ⏎ d"]),
        FixCase(plain(body: "See:<ul><li>a</li><li>b</li></ul>"), ["likely: See: ⏎ - a ⏎ - b"]),
        FixCase(
            plain(body: "<ul><li>{$user.country}</li><li>\\{b\\}</li></ul>"), ["likely: - {$user.country} ⏎ - \\{b\\}"]),
        // Readers would see the tags of what Markdown has not.
        FixCase(plain(body: "<img src=\"a.png\">"), []), FixCase(plain(body: "Hi <img src=\"a.png\"> you"), []),
        FixCase(plain(body: "<table><tr><td>x</td></tr></table>"), []), FixCase(plain(body: "Hello <you>"), []),
    ])
    private func tagsBecomeMarkdown(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    @Test(arguments: [
        // A second key is no text.
        FixCase(
            "---\ntemplate: plain title: Hello\ntrigger: {event: session_start}\n---\nHello.\n",
            ["likely: template: plain ⏎ title: Hello"]),
        FixCase(titled("Sale: now on"), ["safe: title: \"Sale: now on\""]),
        // Braces in a list or mapping in brackets.
        FixCase(
            plain("actions: [{id: go, label: Go, url: starling://orders/{$user.country}}]"),
            ["likely: actions: [{id: go, label: Go, url: \"starling://orders/{$user.country}\"}]"]),
        FixCase(plain("audience: user.plan: == \"US\""), []),
    ])
    private func aValueThatYAMLCannotReadIsQuotedAsFarAsItGoes(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    @Test(arguments: [
        FixCase(plain("rollout: 0.25"), ["likely: rollout: 25%"]),
        FixCase(plain("rollout: 0.5"), ["likely: rollout: 50%"]),
        FixCase(plain("rollout: 25"), ["likely: rollout: 25%"]),
        FixCase(plain("rollout: 1"), []),
        FixCase(plain("schedule: {start: 2026-03-01 09:00, timezone: GMT+2}"), []),
        FixCase(plain("schedule: {start: 2026-03-01 09:00, timezone: \"+02:00\"}"), []),
        FixCase(
            plain("schedule: {start: 2026-03-01 09:00, timezone: PST}"),
            ["likely: schedule: {start: 2026-03-01 09:00, timezone: America/Los_Angeles}"]),
        FixCase(
            plain("schedule: {start: 2026-03-01 09:00, timezone: Paris}"),
            ["likely: schedule: {start: 2026-03-01 09:00, timezone: Europe/Paris}"]),
        FixCase(plain("schedule: {end: 2026-12-24}"), ["likely: schedule: {end: \"2026-12-25 00:00\"}"]),
        FixCase(plain("schedule: {end: 2026-12-31}"), ["likely: schedule: {end: \"2027-01-01 00:00\"}"]),
        FixCase(plain("schedule: {start: 2026-12-24}"), ["likely: schedule: {start: \"2026-12-24 00:00\"}"]),
        FixCase(
            plain().replacing("{event: session_start}", with: "{events: [session_start]}"),
            ["likely: trigger: {event: session_start}"]),
    ])
    private func aValueKeepsWhatItMeant(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    @Test(arguments: [
        FixCase(plain(body: "See www.example.com/x for more."), ["likely: See https://www.example.com/x for more."]),
        FixCase(
            plain(body: "See http://www.example.com/x for more."), ["likely: See https://www.example.com/x for more."]),
        FixCase(plain(body: "See [it][x].\n\n[x]: http://www.example.com/x"), []),
        FixCase(plain(body: "You have {$user.orders_count orders."), ["likely: You have {$user.orders_count} orders."]),
        FixCase(
            plain(body: "You have {$user.orders_count :number"),
            ["likely: You have {$user.orders_count :number}"]),
        FixCase(plain(body: "You have $user.orders_count} orders."), ["likely: You have {$user.orders_count} orders."]),
        FixCase(titled("You have $user.orders_count}"), ["likely: title: You have {$user.orders_count}"]),
        FixCase(plain(body: "Sizes { S to XL."), ["likely: Sizes \\{ S to XL."]),
        FixCase(plain(body: "The set is 1, 2}"), ["likely: The set is 1, 2\\}"]),
        FixCase(plain(body: "This is {#stong}it{/stong}."), ["likely: This is {#strong}it{/strong}."]),
    ])
    private func aTextSaysWhatItMeant(_ example: FixCase) {
        #expect(fixes(example.content) == example.fixes)
    }

    /// A fix-it is offered though the value has another mistake, which it did not make.
    @Test func aMistakeBehindTheYAMLIsNoReasonNotToMendTheYAML() {
        let source = project([
            "templates/plain/template.yaml": template, "content/a.md": plain("audience: !user.premium"),
        ])
        let fixIts = compile(source).diagnostics.filter { $0.id == "yaml/unquoted-value" }.flatMap(\.fixIts)
        #expect(fixIts.map { $0.edits.map(\.replacement) } == [["\"!user.premium\""]])
    }

    @Test(arguments: [
        ("rollout: 010%", [String]()), ("priority: 010", ["likely: priority: 10"]),
        ("title: 010", ["safe: title: \"010\""]), ("accent: #ff0000 # red", ["likely: accent: \"#ff0000\" # red"]),
    ])
    func aNumberStaysANumberAndATextAText(line: String, expected: [String]) {
        let message =
            line.hasPrefix("title") ? plain().replacing("title: Hello", with: line) : plain(line)
        let accented = template.replacing("  body:", with: "  accent: {type: color}\n  body:")
        let source = project(["templates/plain/template.yaml": accented, "content/a.md": message])
        let trials = FixItTrial.all(in: source)
        for trial in trials { #expect(trial.complaints.isEmpty, "\(trial.complaints)") }
        let fixes = trials.map { trial in
            let after = String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self).split(separator: "\n")
            return trial.kind + ": " + after.filter { !message.split(separator: "\n").contains($0) }.joined()
        }
        #expect(fixes == expected)
    }

    /// What would not help is not offered.
    @Test(arguments: [
        "audience: user.country == 3", "audience: user.country == \"U\\S\"", "true: 5",
    ])
    func aFixThatBringsAnotherErrorIsNotOffered(line: String) {
        let found = compile(project(["templates/plain/template.yaml": template, "content/a.md": plain(line)]))
            .diagnostics
        #expect(!found.isEmpty)
        #expect(found.flatMap(\.fixIts).isEmpty)
    }
}

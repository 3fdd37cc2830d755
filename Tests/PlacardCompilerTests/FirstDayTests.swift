import PlacardCompiler
import SourceDiagnostics
import Testing

// Slips of a first day: keys and values as other tools have them, at the wrong level or in the wrong shape. Each is one diagnostic,
// and where it is certain what was meant, the file is right after the fix.

private struct Slip: Sendable, CustomTestStringConvertible {
    /// Lines of front matter.
    var lines: String
    /// Id and message of the one diagnostic.
    var finding: String
    /// The lines that the likeliest fix makes; nil where there is none.
    var fixed: String?

    init(_ lines: String, _ finding: String, _ fixed: String? = nil) {
        self.lines = lines
        self.finding = finding
        self.fixed = fixed
    }

    var testDescription: String { lines }
}

/// A slip is one diagnostic, and after the fix, if there is one, the message has none.
private func check(_ slip: Slip, in content: String) {
    let source = project(["content/a.md": content, "content/cup.gif": tinyGIF])
    let compilation = compile(source)
    let found = compilation.diagnostics.filter { $0.id != "image/unused" }
    #expect(found.map { "\($0.id): \($0.message)" } == [slip.finding])
    let trials = FixItTrial.all(in: source, compilation)
    for trial in trials { #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))") }
    let before = content.split(separator: "\n")
    let lines = trials.first.map { trial in
        String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self).split(separator: "\n")
            .filter { !before.contains($0) }.joined(separator: "\n")
    }
    #expect(lines == slip.fixed)
}

@Suite struct FirstDayTests {
    private static let event = "session_start"
    private static func action(_ text: String) -> String { "actions: [{id: go, label: Go, \(text)}]" }

    @Test(arguments: [
        Slip(
            action("link: \"https://www.example.com/a\""), "schema/unknown-key: an action has no key `link`",
            action("url: \"https://www.example.com/a\"")),
        Slip(
            "actions: [{id: go, text: Go, dismiss: true}]", "schema/unknown-key: an action has no key `text`",
            action("dismiss: true")),
        Slip(
            "buttons: [{id: go, label: Go, dismiss: true}]", "schema/unknown-key: a note has no key `buttons`",
            action("dismiss: true")),
        Slip(
            "button: {id: go, label: Go, dismiss: true}", "schema/unknown-key: a note has no key `button`",
            action("dismiss: true")),
        Slip(action("close: true"), "schema/unknown-key: an action has no key `close`", action("dismiss: true")),
        Slip(action("action: dismiss"), "schema/unknown-key: an action has no key `action`", action("dismiss: true")),
        Slip(
            "image: {url: cup.gif, alt: A cup}", "schema/unknown-key: an image has no key `url`",
            "image: {src: cup.gif, alt: A cup}"),
        Slip(
            "schedule: {start_date: 2030-01-01 09:00}", "schema/unknown-key: a schedule has no key `start_date`",
            "schedule: {start: 2030-01-01 09:00}"),
        Slip(
            "targeting: user.country == \"US\"", "schema/unknown-key: a note has no key `targeting`",
            "audience: user.country == \"US\""),
        Slip(
            "variables: {user.first_name: {default: you}}", "schema/unknown-key: a variable has no key `default`",
            "variables: {user.first_name: {fallback: you}}"),
        Slip("id: a", "schema/unknown-key: a note has no key `id`", ""),
        Slip("language: en # English", "schema/unknown-key: a note has no key `language`", ""),
        Slip("body: Hello.", "schema/unknown-key: a note has no key `body`"),
        Slip("draft: true", "schema/unknown-key: a note has no key `draft`"),
    ])
    private func wordsOfOtherToolsAreKnown(_ slip: Slip) {
        check(slip, in: message(slip.lines))
    }

    @Test func aTemplateUnderAnotherNameIsOneFinding() {
        check(
            Slip("", "schema/unknown-key: a message has no key `type`", "template: note"),
            in: message().replacing("template:", with: "type:"))
    }

    @Test(arguments: [
        Slip(
            "schedule:\nstart: 2030-01-01 09:00\nend: 2030-02-01 09:00",
            "schema/misplaced-key: `start` and `end` belong under `schedule`",
            "  start: 2030-01-01 09:00\n  end: 2030-02-01 09:00"),
        Slip(
            "start: 2030-01-01 09:00\nend: 2030-02-01 09:00",
            "schema/misplaced-key: `start` and `end` belong under `schedule`",
            "schedule:\n  start: 2030-01-01 09:00\n  end: 2030-02-01 09:00"),
        Slip(
            "schedule:\n   start: 2030-01-01 09:00\nend: 2030-02-01 09:00",
            "schema/misplaced-key: `end` belongs under `schedule`", "   end: 2030-02-01 09:00"),
        Slip(
            "schedule: {start: 2030-01-01 09:00}\npriority: 5\nend: 2030-02-01 09:00",
            "schema/misplaced-key: `end` belongs under `schedule`",
            "schedule: {start: 2030-01-01 09:00, end: \"2030-02-01 09:00\"}"),
        Slip("days: [mon]", "schema/misplaced-key: `days` belongs under `schedule`", "schedule:\n  days: [mon]"),
        Slip(
            "variants:\n  control: 50\n  other: 50", "schema/misplaced-key: `variants` belongs under `experiment`",
            "experiment:\n  variants:\n    control: 50\n    other: 50"),
        Slip(
            "schedule:\nstart: 2030-01-01 09:00\n  end: 2030-02-01 09:00",
            "yaml/indentation: the line is indented deeper than `start` above, which has its value already",
            "  start: 2030-01-01 09:00"),
    ])
    private func keysBesideTheirParentAreOneFinding(_ slip: Slip) {
        check(slip, in: message(slip.lines))
    }

    @Test func anEventWithoutItsTriggerIsOneFinding() {
        check(
            Slip("", "schema/misplaced-key: `event` belongs under `trigger`", "trigger:\n  event: session_start"),
            in: message().replacing("trigger: {event: session_start}", with: "event: session_start"))
        check(
            Slip("", "schema/misplaced-key: `event` belongs under `trigger`", "  event: session_start"),
            in: message().replacing("trigger: {event: session_start}", with: "trigger:\nevent: session_start"))
    }

    @Test(arguments: [
        ("2030-12-01 6:00 PM", "2030-12-01 18:00"), ("2030-12-01 6pm", "2030-12-01 18:00"),
        ("2030-12-01 6 p.m.", "2030-12-01 18:00"), ("2030-12-01 12am", "2030-12-01 00:00"),
        ("2030-12-01 9:00", "2030-12-01 09:00"), ("2030-12-31 24:00", "2031-01-01 00:00"),
        ("2030-12-01, 09:00", "2030-12-01 09:00"), ("2030-12-01 09h30", "2030-12-01 09:30"),
        ("01.12.2030", "2030-12-01 00:00"), ("2030-12-1", "2030-12-01 00:00"), ("25/12/2030", "2030-12-25 00:00"),
        ("12/25/2030 9:00", "2030-12-25 09:00"), ("December 1st, 2030 at 9am", "2030-12-01 09:00"),
        ("1 Dec 2030", "2030-12-01 00:00"), ("2030-12-01 09:00 UTC", "2030-12-01T09:00:00Z"),
        ("2030-12-01 09:00 +0100", "2030-12-01T09:00:00+01:00"), ("1893456000", "2030-01-01T00:00:00Z"),
        ("12/1/2030", nil), ("2030-12-01 13pm", nil), ("2030-02-30 9:00", nil), ("2030-12-01 09:00 CET", nil),
        ("tomorrow", nil),
    ])
    func timesAreReadForWhatTheyMean(_ wrong: String, _ right: String?) {
        let source = project(["content/a.md": message("schedule: {start: \"\(wrong)\"}")])
        let found = compile(source).diagnostics
        #expect(found.map(\.id) == ["schema/invalid-format"])
        #expect(found.flatMap(\.fixIts).map(\.title) == (right.map { ["write `\($0)`"] } ?? []))
    }

    @Test(arguments: ["24.12.2030", "24 December 2030", "2030-12-24", "12/24/2030"])
    func theDayOfAnEndIsItsLast(_ day: String) {
        let found = compile(project(["content/a.md": message("schedule: {end: \(day)}")])).diagnostics
        #expect(found.map(\.id) == ["schema/invalid-format"])
        #expect(
            found.flatMap(\.notes).last
                == "the end itself is not part of it: `2030-12-25 00:00` makes 2030-12-24 the last day")
        #expect(found.flatMap(\.fixIts).map(\.title) == ["write `2030-12-25 00:00`"])
    }

    @Test func aDateWithTwoReadingsIsToldBoth() {
        let source = project(["content/a.md": message("schedule: {start: 12/1/2030}")])
        let notes = compile(source).diagnostics.flatMap(\.notes)
        #expect(notes.first == "write 2030-01-12 00:00 or 2030-12-01 00:00")
    }

    @Test(arguments: [
        ("9:00-21:00", "09:00-21:00"), ("9am-9pm", "09:00-21:00"), ("9-21", "09:00-21:00"),
        ("8:00 AM - 9:30 PM", "08:00-21:30"), ("from 8 to 21", "08:00-21:00"), ("noon-24:00", "12:00-24:00"),
        ("08:00", nil), ("9-25", nil), ("always", nil),
    ])
    func hoursAreReadForWhatTheyMean(_ wrong: String, _ right: String?) {
        let source = project(["content/a.md": message("schedule: {hours: \"\(wrong)\"}")])
        #expect(compile(source).diagnostics.flatMap(\.fixIts).map(\.title) == (right.map { ["write `\($0)`"] } ?? []))
    }

    @Test(arguments: [
        ("2 seconds", "2s"), ("5min", "5m"), ("PT1H30M", "1h30m"), ("1.5h", "1h30m"), ("1 day and 6 hours", "1d6h"),
        ("2 weeks", "2w"), ("2", nil), ("soon", nil), ("-2s", nil), ("1.5m2x", nil),
    ])
    func durationsAreReadForWhatTheyMean(_ wrong: String, _ right: String?) {
        let content = message().replacing("session_start}", with: "session_start, delay: \"\(wrong)\"}")
        let found = compile(project(["content/a.md": content])).diagnostics
        #expect(found.map(\.id) == ["schema/invalid-format"])
        #expect(found.flatMap(\.fixIts).map(\.title) == (right.map { ["write `\($0)`"] } ?? []))
    }

    @Test(arguments: [
        ("1/day", "1 per 1d"), ("1x per session", "1 per session"), ("twice a week", "2 per 7d"),
        ("max 3 times", "3 total"), ("one per 24 hours", "1 per 1d"), ("3", nil), ("often", nil),
    ])
    func rulesAreReadForWhatTheyMean(_ wrong: String, _ right: String?) {
        let found = compile(project(["content/a.md": message("frequency: [\"\(wrong)\"]")])).diagnostics
        #expect(found.map(\.id) == ["schema/invalid-format"])
        #expect(found.flatMap(\.fixIts).map(\.title) == (right.map { ["write `\($0)`"] } ?? []))
    }

    @Test(arguments: [
        Slip(
            "schedule: {days: Monday}", "schema/wrong-type: `days` must be a list, and is text",
            "schedule: {days: [mon]}"),
        Slip(
            "schedule: {days: mon-fri}", "schema/wrong-type: `days` must be a list, and is text",
            "schedule: {days: [mon, tue, wed, thu, fri]}"),
        Slip(
            "schedule: {days: mon, tue}",
            "schema/wrong-type: `days` must be a list, and a comma ends a value in `{ }`",
            "schedule: {days: [mon, tue]}"),
        Slip(
            "schedule: {days: [Monday]}", "schema/unknown-value: `Monday` is not a value of `days`",
            "schedule: {days: [mon]}"),
        Slip("priority: '5'", "schema/wrong-type: `priority` must be a whole number, and is text", "priority: 5"),
        Slip(
            "tone: [info]", "schema/wrong-type: `tone` must be one of `info`, `success`, `warning`, and is a list",
            "tone: info"),
        Slip(
            "actions: {id: go, label: Go, dismiss: true}",
            "schema/wrong-type: `actions` must be a list, and is a mapping",
            "actions: [{id: go, label: Go, dismiss: true}]"),
        Slip(
            "actions:\n  go: {label: Go, dismiss: true}",
            "schema/wrong-type: `actions` must be a list, and is a mapping",
            "  - {id: go, label: Go, dismiss: true}"),
        Slip(
            "actions:\n  - id: go\n  - label: Go\n  - dismiss: true",
            "schema/wrong-type: `actions` has an action in 3 pieces", "    label: Go\n    dismiss: true"),
        Slip(
            "actions:\n  - id: go, label: Go, dismiss: true",
            "yaml/unquoted-value: the value needs quotes: a colon followed by a space makes it a key",
            "  - {id: go, label: Go, dismiss: true}"),
        Slip(
            "variables:\n  user:\n    first_name: {fallback: you}",
            "schema/wrong-type: `user` holds several, and each is named as a whole",
            "  user.first_name: {fallback: you}"),
        Slip("frequency: {max: 1}", "schema/wrong-type: `frequency` must be a list, and is a mapping"),
        Slip("schedule: always", "schema/wrong-type: `schedule` must be keys and values, and is text"),
        Slip("audience: true", "schema/wrong-type: `audience` must be an expression, and is `true`"),
        Slip(
            "audience: {country: US}", "schema/wrong-type: `audience` must be an expression, and is a mapping",
            "audience: user.country == \"US\""),
    ])
    private func aValueInTheWrongShapeIsOneFinding(_ slip: Slip) {
        check(slip, in: message(slip.lines))
    }

    @Test(arguments: [
        ("- event: session_start", "    event: session_start"), ("[session_start]", "trigger: {event: session_start}"),
    ])
    func aTriggerInAListIsTakenOutOfIt(_ wrong: String, _ right: String) {
        let isBlock = wrong.hasPrefix("-")
        check(
            Slip("", "schema/wrong-type: `trigger` must be keys and values, and is a list", right),
            in: message().replacing("{event: session_start}", with: isBlock ? "\n  " + wrong : wrong))
    }

    @Test func aCommentInPlaceOfAValueIsNamed() {
        check(
            Slip("", "schema/wrong-type: `title` has no value, for `#` begins a comment", "title: \"# Hello\""),
            in: message().replacing("title: Hello", with: "title: # Hello"))
        check(
            Slip("", "schema/wrong-type: `title` has no value, for `#` begins a comment", "title: \"#1 of all\""),
            in: message().replacing("title: Hello", with: "title: #1 of all"))
    }

    @Test func whatAnItemLacksIsSaidAtTheItem() {
        let source = project([
            "content/a.md": message("actions:\n  - {id: go, label: Go, dismiss: true}\n  - {id: stay, dismiss: true}")
        ])
        let found = compile(source).diagnostics
        #expect(found.map { "\($0.id): \($0.message)" } == ["schema/missing-key: an action has no `label`"])
        #expect(diagnostics(compile(source)) == ["schema/missing-key content/a.md:7:6"])
    }

    @Test func whatBelongsToTheSourceIsTakenOut() {
        let source = project([
            "content/a.md": message("actions: [{id: go, label: Go, dismiss: true}]"),
            "content/a.fr.md": overlay(
                "title: Bonjour\npriority: 5 # high\nactions: [{id: go, label: Aller, dismiss: true}]"),
        ])
        let trials = FixItTrial.all(in: source)
        #expect(
            trials.map { "\($0.diagnostic.id), \($0.fixIt.title)" } == [
                "schema/misplaced-key, remove it here", "schema/misplaced-key, remove it here",
            ])
        let fixed = trials.map { String(decoding: $0.fixed["content/a.fr.md"] ?? [], as: UTF8.self) }
        #expect(fixed.first == overlay("title: Bonjour\nactions: [{id: go, label: Aller, dismiss: true}]"))
        #expect(fixed.count == 2 && fixed[1].contains("{id: go, label: Aller}"))
    }

    @Test(arguments: [
        ("type: note", "---\ntemplate: note\n"), ("template: note", "---\ntemplate: note\n"),
        ("---yaml\ntemplate: note", "---\ntemplate: note\n"),
        ("---json\ntemplate: note", "---\ntemplate: note\n"), ("```yaml\ntemplate: note", "---\ntemplate: note\n"),
    ])
    func frontMatterOfOtherToolsIsOpened(_ opening: String, _ fixed: String) {
        let end = opening.hasPrefix("---") ? "---\n" : opening.hasPrefix("```") ? "```\n" : "\n"
        let source = project([
            "content/a.md": opening + "\ntitle: Hello\ntrigger: {event: session_start}\n" + end + "Hello.\n"
        ])
        let trials = FixItTrial.all(in: source)
        #expect(trials.count == 1)
        #expect(trials.allSatisfy { $0.after.diagnostics.isEmpty })
        let texts = trials.map { String(decoding: $0.fixed["content/a.md"] ?? [], as: UTF8.self) }
        #expect(texts.allSatisfy { $0.hasPrefix(fixed) })
    }

    @Test(arguments: [" –––", " ---", "–––", "—-", "***"])
    func aLineThatShouldCloseIsTheOneToCorrect(_ line: String) {
        let source = project(["content/a.md": message().replacing("\n---\nHello", with: "\n\(line)\nHello")])
        let trials = FixItTrial.all(in: source)
        #expect(trials.map(\.fixIt.title) == ["write `---`"])
        let texts = trials.map { String(decoding: $0.fixed["content/a.md"] ?? [], as: UTF8.self) }
        #expect(texts == [message()])
    }
}

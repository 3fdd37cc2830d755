import PlacardCompiler
import SourceDiagnostics
import Testing

// Placeholders as other systems have them and as fingers slip, everywhere that texts stand. After a fix readers see exactly what they
// would of the placeholder that was meant: no brace, dollar sign or quotation mark of the other one, and no text that is empty.

/// What stands for a placeholder; NAME is the variable's.
private let forms = [
    "{{NAME}}", "{{ NAME }}", "{{{NAME}}}", "{{- NAME -}}", "${{ NAME }}", "${NAME}", "$${NAME}", "%{NAME}", "@{NAME}",
    "{NAME}",
    "{NAME}}", "{NAME}}}", "{{NAME}", "{{{NAME}", "{{{NAME}}", "NAME}", "NAME}}", "{$NAME}}", "{{$NAME}", "{{{$NAME}}}",
    "{$$NAME}",
    "{$ NAME}", "{NAME$}", "${$NAME}", "${{NAME}", "${NAME}}", "$NAME}", "$NAME}}", "$NAME", "{$NAME", "{NAME",
    "{{NAME", "${NAME",
    "$NAME$", "{\"NAME\"}", "{=NAME}", "{~NAME~}", "{@NAME}", "{NAME?}", "{NAME)", "{NAME]", "(NAME}", "[NAME}",
    "[% NAME %]", "[[NAME]]", "*|NAME|*", "<%= NAME %>", "$(NAME)", "\\(NAME)", "<<NAME>>", "((NAME))", "##NAME##",
    "%%NAME%%",
    "%NAME%",
    "%(NAME)s", "{NAME|pal}", "{{NAME|default:\"pal\"}}", "{{ NAME or \"pal\" }}", "${NAME || \"pal\"}",
    "{{NAME | fallback: ''}}",
]

private let names = ["user.first_name", "first_name", "user.country", "event.status", "status"]

/// Where a placeholder may stand.
private enum Place: String, CaseIterable {
    case title, wholeTitle, label, wholeLabel, push, wholeBody, start, middle, end, item, cell, link, bold, translation

    /// The files of a message that has `text` there.
    func files(_ text: String, for meant: String, fallback: Bool) -> [String: String] {
        var title = "Hello"
        var label = "Go"
        var push = "Hi"
        var body = "Hello."
        var french: String?
        switch self {
        case .title: title = "Hey \(text), hello"
        case .wholeTitle: title = text
        case .label: label = "For \(text)"
        case .wholeLabel: label = text
        case .push: push = "See \(text)."
        case .wholeBody: body = text
        case .start: body = "\(text), hello.\n\nBye."
        case .middle: body = "Hey \(text), hello."
        case .end: body = "So long, \(text)"
        case .item: body = "- For \(text)\n- For you"
        case .cell: body = "| A | B |\n|---|---|\n| x \(text) y | z |"
        case .link: body = "See [what \(text) has](https://www.example.com/)."
        case .bold: body = "Hi **hey \(text) there**."
        case .translation: (body, french) = ("See {$\(meant)}.", "Voir \(text).")
        }
        // What the texts show without a value.
        let variables = "variables: {user.first_name: {fallback: someone}"
        let action = "actions: [{id: ok, label: '\(escaped(label))', dismiss: true}]"
        var files = [
            "content/a.md":
                "---\ntemplate: note\ntitle: '\(escaped(title))'\ntrigger: {event: order_status_changed}\n\(action)\n"
                + "push: {title: Hey, body: '\(escaped(push))'\(self == .push ? ", fallback: {body: Come and see}" : "")}\n"
                + (fallback ? "\(variables)}\n" : "") + "---\n\(body)\n"
        ]
        if let french {
            files["content/a.fr.md"] =
                "---\ntitle: Salut\nactions: [{id: ok, label: Va}]\n"
                + "push: {title: Hé, body: Salut}\n"
                + (fallback ? "variables: {user.first_name: {fallback: toi}}\n" : "") + "---\n\(french)\n"
        }
        return files
    }

    private func escaped(_ text: String) -> String { text.replacing("'", with: "''") }

    /// Whether Markdown keeps a form in one piece here.
    func takes(_ form: String) -> Bool {
        switch self {
        case .cell: !form.contains("|")
        case .link: !form.contains("[") && !form.contains("]") && form != "(NAME}"
        case .bold: !form.contains("*")
        // Fallbacks with a text would be two.
        case .translation: !form.contains("pal")
        // A text in its braces, as MessageFormat has it.
        case .wholeTitle, .wholeLabel, .wholeBody: form != "{{{$NAME}}}"
        default: true
        }
    }
}

@Suite struct PlaceholderSlipTests {
    @Test(arguments: Array(forms.enumerated()))
    func readersSeeTheValueAndNothingOfThePlaceholder(number: Int, form: String) throws {
        var tried = 0
        for (place, name) in zip(Place.allCases, (0...).lazy.map { names[($0 + number) % names.count] }) {
            guard place.takes(form) else { continue }
            let meant =
                name.hasPrefix("user.") || name.hasPrefix("event.")
                ? name : name == "status" ? "event.status" : "user.first_name"
            let isMissing = meant == "user.first_name"
            let hasWords = form.contains("pal")
            let right = place.files("{$\(meant)}", for: meant, fallback: isMissing)
            let sound = compile(project(right))
            let wanted = readersTexts(sound)
            #expect(wanted != nil)
            // With the words of the other system, else with those that an author writes afterwards.
            var source = project(
                place.files(form.replacing("NAME", with: name), for: meant, fallback: isMissing && !hasWords))
            let found = compile(source)
            #expect(
                found.diagnostics.contains { $0.id.hasPrefix("text/") || $0.id.hasPrefix("mf2/") }, "\(place): \(form)")
            for trial in FixItTrial.all(in: source, found) {
                tried += 1
                #expect(trial.complaints.isEmpty, "\(place): \(trial.complaints.joined(separator: "\n"))")
            }
            guard let fix = found.diagnostics.flatMap(\.fixIts).first(where: { $0.applicability != .displayOnly })
            else {
                Issue.record("\(place): \(form) has no fix")
                continue
            }
            source = applying(fix, to: source)
            let after = compile(source)
            #expect(after.diagnostics.map(\.id) == sound.diagnostics.map(\.id), "\(place): \(form)")
            var sees = readersTexts(after)
            if hasWords, isMissing { sees = sees?.mapValues { $0.replacing("pal", with: "someone") } }
            #expect(sees == wanted, "\(place): \(form)")
        }
        #expect(tried > 0)
    }
}

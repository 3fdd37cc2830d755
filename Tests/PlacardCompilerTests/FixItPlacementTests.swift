import PlacardCompiler
import SourceDiagnostics
import Testing

// A fix-it is made for a text, and applied to a file in which the text may be spelled in many ways: with escapes, with
// indentation, between brackets, with other ends of lines. In all of them the file can be read afterwards, and the
// diagnostic is gone.

/// A way to write a text into front matter.
private struct Container: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The lines that `key` takes with `text`; nil when it cannot hold the text.
    var write: @Sendable (_ key: String, _ text: String) -> String?

    init(_ name: String, _ write: @escaping @Sendable (_ key: String, _ text: String) -> String?) {
        testDescription = name
        self.write = write
    }

    static let all: [Container] = [
        Container("plain") { key, text in
            let isPlain = !text.contains("\n") && !text.contains(": ") && !text.contains(" #")
            guard isPlain, let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return nil }
            return "\(key): \(text)"
        },
        Container("plain, on two lines") { key, text in
            let isPlain = !text.contains("\n") && !text.contains(": ") && !text.contains(" #")
            guard isPlain, let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return nil }
            return "\(key): \(text.replacing(" ", with: "\n  ", maxReplacements: 1))"
        },
        Container("single quotation marks") { key, text in
            text.contains("\n") ? nil : "\(key): '\(text.replacing("'", with: "''"))'"
        },
        Container("single quotation marks, folded") { key, text in
            let escaped = text.replacing("'", with: "''").replacing("\n", with: "\n\n  ")
            return "\(key): '\(escaped.replacing(" ", with: "\n  ", maxReplacements: 1))'"
        },
        Container("double quotation marks") { key, text in "\(key): \"\(escaped(text))\"" },
        Container("double quotation marks, folded") { key, text in
            "\(key): \"\(escaped(text).replacing(" ", with: "\n      ", maxReplacements: 1))\""
        },
        Container("double quotation marks, as escapes") { key, text in
            let escapes = text.unicodeScalars.map {
                "\\U" + String(UInt64($0.value) + 0x1_0000_0000, radix: 16).dropFirst()
            }
            return "\(key): \"\(escapes.joined())\""
        },
        Container("|") { key, text in "\(key): |\n  \(indented(text, 2))" },
        Container("|-") { key, text in "\(key): |-\n     \(indented(text, 5))" },
        Container("|+, before empty lines") { key, text in "\(key): |+\n  \(indented(text, 2))\n\n" },
        Container("|2") { key, text in "\(key): |2\n  \(indented(text, 2))" },
        Container("|, after an empty line") { key, text in "\(key): |\n\n  \(indented(text, 2))" },
        Container("| with a comment") { key, text in "\(key): | # a text\n   \(indented(text, 3))" },
        Container(">") { key, text in "\(key): >\n  \(indented(text.replacing("\n", with: "\n\n"), 2))" },
        Container(">-, folded") { key, text in "\(key): >-\n    \(indented(text, 4))" },
        Container("> with one word to a line") { key, text in
            "\(key): >\n  \(indented(text.replacing(" ", with: "\n"), 2))"
        },
    ]
}

private func indented(_ text: String, _ count: Int) -> String {
    text.replacing("\n", with: "\n" + String(repeating: " ", count: count))
}

private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}

private let textTemplate = template("title: {type: text}\nbody: {type: markdown}\nintro: {type: markdown}\n")

/// A message with these lines of front matter.
private func message(_ lines: String) -> String {
    "---\ntemplate: plain\ntitle: Hello\ntrigger: {event: session_start}\n\(lines)\npriority: 1\n---\nHello.\n"
}

/// Applies each fix-it of a project by itself: it does no harm.
///
/// - Returns: how many there were.
private func expectMends(_ source: ProjectFiles, sourceLocation: SourceLocation = #_sourceLocation) -> Int {
    let before = compile(source)
    var count = 0
    for diagnostic in before.diagnostics {
        for fixIt in diagnostic.fixIts {
            count += 1
            let trial = FixItTrial(filledIn(fixIt), of: diagnostic, in: source, before) { compile($0) }
            #expect(
                trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))", sourceLocation: sourceLocation)
        }
    }
    return count
}

/// The fix-it with something in place of what an author is to fill in.
private func filledIn(_ fixIt: FixIt) -> FixIt {
    var result = fixIt
    for index in result.edits.indices {
        result.edits[index].replacement.replace(":FUNCTION", with: ":string")
    }
    return result
}

/// Texts with one diagnostic each, or more, that has a fix-it.
private let texts = [
    "a { b", "Press } now", "Say \"x\" { y", "It's { here", "A &#123; brace", "Hi {$user.frist_name}, hello",
    "Hi {{$user.first_name}}", "Hi {#stong}you{/stong} there",
    "Hi {$user.orders_count :nubmer} and", "Hi {$user.orders_count :number minimumFractionDigit=2} there",
    "Hi {$user.orders_count:number} there", "Hi {|a\\b|} there",
    ".input {$user.orders_count :number} .match $user.orders_count one {{One}}",
    ".input {$user.orders_count :number}\n.match $user.orders_count\none {{One}}\ntwo {{Two}}",
    ".input {$user.orders_count :number}\n.match $user.orders_count\n0 {{None}}\n* {{Two}}",
    ".input {$app.platform :string}\n.match $app.platform\niso {{One}}\n* {{Two}}",
    ".input {$user.orders_count :number}\n.match $user.orders_count\noen {{One}}\n* {{Two}}",
    ".match $app.platform ios {{One}} * {{Two}}", ".match $app.platform\nios {{One}}\n* {{Two}}",
    ".input {$app.platform}\n.match $app.platform\nios {{One}}\n* {{Two}}",
    ".inptu {$app.platform :string} {{Hello}}",
    "Press <b>here</b> now", "Hi <!-- x --> you", "Read [it](https://example.com/a b) now",
    "Read [it] (https://example.com/a) now", "##News",
]

@Test(arguments: Container.all)
private func aFixItOfATextIsRightInEveryScalar(container: Container) {
    var count = 0
    for text in texts {
        for key in ["title", "intro"] {
            guard let lines = container.write(key, text) else { continue }
            let written = message(lines).replacing(
                key == "title" ? "title: Hello\n" : "-", with: key == "title" ? "" : "-")
            for content in [written, written.replacing("\n", with: "\r\n")] {
                count += expectMends(
                    project(["templates/plain/template.yaml": textTemplate, "content/a.md": content]))
            }
        }
    }
    #expect(count > 20)
}

/// Expressions with a diagnostic that has a fix-it.
private let expressions = [
    "user.contry == \"US\"", "user.country == \"UK\"", "user.first_name == \"Zoë\"", "user.country == 'US",
    "(user.country == \"US\"", "user.country == \"US\" and user.orders_count > 1", "user.orders_count > \"1\"",
    "app.version >= \"1.2.x\"", "user.country == “US”", "size(user.first_name) > 2 || user.country == \"US\"",
    "user.orders_count > 1.5", "\"UK\" == user.country", "user.country = \"US\"", "user.country.startWith(\"U\")",
    "user.segments.exist(s, s == \"a\")", "user.country == \"\\d\"",
]

@Test(arguments: Container.all)
private func aFixItOfAnExpressionIsRightInEveryScalar(container: Container) {
    var count = 0
    for expression in expressions {
        guard let lines = container.write("audience", expression) else { continue }
        for content in [message(lines), message(lines).replacing("\n", with: "\r\n")] {
            count += expectMends(project(["templates/plain/template.yaml": textTemplate, "content/a.md": content]))
        }
    }
    #expect(count > 10)
}

@Test(arguments: texts)
private func aFixItIsRightInABody(text: String) {
    let bodies = [text, text + "\n", "\n\n" + text + "\n\n"]
    let nested =
        text.hasPrefix("#")
        ? [] : ["- a\n- \(text)\n", "> \(text)\n", "1. > \(text)\n", "| a | b |\n|---|---|\n| x | \(text) |\n"]
    for body in text.contains("\n") || text.hasPrefix(".") ? bodies : bodies + nested {
        let content = "---\ntemplate: plain\ntitle: Hello\ntrigger: {event: session_start}\n---\n" + body
        for content in [content, content.replacing("\n", with: "\r\n")] {
            let count = expectMends(
                project(["templates/plain/template.yaml": textTemplate, "content/a.md": content]))
            #expect(count > 0, "\(content)")
        }
    }
}

@Test func aFixItKeepsTheEndsOfLines() throws {
    let content = message("x: y").replacing("x: y\n", with: "").replacing(
        "Hello.\n", with: ".input {$user.orders_count :number}\n.match $user.orders_count\none {{One}}"
    )
    .replacing("\n", with: "\r\n")
    let source = project(["templates/plain/template.yaml": textTemplate, "content/a.md": content])
    let fixIt = try #require(
        compile(source).diagnostics.first { $0.id == "mf2/missing-fallback-variant" }?.fixIts.first)
    let fixed = applying(fixIt, to: source)["content/a.md"] ?? []
    #expect(String(decoding: fixed, as: UTF8.self) == content + "\r\n* {{TEXT}}")
}

@Test func aFixItInABlockIsIndented() throws {
    let content = message(
        "intro: |\n    .input {$user.orders_count :number}\n    .match $user.orders_count\n    one {{One}}")
    let source = project(["templates/plain/template.yaml": textTemplate, "content/a.md": content])
    let fixIt = try #require(
        compile(source).diagnostics.first { $0.id == "mf2/missing-fallback-variant" }?.fixIts.first)
    let fixed = applying(fixIt, to: source)["content/a.md"] ?? []
    let expected = content.replacing("    one {{One}}", with: "    one {{One}}\n    * {{TEXT}}")
    #expect(String(decoding: fixed, as: UTF8.self) == expected)
}

/// The pages' examples as they are, with CR LF, and without the last end of a line.
@Test(arguments: DiagnosticPage.all.filter { !$0.files.isEmpty }, ["\n", "\r\n", ""])
private func theFixItsOfAPageLeaveFilesThatCanBeRead(page: DiagnosticPage, lineBreak: String) {
    let files = page.files.mapValues { text in
        lineBreak.isEmpty ? String(text.dropLast()) : text.replacing("\n", with: lineBreak)
    }
    _ = expectMends(project(files))
}

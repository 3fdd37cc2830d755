import DiagnosticRendering
import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

@testable import PlacardCommands

/// A project of which one thing has a size.
struct GrowingProject: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var sizes: [Int]
    var analysis: AnalysisLevel = .none
    var files: @Sendable (_ size: Int) -> [String: String]

    init(
        _ name: String, _ size: Int, analysis: AnalysisLevel = .none,
        _ files: @escaping @Sendable (_ size: Int) -> [String: String]
    ) {
        testDescription = name
        sizes = [size / 4, size / 2, size]
        self.analysis = analysis
        self.files = files
    }
}

private func repeated(_ count: Int, _ text: (Int) -> String) -> String {
    (0..<count).map(text).joined()
}

private func message(_ lines: String = "", _ body: String = "Hello.\n", template: String = "note") -> String {
    "---\ntemplate: \(template)\ntitle: Hello\ntrigger: {event: start}\n\(lines)---\n\(body)"
}

let growingNote = """
    description: For tests
    surface: card
    dismiss: [button]
    fields:
      title: {type: text, required: true}
      body: {type: markdown}
      replies: {type: list, items: {type: text}}
    actions: {min: 0, max: 8}

    """

let growingChat = """
    description: For tests
    surface: chat
    dismiss: [button]
    fields:
      title: {type: text, required: true}
      body: {type: markdown, conversation: true}

    """

let growingBase = """
    source: en
    context:
      user:
        name: {type: string, default: x}
        count: {type: int, default: 0}
        country: {type: string, values: [US, CA]}
    events:
      start: {}
    links: {schemes: [https], hosts: ["*.example.com"]}

    """

let growing: [GrowingProject] = [
    GrowingProject("allowances", 10_000) {
        ["content/a.md": message("allow:\n" + repeated($0) { "  - {id: text/x\($0), reason: Because}\n" })]
    },
    GrowingProject("the same allowance", 10_000) {
        ["content/a.md": message("allow:\n" + repeated($0) { _ in "  - {id: text/empty, reason: Because}\n" })]
    },
    GrowingProject("unknown variables", 10_000) {
        ["content/a.md": message("variables:\n" + repeated($0) { "  user.x\($0): {fallback: a}\n" })]
    },
    GrowingProject("variables of source and translation", 4_000) { size in
        let lines = "variables:\n" + repeated(size) { "  user.a\($0): {fallback: a}\n" }
        let context = repeated(size) { "    a\($0): {type: string, optional: true}\n" }
        return [
            "placard.yaml": growingBase.replacing("source: en\n", with: "source: en\nlocales: {fr: optional}\n")
                .replacing(
                    "  user:\n", with: "  user:\n" + context),
            "content/a.md": message(lines), "content/a.fr.md": "---\ntitle: Bonjour\n\(lines)---\nBonjour.\n",
        ]
    },
    GrowingProject("attributes and unknown placeholders", 4_000) { size in
        [
            "placard.yaml": growingBase.replacing(
                "  user:\n", with: "  user:\n" + repeated(size) { "    a\($0): {type: string, default: x}\n" }),
            "content/a.md": message("", repeated(size / 5) { "{$user.b\($0)}\n" }),
        ]
    },
    GrowingProject("attributes and unknown names in expressions", 4_000) { size in
        [
            "placard.yaml": growingBase.replacing(
                "  user:\n", with: "  user:\n" + repeated(size) { "    a\($0): {type: string, default: x}\n" }),
            "content/a.md": message(
                "audience: >-\n" + repeated(size / 20) { "  user.b\($0) == 'x' ||\n" } + "  user.count == 1\n"),
        ]
    },
    GrowingProject("actions", 10_000) {
        ["content/a.md": message("actions:\n" + repeated($0) { "  - {id: a\($0), label: Go, dismiss: true}\n" })]
    },
    GrowingProject("actions and their translations", 4_000) { size in
        [
            "placard.yaml": growingBase.replacing("source: en\n", with: "source: en\nlocales: {fr: optional}\n"),
            "content/a.md": message("actions:\n" + repeated(size) { "  - {id: a\($0), label: Go, dismiss: true}\n" }),
            "content/a.fr.md": "---\ntitle: Bonjour\nactions:\n" + repeated(size) { "  a\($0): Allez\n" }
                + "---\nOui.\n",
        ]
    },
    GrowingProject("actions with the same id", 10_000) {
        ["content/a.md": message("actions:\n" + repeated($0) { _ in "  - {id: a, label: Go, dismiss: true}\n" })]
    },
    GrowingProject("entries of a list", 10_000) {
        ["content/a.md": message("replies:\n" + repeated($0) { "  - {id: r\($0), text: Yes}\n" })]
    },
    GrowingProject("unknown keys", 10_000) { ["content/a.md": message(repeated($0) { "key\($0): 1\n" })] },
    GrowingProject("the same key", 10_000) { ["content/a.md": message(repeated($0) { _ in "title: a\n" })] },
    GrowingProject("aliases", 10_000) {
        ["content/a.md": message("priority: &p 1\nvariables:\n" + repeated($0) { "  user.x\($0): *p\n" })]
    },
    GrowingProject("links", 2_000) {
        ["content/a.md": message("", repeated($0) { "[a](https://a.example.com/\($0))\n" })]
    },
    GrowingProject("links that are not allowed", 2_000) {
        ["content/a.md": message("", repeated($0) { "[a](https://a.example.org/\($0))\n" })]
    },
    GrowingProject("links that are none", 800) {
        ["content/a.md": message("", repeated($0) { "[a](https://a.example.com/ \($0)) " })]
    },
    GrowingProject("addresses without a scheme on one line", 3_000) {
        ["content/a.md": message("", repeated($0) { _ in "www.a.example.com " })]
    },
    GrowingProject("links in a translation", 2_000) { size in
        let links = repeated(size) { "[a](https://a.example.com/\($0))\n" }
        return [
            "placard.yaml": growingBase.replacing("source: en\n", with: "source: en\nlocales: {fr: optional}\n"),
            "content/a.md": message("", links),
            "content/a.fr.md": "---\ntitle: B\n---\n" + links.replacing("/1", with: "/x"),
        ]
    },
    GrowingProject("definitions of links", 2_000) { size in
        ["content/a.md": message("", repeated(size) { "[a\($0)]: https://a.example.com/\n" } + "\nHello [a1]")]
    },
    GrowingProject("definitions and uses of links", 800) { size in
        [
            "content/a.md": message(
                "", repeated(size) { "[a\($0)]: https://a.example.com/\n" } + "\n" + repeated(size) { "[a\($0)] " })
        ]
    },
    GrowingProject("steps of a conversation", 4_000) {
        ["content/a.md": message("", repeated($0) { "# Step \($0)\n\nOn.\n\n" }, template: "chat")]
    },
    GrowingProject("steps with the same name", 4_000) {
        ["content/a.md": message("", repeated($0) { _ in "# Step\n\nOn.\n\n" }, template: "chat")]
    },
    GrowingProject("links between steps", 1_000) { size in
        [
            "content/a.md": message(
                "", repeated(size) { "# Step \($0)\n\n- [On](#step-\(($0 + 1) % size))\n- [No](#nowhere-\($0))\n\n" },
                template: "chat")
        ]
    },
    GrowingProject("headings", 8_000) { ["content/a.md": message("", repeated($0) { "# H\($0)\n" })] },
    GrowingProject("list items", 8_000) { ["content/a.md": message("", repeated($0) { "- i\($0)\n" })] },
    GrowingProject("paragraphs", 8_000) { ["content/a.md": message("", repeated($0) { "p\($0)\n\n" })] },
    GrowingProject("rows of a table", 4_000) {
        ["content/a.md": message("", "| a | b |\n|---|---|\n" + repeated($0) { "| a | \($0) |\n" })]
    },
    GrowingProject("stray braces", 10_000) { ["content/a.md": message("", repeated($0) { _ in "a } " })] },
    GrowingProject("stray braces in a block", 8_000) {
        [
            "content/a.md": message("extra: |\n  " + repeated($0) { _ in "a } " } + "\n").replacing(
                "title: Hello\n", with: ""
            ).replacing("extra", with: "title")
        ]
    },
    GrowingProject("control characters", 10_000) { ["content/a.md": message("", repeated($0) { _ in "a\u{7}b " })] },
    GrowingProject("HTML", 4_000) { ["content/a.md": message("", repeated($0) { _ in "<b>x</b> " })] },
    GrowingProject("HTML that is not closed", 4_000) { ["content/a.md": message("", repeated($0) { "<b\($0)>x " })] },
    GrowingProject("asterisks", 8_000) { ["content/a.md": message("", repeated($0) { _ in "**a " })] },
    GrowingProject("variants of a match", 1_000) {
        [
            "content/a.md": message(
                "",
                ".input {$user.count :integer}\n.match $user.count\n" + repeated($0) { "\($0) {{a}}\n" } + "* {{b}}\n")
        ]
    },
    GrowingProject("the same variant", 1_000) {
        [
            "content/a.md": message(
                "",
                ".input {$user.count :integer}\n.match $user.count\n" + repeated($0) { _ in "1 {{a}}\n" } + "* {{b}}\n")
        ]
    },
    GrowingProject("long variants of a match", 200) {
        [
            "content/a.md": message(
                "",
                ".input {$user.count :integer}\n.match $user.count\n"
                    + repeated($0) { "\($0) {{\(repeated(20) { _ in "{$user.name} is **here** " })}}\n" } + "* {{b}}\n")
        ]
    },
    GrowingProject("placeholders", 2_000) { ["content/a.md": message("", repeated($0) { _ in "{$user.name} " })] },
    GrowingProject("markup", 2_000) { ["content/a.md": message("", repeated($0) { _ in "{#strong}x{/strong} " })] },
    GrowingProject("markup that is not closed", 2_000) {
        ["content/a.md": message("", repeated($0) { _ in "{#strong}x " })]
    },
    GrowingProject("terms of an expression", 1_000) {
        ["content/a.md": message("audience: >-\n" + repeated($0) { "  user.count != \($0) &&\n" } + "  true\n")]
    },
    GrowingProject("elements of a list in an expression", 4_000) {
        ["content/a.md": message("audience: >-\n  user.country in [" + repeated($0) { "'A\($0)', " } + "'US']\n")]
    },
    GrowingProject("messages in a folder", 2_000) { size in
        Dictionary(uniqueKeysWithValues: (0..<size).map { ("content/m\($0).md", message()) })
    },
    GrowingProject("messages with the same id", 1_000) { size in
        Dictionary(uniqueKeysWithValues: (0..<size).map { ("content/f\($0)/m.md", message()) })
    },
    GrowingProject("messages, analysed", 1_000, analysis: .full) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).map {
                ("content/m\($0).md", message("audience: user.count > \($0)\npriority: \($0 % 1000)\n"))
            })
    },
    GrowingProject("orphans", 2_000) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).map { ("content/m\($0).fr.md", "---\ntitle: a\n---\n") } + [
                ("content/a.md", message())
            ])
    },
    GrowingProject("orphans among messages", 1_000) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).map { ("content/m\($0).fr.md", "---\ntitle: a\n---\n") }
                + (0..<size).map { ("content/n\($0).md", message()) })
    },
    GrowingProject("locales", 1_000) { size in
        [
            "placard.yaml": growingBase.replacing(
                "source: en\n", with: "source: en\nlocales:\n" + repeated(size) { "  \(locale($0)): required\n" }),
            "content/a.md": message(), "content/b.md": message(),
        ]
    },
    GrowingProject("locales, translated", 400) { size in
        var files = [
            "placard.yaml": growingBase.replacing(
                "source: en\n", with: "source: en\nlocales:\n" + repeated(size) { "  \(locale($0)): required\n" }),
            "content/a.md": message(),
        ]
        for index in 0..<size { files["content/a.\(locale(index)).md"] = "---\ntitle: T\n---\nText\n" }
        return files
    },
    GrowingProject("folders with defaults", 2_000) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).flatMap {
                [("content/f\($0)/_defaults.yaml", "priority: 3\n"), ("content/f\($0)/m\($0).md", message())]
            })
    },
    GrowingProject("templates", 400) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).map { ("templates/t\($0)/template.yaml", growingNote) } + [
                ("content/a.md", message())
            ])
    },
    GrowingProject("fields of a template", 4_000) { size in
        [
            "templates/note/template.yaml": growingNote.replacing(
                "fields:\n", with: "fields:\n" + repeated(size) { "  f\($0): {type: text}\n" }),
            "content/a.md": message(repeated(size) { "f\($0): x\n" }),
        ]
    },
    GrowingProject("events", 4_000) { size in
        [
            "placard.yaml": growingBase.replacing(
                "events:\n", with: "events:\n" + repeated(size) { "  e\($0): {a: string}\n" }),
            "content/a.md": message(),
        ]
    },
    GrowingProject("groups and rules", 4_000) { size in
        [
            "placard.yaml": growingBase + "groups:\n" + repeated(size) { "  g\($0): {frequency: [1 per 1d]}\n" }
                + "lint:\n"
                + repeated(size) { "  text/x\($0): error\n" }, "content/a.md": message(),
        ]
    },
    GrowingProject("scenarios", 1_000) { size in
        Dictionary(
            uniqueKeysWithValues: (0..<size).map {
                ("scenarios/s\($0).yaml", "event: start\ncontext: {user: {country: US}}\nexpect: {a: shown}\n")
            } + [("content/a.md", message())])
    },
    GrowingProject("images", 4_000) { size in
        Dictionary(uniqueKeysWithValues: (0..<size).map { ("content/i\($0).png", "x") } + [("content/a.md", message())])
    },
    GrowingProject("one long line of YAML", 1_000_000) {
        ["content/a.md": message("").replacing("Hello\n", with: String(repeating: "a ", count: $0 / 2) + "b\n")]
    },
    GrowingProject("one long quoted line", 900_000) {
        [
            "content/a.md": message("").replacing(
                "Hello\n", with: "\"" + String(repeating: "\\u00e9 ", count: $0 / 7) + "\"\n")
        ]
    },
    GrowingProject("one long comment", 1_000_000) {
        ["content/a.md": message("# " + String(repeating: "a", count: $0) + "\n")]
    },
    GrowingProject("one long body", 1_000_000) {
        ["content/a.md": message("", String(repeating: "a ", count: $0 / 2))]
    },
    GrowingProject("one long body within the limit", 64_000) {
        ["content/a.md": message("", String(repeating: "a ", count: $0 / 2))]
    },
    GrowingProject("one long word", 64_000) { ["content/a.md": message("", String(repeating: "a", count: $0))] },
    GrowingProject("one long expression", 1_000_000) {
        ["content/a.md": message("audience: " + String(repeating: "(", count: $0) + "\n")]
    },
    GrowingProject("one long flow sequence", 1_000_000) {
        ["content/a.md": message("replies: [" + String(repeating: "a, ", count: $0 / 3) + "]\n")]
    },
    GrowingProject("brackets of YAML", 100_000) {
        ["content/a.md": message("replies: " + String(repeating: "[", count: $0) + "\n")]
    },
    GrowingProject("quotations in quotations", 60_000) {
        ["content/a.md": message("", String(repeating: ">", count: $0) + "a")]
    },
    GrowingProject("lines of tabs", 20_000) { ["content/a.md": message(repeated($0) { _ in "\t\n" })] },
    GrowingProject("hyphens", 100_000) { ["content/a.md": String(repeating: "-\n", count: $0)] },
]

/// A tag that is well-formed, each another.
private func locale(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return "q\(letters[index / 26 % 20])\(letters[index % 26])" + (index >= 520 ? "-US" : "")
}

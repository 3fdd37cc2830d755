import ConformanceSupport
import Foundation
import Testing

/// A project with names, values and locales that are easily misread.
private struct OddProject {
    var random: SplitMix
    /// Used by `placard new`.
    var locale = ""
    var text = ""

    static let names = [
        "name", "properties", "package", "import", "no", "on", "y", "off", "yes", "_", "N", "event", "type", "size",
        "has", "while",
        "value", "orders_count", "x1", "default", "when", "user", "matches",
    ]
    static let values = [
        "no", "null", "~", "it's", "say \"x\"", "a: b", "# c", "{x}", "[y]", "- z", "1.0", "0x10", "é", "日本",
        " spaced ", "a\\b", "a, b",
        "2026-01-01", "true", "!tag", "%s", "@at", "`tick`", "$x", "|", ">", "&a", "*a",
    ]

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        let locales = ["nb", "no", "fr", "zh-Hant", "es-419", "ar", "yo"].shuffled(using: &random)
        locale = locales[1]
        text =
            "source: \(quoted(locales[0]))\nlocales:\n"
            // What new writes is the source's words, to be written over.
            + "  \(quoted(locale)): {policy: optional, identical: allow}\ncontext:\n"
        for group in ["user", "on", "app"].shuffled(using: &random).prefix(2) {
            text += "  \(quoted(group)):\n" + attributes(indent: "    ")
        }
        text += "events:\n"
        for event in ["session_start", "no", "item.liked", "on-sale", "true"].shuffled(using: &random).prefix(3) {
            text += "  \(quoted(event)):\n" + attributes(indent: "    ")
        }
        text +=
            "groups: {\(quoted("no")): {frequency: [1 per 1d]}}\nlinks: {schemes: [https], hosts: [www.example.com]}\n"
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
    }

    private mutating func attributes(indent: String) -> String {
        OddProject.names.shuffled(using: &random).prefix(random.below(5) + 1).map { name in
            "\(indent)\(quoted(name)): \(attribute())\n"
        }.joined()
    }

    private mutating func attribute() -> String {
        let types = [
            "int", "uint", "double", "bool", "timestamp", "duration", "version", "url", "list(string)",
            "map(string, int)",
        ]
        switch random.below(4) {
        case 0: return random.pick(types)
        case 1: return "{type: string, examples: [\(quoted(random.pick(OddProject.values)))]}"
        case 2: return "{type: string, values: [\(quoted(random.pick(OddProject.values))), other]}"
        default: return "{type: string, optional: true}"
        }
    }
}

@Suite struct `Declared names of any kind` {
    @Test(arguments: 0..<24)
    func `what new writes compiles`(_ seed: UInt64) throws {
        let odd = OddProject(seed: seed)
        try withTool { tool in
            try tool.write("placard.yaml", odd.text)
            try tool.write(
                "templates/no/template.yaml",
                "description: For tests\nsurface: card\ndismiss: [button]\nfields:\n  title: {type: text, required: true}\n"
                    + "  body: {type: markdown}\n  lines: {type: list, required: true, min: 2, items: {type: text}}\nactions: {min: 1, max: 2}\n"
            )
            let before = try tool.run("check", "--strict")
            #expect(before.status == 0, "\(before.output)\n\(odd.text)")
            for id in ["no", "null", "1e3", "a-b"] {
                let made = try tool.run("new", "message", id, "--template", "no")
                #expect(made.status == 0, "\(made.error)")
                for arguments in [["translation", id, odd.locale], ["scenario", id, "--message", id]] {
                    let made = try tool.run(
                        "new", arguments[0], arguments[1], arguments[2], in: ".", more: Array(arguments.dropFirst(3)))
                    #expect(made.status == 0, "\(made.error)")
                }
            }
            let check = try tool.run("check", "--strict")
            let scenario = try tool.read("scenarios/no.yaml")
            #expect(check.status == 0, "\(check.output)\n\(odd.text)\n\(scenario)")
        }
    }
}

import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// Hostile text in every place that may be printed, by every command, in every form: names of files, ids, values, messages,
// scenarios, arguments. The same seed gives the same texts; PLACARD_FUZZ=200 makes it that many rounds, PLACARD_FUZZ_SEED
// begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 4
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

/// SplitMix64.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private let pieces = [
    "\u{1B}[31m", "\u{1B}]0;owned\u{7}", "\u{1B}[2J\u{1B}[H", "\u{9B}31m", "\u{90}", "\u{85}", "\u{7F}", "\u{8}\u{8}",
    "\n::error::owned", "\r\n::stop-commands::x", "::set-output name=a::b", "\n  ::add-mask::a", "\n##[add-mask]a",
    "##vso[task.setvariable variable=a]b", "##teamcity[buildStop comment='a']", "\n\u{3000}::warning::x",
    "\u{202E}", "\u{202D}admin\u{202C}", "\u{2066}", "\u{2067}a\u{2069}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}",
    "\u{2028}", "\u{2029}::error::", "\u{200B}", "\u{FEFF}", "\u{FFFE}", "\u{1FFFF}",
    String(decoding: [0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self), "\u{E0041}",
    "\u{200D}",
    "\u{FE0F}", "\u{AD}", "\u{3164}", "\u{F0000}", "\u{10FFFF}", "שלום", "مرحبا", "👩‍👩‍👧‍👦", "é", "완", "e\u{301}\u{327}", "a",
    "b c",
    "-", "--", "'", "\"", "<b>&amp;", "]]>", "--><x>", "%0A", "%", ",title=x", ":", "{", "}", "{$user.x}", "`", "*",
    "[a](b)",
    "\\", "$(x)", ";", "\t", "&#xFFFE;", "&#27;", "http://a.example:99999/", "#", "# ", "|", "…",
]

extension Generator {
    /// A text of some pieces, and now and then of any scalars.
    fileprivate mutating func text() -> String {
        if next() % 12 == 0 { return String(repeating: pieces.randomElement(using: &self) ?? "a", count: 500) }
        var result = ""
        for _ in 0...Int(next() % 4) {
            if next() % 6 == 0 {
                let value = UInt32(next() % 0x11_0000)
                result.unicodeScalars.append(Unicode.Scalar(value) ?? "x")
            } else {
                result += pieces.randomElement(using: &self) ?? ""
            }
        }
        return result.unicodeScalars.contains("\0") ? result.replacing("\0", with: "") : result
    }

    /// A text that can be a file's name.
    fileprivate mutating func name() -> String {
        let text = text().replacing("/", with: "").replacing("\0", with: "")
        let name = String(decoding: Array(text.utf8.prefix(180)), as: UTF8.self)
        return name.isEmpty || name.hasPrefix(".") ? "x" + name : name
    }

    /// A text as a value of YAML in double quotation marks, now and then without.
    fileprivate mutating func yaml() -> String {
        let text = text()
        if next() % 5 == 0 { return text }
        return json(text)
    }
}

/// A JSON string, with an escape for each scalar that YAML would not take as it is.
private func json(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
        if unit >= 0x20, unit < 0x7F, unit != 0x22, unit != 0x5C {
            result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
        } else {
            result += String(format: "\\u%04x", Int(unit))
        }
    }
    return result + "\""
}

/// Writes a file by the system's call: Foundation changes names.
private func write(_ bytes: [UInt8], to path: [UInt8]) {
    let descriptor = (path + [0]).withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { name in
            name.baseAddress.map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) } ?? -1
        }
    }
    guard descriptor >= 0 else { return }
    FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(Data(bytes))
}

/// Without the sequences that the tool colours with, and no others.
private func withoutColors(_ bytes: [UInt8]) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    for code in ["0", "1", "2", "31", "32", "1;31", "1;33", "1;34", "1;36"] {
        text = text.replacing("\u{1B}[\(code)m", with: "")
    }
    return Array(text.utf8)
}

@Suite struct `Hostile text` {
    private func check(
        _ tool: Tool, _ arguments: [String], in path: String, output: OutputKind = .words, color: Bool = false,
        _ round: UInt64
    ) throws {
        var result = try tool.runBytes(arguments, in: path, environment: color ? ["CLICOLOR_FORCE": "1"] : [:])
        if color {
            result.output = withoutColors(result.output)
            result.error = withoutColors(result.error)
        }
        let words = "PLACARD_FUZZ_SEED=\(round): placard \(arguments.map(\.debugDescription).joined(separator: " "))"
        #expect((0...3).contains(result.status), "\(words)")
        let kind: OutputKind = result.output.isEmpty ? .words : output
        #expect(uncleanness(of: result.output, kind) == nil, "\(words)")
        #expect(uncleanness(of: result.error, .words) == nil, "\(words)")
        #expect(result.error.split(separator: 0x0A).allSatisfy { $0.count < 60_000 }, "\(words)")
    }

    @Test(arguments: 0..<rounds) func `in the files of a project`(_ number: Int) throws {
        let round = seed &+ UInt64(number)
        var generator = Generator(state: round)
        try withStarter { tool in
            let app = tool.folder.appending(path: "app").path
            func file(_ path: String, _ text: String) { write(Array(text.utf8), to: Array((app + "/" + path).utf8)) }
            for folder in ["content/x", "scenarios"] {
                try FileManager.default.createDirectory(
                    atPath: app + "/" + folder, withIntermediateDirectories: true)
            }
            for _ in 0..<3 {
                file("content/" + generator.name() + ".md", message(&generator))
                file("content/x/" + generator.name(), generator.text())
                file("content/x/m\(generator.next() % 100).md", message(&generator))
                file(
                    "scenarios/" + generator.name() + ".yaml",
                    "event: \(generator.yaml())\nexpect: {shows: \(generator.yaml())}\n")
            }
            write(
                Array("---\ntitle: ".utf8) + [0xFF, 0xC3, 0x28, 0x0A],
                to: Array((app + "/content/a").utf8) + [0xFF, 0xFE] + Array(".md".utf8))
            if generator.next() % 2 == 0 {
                file("content/_defaults.yaml", "\(generator.yaml()): \(generator.yaml())\n")
                file("templates/banner/preview.mustache", "{{#" + generator.text() + "}}" + generator.text())
            }
            if generator.next() % 3 == 0 {
                file("placard.yaml", try tool.read("app/placard.yaml") + "\(generator.yaml()): \(generator.yaml())\n")
            }
            try check(tool, ["check"], in: "app", round)
            try check(tool, ["check"], in: "app", color: true, round)
            try check(tool, ["check", "--format", "json"], in: "app", output: .json, round)
            try check(tool, ["check", "--format", "sarif"], in: "app", output: .json, round)
            try check(tool, ["check", "--format", "github"], in: "app", output: .commands, round)
            try check(tool, ["build"], in: "app", round)
            try check(tool, ["test"], in: "app", round)
            try check(tool, ["explain", "--event", "session_start"], in: "app", round)
            try check(tool, ["schema"], in: "app", round)
            try check(tool, ["check", "--fix"], in: "app", round)
            try check(tool, ["new", "message", "quiet"], in: "app", round)
        }
    }

    private func message(_ generator: inout Generator) -> String {
        """
        ---
        template: \(generator.next() % 3 == 0 ? generator.yaml() : "banner")
        title: \(generator.yaml())
        \(generator.next() % 3 == 0 ? generator.yaml() + ": " + generator.yaml() : "priority: 1")
        trigger: {event: \(generator.next() % 3 == 0 ? generator.yaml() : "session_start")}
        audience: \(json("user.plan == '\(generator.text())'"))
        actions: [{id: \(generator.yaml()), label: \(generator.yaml()), url: \(generator.yaml())}]
        allow: [{id: \(generator.yaml()), reason: \(generator.yaml())}]
        ---
        \(generator.text())

        \(generator.text()) [\(generator.text())](\(generator.text())) {$\(generator.text())}
        """
    }

    @Test(arguments: 0..<rounds) func `in what scenarios and contexts say, in a project without errors`(_ number: Int)
        throws
    {
        let round = seed &+ UInt64(number)
        var generator = Generator(state: round &+ 1_000_000)
        try withStarter { tool in
            let app = tool.folder.appending(path: "app").path
            let words = generator.text().filter { !"{}\\".contains($0) }
            write(
                Array(
                    "---\ntemplate: banner\ntitle: \(json(words))\ntrigger: {event: session_start}\naudience: user.first_name != 'x'\npriority: 100\nvariables: {user.first_name: {fallback: a}}\n---\n\(words.replacing("\n", with: " ")) {$user.first_name}\n"
                        .utf8), to: Array((app + "/content/hello/name.md").utf8))
            try FileManager.default.createDirectory(atPath: app + "/scenarios", withIntermediateDirectories: true)
            for index in 0..<3 {
                let text = """
                    description: \(json(generator.text()))
                    locale: fr
                    now: 2026-12-02T10:15:00Z
                    context: {app: {version: 3.4.0, platform: ios}, user: {first_name: \(json(generator.text()))}}
                    event: {name: session_start}
                    expect: {shows: welcome, push: {body: \(json(generator.text()))}}

                    """
                let name = index == 0 ? "plain" : generator.name()
                write(Array(text.utf8), to: Array((app + "/scenarios/" + name + ".yaml").utf8))
            }
            let context =
                #"{"user": {"first_name": \#(json(generator.text()))}, "app": {"platform": "ios", "version": \#(json(generator.text()))}}"#
            let asked = ["explain", "--event", "session_start", "--context", context, "--unit", generator.text()]
            try check(tool, ["check"], in: "app", round)
            try check(tool, ["test"], in: "app", round)
            try check(tool, ["test", "--format", "junit"], in: "app", output: .xml, round)
            try check(tool, ["explain", "plain"], in: "app", round)
            try check(tool, ["explain", "plain"], in: "app", color: true, round)
            try check(tool, ["explain", "plain", "--json"], in: "app", output: .json, round)
            try check(tool, asked, in: "app", round)
            try check(tool, asked + ["--json", "--locale", generator.text()], in: "app", output: .json, round)
            try check(tool, ["build", "--output", generator.name()], in: "app", round)
        }
    }

    @Test(arguments: 0..<rounds) func `in arguments, and in the names of the project's folder`(_ number: Int) throws {
        let round = seed &+ UInt64(number)
        var generator = Generator(state: round &+ 2_000_000)
        try withTool { tool in
            let folder = "./" + generator.name()
            try check(tool, ["init", folder], in: ".", round)
            let project = ["--project", folder]
            try check(tool, ["check"] + project, in: ".", round)
            try check(tool, ["check", "--format", "json"] + project, in: ".", output: .json, round)
            try check(tool, ["check", "--format", "github"] + project, in: ".", output: .commands, round)
            try check(tool, ["build"] + project, in: ".", round)
            try check(tool, ["new", "scenario", "one"] + project, in: ".", round)
            try check(tool, ["test"] + project, in: ".", round)
            for arguments in [
                [generator.text()], ["--" + generator.text()], ["check", "--" + generator.text()],
                ["check", "--format", generator.text()], ["check", "--explain", generator.text()],
                ["check", "--project", generator.text()], ["schema", generator.text()] + project,
                ["new", "message", generator.text(), "--template", "banner"] + project,
                ["new", "message", "a", "--template", generator.text()] + project,
                ["new", "message", "b", "--folder", generator.text(), "--template", "banner"] + project,
                ["new", "translation", generator.text(), generator.text()] + project,
                ["new", "translation", "welcome", generator.text()] + project,
                ["new", "template", generator.text()] + project,
                ["new", "template", "mine", "--like", generator.text()] + project,
                ["new", "scenario", "a", "--message", generator.text()] + project,
                ["test", generator.text()] + project, ["explain", generator.text()] + project,
                ["explain", "--event", generator.text()] + project,
                ["explain", "--event", "session_start", "--context", generator.text()] + project,
                ["explain", "--event", "session_start", "--now=" + generator.text()] + project,
                ["explain", "--event", "session_start", "--message", generator.text()] + project,
                ["init", "--" + generator.text()],
            ] { try check(tool, arguments, in: ".", round) }
        }
    }
}

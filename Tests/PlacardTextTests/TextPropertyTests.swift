import CanonicalJSON
import ConformanceSupport
import Foundation
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing

/// Texts made at random of what matters to either language.
struct TextGenerator {
    var random: SplitMix

    static let pieces = [
        "a", "word ", "two words", " ", "\n", "\n\n", "  \n", "**", "*", "_", "~~", "`", "``", "# ", "- ", "1. ", "> ",
        "[", "](", ")", "]", "![", "](https://x.example/", "<", ">", "&amp;", "&#123;", "&lt;", "\\", "\\*", "\\\\",
        "\\{", "\\}", "{$name}", "{$n :integer}", "{|lit|}", "{#cta}", "{/cta}", "{#strong}", "{/strong}",
        "{#icon /}", "| a | b |\n|---|---|\n| ", " | ", "é", "日本", "🙂", "```\n", "\t", "    ", "https://x.example/",
        "www.x.example", "a@x.example", "\n\n[r]: https://x.example/", "[r]", "---\n", ":", "(", "\"", "'", "\r\n",
    ]

    mutating func text() -> String {
        var result = ""
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            result += TextGenerator.pieces.randomElement(using: &random) ?? ""
        }
        return result
    }
}

@Suite struct TextPropertyTests {
    /// Nothing crashes; no sentinel is left; the JSON is canonical; nothing comes out empty unsaid; spans lie in the
    /// source and in their parents'.
    @Test func generatedTextsKeepTheirProperties() throws {
        var generator = TextGenerator(random: SplitMix(state: 7))
        let environment = try exampleEnvironment()
        var compiled = 0
        for _ in 0..<1_500 {
            let source = generator.text()
            for kind in [TextKind.document(conversation: false), .inline, .plain, .document(conversation: true)] {
                let result = try check(source, kind: kind, environment)
                for diagnostic in result.diagnostics {
                    #expect(diagnostic.primary.span.end <= source.utf8.count, "\(source.debugDescription)")
                }
                guard let text = result.text else {
                    #expect(result.diagnostics.contains { $0.severity == .error }, "\(source.debugDescription)")
                    continue
                }
                compiled += 1
                let isBlank = source.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
                if String(decoding: text.text, as: UTF8.self) == "\"\"", !isBlank {
                    let isImage = String(decoding: text.html, as: UTF8.self).contains("<img")
                    #expect(!result.diagnostics.isEmpty || isImage, "\(source.debugDescription) came out empty")
                }
                for unit in text.variants.flatMap(\.units) { #expect(unit.span.end <= source.utf8.count) }
            }
        }
        #expect(compiled > 1_000)
    }

    /// A placeholder is a letter to Markdown: with `q` in its place the text has the same blocks.
    @Test func placeholdersAreLetters() throws {
        var generator = TextGenerator(random: SplitMix(state: 11))
        let environment = try exampleEnvironment()
        for _ in 0..<1_500 {
            let source = generator.text()
            guard let text = try check(source, environment).text else { continue }
            let replaced = [
                "{$name}", "{$n :integer}", "{|lit|}", "{#icon /}", "{#cta}", "{/cta}", "{#strong}", "{/strong}", "\\{",
                "\\}",
            ]
            .reduce(source) { $0.replacingOccurrences(of: $1, with: "q") }
            guard let other = try check(replaced, environment).text else { continue }
            #expect(blocks(text.mdast) == blocks(other.mdast), "\(source.debugDescription)")
        }
    }

    private func blocks(_ mdast: [UInt8]) -> String {
        func names(_ node: JSONValue) -> String {
            let inlines: Set<String> = [
                "text", "emphasis", "strong", "delete", "inlineCode", "link", "image", "break", "expression", "markup",
            ]
            guard let type = node["type"]?.string, !inlines.contains(type) else { return "" }
            return type + "(" + (node["children"]?.array ?? []).map(names).joined() + ")"
        }
        return (try? JSONValue(parsing: mdast)).map(names) ?? ""
    }

    /// An implementation of others reads the strict form as the text that Markdown gets here.
    @Test func strictFormsAreReadAlikeByOthers() throws {
        var generator = TextGenerator(random: SplitMix(state: 13))
        let environment = try exampleEnvironment()
        var lines: [String] = []
        for index in 0..<2_000 {
            var source = generator.text()
            if index % 5 == 0 {
                source = ".input {$count :integer}\n.match $count\none {{\(source)}}\n* {{\(generator.text())}}"
            } else if index % 7 == 0 {
                source = ".\(source)"
            }
            let result = compileText(Array(source.utf8), kind: .document(conversation: false), environment: environment)
            guard let text = result.text else { continue }
            let strict = String(decoding: strictForm(of: Array(source.utf8)), as: UTF8.self)
            let isComplex = !text.variants[0].keys.isEmpty
            // The words of a simple message are all of the source, of a variant what stands between the braces.
            let patterns = isComplex ? patternSources(source) : [source]
            let literals = patterns.map { JSONValue.string(literalText($0)) }
            lines.append(JSONValue.array([.string(strict), .array(literals)]).canonicalString)
        }
        #expect(lines.count > 500)
        guard let output = try runPython("strict_form.py", lines) else { return }
        #expect(output.contains("checked \(lines.count) messages"))
        for line in output.split(separator: "\n").filter({ $0.hasPrefix("differs") }).prefix(10) {
            Issue.record("\(line)")
        }
    }

    /// The insides of the two quoted patterns that the test above wrote.
    private func patternSources(_ source: String) -> [String] {
        let bytes = Array(source.utf8)
        let start = source.components(separatedBy: "one {{")[0].utf8.count + 6
        guard let split = source.range(of: "}}\n* {{", options: .backwards) else { return [] }
        let middle = source[..<split.lowerBound].utf8.count
        let first = String(decoding: bytes[start..<middle], as: UTF8.self)
        let second = String(decoding: bytes[(middle + 7)..<(bytes.count - 2)], as: UTF8.self)
        return [first, second]
    }

    /// A pattern's text as Markdown gets it, with U+FFFC for placeholders.
    private func literalText(_ source: String) -> String {
        var text = source
        for placeholder in [
            "{$name}", "{$n :integer}", "{|lit|}", "{#cta}", "{/cta}", "{#strong}", "{/strong}", "{#icon /}",
        ] {
            text = text.replacingOccurrences(of: placeholder, with: "\u{FFFC}")
        }
        var result = ""
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\", let next = scalars.next() else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if next != "{", next != "}" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(next)
        }
        return result
    }
}

/// Runs a script of Tests/Scripts with the project's own Python; nil, with a note, where its packages are not there.
func runPython(_ script: String, _ lines: [String]) throws -> String? {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let python = folder + "/../../.venv/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else {
        print("\(script): skipped, no .venv beside Package.swift")
        return nil
    }
    let input = FileManager.default.temporaryDirectory.appendingPathComponent("placard-\(UUID().uuidString).jsonl")
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [folder + "/../Scripts/" + script]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 3 {
        print("\(script): skipped, its package is not in .venv")
        return nil
    }
    #expect(process.terminationStatus == 0)
    return text
}

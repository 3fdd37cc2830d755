import Foundation
import MessageFormat
import SourceDiagnostics
import Testing
import UnicodeLocale

/// The pages of this module's diagnostics: each shows what it is about. (The whole project of an example is
/// compiled elsewhere; here only its text is.)
@Suite struct DiagnosticPageTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Documentation/Diagnostics/mf2").standardizedFileURL.path

    private static let pages: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted()
    }()

    @Test(arguments: pages) func theExampleOfAPageGivesItsDiagnostic(_ name: String) throws {
        let data = try #require(FileManager.default.contents(atPath: Self.folder + "/" + name))
        let text = String(decoding: data, as: UTF8.self)
        let id = "mf2/" + name.dropLast(3)
        #expect(text.hasPrefix("# \(id)\n"))
        for heading in ["\n## Example\n", "\n## Why\n", "\n## What to do\n"] { #expect(text.contains(heading)) }
        guard let body = example(text) else {
            #expect(text.contains("\nNo file can show this"))
            return
        }
        #expect(Set(try diagnostics(body).map { $0.id }) == [id])
    }

    /// The text behind the front matter of a page's example.
    private func example(_ page: String) -> String? {
        guard let block = page.components(separatedBy: "````").dropFirst().first else { return nil }
        return block.components(separatedBy: "---\n").dropFirst(2).joined(separator: "---\n")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What the module has to say of a text whose literal part is Markdown.
    private func diagnostics(_ text: String) throws -> [Diagnostic] {
        let bytes = Array(text.utf8)
        var (message, diagnostics) = parseMessageOutline(bytes)
        func filled(_ pattern: Pattern) -> Pattern {
            var pattern = pattern
            var index = pattern.place.span.start
            while index < pattern.place.span.end {
                guard bytes[index] == 0x7B else {
                    index += bytes[index] == 0x5C ? 2 : 1
                    continue
                }
                let parsed = parsePlaceholder(in: bytes, at: index, end: pattern.place.span.end)
                diagnostics += parsed.diagnostics
                if let element = parsed.placeholder?.element { pattern.elements.append(element) }
                index = parsed.end
            }
            return pattern
        }
        switch message.body {
        case .pattern(let pattern): message.body = .pattern(filled(pattern))
        case .select(var matcher):
            for index in matcher.variants.indices {
                matcher.variants[index].value = filled(matcher.variants[index].value)
            }
            message.body = .select(matcher)
        }
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return diagnostics }
        diagnostics += message.functionDiagnostics { name in
            switch name {
            case "user.orders_count": .int
            case "user.country": .string
            default: nil
            }
        }
        return diagnostics + message.selectorDiagnostics(locale: try LanguageTag("en"))
    }
}

import Foundation
import PlacardBundle
import Testing

@testable import PlacardGenerate

@Suite struct `What authors write is no code` {
    private static let pieces: [String] = [
        "a", "B", "_", "-", ".", "1", " ", "é", "日本", "\u{202E}", "\u{2066}", "\u{2028}", "\u{200B}", "\"", "\"\"\"",
        "'", "\n", "\r",
        "\t", "\u{0}", "\u{1B}[2J", "`", "*/", "/*", "//", "\\", "\\u{22}", "\\\"", "${x}", "$x", "\\(x)", "#\"",
        "@ts-ignore",
        "@deprecated", "{@link x}", "</script>", "##vso[x]", "# sourceMappingURL=x", "{", "}", "(", ")", ";", "in",
        "self", "init",
        "class", "__proto__",
    ]

    private func hostile(_ random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    private func declarations(_ random: inout some RandomNumberGenerator) -> AppDeclarations {
        func attributes() -> [AppDeclarations.Attribute] {
            let types: [AttributeType] = [
                .string, .int, .list(.string), .map(.string, .timestamp), .map(.bool, .url), .version,
            ]
            return (0..<5).map { _ in
                let type = types.randomElement(using: &random) ?? .string
                let hasValues = type == .string || type == .list(.string)
                return AppDeclarations.Attribute(
                    name: hostile(&random), type: type, summary: hostile(&random),
                    values: hasValues ? (0..<4).map { _ in hostile(&random) } : [],
                    defaultValue: Bool.random(using: &random) ? hostile(&random) : nil,
                    isOptional: Bool.random(using: &random))
            }
        }
        return AppDeclarations(
            context: (0..<3).map { _ in .init(name: hostile(&random), attributes: attributes()) },
            events: (0..<4).map { _ in .init(name: hostile(&random), properties: attributes()) },
            messages: (0..<4).map { _ in
                .init(
                    id: hostile(&random), template: hostile(&random), event: hostile(&random),
                    actions: (0..<3).map { _ in hostile(&random) })
            },
            requests: [.init(name: hostile(&random), summary: hostile(&random))])
    }

    @Test(arguments: AppLanguage.allCases)
    func `names and values are in literals, and all else is letters, digits and the signs of the language`(
        _ language: AppLanguage
    ) {
        var random = SystemRandomNumberGenerator()
        let literal = /"(?:[A-Za-z0-9 _\-.,:;\/+*=()@&%!?']|\\u\{[0-9A-F]+\}|\\u[0-9A-F]{4})*"/
        for _ in 0..<60 {
            let declared = declarations(&random)
            let code = generate(language, from: declared)
            // What is the same in all code is not looked at.
            let end = ["extension PlacardClient {", "/** A string that has a type of its own. */", "/** A moment: "]
                .compactMap { code.range(of: $0)?.lowerBound }.min()
            for line in code[..<(end ?? code.endIndex)].split(separator: "\n").dropFirst(3) {
                let text = line.drop { $0 == " " }
                if text.hasPrefix("///") || text.hasPrefix("//") || text.hasPrefix("* @param") || text.hasPrefix("/**")
                {
                    let inner =
                        text.hasPrefix("/**") && text.hasSuffix("*/")
                        ? text.dropFirst(3).dropLast(2) : text.dropFirst(3)
                    #expect(!inner.contains("*/") && !inner.contains("/*"), "\(text)")
                    #expect(text.hasPrefix("* @param") || !inner.drop { $0 == " " }.hasPrefix("@"), "\(text)")
                    for scalar in text.unicodeScalars {
                        #expect(scalar.value >= 0x20 && scalar.properties.generalCategory != .format, "\(text)")
                    }
                    continue
                }
                let rest = text.replacing(literal, with: "")
                #expect(rest.wholeMatch(of: /[A-Za-z0-9_ .,:;(){}\[\]<>=?|&!`*+\-@"\\\/$]*/) != nil, "\(line)")
                if language != .kotlin || !text.hasPrefix("override fun toString") {
                    #expect(!rest.contains("\"") && !rest.contains("\\") && !rest.contains("$"), "\(line)")
                }
            }
        }
    }

    @Test func `the order of messages and a second run change nothing`() {
        var random = SystemRandomNumberGenerator()
        let declared = declarations(&random)
        var turned = declared
        turned.messages.reverse()
        for language in AppLanguage.allCases {
            #expect(generate(language, from: declared) == generate(language, from: turned))
        }
    }

    @Test func `a comment holds one line, and no tag`() {
        #expect(commentText(" a\n  b\u{202E}c */ /* d ") == "a bc * / / * d")
        #expect(commentText("@deprecated") == "\\@deprecated")
        #expect(commentText(String(repeating: "a", count: 500)).count == 402)
        #expect(commentText("日本 שלום") == "日本 שלום")
    }
}

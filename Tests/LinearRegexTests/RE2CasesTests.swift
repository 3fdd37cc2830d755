import Foundation
import Testing

@testable import LinearRegex

/// One pattern with what RE2 said; written by `Tests/Generators/generate-regex-cases.py`.
private struct Case: Decodable {
    var p: String
    var bad: Bool?
    var yes: [String]?
    var no: [String]?
}

@Suite struct RE2CasesTests {
    private static func load() throws -> [Case] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Fixtures/regex-cases.json").standardizedFileURL
        return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    }

    @Test func agreesWithRE2() throws {
        var pairs = 0
        var failures: [String] = []
        let cases = try RE2CasesTests.load()
        for item in cases {
            do {
                let regex = try Regex(item.p)
                if item.bad == true { failures.append("accepts \(item.p.debugDescription)") }
                for (texts, expected) in [(item.yes ?? [], true), (item.no ?? [], false)] {
                    for text in texts {
                        pairs += 1
                        if regex.matches(text) != expected || regex.matchesBySimulation(text) != expected {
                            failures.append("\(item.p.debugDescription) on \(text.debugDescription): not \(expected)")
                        }
                    }
                }
            } catch {
                if item.bad != true { failures.append("refuses \(item.p.debugDescription): \(error.message)") }
            }
        }
        print("RE2: \(cases.count) patterns, \(pairs) pairs of pattern and text, \(failures.count) differ")
        for failure in failures.prefix(40) { print("  \(failure)") }
        #expect(failures.isEmpty)
        #expect(cases.count > 2_000 && pairs > 15_000)
    }
}

import Foundation
import PlacardCompiler
import PlacardExchange
import SourceDiagnostics
import Testing

/// Every unit of a generated project goes out, comes back as it was, and changes nothing; and comes back with other words, and
/// changes those.
@Test(arguments: 0..<40)
func generatedProjectsSurviveTheRoundTrip(seed: Int) throws {
    var random = Seeded(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    func words() -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in
            [
                "mot", "l’été", "*gras*", "`code`", "{$user.orders_count}", "\\{x\\}", "été : oui", "#1", "\"q\"",
                "a\\*b", "日本",
            ].randomElement(using: &random) ?? "x"
        }.joined(separator: " ")
    }
    func block() -> String {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: "## T \(words())"
        case 1: "- \(words())\n- \(words())"
        case 2: "> \(words())\n> w \(words())"
        case 3: "```\n\(words().replacing("{$user.orders_count}", with: "n"))\n```"
        case 4: "W \(words())\\\nw \(words())"
        default: "W \(words())\nw \(words())"
        }
    }
    func blocks() -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in block() }.joined(separator: "\n\n")
    }
    var body = blocks() + "\n"
    if Int.random(in: 0..<4, using: &random) == 0 {
        body = countedOrders + "one {{W \(words())}}\n* {{\n\(blocks())\n}}\n"
    }
    let title =
        "T "
        + words().replacing("\"", with: "\\\"").replacing("\\{", with: "\\\\{").replacing("\\}", with: "\\\\}")
        .replacing("\\*", with: "\\\\*")
    let source = message(body: body).replacing("title: Hello", with: "title: \"\(title)\"")
    let files = [
        "content/a.md": source,
        "content/a.fr.md": "---\ntitle: \"\(title)\"\nallow: []\n---\n\(body)".replacing("allow: []\n", with: ""),
        "placard.yaml": baseProject,
        "templates/note/template.yaml": noteTemplate.replacing("max: 60", with: "max: 600").replacing(
            "max: 400", with: "max: 4000"),
    ]
    let project = compiledWithUnits(files)
    guard !project.hasErrors else { return }
    var document = project.exchangeDocument(locale: "fr")
    for format in ExchangeFormat.allCases {
        let plan = project.planImport(try returnedFile(document, as: format), locale: "fr")
        #expect(plan.files.isEmpty && plan.rejected.isEmpty, "\(format) \(body) \(plan.rejected)")
    }
    for index in document.units.indices { document.units[index].target = "Z " + document.units[index].target }
    for format in ExchangeFormat.allCases {
        let plan = project.planImport(try returnedFile(document, as: format), locale: "fr")
        #expect(plan.rejected.isEmpty && plan.taken == document.units.count, "\(format) \(body) \(plan.rejected)")
        #expect(plan.files.count == 1)
    }
}

private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

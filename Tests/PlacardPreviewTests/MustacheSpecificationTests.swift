import ByteText
import CanonicalJSON
import Foundation
import Testing

@testable import PlacardPreview

/// The official cases of the required modules; see Tests/Fixtures/mustache/README.md.
@Suite struct MustacheSpecificationTests {
    static let counts = [
        "comments": 11, "delimiters": 14, "interpolation": 31, "inverted": 21, "partials": 11, "sections": 26,
    ]

    @Test(arguments: counts.keys.sorted())
    func theSpecificationOfMustachePasses(module: String) throws {
        let file = URL(filePath: #filePath).appending(path: "../../Fixtures/mustache/spec.json").standardized
        let specification = try JSONValue(parsing: [UInt8](Data(contentsOf: file)))
        let cases = try #require(specification[module]?.array)
        #expect(cases.count == MustacheSpecificationTests.counts[module])
        for testCase in cases {
            check(testCase)
        }
    }

    private func check(_ testCase: JSONValue) {
        let source = Array((testCase["template"]?.string ?? "").utf8)
        let (template, diagnostics) = MustacheTemplate.compile(source) { name in
            testCase["partials"]?[name]?.string.map { Array($0.utf8) }
        }
        var renderer = MustacheRenderer(template, escapesUnsafeText: false)
        var output = ByteBuffer(capacity: 0)
        renderer.render(value(testCase["data"] ?? .null), into: &output)
        let name = testCase["name"]?.string ?? ""
        let drawn = output.bytes
        #expect(String(decoding: drawn, as: UTF8.self) == testCase["expected"]?.string, "\(name)")
        #expect(diagnostics.isEmpty, "\(name)")
    }

    private func value(_ json: JSONValue) -> MustacheValue {
        switch json {
        case .null: .text("")
        case .bool(let flag): .flag(flag)
        case .number(let number): .text(json.integer.map { String($0) } ?? String(number))
        case .string(let text): .text(text)
        case .array(let items): .list(items.map(value))
        case .object(let object): .object(object.members.map { .init($0.key, value($0.value)) })
        }
    }
}

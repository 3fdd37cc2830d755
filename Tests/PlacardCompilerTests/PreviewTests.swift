import PlacardCompiler
import Testing

/// What the compiler hands to the preview.
@Suite struct PreviewTests {
    /// A page cut at its sections, by the locale of each.
    private func sections(_ files: [String: String]) throws -> [String: String] {
        let compilation = compile(project(files))
        try #require(findings(compilation) == [])
        let pages = Array(emitPreview(compilation, title: "Test", generator: "Placard"))
        let page = try #require(pages.first { $0.path == "m/a.html" })
        let parts = String(decoding: page.bytes, as: UTF8.self).split(separator: "<section class=\"loc\" id=\"l-")
        return Dictionary(
            parts.dropFirst().map { (String($0.prefix { $0 != "\"" }), String($0)) }, uniquingKeysWith: { $1 })
    }

    @Test func pseudoLocalesShowTheVariantsOfAnExperiment() throws {
        let sections = try sections([
            "content/a.md": message("experiment: {variants: {control: 50, short: 50}}"),
            "content/a+short.md": overlay("title: Hi", body: ""),
        ])
        #expect(sections["en", default: ""].contains("data-v=\"short\""))
        let accents = try #require(sections["en-XA"])
        let variant = try #require(accents.split(separator: "data-v=\"short\"").dropFirst().first)
        #expect(variant.contains("⟦Ĥî"))
        // The body is that of the message.
        #expect(variant.contains("⟦Ĥéļļö"))
        #expect(sections["ar-XB", default: ""].contains("data-v=\"short\""))
    }
}

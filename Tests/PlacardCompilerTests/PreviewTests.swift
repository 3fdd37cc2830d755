import PlacardCompiler
import Testing

/// What the compiler hands to the preview.
@Suite struct PreviewTests {
    /// A page cut at its sections, by the locale of each.
    private func sections(_ files: [String: String]) throws -> [String: String] {
        let compilation = compile(project(files))
        try #require(diagnostics(compilation) == [])
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

/// The picture of the windows of all messages.
@Suite struct WindowTimelineTests {
    private func index(_ schedules: [String: String]) throws -> String {
        var files: [String: String] = [:]
        for (id, schedule) in schedules {
            files["content/\(id).md"] = message(schedule.isEmpty ? "" : "schedule: {\(schedule)}")
        }
        let compilation = compile(project(files))
        try #require(diagnostics(compilation) == [])
        let page = try #require(
            Array(emitPreview(compilation, title: "Test", generator: "Placard")).first { $0.path == "index.html" })
        return String(decoding: page.bytes, as: UTF8.self)
    }

    @Test func barsStandInTheOrderOfTheirStarts() throws {
        let html = try index([
            "a": "start: 2026-12-20 00:00, end: 2027-01-05 00:00", "b": "start: 2026-12-01 09:00",
            "c": "end: 2026-12-10 00:00",
            "d": "",
        ])
        let picture = try #require(html.split(separator: "<svg").dropFirst().first?.split(separator: "</svg>").first)
        let links = picture.split(separator: "<a href=\"m/").dropFirst().map { String($0.prefix(1)) }
        #expect(links == ["c", "b", "a"])
        #expect(picture.contains(">7 Dec</text>"))
        #expect(picture.contains("a: 20 Dec 2026 – 4 Jan 2027"))
    }

    @Test func longSpansAreMarkedByMonthsAndYears() throws {
        #expect(try index(["a": "start: 2026-11-20 00:00, end: 2027-03-05 00:00"]).contains(">Jan 2027</text>"))
        #expect(try index(["a": "start: 2026-11-20 00:00, end: 2099-03-05 00:00"]).contains(">2053</text>"))
    }

    @Test func withoutWindowsThereIsNoPicture() throws {
        #expect(try !index(["a": "", "b": ""]).contains("<svg"))
    }
}

import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

/// A message below a folder whose defaults have these lines, as clients get it.
private func lowered(_ defaults: String, _ lines: String, _ more: [String: String] = [:]) throws -> CatalogMessage {
    let compilation = compile(
        project(["content/x/_defaults.yaml": defaults, "content/x/a.md": message(lines)].merging(more) { $1 }))
    #expect(!compilation.hasErrors, "\(diagnostics(compilation))")
    return try #require(compilation.messages.first?.catalog)
}

private let consent = "audience: '\"opted_in\" in user.segments'\n"

@Test func audiencesOfFoldersAndMessagesMustAllHold() throws {
    func audience(_ defaults: String, _ lines: String, _ more: [String: String] = [:]) throws -> String? {
        try lowered(defaults, lines, more).audience
    }
    #expect(try audience(consent, "") == "\"opted_in\" in user.segments")
    #expect(
        try audience(consent, "audience: user.country == \"US\" || user.country == \"CA\"")
            == "\"opted_in\" in user.segments && (user.country == \"US\" || user.country == \"CA\")")
    #expect(
        try audience("audience: user.orders_count > 1", "audience: 'user.orders_count > 5 ? true : false'")
            == "user.orders_count > 1 && (user.orders_count > 5 ? true : false)")
    // A comment reaches to the end of its line.
    #expect(
        try audience("audience: |\n  user.orders_count > 1 // or so\n", "audience: user.orders_count < 9")
            == "(user.orders_count > 1 // or so\n) && user.orders_count < 9")
    #expect(try audience(consent, consent.trimmed) == "\"opted_in\" in user.segments")
    #expect(
        try audience(
            "audience: user.orders_count > 1", "audience: user.orders_count > 3",
            ["content/_defaults.yaml": "audience: user.orders_count > 0\n"])
            == "user.orders_count > 0 && user.orders_count > 1 && user.orders_count > 3")
}

extension String {
    fileprivate var trimmed: String { last == "\n" ? String(dropLast()) : self }
}

@Test func aReplacementIsWrittenOut() throws {
    #expect(try lowered(consent, "audience: {replace: user.orders_count > 0}").audience == "user.orders_count > 0")
    // Of two folders the nearer replaces the other, and the message joins with what is left.
    #expect(
        try lowered(
            "audience: {replace: user.orders_count > 1}", "audience: user.orders_count > 3",
            ["content/_defaults.yaml": consent]
        ).audience == "user.orders_count > 1 && user.orders_count > 3")
    check(
        ["content/x/_defaults.yaml": consent, "content/x/a.md": message("audience: {replace: user.contry == 1}")],
        ["cel/unknown-field content/x/a.md:5:26"])
    check(["content/a.md": message("audience: {replace: }")], ["schema/wrong-type content/a.md:5:12"])
    check(
        ["content/a.md": message("audience: {replace: 'true', with: x}")], ["schema/unknown-key content/a.md:5:29"])
}

@Test func whatIsWrongWithAnAudienceIsShownInItsOwnFile() {
    check(
        [
            "content/x/_defaults.yaml": "audience: user.contry == \"US\"\n",
            "content/x/a.md": message("audience: user.orders_count == \"1\""),
        ],
        [
            "cel/unknown-field content/x/_defaults.yaml:1:16", "cel/no-matching-overload content/x/a.md:5:29",
        ].sorted { $0.split(separator: " ")[1] < $1.split(separator: " ")[1] })
    let contradiction = compile(
        project([
            "content/x/_defaults.yaml": "audience: user.orders_count > 5\n",
            "content/x/a.md": message("audience: user.orders_count < 3"),
        ]), analysis: .full)
    #expect(diagnostics(contradiction) == ["analysis/never-shown content/x/_defaults.yaml:1:11"])
    #expect(contradiction.diagnostics.first?.secondary.map(\.file) == ["content/x/a.md"])
}

@Test func rulesOfFrequencyAddUp() throws {
    let folder = "frequency: [1 per 1d, 3 total]"
    #expect(try lowered(folder, "").frequency.map(\.count) == [1, 3])
    let both = try lowered(folder, "frequency: [2 per session, 3 total]").frequency
    #expect(both.map(\.count) == [2, 3, 1])
    #expect(try lowered(folder, "frequency: {replace: [9 total]}").frequency.map(\.count) == [9])
}

@Test func aScheduleTakesWhatItLeavesOut() throws {
    let folder = "schedule: {timezone: local, hours: 08:00-22:00, days: [mon, tue, wed]}"
    let joined = try #require(
        lowered(folder, "schedule: {start: 2026-12-01 09:00, days: [tue]}").schedule)
    #expect(joined.hours == Hours(start: 480, end: 1320))
    #expect(joined.days == [.tuesday])
    #expect(joined.start != nil)
    #expect(try lowered(folder, "schedule: {replace: {days: [sun]}}").schedule?.hours == nil)
}

@Test func whatOpensWhatAFolderKeepsClosedIsWarnedOf() {
    func diagnostics(_ defaults: String, _ lines: String) -> [String] {
        let files = ["content/x/_defaults.yaml": defaults, "content/x/a.md": message(lines)]
        return compile(project(files)).diagnostics.map { "\($0.severity) \($0.id)" }
    }
    let warning = ["warning message/replaced-default"]
    let night = "schedule: {hours: 22:00-06:00}"
    #expect(diagnostics("schedule: {hours: 08:00-22:00}", "schedule: {hours: 09:00-21:00}") == [])
    #expect(diagnostics("schedule: {hours: 08:00-22:00}", "schedule: {hours: 07:00-21:00}") == warning)
    #expect(diagnostics(night, "schedule: {hours: 23:00-05:00}") == [])
    #expect(diagnostics(night, "schedule: {hours: 01:00-05:00}") == [])
    #expect(diagnostics(night, "schedule: {hours: 05:00-07:00}") == warning)
    #expect(diagnostics("schedule: {days: [mon, tue]}", "schedule: {days: [tue, wed]}") == warning)
    #expect(diagnostics("schedule: {end: 2030-01-01 00:00}", "schedule: {end: 2029-01-01 00:00}") == [])
    #expect(diagnostics("schedule: {end: 2030-01-01 00:00}", "schedule: {end: 2031-01-01 00:00}") == warning)
    #expect(diagnostics("schedule: {timezone: Europe/Paris}", "schedule: {timezone: local}") == warning)
    #expect(diagnostics("schedule: {days: [mon]}", "schedule: {replace: {days: [tue]}}") == [])
}

@Test func anotherGroupThanTheFoldersIsWarnedOf() throws {
    let groups = baseProject.replacing(
        "promotions: {frequency: [1 per 1d]}",
        with: "promotions: {frequency: [1 per 1d]}\n  news: {frequency: [1 per 1d]}")
    let files = [
        "placard.yaml": groups, "content/x/_defaults.yaml": "group: promotions\n",
        "content/x/a.md": message("group: news"),
    ]
    check(files, ["message/replaced-default content/x/a.md:5:8"])
    let fixIt = try #require(compile(project(files)).diagnostics.first?.fixIts.first)
    let fixed = compile(applying(fixIt, to: project(files)))
    #expect(diagnostics(fixed) == [])
    #expect(fixed.messages.first?.catalog?.group == "news")
    check(files.merging(["content/x/a.md": message("group: promotions")]) { $1 }, [])
}

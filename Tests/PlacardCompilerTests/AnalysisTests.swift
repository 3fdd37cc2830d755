import CanonicalJSON
import PlacardBundle
import PlacardEngine
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

/// Analyses a project in full and expects exactly these diagnostics, each as `id path:line:column`.
private func analysed(
    _ files: [String: String], _ expected: [String], level: AnalysisLevel = .full, now: Int64? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let source = project(files)
    let found = compile(source, analysis: level, now: now).diagnostics.map { diagnostic in
        let bytes = source[diagnostic.primary.file] ?? []
        let place = LineIndex(bytes).position(of: diagnostic.primary.span.start, in: bytes, unit: .scalar)
        return "\(diagnostic.id) \(diagnostic.primary.file):\(place.line):\(place.column)"
    }
    #expect(found == expected, sourceLocation: sourceLocation)
}

/// A project whose context has an attribute of every scalar type.
private let wideProject = """
    source: en
    context:
      user:
        country: {type: string, values: [US, CA, FR]}
        city: {type: string, optional: true}
        name: {type: string}
        tags: {type: list(string), default: []}
        count: {type: int, default: 0}
        size: {type: uint, default: 0}
        score: {type: double}
        member: {type: bool, default: false}
        version: {type: version}
        since: {type: timestamp}
        idle: {type: duration}
        parts: {type: list(string), optional: true}
    events:
      session_start: {}
      order: {status: {type: string, values: [placed, ready]}, items: int}

    """

private func conditioned(_ audience: String, when: String? = nil, lines: String = "") -> String {
    let trigger = when.map { "{event: order, when: '\($0)'}" } ?? "{event: order}"
    return """
        ---
        template: note
        title: Hello
        trigger: \(trigger)
        audience: '\(audience)'
        \(lines)
        ---
        Hello.

        """
}

// MARK: Never shown

@Test(arguments: [
    #"user.country == "US" && user.country == "CA""#,
    #"user.country != "US" && user.country != "CA" && user.country != "FR""#,
    #"user.count > 3 && user.count < 4"#,
    #"user.size < 0u"#,
    #"user.score > 1.5 && user.score <= 1.5"#,
    #"user.member && !user.member"#,
    #"user.version > semver("1.2.3") && user.version < semver("1.2.4-0")"#,
    #"user.version < semver("0.0.0-0")"#,
    #"user.version > semver("1.0.0-a") && user.version < semver("1.0.0-a.0")"#,
    #"user.since < timestamp("2026-01-01T00:00:00Z") && user.since > timestamp("2026-06-01T00:00:00Z")"#,
    #"user.idle > duration("1h") && user.idle < duration("30m")"#,
    #""a" in user.tags && !("a" in user.tags)"#,
    #"user.name.startsWith("a") && !user.name.startsWith("a")"#,
    #"!has(user.city) && has(user.city) && user.city == "Paris""#,
    #"user.name == "a" && user.name in ["b", "c"]"#,
    #"user.member ? user.count > 5 && user.count < 5 : user.country == "US" && user.country == "FR""#,
    #"false"#,
])
func aContradictionIsNeverShown(audience: String) {
    let found = compile(
        project(["placard.yaml": wideProject, "content/a.md": conditioned(audience)]), analysis: .cheap
    ).diagnostics
    #expect(found.map(\.id) == ["analysis/never-shown"], "\(found.map(\.message))")
}

@Test(arguments: [
    #"user.country == "US" || user.country == "CA""#,
    #"user.count > 3 && user.count < 5"#,
    #"user.score > 1.5 && user.score < 1.5000001"#,
    #"user.version > semver("1.2.3") && user.version < semver("1.2.4")"#,
    #"user.version > semver("1.0.0-a") && user.version < semver("1.0.0-a.1")"#,
    #"user.version < semver("0.0.0")"#,
    #""a" in user.tags && "b" in user.tags && !("c" in user.tags)"#,
    #"user.name.startsWith("a") && user.name.endsWith("b")"#,
    #"user.name.startsWith("a") && !user.name.startsWith("b")"#,
    #"user.tags.exists(t, t == "a") && !user.tags.exists(t, t == "b")"#,
    #"user.count - (user.count - 1) == 1 && user.count - user.count - 1 != 1"#,
    #"size(user.tags) > 2 && user.tags.size() < 2"#,
    #"user.name < "b" && user.name > "a""#,
    #"user.count == 3 && user.score == 3.0"#,
    #"user.name == "\#u{E9}" && user.name != "e\#u{301}""#,
    #"has(user.city) && user.city == "Paris""#,
    #"!has(user.city)"#,
    #"user.?city.orValue("x") == "x""#,
    #"has(user.parts) && "a" in user.parts"#,
    #"user.since > timestamp("2026-01-01T00:00:00Z") && user.since < timestamp("2026-01-01T00:00:00.5Z")"#,
    #"user.member == true || user.member == false"#,
    #"true"#,
])
func whatMayBeShownIsNotReported(audience: String) {
    let found = compile(
        project(["placard.yaml": wideProject, "content/a.md": conditioned(audience)]), analysis: .full
    ).diagnostics
    #expect(found.isEmpty, "\(found.map(\.message))")
}

@Test func theContradictingConditionsAreNamed() {
    let audience = #"user.member && user.country == "US" && user.count > 1 && user.country == "FR""#
    analysed(
        ["placard.yaml": wideProject, "content/a.md": conditioned(audience)], ["analysis/never-shown content/a.md:5:27"]
    )
    let found = compile(
        project(["placard.yaml": wideProject, "content/a.md": conditioned(audience)]), analysis: .full
    ).diagnostics
    #expect(found.first?.secondary.count == 1)
    #expect(
        found.first?.notes == [
            #"`user.country == "US"` and `user.country == "FR"` are never true together"#
        ])
}

@Test func aWhenThatNoEventMeetsIsNeverShown() {
    analysed(
        [
            "placard.yaml": wideProject,
            "content/a.md": conditioned("true", when: #"event.status != "placed" && event.status != "ready""#),
        ], ["analysis/never-shown content/a.md:4:32"])
    analysed(
        [
            "placard.yaml": wideProject,
            "content/a.md": conditioned("user.member", when: #"event.status == "ready" && !user.member"#),
        ], ["analysis/never-shown content/a.md:5:12"])
}

@Test func capsOfZeroAreNeverShown() {
    analysed(["content/a.md": message("frequency: [0 per session]")], ["analysis/never-shown content/a.md:5:12"])
    analysed(["content/a.md": message("rollout: 0%")], ["analysis/never-shown content/a.md:5:10"])
    analysed(["content/a.md": message("rollout: 0.01%\nfrequency: [1 total]")], [])
    analysed(["content/a.md": message("rollout: 0%")], [], level: .none)
}

@Test func hoursAndDaysThatDoNotMeetTheWindow() {
    func scheduled(_ schedule: String) -> [String: String] { ["content/a.md": message("schedule: {\(schedule)}")] }
    let never = ["analysis/never-shown content/a.md:5:1"]
    // 2026-12-01 is a Tuesday.
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-01 18:00, hours: 19:00-21:00"), never)
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-03 18:00, days: [fri, sat]"), never)
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-01 18:00, timezone: Europe/Paris, days: [wed]"), never)
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-01 18:00, hours: 17:59-21:00"), [])
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-01 18:00, hours: 08:00-09:00"), never)
    analysed(scheduled("start: 2026-12-01 09:00, end: 2026-12-03 00:01, days: [thu]"), [])
    // After midnight it is still Tuesday's daypart.
    analysed(scheduled("start: 2026-12-02 00:30, end: 2026-12-02 01:00, hours: 22:00-02:00, days: [tue]"), [])
    // Somewhere it is Wednesday already.
    analysed(scheduled("start: 2026-12-01T12:00:00Z, end: 2026-12-01T13:00:00Z, days: [wed]"), [])
    analysed(scheduled("start: 2026-12-01 09:00, end: 2027-12-01 18:00, hours: 19:00-21:00, days: [mon]"), [])
}

@Test func aScheduleThatHasEnded() {
    let end = 1_796_148_000  // 2026-12-01T18:00:00Z
    let local = ["content/a.md": message("schedule: {end: 2026-12-01 18:00}")]
    analysed(local, [], now: nil)
    analysed(local, [], now: Int64(end))
    analysed(local, [], now: Int64(end + 12 * 3600 - 1))
    analysed(local, ["analysis/never-shown content/a.md:5:17"], now: Int64(end + 12 * 3600))
    let instant = ["content/a.md": message("schedule: {end: 2026-12-01T18:00:00Z}")]
    analysed(instant, [], now: Int64(end - 1))
    analysed(instant, ["analysis/never-shown content/a.md:5:17"], now: Int64(end))
}

@Test func anAllowanceOfWhatIsNotLookedForIsKept() {
    let allowed = message("rollout: 0%\nallow: [{id: analysis/never-shown, reason: rests}]")
    analysed(["content/a.md": allowed], [], level: .none)
    analysed(["content/a.md": allowed], [], level: .full, now: 0)
    let needless = message("allow: [{id: analysis/never-shown, reason: rests}]")
    analysed(["content/a.md": needless], [], level: .cheap)
    analysed(["content/a.md": needless], ["lint/unused-allowance content/a.md:5:14"], level: .full, now: 0)
}

// MARK: Pairs

private let stripTemplate = """
    description: Stays
    surface: banner
    fields:
      title: {type: text, required: true, max: 60}
    actions: {min: 0, max: 1}

    """

private func strip(_ lines: String) -> String {
    "---\ntemplate: strip\ntitle: Hello\ntrigger: {event: order}\n\(lines)\n---\n"
}

private func pair(_ winner: String, _ loser: String) -> [String: String] {
    [
        "placard.yaml": wideProject, "templates/strip/template.yaml": stripTemplate, "content/a.md": strip(winner),
        "content/b.md": strip(loser),
    ]
}

@Test func whatMessagesDoTogetherDoesNotChangeWithTime() {
    let ended = "schedule: {end: 2026-07-01 00:00, timezone: UTC}"
    func warnings(_ now: Int64) -> [String] {
        compile(project(pair("priority: 60\n" + ended, ended)), analysis: .full, now: now).diagnostics
            .filter { $0.severity == .warning }.map(\.id)
    }
    #expect(warnings(1_770_000_000) == ["analysis/shadowed"])
    #expect(warnings(1_796_000_000) == ["analysis/shadowed"])
}

@Test func aMessageWhoseUsersAllSeeAnotherIsShadowed() {
    let found = ["analysis/shadowed content/b.md:4:18"]
    analysed(pair("priority: 60", "priority: 50"), found)
    analysed(pair("", ""), found)
    analysed(pair("priority: 60\naudience: user.count > 3", "audience: user.count > 5 && user.member"), found)
    analysed(pair("priority: 60\naudience: user.count >= 4", "audience: user.count > 3"), found)
    analysed(
        pair(
            #"audience: user.country in ["US", "CA"] || user.country == "FR""#, "audience: user.member"), found)
    analysed(
        pair(
            #"audience: user.name.startsWith("a")"#,
            #"audience: user.member && user.name.startsWith("a")"#), [], level: .cheap)
    analysed(
        pair("schedule: {end: 2027-01-01 00:00}", "schedule: {end: 2026-12-01 00:00, days: [mon]}"), found)
}

@Test func aMessageWithUsersOfItsOwnIsNotShadowed() {
    func clean(_ winner: String, _ loser: String, sourceLocation: SourceLocation = #_sourceLocation) {
        analysed(pair("priority: 60\n" + winner, loser), [], sourceLocation: sourceLocation)
    }
    clean("audience: user.count > 5", "audience: user.count > 4")
    clean("frequency: [1 per session]", "")
    clean("rollout: 99%", "")
    clean("experiment: {variants: {control: 100}, holdout: 5%}", "")
    clean("thread: t", "")
    clean("", "thread: t")
    clean("schedule: {end: 2027-01-01 00:00}", "")
    clean("schedule: {hours: 08:00-20:00}", "schedule: {days: [mon]}")
    clean("actions: [{id: x, label: Close, dismiss: true}]", "")
    clean(#"audience: user.name.startsWith("a")"#, #"audience: user.name.startsWith("ab")"#)
    clean("audience: has(user.city)", "")
    clean(#"audience: has(user.city) && user.city != "Paris""#, #"audience: '!has(user.city)'"#)
    analysed(pair("priority: 40", "priority: 50"), ["analysis/shadowed content/a.md:4:18"])
    // A user who has closed the note sees the other.
    analysed(["content/a.md": message("priority: 60"), "content/b.md": message("priority: 50")], [])
}

@Test func equalPrioritiesCompeteOnlyForCommonUsers() {
    func two(_ first: String, _ second: String) -> [String: String] {
        ["content/a.md": message(first), "content/b.md": message(second)]
    }
    let found = ["analysis/competing content/b.md:4:18"]
    analysed(two("", ""), found)
    analysed(two("audience: user.orders_count > 3", "audience: user.orders_count < 5"), found)
    analysed(two("rollout: 20%", "rollout: 20%"), found)
    analysed(two("", ""), [], level: .cheap)
    analysed(two("priority: 51", ""), [])
    analysed(two(#"audience: user.country == "US""#, #"audience: user.country == "CA""#), [])
    analysed(two("schedule: {end: 2026-12-01 00:00}", "schedule: {start: 2026-12-01 00:00}"), [])
    analysed(two("schedule: {days: [mon]}", "schedule: {days: [tue]}"), [])
    analysed(two("schedule: {hours: 08:00-10:00}", "schedule: {hours: 10:00-12:00}"), [])
    // Not decided: no user can be named.
    analysed(two(#"audience: user.country.startsWith("U")"#, ""), [])
}

@Test func theWitnessIsAUserThatTheEngineKnows() throws {
    let files = [
        "content/a.md": message(#"audience: user.country == "FR" && app.version > semver("3.0.0")"#),
        "content/b.md": message(#"audience: '"gold" in user.segments && user.orders_count >= 7'"#),
    ]
    let found = compile(project(files), analysis: .full).diagnostics
    #expect(
        found.first?.notes.contains(
            #"for example the user `{"app":{"platform":"ios","version":"3.0.1"},"user":{"country":"FR","orders_count":7,"segments":["gold"]}}`"#
        ) == true, "\(found.first?.notes ?? [])")
}

import DocumentSchema
import LocatedYAML
import SourceDiagnostics
import Testing

@Suite struct ValidationTests {
    private let schema = PlacardSchemas.message(banner)

    @Test(arguments: [
        ("priorty: 5\n", "schema/unknown-key `priorty`: a banner has no key `priorty`"),
        ("priority: high\n", "schema/wrong-type `high`: `priority` must be a whole number, and is text"),
        ("priority: 101\n", "schema/out-of-range `101`: `priority` is 101, and must be 0 to 100"),
        ("tone: sucess\n", "schema/unknown-value `sucess`: `sucess` is not a value of `tone`"),
        ("rollout: 25\n", "schema/wrong-type `25`: `rollout` must be a percentage, and is the number 25"),
        ("rollout: 120%\n", "schema/out-of-range `120%`: `120%` is more than `100%`"),
        ("group: Promo Group\n", "schema/invalid-format `Promo Group`: `Promo Group` is not an id"),
        ("group:\n", "schema/wrong-type `group`: `group` has no value; it must be an id"),
        ("frequency: 1 per session\n", "schema/wrong-type `1 per session`: `frequency` must be a list, and is text"),
        (
            "frequency: [3 per fortnight]\n",
            "schema/invalid-format `fortnight`: `fortnight` is neither `session` nor a duration"
        ),
        ("schedule: {start: 2026-02-30 09:00}\n", "schema/invalid-format `2026-02-30`: 2026-02-30 does not exist"),
        ("schedule: {hours: 08:00-25:00}\n", "schema/out-of-range `25:00`: there is no such time of day"),
        ("schedule: {days: [mon, mon]}\n", "schema/duplicate-item `mon`: `mon` is in `days` twice"),
        ("actions: [{id: a, label: A}]\n", "schema/missing-key `id`: an action does nothing"),
        (
            "actions: [{id: a, label: A, dismiss: true, remind: 1d}]\n",
            "schema/conflicting-keys `remind`: an action has both `dismiss` and `remind`"
        ),
        (
            "replies: [{id: a, text: A}]\n",
            "schema/out-of-range `[{id: a, text: A}]`: `replies` has 1 item, and must have 2 to 8"
        ),
        ("accent: red\n", "schema/invalid-format `red`: `red` is not a colour"),
        (
            "variables: {user.first_name: {}}\n",
            "schema/missing-key `user.first_name`: `user.first_name` has no `fallback`"
        ),
        ("loud: 'true'\n", "schema/wrong-type `'true'`: `loud` must be `true` or `false`, and is text"),
    ])
    func eachDefectHasItsDiagnostic(_ lines: String, _ diagnostic: String) throws {
        try check(message(lines), schema, gives: [diagnostic])
    }

    @Test func missingKeysCanBeInherited() throws {
        let node = try #require(parseYAML(Array("template: banner\ntitle: A\n".utf8)).node)
        #expect(validate(node, against: schema.root).map(\.id) == ["schema/missing-key"])
        #expect(validate(node, against: schema.root, provided: ["trigger"]).isEmpty)
    }

    @Test func aSpanIsRightInsideQuotesAndEscapes() throws {
        try check(
            message("schedule: {start: \"2026\\x2D02-30 09:00\"}\n"), schema,
            gives: ["schema/invalid-format `2026\\x2D02-30`: 2026-02-30 does not exist"])
    }

    @Test func translationsCarryTextsOnly() throws {
        let schema = PlacardSchemas.translation(banner)
        try check("title: Bonjour\nimage: {alt: Un gobelet}\nactions: [{id: a, label: B}]\n", schema, gives: [])
        try check(
            "priority: 1\n", schema, gives: ["schema/misplaced-key `priority`: `priority` belongs in the source file"])
        try check("tone: info\n", schema, gives: ["schema/misplaced-key `tone`: `tone` belongs in the source file"])
        try check(
            "image: {src: a.png}\n", schema, gives: ["schema/misplaced-key `src`: `src` belongs in the source file"])
    }

    @Test func templateFieldsTakeTheKeysOfTheirType() throws {
        let head = "description: A\nsurface: card\nfields:\n"
        try check(head + "  a: {type: text, max: 3}\n", PlacardSchemas.template, gives: [])
        try check(
            head + "  a: {type: bool, max: 3}\n", PlacardSchemas.template,
            gives: ["schema/misplaced-key `max`: a bool field has no `max`"])
        try check(
            head + "  a: {type: txt}\n", PlacardSchemas.template,
            gives: ["schema/unknown-value `txt`: `txt` is not a value of `type`"])
    }

    @Test func projectsAreHeldToTheirSchema() throws {
        let schema = PlacardSchemas.project
        try check("source: en\nevents: {a: {b: string, c: {type: list(string)}}}\n", schema, gives: [])
        try check(
            "source: en\ncontext: {user: {a: strin}}\n", schema,
            gives: ["schema/invalid-format `strin`: there is no type `strin`"])
        try check(
            "source: en\ncontext: {user: {in: string}}\n", schema,
            gives: ["schema/invalid-format `in`: `in` is a reserved word of CEL"])
        try check(
            "source: pt_BR\n", schema,
            gives: ["schema/locale-spelling `pt_BR`: `pt_BR` is written with a hyphen, not with an underscore"])
    }

    @Test func scenariosAreHeldToTheirSchema() throws {
        let head = "description: A\nevent: {name: x, y: 1}\n"
        try check(
            head + "now: 2026-12-02T10:15:00+01:00\nexpect: {shows: a, hidden: {b: audience}}\n",
            PlacardSchemas.scenario, gives: [])
        try check(
            head + "now: 2026-12-02T10:15:00\n", PlacardSchemas.scenario,
            gives: ["schema/invalid-format `2026-12-02T10:15:00`: the time has no zone"])
    }
}

@Suite struct ScalarSyntaxTests {
    @Test(
        arguments: [("250ms", 250), ("2s", 2000), ("1h30m", 5_400_000), ("1d", 86_400_000), ("2w", 1_209_600_000)]
            as [(String, Int64)])
    func durationsAreRead(_ text: String, _ milliseconds: Int64) throws {
        #expect(try ScalarSyntax.duration(text).get() == milliseconds)
    }

    @Test(arguments: ["", "2", "s", "2 s", "-1s", "1.5s", "30m1h", "1s1s", "99999999999999999999s", "40000d"])
    func malformedDurationsAreRefused(_ text: String) {
        #expect(throws: SyntaxProblem.self) { try ScalarSyntax.duration(text).get() }
    }

    @Test func percentagesAreReadAsHundredths() throws {
        #expect(try ScalarSyntax.percentage("25%").get() == 2500)
        #expect(try ScalarSyntax.percentage("0.5%").get() == 50)
        #expect(try ScalarSyntax.percentage("33.33%").get() == 3333)
        for text in ["", "%", "25", "100.01%", "1.234%", "-1%", "99999999999999999999%"] {
            #expect(throws: SyntaxProblem.self) { try ScalarSyntax.percentage(text).get() }
        }
    }

    @Test func datesAndTimes() throws {
        #expect(try ScalarSyntax.dateTime("2026-12-01 09:00").get().text == "2026-12-01T09:00:00")
        #expect(try ScalarSyntax.dateTime("2026-12-01T09:00:00+01:00").get().text == "2026-12-01T09:00:00+01:00")
        #expect(try ScalarSyntax.dateTime("1970-01-02T00:00:00Z").get().milliseconds == 86_400_000)
        #expect(try ScalarSyntax.dateTime("2024-02-29T00:00:00Z").get().milliseconds == 1_709_164_800_000)
        for text in [
            "2026-02-29 09:00", "2026-13-01 09:00", "2026-12-01", "2026-12-01 24:00", "2026-12-01 09:60", "26-1-1 9:00",
        ] {
            #expect(throws: SyntaxProblem.self) { try ScalarSyntax.dateTime(text).get() }
        }
    }

    @Test func rangesOfHoursAreRead() throws {
        #expect(try ScalarSyntax.timeRange("08:00-24:00").get() == (480, 1440))
        #expect(try ScalarSyntax.timeRange("22:00-06:00").get() == (1320, 360))
        for text in ["8-21", "08:00", "24:00-08:00", "08:00-08:00", "08:00 - 21:00"] {
            #expect(throws: SyntaxProblem.self) { try ScalarSyntax.timeRange(text).get() }
        }
    }

    @Test func frequencyRulesAreRead() throws {
        #expect(try ScalarSyntax.frequencyRule("1 per session").get() == (1, .session))
        #expect(try ScalarSyntax.frequencyRule("3 per 7d").get() == (3, .window(604_800_000)))
        #expect(try ScalarSyntax.frequencyRule("10 total").get() == (10, .total))
    }

    @Test func typesOfAttributesAreRead() {
        for text in ["string", "list(string)", "map(string, list(int))"] {
            #expect(ScalarSyntax.attributeType(text) == nil)
        }
        for text in ["", "list", "list(", "map(int, string)", "string x", "list(list(list(list(list(int)))))"] {
            #expect(ScalarSyntax.attributeType(text) != nil)
        }
    }
}

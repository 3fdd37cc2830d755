import SourceDiagnostics
import Testing

@testable import CEL

/// What people write who know another language: one diagnostic, and a fix that writes what was meant.
@Suite struct ForeignWordTests {
    static let environment: Environment = {
        var declarations = Declarations(
            variables: [VariableDeclaration("user", .object("user")), VariableDeclaration("app", .object("app"))],
            objectTypes: [
                ObjectType(
                    "user",
                    fields: [
                        ObjectField("plan", .string, values: ["free", "premium"]), ObjectField("country", .string),
                        ObjectField("score", .double), ObjectField("age", .int), ObjectField("tags", .list(.string)),
                        ObjectField("prefs", .map(.string, .string)), ObjectField("premium", .bool),
                        ObjectField("name", .string, isOptional: true), ObjectField("created", .timestamp),
                        ObjectField("idle", .duration), ObjectField("today", .string),
                        ObjectField("seen", .timestamp, isOptional: true),
                    ]), ObjectType("app", fields: [ObjectField("version", .version), ObjectField("name", .string)]),
            ])
        declarations.absentNames = [
            AbsentName("now", note: "no clock is read"), AbsentName("today", note: "no clock is read"),
            AbsentName("order", note: "it is called user here", replacement: "user"),
        ]
        return Environment(declarations, mode: .authoring)
    }()

    /// What is written, the diagnostic's id, and what its fix makes of it.
    private static let fixed: [(String, String, String)] = [
        ("not user.premium", "cel/operator-typo", "!user.premium"),
        ("not user.plan == \"free\"", "cel/operator-typo", "!(user.plan == \"free\")"),
        ("NOT (user.plan == \"free\")", "cel/operator-typo", "!(user.plan == \"free\")"),
        ("not(user.premium)", "cel/operator-typo", "!(user.premium)"),
        ("user.premium && not user.age > 3", "cel/operator-typo", "user.premium && !(user.age > 3)"),
        ("user.plan is \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user.plan is not \"free\"", "cel/operator-typo", "user.plan != \"free\""),
        ("user.plan IS in [\"free\"]", "cel/operator-typo", "user.plan in [\"free\"]"),
        ("user.plan equals \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user.name is null", "cel/operator-typo", "!has(user.name)"),
        ("user.name is not null", "cel/operator-typo", "has(user.name)"),
        ("user.plan not in [\"free\"]", "cel/operator-typo", "!(user.plan in [\"free\"])"),
        ("user.age gte 18", "cel/operator-typo", "user.age >= 18"),
        ("user.age between 18 and 30", "cel/operator-typo", "user.age >= 18 && user.age <= 30"),
        ("user.country startsWith \"U\"", "cel/operator-typo", "user.country.startsWith(\"U\")"),
        ("user.country =~ \"^U\"", "cel/operator-typo", "user.country.matches(\"^U\")"),
        ("user.country.matches(/^U/i)", "cel/unexpected-token", "user.country.matches(\"(?i)^U\")"),
        ("user.plan = \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user.plan === \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user.plan = = \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user.premium &&& user.age > 3", "cel/operator-typo", "user.premium && user.age > 3"),
        ("user.premium | | user.age > 3", "cel/operator-typo", "user.premium || user.age > 3"),
        ("user.plan !== \"free\"", "cel/operator-typo", "user.plan != \"free\""),
        ("user.plan ! = \"free\"", "cel/operator-typo", "user.plan != \"free\""),
        ("user.age > = 3", "cel/operator-typo", "user.age >= 3"),
        ("user.age = < 3", "cel/operator-typo", "user.age <= 3"),
        ("user.age < > 3", "cel/operator-typo", "user.age != 3"),
        ("=user.premium", "cel/unexpected-token", "user.premium"),
        ("user.age is greater than 3", "cel/operator-typo", "user.age > 3"),
        ("user.age is less than or equal to 3", "cel/operator-typo", "user.age <= 3"),
        ("user.age at least 3 && user.premium", "cel/operator-typo", "user.age >= 3 && user.premium"),
        ("user.plan is not equal to \"free\"", "cel/operator-typo", "user.plan != \"free\""),
        ("WHERE user.age > 3", "cel/unexpected-token", "user.age > 3"),
        ("unless user.premium", "cel/operator-typo", "!user.premium"),
        ("unless user.premium || user.age > 3", "cel/operator-typo", "!(user.premium || user.age > 3)"),
        ("typeof user.name !== \"undefined\"", "cel/operator-typo", "has(user.name)"),
        ("typeof user.name == 'undefined'", "cel/operator-typo", "!has(user.name)"),
        ("user.country | upcase == \"US\"", "cel/operator-typo", "user.country.upperAscii() == \"US\""),
        ("any(t == \"a\" for t in user.tags)", "cel/operator-typo", "user.tags.exists(t, t == \"a\")"),
        ("all(t != \"a\" for t in user.tags)", "cel/operator-typo", "user.tags.all(t, t != \"a\")"),
        ("{% if user.age > 3 %}true{% endif %}", "cel/unexpected-character", "user.age > 3"),
        ("user.plan NOT IN [\"free\"]", "cel/operator-typo", "!(user.plan in [\"free\"])"),
        ("COUNT(user.tags) > 2", "cel/undeclared-function", "size(user.tags) > 2"),
        ("COALESCE(user.name, \"x\") == \"y\"", "cel/undeclared-function", "user.?name.orValue(\"x\") == \"y\""),
        ("ISBLANK(user.name)", "cel/undeclared-function", "!has(user.name)"),
        ("user.name.exists()", "cel/undeclared-function", "has(user.name)"),
        ("user.has(name)", "cel/undeclared-function", "has(user.name)"),
        ("user.has(\"name\")", "cel/undeclared-function", "has(user.name)"),
        ("IF(user.premium, true, false)", "cel/undeclared-function", "(user.premium ? true : false)"),
        ("user.premium == TRUE", "cel/undeclared-reference", "user.premium == true"),
        ("user.age > five", "cel/undeclared-reference", "user.age > 5"),
        ("user.score < two", "cel/undeclared-reference", "user.score < 2.0"),
        ("user.age > 1 000", "cel/unexpected-token", "user.age > 1000"),
        ("user.plan == \"free\", \"premium\"", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user.tags in \"a\"", "cel/no-matching-overload", "\"a\" in user.tags"),
        ("userplan == \"free\"", "cel/undeclared-reference", "user.plan == \"free\""),
        ("member.plan == \"free\"", "cel/undeclared-reference", "user.plan == \"free\""),
        ("hass(user.name) && user.name == \"x\"", "cel/undeclared-function", "has(user.name) && user.name == \"x\""),
        ("has(user.nam) && user.name == \"x\"", "cel/unknown-field", "has(user.name) && user.name == \"x\""),
        (
            "user.premium || user.age > 3) && user.plan == \"free\"", "cel/unexpected-token",
            "(user.premium || user.age > 3) && user.plan == \"free\""
        ),
        ("user.tags.a", "cel/no-fields", "\"a\" in user.tags"),
        ("user.version > semver(\"3.0.0\")", "cel/unknown-field", "app.version > semver(\"3.0.0\")"),
        ("user.properties.age > 3", "cel/unknown-field", "user.age > 3"),
        (
            "app.name == \"x\" && app.plan == \"free\"", "cel/unknown-field",
            "app.name == \"x\" && user.plan == \"free\""
        ),

        ("user.country == ＂US＂", "cel/typographic-quotes", "user.country == \"US\""),
        ("\"free\" == \"app.plan\"", "cel/constant-condition", "\"free\" == user.plan"),
        ("user.age > 5 || user.age < 10", "cel/constant-condition", "user.age > 5 && user.age < 10"),
        ("user.plan <> \"free\"", "cel/operator-typo", "user.plan != \"free\""),
        ("user.age =< 3", "cel/operator-typo", "user.age <= 3"),
        ("user.age => 3", "cel/operator-typo", "user.age >= 3"),
        ("user.premium & user.age > 3", "cel/operator-typo", "user.premium && user.age > 3"),
        ("user.premium and user.age > 3", "cel/operator-typo", "user.premium && user.age > 3"),
        ("user->plan == \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        ("user::plan == \"free\"", "cel/operator-typo", "user.plan == \"free\""),
        (
            "user.plan == \"free\" or \"premium\"", "cel/operator-typo",
            "user.plan == \"free\" || user.plan == \"premium\""
        ),
        (
            "user.plan == \"free\" || \"premium\"", "cel/not-a-condition",
            "user.plan == \"free\" || user.plan == \"premium\""
        ),
        ("user.age >= 18 && <= 30", "cel/unexpected-token", "user.age >= 18 && user.age <= 30"),
        ("18 <= user.age <= 30", "cel/no-matching-overload", "18 <= user.age && user.age <= 30"),
        ("user.tags.exists(t => t == \"a\")", "cel/operator-typo", "user.tags.exists(t, t == \"a\")"),
        ("user.plan in (\"free\", \"premium\")", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user.plan in {\"free\", \"premium\"}", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user.plan in \"free, premium\"", "cel/no-matching-overload", "user.plan in [\"free\", \"premium\"]"),
        ("\"a\" in user.country", "cel/no-matching-overload", "user.country.contains(\"a\")"),
        ("user.tags in [\"a\"]", "cel/no-matching-overload", "user.tags.exists(x, x in [\"a\"])"),
        ("user.tags == \"a\"", "cel/no-matching-overload", "\"a\" in user.tags"),
        ("user.tags != \"a\"", "cel/no-matching-overload", "!(\"a\" in user.tags)"),
        ("user.tags.contains(\"a\")", "cel/no-matching-overload", "\"a\" in user.tags"),
        ("!user.tags.contains(\"a\")", "cel/no-matching-overload", "!(\"a\" in user.tags)"),
        ("contains(user.country, \"a\")", "cel/no-matching-overload", "user.country.contains(\"a\")"),
        ("user.tags.includes(\"a\")", "cel/undeclared-function", "\"a\" in user.tags"),
        ("user.prefs.contains(\"k\")", "cel/no-matching-overload", "\"k\" in user.prefs"),
        ("user.prefs.get(\"k\") == \"v\"", "cel/undeclared-function", "user.prefs[\"k\"] == \"v\""),
        ("has(user.prefs[\"k\"])", "cel/invalid-macro-argument", "\"k\" in user.prefs"),
        ("!has(user.prefs[\"k\"])", "cel/invalid-macro-argument", "!(\"k\" in user.prefs)"),
        ("has(user[\"name\"])", "cel/invalid-macro-argument", "has(user.name)"),
        ("has(\"user.name\")", "cel/invalid-macro-argument", "has(user.name)"),
        ("exists(user.name)", "cel/undeclared-function", "has(user.name)"),
        ("user[\"plan\"] == \"free\"", "cel/no-matching-overload", "user.plan == \"free\""),
        ("user.name != null", "cel/no-matching-overload", "has(user.name)"),
        ("null == user.name", "cel/no-matching-overload", "!has(user.name)"),
        ("user.name != nil", "cel/undeclared-reference", "has(user.name)"),
        ("user.score == 10", "cel/no-matching-overload", "user.score == 10.0"),
        ("user.age == 10.0", "cel/no-matching-overload", "user.age == 10"),
        ("user.score + 1 > 2", "cel/no-matching-overload", "user.score + 1.0 > 2"),
        ("user.age / 2.5 > 2", "cel/no-matching-overload", "double(user.age) / 2.5 > 2"),
        ("user.score in [1, 2]", "cel/no-matching-overload", "user.score in [1.0, 2.0]"),
        ("user.premium == 1", "cel/no-matching-overload", "user.premium == true"),
        ("user.premium == True", "cel/undeclared-reference", "user.premium == true"),
        ("user.premium == yes", "cel/undeclared-reference", "user.premium == true"),
        ("user.plan == free", "cel/undeclared-reference", "user.plan == \"free\""),
        ("user.plan in [free]", "cel/undeclared-reference", "user.plan in [\"free\"]"),
        ("!user.plan in [\"free\"]", "cel/no-matching-overload", "!(user.plan in [\"free\"])"),
        ("user.country.length > 1", "cel/no-fields", "user.country.size() > 1"),
        ("user.tags.isEmpty()", "cel/undeclared-function", "size(user.tags) == 0"),
        ("len(user.country) > 1", "cel/undeclared-function", "size(user.country) > 1"),
        ("lower(user.country) == \"us\"", "cel/undeclared-function", "user.country.lowerAscii() == \"us\""),
        ("user.country.startswith(\"U\")", "cel/undeclared-function", "user.country.startsWith(\"U\")"),
        (
            "user.created > \"2026-01-01\"", "cel/no-matching-overload",
            "user.created > timestamp(\"2026-01-01T00:00:00Z\")"
        ),
        (
            "user.created > 2026-01-01", "cel/no-matching-overload",
            "user.created > timestamp(\"2026-01-01T00:00:00Z\")"
        ),
        (
            "user.created > date(\"2026-01-01\")", "cel/undeclared-function",
            "user.created > timestamp(\"2026-01-01T00:00:00Z\")"
        ),
        ("user.idle > 7d", "cel/invalid-number", "user.idle > duration(\"168h\")"),
        ("user.idle > \"7 days\"", "cel/no-matching-overload", "user.idle > duration(\"168h\")"),
        ("user.idle > duration(\"7d\")", "cel/invalid-constant", "user.idle > duration(\"168h\")"),
        ("user.idle > days(7)", "cel/undeclared-function", "user.idle > duration(\"168h\")"),
        ("app.version >= 3.4.0", "cel/invalid-number", "app.version >= semver(\"3.4.0\")"),
        ("${user.plan} == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("{$user.plan} == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("{ $user.plan } == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("{{$user.plan}} == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("{$user.age :integer} > 17", "cel/unexpected-character", "user.age > 17"),
        ("{{ user.plan }} == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("$user.plan == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("user.premium;", "cel/unexpected-character", "user.premium"),
        ("user.age >= 18 /* adults */", "cel/unexpected-character", "user.age >= 18 "),
        ("if user.premium", "cel/reserved-word", "user.premium"),
        ("order.premium", "cel/undeclared-reference", "user.premium"),
        ("today == \"x\"", "cel/undeclared-reference", "user.today == \"x\""),
        ("a in user.tags", "cel/undeclared-reference", "\"a\" in user.tags"),
        ("free == user.plan", "cel/undeclared-reference", "\"free\" == user.plan"),
        // Quotation marks of word processors, around a text and around the whole.
        ("user.plan == ‘free’", "cel/typographic-quotes", "user.plan == 'free'"),
        ("user.plan == „free“", "cel/typographic-quotes", "user.plan == \"free\""),
        ("user.plan == «free»", "cel/typographic-quotes", "user.plan == \"free\""),
        ("user.country == “don’t”", "cel/typographic-quotes", "user.country == \"don’t\""),
        ("user.plan == “free\"", "cel/typographic-quotes", "user.plan == \"free\""),
        ("user.plan == \"free”", "cel/typographic-quotes", "user.plan == \"free\""),
        ("“user.plan == 'free'”", "cel/typographic-quotes", "user.plan == 'free'"),
        ("«user.plan == \"free\"»", "cel/typographic-quotes", "user.plan == \"free\""),
        ("“user.premium”", "cel/typographic-quotes", "user.premium"),
        ("“a” in user.tags", "cel/typographic-quotes", "\"a\" in user.tags"),
        ("`user.plan == \"free\"`", "cel/invalid-quoted-name", "user.plan == \"free\""),
        ("user.plan == `free`", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan == free\"", "cel/unterminated-string", "user.plan == \"free\""),
        // Words and signs of other languages.
        ("user.plan !in [\"free\"]", "cel/operator-typo", "!(user.plan in [\"free\"])"),
        ("user.name exists && user.age > 3", "cel/operator-typo", "has(user.name) && user.age > 3"),
        ("user.name is defined", "cel/operator-typo", "has(user.name)"),
        ("user.name is not set", "cel/operator-typo", "!has(user.name)"),
        ("user.age mod 2 == 0", "cel/operator-typo", "user.age % 2 == 0"),
        ("user.plan == \"free\" xor user.premium", "cel/operator-typo", "(user.plan == \"free\") != user.premium"),
        ("user.name ?? \"x\" == \"x\"", "cel/operator-typo", "user.?name.orValue(\"x\") == \"x\""),
        ("user.country?.startsWith(\"U\")", "cel/operator-typo", "user.country.startsWith(\"U\")"),
        ("user.country ~ \"^U\"", "cel/operator-typo", "user.country.matches(\"^U\")"),
        ("user.country LIKE \"U%\"", "cel/operator-typo", "user.country.startsWith(\"U\")"),
        ("user.country like \"%U\"", "cel/operator-typo", "user.country.endsWith(\"U\")"),
        (
            "user.country like '%U%' && user.premium", "cel/operator-typo",
            "user.country.contains(\"U\") && user.premium"
        ),
        ("user.country like \"US\"", "cel/operator-typo", "user.country == \"US\""),
        ("if user.premium then user.age > 3 else false", "cel/reserved-word", "user.premium ? user.age > 3 : false"),
        ("@user.plan == \"free\"", "cel/unexpected-character", "user.plan == \"free\""),
        ("user.plan == \"free\")", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan == \"free\" &&", "cel/unexpected-token", "user.plan == \"free\""),
        ("&& user.premium", "cel/unexpected-token", "user.premium"),
        ("user.plan: \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan in \"free\", \"premium\"", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user.plan in [\"free\" \"premium\"]", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user.plan in [\"free, premium\"]", "cel/not-a-declared-value", "user.plan in [\"free\", \"premium\"]"),
        ("user.age > 1_000", "cel/invalid-number", "user.age > 1000"),
        ("user.age > 1,000", "cel/unexpected-token", "user.age > 1000"),
        ("user.age > 50%", "cel/unexpected-token", "user.age > 50"),
        ("app.version > v3.1", "cel/invalid-number", "app.version > semver(\"3.1.0\")"),
        ("app.version.major > 3", "cel/no-fields", "app.version.major() > 3"),
        ("app.version in [\"3.1\"]", "cel/no-matching-overload", "app.version in [semver(\"3.1.0\")]"),
        ("user.idle.days > 7", "cel/no-fields", "user.idle.getHours() / 24 > 7"),
        ("user.get(\"plan\") == \"free\"", "cel/undeclared-function", "user.plan == \"free\""),
        ("user.plan.equals(\"free\")", "cel/undeclared-function", "user.plan == \"free\""),
        ("user.age.between(1, 3)", "cel/undeclared-function", "user.age >= 1 && user.age <= 3"),
        ("\"a\" + user.age == \"a3\"", "cel/no-matching-overload", "\"a\" + string(user.age) == \"a3\""),
        ("user.seen == null", "cel/optional-read-untested", "!has(user.seen)"),
        ("null != user.seen", "cel/optional-read-untested", "has(user.seen)"),
        (
            "user.seen != null && user.seen > user.created", "cel/optional-read-untested",
            "has(user.seen) && user.seen > user.created"
        ),
    ]

    @Test(arguments: fixed.indices) func foreignWordsAreFixed(_ place: Int) throws {
        let (source, id, wanted) = Self.fixed[place]
        let found = diagnostics(source, Self.environment)
        #expect(found.map(\.id) == [id], "\(source)")
        let fix = try #require(found.first?.fixIts.first, "\(source) has no fix")
        #expect(apply(fix, to: source) == wanted)
        #expect(diagnostics(wanted, Self.environment).filter { $0.severity == .error }.map(\.id) == [], "\(wanted)")
    }

    /// What is written, and a word of the note that says what there is in its place.
    private static let explained: [(String, String, String)] = [
        ("user.tags contains \"a\"", "cel/operator-typo", "\"a\" in user.tags"),
        ("user.country like \"U_%\"", "cel/operator-typo", "regular expression"),
        ("!user.plan", "cel/no-matching-overload", "user.plan == \"free\""),
        ("name == \"x\"", "cel/undeclared-reference", "`user.name` and `app.name`"),
        ("user.country != null", "cel/no-matching-overload", "always has a value"),
        ("now > user.created", "cel/undeclared-reference", "no clock is read"),
        ("now() > user.created", "cel/undeclared-function", "no clock is read"),
        ("user.idle > 7", "cel/no-matching-overload", "duration(\"24h\")"),
        ("everyone", "cel/undeclared-reference", "leave the key out"),
        ("ANY", "cel/undeclared-reference", "leave the key out"),
        ("*", "cel/unexpected-token", "leave the key out"),
        ("user.plan", "cel/wrong-result-type", "user.plan == \"free\""),
        ("user", "cel/wrong-result-type", "user.plan == \"free\""),
        ("user.plan: free", "cel/unexpected-token", "=="),
        ("let x = 1; x > 0", "cel/reserved-word", "cel.bind"),
        ("user.age ~> 3", "cel/unexpected-character", "semver"),
        ("user.premium user.premium", "cel/unexpected-token", "operator between"),
        ("user.tags.indexOf(\"a\") >= 0", "cel/no-matching-overload", "\"a\" in user.tags"),
        ("app.version == 3.x", "cel/invalid-number", "app.version.major() == 3"),
        ("app.version ^3.4", "cel/unexpected-character", "semver"),
        ("user.plan == \"free\" if user.premium else false", "cel/unexpected-token", "a : b"),
        ("users in Germany", "cel/undeclared-reference", "an attribute of `user`"),
    ]

    @Test(arguments: explained.indices) func foreignWordsWithoutOneMeaningAreExplained(_ place: Int) {
        let (source, id, words) = Self.explained[place]
        let found = diagnostics(source, Self.environment)
        #expect(found.first?.id == id, "\(source)")
        let said = found.flatMap(\.notes).joined(separator: "\n")
        #expect(said.contains(words), "\(source): \(said)")
    }

    /// Whether the value is a text or a list only types tell: both are offered, and the review takes away what does not compile.
    @Test func aContainerIsATextOrAList() {
        let found = diagnostics("user.tags contains \"a\"", Self.environment)
        #expect(
            found.flatMap(\.fixIts).map { apply($0, to: "user.tags contains \"a\"") } == [
                "user.tags.contains(\"a\")", "\"a\" in user.tags",
            ])
    }

    @Test func severalMistakesInTypographicMarksAreReadEach() throws {
        let source = "“user.plan == ‘free’”"
        let found = diagnostics(source, Self.environment)
        #expect(found.map(\.id) == ["cel/typographic-quotes", "cel/typographic-quotes"])
        let fixed = apply(FixIt("", edits: found.flatMap { $0.fixIts[0].edits }, .safe), to: source)
        #expect(fixed == "user.plan == 'free'")
    }

    @Test func aVersionThatTheAppGivesIsReadAsAppsReportIt() throws {
        let source = "semver(user.prefs[\"v\"]) >= semver(\"1.0.0\")"
        let found = diagnostics(source, Self.environment)
        #expect(found.map(\.id) == ["cel/strict-version"])
        let fixed = apply(try #require(found.first?.fixIts.first), to: source)
        #expect(fixed == "semver(user.prefs[\"v\"], true) >= semver(\"1.0.0\")")
        #expect(diagnostics(fixed, Self.environment).isEmpty)
        #expect(diagnostics("isSemver(user.plan) && semver(user.plan) > semver(\"1.0.0\")", Self.environment).isEmpty)
    }

    @Test func nothingIsSaidOfTheMethodsOfAnUnknownValue() {
        #expect(diagnostics("date.now() > user.created", Self.environment).map(\.id) == ["cel/undeclared-reference"])
        #expect(diagnostics("user.tags.any(t, t == \"a\")", Self.environment).map(\.id) == ["cel/undeclared-function"])
    }

    @Test func wordsAreNamesWhereTheyAreDeclared() {
        let names = Environment(
            Declarations(variables: [VariableDeclaration("not", .bool), VariableDeclaration("between", .bool)]),
            mode: .authoring)
        #expect(diagnostics("not && between || !not", names).isEmpty)
    }

    @Test func whatIsCalledOtherwiseElsewhereHasAnotherNameHere() {
        let names = Set(Function.standard.map(\.name) + Checker.methodMacros)
        #expect(Checker.otherNames.keys.filter(names.contains).sorted() == [], "these are names of functions now")
        #expect(Set(Checker.otherNames.values).subtracting(names) == ["!", "+"], "there are no such functions")
    }

    @Test func negationsWithoutEndAreBounded() {
        let source = String(repeating: "not ", count: 20_000) + "user.premium"
        #expect(!diagnostics(source, Self.environment).isEmpty)
        #expect(!diagnostics(String(repeating: "x in (", count: 5000), Self.environment).isEmpty)
        #expect(!diagnostics(String(repeating: "{a}/**/", count: 5000), Self.environment).isEmpty)
    }
}

import Testing

@testable import PlacardEngine

/// What a reader is told about a condition that does not hold.
@Suite struct ExplanationTests {
    @Test(arguments: [
        ("user.country == \"US\"", "user.country is \"FR\", wants \"US\""),
        ("\"US\" == user.country", "user.country is \"FR\", wants \"US\""),
        ("user.country != \"FR\"", "user.country is \"FR\", wants anything but \"FR\""),
        ("!(user.country == \"FR\")", "user.country is \"FR\", wants anything but \"FR\""),
        ("!(user.country in [\"FR\", \"US\"])", "user.country is \"FR\", wants anything but \"FR\" or \"US\""),
        ("user.country in [\"US\"]", "user.country is \"FR\", wants \"US\""),
        ("user.orders_count > 3", "user.orders_count is 0, wants more than 3"),
        ("3 <= user.orders_count", "user.orders_count is 0, wants at least 3"),
        ("!(user.orders_count < 3)", "user.orders_count is 0, wants at least 3"),
        ("\"silver\" in user.segments", "user.segments is [\"gold\"], wants \"silver\" in it"),
        ("!(\"gold\" in user.segments)", "user.segments is [\"gold\"], wants no \"gold\" in it"),
        ("user.rated", "user.rated is false, wants true"),
        ("!(!user.rated)", "user.rated is false, wants true"),
        ("has(user.url)", "user.url has no value"),
        ("!has(user.first_name)", "user.first_name has a value"),
        ("user.url == \"x\"", "user.url has no value"),
        ("app.version >= semver(\"4.0.0\")", "app.version is 3.4.0, wants at least 4.0.0"),
        (
            "user.country == \"US\" && user.orders_count > 3 && app.platform == \"ios\"",
            "user.country is \"FR\", wants \"US\"; user.orders_count is 0, wants more than 3"
        ),
        (
            "user.country == \"US\" || user.orders_count > 3",
            "user.country is \"FR\", wants \"US\" or user.orders_count is 0, wants more than 3"
        ),
        ("!(user.country == \"FR\" || user.rated)", "user.country is \"FR\", wants anything but \"FR\""),
        ("user.rated ? false : user.country == \"US\"", "user.country is \"FR\", wants \"US\""),
        (
            "user.first_name.startsWith(\"A\")",
            "user.first_name.startsWith(\"A\") is false, where user.first_name is \"Zoë\""
        ),
        (
            "user.segments.exists(s, s == \"silver\")",
            "user.segments.exists(s, s == \"silver\") is false, where user.segments is [\"gold\"]"
        ),
        ("size(user.segments) == 2", "size(user.segments) is 1, wants 2"),
        ("user.?url.orValue(\"\") == \"x\"", "user.?url.orValue(\"\") is \"\", wants \"x\""),
        ("user.country == app.platform", "user.country is \"FR\", wants app.platform (\"ios\")"),
        ("1 / user.orders_count == 1", "division by zero"),
        ("false", "false is false"),
    ])
    func aReaderIsToldWhichConditionDoesNotHold(_ expression: String, _ expected: String) {
        check(World(message(audience: expression)), "audience: " + expected)
    }

    @Test func `long values and long lists are cut, and their length is told`() {
        let long = String(repeating: "é", count: 10_000)
        let shown = "\"" + String(repeating: "é", count: 200) + "\"… (20000 bytes in all)"
        check(
            World(message(audience: "user.country == \"" + long + "\"")),
            "audience: user.country is \"FR\", wants " + shown)
        let names = (1...40).map { "\"A\($0)\"" }
        check(
            World(message(audience: "user.country in [" + names.joined(separator: ", ") + "]")),
            "audience: user.country is \"FR\", wants " + names.prefix(16).joined(separator: ", ") + " or one of 24 more"
        )
    }
}

import SourceDiagnostics
import Testing

@testable import CEL

/// Conditions with one sign too many or too few, and those that are the same for everyone.
@Suite struct SingleSlipTests {
    private static let environment = ForeignWordTests.environment

    /// One sign too many or too few, and the only condition that one change makes of it.
    private static let slips: [(String, String, String)] = [
        ("user.plan == \"free\"\"", "cel/unterminated-string", "user.plan == \"free\""),
        ("user.plan == \"\"free\"", "cel/unterminated-string", "user.plan == \"free\""),
        ("user.plan == \"free\"'", "cel/unterminated-string", "user.plan == \"free\""),
        ("user.plan == 'free\"", "cel/unterminated-string", "user.plan == 'free'"),
        ("user.plan == \"free && user.premium", "cel/unterminated-string", "user.plan == \"free\" && user.premium"),
        (
            "user.plan == free\" && user.country in [\"US\"]", "cel/unterminated-string",
            "user.plan == \"free\" && user.country in [\"US\"]"
        ),
        ("a\" in user.tags", "cel/unterminated-string", "\"a\" in user.tags"),
        ("user..plan == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan. == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan == \"free\".", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.age >> 3", "cel/unexpected-token", "user.age > 3"),
        ("user.plan in [\"free\",, \"premium\"]", "cel/unexpected-token", "user.plan in [\"free\", \"premium\"]"),
        ("user:plan == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user plan == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user)plan == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.|plan == \"free\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.plan in= [\"free\"]", "cel/unexpected-token", "user.plan in [\"free\"]"),
        ("user.premium &&= user.age > 3", "cel/unexpected-token", "user.premium && user.age > 3"),
        ("user.plan == f\"ree\"", "cel/unexpected-token", "user.plan == \"free\""),
        ("user.country.startsWith\"(U\")", "cel/unexpected-token", "user.country.startsWith(\"U\")"),
        ("user.age >(3 && user.premium", "cel/unexpected-token", "user.age >3 && user.premium"),
        ("user.premium; user.age > 3", "cel/unexpected-token", "user.premium && user.age > 3"),
        ("has(user.name && user.premium", "cel/unclosed-bracket", "has(user.name) && user.premium"),
        ("user.plan in [\"free\" && user.premium", "cel/unclosed-bracket", "user.plan in [\"free\"] && user.premium"),
        ("size(user.tags > 3", "cel/unclosed-bracket", "size(user.tags) > 3"),
    ]

    @Test(arguments: slips.indices) func aSignTooManyOrTooFewIsFound(_ place: Int) throws {
        let (source, id, wanted) = Self.slips[place]
        let found = diagnostics(source, Self.environment)
        let slip = try #require(Self.environment.singleSlip(in: source, found, expecting: .bool), "\(source)")
        #expect(slip.id == id)
        #expect(apply(try #require(slip.fixIts.first), to: source) == wanted)
        #expect(diagnostics(wanted, Self.environment).isEmpty)
    }

    /// What may mean several things, what the parser's own fixes put right, and what is right.
    @Test(arguments: [
        "user.premium && || user.age > 3", "user.plan = \"free\"", "user.plan == \"free", "user.premium",
        "user.plan == ",
        "user.plan == \"free\" user.premium", "(user.premium && user.age > 3", "user.plan == “free",
        // To leave `!` out, and to put it before the name.
        "user.age > 3 && u!ser.premium",
    ])
    func whatIsNotOneSlipIsLeftToTheParser(_ source: String) {
        let found = diagnostics(source, Self.environment)
        #expect(Self.environment.singleSlip(in: source, found, expecting: .bool) == nil)
    }

    @Test func aSentenceIsNoCondition() {
        let found = diagnostics("users who are new", Self.environment)
        let sentence = Self.environment.singleSlip(in: "users who are new", found, expecting: .bool)
        #expect(sentence?.message == "this is a sentence, and not a condition")
    }

    @Test(arguments: [
        ("user.plan == user.plan", "true for everyone"), ("user.age < user.age", "never true"),
        ("size(user.tags) == size(user.tags)", "true for everyone"),
        ("user.premium || !user.premium", "true for everyone"),
        ("user.age > 3 || user.premium && !user.premium", "never true"),
        ("user.plan == \"free\" || user.plan != \"free\"", "true for everyone"),
        ("user.age < 3 || user.age >= 3", "true for everyone"), ("has(user.plan)", "true for everyone"),
        ("!has(user.plan) || user.age > 3", "true for everyone"),
    ])
    func whatIsTheSameForEveryoneIsFound(_ source: String, _ outcome: String) {
        let found = diagnostics(source, Self.environment)
        #expect(found.map(\.id) == ["cel/constant-condition"], "\(source)")
        #expect(found.first?.message.hasSuffix(outcome) == true, "\(found)")
    }

    @Test(arguments: [
        "user.premium || !(user.age > 3)", "user.age > 10 || user.age < 5", "user.age > 3 || user.age > 5",
        "user.plan == \"free\" || user.plan == \"premium\"", "has(user.name)", "user.age <= 3 || user.age >= 4",
        "user.tags.exists(a, user.tags.exists(b, a != b))", "user.country == user.plan",
    ])
    func whatDiffersBetweenUsersIsNoConstant(_ source: String) {
        #expect(diagnostics(source, Self.environment).isEmpty, "\(source)")
    }
}

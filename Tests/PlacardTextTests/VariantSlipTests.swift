import SourceDiagnostics
import Testing
import UnicodeLocale

@testable import PlacardText

/// Signs of other formats and of quick fingers around keys, texts of variants, declarations and markup: the fixes lead to the text that
/// was meant, byte by byte, so that readers see that.
@Suite struct VariantSlipTests {
    private let kind = TextKind.document(conversation: false)
    private static let head = ".input {$n :integer}\n.match $n\n"
    private static let one = "one {{{$n} day}}"
    private static let rest = "* {{{$n} days}}"
    private static let right = "\(head)\(one)\n\(rest)"

    private func environment() throws -> TextEnvironment {
        try exampleEnvironment {
            $0.variables["event.days"] = TextVariable(type: .int, isGuaranteed: true)
            $0.variables["event.level"] = TextVariable(type: .string, isGuaranteed: true)
            $0.variables["user.country"] = TextVariable(type: .string, isGuaranteed: true)
            $0.variables["user.first_name"] = TextVariable(type: .string, isGuaranteed: true)
            $0.variables["price"] = TextVariable(type: .double, isGuaranteed: true)
        }
    }

    /// One mistake is one diagnostic, and what is left after its fixes is the text that was meant.
    private func expectFix(_ text: String, _ right: String, mistakes: Int = 1) throws {
        let environment = try environment()
        let first = FixedText(text, kind, environment)
        let found = first.diagnostics.filter { $0.severity != .note && $0.id != "mf2/missing-category" }
        #expect(found.count == mistakes, "\(text): \(found.map(\.message))")
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == right)
        #expect(fixed.text != nil)
        #expect(fixed.diagnostics.filter { $0.severity != .note }.map(\.message) == [])
        #expect(fixed.html == FixedText(right, kind, environment).html)
    }

    @Test(arguments: [
        "one: {{{$n} day}}\n*: {{{$n} days}}", "- one {{{$n} day}}\n- * {{{$n} days}}",
        "[one] {{{$n} day}}\n[other] {{{$n} days}}", "(one) {{{$n} day}}\n(*) {{{$n} days}}",
        "when one {{{$n} day}}\nwhen * {{{$n} days}}", "one = {{{$n} day}}\n* = {{{$n} days}}",
        "one => {{{$n} day}}\n* => {{{$n} days}}", "{one} {{{$n} day}}\n{other} {{{$n} days}}",
        "\"one\" {{{$n} day}}\n'other' {{{$n} days}}", "one： {{{$n} day}}\n＊ {{{$n} days}}",
        "one {{{$n} day}},\n* {{{$n} days}},", "one {{{$n} day}};\n* {{{$n} days}};",
        "one {{{$n} day}}}\n* {{{$n} days}}}", "one {{{{$n} day}}\n* {{{{$n} days}}",
        "one (({$n} day))\n* (({$n} days))", "one ｛｛{$n} day｝｝\n* ｛｛{$n} days｝｝", "one [[{$n} day]]\n* [[{$n} days]]",
        "one {{{#} day}}\n* {{{#} days}}", "case one {{{$n} day}}\ndefault: {{{$n} days}}",
    ])
    func whatStandsAroundEachVariantIsLeftOut(_ variants: String) throws {
        try expectFix(Self.head + variants, Self.right, mistakes: 2)
    }

    @Test(arguments: [
        "one {{{$n} day}}\n** {{{$n} days}}", "singular {{{$n} day}}\nplural {{{$n} days}}",
        "One {{{$n} day}}\nOther {{{$n} days}}", "one {{{$n} day}}, * {{{$n} days}}",
        "one {{{$n} day}}\n* {{{$n} days}}}}",
    ])
    func whatStandsAroundOneVariantIsLeftOut(_ variants: String) throws {
        let right = variants.contains(", ") ? "\(Self.head)\(Self.one) \(Self.rest)" : Self.right
        try expectFix(Self.head + variants, right)
    }

    @Test(arguments: [
        ("one {{{$n} day}}\n* {{{$n} days}} Hurry.", "one {{{$n} day}}\n* {{{$n} days Hurry.}}"),
        ("one {{{$n} day}}.\n* {{{$n} days}}", "one {{{$n} day.}}\n* {{{$n} days}}"),
        ("one {{{$n} day}}\n* {{In {$n} days}.}", "one {{{$n} day}}\n* {{In {$n} days.}}"),
        ("one {{{$n} day}}\n* {{In {$n} days.}.}", "one {{{$n} day}}\n* {{In {$n} days.}}"),
        ("１ {{{$n} day}}\none {{One day}}\n* {{{$n} days}}", "1 {{{$n} day}}\none {{One day}}\n* {{{$n} days}}"),
    ])
    func wordsBehindAVariantAreItsLast(_ variants: String, _ right: String) throws {
        try expectFix(Self.head + variants, Self.head + right)
    }

    @Test(arguments: ["|New York|", "gold", "a-b", "1.5", "-1", "one"])
    func keysStayAsTheyAre(_ key: String) throws {
        let text = ".input {$event.level :string}\n.match $event.level\n\(key) {{A}}\n* {{B}}"
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.map(\.message) == [])
    }

    @Test(arguments: [
        ".inputs {$n :integer}", ".imput {$n :integer}", "input {$n :integer}", "Input {$n :integer}",
        ". input {$n :integer}", "-input {$n :integer}", "..input {$n :integer}", "。input {$n :integer}",
        ".input: {$n :integer}", ".input {$$n :integer}", ".input $n :integer", ".input {n :integer}",
        ".input {$n : integer}", ".input {$n: integer}", ".input {$n i:nteger}", ".input {$n integer}",
        ".input {$n :plural}", ".input {$n :int}", ".input {$n :cardinal}",
    ])
    func aDeclarationIsMended(_ line: String) throws {
        try expectFix("\(line)\n.match $n\n\(Self.one)\n\(Self.rest)", Self.right)
    }

    @Test(arguments: [".mach $n", ".matches $n", "Match $n", ".match: $n", "match $n"])
    func aChoiceIsMended(_ line: String) throws {
        try expectFix(".input {$n :integer}\n\(line)\n\(Self.one)\n\(Self.rest)", Self.right)
    }

    @Test(arguments: [
        (".input {$even.days :integer}", ".match $event.days"), (".input {$event.days :integer}", ".match $even.days"),
    ])
    func aMistypedNameIsTheCause(_ declaration: String, _ match: String) throws {
        let variants = "one {{{$event.days} day}}\n* {{{$event.days} days}}"
        try expectFix(
            "\(declaration)\n\(match)\n\(variants)", ".input {$event.days :integer}\n.match $event.days\n\(variants)")
    }

    @Test(arguments: [
        ("You have {$event.days.}", "You have {$event.days}."), ("See {$event.days,} then", "See {$event.days}, then"),
        ("Only {$event.days!}", "Only {$event.days}!"), ("Is it {$event.days?}", "Is it {$event.days}?"),
        ("*Hi {$event.days*} you", "*Hi {$event.days}* you"),
        ("Pay {$price: currency currency=EUR}", "Pay {$price :currency currency=EUR}"),
        ("Pay {$price c:urrency currency=EUR}", "Pay {$price :currency currency=EUR}"),
        ("Pay {$price currency currency=EUR}", "Pay {$price :currency currency=EUR}"),
        ("Hi {user.first_name,fallback=friend}", "Hi {$user.first_name}"),
        ("Hi {% user.first_name %} you", "Hi {$user.first_name} you"),
        ("{#strong}Hi{/stong} you", "{#strong}Hi{/strong} you"),
        ("{#stong}Hi{/strong} you", "{#strong}Hi{/strong} you"),
        ("{#strong}Hi{#/strong} you", "{#strong}Hi{/strong} you"),
        ("{strong}Hi{/strong} you", "{#strong}Hi{/strong} you"),
        ("{#b}Hi{/b} you", "{#strong}Hi{/strong} you"), ("{#i}Hi{/i} you", "{#em}Hi{/em} you"),
        ("{#strong}Hi{#strong} you", "{#strong}Hi{/strong} you"),
        ("{/strong}Hi{#strong} you", "{#strong}Hi{/strong} you"),
    ])
    func signsOfAPlaceholderAreMended(_ text: String, _ right: String) throws {
        try expectFix(text, right)
    }

    /// A number of another system has no name, and a fix cannot know it.
    @Test(arguments: ["Hi {{1}}", "You have {things, plural, one {# item} other {# items}}"])
    func whatHasNoNameGetsNoFix(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.map(\.id) == ["text/foreign-placeholder"])
        #expect(found.flatMap(\.fixIts).allSatisfy { $0.applicability == .displayOnly })
    }

    @Test(arguments: [
        "{#strong}a {#em}b{/em}{/strong}", "{#strong}a{/strong} b {#strong}c{/strong}",
        "Local {$n} news", "Nothing stands behind one {$n}",
    ])
    func wordsAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.map(\.message) == [])
    }
}

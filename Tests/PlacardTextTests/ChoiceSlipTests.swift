import SourceDiagnostics
import Testing
import UnicodeLocale

@testable import PlacardText

/// Slips in the signs of a text that chooses, in what it chooses by, and in values: after the fixes readers see what was meant.
@Suite struct ChoiceSlipTests {
    private let kind = TextKind.document(conversation: false)
    private static let right = ".input {$n :integer}\n.match $n\none {{A day}}\n* {{{$n} days}}"

    private func environment() throws -> TextEnvironment {
        try exampleEnvironment {
            $0.variables["event.days"] = TextVariable(type: .int, isGuaranteed: true)
            $0.variables["price"] = TextVariable(type: .double, isGuaranteed: true)
        }
    }

    @Test(arguments: [
        right.replacing(".input", with: "input"), right.replacing(".match", with: "match"),
        right.replacing(".match $n\n", with: ""),
        right.replacing(".input", with: "input").replacing(".match", with: "match"),
        right.replacing("one {{A day}}", with: "one {{{\n  A day\n}}").replacing("A day", with: "A day"),
        right.replacing("one", with: "=1").replacing("=1 {{A day}}", with: "=1 {{A day}}"),
    ])
    func aChoiceWithoutASignBecomesOne(_ text: String) throws {
        let environment = try environment()
        let first = FixedText(text, kind, environment)
        #expect(first.text == nil)
        // One mistake is one diagnostic.
        #expect(first.diagnostics.count <= 2, "\(first.diagnostics.map(\.message))")
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.diagnostics.filter { $0.severity != .note }.map(\.message) == [], "\(fixed.source)")
        let sees = fixed.shown
        #expect(sees.contains("A day") && !sees.contains("match") && !sees.contains("input {"))
    }

    @Test(arguments: [
        "one \"A day\"\n* \"{$n} days\"", "one 'A day'\n* '{$n} days'", "one “A day”\n* “{$n} days”",
    ])
    func quotationMarksOfAnotherFormatAreLeftOut(_ variants: String) throws {
        let environment = try environment()
        let fixed = FixedText(".input {$n :integer}\n.match $n\n" + variants, kind, environment).allFixed(
            kind, environment)
        #expect(fixed.source == Self.right)
        #expect(fixed.diagnostics.map(\.message) == [])
    }

    @Test func marksWithinAVariantAreItsOwn() throws {
        let environment = try environment()
        let text = ".input {$n :integer}\n.match $n\none \"A\" or \"B\"\n* {{{$n} days}}"
        let fixed = FixedText(text, kind, environment).allFixed(kind, environment)
        #expect(fixed.source.contains("one {{\"A\" or \"B\"}}"))
    }

    @Test(arguments: [
        "input your code", "match the colours", "input {$n} now", "local news\n\none", "I {$n}", "match $n",
        ".NET is here",
    ])
    func wordsAreLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(!found.contains { $0.message.contains("is missing before") }, "\(found.map(\.message))")
    }

    @Test(arguments: [
        ("Hi ｛$event.days｝", "Hi {$event.days}"), ("Hi {$event days}", "Hi {$event.days}"),
        ("Hi {$event,days}", "Hi {$event.days}"), ("Hi {$event. days}", "Hi {$event.days}"),
        ("Hi {$event.days : integer}", "Hi {$event.days :integer}"),
        ("Hi {$event.days integer}", "Hi {$event.days :integer}"),
        ("Hi {$event.days|number}", "Hi {$event.days :number}"), ("Hi [First Name]", "Hi {$user.first_name}"),
        ("Pay €{$price :currency currency=EUR}", "Pay {$price :currency currency=EUR}"),
        ("Pay {$price :currency currency=EUR} EUR now", "Pay {$price :currency currency=EUR} now"),
        ("Pay {$price :currency currency=EUR} €", "Pay {$price :currency currency=EUR}"),
        ("Pay ${$price :currency currency=USD}", "Pay {$price :currency currency=USD}"),
        (
            ".input {$n :string}\n.match $n\none {{A day}}\n* {{{$n} days}}", Self.right
        ),
    ])
    func readersSeeTheValueAsMeant(_ text: String, _ wanted: String) throws {
        let environment = try environment()
        let first = FixedText(text, kind, environment)
        #expect(!first.diagnostics.isEmpty)
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(
            fixed.diagnostics.allSatisfy { $0.id == "text/missing-fallback" }, "\(fixed.diagnostics.map(\.message))")
    }

    @Test(arguments: [
        "Pay {$price :currency currency=EUR}", "Pay € or {$price :currency currency=EUR}",
        "{$price :currency currency=EUR} EUROPE",
        "Pay €{$price :number}", "$5 and {$price :currency currency=EUR}", "[See Terms] and [First]", "Hi ｛you｝",
        ".input {$x :string}\n.match $x\none {{A}}\n* {{B}}",
    ])
    func whatIsRightIsLeftAlone(_ text: String) throws {
        let found = FixedText(text, kind, try environment()).diagnostics
        #expect(found.map(\.message) == [])
    }
}

import SourceDiagnostics
import Testing
import UnicodeLocale

@testable import PlacardText

/// The short way gives what the long way gives, or nothing.
@Test(arguments: [
    "Your order is ready", "注文の準備ができました", "طلبك جاهز الآن", "Grüße aus Köln", "a", "It’s here", "a * b _c_ `d`",
    "<b>x</b>",
    "[a](b)", "2 < 3", "e\u{301}te\u{301}", "# no heading", ".NET is here", " padded ", "a & b", "50 %", "line\nbreak",
    "{$x}", "a\\*b",
    "👩‍👩‍👧 family", "\u{A0}space", "\u{2028}x", "\u{10FFFD}",
])
func theShortWayIsTheLongWay(source: String) throws {
    let bytes = Array(source.utf8)
    for maximum in [nil, 5, 100] {
        var environment = TextEnvironment(locale: try LanguageTag("en"), formats: .text)
        environment.maximumLength = maximum
        environment.pseudo = PseudoLocale.allCases
        let (slow, diagnostics) = compileInStages(bytes, kind: .plain, environment: environment)
        guard let fast = compilePlainText(bytes, environment) else { continue }
        let expected = try #require(slow)
        #expect(diagnostics.isEmpty)
        #expect(fast.text == expected.text)
        #expect(fast.length == expected.length)
        #expect(fast.pseudo.map(\.text) == expected.pseudo.map(\.text))
        #expect(fast.hasPlaceholders == expected.hasPlaceholders)
        #expect(fast.variants.map(\.units) == expected.variants.map(\.units))
        #expect(fast.variants.map(\.span) == expected.variants.map(\.span))
    }
}

@Test func commonTextsTakeTheShortWay() throws {
    let environment = TextEnvironment(locale: try LanguageTag("en"), formats: .text)
    for text in ["Your order is ready", "注文の準備ができました", "Grüße"] {
        #expect(compilePlainText(Array(text.utf8), environment) != nil)
    }
}

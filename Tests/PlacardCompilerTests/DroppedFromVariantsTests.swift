import PlacardCompiler
import SourceDiagnostics
import Testing

// Variants of a translation that lack a value which the source shows there, or have a number in its place.

private let placard = baseProject.replacing(
    "ar: optional", with: "ar: optional, cy: optional, de: optional, ja: optional, pl: optional, ru: optional")
private let opening = ".input {$user.orders_count :integer}\n.match $user.orders_count\n"
private let value = "{$user.orders_count}"
private let parcels = "one {{\(value) parcel is on its way.}}\n* {{\(value) parcels are on their way.}}\n"

/// What is told of values that a translation lacks, and of numbers in their place.
private func told(
    _ locale: String, _ translated: String, source: String = opening + parcels, extra: [String: String] = [:]
) -> [Diagnostic] {
    compile(
        project(
            [
                "placard.yaml": placard,
                "content/a.md": message("variables: {user.first_name: {fallback: x}}", body: source),
                "content/a.\(locale).md": overlay("title: Titel", body: translated),
            ].merging(extra) { $1 })
    ).diagnostics.filter { $0.id == "translation/dropped-placeholder" || $0.id == "text/implied-number" }
}

private func ids(_ diagnostics: [Diagnostic]) -> [String] { diagnostics.map(\.id) }

/// The words that a diagnostic of a translation stands at.
private func words(_ diagnostics: [Diagnostic], _ translated: String) -> [String] {
    let bytes = Array(overlay("title: Titel", body: translated).utf8)
    return diagnostics.map { String(decoding: bytes[$0.primary.span.start..<$0.primary.span.end], as: UTF8.self) }
}

@Suite struct DroppedFromVariantsTests {
    @Test(arguments: [
        ("ja", "* {{荷物**3**個が配送中です。}}\n", ["荷物**3**個が配送中です。"]),
        ("ja", "* {{荷物が配送中です。}}\n", ["荷物が配送中です。"]),
        (
            "fr", "one {{\(value) colis est en route.}}\n* {{**3** colis sont en route.}}\n",
            ["**3** colis sont en route."]
        ),
        ("fr", "* {{**3** colis sont en route.}}\n", ["**3** colis sont en route."]),
        (
            "fr", "one {{\(value) colis est en route.}}\n* {{Trois de vos colis sont en route.}}\n",
            ["Trois de vos colis sont en route."]
        ),
        (
            "ar",
            "zero {{لا طرود.}}\none {{طرد واحد.}}\ntwo {{طردان.}}\nfew {{الطرود في الطريق.}}\nmany {{\(value) طردًا.}}\n* {{١٠٠ طرد.}}\n",
            ["الطرود في الطريق.", "١٠٠ طرد."]
        ),
    ])
    private func aVariantForOtherNumbersWithoutTheValueIsTold(
        _ locale: String, _ variants: String, _ expected: [String]
    ) {
        let found = told(locale, opening + variants)
        #expect(words(found, opening + variants) == expected)
        #expect(
            found.map { "\($0.severity) \($0.id): \($0.message)" }
                == expected.map { _ in
                    "warning translation/dropped-placeholder: the translation does not show `$user.orders_count`"
                })
    }

    @Test(arguments: [
        ("ja", "* {{荷物\(value)個が配送中です。}}\n"),
        ("ja", "1 {{荷物が配送中です。}}\n2 {{荷物が二つ。}}\n* {{荷物\(value)個が配送中です。}}\n"),
        ("de", "one {{Ein Paket ist unterwegs.}}\n* {{\(value) Pakete sind unterwegs.}}\n"),
        (
            "ar",
            "zero {{لا طرود.}}\none {{طرد واحد.}}\ntwo {{طردان.}}\nfew {{\(value) طرود.}}\nmany {{\(value) طردًا.}}\n* {{\(value) طرد.}}\n"
        ),
        // Of 3 alone, and of 6 alone.
        (
            "cy",
            "zero {{dim parsel}}\none {{un parsel}}\ntwo {{dau barsel}}\nfew {{tri pharsel}}\nmany {{chwe pharsel}}\n* {{\(value) parsel}}\n"
        ),
    ])
    private func variantsForOneNumberMayHaveItInWords(_ locale: String, _ variants: String) {
        #expect(told(locale, opening + variants) == [])
    }

    @Test(arguments: [
        "* {{{$user.orders_count :integer minimumIntegerDigits=2}個。}}\n",
        "* {{[荷物](https://www.example.com/\(value))。}}\n",
    ])
    private func theValueInAnotherFormIsTheValue(_ variants: String) {
        #expect(told("ja", opening + variants) == [])
    }

    @Test func aLocalNameForTheValueIsTheValue() {
        let local =
            ".input {$user.orders_count :integer}\n.local $n = {$user.orders_count :number}\n.match $user.orders_count\n"
        #expect(told("ja", local + "* {{荷物{$n}個。}}\n") == [])
        #expect(
            ids(told("ja", opening + "* {{荷物3個。}}\n", source: local + "one {{{$n} parcel}}\n* {{{$n} parcels}}\n"))
                == ["translation/dropped-placeholder"])
    }

    /// What a variant of the source leaves out itself, another language may leave out.
    @Test(arguments: [
        "1 {{One parcel.}}\n* {{Several parcels are on their way.}}\n", "0 {{\(value) parcels.}}\n* {{Parcels.}}\n",
        "one {{\(value) parcel.}}\n* {{[Parcels](https://www.example.com/\(value))}}\n",
    ])
    private func aSourceThatDoesNotShowItItselfAsksForNothing(_ source: String) {
        let dropped = told("ja", opening + "* {{荷物が配送中です。}}\n", source: opening + source).filter {
            $0.primary.file == "content/a.ja.md" && $0.message.hasPrefix("the translation does not show")
        }
        #expect(dropped == [])
    }

    @Test func aSourceWhoseOwnVariantsForOtherNumbersDifferAsksForNothing() {
        let russian = placard.replacing("source: en", with: "source: ru").replacing(
            "ru: optional", with: "en: optional")
        let source =
            "one {{\(value) заказ.}}\nfew {{\(value) заказа.}}\nmany {{Много заказов.}}\n* {{\(value) заказа.}}\n"
        #expect(
            told(
                "en", opening + "one {{\(value) order.}}\n* {{Many orders.}}\n", source: opening + source,
                extra: ["placard.yaml": russian]
            ).filter { $0.id == "translation/dropped-placeholder" } == [])
    }

    @Test func aSourceWithOneTextIsHeldAgainstTheTextForOtherNumbers() {
        let variants = "one {{\(value) colis.}}\n* {{Trois colis en route.}}\n"
        #expect(
            words(told("fr", opening + variants, source: "Parcels on their way: \(value)\n"), opening + variants)
                == ["Trois colis en route."])
    }

    @Test func aTextThatDeclaresTheValueAndDoesNotShowItIsTold() {
        #expect(
            ids(told("ja", ".input {$user.orders_count :integer}\n{{荷物が配送中です。}}\n"))
                == ["translation/dropped-placeholder"])
        // Once, where the translation does not name it at all.
        #expect(ids(told("ja", "荷物が配送中です。\n")) == ["translation/dropped-placeholder"])
    }

    @Test func namesBesideTheNumberAreHeldAgainstTheSourceToo() {
        let source = "one {{{$user.first_name}, \(value) parcel.}}\n* {{{$user.first_name}, \(value) parcels.}}\n"
        let variants = "one {{{$user.first_name}, \(value) colis.}}\n* {{Voici vos \(value) colis.}}\n"
        #expect(
            told("fr", opening + variants, source: opening + source).map(\.message)
                == ["the translation does not show `$user.first_name`"])
    }

    @Test func withTwoChoicesTheVariantForTheSameOneIsHeldAgainstIt() {
        let head =
            ".input {$user.country :string}\n.input {$user.orders_count :integer}\n.match $user.country $user.orders_count\n"
        let source =
            head + "FR one {{\(value) parcel to France.}}\nFR * {{Parcels to France.}}\n"
            + "* one {{\(value) parcel.}}\n* * {{\(value) parcels.}}\n"
        let variants =
            "FR one {{\(value) Paket nach Frankreich.}}\nFR * {{Pakete nach Frankreich.}}\n"
            + "* one {{\(value) Paket.}}\n* * {{Alle drei Pakete kommen.}}\n"
        #expect(
            words(
                told("de", head + variants, source: source).filter { $0.id == "translation/dropped-placeholder" },
                head + variants) == ["Alle drei Pakete kommen."])
    }

    /// The text itself says that its number is missing: one cause, one diagnostic.
    @Test func aVariantThatIsToldOfItsNumberIsNotToldTwice() {
        #expect(
            ids(told("de", opening + "one {{\(value) Paket kommt.}}\n* {{Pakete kommen.}}\n"))
                == ["text/implied-number"])
        #expect(
            ids(
                told(
                    "pl",
                    opening
                        + "one {{\(value) paczka.}}\nfew {{3 paczki.}}\nmany {{\(value) paczek.}}\n* {{\(value) paczki.}}\n"
                )) == ["text/implied-number"])
    }
}

import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct RenderedNotificationTests {
    /// A message whose notification shows a value and opens a link with one.
    private func pushing(_ link: BundleText?, fallbacks: SortedMap<BundleText> = [:]) -> World {
        var message = message()
        message.push = CatalogPush(link: link)
        message.needs = ["user.first_name"]
        var world = World(message)
        world.texts["m"] = LocalizedMessage(
            locale: "en", direction: .ltr,
            content: LocalizedContent(push: PushText(body: placeholder("Hi ", "user.first_name"))), fallbacks: fallbacks
        )
        return world
    }

    @Test func aNotificationHasItsValuesAndItsLink() {
        let name: JSONValue = [
            "type": "expression", "arg": ["type": "variable", "name": "user.first_name"],
            "attributes": ["placard:escape": ["type": "literal", "value": "url"]],
        ]
        var world = pushing(
            .message(["type": "message", "declarations": [], "pattern": ["https://a.example.com/", name]]))
        #expect(
            world.decide().shown?.content.push
                == RenderedPush(body: "Hi \u{2068}Zoë\u{2069}", link: "https://a.example.com/Zo%C3%AB"))
        // What its values make of a link is held against the project's links once more.
        world = pushing(placeholder("", "user.first_name"))
        world.context = ["user": ["country": "FR", "first_name": "javascript:alert(1)"]]
        #expect(world.decide().shown?.content.push?.link == nil)
        #expect(pushing(nil).decide().shown?.content.push == RenderedPush(body: "Hi \u{2068}Zoë\u{2069}"))
    }

    @Test func aNotificationWithoutAValueHasItsFallbackOrDoesNotShow() {
        var world = pushing(nil, fallbacks: ["user.first_name": .plain("there")])
        world.context = ["user": ["country": "FR"]]
        #expect(world.decide().shown?.content.push?.body == "Hi \u{2068}there\u{2069}")
        world = pushing(nil)
        world.context = ["user": ["country": "FR"]]
        #expect(world.explain().reason(of: "m")?.gate == .missingValue)
    }

    @Test(
        arguments: [
            ("\" \\", "\" \\"), ("{$user.first_name}", "{$user.first_name}"), ("**x** <b>&amp;", "**x** <b>&amp;"),
            ("شكرا", "شكرا"), ("👨‍👩‍👧", "👨‍👩‍👧"),
            // What would reach beyond the value is closed or taken out: an isolate ends with its line.
            ("a\nb", "a\u{2069}\n\u{2068}b"), ("\u{202E}evil", "\u{202E}evil\u{202C}"), ("\u{2069}out", "out"),
        ])
    func aHostileValueInANotificationChangesNothingButItself(value: String, shown: String) {
        var world = pushing(nil)
        world.context = ["user": ["country": "FR", "first_name": .string(value)]]
        #expect(world.decide().shown?.content.push?.body == "Hi \u{2068}\(shown)\u{2069}")
    }
}

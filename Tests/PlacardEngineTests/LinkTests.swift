import CanonicalJSON
import LinkSafety
import PlacardBundle
import Testing

@testable import PlacardEngine

/// The engine holds links to the compiler's rules, whatever a bundle says.
@Suite struct LinkTests {
    private func address(_ before: String, _ after: String = "") -> BundleText {
        let value: JSONValue = [
            "type": "expression", "arg": ["type": "variable", "name": "event.order_id"],
            "attributes": ["placard:escape": ["type": "literal", "value": "url"]],
        ]
        return .message([
            "type": "message", "declarations": [],
            "pattern": .array([.string(before), value, .string(after)].filter { $0 != "" }),
        ])
    }

    private func world(_ fields: SortedMap<LocalizedField> = [:], actions: [BundleAction] = []) -> World {
        var world = World(message(actions: actions))
        world.texts["m"] = LocalizedMessage(
            locale: "en", direction: .ltr, content: LocalizedContent(fields: fields, actions: ["go": .plain("Go")]))
        return world
    }

    private func decide(_ world: World, value: String) -> RenderedMessage? {
        var world = world
        world.properties = ["order_id": .string(value), "status": "ready"]
        return world.decide().shown?.content
    }

    /// A catalog may list what it wants.
    @Test func aForbiddenSchemeIsNoLinkWhateverTheCatalogLists() throws {
        for target in [
            "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x",
        ] {
            let scheme = String(target.prefix { $0 != ":" })
            let rules = LinkRules(schemes: ["https", scheme, scheme.lowercased()], hosts: [])
            #expect(!rules.allows(target))
            let html = "<p><a href=\"\(target)\">x</a> <a href=\"https://x.test/\">y</a></p>"
            let (safe, leftOut) = withoutForbiddenLinks(html, rules)
            #expect(safe == "<p><a href=\"\">x</a> <a href=\"https://x.test/\">y</a></p>")
            #expect(leftOut == [target])
        }
        let world = world(actions: [BundleAction(id: "go", .open(url: .plain("javascript:alert(1)")))])
        let catalog = world.catalog
        let engine = Engine(
            Catalog(
                context: catalog.context, events: catalog.events,
                links: LinkRules(schemes: ["https", "javascript"], hosts: []), messages: catalog.messages),
            platform: EnginePlatform(timeZones: systemZones))
        let content = try #require(
            engine.decide(world.request(engine), texts: LocaleTexts(world.localeFile)).shown?.content)
        #expect(content.actions.first?.kind == .open(url: nil))
        #expect(content.refusedLinks == [RefusedLink("javascript:alert(1)", .forbiddenScheme("javascript"))])
    }

    @Test(arguments: ["..", "."]) func aValueThatIsADotSegmentMakesNoLink(_ value: String) throws {
        let action = BundleAction(id: "go", .open(url: address("starling://orders/", "/pay")))
        let content = try #require(decide(world(actions: [action]), value: value))
        #expect(content.actions.first?.kind == .open(url: nil))
        #expect(content.refusedLinks == [RefusedLink("starling://orders/\(value)/pay", .pathChanged)])
        #expect(content.refusedLinks.first?.description.hasSuffix("has a value that makes another path of it") == true)
        // Two in one segment, and one beside a literal dot.
        let beside = BundleAction(id: "go", .open(url: address("starling://orders/.", "/pay")))
        #expect(decide(world(actions: [beside]), value: ".")?.actions.first?.kind == .open(url: nil))
        // In a query dots are dots, and encoded ones are encoded again.
        let query = BundleAction(id: "go", .open(url: address("starling://orders/?id=", "/pay")))
        #expect(
            decide(world(actions: [query]), value: value)?.actions.first?.kind
                == .open(url: "starling://orders/?id=\(value)/pay"))
        #expect(
            decide(world(actions: [action]), value: "%2e%2e")?.actions.first?.kind
                == .open(url: "starling://orders/%252e%252e/pay"))
    }

    @Test func anEmptyValueBetweenSlashesMakesNoLink() {
        let inside = BundleAction(id: "go", .open(url: address("starling://orders/", "/pay")))
        #expect(decide(world(actions: [inside]), value: "")?.actions.first?.kind == .open(url: nil))
        let last = BundleAction(id: "go", .open(url: address("starling://orders/")))
        #expect(decide(world(actions: [last]), value: "")?.actions.first?.kind == .open(url: "starling://orders/"))
    }

    /// What a value holds stays in its segment: it reaches no host, no query and no other scheme.
    @Test func aValueStaysInItsSegment() {
        for value in [
            "//evil.test", "@evil.test", "x?y#z", "\\evil.test", "a\nb", "javascript:x", "é", "%00", "\u{202E}",
        ] {
            let action = BundleAction(id: "go", .open(url: address("https://shop.example.com/", "/x")))
            guard case .open(let url?)? = decide(world(actions: [action]), value: value)?.actions.first?.kind else {
                Issue.record("no URL for \(value)")
                continue
            }
            let middle = url.dropFirst("https://shop.example.com/".count).dropLast("/x".count)
            #expect(url.hasPrefix("https://shop.example.com/") && url.hasSuffix("/x"))
            #expect(middle.utf8.allSatisfy { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 && $0 != 0x40 && $0 != 0x3A })
        }
        // In front of the path it leads nowhere that the rules do not allow.
        for before in ["https://", "https://shop.example.com", "https://shop.example.com:"] {
            let action = BundleAction(id: "go", .open(url: address(before, "/x")))
            for value in [".evil.test", "evil.test", "@evil.test", "99999"] {
                #expect(
                    decide(world(actions: [action]), value: value)?.actions.first?.kind == .open(url: nil),
                    "\(before)\(value)")
            }
        }
    }

    /// In a body the target is empty, in every format.
    @Test func linksInABodyAreHeldToTheRules() throws {
        let href = address("https://shop.example.com/orders/", "/pay")
        guard case .message(let message) = href, let pattern = message["pattern"]?.array else { return }
        let html: JSONValue = [
            "type": "message", "declarations": [],
            "pattern": .array(
                [.string("<p>(<a href=\"")] + pattern
                    + [
                        .string(
                            "\">Pay</a>) <a href=\"javascript:x\">bad</a> <a href=\"#step\">on</a> <img src=\"data:x\" alt=\"\" /></p>"
                        )
                    ]),
        ]
        let tree: JSONValue = [
            "type": "root",
            "children": [
                ["type": "link", "url": message, "children": []],
                ["type": "link", "url": "javascript:x", "children": []],
                ["type": "link", "url": "#step", "children": []], ["type": "image", "url": "data:x", "alt": ""],
                ["type": "image", "url": "cup.png", "alt": ""],
                ["type": "link", "url": "https://shop.example.com/é x", "children": []],
            ],
        ]
        let body = LocalizedBody(html: .message(html), text: href, mdast: tree)
        func urls(_ value: String) -> (html: String?, text: String?, urls: [String?]?) {
            guard case .body(let body)? = decide(world(["body": .body(body)]), value: value)?.fields["body"] else {
                return (nil, nil, nil)
            }
            return (body.html, body.text, body.mdast?["children"]?.array?.map { $0["url"]?.string })
        }
        let good = urls("A 1")
        let paid = "https://shop.example.com/orders/A%201/pay"
        #expect(
            good.html
                == "<p>(<a href=\"\(paid)\">Pay</a>) <a href=\"\">bad</a> <a href=\"#step\">on</a> <img src=\"\" alt=\"\" /></p>"
        )
        #expect(good.text == paid)
        #expect(good.urls == [paid, "", "#step", "", "cup.png", "https://shop.example.com/é x"])
        let bad = urls("..")
        #expect(bad.html?.hasPrefix("<p>(<a href=\"\">Pay</a>)") == true)
        #expect(bad.text == "")
        #expect(bad.urls?.first == "")
    }

    @Test func imagesOfFieldsAreFilesOfTheBundle() {
        for (src, shown) in [("cup.png", "cup.png"), ("javascript:x", ""), ("//evil.test/x.png", ""), ("../x.png", "")]
        {
            var world = world(["hero": .image(alt: .plain("A cup"))])
            world.messages[0].fields["hero"] = .image(src: src)
            #expect(decide(world, value: "x")?.fields["hero"] == .image(src: shown, alt: "A cup"))
        }
    }
}

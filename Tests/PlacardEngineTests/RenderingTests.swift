import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct RenderingTests {
    private func world(
        _ fields: SortedMap<LocalizedField>, actions: [BundleAction] = [], locale: String = "en"
    ) -> World {
        var world = World(message(actions: actions))
        world.texts["m"] = LocalizedMessage(
            locale: locale, direction: locale == "ar" ? .rtl : .ltr, content: LocalizedContent(fields: fields))
        return world
    }

    /// Values meant to break out of every place that they stand in.
    static let hostile = [
        "**b** [x](y) `c` {$z} {{q}} .match", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
        "javascript:alert(1)", "a/../b?c#d&e=f", "\u{202E}txt.exe\u{2066}", "']]>--><!--", "&amp;&#123;", "\u{0}\n\r",
        "https://evil.example", "{\"type\":\"expression\"}",
    ]

    @Test func valuesInPlainText() {
        var world = world(["title": .text(placeholder("Hello ", "user.first_name", "!"))])
        #expect(world.decide().shown?.content.fields["title"] == .text("Hello \u{2068}Zoë\u{2069}!"))
        for value in RenderingTests.hostile {
            world.context = ["user": ["country": "FR", "first_name": .string(value)]]
            // What a value begins ends with it, and its isolation with each of its paragraphs.
            let inner =
                switch value {
                case "\u{202E}txt.exe\u{2066}": "\u{202E}txt.exe\u{2066}\u{2069}\u{202C}\u{2069}"
                case "\u{0}\n\r": "\u{0}\u{2069}\n\r"
                default: value + "\u{2069}"
                }
            #expect(world.decide().shown?.content.fields["title"] == .text("Hello \u{2068}" + inner + "!"))
        }
    }

    @Test func valuesInHTML() {
        var world = world([
            "body": .body(LocalizedBody(html: placeholder("<p>Hello <b>", "user.first_name", "</b></p>")))
        ])
        for value in RenderingTests.hostile {
            world.context = ["user": ["country": "FR", "first_name": .string(value)]]
            guard case .body(let body)? = world.decide().shown?.content.fields["body"], let html = body.html else {
                Issue.record("no body")
                return
            }
            #expect(html.hasPrefix("<p>Hello <b><bdi>"))
            #expect(html.hasSuffix("</bdi></b></p>"))
            let inner = html.dropFirst("<p>Hello <b><bdi>".count).dropLast("</bdi></b></p>".count)
            #expect(!inner.contains { "<>\"'".contains($0) })
        }
    }

    @Test func valuesInURLs() {
        var world = world(
            [:], actions: [BundleAction(id: "view", .open(url: url("starling://orders/", "event.order_id")))])
        func opened() -> RenderedAction.Kind? { world.decide().shown?.content.actions.first?.kind }
        #expect(opened() == .open(url: "starling://orders/A-113"))
        for value in RenderingTests.hostile {
            world.properties = ["order_id": .string(value), "status": "ready"]
            guard case .open(let url?)? = opened() else {
                Issue.record("no URL for \(value)")
                continue
            }
            #expect(url.hasPrefix("starling://orders/"))
            let unreserved = url.dropFirst("starling://orders/".count).utf8.allSatisfy { byte in
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%".utf8.contains(byte)
            }
            #expect(unreserved, "\(url)")
        }
    }

    private func url(_ before: String, _ variable: String, escape: String = "url") -> BundleText {
        .message([
            "type": "message", "declarations": [],
            "pattern": .array(
                [
                    .string(before),
                    [
                        "type": "expression", "arg": ["type": "variable", "name": .string(variable)],
                        "attributes": ["placard:escape": ["type": "literal", "value": .string(escape)]],
                    ],
                ].filter { $0 != "" }),
        ])
    }

    @Test func wholeLinksAreCheckedAgain() {
        var world = world([:], actions: [BundleAction(id: "go", .open(url: url("", "user.url", escape: "link")))])
        func opened(_ value: String) -> RenderedAction.Kind? {
            world.context = ["user": ["country": "FR", "url": .string(value)]]
            return world.decide().shown?.content.actions.first?.kind
        }
        #expect(opened("https://a.example.com/x?y=1") == .open(url: "https://a.example.com/x?y=1"))
        for bad in RenderingTests.badLinks { #expect(opened(bad) == .open(url: nil), "\(bad)") }
    }

    /// Addresses that a project with `https` and the host `*.example.com` does not lead to.
    static let badLinks = [
        "javascript:alert(1)", "https://evil.test/", "https://example.com.evil.test",
        "https://a.example.com@evil.test/", "//evil.test", "java\tscript:alert(1)", " https://a.example.com",
        "intent://x", "https:evil.test", "https:/evil.test", "https:\\\\evil.test", "https://evil.test\\.example.com/",
        "https://evil.test%2F.example.com/", "https://evil.test/.example.com", "https://evil.test?.example.com",
        "https://evil.test#.example.com", "https://[::1].example.com/", "https://a.example.com:x@evil.test/", "",
    ]

    /// A link in a body that one value makes up as a whole, in every format.
    @Test func wholeLinksInABodyAreCheckedAgain() {
        let address = url("", "user.url", escape: "link").json
        let tree: JSONValue = ["type": "link", "url": address, "children": [["type": "text", "value": "Open"]]]
        let html: JSONValue = [
            "type": "message", "declarations": [],
            "pattern": .array([.string("<a href=\"")] + (address["pattern"]?.array ?? []) + [.string("\">Open</a>")]),
        ]
        var world = world([
            "body": .body(LocalizedBody(html: .message(html), text: .message(address), mdast: tree))
        ])
        func body(_ value: String) -> RenderedBody? {
            world.context = ["user": ["country": "FR", "url": .string(value)]]
            guard case .body(let body)? = world.decide().shown?.content.fields["body"] else { return nil }
            return body
        }
        func expected(_ url: String) -> RenderedBody {
            RenderedBody(
                html: "<a href=\"\(url)\">Open</a>", text: url,
                mdast: ["type": "link", "url": .string(url), "children": [["type": "text", "value": "Open"]]])
        }
        #expect(body("https://a.example.com/x?y=1") == expected("https://a.example.com/x?y=1"))
        for bad in RenderingTests.badLinks { #expect(body(bad) == expected(""), "\(bad)") }
    }

    @Test func linksFollowTheRules() {
        let rules = LinkRules(schemes: ["https", "mailto", "app"], hosts: ["example.com", "*.example.org"])
        for good in [
            "https://example.com", "HTTPS://EXAMPLE.com:8443/x", "https://a.b.example.org/?q#f", "mailto:a@b.c",
            "app:x",
        ] { #expect(rules.allows(good), "\(good)") }
        for bad in [
            "", "x", "http://example.com", "https:example.com", "https:///x", "https://example.org",
            "https://xexample.com", "https://.example.org", "https://a%2E.example.org", "https://example.com:x",
            "https://example.com:123456", "https://[::1]", "https://a.example.org:80:80",
            "https://u@example.com", "https://example.com\\@evil.test", "https://example.com\u{0}",
            "https://exämple.com",
            "vbscript:x", ":x", "https//example.com",
        ] { #expect(!rules.allows(bad), "\(bad)") }
    }

    @Test func fallbacksStandForMissingValues() {
        var world = world(["title": .text(placeholder("Hello ", "user.first_name", "!"))])
        world.context = ["user": ["country": "FR"]]
        #expect(world.decide().shown == nil)
        #expect(
            world.explain().reason(of: "m")?.text == "missing-value: user.first_name has neither a value nor a fallback"
        )
        world.texts["m"]?.fallbacks["user.first_name"] = .plain("there")
        guard case .text(let title)? = world.decide().shown?.content.fields["title"] else {
            Issue.record("no title")
            return
        }
        #expect(title.filter { $0 != "\u{2068}" && $0 != "\u{2069}" } == "Hello there!")
    }

    @Test func fallbackStandsInForANumberToo() {
        var world = world(["title": .text(placeholder("You have ", "event.order_id", " left", function: "integer"))])
        world.properties = ["status": "ready"]
        world.texts["m"]?.fallbacks["event.order_id"] = .plain("a few")
        guard case .text(let title)? = world.decide().shown?.content.fields["title"] else {
            Issue.record("no title")
            return
        }
        #expect(title.filter { $0 != "\u{2068}" && $0 != "\u{2069}" } == "You have a few left")
    }

    /// `{<operand> :currency currency=$user.currency}`
    private func price(_ operand: JSONValue) -> JSONValue {
        [
            "type": "expression", "arg": operand,
            "function": [
                "type": "function", "name": "currency",
                "options": ["currency": ["type": "variable", "name": "user.currency"]],
            ],
        ]
    }

    @Test func anOptionTakesTheFallbackOfItsVariableToo() {
        let five: JSONValue = ["type": "literal", "value": "5"]
        let order: JSONValue = ["type": "variable", "name": "user.orders_count"]
        let local: JSONValue = ["type": "local", "name": "x", "value": price(five)]
        let text: JSONValue = [
            "type": "message", "declarations": [local],
            "pattern": [
                price(five), " ", price(order), " ",
                ["type": "expression", "arg": ["type": "variable", "name": "x"]],
            ],
        ]
        var world = world(["title": .text(.message(text))])
        world.context = ["user": ["country": "FR", "orders_count": 4]]
        #expect(
            world.explain().reason(of: "m")?.text == "missing-value: user.currency has neither a value nor a fallback")
        world.texts["m"]?.fallbacks["user.currency"] = .plain("EUR")
        guard case .text(let title)? = world.decide().shown?.content.fields["title"] else {
            Issue.record("no title: \(world.explain().reason(of: "m")?.text ?? "")")
            return
        }
        #expect(!title.contains("{"))
        #expect(title.contains("5") && title.contains("4"))
        // What no currency is: the reason names the option's variable, and does not say that it has no fallback.
        world.texts["m"]?.fallbacks["user.currency"] = .plain("some")
        #expect(
            world.explain().reason(of: "m")?.text
                == "missing-value: user.currency has no value or fallback that the text can format")
    }

    @Test func valueThatCannotBeFormattedHidesTheMessage() {
        // A text where a number is wanted: a raw placeholder would come out.
        let world = world(["title": .text(placeholder("", "user.first_name", " left", function: "integer"))])
        #expect(world.decide().shown == nil)
        #expect(world.explain().reason(of: "m")?.gate == .missingValue)
        #expect(
            world.explain().reason(of: "m")?.text
                == "missing-value: user.first_name has no value or fallback that the text can format")
    }

    @Test func treesAreFilledWithValues() {
        let expression: JSONValue = [
            "type": "expression", "arg": ["type": "variable", "name": "user.first_name"],
        ]
        let link: JSONValue = [
            "type": "link", "url": url("https://a.example.com/", "event.order_id").json,
            "children": [["type": "text", "value": "Open"]],
        ]
        let tree: JSONValue = [
            "type": "root",
            "children": [["type": "paragraph", "children": [["type": "text", "value": "Hi "], expression, link]]],
        ]
        let world = world(["body": .body(LocalizedBody(mdast: tree))])
        guard case .body(let body)? = world.decide().shown?.content.fields["body"] else {
            Issue.record("no body")
            return
        }
        #expect(
            body.mdast?.canonicalString
                == "{\"children\":[{\"children\":[{\"type\":\"text\",\"value\":\"Hi \"},{\"type\":\"text\",\"value\":\"\u{2068}Zoë\u{2069}\"},"
                + "{\"children\":[{\"type\":\"text\",\"value\":\"Open\"}],\"type\":\"link\",\"url\":\"https://a.example.com/A-113\"}],"
                + "\"type\":\"paragraph\"}],\"type\":\"root\"}")
    }

    @Test func treesThatSelect() {
        func document(_ text: String) -> JSONValue {
            ["type": "root", "children": [["type": "text", "value": .string(text)]]]
        }
        let select: JSONValue = [
            "type": "select",
            "declarations": [
                [
                    "type": "input", "name": "user.orders_count",
                    "value": [
                        "type": "expression", "arg": ["type": "variable", "name": "user.orders_count"],
                        "function": ["type": "function", "name": "integer"],
                    ],
                ]
            ],
            "selectors": [["type": "variable", "name": "user.orders_count"]],
            "variants": [
                ["keys": [["type": "literal", "value": "0"]], "value": document("none")],
                ["keys": [["type": "literal", "value": "one"]], "value": document("one")],
                ["keys": [["type": "*"]], "value": document("many")],
            ],
        ]
        var world = world(["body": .body(LocalizedBody(mdast: select))])
        for (count, expected) in [(0, "none"), (1, "one"), (7, "many")] {
            world.context = ["user": ["country": "FR", "orders_count": .integer(count)]]
            guard case .body(let body)? = world.decide().shown?.content.fields["body"] else {
                Issue.record("no body")
                return
            }
            #expect(body.mdast == document(expected))
        }
    }

    @Test func conversationsImagesAndLists() {
        var world = World(
            message(fields: ["image": .image(src: "coffee/cup.png"), "more": .url(.plain("https://a.example.com"))]))
        world.texts["m"] = LocalizedMessage(
            locale: "en", direction: .ltr,
            content: LocalizedContent(
                fields: [
                    "image": .image(alt: .plain("A cup")),
                    "replies": .list([LocalizedItem(id: "here", text: .plain("I’m outside"))]),
                ],
                steps: [
                    LocalizedStep(
                        id: "hi", title: .plain("Hi"), body: LocalizedBody(text: .plain("Hello")),
                        choices: [LocalizedStep.Choice(step: "hi", label: placeholder("Again, ", "user.first_name"))])
                ], push: PushText(title: .plain("T"), body: .plain("B"))))
        let content = world.decide().shown?.content
        #expect(content?.fields["image"] == .image(src: "coffee/cup.png", alt: "A cup"))
        #expect(content?.fields["more"] == .url("https://a.example.com"))
        #expect(content?.fields["replies"] == .list([RenderedItem(id: "here", text: "I’m outside")]))
        #expect(content?.steps.first?.choices.first?.label == "Again, \u{2068}Zoë\u{2069}")
        #expect(content?.push == RenderedPush(title: "T", body: "B"))
    }
}

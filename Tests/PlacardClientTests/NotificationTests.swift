import CanonicalJSON
import PlacardBundle
import PlacardClient
import PlacardEngine
import Testing

private func message(_ parts: [JSONValue]) -> BundleText {
    .message(["type": "message", "declarations": [], "pattern": .array(parts)])
}

/// A link whose value is part of it, or with `whole` all of it.
private func link(_ text: String, _ name: String, whole: Bool = false) -> BundleText {
    var value = variable(name).object ?? [:]
    value["attributes"] = ["placard:escape": ["type": "literal", "value": whole ? "link" : "url"]]
    return message(text.isEmpty ? [.object(value)] : [.string(text), .object(value)])
}

/// The notification, and what is reported of it.
private func worded(
    _ payload: JSONValue, context: JSONValue = [:]
) -> (push: RenderedPush?, problems: [PushProblem]) {
    var problems: [PushProblem] = []
    let push = PlacardClient.notification(payload, context: context, report: { problems.append($0) })
    return (push, problems)
}

private func variable(_ name: String, _ function: String? = nil) -> JSONValue {
    var expression: JSONObject = ["type": "expression", "arg": ["type": "variable", "name": .string(name)]]
    if let function { expression["function"] = ["type": "function", "name": .string(function)] }
    return .object(expression)
}

private func payload(_ values: SortedMap<JSONValue>) -> PushPayload {
    PushPayload(
        title: "Hello", body: "Your order", thread: "order/A-113",
        data: PushData(
            message: "ready", locale: "de", link: link("starling://orders/", "event.order_id"),
            links: LinkRules(schemes: ["https", "starling"], hosts: ["*.example.com"]),
            title: message([variable("user.first_name"), ", fertig"]),
            body: message(["Code ", variable("event.order_id"), ", ", variable("event.points", "integer"), " Punkte"]),
            fallbacks: ["user.first_name": "Hallo"], values: values))
}

private let values: SortedMap<JSONValue> = [
    "event.order_id": "A-113", "event.points": 12_500, "user.first_name": .null,
]

@Test func aPayloadIsWordedWithTheServersValues() throws {
    let push = try #require(PlacardClient.notification(payload(values).apns))
    #expect(push.title == "\u{2068}Hallo\u{2069}, fertig")
    #expect(push.body == "Code \u{2068}A-113\u{2069}, 12.500 Punkte")
    #expect(push.link == "starling://orders/A-113")
}

@Test func firebasesPayloadIsReadToo() throws {
    // What arrives on an Apple device by way of Firebase: the data beside aps, as text.
    let data = try #require(payload(values).fcm["data"]?["placard"])
    let alert = try #require(payload(values).fcm["notification"])
    let arrived: JSONValue = ["aps": ["alert": alert], "placard": data]
    #expect(PlacardClient.notification(arrived) == PlacardClient.notification(payload(values).apns))
    #expect(PlacardClient.notification(payload(values).fcm) == PlacardClient.notification(payload(values).apns))
}

@Test func whatAndroidsAppGetsIsReadToo() throws {
    // The server moves the alert's texts into the data, so that the system draws nothing by itself.
    let data = try #require(payload(values).fcm["data"]?["placard"])
    let arrived: JSONValue = ["title": "Hello", "body": "Your order", "placard": data]
    #expect(PlacardClient.notification(arrived) == PlacardClient.notification(payload(values).apns))
    #expect(PlacardClient.notification(["data": arrived]) == PlacardClient.notification(payload(values).apns))
    let fixed = PushPayload(title: "T", body: "B", data: PushData(message: "a", locale: "de"))
    let text = try #require(fixed.fcm["data"]?["placard"])
    #expect(
        PlacardClient.notification(["title": "T", "body": "B", "placard": text]) == RenderedPush(title: "T", body: "B"))
}

@Test func withoutAValueTheAlertStands() throws {
    var some = values
    some["event.order_id"] = .null
    let (push, problems) = worded(payload(some).apns)
    #expect(push == RenderedPush(title: "\u{2068}Hallo\u{2069}, fertig", body: "Your order", link: nil))
    #expect(problems == [.missing(.body, ["event.order_id"]), .missing(.link, ["event.order_id"])])
    #expect(
        problems.map(\.description) == [
            "the alert's body stands: event.order_id has no value and no fallback",
            "the link is left out: event.order_id has no value",
        ])
    #expect(worded(payload(SortedMap()).apns).problems.first == .missing(.body, ["event.order_id", "event.points"]))
    // With every value there is nothing to say.
    #expect(worded(payload(values).apns).problems == [])
}

@Test(
    arguments: [
        ("\" \\", "\" \\"), ("{$user.first_name}", "{$user.first_name}"), ("**x** <b>&amp;", "**x** <b>&amp;"),
        ("شكرا", "شكرا"), ("👨‍👩‍👧", "👨‍👩‍👧"),
        // What would reach beyond the value is closed or taken out: an isolate ends with its line.
        ("a\nb", "a\u{2069}\n\u{2068}b"), ("\u{202E}evil", "\u{202E}evil\u{202C}"), ("\u{2069}out", "out"),
    ])
func aHostileValueChangesNothingButItself(value: String, shown: String) throws {
    var values = values
    values["event.order_id"] = .string(value)
    let sent = try JSONValue(parsing: payload(values).apns.canonicalBytes)
    let push = try #require(PlacardClient.notification(sent))
    #expect(push.body == "Code \u{2068}\(shown)\u{2069}, 12.500 Punkte")
    #expect(push.title == "\u{2068}Hallo\u{2069}, fertig")
}

@Test func whatTheAppKnowsStandsWhereTheServerGaveNothing() throws {
    let push = try #require(
        PlacardClient.notification(payload(values).apns, context: ["user": ["first_name": "Zoë"]]))
    #expect(push.title == "\u{2068}Zoë\u{2069}, fertig")
    var values = values
    values["user.first_name"] = "Ada"
    let told = try #require(PlacardClient.notification(payload(values).apns, context: ["user": ["first_name": "Zoë"]]))
    #expect(told.title == "\u{2068}Ada\u{2069}, fertig")
}

@Test func wordsThatLookLikeAPlaceholderAreWords() throws {
    // The author's own, as in a text about placeholders, and a value's: nothing is looked for in either.
    var values = values
    values["event.order_id"] = "{$user.first_name}"
    var payload = payload(values)
    payload.title = "Write {$event.order_id}"
    payload.data.title = nil
    let push = try #require(PlacardClient.notification(payload.apns))
    #expect(push.title == "Write {$event.order_id}")
    #expect(push.body == "Code \u{2068}{$user.first_name}\u{2069}, 12.500 Punkte")
    #expect(push.link == "starling://orders/%7B%24user.first_name%7D")
}

@Test(arguments: [
    "javascript:alert(1)", "https://evil.test/a", "https://app.example.com@evil.test/", "ftp://app.example.com/a",
    "starling://a b", "", "{$event.order_id}",
])
func aLinkThatTheProjectDoesNotAllowIsNotOpened(address: String) throws {
    var fixed = payload(values)
    fixed.data.link = .plain(address)
    let (push, problems) = worded(fixed.apns)
    #expect(try #require(push).link == nil)
    #expect(problems == [.forbiddenLink(address)])
    // As a value that is the whole link, in which a space is percent-encoded.
    var hostile = values
    hostile["event.order_id"] = .string(address)
    var whole = payload(hostile)
    whole.data.link = link("", "event.order_id", whole: true)
    #expect(try #require(worded(whole.apns).push).link == (address == "starling://a b" ? "starling://a%20b" : nil))
    fixed.data.link = .plain("https://app.example.com/orders")
    #expect(PlacardClient.notification(fixed.apns)?.link == "https://app.example.com/orders")
    // A payload that names no rules is not one of the project's.
    fixed.data.links = nil
    #expect(try #require(PlacardClient.notification(fixed.apns)).link == nil)
}

@Test func aLinkTakesNoFallback() {
    var payload = payload(values)
    payload.data.link = link("starling://hello/", "user.first_name")
    let (push, problems) = worded(payload.apns)
    #expect(push?.title == "\u{2068}Hallo\u{2069}, fertig")
    #expect(push?.link == nil)
    #expect(problems == [.missing(.link, ["user.first_name"])])
    #expect(
        worded(payload.apns, context: ["user": ["first_name": "Zoë"]]).push?.link == "starling://hello/Zo%C3%AB")
}

@Test func aValueOfAnotherTypeCountsAsNone() {
    var values = values
    values["event.points"] = "many"
    var payload = payload(values)
    payload.data.types = ["event.points": .int]
    let (push, problems) = worded(payload.apns)
    #expect(push?.body == "Your order")
    #expect(problems.first == .misfit("event.points", "many", .int))
    #expect(problems.first?.description == #"the value of event.points is no int: "many""#)
    #expect(problems.last == .missing(.body, ["event.points"]))
    // What the app knows is better than nothing.
    #expect(worded(payload.apns, context: ["event": ["points": 3]]).push?.body.hasSuffix("3 Punkte") == true)
}

@Test(
    arguments: [
        ("2026-12-24T23:30:00Z", "25. Dezember"), ("2026-12-24T23:30:00+09:00", "24. Dezember"),
        ("2026-12-24T22:30:00.25Z", "24. Dezember"), ("tomorrow", "in der App"),
    ] as [(JSONValue, String)])
func aMomentIsToldByTheReadersClock(value: JSONValue, shown: String) throws {
    var expression = variable("event.ends", "date").object ?? [:]
    expression["function"] = [
        "type": "function", "name": "date",
        "options": [
            "fields": ["type": "literal", "value": "month-day"], "length": ["type": "literal", "value": "long"],
        ],
    ]
    let payload = PushPayload(
        body: "in der App",
        data: PushData(
            message: "a", locale: "de", body: message([.object(expression)]), types: ["event.ends": .timestamp],
            values: ["event.ends": value]))
    var environment = ClientEnvironment.system
    environment.timeZone = { "Europe/Berlin" }
    #expect(PlacardClient.notification(payload.apns, environment: environment)?.body == shown)
}

@Test(arguments: [
    ("null", "there is no member placard"), ("[]", "there is no member placard"),
    (#"{"aps":{"alert":"text"}}"#, "there is no member placard"),
    (#"{"aps":{"alert":{"body":"b"}},"placard":"no JSON"}"#, "placard is not the text of a JSON document"),
    (#"{"aps":{"alert":{"body":"b"}},"placard":{"locale":"en"}}"#, "placard: "),
    (#"{"aps":{"alert":{"body":"b"}},"placard":{"message":"a","locale":"en","link":3}}"#, "placard: "),
    (#"{"placard":{"message":"a","locale":"en"}}"#, "there is no alert with a body"),
])
func aPayloadOfSomebodyElseIsLeftAlone(json: String, reason: String) throws {
    let (push, problems) = worded(try JSONValue(parsing: Array(json.utf8)))
    #expect(push == nil)
    #expect(problems.count == 1)
    #expect(problems[0].description.hasPrefix("the payload is not one of Placard's: " + reason), "\(problems)")
}

import CanonicalJSON
import PlacardBundle
import PlacardClient
import PlacardEngine
import Testing

private func message(_ parts: [JSONValue]) -> BundleText {
    .message(["type": "message", "declarations": [], "pattern": .array(parts)])
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
            message: "ready", locale: "de", link: "starling://orders/A-113",
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

@Test func withoutAValueTheAlertStands() throws {
    var values = values
    values["event.order_id"] = .null
    let push = try #require(PlacardClient.notification(payload(values).apns))
    #expect(push.body == "Your order")
    #expect(push.title == "\u{2068}Hallo\u{2069}, fertig")
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

@Test func aPlaceThatNobodyFilledIsNeverShown() {
    var values = values
    values["event.order_id"] = .null
    var unfilled = payload(values)
    unfilled.body = "Code {$event.order_id}"
    #expect(PlacardClient.notification(unfilled.apns) == nil)
    // Braces that are no place for one of the values are words.
    unfilled.body = "Write {$x}"
    #expect(PlacardClient.notification(unfilled.apns)?.body == "Write {$x}")
    var title = payload(values)
    title.title = "Code {$event.order_id}"
    title.data.title = nil
    #expect(PlacardClient.notification(title.apns) == nil)
}

@Test(arguments: [
    "javascript:alert(1)", "https://evil.test/a", "https://app.example.com@evil.test/", "ftp://app.example.com/a",
    "starling://a b", "", "{$event.order_id}",
])
func aLinkThatTheProjectDoesNotAllowIsNotOpened(link: String) throws {
    var payload = payload(values)
    payload.data.link = link
    #expect(try #require(PlacardClient.notification(payload.apns)).link == nil)
    payload.data.link = "https://app.example.com/orders"
    #expect(PlacardClient.notification(payload.apns)?.link == "https://app.example.com/orders")
    // A payload that names no rules is not one of the project's.
    payload.data.links = nil
    #expect(try #require(PlacardClient.notification(payload.apns)).link == nil)
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

@Test func aLinkWithASlotLeftIsNotOpened() throws {
    var payload = payload(values)
    payload.data.link = "starling://orders/{$event.order_id}"
    #expect(PlacardClient.notification(payload.apns)?.link == nil)
}

@Test(arguments: [
    "null", "[]", #"{"aps":{"alert":"text"}}"#, #"{"aps":{"alert":{"body":"b"}},"placard":"no JSON"}"#,
    #"{"aps":{"alert":{"body":"b"}},"placard":{"locale":"en"}}"#, #"{"placard":{"message":"a","locale":"en"}}"#,
])
func aPayloadOfSomebodyElseIsLeftAlone(json: String) throws {
    #expect(PlacardClient.notification(try JSONValue(parsing: Array(json.utf8))) == nil)
}

import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardCompiler
import PlacardEngine
import Testing

/// What a server knows of the demo's events: the values as JSON has them.
private let known: [String: JSONValue] = [
    "event.order_id": "A-113", "event.items": 2, "event.minutes": 5, "event.plate": "AB-123-CD",
    "event.driver_name": "Zoë", "event.trip_id": "T-883", "event.book_id": "sennen", "event.chapter": 7,
    "event.book_title": "The Lighthouse at Sennen", "event.published": "2026-12-02T06:00:00Z",
]

private let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private func with(values: [String: JSONValue], _ data: JSONValue?) -> JSONValue {
    var data = data?.object ?? [:]
    if var given = data["values"]?.object {
        for member in given.members { given[member.key] = values[member.key] ?? .null }
        data["values"] = .object(given)
    }
    return .object(data)
}

/// The payload that reaches an Apple device by way of either service, once a server has written the values into it.
private func sent(_ file: OutputFile, values: [String: JSONValue] = known) throws -> JSONValue {
    let json = try JSONValue(parsing: file.bytes)
    if let text = json["data"]?["placard"]?.string {
        let data = with(values: values, try JSONValue(parsing: Array(text.utf8)))
        return ["aps": ["alert": json["notification"] ?? .null], "placard": .string(data.canonicalString)]
    }
    return ["aps": json["aps"] ?? .null, "placard": with(values: values, json["placard"])]
}

@Test func theDemosNotificationsArriveWorded() throws {
    let files = emitPush(compile(try loadProject(at: repository.path)))
    #expect(!files.isEmpty)
    for file in files {
        var problems: [PushProblem] = []
        let payload = try sent(file)
        let push = try #require(
            PlacardClient.notification(payload, report: { problems.append($0) }), "\(file.path)")
        #expect(problems == [], "\(file.path)")
        let texts = [push.title, push.body, push.link].compactMap { $0 }
        #expect(texts.count == 3 && texts.allSatisfy { !$0.contains("{") && !$0.isEmpty }, "\(file.path): \(texts)")
        #expect(push.link?.hasPrefix("starling://") == true, "\(file.path): \(push)")
        let alert = payload["aps"]?["alert"]
        #expect(push.body != alert?["body"]?.string, "\(file.path): the values are in no text")
    }
    let order = try #require(files.first { $0.path == "order-ready/fr.fcm.json" })
    let push = try #require(PlacardClient.notification(sent(order), context: ["user": ["first_name": "Zoë"]]))
    #expect(push.title?.contains("Zoë") == true && push.body.contains("A-113"), "\(push)")
    #expect(push.link == "starling://orders/A-113")
}

@Test func theDemosNotificationsAreShownAsTheyAreWithoutValues() throws {
    for file in emitPush(compile(try loadProject(at: repository.path))) {
        let payload = try sent(file, values: [:])
        let push = try #require(PlacardClient.notification(payload), "\(file.path)")
        // Each text of the demo is the alert's, but for the titles that have a fallback of their own.
        #expect(push.body == payload["aps"]?["alert"]?["body"]?.string, "\(file.path)")
        #expect(push.title == payload["aps"]?["alert"]?["title"]?.string, "\(file.path)")
        #expect(push.link == nil, "\(file.path): \(push)")
    }
}

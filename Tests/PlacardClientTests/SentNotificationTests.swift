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

/// A text with each place for a value replaced, as `Documentation/Authoring.md` tells servers to.
private func filled(_ text: String, encoding: Bool = false) -> String {
    known.reduce(text) { text, entry in
        var value = entry.value.string ?? entry.value.canonicalString
        if encoding { value = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        return text.replacing("{$\(entry.key)}", with: value)
    }
}

private func filled(alert: JSONValue?) -> JSONValue {
    var texts = alert?.object ?? [:]
    for member in texts.members { texts[member.key] = .string(filled(member.value.string ?? "")) }
    return .object(texts)
}

private func filled(data: JSONValue?) -> JSONValue {
    var data = data?.object ?? [:]
    if let link = data["link"]?.string { data["link"] = .string(filled(link, encoding: true)) }
    if var values = data["values"]?.object {
        for member in values.members { values[member.key] = known[member.key] ?? .null }
        data["values"] = .object(values)
    }
    return .object(data)
}

/// The payload that reaches the app, by way of either service.
private func sent(_ file: OutputFile) throws -> JSONValue {
    let json = try JSONValue(parsing: file.bytes)
    if let text = json["data"]?["placard"]?.string {
        let data = filled(data: try JSONValue(parsing: Array(text.utf8)))
        return ["aps": ["alert": filled(alert: json["notification"])], "placard": .string(data.canonicalString)]
    }
    return ["aps": ["alert": filled(alert: json["aps"]?["alert"])], "placard": filled(data: json["placard"])]
}

@Test func theDemosNotificationsArriveWorded() throws {
    let files = emitPush(compile(try loadProject(at: repository.path)))
    #expect(!files.isEmpty)
    for file in files {
        let payload = try sent(file)
        let push = try #require(PlacardClient.notification(payload), "\(file.path)")
        let texts = [push.title, push.body, push.link].compactMap { $0 }
        #expect(texts.allSatisfy { !$0.contains("{") && !$0.isEmpty }, "\(file.path): \(texts)")
        #expect(push.link?.hasPrefix("starling://") != false, "\(file.path): \(push)")
        #expect(
            (push.link != nil)
                == (payload["placard"]?.string?.contains("\"link\"") ?? (payload["placard"]?["link"] != nil)))
    }
    let order = try #require(files.first { $0.path == "order-ready/fr.fcm.json" })
    let push = try #require(PlacardClient.notification(sent(order), context: ["user": ["first_name": "Zoë"]]))
    #expect(push.title?.contains("Zoë") == true && push.body.contains("A-113"), "\(push)")
    #expect(push.link == "starling://orders/A%2D113")
}

@Test func theDemosNotificationsAreNotWordedWithoutTheirValues() throws {
    let files = emitPush(compile(try loadProject(at: repository.path)))
    for file in files {
        let json = try JSONValue(parsing: file.bytes)
        guard let push = PlacardClient.notification(json) else { continue }
        #expect(!push.body.contains("{$") && push.title?.contains("{$") != true, "\(file.path): \(push)")
        #expect(push.link?.contains("{$") != true, "\(file.path): \(push)")
    }
    let order = try #require(files.first { $0.path == "order-ready/fr.apns.json" })
    #expect(PlacardClient.notification(try JSONValue(parsing: order.bytes)) == nil)
}

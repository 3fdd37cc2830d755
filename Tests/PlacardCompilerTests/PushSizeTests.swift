import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

private func payloads(_ files: [String: String]) -> [String: String] {
    let written = emitPush(compile(project(files))).map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    return Dictionary(uniqueKeysWithValues: written)
}

/// A message with this notification and nothing else to send.
private func plain(_ push: String) -> [String: String] { ["content/a.md": message("push: \(push)")] }

/// How many letters a body may have so that the payload of ``plain(_:)`` is as large as Apple's service takes it.
private func roomForApple() throws -> Int {
    let one = try #require(payloads(plain("{body: x}"))["a/en.apns.json"])
    return 4096 - one.utf8.count + 1
}

/// What Firebase sends to an iPhone, of a message for it: its own keys, and the app's part as text.
private func byWayOfFirebase(_ message: String) throws -> JSONValue {
    let message = try JSONValue(parsing: Array(message.utf8))
    var aps = try #require(message["apns"]?["payload"]?["aps"]?.object)
    aps["alert"] = message["notification"]
    return [
        "aps": .object(aps), "placard": try #require(message["data"]?["placard"]),
        "gcm.message_id": "0:1505164048575090%3b690aba3b690aba", "google.c.a.e": "1",
        "google.c.fid": "f7Wfr_yqG00Gt6B9O7qI13", "google.c.sender.id": "1028358118532",
    ]
}

private func sizeDiagnostics(_ files: [String: String]) -> [Diagnostic] {
    compile(project(files)).diagnostics.filter { $0.id == "push/too-large" }
}

@Test func aPayloadMayHaveExactlyWhatServicesTake() throws {
    func body(_ count: Int) -> [String: String] { plain("{body: \(String(repeating: "x", count: count))}") }
    let one = try byWayOfFirebase(#require(payloads(body(1))["a/en.fcm.json"])).canonicalBytes.count
    let room = 4096 - one + 1
    #expect(sizeDiagnostics(body(room)).isEmpty)
    #expect(try byWayOfFirebase(#require(payloads(body(room))["a/en.fcm.json"])).canonicalBytes.count == 4096)
    let found = sizeDiagnostics(body(room + 1))
    #expect(found.map(\.severity) == [.error])
    #expect(
        found.first?.message
            == "the notification in `en` can take 4097 bytes for APNs by way of FCM, and services accept 4096")
    #expect(found.first?.notes.first?.contains("push.body with \(room + 3)") == true)
    // The payload that goes to Apple's service straight has more room, and then none either.
    let most = try roomForApple()
    #expect(sizeDiagnostics(body(most)).first?.message.contains("bytes for APNs,") == false)
    #expect(sizeDiagnostics(body(most + 1)).first?.message.contains("can take 4097 bytes for APNs,") == true)
}

@Test func aPayloadIsMeasuredInBytes() throws {
    let one = try byWayOfFirebase(#require(payloads(plain("{body: x}"))["a/en.fcm.json"])).canonicalBytes.count
    let room = 4096 - one + 1
    #expect(sizeDiagnostics(plain("{body: \(String(repeating: "ش", count: room / 2))}")).isEmpty)
    #expect(!sizeDiagnostics(plain("{body: \(String(repeating: "ش", count: room / 2 + 1))}")).isEmpty)
}

@Test func aPayloadIsMeasuredWithTheLongestExamples() throws {
    func files(_ length: Int) -> [String: String] {
        let examples = "examples: [A, \(String(repeating: "x", count: length))]"
        return [
            "placard.yaml": baseProject.replacing(
                "order_id: string", with: "order_id: {type: string, \(examples)}"),
            "content/a.md": """
            ---
            template: note
            title: A
            trigger: {event: order_status_changed}
            push: {body: "Code {$event.order_id}", fallback: {body: Come}}
            ---
            B

            """,
        ]
    }
    // The value stands in the alert, where a server may put it, and among the values.
    #expect(sizeDiagnostics(files(1500)).isEmpty)
    let found = sizeDiagnostics(files(2000))
    #expect(found.count == 1)
    #expect(found.first?.notes.first?.contains("$event.order_id with 2002") == true)
}

@Test func theLanguageThatIsTooLargeIsNamed() throws {
    let found = sizeDiagnostics([
        "content/a.md": message("push: {body: Short}"),
        "content/a.fr.md": overlay("title: Bonjour\npush: {body: \(String(repeating: "é", count: 2100))}"),
    ])
    #expect(found.map(\.primary.file) == ["content/a.fr.md"])
    #expect(found.first?.message.contains("in `fr` can take 4") == true)
}

@Test func anotherWorstVariantCounts() throws {
    let long = String(repeating: "x", count: 4100)
    let body = """
        push:
          body: |-
            .input {$user.orders_count :integer}
            .match $user.orders_count
            one {{\(long)}}
            * {{Orders}}
        """
    #expect(sizeDiagnostics(["content/a.md": message(body)]).count == 1)
}

@Test func theWordsWithoutValuesAreMeasuredToo() throws {
    func files(_ count: Int) -> [String: String] {
        [
            "placard.yaml": baseProject.replacing("order_id: string", with: "order_id: {type: string, examples: [A]}"),
            "content/a.md": """
            ---
            template: note
            title: A
            trigger: {event: order_status_changed}
            push: {body: "{$event.order_id}", fallback: {body: \(String(repeating: "x", count: count))}}
            allow: [{id: push/cut-on-ios, reason: A test}]
            ---
            B

            """,
        ]
    }
    #expect(sizeDiagnostics(files(3000)).isEmpty)
    #expect(sizeDiagnostics(files(4000)).count == 1)
}

@Test func aLinkIsMeasuredAsAServerMayFillIt() throws {
    func found(_ example: String) -> [Diagnostic] {
        sizeDiagnostics([
            "placard.yaml": baseProject.replacing(
                "order_id: string", with: "order_id: {type: string, examples: [\(example)]}"),
            "content/a.md":
                "---\ntemplate: note\ntitle: A\ntrigger: {event: order_status_changed}\n"
                + "push: {body: Come, link: \"starling://o/{$event.order_id}\"}\n---\nB\n",
        ])
    }
    // Percent-encoded, each letter takes six bytes in the link and two among the values.
    #expect(found(String(repeating: "x", count: 500)).isEmpty)
    let long = String(repeating: "ж", count: 700)
    let diagnostic = try #require(found(long).first)
    #expect(diagnostic.notes.first?.contains("the link with 42") == true)
    let sent = PushPayload(
        body: "Come",
        data: PushData(
            message: "a", locale: "en",
            link: .plain("starling://o/" + String(repeating: "%D0%B6", count: 700)),
            links: LinkRules(schemes: ["https", "mailto", "starling"], hosts: ["*.example.com"]),
            values: ["event.order_id": .string(long)]))
    #expect(diagnostic.message.contains("\(sent.fcmAppleBytes) bytes for APNs by way of FCM"), "\(diagnostic.message)")
}

@Test func aThreadIsNotMeasuredWithWhatNeverStandsInIt() {
    func found(_ thread: String, _ name: String) -> [String] {
        let fallback = String(repeating: "x", count: 70)
        return compile(
            project([
                "content/a.md": """
                ---
                template: note
                title: A
                trigger: {event: order_status_changed}
                thread: o/{$\(thread)}
                variables: {\(name): {fallback: \(fallback)}}
                push: {body: "{$\(name)}"}
                allow: [{id: push/cut-on-android, reason: A test}]
                ---
                B

                """
            ])
        ).diagnostics.map(\.id)
    }
    // Another order is not the same order, and so a fallback of an event's value never groups by it.
    #expect(found("event.order_id", "event.order_id") == [])
    #expect(found("user.first_name", "user.first_name") == ["push/long-thread"])
}

@Test func partsWithoutBytesAreNotNamed() throws {
    let diagnostic = try #require(sizeDiagnostics(plain("{body: \(String(repeating: "x", count: 4200))}")).first)
    let note = try #require(diagnostic.notes.first)
    #expect(note.contains("push.body with 4202") && !note.contains("with 0"))
}

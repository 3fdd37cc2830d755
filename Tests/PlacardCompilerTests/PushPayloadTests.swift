import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

/// The files of `push/` that a project comes to, by path.
func sentPayloads(_ files: [String: String]) -> [String: String] {
    let compilation = compile(project(files))
    #expect(!compilation.hasErrors, "\(diagnostics(compilation))")
    let written = emitPush(compilation).map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    return Dictionary(uniqueKeysWithValues: written)
}

private let order = """
    ---
    template: note
    title: Ready
    trigger: {event: order_status_changed}
    thread: order/{$event.order_id}
    variables: {user.first_name: {fallback: Hello}}
    push:
      title: "{$user.first_name}, it is ready"
      body: "Code {$event.order_id}"
      fallback: {body: It waits at the counter}
    actions:
      - {id: close, label: Close, dismiss: true}
      - {id: view, label: View, url: "starling://orders/{$event.order_id}"}
    ---
    Ready.

    """

private let french = """
    ---
    title: Prête
    variables: {user.first_name: {fallback: Bonjour}}
    push: {title: "{$user.first_name}, c’est prêt", body: "Code : {$event.order_id}", fallback: {body: Au comptoir}}
    actions: [{id: close, label: Fermer}, {id: view, label: Voir}]
    ---
    Prête.

    """

/// A message with this notification and nothing else to send.
private func plain(_ push: String) -> [String: String] { ["content/a.md": message("push: \(push)")] }

@Test func spacesAroundATextAreNotSent() throws {
    let translation = overlay("title: T\npush: {title: \"\\n Prête\", body: \"Un deux\\t\"}")
    let source = message("push:\n  title: \"  Ready \"\n  body: |\n\n    One  two\n\n")
    let written = sentPayloads(["content/a.md": source, "content/a.fr.md": translation])
    #expect(written["a/en.apns.json"]?.contains(#""alert":{"body":"One  two","title":"Ready"}"#) == true)
    #expect(written["a/fr.apns.json"]?.contains(#""alert":{"body":"Un deux","title":"Prête"}"#) == true)
}

@Test func aDiagnosticBehindSpacesIsWhereItStands() {
    let found = compile(project(plain(#"{body: " \t Hi {$user.nick} "}"#)))
    #expect(diagnostics(found) == ["text/unknown-variable content/a.md:5:23"])
}

@Test func aPayloadForAppleHoldsTheAlertAndTheTexts() throws {
    let written = sentPayloads(["content/ready.md": order, "content/ready.fr.md": french])
    // A value is isolated from the text around it; what nobody knows yet is in the app's part alone.
    let expected = """
        {"aps":{"alert":{"body":"Au comptoir",\
        "title":"\u{2068}Bonjour\u{2069}, c’est prêt"},"mutable-content":1,\
        "thread-id":"ready"},\
        "placard":{"body":{"declarations":[],"pattern":["Code : ",\
        {"arg":{"name":"event.order_id","type":"variable"},"type":"expression"}],"type":"message"},\
        "fallbacks":{"user.first_name":"Bonjour"},\
        "link":{"declarations":[],"pattern":["starling://orders/",{"arg":{"name":"event.order_id","type":"variable"},\
        "attributes":{"placard:escape":{"type":"literal","value":"url"}},"type":"expression"}],"type":"message"},\
        "links":{"hosts":["*.example.com"],"schemes":["https","mailto","starling"]},"locale":"fr",\
        "message":"ready","thread":{"declarations":[],"pattern":["order/",\
        {"arg":{"name":"event.order_id","type":"variable"},"type":"expression"}],"type":"message"},\
        "title":{"declarations":[],"pattern":[\
        {"arg":{"name":"user.first_name","type":"variable"},"type":"expression"},", c’est prêt"],"type":"message"},\
        "values":{"event.order_id":null,"user.first_name":null}}}
        """
    #expect(written["ready/fr.apns.json"] == expected)
    // Arabic has no translation and shows the source's.
    #expect(
        written.keys.sorted() == [
            "ready/ar.apns.json", "ready/ar.fcm.json", "ready/en.apns.json", "ready/en.fcm.json", "ready/fr.apns.json",
            "ready/fr.fcm.json",
        ])
    #expect(written["ready/ar.apns.json"] == written["ready/en.apns.json"])
}

@Test func aMessageForFirebaseHoldsTheSameInStrings() throws {
    let written = sentPayloads(["content/ready.md": order, "content/ready.fr.md": french])
    let message = try JSONValue(parsing: Array(#require(written["ready/fr.fcm.json"]).utf8))
    let apple = try JSONValue(parsing: Array(#require(written["ready/fr.apns.json"]).utf8))
    #expect(message["notification"] == apple["aps"]?["alert"])
    let data = try #require(message["data"]?["placard"]?.string)
    #expect(try JSONValue(parsing: Array(data.utf8)) == apple["placard"])
    // Without its values a thread replaces nothing: another order is not the same order.
    #expect(message["android"] == nil)
    #expect(message["apns"] == ["payload": ["aps": ["mutable-content": 1, "thread-id": "ready"]]])
}

@Test func aThreadWithoutValuesReplacesWhatItReplaced() throws {
    let written = sentPayloads(["content/a.md": message("thread: news\npush: {body: Come}")])
    let apple = try JSONValue(parsing: Array(#require(written["a/en.apns.json"]).utf8))
    #expect(apple["aps"]?["thread-id"] == "news")
    #expect(apple["placard"]?["thread"] == nil)
    let message = try JSONValue(parsing: Array(#require(written["a/en.fcm.json"]).utf8))
    #expect(message["android"] == ["notification": ["tag": "news"]])
    #expect(
        message["apns"] == [
            "headers": ["apns-collapse-id": "news"],
            "payload": ["aps": ["mutable-content": 1, "thread-id": "news"]],
        ])
}

@Test func whatIsOptionalIsItsFallbackInAnAddress() throws {
    let lines = """
        thread: u/{$user.first_name}/{$user.orders_count}
        variables: {user.first_name: {fallback: you & me}, user.orders_count: {fallback: many}}
        push: {body: Come, link: "starling://hello/{$user.first_name}"}
        """
    let written = sentPayloads(["content/a.md": message(lines)])
    let payload = try JSONValue(parsing: Array(#require(written["a/en.apns.json"]).utf8))
    #expect(payload["placard"]?["link"] == "starling://hello/you%20%26%20me")
    let thread = try PushData(json: #require(payload["placard"])).thread?.json["pattern"]?.array
    #expect(thread?[1]["arg"] == ["type": "literal", "value": "you & me"])
    #expect(thread?[3]["arg"] == ["type": "variable", "name": "user.orders_count"])
    #expect(payload["placard"]?["values"] == ["user.orders_count": .null])
    #expect(payload["placard"]?["types"] == ["user.orders_count": "int"])
    #expect(payload["placard"]?["fallbacks"] == nil)
}

@Test func aTextWithoutValuesIsInThePayloadOnce() {
    let written = sentPayloads(plain("{title: Ready, body: Come}"))
    #expect(
        written["a/en.apns.json"]
            == #"{"aps":{"alert":{"body":"Come","title":"Ready"},"mutable-content":1},"placard":{"locale":"en","message":"a"}}"#
    )
    #expect(
        written["a/en.fcm.json"]
            == #"{"apns":{"payload":{"aps":{"mutable-content":1}}},"data":{"placard":"{\"locale\":\"en\",\"message\":\"a\"}"},"notification":{"body":"Come","title":"Ready"}}"#
    )
}

@Test func aFallbackOfTheAuthorsMakesAnAlertThatCanBeSentAsItIs() throws {
    var files = ["content/ready.md": order]
    files["content/ready.md"] = order.replacing(
        "variables: {", with: "variables: {event.order_id: {fallback: in the app}, "
    ).replacing("  fallback: {body: It waits at the counter}\n", with: "")
    let alert = try #require(sentPayloads(files)["ready/en.apns.json"])
    #expect(alert.contains("Code \u{2068}in the app\u{2069}"))
    // Another order is not the same order, so that a thread and a link take no fallback for what always has a value.
    #expect(alert.contains(#""thread-id":"ready""#))
    #expect(
        alert.contains(#""link":{"declarations":[],"pattern":["starling://orders/",{"arg":{"name":"event.order_id""#))
}

@Test func theWordsWithoutValuesComeBeforeFallbacks() throws {
    let lines = """
        variables: {user.orders_count: {fallback: some}}
        push: {title: "{$user.orders_count} orders", body: "{$user.orders_count} more", fallback: {body: More}}
        """
    let written = try #require(sentPayloads(["content/a.md": message(lines)])["a/en.apns.json"])
    #expect(written.contains(#""alert":{"body":"More","title":"⁨some⁩ orders"}"#))
}

@Test func wordsOfItsOwnAreBetterThanADefault() throws {
    func fallbacks(_ lines: String) throws -> JSONValue? {
        let written = sentPayloads(["content/a.md": message(lines)])
        return try JSONValue(parsing: Array(#require(written["a/en.apns.json"]).utf8))["placard"]?["fallbacks"]
    }
    let push = "push: {body: \"{$user.orders_count :integer} orders\""
    #expect(try fallbacks(push + "}") == ["user.orders_count": "0"])
    // “0 orders” would be shown for a value that nobody gave.
    #expect(try fallbacks(push + ", fallback: {body: See your orders}}") == nil)
    #expect(
        try fallbacks(
            "variables: {user.orders_count: {fallback: some}}\n" + push + ", fallback: {body: See your orders}}")
            == ["user.orders_count": "some"])
}

@Test func aDeclaredDefaultStandsForWhatOnlyTheAppKnows() throws {
    let written = sentPayloads(plain("{body: \"Orders: {$user.orders_count :integer}\"}"))
    let payload = try JSONValue(parsing: Array(#require(written["a/en.apns.json"]).utf8))
    #expect(payload["aps"]?["alert"]?["body"]?.string == "Orders: \u{2068}0\u{2069}")
    #expect(payload["placard"]?["fallbacks"] == ["user.orders_count": "0"])
    #expect(payload["placard"]?["types"] == ["user.orders_count": "int"])
    #expect(payload["placard"]?["values"] == ["user.orders_count": .null])
    // The author's own words come first.
    let worded = sentPayloads([
        "content/a.md": message(
            "variables: {user.orders_count: {fallback: many}}\npush: {body: \"{$user.orders_count :integer}\"}")
    ])
    #expect(worded["a/en.apns.json"]?.contains(#""fallbacks":{"user.orders_count":"many"}"#) == true)
}

@Test func aVariantWithANotificationHasPayloadsOfItsOwn() throws {
    let written = sentPayloads([
        "content/a.md": message("push: {body: Soon}\nexperiment: {variants: {control: 50, urgent: 50, calm: 50}}"),
        "content/a+urgent.md": overlay("push: {body: Hurry}", body: ""),
        "content/a+calm.md": overlay("title: Calm", body: ""),
    ])
    #expect(
        written["a+urgent/en.apns.json"]
            == #"{"aps":{"alert":{"body":"Hurry"},"mutable-content":1},"placard":{"locale":"en","message":"a","variant":"urgent"}}"#
    )
    #expect(written["a/en.apns.json"]?.contains("Soon") == true)
    #expect(!written.keys.contains { $0.hasPrefix("a+calm") })
}

@Test func thereAreNoPayloadsWhereAMessageIsNotShown() {
    let written = sentPayloads([
        "content/a.md": message("push: {body: Soon}\nonMissing: hide"),
        "content/a.fr.md": overlay("title: Bonjour\npush: {body: Bientôt}"),
    ])
    #expect(Set(written.keys.map { $0.prefix(4) }) == ["a/en", "a/fr"])
}

@Test func anythingThatIsWrittenStaysText() throws {
    let hostile = #"'Say "hi" \ <b>&amp;</b> \{$x\} **no** 😀'"#
    let written = try #require(sentPayloads(plain("{body: \(hostile)}"))["a/en.apns.json"])
    let payload = try JSONValue(parsing: Array(written.utf8))
    // A backslash before anything but a brace is the author's own; the reference is Markdown's and means nothing here.
    #expect(payload["aps"]?["alert"]?["body"]?.string == #"Say "hi" \ <b>&amp;</b> {$x} **no** 😀"#)
}

// MARK: Functions in an alert

@Test func noPayloadHasAPlaceForAValueInAText() throws {
    for file in emitPush(compile(try loadProject(at: repository.path))) {
        #expect(!String(decoding: file.bytes, as: UTF8.self).contains("{$"), "\(file.path)")
    }
}

@Test func everyPayloadOfTheDemoFitsItsSchemaAndTheLimit() throws {
    let compilation = compile(try loadProject(at: repository.path))
    let written = emitPush(compilation)
    // Four messages in eight locales, for two services each.
    #expect(written.count == 64)
    for file in written {
        let json = try JSONValue(parsing: file.bytes)
        #expect(json.canonicalBytes == file.bytes, "\(file.path)")
        #expect(file.bytes.count <= PushPayload.maximumBytes, "\(file.path)")
        let isApple = file.path.hasSuffix(".apns.json")
        #expect(
            schemaProblems(json, isApple ? BundleSchemas.apnsPayload : BundleSchemas.fcmMessage) == [], "\(file.path)")
        if let text = json["data"]?["placard"]?.string {
            let data = try JSONValue(parsing: Array(text.utf8))
            #expect(schemaProblems(data, BundleSchemas.pushData) == [], "\(file.path)")
            #expect(try PushData(json: data).json == data)
        }
    }
}

@Test func payloadsDoNotHangOnTheOrderOfFiles() throws {
    let files = try loadProject(at: repository.path)
    let reversed = ProjectFiles(files.files.reversed())
    #expect(emitPush(compile(files)) == emitPush(compile(reversed)))
}

@Test func aProjectWithoutNotificationsWritesNone() throws {
    let compilation = compile(project(["content/a.md": message()]))
    #expect(emitPush(compilation) == [])
    #expect(emitBundle(compilation).targets.allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains("push") })
}

@Test func theBundleSaysThatAMessageHasANotification() throws {
    let bundle = emitBundle(compile(project(["content/ready.md": order])))
    func target(_ suffix: String) throws -> JSONValue {
        try JSONValue(parsing: #require(bundle.targets.first { $0.path.hasSuffix(suffix) }).bytes)
    }
    let catalog = try Catalog(json: target(".catalog.json"))
    #expect(catalog.messages.first?.push?.link?.json.canonicalString.contains("event.order_id") == true)
    let texts = try LocaleFile(json: target(".en.json"))
    #expect(texts.messages["ready"]?.content.push?.title?.json.canonicalString.contains("user.first_name") == true)
}

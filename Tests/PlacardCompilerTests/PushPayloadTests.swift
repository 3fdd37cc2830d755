import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

/// The files of `push/` that a project comes to, by path.
private func payloads(_ files: [String: String]) -> [String: String] {
    let compilation = compile(project(files))
    #expect(!compilation.hasErrors, "\(findings(compilation))")
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
    let written = payloads(["content/a.md": source, "content/a.fr.md": translation])
    #expect(written["a/en.apns.json"]?.contains(#""alert":{"body":"One  two","title":"Ready"}"#) == true)
    #expect(written["a/fr.apns.json"]?.contains(#""alert":{"body":"Un deux","title":"Prête"}"#) == true)
}

@Test func aFindingBehindSpacesIsWhereItStands() {
    let found = compile(project(plain(#"{body: " \t Hi {$user.nick} "}"#)))
    #expect(findings(found) == ["text/unknown-variable content/a.md:5:23"])
}

@Test func aPayloadForAppleHoldsTheAlertAndTheTexts() throws {
    let written = payloads(["content/ready.md": order, "content/ready.fr.md": french])
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
    let written = payloads(["content/ready.md": order, "content/ready.fr.md": french])
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
    let written = payloads(["content/a.md": message("thread: news\npush: {body: Come}")])
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
    let written = payloads(["content/a.md": message(lines)])
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
    let written = payloads(plain("{title: Ready, body: Come}"))
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
    let alert = try #require(payloads(files)["ready/en.apns.json"])
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
    let written = try #require(payloads(["content/a.md": message(lines)])["a/en.apns.json"])
    #expect(written.contains(#""alert":{"body":"More","title":"⁨some⁩ orders"}"#))
}

@Test func wordsOfItsOwnAreBetterThanADefault() throws {
    func fallbacks(_ lines: String) throws -> JSONValue? {
        let written = payloads(["content/a.md": message(lines)])
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
    let written = payloads(plain("{body: \"Orders: {$user.orders_count :integer}\"}"))
    let payload = try JSONValue(parsing: Array(#require(written["a/en.apns.json"]).utf8))
    #expect(payload["aps"]?["alert"]?["body"]?.string == "Orders: \u{2068}0\u{2069}")
    #expect(payload["placard"]?["fallbacks"] == ["user.orders_count": "0"])
    #expect(payload["placard"]?["types"] == ["user.orders_count": "int"])
    #expect(payload["placard"]?["values"] == ["user.orders_count": .null])
    // The author's own words come first.
    let worded = payloads([
        "content/a.md": message(
            "variables: {user.orders_count: {fallback: many}}\npush: {body: \"{$user.orders_count :integer}\"}")
    ])
    #expect(worded["a/en.apns.json"]?.contains(#""fallbacks":{"user.orders_count":"many"}"#) == true)
}

@Test func aVariantWithANotificationHasPayloadsOfItsOwn() throws {
    let written = payloads([
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
    let written = payloads([
        "content/a.md": message("push: {body: Soon}\nonMissing: hide"),
        "content/a.fr.md": overlay("title: Bonjour\npush: {body: Bientôt}"),
    ])
    #expect(Set(written.keys.map { $0.prefix(4) }) == ["a/en", "a/fr"])
}

@Test func anythingThatIsWrittenStaysText() throws {
    let hostile = #"'Say "hi" \ <b>&amp;</b> \{$x\} **no** 😀'"#
    let written = try #require(payloads(plain("{body: \(hostile)}"))["a/en.apns.json"])
    let payload = try JSONValue(parsing: Array(written.utf8))
    // A backslash before anything but a brace is the author's own; the reference is Markdown's and means nothing here.
    #expect(payload["aps"]?["alert"]?["body"]?.string == #"Say "hi" \ <b>&amp;</b> {$x} **no** 😀"#)
}

// MARK: Functions in an alert

/// Events with what functions of an alert's texts may hang on.
private let paid = baseProject.replacing(
    "  session_start: {}",
    with: "  session_start: {}\n  paid: {price: double, cur: string, digits: int, at: timestamp}")

private func paidMessage(_ push: String) -> [String: String] {
    let fallbacks = "{event.price: {fallback: it}, event.cur: {fallback: EUR}, event.digits: {fallback: some}}"
    let lines = "template: note\ntitle: T\ntrigger: {event: paid}\nvariables: \(fallbacks)\n\(push)"
    return ["placard.yaml": paid, "content/a.md": "---\n\(lines)\n---\nPaid.\n"]
}

private func alert(_ push: String) throws -> JSONValue? {
    let written = try #require(payloads(paidMessage(push))["a/en.apns.json"])
    return try JSONValue(parsing: Array(written.utf8))["aps"]?["alert"]
}

private func bare(_ text: String?) -> String? { text?.filter { !"\u{2066}\u{2067}\u{2068}\u{2069}".contains($0) } }

@Test func anOptionTakesTheFallbackOfItsVariable() throws {
    let push = """
        push:
          title: 'From {5 :currency currency=$event.cur} on'
          body: '.local $x = {5 :currency currency=$event.cur} {{Paid {$x}, {$event.price :currency currency=$event.cur}}}'
        """
    let alert = try alert(push)
    #expect(bare(alert?["title"]?.string) == "From €5.00 on")
    #expect(bare(alert?["body"]?.string) == "Paid €5.00, it")
}

@Test func aFallbackThatNoOptionTakesIsAFinding() throws {
    let body = "'Paid {5 :offset add=$event.digits} so far'"
    let found = compile(project(paidMessage("push:\n  body: \(body)"))).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.id) == ["text/missing-fallback"])
    #expect(
        found.first?.message
            == "push.body cannot be shown where no value is known, with its fallbacks “some” for `$event.digits`")
    let worded = try alert("push:\n  body: \(body)\n  fallback: {body: Paid so far}")
    #expect(worded?["body"] == "Paid so far")
}

@Test func wordsWithoutValuesMayHaveAFormattedLiteral() throws {
    func body(_ fallback: String) throws -> String? {
        bare(
            try alert("push:\n  body: 'Paid {$event.price :integer}'\n  fallback: {body: '\(fallback)'}")?["body"]?
                .string)
    }
    #expect(try body("Paid, from {5 :currency currency=EUR} {0.5 :percent}") == "Paid, from €5.00 50%")
    #expect(try body(".local $x = {5 :integer} {{Paid {$x}}}") == "Paid 5")
}

@Test func formattedWordsWithoutValuesAreMeasuredToo() {
    let words = "{5 :integer}" + String(repeating: "x", count: 4200)
    let push = "push:\n  body: 'Paid {$event.price :integer}'\n  fallback: {body: '\(words)'}"
    #expect(findings(compile(project(paidMessage(push)))).contains { $0.hasPrefix("push/too-large") })
}

/// Whatever an alert's texts hang on: it has no brace that its author did not write, and no hole, or there is a finding.
@Test func noAlertHasABraceOrAHole() throws {
    let operands = ["5", "0.5", "$event.price", "$event.cur", "$event.digits", "$x", "$y"]
    let functions = [
        "", ":string", ":integer", ":number minimumFractionDigits=$event.digits", ":currency currency=EUR",
        ":currency currency=$event.cur", ":offset add=$event.digits", ":offset add=1", ":percent",
        ":currency currency=$y",
        ":unit unit=$event.cur",
    ]
    var shown = 0
    var reported = 0
    for (index, operand) in operands.enumerated() {
        for (other, function) in functions.enumerated() {
            let next = functions[(index + other) % functions.count]
            let text =
                ".local $y = {$event.cur} .local $x = {5 \(next)} {{\\{a\\} <{\(operand) \(function)}> <{$x}> <{$y}>}}"
            let compilation = compile(project(paidMessage("push:\n  body: '\(text)'")))
            guard !compilation.hasErrors else {
                reported += 1
                continue
            }
            shown += 1
            let files = emitPush(compilation)
            let apple = try #require(files.first { $0.path == "a/en.apns.json" })
            let body = bare(try JSONValue(parsing: apple.bytes)["aps"]?["alert"]?["body"]?.string) ?? ""
            #expect(body.hasPrefix("{a} <"), "\(text): \(body)")
            #expect(!body.dropFirst(3).contains { "{}|$".contains($0) }, "\(text): \(body)")
            #expect(!body.contains("<>"), "\(text): \(body)")
        }
    }
    #expect(shown > 20)
    #expect(reported > 5)
}

// MARK: The build

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

import CanonicalJSON
import Testing

@testable import PlacardBundle

/// Reads the text, writes it, and expects the same bytes again.
private func check<Value>(
    _ json: String, _ read: (JSONValue) throws(BundleError) -> Value, _ write: (Value) -> JSONValue,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let parsed = try JSONValue(parsing: Array(json.utf8))
    let value = try read(parsed)
    #expect(write(value).canonicalString == parsed.canonicalString, sourceLocation: sourceLocation)
}

private func example(_ schema: JSONValue) throws -> JSONValue {
    try #require(schema["examples"]?.array?.first)
}

@Suite struct RoundTripTests {
    @Test func examplesOfTheSchemasReadBack() throws {
        let manifest = try example(BundleSchemas.manifest)
        #expect(try Manifest(json: manifest).json == manifest)
        let catalog = try example(BundleSchemas.catalog)
        #expect(try Catalog(json: catalog).json == catalog)
        let localeFile = try example(BundleSchemas.localeFile)
        #expect(try LocaleFile(json: localeFile).json == localeFile)
    }

    /// Reads and writes a text that has every member of its form.
    private func checkWhole<Value>(_ json: String, _ form: WireForm<Value>) throws {
        try check(json, form.read, form.write)
        let members = try JSONValue(parsing: Array(json.utf8)).object?.members.map(\.key) ?? []
        let described = form.schema("", "")["properties"]?.object?.members.map(\.key) ?? []
        #expect(Set(members) == Set(described) && !members.isEmpty, "the text has every member")
    }

    @Test func messageWithEverything() throws {
        try checkWhole(
            """
            {"id":"m","template":"t","surface":"modal","blocking":true,"dismiss":["button","backdrop"],"timeout":6000,
             "audience":"user.x","trigger":{"event":"e","when":"event.y == 1","delay":5},
             "schedule":{"start":"2026-12-01T08:00:00Z","end":"2026-12-24T18:00:00","timezone":"Europe/Paris",
             "hours":{"start":1320,"end":120},"days":["fri","sat"]},
             "frequency":[{"count":1,"per":"session"},{"count":3,"per":604800},{"count":10,"per":"total"}],
             "group":"g","priority":0,"rollout":2500,
             "experiment":{"variants":[{"id":"a","weight":50},
               {"id":"b","weight":50,"fields":{"tone":"warning"},"actions":[{"id":"k","dismiss":true}]},
               {"id":"c","weight":1,"withheld":true}],"holdout":1000},
             "thread":{"type":"message","declarations":[],"pattern":["order"]},"onMissing":"hide",
             "actions":[{"id":"a","url":"https://x.example/"},{"id":"b","remind":86400},{"id":"c","event":"rated"},
               {"id":"d","request":"rating"}],
             "fields":{"image":{"src":"a.png"},"more":{"url":"https://x.example"},"n":3,"on":true,"tone":"info"},
             "push":{"link":"https://x.example/"},"needs":["user.first_name"]}
            """, CatalogMessage.form)
    }

    @Test func localizedMessageWithEverything() throws {
        try checkWhole(
            """
            {"locale":"ar","direction":"rtl","fields":{"title":"x","body":{"html":"<p>x</p>","text":"x",
             "mdast":{"type":"root","children":[]}},"image":{"alt":"y"},"replies":[{"id":"here","text":"z"}]},
             "actions":{"view":{"label":"v"}},"steps":[{"id":"s","title":"t","body":{"text":"b"},
             "choices":[{"step":"s","label":"l"}]}],"push":{"title":"a","body":"b"},
             "fallbacks":{"user.first_name":"there"},"variants":{"urgent":{"fields":{"title":"now"}}}}
            """, LocalizedMessage.form)
    }

    @Test func unknownMembersPass() throws {
        let json = try JSONValue(
            parsing: Array(
                #"{"id":"m","template":"t","surface":"card","trigger":{"event":"e","new":1},"future":{"a":[1]}}"#.utf8))
        #expect(try CatalogMessage(json: json).trigger == Trigger(event: "e"))
    }

    @Test func variantsChangeOnlyWhatTheySay() {
        let message = LocalizedMessage(
            locale: "en", direction: .ltr,
            content: LocalizedContent(
                fields: ["title": .text(.plain("a")), "body": .text(.plain("b"))], actions: ["x": .plain("go")]),
            variants: ["urgent": LocalizedContent(fields: ["title": .text(.plain("now"))])])
        #expect(message.content(for: nil).fields["title"] == .text(.plain("a")))
        #expect(message.content(for: "other") == message.content)
        let urgent = message.content(for: "urgent")
        #expect(urgent.fields["title"] == .text(.plain("now")))
        #expect(urgent.fields["body"] == .text(.plain("b")))
        #expect(urgent.actions["x"] == .plain("go"))
    }
}

@Suite struct BundleErrorTests {
    private func check(
        _ json: String, path: String, says message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let json = try JSONValue(parsing: Array(json.utf8))
        do throws(BundleError) {
            _ = try Catalog(json: json)
            Issue.record("it was read", sourceLocation: sourceLocation)
        } catch {
            #expect(error.path == path, sourceLocation: sourceLocation)
            #expect(error.message == message, sourceLocation: sourceLocation)
        }
    }

    private func catalog(_ message: String) -> String {
        #"{"schema":"placard/catalog/1","messages":[\#(message)]}"#
    }

    @Test func pathsLeadToTheDefect() throws {
        try check("[]", path: "", says: "expected an object")
        try check(
            #"{"schema":"placard/catalog/2"}"#, path: "/schema",
            says: "expected `placard/catalog/1`, not `placard/catalog/2`")
        try check(catalog("{}"), path: "/messages/0", says: "the member `id` is missing")
        let head = #""id":"m","template":"t","surface":"card","trigger":{"event":"e"}"#
        try check(
            catalog(#"{\#(head),"frequency":[{"count":1,"per":"day"}]}"#), path: "/messages/0/frequency/0/per",
            says: "expected \"session\", \"total\" or a number of seconds")
        try check(
            catalog(#"{\#(head),"actions":[{"id":"a","url":"x","dismiss":true}]}"#), path: "/messages/0/actions/0",
            says: "expected exactly one of \"url\", \"dismiss\", \"remind\", \"event\" and \"request\"")
        try check(
            catalog(#"{\#(head),"priority":101}"#), path: "/messages/0/priority",
            says: "expected an integer from 0 to 100")
        try check(
            catalog(#"{\#(head),"schedule":{"start":"2026-02-30T00:00:00"}}"#), path: "/messages/0/schedule/start",
            says: "expected a date and time such as \"2026-12-01T09:00:00\"")
        try check(
            catalog(#"{\#(head),"experiment":{"variants":[{"id":"a","weight":0}]}}"#),
            path: "/messages/0/experiment/variants", says: "the weights of the variants are all zero")
        try check(
            #"{"schema":"placard/catalog/1","messages":[],"context":{"a/b":{"c~d":{"type":"text"}}}}"#,
            path: "/context/a~1b/c~0d/type", says: "unknown type `text`")
        try check(
            catalog("{\(head)},{\(head)}"), path: "/messages", says: "two messages have the id `m`")
    }

    @Test func pathsOfTargetsStayBelowTheManifest() throws {
        for path in ["../x", "/etc/x", "a//b", "a/./b", "a\\b", "", "targets/..", "a b"] {
            var json = try #require(example(BundleSchemas.manifest).object)
            var target = try #require(json["catalog"]?.object)
            target["path"] = .string(path)
            json["catalog"] = .object(target)
            #expect(throws: BundleError.self, "\(path)") { try Manifest(json: .object(json)) }
        }
    }
}

@Suite struct SortedMapTests {
    @Test func sortsByBytesAndKeepsTheLast() {
        let map: SortedMap<Int> = ["é": 1, "z": 2, "a": 3, "z": 4, "e\u{301}": 5]
        #expect(map.names == ["a", "e\u{301}", "z", "é"])
        #expect(map["z"] == 4)
        #expect(map["é"] == 1)
        #expect(map["b"] == nil)
    }

    @Test func aSortedMapStaysSorted() {
        var map = SortedMap<Int>()
        for index in [5, 3, 9, 1] { map[String(index)] = index }
        map["3"] = nil
        map["9"] = 90
        #expect(map.map { $0.value } == [1, 5, 90])
    }
}

@Suite struct AttributeTypeTests {
    @Test func typesOfAttributesHaveNames() {
        for name in ["string", "list(int)", "list(list(version))", "map(string, list(int))"] {
            #expect(AttributeType(name)?.name == name)
        }
        for name in [
            "", "text", "list()", "list(string", "String", "list(string))", "map(string)",
            "map(double, int)", "map(list(int), int)", "list(list(list(list(list(int)))))",
        ] { #expect(AttributeType(name) == nil) }
    }
}

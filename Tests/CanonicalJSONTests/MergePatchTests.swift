import CanonicalJSON
import Foundation
import Testing

private func canonical(_ text: String) throws -> [UInt8] { try JSONValue(parsing: Array(text.utf8)).canonicalBytes }

private func patched(_ target: String, _ patch: String) throws -> String {
    String(decoding: try MergePatch.apply(canonical(patch), to: canonical(target)), as: UTF8.self)
}

/// RFC 7396, appendix A.
@Test(arguments: [
    (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
    (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
    (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
    (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
    (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"), (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
    (#"{"e":null}"#, #"{"a":1}"#, #"{"a":1,"e":null}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
    ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
])
func patchesOfTheStandard(target: String, patch: String, result: String) throws {
    #expect(try patched(target, patch) == result)
}

/// RFC 7396, section 3.
@Test func theExampleOfTheStandard() throws {
    let target = """
        {"title": "Goodbye!", "author": {"givenName": "John", "familyName": "Doe"}, "tags": ["example", "sample"],
         "content": "This will be unchanged"}
        """
    let patch = """
        {"title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": {"familyName": null}, "tags": ["example"]}
        """
    #expect(
        try patched(target, patch) == """
            {"author":{"givenName":"John"},"content":"This will be unchanged","phoneNumber":"+01-123-456-7890",\
            "tags":["example"],"title":"Hello!"}
            """)
}

/// Cases of Tests/Generators/merge-patch-cases.py, whose results are another implementation's.
private func otherCases() throws -> [[JSONValue]] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/merge-patches.json")
    let cases = try JSONValue(parsing: [UInt8](Data(contentsOf: file))).array ?? []
    return cases.compactMap(\.array)
}

@Test func anotherImplementationGivesTheSame() throws {
    let cases = try otherCases()
    #expect(cases.count == 400)
    for item in cases {
        let result = try MergePatch.apply(item[1].canonicalBytes, to: item[0].canonicalBytes)
        #expect(result == item[2].canonicalBytes, "\(item[0].canonicalString) with \(item[1].canonicalString)")
    }
}

@Test func aPatchThatIsMadeLeadsFromOneTextToTheOther() throws {
    var made = 0
    for item in try otherCases() {
        for (old, new) in [(item[0], item[1]), (item[1], item[2]), (item[2], item[0])] {
            let (from, to) = (old.canonicalBytes, new.canonicalBytes)
            guard let patch = try MergePatch.make(from: from, to: to) else {
                #expect(hasNullMember(new), "no patch to \(new.canonicalString)")
                continue
            }
            made += 1
            #expect(try JSONValue(parsing: patch).canonicalBytes == patch)
            #expect(try MergePatch.apply(patch, to: from) == to, "\(old.canonicalString) to \(new.canonicalString)")
        }
    }
    #expect(made > 400)
}

/// Whether an object that is in no array has a member that is null.
private func hasNullMember(_ value: JSONValue) -> Bool {
    value.object?.members.contains { $0.value.isNull || hasNullMember($0.value) } ?? false
}

@Test(arguments: [
    ("{}", "{}", "{}"),
    (#"{"a":1,"b":{"c":[1],"d":2}}"#, #"{"a":1,"b":{"c":[2]},"e":{}}"#, #"{"b":{"c":[2],"d":null},"e":{}}"#),
    (#"{"a":{"b":1}}"#, #"{"a":[null]}"#, #"{"a":[null]}"#), ("[1]", #"{"a":1}"#, #"{"a":1}"#),
])
func aPatchHoldsWhatIsOtherAndNothingElse(old: String, new: String, patch: String) throws {
    #expect(try MergePatch.make(from: canonical(old), to: canonical(new)) == Array(patch.utf8))
}

@Test(arguments: [
    "", "{", #"{"a""#, #"{"a":"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#, #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#,
    #"{ "a":1}"#,
    #"{"a" :1}"#, "{}{}", "{},", "]", ",", #""a"#, #""\"#, "{1:2}", #"{"a":1]"#,
])
func whatIsNotCanonicalIsRefused(text: String) {
    #expect(throws: JSONParseError.self) { try MergePatch.apply(Array(text.utf8), to: Array(#"{"a":0}"#.utf8)) }
    #expect(throws: JSONParseError.self) { try MergePatch.make(from: Array(text.utf8), to: Array(#"{"a":{}}"#.utf8)) }
}

@Test func nestingHasALimit() throws {
    func nested(_ count: Int, _ end: String) -> [UInt8] {
        Array((String(repeating: #"{"a":"#, count: count) + end + String(repeating: "}", count: count)).utf8)
    }
    #expect(try MergePatch.apply(nested(256, "2"), to: nested(256, "1")) == nested(256, "2"))
    #expect(try MergePatch.make(from: nested(256, "1"), to: nested(256, "2")) == nested(256, "2"))
    #expect(throws: JSONParseError.self) { try MergePatch.apply(nested(100_000, "2"), to: nested(100_000, "1")) }
    #expect(throws: JSONParseError.self) { try MergePatch.apply(nested(100_000, "2"), to: Array("{}".utf8)) }
    #expect(throws: JSONParseError.self) { try MergePatch.make(from: nested(100_000, "1"), to: nested(100_000, "2")) }
    #expect(throws: JSONParseError.self) { try MergePatch.make(from: Array("[]".utf8), to: nested(100_000, "2")) }
}

@Test func aListIsAnObjectByTheKeyOfItsElements() throws {
    let messages = KeyedList("messages", by: "id")
    let list = Array(#"{"a":[],"messages":[{"id":"a","x":1},{"id":"a\"b"},{"id":"b"}],"z":0}"#.utf8)
    let object = try messages.object(of: list)
    #expect(
        String(decoding: object, as: UTF8.self)
            == #"{"a":[],"messages":{"a":{"id":"a","x":1},"a\"b":{"id":"a\"b"},"b":{"id":"b"}},"z":0}"#)
    #expect(try messages.list(of: object) == list)
    let empty = Array(#"{"messages":[]}"#.utf8)
    #expect(try messages.list(of: messages.object(of: empty)) == empty)
}

@Test func elementsStandInTheOrderOfUTF8() throws {
    let messages = KeyedList("m", by: "id")
    let list = Array("{\"m\":[{\"id\":\"\u{FB33}\"},{\"id\":\"😀\"}]}".utf8)
    let object = try messages.object(of: list)
    #expect(
        String(decoding: object, as: UTF8.self) == "{\"m\":{\"😀\":{\"id\":\"😀\"},\"\u{FB33}\":{\"id\":\"\u{FB33}\"}}}")
    #expect(try messages.list(of: object) == list)
}

@Test(arguments: [
    #"{"m":[{"id":"a"},{"id":"a"}]}"#, #"{"m":[{"id":1}]}"#, #"{"m":[{}]}"#, #"{"m":["a"]}"#, #"{"m":{}}"#, "{}", "[]",
    #"{"m":["#,
    #"{"m":[{"id":"a"} ]}"#,
])
func aListWithoutKeysIsRefused(text: String) {
    #expect(throws: JSONParseError.self) { try KeyedList("m", by: "id").object(of: Array(text.utf8)) }
}

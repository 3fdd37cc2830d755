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

/// SplitMix64: the same lists in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// What comes of a patch piece by piece.
private func pieces(_ patch: [UInt8], _ target: [UInt8], _ list: KeyedList? = nil) throws -> [[UInt8]] {
    final class Pieces { var all: [[UInt8]] = [] }
    let pieces = Pieces()
    try target.withUnsafeBufferPointer { target in
        try MergePatch.apply(patch, to: target, list: list) { pieces.all.append(Array($0)) }
    }
    return pieces.all
}

@Test func whatComesInPiecesIsTheSame() throws {
    for item in try otherCases() {
        let (patch, target) = (item[1].canonicalBytes, item[0].canonicalBytes)
        let whole = try MergePatch.apply(patch, to: target)
        #expect(try Array(pieces(patch, target).joined()) == whole)
    }
    let long = JSONValue.string(String(repeating: "long", count: 50_000))
    let members = (1000..<3000).map { JSONObject.Member(key: "m\($0)", value: .array([.string("value \($0)")])) }
    let target = JSONValue.object(["a": long, "many": .object(JSONObject(distinct: members)), "z": 0]).canonicalBytes
    let patch = try canonical(#"{"many":{"m1007":7,"m2000":null,"n":[8]},"z":1}"#)
    let all = try pieces(patch, target)
    let whole = try MergePatch.apply(patch, to: target)
    #expect(Array(all.joined()) == whole)
    #expect(all.count > 2)
}

/// A list's elements change, come and go, in place and by way of the object that the patch sees: also where UTF-8 and UTF-16 sort
/// names differently.
@Test func aListIsPatchedAsTheObjectThatItIsToThePatch() throws {
    let list = KeyedList("messages", by: "id")
    let names = ["a", "b", "c", "d", "é", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{1F600}"]
    var random = SplitMix(state: 20_261_130)
    func text(_ names: [String]) -> [UInt8] {
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let elements = sorted.map {
            JSONValue.object(["id": .string($0), "n": .integer(Int.random(in: 0...2, using: &random))])
        }
        return JSONValue.object([
            "b": 1, "messages": .array(elements), "z": .integer(Int.random(in: 0...1, using: &random)),
        ])
        .canonicalBytes
    }
    for round in 0..<400 {
        let usable = round.isMultiple(of: 2) ? names : Array(names.prefix(6))
        let (old, new) = (
            text(usable.filter { _ in Bool.random(using: &random) }),
            text(usable.filter { _ in Bool.random(using: &random) })
        )
        let patch = try #require(try MergePatch.make(from: list.object(of: old), to: list.object(of: new)))
        let what = "\(String(decoding: old, as: UTF8.self)) to \(String(decoding: new, as: UTF8.self))"
        #expect(try MergePatch.apply(patch, to: old, list: list) == new, "\(what)")
        #expect(try Array(pieces(patch, old, list).joined()) == new, "\(what)")
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

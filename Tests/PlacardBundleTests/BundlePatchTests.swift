import CanonicalJSON
import PlacardBundle
import Testing

/// A catalog's bytes with messages of these ids and priorities.
private func catalog(_ messages: [(id: String, priority: Int64)], schemes: [String] = ["https"]) -> [UInt8] {
    let list = messages.map { message in
        CatalogMessage(
            id: message.id, template: "banner", surface: .banner, trigger: Trigger(event: "opened"),
            priority: message.priority)
    }
    return Catalog(links: LinkRules(schemes: schemes), messages: list).json.canonicalBytes
}

private let many = (0..<50).map { (id: "message-\($0)", priority: Int64(50)) }

@Suite struct BundlePatchTests {
    @Test func oneMessageOfACatalogChangesAlone() throws {
        var changed = many
        changed[7].priority = 60
        let (old, new) = (catalog(many), catalog(changed))
        let patch = try #require(BundlePatch.make(from: old, to: new, name: "catalog.json"))
        #expect(String(decoding: patch, as: UTF8.self) == #"{"messages":{"message-7":{"priority":60}}}"#)
        #expect(BundlePatch.apply(patch, to: old, name: "catalog.json") == new)
        // To any other file it is a plain merge patch, in which a list goes.
        #expect(BundlePatch.apply(patch, to: old, name: "en.json") != new)
    }

    @Test func messagesComeAndGoInTheirOrder() throws {
        let changed =
            [(id: "a", priority: Int64(1))] + many.filter { $0.id != "message-30" } + [(id: "zz", priority: 2)]
        let (old, new) = (catalog(many), catalog(changed))
        let patch = try #require(BundlePatch.make(from: old, to: new, name: "catalog.json"))
        #expect(BundlePatch.apply(patch, to: old, name: "catalog.json") == new)
    }

    @Test func aPatchThatIsHalfOfItsFileIsNone() {
        let others = many.map { (id: "other-" + $0.id, priority: $0.priority) }
        #expect(BundlePatch.make(from: catalog(many), to: catalog(others), name: "catalog.json") == nil)
    }

    @Test func whatIsNoCatalogIsNotPatchedAsOne() {
        for text in ["", "{}", "[]", #"{"messages":{}}"#, #"{"messages":[{}]}"#] {
            #expect(BundlePatch.apply(Array("{}".utf8), to: Array(text.utf8), name: "catalog.json") == nil)
            #expect(BundlePatch.make(from: Array(text.utf8), to: catalog(many), name: "catalog.json") == nil)
        }
        for patch in [#"{"messages":null}"#, #"{"messages":[]}"#, "[]", "{"] {
            #expect(BundlePatch.apply(Array(patch.utf8), to: catalog(many), name: "catalog.json") == nil)
        }
    }

    @Test func aTargetsNameSaysWhatItLeadsFromAndTo() {
        let digest = String(repeating: "0a", count: 32)
        let name = BundlePatch.targetName(from: digest, to: "zh-Hant.json")
        #expect(name == "patches/\(digest).zh-Hant.json")
        #expect(BundlePatch.parts(of: name)?.old == digest)
        #expect(BundlePatch.parts(of: name)?.name == "zh-Hant.json")
        for other in ["catalog.json", "patches/0a.en.json", "patches/\(digest)", "images/\(digest).png", "patches/"] {
            #expect(BundlePatch.parts(of: other) == nil)
        }
    }
}

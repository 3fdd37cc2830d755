import CanonicalJSON
import Testing

@testable import PlacardBundle

/// Catalogs and locale files are read without ever being JSON as a whole: what comes of it is what comes of the JSON, and so is what is
/// said of files that are wrong.
@Suite struct PartByPartTests {
    private func example(_ schema: JSONValue) throws -> JSONObject {
        try #require(schema["examples"]?.array?.first?.object)
    }

    /// The example with each of its members, and of its messages', left out or of another type in turn.
    private func damaged(_ example: JSONObject) -> [JSONValue] {
        var result: [JSONValue] = [.object(example), .null, [], [:]]
        func each(_ object: JSONObject, _ put: (JSONObject) -> JSONValue) {
            for member in object.members {
                for value in [nil, .null, 7, [], [:], ["/~": 7], [7], [[:]]] as [JSONValue?] {
                    var other = object
                    other[member.key] = value
                    result.append(put(other))
                }
            }
        }
        each(example) { .object($0) }
        func replacing(_ messages: JSONValue) -> JSONValue {
            var other = example
            other["messages"] = messages
            return .object(other)
        }
        if let message = example["messages"]?.array?.first?.object {
            each(message) { replacing([.object($0)]) }
            result.append(replacing([.object(message), .object(message)]))
        }
        for member in example["messages"]?.object?.members ?? [] {
            guard let message = member.value.object else { continue }
            each(message) { replacing(["a/~b": .object($0), "z": .object(message)]) }
        }
        return result
    }

    private func outcome<Value>(_ make: () throws(BundleError) -> Value) -> Result<Value, BundleError> {
        do { return .success(try make()) } catch { return .failure(error) }
    }

    @Test func catalogsAreReadAsTheirJSONIs() throws {
        let files = damaged(try example(BundleSchemas.catalog))
        #expect(files.count > 100)
        for json in files {
            let found = outcome { () throws(BundleError) in try Catalog(reading: json.canonicalBytes) }
            #expect(found == outcome { () throws(BundleError) in try Catalog(json: json) }, "\(json.canonicalString)")
            // As bytes that stay, of which each message is decoded when it is asked for.
            let kept = outcome { () throws(BundleError) in
                var places: [Range<Int>] = []
                let file = try CatalogFile(reading: FileBytes(json.canonicalBytes)) { places.append($1) }
                let catalog = file.catalog
                return Catalog(
                    context: catalog.context, events: catalog.events, groups: catalog.groups, links: catalog.links,
                    messages: places.compactMap { file.message(at: $0) })
            }
            #expect(kept == found, "\(json.canonicalString)")
        }
    }

    @Test func localeFilesAreReadAsTheirJSONIs() throws {
        let files = damaged(try example(BundleSchemas.localeFile))
        #expect(files.count > 40)
        for json in files {
            let expected = outcome { () throws(BundleError) in try LocaleFile(json: json) }
            let found = outcome { () throws(BundleError) in try LocaleTexts(reading: json.canonicalBytes) }
            switch (found, expected) {
            case (.success(let texts), .success(let file)):
                #expect(texts.locale == file.locale)
                #expect(texts.count == file.messages.entries.count)
                for message in file.messages { #expect(texts[message.name] == message.value) }
                #expect(texts["nothing"] == nil)
            case (.failure(let error), .failure(let other)): #expect(error == other)
            default: Issue.record("\(json.canonicalString)")
            }
        }
    }

    /// Names in order are not held while they are read; of others one that comes again is found all the same.
    @Test func namesInAnyOrderAreThereOnce() throws {
        let message = try #require(try example(BundleSchemas.localeFile)["messages"]?.object?.members.first).value
        func file(_ names: [String]) -> [UInt8] {
            let members = names.map { " \"\($0)\" : " + message.canonicalString }.joined(separator: " ,\n")
            return Array(#"{"schema":"placard/locale/1","locale":"en","messages":{\#(members)}}"#.utf8)
        }
        for names in [[], ["a"], ["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a", "d"], ["b", "\\u0061", "c"]] {
            let texts = try LocaleTexts(reading: file(names))
            #expect(texts.count == names.count)
            for name in names {
                #expect(texts[name == "\\u0061" ? "a" : name] == (try LocalizedMessage(json: message)))
            }
        }
        for names in [["a", "a"], ["a", "b", "a"], ["b", "a", "b"], ["b", "a", "c", "a"], ["b", "a", "\\u0061"]] {
            let expected = outcome { () throws(BundleError) in try LocaleFile(reading: file(names)) }
            let found = outcome { () throws(BundleError) in try LocaleTexts(reading: file(names)).locale }
            guard case (.failure(let error), .failure(let other)) = (found, expected) else {
                Issue.record("\(names)")
                continue
            }
            #expect(error == other)
        }
    }

    /// These two have one hash (FNV-1a, 32 bits).
    @Test func idsOfOneHashAreToldApart() throws {
        let messages: SortedMap<LocalizedMessage> = SortedMap(
            ["costarring", "liquid"].map { id in
                SortedMap.Entry(
                    id,
                    LocalizedMessage(
                        locale: "en", direction: .ltr, content: LocalizedContent(fields: ["title": .text(.plain(id))])))
            })
        let texts = try LocaleTexts(reading: LocaleFile(locale: "en", messages: messages).json.canonicalBytes)
        for message in messages { #expect(texts[message.name] == message.value) }
        let one = try LocaleTexts(
            reading: LocaleFile(locale: "en", messages: ["liquid": messages.entries[1].value]).json.canonicalBytes)
        #expect(one["costarring"] == nil)
        #expect(one["liquid"] == messages["liquid"])
    }

    @Test func whatCannotBeReadAnyMoreIsNoMessage() throws {
        let bytes = try JSONValue.object(example(BundleSchemas.localeFile)).canonicalBytes
        let id = try #require(try example(BundleSchemas.localeFile)["messages"]?.object?.members.first).key
        func texts(_ read: @escaping @Sendable (Range<Int>) -> [UInt8]?) throws -> LocaleTexts {
            try LocaleTexts(
                reading: FileBytes(count: bytes.count, read: read) { body in bytes.withUnsafeBufferPointer(body) })
        }
        #expect(try texts { Array(bytes[$0]) }[id] != nil)
        #expect(try texts { _ in nil }[id] == nil)
        #expect(throws: BundleError.self) {
            try LocaleTexts(reading: FileBytes(count: bytes.count, read: { _ in nil }, borrow: { _ in }))
        }
        #expect(FileBytes(bytes).read(0..<bytes.count + 1) == nil)
    }
}

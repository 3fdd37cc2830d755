import CanonicalJSON
import Testing

@testable import PlacardBundle

@Suite struct SchemaTests {
    /// Every object of a schema says what it is: title, description, and whether it is open.
    private func check(_ schema: JSONValue, at path: String) {
        guard let object = schema.object else { return }
        #expect(object["title"]?.string?.isEmpty == false, "\(path) has no title")
        #expect(object["description"]?.string?.isEmpty == false, "\(path) has no description")
        if object["properties"] != nil, !path.hasSuffix("/mdast") {
            #expect(object["additionalProperties"] != nil, "\(path) is open")
        }
        for key in ["properties", "$defs"] {
            for member in object[key]?.object?.members ?? [] { check(member.value, at: path + "/" + member.key) }
        }
        for key in ["items", "additionalProperties"] {
            if let inner = object[key], inner.object != nil { check(inner, at: path + "/" + key) }
        }
        for (index, inner) in (object["oneOf"]?.array ?? []).enumerated() { check(inner, at: path + "/\(index)") }
        if let name = object["$ref"]?.string { #expect(name.hasPrefix("#/$defs/")) }
    }

    @Test func everyPropertyIsDescribed() {
        for schema in [
            BundleSchemas.manifest, BundleSchemas.catalog, BundleSchemas.localeFile, BundleSchemas.apnsPayload,
            BundleSchemas.fcmMessage, BundleSchemas.pushData,
        ] {
            #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            check(schema, at: schema["$id"]?.string ?? "")
        }
    }
}

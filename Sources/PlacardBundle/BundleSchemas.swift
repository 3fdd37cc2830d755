import CanonicalJSON

/// The JSON Schemas (draft 2020-12) of a bundle's files, for editors, other tools and other clients.
///
/// They describe what this version writes, so they are closed; the readers let unknown members pass.
public enum BundleSchemas {
    /// The schema of `manifest.json`.
    public static var manifest: JSONValue { manifestSchema() }
    /// The schema of the catalog file.
    public static var catalog: JSONValue { catalogSchema() }
    /// The schema of a locale's file.
    public static var localeFile: JSONValue { localeFileSchema() }
    /// The schema of a notification's payload for Apple Push Notification service.
    public static var apnsPayload: JSONValue { apnsPayloadSchema() }
    /// The schema of a notification as Firebase Cloud Messaging takes it, the `message` of its HTTP v1 API.
    public static var fcmMessage: JSONValue { fcmMessageSchema() }
    /// The schema of what stands in both payloads for the app itself.
    public static var pushData: JSONValue { pushDataSchema() }
}

// Small builders, so that the schemas read as tables.

/// A property: its name, whether it must be there, and its schema.
struct Property {
    var name: String
    var isRequired: Bool
    var schema: JSONValue

    static func required(_ name: String, _ schema: JSONValue) -> Property {
        Property(name: name, isRequired: true, schema: schema)
    }

    static func optional(_ name: String, _ schema: JSONValue) -> Property {
        Property(name: name, isRequired: false, schema: schema)
    }
}

/// A closed object.
func object(_ title: String, _ description: String, _ properties: [Property]) -> JSONValue {
    var members: JSONObject = [
        "type": "object", "title": .string(title), "description": .string(description), "additionalProperties": false,
        "properties": .object(
            JSONObject(distinct: properties.map { JSONObject.Member(key: $0.name, value: $0.schema) })),
    ]
    let required = properties.filter { $0.isRequired }
    if !required.isEmpty { members["required"] = .array(required.map { .string($0.name) }) }
    return .object(members)
}

/// An object with any names, whose values are all of one kind.
func map(_ title: String, _ description: String, of values: JSONValue) -> JSONValue {
    [
        "type": "object", "title": .string(title), "description": .string(description),
        "additionalProperties": values,
    ]
}

func array(_ title: String, _ description: String, of items: JSONValue) -> JSONValue {
    ["type": "array", "title": .string(title), "description": .string(description), "items": items]
}

func string(_ title: String, _ description: String, examples: [JSONValue] = [], pattern: String? = nil) -> JSONValue {
    var members: JSONObject = [
        "type": "string", "title": .string(title), "description": .string(description), "minLength": 1,
    ]
    if !examples.isEmpty { members["examples"] = .array(examples) }
    if let pattern { members["pattern"] = .string(pattern) }
    return .object(members)
}

func integer(
    _ title: String, _ description: String, from minimum: Int64, to maximum: Int64 = maximumInteger,
    examples: [JSONValue] = []
) -> JSONValue {
    var members: JSONObject = [
        "type": "integer", "title": .string(title), "description": .string(description),
        "minimum": .number(Double(minimum)), "maximum": .number(Double(maximum)),
    ]
    if !examples.isEmpty { members["examples"] = .array(examples) }
    return .object(members)
}

func boolean(_ title: String, _ description: String) -> JSONValue {
    ["type": "boolean", "title": .string(title), "description": .string(description)]
}

func choice(_ title: String, _ description: String, _ values: [String]) -> JSONValue {
    [
        "title": .string(title), "description": .string(description), "enum": .array(writeStrings(values)),
    ]
}

func constant(_ title: String, _ description: String, _ value: JSONValue) -> JSONValue {
    ["title": .string(title), "description": .string(description), "const": value]
}

/// A definition of the same schema, described for the place where it is used.
func reference(_ name: String, _ title: String, _ description: String) -> JSONValue {
    [
        "$ref": .string("#/$defs/" + name), "title": .string(title), "description": .string(description),
    ]
}

/// One of several schemas.
func oneOf(_ title: String, _ description: String, _ schemas: [JSONValue]) -> JSONValue {
    ["title": .string(title), "description": .string(description), "oneOf": .array(schemas)]
}

/// A whole schema: a closed object with an identity, definitions and an example.
func schema(
    _ name: String, _ root: JSONValue, definitions: [(String, JSONValue)], example: JSONValue
) -> JSONValue {
    var members: JSONObject = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string("urn:" + colons(name)),
    ]
    for member in root.object?.members ?? [] { members[member.key] = member.value }
    members["examples"] = .array([example])
    if !definitions.isEmpty {
        members["$defs"] = .object(JSONObject(definitions.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
    return .object(members)
}

/// `placard/manifest/1` as the specific part of a URN.
private func colons(_ name: String) -> String {
    String(decoding: name.utf8.map { $0 == 0x2F ? 0x3A : $0 }, as: UTF8.self)
}

import CanonicalJSON

// JSON Schemas (2020-12) of what commands write, in few words.

/// The members of an object; none of anything else.
func members(_ value: JSONValue) -> JSONObject {
    if case .object(let object) = value { object } else { JSONObject() }
}

/// The schema of a whole file.
func document(_ title: String, _ summary: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    var result = members(object(summary, properties))
    result["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    result["title"] = .string(title)
    return .object(result)
}

/// An object that has all of these members, may have the `optional` ones, and has no others.
func object(
    _ summary: String, _ properties: [(String, JSONValue)], optional: [(String, JSONValue)] = []
) -> JSONValue {
    [
        "additionalProperties": false, "description": .string(summary),
        "properties": .object(JSONObject((properties + optional).map { JSONObject.Member(key: $0.0, value: $0.1) })),
        "required": .array(properties.map { .string($0.0) }), "type": "object",
    ]
}

/// A list of such objects.
func list(_ summary: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    ["description": .string(summary), "items": object("One of them.", properties), "type": "array"]
}

/// One of these texts.
func choice(_ values: [String]) -> JSONValue {
    ["enum": .array(values.map { .string($0) })]
}

import CanonicalJSON

// JSON Schemas (2020-12) of what commands write, in few words.

func members(_ value: JSONValue) -> JSONObject {
    if case .object(let object) = value { object } else { JSONObject() }
}

func document(_ title: String, _ summary: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    var result = members(object(summary, properties))
    result["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    result["title"] = .string(title)
    return .object(result)
}

func object(_ summary: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    [
        "additionalProperties": false, "description": .string(summary),
        "properties": .object(JSONObject(properties.map { JSONObject.Member(key: $0.0, value: $0.1) })),
        "required": .array(properties.map { .string($0.0) }), "type": "object",
    ]
}

func list(_ summary: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    ["description": .string(summary), "items": object("One of them.", properties), "type": "array"]
}

func choice(_ values: [String]) -> JSONValue {
    ["enum": .array(values.map { .string($0) })]
}

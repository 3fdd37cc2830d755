import CanonicalJSON
import PlacardEngine

/// A line of events that clients give to apps (`MessageEvent.jsonLines`).
func eventsSchema() -> JSONValue {
    let text: JSONValue = ["minLength": 1, "type": "string"]
    var result = members(
        object(
            "What happened with a message, one to a line. Documentation/Events.md says when each comes.",
            [
                ("schema", ["const": .string(MessageEvent.schema)]),
                (
                    "id",
                    [
                        "description": "A UUID: lines with the same are one event.",
                        "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "type": "string",
                    ]
                ), ("kind", choice(MessageEvent.Kind.names)), ("message", text),
                ("release", ["minimum": 0, "type": "integer"]), ("locale", text),
                ("at", ["description": "Milliseconds since 1970-01-01T00:00:00Z.", "type": "integer"]),
            ],
            optional: [
                ("variant", text),
                ("action", ["description": "The action's id, of a click alone.", "minLength": 1, "type": "string"]),
                ("withheld", ["description": "Of an exposure alone: whether nothing showed.", "type": "boolean"]),
            ]))
    result["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    result["title"] = "Placard's events"
    result["allOf"] = [whole("click", needs: "action"), whole("exposure", needs: "withheld")]
    return .object(result)
}

/// A kind has the member, and no other kind has it.
private func whole(_ kind: String, needs member: String) -> JSONValue {
    [
        "if": ["properties": ["kind": ["const": .string(kind)]]], "then": ["required": [.string(member)]],
        "else": ["properties": .object([member: false])],
    ]
}

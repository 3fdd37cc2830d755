import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import PlacardEngine

/// `vectors.json` of `placard vectors`.
func vectorsSchema() -> JSONValue {
    let text: JSONValue = ["type": "string"]
    let texts: JSONValue = ["items": text, "type": "array"]
    let flag: JSONValue = ["type": "boolean"]
    let number: JSONValue = ["minimum": 0, "type": "integer"]
    let time: JSONValue = ["description": "Milliseconds since 1970-01-01T00:00:00Z.", "type": "integer"]
    let map: JSONValue = ["additionalProperties": text, "type": "object"]
    let surface = choice(Surface.allCases.map(\.rawValue))
    let entry = object(
        "Something that happened; the member that names the message says what.", [("at", time)],
        optional: HistoryEntry.Kind.allCases.map { ($0.rawValue, text) } + [("thread", text), ("event", time)])
    let content = object(
        "The texts of what shows.",
        [("locale", text), ("direction", choice(["ltr", "rtl"])), ("fields", map), ("actions", map)])
    let shown = object(
        "What shows.", [("message", text), ("at", time), ("replaces", texts), ("content", content)],
        optional: [("variant", text), ("thread", text)])
    let exposure = object(
        "An exposure.", [("message", text), ("withheld", flag), ("at", time)], optional: [("variant", text)])
    let expectation = object(
        "What comes of the request.",
        [
            ("locale", text), ("shows", ["anyOf": [shown, ["type": "null"]]]),
            ("exposures", ["items": exposure, "type": "array"]),
            (
                "verdicts",
                ["additionalProperties": choice(Gate.allCases.map(\.rawValue)), "type": "object"]
            ),
        ])
    let showing = object(
        "What is on the screen.", [("message", text), ("surface", surface), ("blocking", flag)],
        optional: [("thread", text)])
    let json: JSONValue = ["type": "object"]
    return document(
        "Cases that clients are held to", "Documentation/Protocol.md says what each means.",
        [
            ("schema", ["const": .string(ProtocolVectors.schema)]),
            (
                "draws",
                list(
                    "Draws.",
                    [
                        ("purpose", choice(DrawPurpose.allCases.map(\.rawValue))), ("message", text), ("unit", text),
                        ("hash", number), ("bucket", number),
                    ])
            ),
            ("locales", list("Look-ups of languages.", [("languages", texts), ("locale", text), ("own", texts)])),
            (
                "times",
                list(
                    "Civil times as boundaries.",
                    [("zone", text), ("civil", text), ("moment", ["type": ["integer", "null"]])])
            ),
            ("versions", list("Versions.", [("text", text), ("version", ["type": ["string", "null"]])])),
            ("links", list("Addresses.", [("url", text), ("allowed", flag)])),
            (
                "patches",
                list("Files from release to release.", [("name", text), ("old", text), ("patch", text), ("new", text)])
            ),
            (
                "decisions",
                list(
                    "Requests.",
                    [
                        ("name", text), ("event", text), ("properties", json), ("context", json), ("unit", text),
                        ("now", time), ("timezone", text), ("languages", texts),
                        ("history", ["items": entry, "type": "array"]), ("session", time),
                        ("showing", ["items": showing, "type": "array"]), ("expect", expectation),
                    ])
            ),
        ])
}

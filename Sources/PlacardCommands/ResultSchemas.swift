import CanonicalJSON

// JSON Schemas (2020-12) of what `check` and `test` write.

/// `placard check --format json`.
func diagnosticsSchema() -> JSONValue {
    let count: JSONValue = ["minimum": 0, "type": "integer"]
    return document(
        "Placard's diagnostics", "What is wrong with a project, in the order in which it is reported.",
        [
            ("diagnostics", ["items": diagnostic(), "type": "array"]), ("schema", ["const": "placard/diagnostics/1"]),
            ("summary", object("How many there are.", [("errors", count), ("warnings", count), ("notes", count)])),
        ])
}

/// `placard test --format json`.
func testResultsSchema() -> JSONValue {
    let count: JSONValue = ["minimum": 0, "type": "integer"]
    let text: JSONValue = ["type": "string"]
    let textOrNull: JSONValue = ["type": ["string", "null"]]
    return document(
        "Placard's test results", "What came of every scenario.",
        [
            (
                "diagnostics",
                [
                    "description": "The errors of a project that does not compile, as placard check writes them.",
                    "items": diagnostic(), "type": "array",
                ]
            ),
            (
                "error",
                [
                    "anyOf": [
                        object(
                            "Why no scenario was run.",
                            [("message", text), ("help", ["items": text, "type": "array"])]), ["type": "null"],
                    ]
                ]
            ),
            (
                "scenarios",
                list(
                    "Every scenario that was run.",
                    [
                        ("name", text), ("file", text),
                        ("status", choice(ScenarioResult.Status.allCases.map(\.rawValue))),
                        ("shows", textOrNull), ("variant", textOrNull),
                        (
                            "failures",
                            list(
                                "Each expectation that does not hold.",
                                [
                                    ("expected", text), ("found", text), ("reason", textOrNull),
                                    ("location", location()),
                                ])
                        ),
                    ])
            ),
            ("schema", ["const": "placard/test-results/1"]),
            (
                "summary",
                object(
                    "How many scenarios passed, failed, or have no expect.",
                    ScenarioResult.Status.allCases.map { ($0.rawValue, count) })
            ),
            (
                "unshown",
                [
                    "description": "The messages that no scenario shows; empty where scenarios were named.",
                    "items": text, "type": "array",
                ]
            ),
        ])
}

private func diagnostic() -> JSONValue {
    let text: JSONValue = ["type": "string"]
    return object(
        "A diagnostic.",
        [
            ("id", ["pattern": "^[a-z0-9-]+/[a-z0-9-]+$", "type": "string"]),
            ("severity", choice(["error", "warning", "note"])), ("message", text), ("location", location()),
            ("related", ["items": location(), "type": "array"]), ("notes", ["items": text, "type": "array"]),
            (
                "fixes",
                list(
                    "What to do.",
                    [
                        ("title", text), ("applicability", choice(["safe", "unsafe", "display-only"])),
                        (
                            "edits",
                            list("In the file as it is.", [("file", text), ("span", span()), ("replacement", text)])
                        ),
                    ])
            ),
        ])
}

private func location() -> JSONValue {
    object(
        "A place in a file.",
        [
            ("file", ["description": "From the root of the git repository; empty for the project.", "type": "string"]),
            ("text", ["description": "What is there.", "type": "string"]), ("span", span()),
        ])
}

private func span() -> JSONValue {
    object("From the first byte to the one behind the last.", [("start", position()), ("end", position())])
}

/// A file that cannot be read has offsets alone.
private func position() -> JSONValue {
    let fromOne: JSONValue = ["minimum": 1, "type": "integer"]
    let columns = object("From 1, in three units.", [("utf8", fromOne), ("utf16", fromOne), ("scalar", fromOne)])
    return [
        "additionalProperties": false, "description": "A place in the file's bytes.",
        "properties": ["column": columns, "line": fromOne, "offset": ["minimum": 0, "type": "integer"]],
        "required": ["offset"], "type": "object",
    ]
}

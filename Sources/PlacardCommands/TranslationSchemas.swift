import CanonicalJSON
import PlacardCompiler

// JSON Schemas (2020-12) of what the commands about translations write.

/// `placard translations status --json`.
func translationsStatusSchema() -> JSONValue {
    let count: JSONValue = ["minimum": 0, "type": "integer"]
    let names: JSONValue = ["items": ["type": "string"], "type": "array"]
    let states = TranslationStatus.State.allCases.map(\.rawValue)
    return document(
        "Placard's translations", "How every message stands in every locale.",
        [
            (
                "hasLock",
                [
                    "description": "Whether translations.lock is there; without it everything counts as current.",
                    "type": "boolean",
                ]
            ),
            (
                "locales",
                list(
                    "Every locale that was asked for.",
                    [
                        ("tag", ["type": "string"]), ("policy", choice(["required", "optional"])),
                        ("outdated", choice(OutdatedPolicy.allCases.map(\.rawValue))),
                        ("fails", ["description": "Whether its policy is broken.", "type": "boolean"]),
                        ("words", count), ("currentWords", count),
                        ("percent", ["maximum": 100, "minimum": 0, "type": "integer"]),
                        ("counts", object("Messages by state.", states.map { ($0, count) })),
                    ])
            ),
            (
                "messages",
                list(
                    "Every message, in the order of the ids.",
                    [
                        ("id", ["type": "string"]), ("words", count),
                        (
                            "translations",
                            [
                                "additionalProperties": object(
                                    "By locale.",
                                    [
                                        ("state", choice(states)), ("file", ["type": "string"]),
                                        ("currentWords", count),
                                        ("missing", names), ("outdated", names),
                                    ]), "type": "object",
                            ]
                        ),
                    ])
            ),
            ("schema", ["const": "placard/translations-status/1"]),
        ])
}

/// `placard translations export --format json`.
func exchangeSchema() -> JSONValue {
    let unit = object(
        "A text.",
        [
            ("id", ["type": "string"]), ("source", ["type": "string"]),
            ("target", ["description": "Empty where there is no translation.", "type": "string"]),
            ("state", choice(["missing", "outdated", "current"])), ("file", ["type": "string"]),
        ],
        optional: [
            (
                "formerSource",
                ["description": "What the source said when the translation was made.", "type": "string"]
            ),
            ("limit", ["description": "The most characters.", "minimum": 1, "type": "integer"]),
            ("notes", ["items": ["type": "string"], "type": "array"]),
        ])
    return document(
        "Placard's file for translators", "The texts of one locale.",
        [
            ("locale", ["type": "string"]), ("source", ["description": "The locale of the source.", "type": "string"]),
            ("units", ["items": unit, "type": "array"]), ("schema", ["const": "placard/exchange/1"]),
        ])
}

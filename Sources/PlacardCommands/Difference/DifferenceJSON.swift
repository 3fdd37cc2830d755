import CanonicalJSON
import PlacardCompiler

extension ProjectDifference {
    /// `placard diff --format json`.
    func json(base: String, head: String) -> JSONValue {
        [
            "schema": "placard/difference/1", "base": .string(base), "head": .string(head),
            "summary": [
                "added": .integer(count(.added)), "changed": .integer(count(.changed)),
                "removed": .integer(count(.removed)),
            ],
            "declarations": .array(declarations.map(\.json)),
            "files": .array(files.map { ["path": .string($0.path), "change": .string($0.change.rawValue)] }),
            "messages": .array(messages.map(\.json)),
        ]
    }
}

extension MessageDifference {
    fileprivate var json: JSONValue {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        return [
            "id": .string(id), "file": .string(file), "change": .string(change.rawValue),
            "aspects": list(aspects.map(\.rawValue)), "values": .array(values.map(\.json)),
            "texts": .array(texts.map(\.json)), "addedLocales": list(addedLocales),
            "removedLocales": list(removedLocales), "addedVariables": list(addedVariables),
            "removedVariables": list(removedVariables), "audience": audience?.json ?? .null,
            "formerId": formerID.map { .string($0) } ?? .null, "reused": .bool(isReused),
        ]
    }
}

extension ChangedValue {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "aspect": .string(aspect.rawValue),
            "former": former.map { .string($0) } ?? .null, "now": now.map { .string($0) } ?? .null,
        ]
    }
}

extension ChangedText {
    fileprivate var json: JSONValue {
        [
            "locale": .string(locale), "name": .string(name), "change": .string(change.rawValue),
            "words": .array(words.map { ["former": .string($0.former), "now": .string($0.now)] }),
        ]
    }
}

extension AudienceDifference {
    fileprivate var json: JSONValue {
        func json(_ movement: AudienceMovement) -> JSONValue {
            switch movement {
            case .nobody: ["decision": "nobody", "user": .null]
            case .user(let user): ["decision": "somebody", "user": .string(user)]
            case .undecided: ["decision": "undecided", "user": .null]
            }
        }
        return ["gained": json(gained), "lost": json(lost), "direction": .string(direction)]
    }
}

/// The schema of `placard diff --format json`.
func differenceSchema() -> JSONValue {
    let text: JSONValue = ["type": "string"]
    let textOrNull: JSONValue = ["type": ["string", "null"]]
    let texts: JSONValue = ["items": text, "type": "array"]
    let count: JSONValue = ["minimum": 0, "type": "integer"]
    let change = choice(MessageDifference.Change.allCases.map(\.rawValue))
    let aspect = choice(ChangedAspect.allCases.map(\.rawValue))
    func values(_ summary: String) -> JSONValue {
        list(summary, [("name", text), ("aspect", aspect), ("former", textOrNull), ("now", textOrNull)])
    }
    let movement = object(
        "Whether there is such a user, and one of them.",
        [("decision", choice(["nobody", "somebody", "undecided"])), ("user", textOrNull)])
    let audience = object(
        "Who sees it by its new conditions and did not by the former ones, and the other way round.",
        [("gained", movement), ("lost", movement), ("direction", text)])
    return document(
        "Placard's difference", "What changed for readers between two versions of a project.",
        [
            ("schema", ["const": "placard/difference/1"]), ("base", text), ("head", text),
            ("summary", object("How many messages.", [("added", count), ("changed", count), ("removed", count)])),
            ("declarations", values("What placard.yaml declares otherwise.")),
            ("files", list("Templates, scenarios and images.", [("path", text), ("change", change)])),
            (
                "messages",
                list(
                    "Those with a difference, by their ids.",
                    [
                        ("id", text), ("file", text), ("change", change),
                        ("aspects", ["items": aspect, "type": "array"]), ("values", values("What is no text.")),
                        (
                            "texts",
                            list(
                                "Each text that is other than it was.",
                                [
                                    ("locale", text), ("name", text), ("change", change),
                                    (
                                        "words",
                                        list("In order; empty where there is none.", [("former", text), ("now", text)])
                                    ),
                                ])
                        ),
                        ("addedLocales", texts), ("removedLocales", texts), ("addedVariables", texts),
                        ("removedVariables", texts), ("audience", ["anyOf": [audience, ["type": "null"]]]),
                        ("formerId", textOrNull), ("reused", ["type": "boolean"]),
                    ])
            ),
        ])
}

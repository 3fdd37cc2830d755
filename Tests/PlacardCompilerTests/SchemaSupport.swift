import CanonicalJSON

/// What of `value` does not fit `schema`, by the words of JSON Schema (2020-12) that the bundle's schemas use. A word that it
/// does not know is a problem of its own, so that none is passed over.
func schemaProblems(_ value: JSONValue, _ schema: JSONValue) -> [String] {
    SchemaChecker(root: schema).problems(value, schema, "$")
}

private struct SchemaChecker {
    let root: JSONValue

    private static let annotations: Set<String> = [
        "$schema", "$id", "$defs", "title", "description", "examples", "default", "additionalProperties", "pattern",
        "contentMediaType", "contentSchema",
    ]

    func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard case .object(let schema) = schema else {
            return schema == .bool(true) ? [] : ["\(path) may not be there"]
        }
        var found = schema.members.flatMap { problems(value, $0.key, $0.value, path) }
        if case .object(let object) = value, let other = schema["additionalProperties"] {
            let known = schema["properties"]?.object
            for member in object.members where known?[member.key] == nil {
                found += problems(member.value, other, path + "." + member.key)
            }
        }
        return found
    }

    private func problems(_ value: JSONValue, _ word: String, _ wanted: JSONValue, _ path: String) -> [String] {
        func expect(_ holds: Bool) -> [String] { holds ? [] : ["\(path): \(word) \(wanted.canonicalString)"] }
        switch word {
        case "$ref": return reference(wanted).map { problems(value, $0, path) } ?? ["\(path): unknown \(word)"]
        case "type": return expect(isType(value, wanted.string ?? ""))
        case "const": return expect(value == wanted)
        case "enum": return expect(wanted.array?.contains(value) ?? false)
        case "minLength": return expect(Double(value.string?.count ?? 1_000_000) >= number(wanted))
        case "minimum": return expect(number(value) >= number(wanted))
        case "maximum": return expect(number(value) <= number(wanted))
        case "minItems": return expect(Double(value.array?.count ?? 1_000_000) >= number(wanted))
        case "maxItems": return expect(Double(value.array?.count ?? 0) <= number(wanted))
        case "minProperties": return expect(Double(value.object?.members.count ?? 1_000_000) >= number(wanted))
        case "uniqueItems":
            return expect(Set((value.array ?? []).map(\.canonicalString)).count == value.array?.count ?? 0)
        case "required":
            return expect((wanted.array ?? []).allSatisfy { name in value.object?[name.string ?? ""] != nil })
        case "items": return (value.array ?? []).enumerated().flatMap { problems($1, wanted, "\(path)[\($0)]") }
        case "properties":
            return (wanted.object?.members ?? []).flatMap { member in
                value.object?[member.key].map { problems($0, member.value, path + "." + member.key) } ?? []
            }
        case "propertyNames": return (value.object?.members ?? []).flatMap { problems(.string($0.key), wanted, path) }
        case "oneOf": return expect((wanted.array ?? []).filter { problems(value, $0, path).isEmpty }.count == 1)
        case "anyOf": return expect((wanted.array ?? []).contains { problems(value, $0, path).isEmpty })
        case "allOf": return (wanted.array ?? []).flatMap { problems(value, $0, path) }
        default: return SchemaChecker.annotations.contains(word) ? [] : ["\(path): the test does not know \(word)"]
        }
    }

    private func isType(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("number", .number),
            ("null", .null):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private func number(_ value: JSONValue) -> Double {
        if case .number(let number) = value { number } else { .nan }
    }

    private func reference(_ value: JSONValue) -> JSONValue? {
        guard let name = value.string, name.hasPrefix("#/$defs/") else { return nil }
        return root.object?["$defs"]?.object?[String(name.dropFirst(8))]
    }
}

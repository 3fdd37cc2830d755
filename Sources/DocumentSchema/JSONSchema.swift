import CanonicalJSON
import SourceDiagnostics

/// A schema as JSON Schema 2020-12, for editors that complete and check as one types.
///
/// It accepts every document that ``validate(_:against:provided:)`` accepts; what JSON Schema cannot say (calendars,
/// expressions) it leaves to the tool.
package func jsonSchema(_ schema: DocumentSchema) -> JSONValue {
    var result = jsonSchema(.object(schema.root)).object ?? JSONObject()
    var head = JSONObject()
    head["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    head["$id"] = .string(
        "https://placard.dev/schema/" + schema.name.split(separator: ":").joined(separator: "/") + ".json")
    head["title"] = .string(schema.title)
    for member in head.members.reversed() where result[member.key] == nil || member.key == "title" {
        result[member.key] = nil
        result = JSONObject([member] + result.members)
    }
    return .object(result)
}

func jsonSchema(_ type: SchemaType) -> JSONValue {
    switch type {
    case .any: return [:]
    case .text: return ["type": "string", "minLength": 1]
    case .textOrNone: return ["type": "string"]
    case .string(let format): return jsonSchema(format)
    case .bool: return ["type": "boolean"]
    case .onlyTrue: return ["const": true]
    case .int(let range): return jsonSchema(range)
    case .number: return ["type": "number"]
    case .enumeration(let cases): return enumeration(cases)
    case .list(let element, let count, let unique):
        var list: JSONObject = ["type": "array", "items": jsonSchema(element)]
        if count.lowerBound > 0 { list["minItems"] = .integer(count.lowerBound) }
        if count.upperBound < Int.max { list["maxItems"] = .integer(count.upperBound) }
        if unique { list["uniqueItems"] = true }
        return .object(list)
    case .map(let key, let value, let minimum):
        var map: JSONObject = [
            "type": "object", "propertyNames": propertyNames(key), "additionalProperties": jsonSchema(value),
        ]
        if minimum > 0 { map["minProperties"] = .integer(minimum) }
        return .object(map)
    case .object(let object): return jsonSchema(object)
    case .variants(let key, let variants): return jsonSchema(variants, key)
    case .oneOf(let types): return ["anyOf": .array(types.map(jsonSchema))]
    case .orNone(let type): return ["anyOf": [jsonSchema(type), ["type": "array", "maxItems": 0]]]
    case .replaceable(let type):
        return ["anyOf": [jsonSchema(type), jsonSchema(.object(SchemaType.replacement(type)))]]
    }
}

private func propertyNames(_ format: StringFormat) -> JSONValue {
    format.pattern.map { ["pattern": .string($0)] } ?? ["minLength": 1]
}

private func jsonSchema(_ format: StringFormat) -> JSONValue {
    var result: JSONObject = ["type": "string", "minLength": 1]
    if let pattern = format.pattern {
        result["pattern"] = .string(pattern)
        result["minLength"] = nil
    }
    if !format.examples.isEmpty { result["examples"] = .array(format.examples.map { .string($0) }) }
    return .object(result)
}

private func jsonSchema(_ range: ClosedRange<Int>) -> JSONValue {
    var result: JSONObject = ["type": "integer"]
    if range.lowerBound > Int.min { result["minimum"] = .integer(range.lowerBound) }
    if range.upperBound < Int.max { result["maximum"] = .integer(range.upperBound) }
    return .object(result)
}

/// Words with explanations are `oneOf` of constants, so that editors show the explanation beside each.
private func enumeration(_ cases: [EnumerationCase]) -> JSONValue {
    if cases.allSatisfy(\.summary.isEmpty) { return ["enum": .array(cases.map { .string($0.name) })] }
    return [
        "oneOf": .array(
            cases.map { one in
                one.summary.isEmpty
                    ? ["const": .string(one.name)] : ["const": .string(one.name), "description": .string(one.summary)]
            })
    ]
}

private func jsonSchema(_ object: SchemaObject) -> JSONValue {
    var result: JSONObject = ["type": "object"]
    if !object.summary.isEmpty { result["description"] = .string(object.summary) }
    var properties = JSONObject()
    for property in object.properties { properties[property.name] = jsonSchema(property) }
    result["properties"] = .object(properties)
    result["additionalProperties"] = object.additional.map(jsonSchema) ?? false
    let required = object.properties.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { result["required"] = .array(required) }
    if !object.exactlyOne.isEmpty {
        result["oneOf"] = .array(object.exactlyOne.map { ["required": [.string($0)]] })
    }
    return .object(result)
}

private func jsonSchema(_ property: SchemaProperty) -> JSONValue {
    var result = jsonSchema(property.type).object ?? JSONObject()
    var head: [JSONObject.Member] = []
    if !property.summary.isEmpty {
        head.append(JSONObject.Member(key: "description", value: .string(property.summary)))
    }
    result["description"] = nil
    result = JSONObject(head + result.members)
    if let value = property.defaultValue { result["default"] = value }
    if let example = exampleValue(property.example) { result["examples"] = [example] }
    return .object(result)
}

/// One schema per kind, told apart by a constant.
private func jsonSchema(_ variants: [SchemaVariant], _ key: String) -> JSONValue {
    let names = variants.map { JSONValue.string($0.name) }
    let conditions = variants.map { variant -> JSONValue in
        [
            "if": ["properties": .object([key: ["const": .string(variant.name)]]), "required": [.string(key)]],
            "then": jsonSchema(variant.object),
        ]
    }
    return [
        "type": "object", "required": [.string(key)], "properties": .object([key: ["enum": .array(names)]]),
        "allOf": .array(conditions),
    ]
}

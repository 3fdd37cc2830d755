import CanonicalJSON
import LocatedYAML

/// The JSON value of an example written in YAML; nil for an empty one.
func exampleValue(_ yaml: String) -> JSONValue? {
    guard !yaml.isEmpty, let node = parseYAML(Array(yaml.utf8), options: .general).node else { return nil }
    return jsonValue(node)
}

/// A YAML tree as JSON by the core schema (YAML 1.2.2, section 10.3); numbers that JSON cannot hold become text.
package func jsonValue(_ node: YAMLNode) -> JSONValue {
    switch node.content {
    case .scalar(let scalar):
        switch scalar.value {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .number(Double(number))
        case .float(let number): return number.isFinite ? .number(number) : .string(scalar.text)
        case .string: return .string(scalar.text)
        }
    case .sequence(let items): return .array(items.map(jsonValue))
    case .mapping(let entries):
        return .object(
            JSONObject(entries.map { JSONObject.Member(key: $0.key.text ?? "", value: jsonValue($0.value)) }))
    }
}

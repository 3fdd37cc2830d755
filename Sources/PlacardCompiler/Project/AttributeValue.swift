import CEL
import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

/// Why a value does not fit its attribute.
struct AttributeValueProblem: Error {
    var span: Span
    /// Continues "the default of country …".
    var message: String
    var notes: [String] = []
    /// How the value is written that is likely meant, as YAML; nil where nobody can tell.
    var meant: String?
}

/// A YAML value as a value of `type`: strings, timestamps, durations and versions as JSON strings, numbers and flags as
/// their own kind, lists and maps as such.
func attributeValue(
    _ node: YAMLNode, _ type: AttributeType, allowed: [String] = []
) -> Result<JSONValue, AttributeValueProblem> {
    switch type {
    case .string:
        guard let scalar = node.scalar, scalar.value != .null else { return mismatch(node, type) }
        guard scalar.value == .string else {
            return .failure(
                AttributeValueProblem(
                    span: node.span, message: "is a \(kind(scalar.value)), not a string",
                    notes: ["put it in quotation marks: `\"\(scalar.text)\"`"], meant: quoted(scalar.text)))
        }
        guard allowed.isEmpty || allowed.contains(scalar.text) else {
            return .failure(
                AttributeValueProblem(
                    span: node.span, message: "is `\(scalar.text)`, which is not one of its values",
                    notes: nearMiss(scalar.text, among: allowed).map { ["did you mean `\($0)`?"] } ?? [
                        "the values are " + listed(allowed.map { "`\($0)`" })
                    ], meant: nearMiss(scalar.text, among: allowed).map { yamlScalar($0, inFlow: true) }))
        }
        return .success(.string(scalar.text))
    case .bool:
        guard case .bool(let flag)? = node.scalar?.value else { return mismatch(node, type) }
        return .success(.bool(flag))
    case .int:
        guard case .int(let number)? = node.scalar?.value, number.magnitude < 1 << 53 else {
            return mismatch(node, type)
        }
        return .success(.integer(number))
    case .uint:
        guard case .int(let number)? = node.scalar?.value, (0..<1 << 53).contains(number) else {
            return mismatch(node, type)
        }
        return .success(.integer(number))
    case .double:
        switch node.scalar?.value {
        case .int(let number): return .success(.number(Double(number)))
        case .float(let number) where number.isFinite: return .success(.number(number))
        default: return mismatch(node, type)
        }
    case .version:
        guard let text = node.text, !node.isNull else { return mismatch(node, type) }
        guard let version = notation(text, type) else {
            return .failure(
                AttributeValueProblem(
                    span: node.span, message: "is `\(text)`, which is not a version", notes: example(of: type)))
        }
        return .success(.string(version))
    case .timestamp, .duration, .url:
        guard let text = node.text, !node.isNull, let value = notation(text, type) else { return mismatch(node, type) }
        return .success(.string(value))
    case .list(let element):
        guard let items = node.sequence else { return mismatch(node, type) }
        var values: [JSONValue] = []
        for item in items {
            switch attributeValue(item, element, allowed: allowed) {
            case .success(let value): values.append(value)
            case .failure(let problem): return .failure(problem)
            }
        }
        return .success(.array(values))
    case .map(_, let element):
        guard let entries = node.mapping else { return mismatch(node, type) }
        var members: [JSONObject.Member] = []
        for entry in entries {
            switch attributeValue(entry.value, element) {
            case .success(let value): members.append(JSONObject.Member(key: entry.key.text ?? "", value: value))
            case .failure(let problem): return .failure(problem)
            }
        }
        return .success(.object(JSONObject(members)))
    }
}

private func mismatch(_ node: YAMLNode, _ type: AttributeType) -> Result<JSONValue, AttributeValueProblem> {
    let found =
        node.scalar.map { "a \(kind($0.value))" } ?? (node.sequence != nil ? "a list" : "a mapping")
    return .failure(
        AttributeValueProblem(
            span: node.span, message: "is \(found), not \(type == .int ? "an" : "a") \(type.name)",
            notes: node.isNull ? ["leave out what has no value"] : example(of: type), meant: meant(node, type)))
}

/// The value that is meant by one of another type: `yes` for true, `"3"` and `3.0` for 3, one thing for a list of it; nil
/// where nobody can tell.
private func meant(_ node: YAMLNode, _ type: AttributeType) -> String? {
    guard let scalar = node.scalar, scalar.value != .null else { return nil }
    let text = scalar.text
    switch type {
    case .bool:
        switch text.lowercased() {
        case "true", "yes", "on", "1": return "true"
        case "false", "no", "off", "0": return "false"
        default: return nil
        }
    case .int, .uint:
        let digits = text.hasSuffix(".0") ? String(text.dropLast(2)) : text.filter { $0 != "_" }
        guard let number = Int(digits), number.magnitude < 1 << 53, type == .int || number >= 0 else { return nil }
        return "\(number)"
    case .double:
        guard scalar.value == .string, let number = Double(text.filter { $0 != "_" }), number.isFinite else {
            return nil
        }
        return text.filter { $0 != "_" }
    case .timestamp:
        let dated = text.utf8.count == 10 ? text + "T00:00:00Z" : text.replacing(" ", with: "T") + "Z"
        return notation(dated, type) == nil ? nil : dated
    case .list(let element):
        guard case .success = attributeValue(node, element) else { return nil }
        return "[" + (scalar.style == .plain ? yamlScalar(text, inFlow: true) : quoted(text)) + "]"
    default: return nil
    }
}

private func kind(_ value: YAMLScalar.Value) -> String {
    switch value {
    case .null: "null"
    case .bool: "bool"
    case .int: "number"
    case .float: "number"
    case .string: "string"
    }
}

private func example(of type: AttributeType) -> [String] {
    switch type {
    case .timestamp: ["a timestamp is written as in RFC 3339: `2026-12-01T09:00:00Z`"]
    case .duration: ["a duration is a number and a unit: `90s`, `15m`, `1h30m`, `2h`, `1d`"]
    case .version:
        ["a version is numbers with dots between, such as `3.2.0`; `3.2`, `v3.2.0` and `3.2.0.1` are read too"]
    case .url: ["a URL begins with its scheme: `https://example.com/a`"]
    case .list(let element): ["a list is written `[a, b]`, each a \(element.name)"]
    default: []
    }
}

import ByteText
import CanonicalJSON
import MessageFormat
import PlacardBundle

// A Markdown tree holds MessageFormat's objects in three places: an `expression` or `markup` as an inline node, a
// `message` as the value of an attribute such as `url` or `alt`, and around a whole document a `select` whose variants are
// documents, or a `message` whose declarations its expressions use.

extension TextRenderer {
    /// The tree with values in the place of its expressions; expressions become nodes of type `text`.
    ///
    /// The target of a link and the source of an image that the rules do not allow are empty.
    func tree(_ json: JSONValue, _ rules: LinkRules) -> Result<JSONValue, MissingValues> {
        var writer = TreeWriter(texts: self, rules: rules)
        let tree = writer.document(json)
        return writer.missing.map { .failure($0) } ?? .success(tree)
    }
}

private struct TreeWriter {
    let texts: TextRenderer
    let rules: LinkRules
    /// The declarations around the tree, in their JSON form.
    var declarations: [JSONValue] = []
    var missing: MissingValues?

    mutating func document(_ json: JSONValue) -> JSONValue {
        if let array = json["declarations"]?.array { declarations = array }
        switch json["type"] {
        case "message"?:
            guard let pattern = json["pattern"], pattern.object != nil else { return node(json) }
            return node(pattern)
        case "select"?:
            guard let variants = json["variants"]?.array else { return .null }
            let chosen = choice(json, variants)
            return chosen.map { node($0) } ?? .null
        default: return node(json)
        }
    }

    /// The document of the variant that the values choose: MessageFormat selects among the variants' numbers.
    private mutating func choice(_ select: JSONValue, _ variants: [JSONValue]) -> JSONValue? {
        var numbered: [JSONValue] = []
        for (index, variant) in variants.enumerated() {
            numbered.append(["keys": variant["keys"] ?? [], "value": .array([.string(String(index))])])
        }
        var message = select.object ?? [:]
        message["declarations"] = .array(declarations)
        message["variants"] = .array(numbered)
        guard let text = formatted(.object(message)), let index = Int(text), variants.indices.contains(index) else {
            return nil
        }
        return variants[index]["value"]
    }

    private mutating func node(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): return .array(elements.map { node($0) })
        case .object(let object):
            switch object["type"] {
            case "expression"?:
                let text = formatted(
                    ["type": "message", "declarations": .array(declarations), "pattern": .array([json])])
                return ["type": "text", "value": .string(text ?? "")]
            case "message"?, "select"?:
                var message = object
                if message["declarations"]?.array?.isEmpty ?? true { message["declarations"] = .array(declarations) }
                return .string(formatted(.object(message)) ?? "")
            case "markup"?: return json
            default: break
            }
            var members: [JSONObject.Member] = []
            members.reserveCapacity(object.members.count)
            let type = object["type"]?.string
            for member in object.members where member.key != "declarations" {
                let value = node(member.value)
                let isForbidden = member.key == "url" && !allows(value, type)
                members.append(JSONObject.Member(key: member.key, value: isForbidden ? "" : value))
            }
            return .object(JSONObject(distinct: members))
        default: return json
        }
    }

    /// Whether the `url` of a node may stand there.
    private func allows(_ url: JSONValue, _ type: String?) -> Bool {
        guard let url = url.string else { return false }
        return url.isEmpty || (type == "image" ? rules.allowsImage(url) : rules.allowsTarget(url))
    }

    private mutating func formatted(_ json: JSONValue) -> String? {
        switch texts.plain(.message(json)) {
        case .success(let text): return text
        case .failure(let error):
            // What is missing goes before what is of no use: each is a reason of its own.
            guard var known = missing, known.areUnusable == error.areUnusable else {
                if missing == nil || missing?.areUnusable == true { missing = error }
                return nil
            }
            for name in error.names where !known.names.contains(where: { sameBytes($0, name) }) {
                known.names.append(name)
            }
            missing = known
            return nil
        }
    }
}

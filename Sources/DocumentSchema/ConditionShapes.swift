import LocatedYAML

// Conditions that are written as YAML's lists and mappings, as other tools have them.

extension Validator {
    /// A list of conditions as one that wants them all; nil for another list.
    private func joined(_ items: YAMLNode.Items) -> String? {
        let conditions = items.compactMap { item in
            item.scalar.flatMap { $0.value == .string && !$0.isEmpty && !$0.text.utf8.contains(0x0A) ? $0.text : nil }
        }
        guard !conditions.isEmpty, conditions.count == items.count, conditions.count <= 8,
            conditions.allSatisfy({ $0.contains { ".(!=<> ".contains($0) } })
        else { return nil }
        if conditions.count == 1 { return conditions[0] }
        return conditions.map { $0.contains("||") || $0.contains("?") ? "(\($0))" : $0 }.joined(separator: " && ")
    }

    /// `{user.plan: free}` as the expression `user.plan == "free"`, and `[a, b]` as `a && b`; nil for anything else.
    func asConditions(_ node: YAMLNode) -> String? {
        if let items = node.sequence { return joined(items) }
        guard let entries = node.mapping, !entries.isEmpty, entries.count <= 4 else { return nil }
        var conditions: [String] = []
        for entry in entries {
            guard let name = entry.key.text, ScalarSyntax.path(name) == nil else { return nil }
            if let parts = entry.value.mapping, parts.count == 1, let part = parts.first, let field = part.key.text,
                let text = part.value.scalar?.text, part.value.scalar?.value == .string,
                ScalarSyntax.path(field) == nil,
                !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C })
            {
                conditions.append("\(name).\(field) == \"\(text)\"")
                continue
            }
            if let items = entry.value.sequence, !items.isEmpty, items.count <= 12 {
                let texts = items.compactMap { item in
                    item.scalar.flatMap { scalar in
                        let isText = scalar.value == .string
                        let isPlain = !scalar.text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
                        return isText && isPlain ? "\"\(scalar.text)\"" : nil
                    }
                }
                guard texts.count == items.count else { return nil }
                conditions.append("\(name) in [\(texts.joined(separator: ", "))]")
                continue
            }
            guard let scalar = entry.value.scalar else { return nil }
            switch scalar.value {
            case .string where !scalar.text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }:
                conditions.append("\(name) == \"\(scalar.text)\"")
            case .bool(let flag): conditions.append(flag ? name : "!\(name)")
            case .int: conditions.append("\(name) == \(scalar.text)")
            default: return nil
            }
        }
        return conditions.joined(separator: " && ")
    }
}

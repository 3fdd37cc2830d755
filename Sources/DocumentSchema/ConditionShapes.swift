import LocatedYAML
import SourceDiagnostics

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
        if let condition = withoutBraces(node) ?? jsonLogic(node, depth: 0) { return condition }
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

    /// `{user.plan == "free"}`: a condition in braces, which make a key of it; nil for anything else.
    private func withoutBraces(_ node: YAMLNode) -> String? {
        guard node.isFlow, let entries = node.mapping, entries.count == 1, let entry = entries.first,
            entry.value.isNull, entry.value.span.isEmpty, let text = entry.key.text, !text.utf8.contains(0x0A)
        else { return nil }
        let inner = String(decoding: node.source[(node.span.start + 1)..<(node.span.end - 1)], as: UTF8.self).trimmed
        return inner == text && text.utf8.first != 0x24 && text.contains { "=<>!(.".contains($0) } ? text : nil
    }

    // MARK: JsonLogic

    /// `{"==": [{"var": "user.plan"}, "free"]}` (jsonlogic.com) as the expression `user.plan == "free"`; nil for anything else.
    private func jsonLogic(_ node: YAMLNode, depth: Int) -> String? {
        guard depth < 8, let entries = node.mapping, entries.count == 1, let entry = entries.first,
            let sign = entry.key.text
        else { return nil }
        if sign == "var" {
            guard let path = entry.value.text ?? entry.value.sequence?.first?.text, ScalarSyntax.path(path) == nil
            else {
                return nil
            }
            return path
        }
        let operands = (entry.value.sequence.map { Array($0) } ?? [entry.value]).map { jsonOperand($0, depth: depth) }
        guard !operands.isEmpty, operands.count <= 8, operands.allSatisfy({ $0 != nil }) else { return nil }
        let texts = operands.compactMap { $0 }
        switch (sign, texts.count) {
        case ("==", 2), ("===", 2): return texts.joined(separator: " == ")
        case ("!=", 2), ("!==", 2): return texts.joined(separator: " != ")
        case (">", 2), (">=", 2), ("<", 2), ("<=", 2): return texts.joined(separator: " \(sign) ")
        case ("<", 3), ("<=", 3): return "\(texts[0]) \(sign) \(texts[1]) && \(texts[1]) \(sign) \(texts[2])"
        case ("in", 2): return texts.joined(separator: " in ")
        case ("and", _): return texts.map { $0.contains("||") ? "(\($0))" : $0 }.joined(separator: " && ")
        case ("or", _): return texts.joined(separator: " || ")
        case ("!", 1): return ScalarSyntax.path(texts[0]) == nil ? "!\(texts[0])" : "!(\(texts[0]))"
        default: return nil
        }
    }

    /// An operand of JsonLogic: a value, a list of values, or another operation.
    private func jsonOperand(_ node: YAMLNode, depth: Int) -> String? {
        if node.isMapping { return jsonLogic(node, depth: depth + 1) }
        if let items = node.sequence {
            let texts = items.compactMap { $0.sequence == nil ? jsonOperand($0, depth: depth) : nil }
            return texts.count == items.count && texts.count <= 12 ? "[\(texts.joined(separator: ", "))]" : nil
        }
        guard let scalar = node.scalar else { return nil }
        switch scalar.value {
        case .string where !scalar.text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }:
            return "\"\(scalar.text)\""
        case .int, .float: return scalar.text
        case .bool(let flag): return flag ? "true" : "false"
        default: return nil
        }
    }
}

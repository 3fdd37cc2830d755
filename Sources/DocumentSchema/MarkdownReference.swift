import CanonicalJSON
import SourceDiagnostics

/// A reference page for people: one section per mapping, one row per key, made from the schema alone.
package func markdownReference(_ schema: DocumentSchema) -> String {
    var reference = MarkdownReference()
    reference.text = "# \(schema.title)\n\n"
    if !schema.files.isEmpty { reference.text += "Files: `\(schema.files)`. " }
    reference.text += "JSON Schema: `placard schema \(schema.name)`.\n"
    if !schema.root.summary.isEmpty { reference.text += "\n\(sentence(schema.root.summary))\n" }
    reference.section(schema.root, path: "")
    return reference.text
}

private struct MarkdownReference {
    var text = ""
    private var pending: [(path: String, type: SchemaType)] = []

    mutating func section(_ object: SchemaObject, path: String) {
        table(object, path: path)
        let nested = pending
        pending = []
        for (path, type) in nested { subsection(type, path: path) }
    }

    private mutating func subsection(_ type: SchemaType, path: String) {
        switch type {
        case .object(let object):
            heading(path)
            if !object.summary.isEmpty { text += "\(sentence(object.summary))\n" }
            section(object, path: path)
        case .variants(let key, let variants):
            for variant in variants {
                heading("\(path) (\(key): \(variant.name))")
                if !variant.object.summary.isEmpty { text += "\(sentence(variant.object.summary))\n" }
                section(variant.object, path: path)
            }
        case .list(let element, _, _): subsection(element, path: path + "[]")
        case .map(_, let value, _): subsection(value, path: path + ".<name>")
        case .oneOf(let types): for type in types { subsection(type, path: path) }
        case .replaceable(let type): subsection(type, path: path)
        default: break
        }
    }

    private mutating func heading(_ path: String) { text += "\n## `\(path)`\n\n" }

    private mutating func table(_ object: SchemaObject, path: String) {
        text += "\n| Key | Type | Meaning | Example |\n|---|---|---|---|\n"
        for property in object.properties {
            let required = property.isRequired ? "**required** " : ""
            let fallback = property.defaultValue.map { " Default: `\($0.canonicalString)`." } ?? ""
            let example = property.example.isEmpty ? "" : "`\(cell(property.example))`"
            text += "| `\(property.name)` | \(required)\(cell(typeText(property.type))) "
            text += "| \(cell(sentence(property.summary)))\(cell(fallback)) | \(example) |\n"
            if hasSections(property.type) {
                pending.append((path.isEmpty ? property.name : "\(path).\(property.name)", property.type))
            }
        }
        if let additional = object.additional {
            text += "| any other | \(cell(typeText(additional))) | | |\n"
        }
        if !object.exactlyOne.isEmpty {
            text += "\nExactly one of \(object.exactlyOne.map { "`\($0)`" }.joined(separator: ", ")).\n"
        }
        for property in object.properties { meanings(property) }
    }

    /// The words of an enumeration, where they are explained.
    private mutating func meanings(_ property: SchemaProperty) {
        guard let cases = explainedCases(property.type) else { return }
        text += "\n`\(property.name)`:\n\n"
        for one in cases { text += "- `\(one.name)`" + (one.summary.isEmpty ? "" : ": \(one.summary)") + "\n" }
    }

    private func explainedCases(_ type: SchemaType) -> [EnumerationCase]? {
        switch type {
        case .enumeration(let cases): cases.contains { !$0.summary.isEmpty } ? cases : nil
        case .list(let element, _, _): explainedCases(element)
        default: nil
        }
    }

    private func hasSections(_ type: SchemaType) -> Bool {
        switch type {
        case .object, .variants: true
        case .list(let element, _, _): hasSections(element)
        case .map(_, let value, _): hasSections(value)
        case .oneOf(let types): types.contains(where: hasSections)
        case .replaceable(let type): hasSections(type)
        default: false
        }
    }

    private func typeText(_ type: SchemaType) -> String {
        switch type {
        case .any: "anything"
        case .text: "text"
        case .textOrNone: "text, or `\"\"`"
        case .string(let format): format.name
        case .bool: "`true` or `false`"
        case .onlyTrue: "`true`"
        case .int(let range): "whole number" + rangeText(range)
        case .number: "number"
        case .enumeration(let cases): cases.map { "`\($0.name)`" }.joined(separator: ", ")
        case .list(let element, _, _): "list of \(typeText(element))"
        case .map(let key, let value, _): "mapping from \(key.name) to \(typeText(value))"
        case .object, .variants: "mapping"
        case .oneOf(let types): types.map(typeText).joined(separator: ", or ")
        case .orNone(let type): typeText(type) + ", or `[]`"
        case .replaceable(let type): typeText(type) + ", or `{replace: …}`"
        }
    }

    private func rangeText(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (Int.min, Int.max): ""
        case (Int.min, let high): " up to \(high)"
        case (let low, Int.max): " from \(low)"
        case (let low, let high): ", \(low) to \(high)"
        }
    }

    private func cell(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "|" { result += "\\" }
            result.unicodeScalars.append(scalar == "\n" ? " " : scalar)
        }
        return result
    }
}

private func sentence(_ text: String) -> String {
    guard let last = text.utf8.last, last != 0x2E else { return text }
    return text + "."
}

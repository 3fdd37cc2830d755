import LocatedYAML
import SourceDiagnostics

extension Validator {
    /// `{label: Yes, please, url: …}`: a text without quotation marks whose comma ends it, so that its next words are a key.
    /// Reported as the one mistake that it is.
    ///
    /// - Parameter place: the entry with the text's beginning.
    /// - Returns: the entry behind the text's last words; nil where the entry is no such text.
    mutating func textWithCommas(
        _ entries: YAMLNode.Entries, from place: Int, _ object: SchemaObject
    ) -> Int? {
        guard place + 1 < entries.count, isWords(entries[place + 1], object) else { return nil }
        let value = entries[place].value
        guard let scalar = value.scalar, scalar.style == .plain, !scalar.isEmpty,
            let property = entries[place].key.text.flatMap({ object.property($0) }),
            isText(property.type) || isList(property.type) || isEvent(property.type)
        else { return nil }
        var text = scalar.rawText
        var last = value.span
        var end = place + 1
        while end < entries.count, isWords(entries[end], object), let words = entries[end].key.scalar {
            text += (entries[end].key.span.start == last.end + 1 ? "," : ", ") + words.rawText
            last = entries[end].key.span
            end += 1
        }
        let span = value.span.union(last)
        if isEvent(property.type) {
            return severalEvents(text.split(separator: ",").map { String($0).trimmed }, at: span) ? end : nil
        }
        if isList(property.type) {
            diagnostics.append(
                .listWithoutBrackets(
                    named(entries[place].key), example: "\(property.name): \(property.example)", text, at: span))
            return end
        }
        diagnostics.append(
            .commaInValue(property.name, textBetweenMarks(text) ?? text, at: span))
        return end
    }

    /// Whether an entry is nothing but a key, and none of the object's.
    private func isWords(_ entry: YAMLNode.Entries.Element, _ object: SchemaObject) -> Bool {
        guard entry.value.isNull, entry.value.span.isEmpty, object.additional == nil, let key = entry.key.scalar,
            key.style == .plain
        else { return false }
        return object.property(key.text) == nil
    }

    private func isList(_ type: SchemaType) -> Bool {
        switch type {
        case .list: true
        case .replaceable(let type): isList(type)
        default: false
        }
    }

    private func isEvent(_ type: SchemaType) -> Bool {
        if case .string(.eventName) = type { true } else { false }
    }

    private func isText(_ type: SchemaType) -> Bool {
        switch type {
        case .text, .textOrNone: true
        case .string(let format): format == .any || format == .words || format == .url || format == .cel
        case .replaceable(let type): isText(type)
        default: false
        }
    }
}

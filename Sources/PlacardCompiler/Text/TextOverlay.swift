import ByteText
import LocatedYAML
import PlacardText
import SourceDiagnostics

extension ContentCompiler {
    /// The texts of a translation, held against those of its source: each text that the source has must be there,
    /// none that it has not, and each must use the source's placeholders and links.
    mutating func translation(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageContent<MessageText>,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageContent<MessageText> {
        var content = MessageContent<MessageText>()
        for field in source.fields {
            guard let translated = translated(field, overlay, of: definition, &diagnostics) else { continue }
            content.fields.append(MessageField(name: field.name, content: translated))
        }
        reportUnknown(overlay, definition, source, &diagnostics)
        content.actions = labels(overlay, of: definition, source: source, &diagnostics)
        content.push = push(overlay, of: definition, source: source, &diagnostics)
        return content
    }

    private mutating func translated(
        _ field: MessageField<MessageText>, _ overlay: Translation, of definition: MessageDefinition,
        _ diagnostics: inout [Diagnostic]
    ) -> FieldContent<MessageText>? {
        switch field.content {
        case .url, .value: return nil
        case .list(let list):
            return .list(self.list(field.name, list.items, definition, overlay, &diagnostics))
        case .image(let image):
            guard let original = image.alt else { return nil }
            guard let written = overlay.text(field.name) else {
                report(
                    missing: "what the picture of `\(field.name)` shows", key: field.name,
                    "add `\(field.name): {alt: …}`", overlay, &diagnostics)
                return nil
            }
            guard let text = plain(written, &diagnostics) else { return nil }
            check(text, against: original, &diagnostics)
            return .image(ImageContent(alt: text))
        case .text(let original), .markdown(let original), .conversation(let original):
            guard let written = overlay.text(field.name) else {
                let help = field.name == "body" ? "write the text below the front matter" : "add `\(field.name): …`"
                report(missing: "`\(field.name)`", key: field.name, help, overlay, &diagnostics)
                return nil
            }
            switch text(field.content, of: field.name, written, &diagnostics) {
            case .text(let text)?:
                check(text, against: original, &diagnostics)
                return .text(text)
            case .markdown(let text)?:
                check(text, against: original, &diagnostics)
                return .markdown(text)
            case .conversation(let text)?:
                check(text, against: original, &diagnostics)
                let (steps, found) = alignSteps(
                    text.compiled.steps, with: original.compiled.steps, at: text.written)
                diagnostics += found
                return .conversation(MessageText(text.written, CompiledText(text.compiled, steps: steps)))
            case .image, .list, .url, .value, nil: return nil
            }
        }
    }

    func check(_ text: MessageText, against source: MessageText, _ diagnostics: inout [Diagnostic]) {
        diagnostics += parity(text.compiled, source.compiled, at: text.written, of: paritySubjects)
        if paritySubjects.contains(.variables) {
            diagnostics += placeholdersDroppedFromVariants(
                text.compiled, source.compiled, at: text.written, from: sourceLocale, to: environment.locale,
                beside: diagnostics)
        }
        if paritySubjects.contains(.cases), source.compiled.hasVariants {
            diagnostics += droppedCases(
                text.compiled, source.compiled, at: text.written, from: sourceLocale, to: environment.locale)
        }
    }

    private mutating func labels(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageContent<MessageText>,
        _ diagnostics: inout [Diagnostic]
    ) -> [MessageAction<MessageText>] {
        let misnamed =
            unread.mayHold("actions")
            ? []
            : reportUnknownEntries(
                overlay.content.actions.map(\.id), among: definition.content.actions.map(\.id.value),
                none: "actions are matched by id; remove it", &diagnostics
            ) { "the source has no action `\($0)`" }
        guard !source.actions.isEmpty else { return [] }
        let labels = Dictionary(overlay.content.actions.map { ($0.id.value, $0.label) }) { first, _ in first }
        return source.actions.compactMap { action in
            let id = action.id.value
            guard let original = action.label else { return nil }
            guard let written = labels[id] ?? nil else {
                if !misnamed.contains(id) {
                    report(
                        missing: "the label of action `\(id)`", key: "actions",
                        "add `actions: [{id: \(id), label: …}]`", overlay, &diagnostics)
                }
                return nil
            }
            guard let text = plain(written, &diagnostics) else { return nil }
            check(text, against: original, &diagnostics)
            return MessageAction(id: action.id, label: text)
        }
    }

    private mutating func list(
        _ name: String, _ items: [ListContent<MessageText>.Item], _ definition: MessageDefinition,
        _ overlay: Translation, _ diagnostics: inout [Diagnostic]
    ) -> ListContent<MessageText> {
        let list = overlay.content.list(name)
        let written = list?.items ?? []
        let entries = Dictionary(written.map { ($0.id.value, $0) }) { first, _ in first }
        // An entry of the source that does not compile is still there.
        let ids = definition.content.list(name)?.items.map(\.id.value) ?? []
        let misnamed =
            unread.mayHold(name)
            ? []
            : reportUnknownEntries(
                written.map(\.id), among: ids, none: "entries are matched by id; remove it", &diagnostics
            ) { "the source's `\(name)` has no entry `\($0)`" }
        let translated = items.compactMap { item -> ListContent<MessageText>.Item? in
            let id = item.id.value
            guard let entry = entries[id] else {
                if !misnamed.contains(id) {
                    report(
                        missing: "the entry `\(id)` of `\(name)`", key: name, "add `\(name): [{id: \(id), text: …}]`",
                        overlay, &diagnostics)
                }
                return nil
            }
            guard let text = plain(entry.text, maximum: itemLimit(name), &diagnostics) else { return nil }
            check(text, against: item.text, &diagnostics)
            return ListContent.Item(id: item.id, text: text)
        }
        return ListContent(items: translated, label: list?.label ?? Label(file: overlay.file, Span(at: 0)))
    }

    /// - Parameters:
    ///   - key: the front matter key that it belongs under, which is pointed at when it is there.
    ///   - help: how it is written.
    func report(
        missing what: String, key: String, _ help: String, _ overlay: Translation, _ diagnostics: inout [Diagnostic]
    ) {
        // The schema says what is wrong with a key that is there.
        guard !overlay.malformed.contains(key), !overlay.unread.mayHold(key) else { return }
        diagnostics.append(.missingText(what, help, in: overlay.locale, at: overlay.place(of: key)))
    }

    private func reportUnknown(
        _ overlay: Translation, _ definition: MessageDefinition, _ source: MessageContent<MessageText>,
        _ diagnostics: inout [Diagnostic]
    ) {
        // A text of the source that does not compile is still there.
        func isKnown(_ name: String) -> Bool {
            guard let field = definition.content.field(name) else { return false }
            // That an image has no alternative text is said of the source.
            if case .image = field { return true }
            return field.isTranslated
        }
        for field in overlay.content.fields where field.name != "body" {
            guard let label = field.content.text?.label, !isKnown(field.name), !unread.mayHold(field.name) else {
                continue
            }
            diagnostics.append(.unknownText(field.name, source: definition.file, at: label))
        }
        if let body = overlay.body, !isKnown("body"), !unread.mayHold("body"), definition.body?.hasText != true {
            diagnostics.append(.unknownBody(source: definition.file, at: body.start))
        }
    }

    /// Reports the entries of a translation whose ids its source does not have.
    ///
    /// - Parameters:
    ///   - ids: those of the source.
    ///   - none: what to do where nothing is near.
    /// - Returns: the source's ids that stand in the translation under another name.
    private func reportUnknownEntries(
        _ written: [Located<String>], among ids: [String], none: String, _ diagnostics: inout [Diagnostic],
        _ message: (String) -> String
    ) -> Set<String> {
        // Nearly always the ids are those of the source, in its order.
        if written.elementsEqual(ids, by: { $0.value == $1 }) { return [] }
        let known = Set(ids)
        let unknown = written.filter { !known.contains($0.value) }
        guard !unknown.isEmpty else { return [] }
        let given = Set(written.map(\.value))
        let lacking = ids.filter { !given.contains($0) }
        var misnamed: Set<String> = []
        for (place, id) in unknown.enumerated() {
            let label = id.label
            if unknown.count == lacking.count, nearMiss(id.value, among: lacking) == nil {
                misnamed.insert(lacking[place])
                diagnostics.append(.translatedID(message(id.value), id: lacking[place], at: label))
            } else {
                if let near = nearMiss(id.value, among: lacking) { misnamed.insert(near) }
                diagnostics.append(
                    .unknownName(
                        "translation/unknown-entry", message(id.value), id.value,
                        among: lacking.isEmpty ? ids : lacking,
                        at: label, none: none))
            }
        }
        return misnamed
    }
}

extension Translation {
    /// Where something of the front matter key `key` would stand.
    func place(of key: String) -> Label {
        if key == "body" { return Label(file: file, Span(at: bodySpan.start)) }
        return Label(file: file, frontMatter?.entry(key)?.key.span ?? Span(at: 0))
    }

    /// The text of a field, the body included.
    func text(_ field: String) -> EmbeddedText? {
        if field == "body" { return body }
        return content.field(field)?.text
    }
}

import ByteText
import LocatedYAML
import PlacardText
import SourceDiagnostics

extension TextCompiler {
    /// The texts of the source locale: of a message, or of what a variant changes.
    mutating func source(_ definition: MessageDefinition) -> MessageTexts {
        var texts = MessageTexts()
        for field in definition.texts {
            guard let kind = template.field(field.name), let content = self.field(kind, field.text) else { continue }
            texts.fields.append(MessageTexts.Field(name: field.name, content: content))
        }
        for image in definition.images {
            guard let alt = image.alt, let text = plain(alt) else { continue }
            texts.fields.append(MessageTexts.Field(name: image.name, content: .alternative(text)))
        }
        for list in definition.lists {
            let items = list.items.compactMap { item in
                plain(item.text, maximum: itemLimit(list.name)).map { (item.id.value, $0) }
            }
            texts.fields.append(MessageTexts.Field(name: list.name, content: .list(items)))
        }
        if let body = definition.body, body.hasText, let kind = template.body, let content = self.field(kind, body) {
            if case .conversation(_, let steps) = content { diagnostics += checkConversation(steps, in: body) }
            texts.fields.append(MessageTexts.Field(name: "body", content: content))
        }
        for action in definition.actions {
            if let label = plain(action.label) { texts.labels.append((action.id.value, label)) }
        }
        texts.push = definition.push.flatMap { push($0) }
        texts.fields.sort { utf8Less($0.name, $1.name) }
        return texts
    }

    private func itemLimit(_ list: String) -> Int? {
        if case .list(let limit)? = template.field(list)?.kind { limit } else { nil }
    }

    /// The texts of a translation, held against those of its source: each text that the source has must be there,
    /// none that it has not, and each must use the source's placeholders and links.
    mutating func translation(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageTexts, isVariant: Bool
    ) -> MessageTexts {
        var texts = MessageTexts()
        for field in source.fields {
            switch field.content {
            case .list(let items): texts.fields.append(list(field.name, items, definition, overlay))
            case .text, .body, .alternative, .conversation:
                guard let written = overlay.text(field.name) else {
                    report(missing: field, overlay)
                    continue
                }
                guard let content = translated(field, written) else { continue }
                texts.fields.append(MessageTexts.Field(name: field.name, content: content))
            }
        }
        reportUnknown(overlay, definition, source)
        let misnamed =
            unread.mayHold("actions")
            ? []
            : reportUnknownEntries(
                overlay.labels.map(\.id), among: definition.actions.map(\.id.value),
                none: "actions are matched by id; remove it"
            ) { "the source has no action \"\($0)\"" }
        // Nearly every message has a few, among which looking is quicker than a table.
        let labels =
            isMany(overlay.labels) ? Dictionary(overlay.labels.map { ($0.id.value, $0) }) { first, _ in first } : nil
        for label in source.labels {
            let entry = labels.map { $0[label.id] } ?? overlay.labels.first { $0.id.value == label.id }
            guard let written = entry else {
                guard !misnamed.contains(label.id) else { continue }
                report(
                    missing: "the label of action \(label.id)", key: "actions",
                    "add actions: [{id: \(label.id), label: …}]", overlay)
                continue
            }
            guard let text = plain(written.text) else { continue }
            diagnostics += parity(text, label.text, at: written.text, of: paritySubjects)
            texts.labels.append((label.id, text))
        }
        texts.push = push(overlay, of: definition, source: source)
        return texts
    }

    private mutating func translated(
        _ source: MessageTexts.Field, _ written: EmbeddedText
    ) -> MessageTexts.Field.Content? {
        switch source.content {
        case .alternative(let original):
            guard let text = plain(written) else { return nil }
            diagnostics += parity(text, original, at: written, of: paritySubjects)
            return .alternative(text)
        case .text(let original), .body(let original):
            guard let definition = template.field(source.name), let content = field(definition, written) else {
                return nil
            }
            if case .text(let text) = content { diagnostics += parity(text, original, at: written, of: paritySubjects) }
            if case .body(let text) = content { diagnostics += parity(text, original, at: written, of: paritySubjects) }
            return content
        case .conversation(let original, let steps):
            guard let definition = template.field(source.name),
                case .conversation(let text, let own)? = field(definition, written)
            else { return nil }
            diagnostics += parity(text, original, at: written, of: paritySubjects)
            let (aligned, findings) = alignSteps(own, with: steps, at: written)
            diagnostics += findings
            return .conversation(text, steps: aligned)
        case .list: return nil
        }
    }

    private mutating func list(
        _ name: String, _ items: [(id: String, text: CompiledText)], _ definition: MessageDefinition,
        _ overlay: Translation
    ) -> MessageTexts.Field {
        let written = overlay.lists.first { $0.name == name }?.items ?? []
        let entries = Dictionary(written.map { ($0.id.value, $0) }) { first, _ in first }
        // An entry of the source that does not compile is still there.
        let ids = definition.lists.first { $0.name == name }?.items.map(\.id.value) ?? []
        var result: [(id: String, text: CompiledText)] = []
        let misnamed =
            unread.mayHold(name)
            ? []
            : reportUnknownEntries(written.map(\.id), among: ids, none: "entries are matched by id; remove it") {
                "the source's \(name) has no entry \"\($0)\""
            }
        for item in items {
            guard let entry = entries[item.id] else {
                guard !misnamed.contains(item.id) else { continue }
                report(
                    missing: "the entry \(item.id) of \(name)", key: name, "add \(name): [{id: \(item.id), text: …}]",
                    overlay)
                continue
            }
            guard let text = plain(entry.text, maximum: itemLimit(name)) else { continue }
            diagnostics += parity(text, item.text, at: entry.text, of: paritySubjects)
            result.append((item.id, text))
        }
        return MessageTexts.Field(name: name, content: .list(result))
    }

    private mutating func report(missing field: MessageTexts.Field, _ overlay: Translation) {
        if case .alternative = field.content {
            report(
                missing: "what the picture of \(field.name) shows", key: field.name, "add \(field.name): {alt: …}",
                overlay)
        } else if field.name == "body" {
            report(missing: "body", key: "body", "write the text below the front matter", overlay)
        } else {
            report(missing: field.name, key: field.name, "add \(field.name): …", overlay)
        }
    }

    /// - Parameters:
    ///   - key: the front matter key that it belongs under, which is pointed at when it is there.
    ///   - help: how it is written.
    mutating func report(missing what: String, key: String, _ help: String, _ overlay: Translation) {
        // The schema says what is wrong with a key that is there.
        guard !overlay.misshapen.contains(key) else { return }
        diagnostics.append(
            Diagnostic(
                "translation/missing-text", "the translation to \(overlay.locale) lacks \(what)",
                at: overlay.place(of: key),
                notes: [
                    help, "a message is shown in one language as a whole; to fall back, remove the file",
                ]))
    }

    private mutating func reportUnknown(_ overlay: Translation, _ definition: MessageDefinition, _ source: MessageTexts)
    {
        // A text of the source that does not compile is still there.
        func isKnown(_ name: String) -> Bool {
            source.fields.contains { $0.name == name } || definition.texts.contains { $0.name == name }
                || definition.images.contains { $0.name == name && $0.alt != nil }
                || definition.lists.contains { $0.name == name }
        }
        for texts in [overlay.texts, overlay.alternatives] {
            for text in texts where !isKnown(text.name) && !unread.mayHold(text.name) {
                diagnostics.append(
                    Diagnostic(
                        "translation/unknown-text", "the source has no \(text.name) to translate", at: text.text.label,
                        notes: ["remove it here, or write it in \(definition.file) first"]))
            }
        }
        if let body = overlay.body, !isKnown("body"), !unread.mayHold("body"), definition.body?.hasText != true {
            diagnostics.append(
                Diagnostic(
                    "translation/unknown-text", "the source has no body to translate", at: body.start,
                    notes: ["remove the text below the front matter, or write one in \(definition.file) first"]))
        }
    }

    /// Reports the entries of a translation whose ids its source does not have.
    ///
    /// - Parameters:
    ///   - ids: those of the source.
    ///   - none: what to do where nothing is near.
    /// - Returns: the source's ids that stand in the translation under another name.
    private mutating func reportUnknownEntries(
        _ written: [Located<String>], among ids: [String], none: String, _ message: (String) -> String
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
                diagnostics.append(
                    Diagnostic(
                        "translation/unknown-entry", message(id.value), at: label,
                        notes: ["ids are not translated: write \(lacking[place])"],
                        fixIts: [
                            FixIt(
                                "write \(lacking[place])",
                                edits: [Edit(file: label.file, label.span, lacking[place])], .unsafe)
                        ]))
            } else {
                if let near = nearMiss(id.value, among: lacking) { misnamed.insert(near) }
                diagnostics.append(
                    unknownName(
                        "translation/unknown-entry", message(id.value), id.value,
                        among: lacking.isEmpty ? ids : lacking,
                        at: label, none: none))
            }
        }
        return misnamed
    }
}

/// Whether looking through `items` for each of as many would take its time.
private func isMany(_ items: some Collection) -> Bool { items.count > 16 }

extension Translation {
    /// Where something of the front matter key `key` would stand.
    func place(of key: String) -> Label {
        if key == "body" { return Label(file: file, Span(at: bodySpan.start)) }
        return Label(file: file, frontMatter?.entry(key)?.key.span ?? Span(at: 0))
    }

    /// The text of a field, the body included.
    func text(_ field: String) -> EmbeddedText? {
        if field == "body" { return body }
        return texts.first { $0.name == field }?.text ?? alternatives.first { $0.name == field }?.text
    }
}

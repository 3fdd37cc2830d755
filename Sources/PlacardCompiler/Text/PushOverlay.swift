import PlacardText
import SourceDiagnostics

extension TextCompiler {
    /// The texts of a notification in the source locale.
    mutating func push(_ push: PushDefinition) -> MessageTexts.Push? {
        let title = push.title.flatMap { measured($0) }
        return measured(push.body).map {
            MessageTexts.Push(title: title, body: $0, titleSource: push.title, bodySource: push.body)
        }
    }

    /// A text whose length is looked at though nothing limits it, and which shows where only the server's values are known.
    private mutating func measured(_ text: EmbeddedText) -> CompiledText? {
        environment.measuresLength = true
        environment.isNotification = true
        defer {
            environment.measuresLength = false
            environment.isNotification = false
        }
        return plain(text)
    }

    /// A translation's notification, held against its source's.
    mutating func push(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageTexts
    ) -> MessageTexts.Push? {
        guard source.push != nil || overlay.pushTitle != nil || overlay.pushBody != nil else { return nil }
        for (name, text, original) in [
            ("title", overlay.pushTitle, definition.push?.title), ("body", overlay.pushBody, definition.push?.body),
        ] {
            guard let text, original == nil else { continue }
            diagnostics.append(
                Diagnostic(
                    "translation/unknown-text", "the source has no push.\(name) to translate", at: text.label,
                    notes: ["remove it here, or write it in \(definition.file) first"]))
        }
        guard let push = source.push else { return nil }
        guard overlay.pushTitle != nil || overlay.pushBody != nil else {
            let title = push.title == nil ? "" : "title: …, "
            report(missing: "the notification", key: "push", "add push: {\(title)body: …}", overlay)
            return nil
        }
        let title = push.title.flatMap { self.push("title", overlay.pushTitle, $0, overlay) }
        let body = self.push("body", overlay.pushBody, push.body, overlay)
        guard let body, let bodySource = overlay.pushBody else { return nil }
        return MessageTexts.Push(title: title, body: body, titleSource: overlay.pushTitle, bodySource: bodySource)
    }

    private mutating func push(
        _ name: String, _ written: EmbeddedText?, _ original: CompiledText, _ overlay: Translation
    ) -> CompiledText? {
        guard let written else {
            report(missing: "push.\(name)", key: "push", "add \(name): … to push", overlay)
            return nil
        }
        guard let text = measured(written) else { return nil }
        diagnostics += parity(text, original, at: written, of: paritySubjects)
        return text
    }
}

extension Localization {
    /// The variables of the notification's texts, those of variants included.
    var pushVariables: [String] {
        ([texts] + variants.map(\.texts)).flatMap { $0.push?.all ?? [] }.flatMap { $0.variables.map(\.name) }
    }
}

import PlacardText
import SourceDiagnostics

extension ContentCompiler {
    /// The texts of a notification in the source locale; nil when its body does not compile.
    mutating func push(
        _ push: PushContent<EmbeddedText>, _ diagnostics: inout [Diagnostic]
    ) -> PushContent<MessageText>? {
        let link = push.link.flatMap { url($0, &diagnostics) }
        let title = push.title.flatMap {
            measured($0, isShownAlone: push.titleFallback == nil, allowsLines: false, &diagnostics)
        }
        let body = push.body.flatMap {
            measured($0, isShownAlone: push.bodyFallback == nil, allowsLines: true, &diagnostics)
        }
        guard let body else { return nil }
        return PushContent(
            title: title, body: body,
            titleFallback: push.titleFallback.flatMap {
                fallback("title", $0, of: title, isWritten: push.title != nil, &diagnostics)
            }, bodyFallback: push.bodyFallback.flatMap { fallback("body", $0, of: body, &diagnostics) }, link: link)
    }

    /// A text whose length is looked at though nothing limits it.
    ///
    /// - Parameters:
    ///   - isShownAlone: whether the system shows it as it stands, where no value is known.
    ///   - allowsLines: whether it may have several lines, as the words below the title.
    private mutating func measured(
        _ text: EmbeddedText, isShownAlone: Bool, allowsLines: Bool, _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        environment.measuresLength = true
        environment.isNotification = isShownAlone
        environment.hasSubstitute = !isShownAlone
        defer {
            environment.measuresLength = false
            environment.isNotification = false
            environment.hasSubstitute = false
        }
        return keepingModel { $0.plain(text, allowsLines: allowsLines, &diagnostics) }
    }

    /// What stands for a text with values; nil when it is none, which is reported.
    ///
    /// - Parameter isWritten: whether the source has the text, even if it did not compile.
    private mutating func fallback(
        _ name: String, _ written: EmbeddedText, of text: MessageText?, isWritten: Bool = true,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        guard let fallback = measured(written, isShownAlone: false, allowsLines: name == "body", &diagnostics) else {
            return nil
        }
        if let variable = fallback.compiled.variables.first {
            diagnostics += written.place([.fallbackWithValue(name, variable.name, at: variable.span)])
            return nil
        }
        if !isWritten || text?.compiled.variables.isEmpty == true {
            diagnostics.append(.needlessPushFallback(name, isWritten: isWritten, at: written.label))
            return nil
        }
        return fallback
    }

    /// A translation's notification, compared with its source's.
    mutating func push(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageContent<MessageText>,
        _ diagnostics: inout [Diagnostic]
    ) -> PushContent<MessageText>? {
        let own = overlay.content.push
        guard source.push != nil || own != nil else { return nil }
        let declared = definition.content.push
        for (name, text, original) in [
            ("title", own?.title, declared?.title), ("body", own?.body, declared?.body),
            ("fallback.title", own?.titleFallback, declared?.titleFallback),
            ("fallback.body", own?.bodyFallback, declared?.bodyFallback),
        ] {
            guard let text, original == nil, !unread.mayHold("push") else { continue }
            diagnostics.append(.unknownText("push." + name, source: definition.file, at: text.label))
        }
        guard let push = source.push, let original = push.body else { return nil }
        guard let own, own.title != nil || own.body != nil else {
            let title = push.title == nil ? "" : "title: …, "
            report(missing: "the notification", key: "push", "add `push: {\(title)body: …}`", overlay, &diagnostics)
            return nil
        }
        // The source's may have been needless there: what counts is what it was compiled to, and what this language has.
        let hasTitleFallback =
            push.titleFallback != nil || declared?.titleFallback != nil && own.titleFallback != nil
        let hasBodyFallback = push.bodyFallback != nil || declared?.bodyFallback != nil && own.bodyFallback != nil
        let title = push.title.flatMap {
            self.push("title", own.title, $0, overlay, isShownAlone: !hasTitleFallback, &diagnostics)
        }
        let body = self.push("body", own.body, original, overlay, isShownAlone: !hasBodyFallback, &diagnostics)
        guard let body else { return nil }
        return PushContent(
            title: title, body: body,
            titleFallback: hasTitleFallback
                ? translatedFallback("title", own.titleFallback, of: title, overlay, &diagnostics) : nil,
            bodyFallback: hasBodyFallback
                ? translatedFallback("body", own.bodyFallback, of: body, overlay, &diagnostics) : nil)
    }

    private mutating func push(
        _ name: String, _ written: EmbeddedText?, _ original: MessageText, _ overlay: Translation, isShownAlone: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        guard let written else {
            report(missing: "`push.\(name)`", key: "push", "add `\(name): …` to `push`", overlay, &diagnostics)
            return nil
        }
        guard let text = measured(written, isShownAlone: isShownAlone, allowsLines: name == "body", &diagnostics) else {
            return nil
        }
        check(text, against: original, &diagnostics)
        return text
    }

    private mutating func translatedFallback(
        _ name: String, _ written: EmbeddedText?, of text: MessageText?, _ overlay: Translation,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        guard let written else {
            // A text without values needs no words for the case that they are missing, whatever its source has.
            if text?.compiled.variables.isEmpty == true { return nil }
            report(
                missing: "`push.fallback.\(name)`", key: "push", "add `fallback: {\(name): …}` to `push`", overlay,
                &diagnostics)
            return nil
        }
        return fallback(name, written, of: text, &diagnostics)
    }
}

extension LoweredLocalization {
    /// The variables of the notification's texts, those of variants included.
    var pushVariables: [String] {
        contents.flatMap { content in
            (content.push?.parts ?? []).flatMap { $0.text.variables.map(\.name) }
        }
    }
}

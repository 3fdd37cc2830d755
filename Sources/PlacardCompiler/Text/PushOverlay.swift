import PlacardText
import SourceDiagnostics

extension ContentCompiler {
    /// The texts of a notification in the source locale.
    mutating func push(_ push: PushDefinition, _ diagnostics: inout [Diagnostic]) -> MessageTexts.Push? {
        let title = push.title.flatMap {
            measured($0, isShownAlone: push.titleFallback == nil, allowsLines: false, &diagnostics)
        }
        guard
            let body = measured(
                push.body, isShownAlone: push.bodyFallback == nil, allowsLines: true, &diagnostics)
        else { return nil }
        var result = MessageTexts.Push(title: title, body: body, titleSource: push.title, bodySource: push.body)
        result.setFallbacks(
            title: push.titleFallback.flatMap {
                fallback("title", $0, of: title, isWritten: push.title != nil, &diagnostics)
            },
            body: push.bodyFallback.flatMap { fallback("body", $0, of: body, &diagnostics) })
        return result
    }

    /// A text whose length is looked at though nothing limits it.
    ///
    /// - Parameters:
    ///   - isShownAlone: whether the system shows it as it stands, where no value is known.
    ///   - allowsLines: whether it may have several lines, as the words below the title.
    private mutating func measured(
        _ text: EmbeddedText, isShownAlone: Bool, allowsLines: Bool, _ diagnostics: inout [Diagnostic]
    ) -> CompiledText? {
        environment.measuresLength = true
        environment.keepsModel = true
        environment.isNotification = isShownAlone
        environment.hasSubstitute = !isShownAlone
        defer {
            environment.measuresLength = false
            environment.keepsModel = false
            environment.isNotification = false
            environment.hasSubstitute = false
        }
        return plain(text, allowsLines: allowsLines, &diagnostics)
    }

    /// What stands for a text with values; nil when it is none, which is reported.
    ///
    /// - Parameter isWritten: whether the source has the text, even if it did not compile.
    private mutating func fallback(
        _ name: String, _ written: EmbeddedText, of text: CompiledText?, isWritten: Bool = true,
        _ diagnostics: inout [Diagnostic]
    ) -> PushFallback? {
        guard let fallback = measured(written, isShownAlone: false, allowsLines: name == "body", &diagnostics) else {
            return nil
        }
        if let variable = fallback.variables.first {
            diagnostics += written.place([
                Diagnostic(
                    "push/fallback-with-value",
                    "push.fallback.\(name) shows `$\(variable.name)`, whose value is not known",
                    at: Label(variable.span),
                    notes: ["it is what the system shows by itself; write a whole sentence without the value"])
            ])
            return nil
        }
        if !isWritten || text?.variables.isEmpty == true {
            let reason = isWritten ? "push.\(name) has no values" : "there is no push.\(name)"
            diagnostics.append(
                Diagnostic(
                    "push/needless-fallback", .warning, "\(reason), so that push.fallback.\(name) is never shown",
                    at: written.label, notes: ["remove push.fallback.\(name)"]))
            return nil
        }
        return (fallback, written)
    }

    /// A translation's notification, held against its source's.
    mutating func push(
        _ overlay: Translation, of definition: MessageDefinition, source: MessageTexts,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageTexts.Push? {
        guard source.push != nil || overlay.hasPush else { return nil }
        let push = definition.push
        for (name, text, original) in [
            ("title", overlay.pushTitle, push?.title), ("body", overlay.pushBody, push?.body),
            ("fallback.title", overlay.pushTitleFallback, push?.titleFallback),
            ("fallback.body", overlay.pushBodyFallback, push?.bodyFallback),
        ] {
            guard let text, original == nil, !unread.mayHold("push") else { continue }
            diagnostics.append(
                Diagnostic(
                    "translation/unknown-text", "the source has no push.\(name) to translate", at: text.label,
                    notes: ["remove it here, or write it in \(definition.file) first"]))
        }
        guard let push = source.push else { return nil }
        guard overlay.pushTitle != nil || overlay.pushBody != nil else {
            let title = push.title == nil ? "" : "title: …, "
            report(missing: "the notification", key: "push", "add push: {\(title)body: …}", overlay, &diagnostics)
            return nil
        }
        // The source's may have been needless there: what counts is what it was compiled to, and what this language has.
        let hasTitleFallback =
            push.titleFallback != nil || definition.push?.titleFallback != nil && overlay.pushTitleFallback != nil
        let hasBodyFallback =
            push.bodyFallback != nil || definition.push?.bodyFallback != nil && overlay.pushBodyFallback != nil
        let title = push.title.flatMap {
            self.push("title", overlay.pushTitle, $0, overlay, isShownAlone: !hasTitleFallback, &diagnostics)
        }
        let body = self.push("body", overlay.pushBody, push.body, overlay, isShownAlone: !hasBodyFallback, &diagnostics)
        guard let body, let bodySource = overlay.pushBody else { return nil }
        var result = MessageTexts.Push(
            title: title, body: body, titleSource: overlay.pushTitle, bodySource: bodySource)
        result.setFallbacks(
            title: hasTitleFallback
                ? translatedFallback("title", overlay.pushTitleFallback, of: title, overlay, &diagnostics) : nil,
            body: hasBodyFallback
                ? translatedFallback("body", overlay.pushBodyFallback, of: body, overlay, &diagnostics) : nil)
        return result
    }

    private mutating func push(
        _ name: String, _ written: EmbeddedText?, _ original: CompiledText, _ overlay: Translation, isShownAlone: Bool,
        _ diagnostics: inout [Diagnostic]
    ) -> CompiledText? {
        guard let written else {
            report(missing: "push.\(name)", key: "push", "add \(name): … to push", overlay, &diagnostics)
            return nil
        }
        guard let text = measured(written, isShownAlone: isShownAlone, allowsLines: name == "body", &diagnostics) else {
            return nil
        }
        diagnostics += parity(text, original, at: written, of: paritySubjects)
        return text
    }

    private mutating func translatedFallback(
        _ name: String, _ written: EmbeddedText?, of text: CompiledText?, _ overlay: Translation,
        _ diagnostics: inout [Diagnostic]
    ) -> PushFallback? {
        guard let written else {
            // A text without values needs no words for the case that they are missing, whatever its source has.
            if text?.variables.isEmpty == true { return nil }
            report(
                missing: "push.fallback.\(name)", key: "push", "add fallback: {\(name): …} to push", overlay,
                &diagnostics)
            return nil
        }
        return fallback(name, written, of: text, &diagnostics)
    }
}

private typealias PushFallback = (text: CompiledText, source: EmbeddedText)

extension MessageTexts.Push {
    fileprivate mutating func setFallbacks(title: PushFallback?, body: PushFallback?) {
        titleFallback = title?.text
        titleFallbackSource = title?.source
        bodyFallback = body?.text
        bodyFallbackSource = body?.source
    }
}

extension Localization {
    /// The variables of the notification's texts, those of variants included.
    var pushVariables: [String] {
        ([texts] + variants.map(\.texts)).flatMap { $0.push?.all ?? [] }.flatMap { $0.variables.map(\.name) }
    }
}

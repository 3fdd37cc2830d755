import PlacardBundle
import PlacardText
import SourceDiagnostics

// The diagnostics of `push/`, and those of other areas about notifications and threads.

extension Diagnostic {
    static func missingNotification(_ template: TemplateDefinition, at label: Label) -> Diagnostic {
        Diagnostic(
            "push/missing", "a \(template.name) is a notification, and this message has none", at: label,
            notes: ["add `push: {title: …, body: …}`, or choose a template that shows in the app"])
    }

    static func notificationOfVariantAlone(_ variant: String, message: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "push/variant-alone", "the variant `\(variant)` has a notification, and the message has none", at: label,
            notes: ["write `push:` in \(message) too, or leave it out here"])
    }

    /// - Parameters:
    ///   - size: what is how long, in words.
    ///   - notes: what the longest values count for.
    static func cutOnAndroid(_ size: String, notes: [String], at label: Label) -> Diagnostic {
        Diagnostic(
            "push/cut-on-android", .warning,
            "\(size), and Android's lock screen cuts it at about \(LockScreen.android)", at: label,
            notes: notes + ["the rest shows when the notification is opened; put what matters first, or shorten it"])
    }

    static func cutOnIOS(_ size: String, notes: [String], at label: Label) -> Diagnostic {
        Diagnostic(
            "push/cut-on-ios", .warning, "\(size), and an iPhone's lock screen cuts it at about \(LockScreen.iOS)",
            at: label,
            notes: notes + [
                "Android cuts it at about \(LockScreen.android) already; put what matters first and shorten it"
            ])
    }

    /// - Parameters:
    ///   - sizes: how many bytes for which service, in words.
    ///   - parts: the longest parts, in words.
    static func tooLargeNotification(_ sizes: String, _ parts: String, in locale: String, at label: Label) -> Diagnostic
    {
        Diagnostic(
            "push/too-large",
            "the notification in `\(locale)` can take \(sizes), and services accept \(PushPayload.maximumBytes)",
            at: label,
            notes: [
                "the longest parts are \(parts), in bytes with the longest examples",
                "shorten them; a text with values is there twice, as the alert and for the app",
            ])
    }

    static func longThread(_ bytes: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "push/long-thread",
            "the thread can take \(bytes) bytes, and APNs accepts \(PushPayload.maximumCollapseBytes)", at: label,
            notes: ["it is sent as `apns-collapse-id`, by which a newer notification replaces an older one; shorten it"]
        )
    }

    static func formattedThread(at span: Span) -> Diagnostic {
        Diagnostic(
            "link/formatted-placeholder", "a placeholder in a thread is plain or `:string`", at: Label(span),
            notes: ["formatted numbers and dates differ from language to language, and a thread must not"])
    }

    // MARK: Words without values

    static func chosenVariant(_ part: String, by selector: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "push/chosen-variant", .warning,
            "`push.\(part)` chooses by `$\(selector)`, and where its value is not known it always shows its last variant",
            at: label,
            notes: [
                "a phone shows a notification by itself until the app has worded it; write what holds for every value, "
                    + "`push: {fallback: {\(part): …}}`"
            ])
    }

    /// - Parameters:
    ///   - name: the key below `push`.
    ///   - part: the text that the key is of.
    static func unwordedPart(
        _ name: String, of part: String, _ fallbacks: [(name: String, text: String)], at label: Label
    ) -> Diagnostic {
        let given = fallbacks.map { "`\($0.text)` for `$\($0.name)`" }.joined(separator: ", ")
        let cause = given.isEmpty ? "" : ", with its fallbacks \(given)"
        return Diagnostic(
            "text/missing-fallback", "`push.\(name)` cannot be shown where no value is known\(cause)", at: label,
            notes: [
                "the system shows a notification by itself, before any value is known, and a function cannot format what "
                    + "is there; write what it then says, `push: {fallback: {\(part): …}}`"
            ])
    }

    static func fallbackWithValue(_ part: String, _ variable: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "push/fallback-with-value", "`push.fallback.\(part)` shows `$\(variable)`, whose value is not known",
            at: Label(span), notes: ["it is what the system shows by itself; write a whole sentence without the value"])
    }

    static func needlessPushFallback(_ part: String, isWritten: Bool, at label: Label) -> Diagnostic {
        let reason = isWritten ? "`push.\(part)` has no values" : "there is no `push.\(part)`"
        return Diagnostic(
            "push/needless-fallback", .warning, "\(reason), so `push.fallback.\(part)` is never shown", at: label,
            notes: ["remove `push.fallback.\(part)`"])
    }
}

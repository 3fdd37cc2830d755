import PlacardText
import SourceDiagnostics

/// What of a message, or of a variant of it, is written as a text and is the same in every language.
struct MessageAddresses {
    /// Where fields lead, by name.
    var fields: [String: CompiledText] = [:]
    /// Where actions lead, by id.
    var actions: [String: CompiledText] = [:]
    /// What the message is grouped by.
    var thread: CompiledText?
    /// What a tap on the notification opens.
    var pushLink: CompiledText?
}

extension ContentCompiler {
    mutating func addresses(_ definition: MessageDefinition, _ diagnostics: inout [Diagnostic]) -> MessageAddresses {
        var addresses = MessageAddresses()
        for url in definition.urls { addresses.fields[url.name] = self.url(url.text, &diagnostics) }
        for action in definition.actions {
            if case .url(let url) = action.effect { addresses.actions[action.id.value] = self.url(url, &diagnostics) }
        }
        addresses.thread = definition.thread.flatMap { thread($0, &diagnostics) }
        addresses.pushLink = definition.push.flatMap { pushLink($0, definition) }.flatMap { url($0, &diagnostics) }
        return addresses
    }

    /// What a message is grouped by. It is no text: formatted for a language it would be another thread in each.
    private mutating func thread(_ text: EmbeddedText, _ diagnostics: inout [Diagnostic]) -> CompiledText? {
        environment.keepsModel = true
        defer { environment.keepsModel = false }
        guard let compiled = plain(text, &diagnostics) else { return nil }
        if let use = compiled.variables.first(where: { $0.function != nil && $0.function != "string" }) {
            diagnostics += text.place([
                Diagnostic(
                    "link/formatted-placeholder", "a placeholder in a thread is plain or `:string`",
                    at: Label(use.span),
                    notes: ["formatted numbers and dates differ from language to language; a thread must not"])
            ])
        }
        return compiled
    }
}

/// What a tap on the notification opens: its own link, or what the first action that opens something does.
func pushLink(_ push: PushDefinition, _ message: MessageDefinition) -> EmbeddedText? {
    if let link = push.link { return link }
    for action in message.actions {
        if case .url(let url) = action.effect { return url }
    }
    return nil
}

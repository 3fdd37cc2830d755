import CanonicalJSON
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// How much of a notification a lock screen shows, in grapheme clusters. No system documents it and every device
/// differs; these are what is left of a text on common ones.
enum LockScreen {
    /// Four lines of an iPhone.
    static let iOS = 160
    /// The one line of Android's collapsed form.
    static let android = 49
}

/// Whether a message has the notification that its template is for, and whether servers can send it and people read it.
///
/// - Parameters:
///   - texts: what its texts were compiled to.
///   - lowered: what the message was lowered to.
func checkPush(
    _ declaration: MessageDeclaration, _ texts: CompiledTexts, _ lowered: LoweredMessage, _ context: CompilerContext
) -> [Diagnostic] {
    let message = declaration.definition
    let template = declaration.template
    guard message.content.push != nil else {
        // What stands there and is no notification has been reported.
        if declaration.writesPush { return [] }
        let alone = notificationsOfVariantsAlone(message, texts.localizations)
        guard template.surface == .push, alone.isEmpty else { return alone }
        let place = message.template.flatMap { $0.file == message.file ? $0.label : nil }
        return [.missingNotification(template, at: place ?? Label(file: message.file, Span(at: 0)))]
    }
    guard let catalog = lowered.catalog else { return [] }
    let payloads = PushPayloads(
        message: catalog, variables: declaration.variables, links: LinkRules(context.project.links),
        examples: context.texts.examples)
    var diagnostics: [Diagnostic] = []
    for (written, localization) in zip(texts.localizations, lowered.localizations) {
        let variants = [nil] + localization.variants.map { Optional($0.id) }
        for (variant, content) in zip(variants, zip(written.contents, localization.contents)) {
            guard let push = content.0.push, let shown = content.1.push else { continue }
            diagnostics += cuts(push, in: localization.locale) + choices(push)
            for (name, fallbacks) in payloads.unworded(shown, localization) {
                diagnostics += push.parts.filter { $0.name == name }.map { unworded($0, fallbacks) }
            }
            if let longest = payloads.payload(localization, variant: variant, values: .longest) {
                diagnostics += sizes(longest, of: push, in: localization.locale)
            }
        }
    }
    return diagnostics + collapse(message, payloads, lowered.localizations)
}

/// A variant changes a message's notification; it cannot bring one to a message that has none, for nothing would send
/// it to the variant's share of people alone.
private func notificationsOfVariantsAlone(
    _ message: MessageDefinition, _ localizations: [Localization<MessageText>]
) -> [Diagnostic] {
    (localizations.first?.variants ?? []).compactMap { variant in
        variant.content.push?.body.map { body in
            .notificationOfVariantAlone(variant.id, message: message.file, at: body.written.label)
        }
    }
}

// MARK: What people see

/// One diagnostic for each text that is longer than what a lock screen shows.
private func cuts(_ push: PushContent<MessageText>, in locale: String) -> [Diagnostic] {
    push.parts.flatMap { part in
        [(part.name, part.text)] + (part.fallback.map { [("fallback." + part.name, $0)] } ?? [])
    }.flatMap { name, text -> [Diagnostic] in
        let source = text.written
        guard let length = text.compiled.length, length.longest > LockScreen.android else { return [] }
        let upTo = length.values.isEmpty ? "" : "up to "
        let variant = length.variant.map { "variant \($0) of " } ?? ""
        let size = "\(variant)`push.\(name)` is \(upTo)\(length.longest) characters long in \(locale)"
        var diagnostic: Diagnostic =
            length.longest > LockScreen.iOS
            ? .cutOnIOS(size, notes: length.notes, at: source.label)
            : .cutOnAndroid(size, notes: length.notes, at: source.label)
        guard let key = length.variant else { return [diagnostic] }
        diagnostic.primary = Label(length.span, "variant \(key)")
        return source.place([diagnostic])
    }
}

// MARK: What services take

private func sizes(_ payload: PushPayload, of push: PushContent<MessageText>, in locale: String) -> [Diagnostic] {
    let limit = PushPayload.maximumBytes
    let over = [
        ("APNs", payload.apnsBytes), ("FCM", payload.fcmBytes), ("APNs by way of FCM", payload.fcmAppleBytes),
    ].filter { $0.1 > limit }
    guard !over.isEmpty, let body = push.body else { return [] }
    let sizes = over.map { "\($0.1) bytes for \($0.0)" }.joined(separator: ", ")
    return [.tooLargeNotification(sizes, parts(payload), in: locale, at: body.written.label)]
}

/// The three parts that take the most bytes.
private func parts(_ payload: PushPayload) -> String {
    let data = payload.data
    var parts: [(name: String, bytes: Int)] = [
        ("push.body", jsonBytes(payload.body) + (data.body?.json.canonicalBytes.count ?? 0)),
        ("push.title", (payload.title.map(jsonBytes) ?? 0) + (data.title?.json.canonicalBytes.count ?? 0)),
        ("the link", data.link?.json.canonicalBytes.count ?? 0),
        ("the thread", (payload.thread.map(jsonBytes) ?? 0) + (data.thread?.json.canonicalBytes.count ?? 0)),
    ]
    parts += data.values.map { ("$" + $0.name, $0.value.canonicalBytes.count) }
    parts += data.fallbacks.map { ("the fallback of $" + $0.name, jsonBytes($0.value)) }
    let largest = parts.enumerated().sorted { ($1.element.bytes, $0.offset) < ($0.element.bytes, $1.offset) }
    return largest.prefix(3).filter { $0.element.bytes > 0 }.map { "\($0.element.name) with \($0.element.bytes)" }
        .joined(separator: ", ")
}

/// A thread becomes `apns-collapse-id`, which is short. Each language has fallbacks of its own.
private func collapse(
    _ message: MessageDefinition, _ payloads: PushPayloads, _ localizations: [LoweredLocalization]
) -> [Diagnostic] {
    guard let thread = message.thread,
        let longest = localizations.compactMap({ payloads.payload($0, values: .longest)?.thread?.utf8.count }).max(),
        longest > PushPayload.maximumCollapseBytes
    else { return [] }
    return [.longThread(longest, at: thread.label)]
}

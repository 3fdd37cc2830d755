import ByteText
import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// The notifications of a project without errors, for servers to send: `<message>/<locale>.apns.json` and
/// `<message>/<locale>.fcm.json` in every locale that the message shows in, and `<message>+<variant>/…` where a variant
/// has a notification of its own.
///
/// - Returns: files of `push/`, in the order of their paths; none when no message has a notification.
package func emitPush(_ compilation: Compilation) -> [OutputFile] {
    let messages = compilation.messages.filter { $0.catalog?.push != nil }
    guard !messages.isEmpty else { return [] }
    let chains = LocaleChains(compilation.project)
    let files = concurrentMap(messages.count) { pushFiles(messages[$0], compilation, chains, compilation.texts) }
    return files.flatMap { $0 }.sorted { utf8Less($0.path, $1.path) }
}

private func pushFiles(
    _ message: CompiledMessage, _ compilation: Compilation, _ chains: LocaleChains, _ texts: TextContext
) -> [OutputFile] {
    guard let catalog = message.catalog else { return [] }
    let payloads = PushPayloads(
        message: catalog, variables: texts.variables(event: catalog.trigger.event),
        links: LinkRules(compilation.project.links), examples: texts.examples)
    var files: [OutputFile] = []
    for locale in compilation.locales {
        guard let shown = chains.localization(of: message, in: locale, compilation.project) else { continue }
        for variant in [nil] + shown.variants.map({ Optional($0.id) }) {
            guard let payload = payloads.payload(shown, variant: variant) else { continue }
            let path = catalog.id + (variant.map { "+" + $0 } ?? "") + "/" + locale
            files.append(OutputFile(path: path + ".apns.json", bytes: payload.apns.canonicalBytes))
            files.append(OutputFile(path: path + ".fcm.json", bytes: payload.fcm.canonicalBytes))
        }
    }
    return files
}

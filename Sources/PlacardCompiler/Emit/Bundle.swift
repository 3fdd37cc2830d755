import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// The bundle of a project: its manifest and the files that the manifest names.
public struct Bundle: Sendable {
    public var manifest: Manifest
    /// Files of `bundle/`, each named by its hash, in the order of their paths.
    public var targets: [OutputFile]
}

/// Makes the bundle of a project without errors.
///
/// Every file is canonical JSON (RFC 8785) or an image as it is, named by its SHA-256, so that the same project gives
/// the same bytes anywhere.
public func emitBundle(_ compilation: Compilation) -> Bundle {
    let chains = LocaleChains(compilation.project)
    let locales = compilation.locales
    let catalog = catalogBytes(compilation)
    let texts = concurrentMap(locales.count) { index in
        localeTarget(locales[index], chains, compilation)
    }
    let assets = assetTargets(compilation)

    var targets: [OutputFile] = []
    let catalogTarget = add(catalog, "catalog.json", to: &targets)
    var localeTargets: SortedMap<LocaleEntry> = [:]
    for (locale, file) in zip(locales, texts) {
        targets.append(OutputFile(path: file.target.path, bytes: file.bytes))
        localeTargets[locale] = LocaleEntry(
            target: file.target, messages: Int64(file.count), lookup: chains.lookup(locale))
    }
    var assetMap: SortedMap<AssetEntry> = [:]
    for asset in assets {
        assetMap[asset.name] = asset.target
        targets.append(asset.file)
    }
    // Two names may hold the same image.
    var distinct: [OutputFile] = []
    for target in targets.sorted(by: { utf8Less($0.path, $1.path) }) where target.path != distinct.last?.path {
        distinct.append(target)
    }
    let list = distinct.map { $0.path + "\n" }.joined()
    return Bundle(
        manifest: Manifest(
            release: 0, content: sha256Hex(Array(list.utf8)), engine: Manifest.engineVersion,
            source: compilation.project.source, catalog: catalogTarget, locales: localeTargets,
            fallbacks: SortedMap(compilation.project.fallbacks.map { .init($0.key, $0.value) }), assets: assetMap),
        targets: distinct)
}

private func add(_ bytes: [UInt8], _ name: String, to targets: inout [OutputFile]) -> TargetEntry {
    let target = describe(bytes, name)
    targets.append(OutputFile(path: target.path, bytes: bytes))
    return target
}

private func describe(_ bytes: [UInt8], _ name: String) -> TargetEntry {
    let hash = sha256Hex(bytes)
    return TargetEntry(path: "targets/\(hash).\(name)", sha256: hash, bytes: Int64(bytes.count))
}

/// The catalog in canonical form, its messages written on all cores.
private func catalogBytes(_ compilation: Compilation) -> [UInt8] {
    let messages = concurrentMap(compilation.messages.count) { compilation.messages[$0].catalog?.json.canonicalBytes }
    guard case .object(let declarations) = declarationsOnly(compilation.project).json else { return [] }
    var writer = CanonicalWriter()
    writer.bytes.reserveCapacity(messages.reduce(4096) { $0 + ($1?.count ?? 0) + 1 })
    writer.object { writer in
        for member in declarations.members.sorted(by: { canonicalKeyPrecedes($0.key, $1.key) }) {
            writer.key(member.key)
            guard member.key == "messages" else {
                writer.value(member.value.canonicalBytes)
                continue
            }
            writer.array { writer in
                for message in messages {
                    guard let message else { continue }
                    writer.separate()
                    writer.value(message)
                }
            }
        }
    }
    return writer.bytes
}

/// The catalog of a project without its messages: what expressions and values are typed by.
func declarationsOnly(_ project: ProjectDefinition) -> Catalog {
    func declarations(_ attributes: [Attribute]) -> SortedMap<AttributeDeclaration> {
        SortedMap(attributes.map { .init($0.name, AttributeDeclaration($0)) })
    }
    return Catalog(
        context: SortedMap(project.context.map { .init($0.name, declarations($0.attributes)) }),
        events: SortedMap(project.events.map { .init($0.name, declarations($0.properties)) }),
        groups: SortedMap(project.groups.map { .init($0.name, GroupDeclaration(frequency: $0.frequency)) }),
        links: LinkRules(project.links), messages: [])
}

extension LinkRules {
    /// What a client is told of where links may lead.
    init(_ links: LinkPolicyDefinition) {
        self.init(schemes: links.schemes.sorted(by: utf8Less), hosts: links.hosts.sorted(by: utf8Less))
    }
}

extension AttributeDeclaration {
    /// What a client is told of an attribute.
    init(_ attribute: Attribute) {
        self.init(
            type: attribute.type, values: attribute.values, defaultValue: attribute.defaultValue,
            optional: attribute.isOptional)
    }
}

private struct LocaleText: Sendable {
    var target: TargetEntry
    var bytes: [UInt8]
    var count: Int
}

private func localeTarget(_ locale: String, _ chains: LocaleChains, _ compilation: Compilation) -> LocaleText {
    var messages: [(id: String, localization: Localization)] = []
    messages.reserveCapacity(compilation.messages.count)
    for message in compilation.messages {
        guard let shown = chains.localization(of: message, in: locale, compilation.project) else { continue }
        messages.append((message.definition.id, shown))
    }
    let bytes = localeFileBytes(locale: locale, messages: messages)
    return LocaleText(target: describe(bytes, locale + ".json"), bytes: bytes, count: messages.count)
}

private struct AssetFile {
    var name: String
    var target: AssetEntry
    var file: OutputFile
}

private func assetTargets(_ compilation: Compilation) -> [AssetFile] {
    let names = Set(compilation.messages.flatMap(\.assets)).sorted(by: utf8Less)
    return names.compactMap { name in
        guard let index = compilation.assets[name], let type = assetType(name),
            let suffix = name.split(separator: ".").last
        else { return nil }
        let bytes = compilation.files.files[index].bytes
        let target = describe(bytes, String(suffix))
        let header = ImageHeader(bytes)
        return AssetFile(
            name: name,
            target: AssetEntry(
                target: target, type: type, width: header?.width.map(Int64.init), height: header?.height.map(Int64.init)
            ),
            file: OutputFile(path: target.path, bytes: bytes))
    }
}

import ByteText
import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// The bundle of a project: its manifest and the files that the manifest names.
package struct Bundle: Sendable {
    package var manifest: Manifest
    /// Files of `bundle/`, each named by its hash, in the order of their paths.
    package var targets: [OutputFile]
}

/// Makes the bundle of a project without errors.
///
/// Every file is canonical JSON (RFC 8785) or an image as it is, named by its SHA-256, so that the same project gives
/// the same bytes anywhere.
package func emitBundle(_ compilation: Compilation) -> Bundle {
    emitBundle(BundleParts(compilation))
}

/// The same of its parts.
func emitBundle(_ parts: BundleParts) -> Bundle {
    let made = parts.all()
    var targets: [OutputFile] = []
    // Two names may hold the same image.
    for file in made.map(\.file).sorted(by: { utf8Less($0.path, $1.path) }) where file.path != targets.last?.path {
        targets.append(file)
    }
    return Bundle(manifest: parts.manifest(of: made.map(\.entry)), targets: targets)
}

/// The files of a bundle before they are made: the catalog, a file for each locale, the images.
///
/// A build makes each when it writes it, so that they need not all be in memory at once; the manifest, which names them
/// by their hashes, comes last.
struct BundleParts: Sendable {
    private let compilation: Compilation
    private let chains: LocaleChains
    private let locales: [String]
    private let images: [Image]
    /// All files, where they are wanted before they are written.
    private var made: [(entry: Entry, file: OutputFile)] = []

    /// An image that a message shows.
    private struct Image {
        var name: String
        /// Its media type.
        var type: String
        /// Where its bytes are among the project's files.
        var file: Int
    }

    /// What the manifest tells of one file.
    enum Entry: Sendable {
        case catalog(TargetEntry)
        case locale(String, LocaleEntry)
        case asset(String, AssetEntry)

        var target: TargetEntry {
            switch self {
            case .catalog(let target): target
            case .locale(_, let entry): entry.target
            case .asset(_, let entry): entry.target
            }
        }
    }

    init(_ compilation: Compilation) {
        self.compilation = compilation
        chains = LocaleChains(compilation.project)
        locales = compilation.locales
        images = Set(compilation.messages.flatMap(\.assets)).sorted(by: utf8Less).compactMap { name in
            guard let file = compilation.assets[name], let type = assetType(name) else { return nil }
            return Image(name: name, type: type, file: file)
        }
    }

    var count: Int { 1 + locales.count + images.count }

    /// Every file.
    func all() -> [(entry: Entry, file: OutputFile)] {
        made.isEmpty ? concurrentMap(count, make) : made
    }

    /// Makes every file now and keeps it, for who needs the whole bundle before it is written.
    mutating func makeAll() { made = all() }

    /// The file at an index; from any thread.
    @Sendable
    func make(_ index: Int) -> (entry: Entry, file: OutputFile) {
        if !made.isEmpty { return made[index] }
        switch index {
        case 0:
            let (target, file) = describe(catalogBytes(compilation), "catalog.json")
            return (.catalog(target), file)
        case ...locales.count: return locale(index - 1)
        default: return asset(images[index - 1 - locales.count])
        }
    }

    /// The manifest of files that have been made.
    func manifest(of entries: [Entry]) -> Manifest {
        var catalog = TargetEntry(path: "", sha256: "", bytes: 0)
        var locales: SortedMap<LocaleEntry> = [:]
        var assets: SortedMap<AssetEntry> = [:]
        for entry in entries {
            switch entry {
            case .catalog(let target): catalog = target
            case .locale(let tag, let entry): locales[tag] = entry
            case .asset(let name, let entry): assets[name] = entry
            }
        }
        let list = Set(entries.map(\.target.path)).sorted(by: utf8Less).map { $0 + "\n" }.joined()
        return Manifest(
            release: 0, content: sha256Hex(Array(list.utf8)), engine: neededEngine,
            source: compilation.project.source, catalog: catalog, locales: locales,
            fallbacks: SortedMap(compilation.project.fallbacks.map { .init($0.key, $0.value) }), assets: assets)
    }

    /// The least engine version that shows these messages as their authors say.
    private var neededEngine: Int64 {
        compilation.messages.contains { $0.catalog?.onMissing == .hide } ? Manifest.hidingEngineVersion : 1
    }

    private func locale(_ index: Int) -> (entry: Entry, file: OutputFile) {
        let locale = locales[index]
        var messages: [(id: String, localization: LoweredLocalization)] = []
        messages.reserveCapacity(compilation.messages.count)
        for message in compilation.messages {
            guard let shown = localization(of: message, index) else { continue }
            messages.append((message.definition.id, shown))
        }
        let (target, file) = describe(localeFileBytes(locale: locale, messages: messages), locale + ".json")
        let entry = LocaleEntry(target: target, messages: Int64(messages.count), lookup: chains.lookup(locale))
        return (.locale(locale, entry), file)
    }

    /// What readers of the locale at `index` see of a message.
    private func localization(of message: CompiledMessage, _ index: Int) -> LoweredLocalization? {
        // Most messages are in every language, in the order of the project.
        if index < message.localizations.count, message.localizations[index].locale == locales[index] {
            return message.localizations[index]
        }
        return chains.localization(of: message, in: locales[index], compilation.project)
    }

    private func asset(_ image: Image) -> (entry: Entry, file: OutputFile) {
        let bytes = compilation.files.files[image.file].bytes
        let header = try? ImageFile(bytes)
        let suffix = image.name.split(separator: ".").last.map(String.init) ?? image.name
        let (target, file) = describe(bytes, suffix)
        let entry = AssetEntry(
            target: target, type: image.type, width: header?.width.map(Int64.init),
            height: header?.height.map(Int64.init))
        return (.asset(image.name, entry), file)
    }
}

/// The files of `bundle/`. As they are named by their hashes, no path is known before its file is made.
enum BundleFiles: Sendable {
    /// Made as they are written, and read back.
    case parts(BundleParts, ReadBack)
    case made(manifest: [UInt8], targets: [OutputFile])

    /// How many targets there are, two with the same content counted as two.
    var count: Int {
        switch self {
        case .parts(let parts, _): parts.count
        case .made(_, let targets): targets.count
        }
    }

    /// The target at an index, and what the manifest tells of it; from any thread.
    func make(_ index: Int) -> (entry: BundleParts.Entry?, file: OutputFile) {
        switch self {
        case .parts(let parts, let readBack):
            let (entry, file) = parts.make(index)
            readBack.check(file, as: entry)
            return (entry, file)
        case .made(_, let targets): return (nil, targets[index])
        }
    }

    /// The manifest, once every target has been made.
    func manifest(of entries: [BundleParts.Entry]) -> [UInt8] {
        switch self {
        case .parts(let parts, let readBack):
            let bytes = parts.manifest(of: entries).json.canonicalBytes
            readBack.check(manifest: bytes)
            return bytes
        case .made(let manifest, _): return manifest
        }
    }

    /// The first file, of those that have been made, that its readers refuse.
    var unreadable: UnreadableFile? {
        switch self {
        case .parts(_, let readBack): readBack.first
        case .made: nil
        }
    }
}

/// A file of the bundle, under the name that its bytes give it.
private func describe(_ bytes: [UInt8], _ name: String) -> (target: TargetEntry, file: OutputFile) {
    let hash = sha256Hex(bytes)
    let path = "targets/\(hash).\(name)"
    return (TargetEntry(path: path, sha256: hash, bytes: Int64(bytes.count)), OutputFile(path: path, bytes: bytes))
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
    func declarations(_ attributes: DeclaredList<AttributeDefinition>) -> SortedMap<AttributeDeclaration> {
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
    init(_ attribute: AttributeDefinition) {
        self.init(
            type: attribute.type, values: attribute.values, defaultValue: attribute.defaultValue,
            optional: attribute.isOptional)
    }
}

import CanonicalJSON
import Cryptography
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine

/// A bundle in memory, served as a source that can be cut off and counts what it is asked for.
final class MemoryBundle: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [String: [UInt8]] = [:]
    private var asked: [String] = []
    private var offline = false
    private var left = Int.max

    var files: [String: [UInt8]] {
        get { lock.withLock { stored } }
        set { lock.withLock { stored = newValue } }
    }
    var requests: [String] {
        get { lock.withLock { asked } }
        set { lock.withLock { asked = newValue } }
    }
    var isOffline: Bool {
        get { lock.withLock { offline } }
        set { lock.withLock { offline = newValue } }
    }

    /// The requests that are answered from now on.
    var failsAfter: Int {
        get { lock.withLock { left } }
        set { lock.withLock { left = newValue } }
    }

    struct Missing: Error {}

    var source: BundleSource {
        BundleSource(respond: { request in
            await Task.yield()
            return try self.lock.withLock { () throws -> BundleResponse in
                self.asked.append(request.path)
                guard !self.offline, self.left > 0 else { throw Missing() }
                self.left -= 1
                return self.stored[request.path].map { .file($0) } ?? .missing("Missing()")
            }
        })
    }

    /// Puts a file among the targets.
    @discardableResult
    func add(_ bytes: [UInt8], as name: String) -> TargetEntry {
        let digest = Cryptography.platform.sha256Hex(bytes)
        let entry = TargetEntry(path: "targets/\(digest).\(name)", sha256: digest, bytes: Int64(bytes.count))
        files[entry.path] = bytes
        return entry
    }

    /// Publishes a bundle of one message, `hello`, with a title in each locale.
    @discardableResult
    func publish(
        titles: [String: String] = ["en": "Hello", "fr": "Bonjour"], release: Int64 = 0,
        engine: Int64 = Manifest.engineVersion, delay: Int64 = 0, hides: Bool = false,
        experiment: String = ""
    ) throws -> Manifest {
        let catalog = try JSONValue(
            parsing: Array(
                """
                {"schema":"placard/catalog/1","context":{"user":{"country":{"type":"string","optional":true}}},
                 "events":{"session_start":{},"trial_ending":{"days":{"type":"int"},
                 "plan":{"type":"string","values":["free","premium"],"optional":true}}},"groups":{},"messages":[{"id":"hello","template":"banner",
                 "surface":"banner","blocking":false,"dismiss":["button"],
                 "trigger":{"event":"session_start","delay":\(delay)},
                 "frequency":[{"count":2,"per":"total"}],"priority":50,\(experiment.isEmpty ? "" : "\"experiment\":\(experiment),")\(hides ? "\"onMissing\":\"hide\"," : "")
                 "actions":[{"id":"no","dismiss":true},{"id":"later","remind":60}],"fields":{},"needs":[]}]}
                """.utf8))
        var locales: SortedMap<LocaleEntry> = [:]
        for (locale, title) in titles.sorted(by: { $0.key < $1.key }) {
            let message = LocalizedMessage(
                locale: locale, direction: .ltr,
                content: LocalizedContent(
                    fields: ["title": .text(.plain(title))], actions: ["no": .plain("No"), "later": .plain("Later")]))
            let file = LocaleFile(locale: locale, messages: ["hello": message])
            locales[locale] = LocaleEntry(
                target: add(file.json.canonicalBytes, as: locale + ".json"), messages: 1, lookup: [locale])
        }
        var manifest = Manifest(
            release: release, content: String(repeating: "0", count: 64), engine: engine, source: "en",
            catalog: add(catalog.canonicalBytes, as: "catalog.json"), locales: locales,
            assets: ["a.png": AssetEntry(target: add([1, 2, 3], as: "png"), type: "image/png")])
        put(&manifest)
        return manifest
    }

    /// Serves a manifest, with the digest of its files.
    func put(_ manifest: inout Manifest) {
        let paths = Set(manifest.targetEntries.map(\.path)).sorted()
        manifest.content = Cryptography.platform.sha256Hex(Array(paths.map { $0 + "\n" }.joined().utf8))
        files["manifest.json"] = manifest.json.canonicalBytes
    }
}

/// A clock that tests move.
final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var seconds: Int64 = 1_790_000_000
    var now: Instant { lock.withLock { Instant(seconds: seconds) } }
    func advance(_ by: Int64) { lock.withLock { seconds += by } }
}

/// What a client has reported, from any thread.
final class Reports: @unchecked Sendable {
    private let lock = NSLock()
    private var errors: [ClientError] = []
    var all: [ClientError] { lock.withLock { errors } }
    func add(_ error: ClientError) { lock.withLock { errors.append(error) } }
}

/// Something that happens once.
final class Once: @unchecked Sendable {
    private let lock = NSLock()
    private var isTaken = false
    func take() -> Bool {
        lock.withLock {
            defer { isTaken = true }
            return !isTaken
        }
    }
}

/// A folder that is gone after the test.
final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("placard-client-" + UUID().uuidString)
    deinit { try? FileManager.default.removeItem(at: url) }
    func files(_ path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent(path).path))?.sorted() ?? []
    }
}

/// A client over the bundle, as an app makes it anew at each start.
func client(
    _ bundle: MemoryBundle, _ folder: TemporaryFolder, languages: [String] = ["fr-CA"], clock: TestClock = TestClock(),
    events: (any EventReceiver)? = nil, eventStore: (any EventStore)? = nil,
    report: @escaping @Sendable (ClientError) -> Void = { _ in }
) -> PlacardClient {
    PlacardClient(
        source: bundle.source, folder: folder.url, unit: "rider-17", events: events, eventStore: eventStore,
        environment: ClientEnvironment(
            now: { clock.now }, timeZone: { "Europe/Paris" }, languages: { languages }, platform: .foundation),
        report: report)
}

extension PlacardClient {
    /// The title of what shows at the start of a session.
    func title() -> String? {
        guard let shown = decide(event: "session_start", context: [:]),
            case .text(let text)? = shown.content.fields["title"]
        else { return nil }
        return text
    }
}

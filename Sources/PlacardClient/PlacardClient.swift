import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardEngine

/// Messages for one user of an app: gets bundles, keeps them, remembers what was shown, and decides what shows next.
///
/// Make one for each user, and tell it what happens:
///
/// ```swift
/// let client = PlacardClient(source: .https(messagesURL), folder: cacheFolder, unit: user.id)
/// Task { try await client.update() }
///
/// if let message = await client.decide(event: "session_start", context: context) {
///     show(message.content)
///     await client.shown(message)
/// }
/// ```
///
/// What it got last is in its folder, so that it decides at once after a start, and without a network. An update that
/// fails, whatever the reason, changes nothing. With a `root`, it takes releases alone that were signed as that root says
/// (The Update Framework); without one, lengths and hashes are checked against the manifest, and the manifest is believed as
/// it comes over the source.
///
/// An app and its extensions may share a folder, each with a client of its own.
public actor PlacardClient {
    /// The largest manifest that is read, in bytes.
    public static let manifestLimit = 4 << 20
    /// The largest target that is read, in bytes.
    public static let targetLimit = 64 << 20
    /// The most diagnostics about contexts and events that are reported.
    public static let noteLimit = 100

    /// What came of an update.
    public enum UpdateOutcome: Sendable, Equatable {
        /// There is a new bundle, or the user's languages are others, and it is in use.
        case updated
        /// The bundle in use is the newest.
        case unchanged
        /// The newest bundle is for a newer version of the app; the one in use stays.
        case needsNewerEngine(Int64)
    }

    let source: BundleSource
    let folder: ClientFolder
    let unit: String
    let environment: ClientEnvironment
    /// The root of trust that came with the app; nil for bundles that are not signed.
    let root: [UInt8]?
    private let bundled: URL?
    let report: @Sendable (ClientError) -> Void

    private var isOpen = false
    var bundle: LoadedBundle?
    /// What the user's languages come to in the bundle in use; made anew when either is another.
    private var reader: (languages: [String], content: String, reads: [String])?
    /// What ``report`` has been told of the app's own slips.
    private var reportedSlips: Set<String> = []
    /// The update on its way, if there is one, and how many there have been.
    var flight: Flight?
    var flightCount = 0
    /// Whether the release on its way may have a lower number than the one in use: the keys that signed that are gone.
    var mayFall = false
    /// The patches that the release on its way offers, by the names of the targets that they lead to.
    var patches: [String: OfferedPatch] = [:]
    /// Who is told of messages that are to show.
    var listeners: [Int: AsyncStream<ShownMessage>.Continuation] = [:]
    var listenerCount = 0
    var history = History()
    /// How large the history's file is, in bytes.
    private var historySize = 0
    /// What is in ``history`` and could not be written: it is tried again with what comes next.
    var unwritten: [HistoryEntry] = []
    /// Who is told of what happens with messages.
    let events: (any EventReceiver)?
    let eventStore: any EventStore
    /// Without a receiver and a store of the app's, nobody would ever read events.
    let keepsEvents: Bool
    /// What the store could not keep: it is tried again with what comes next.
    var unkeptEvents: [MessageEvent] = []
    /// The delivery on its way, and the one that waits after a failure, and for how long.
    var delivery: Task<Bool, Never>?
    var redelivery: Task<Void, Never>?
    var deliveryPace = UpdatePace(interval: .seconds(3600))
    var sessionStart: Instant
    var screen = Screen()

    /// A client; nothing is read before it is first asked.
    ///
    /// - Parameters:
    ///   - source: where bundles come from.
    ///   - folder: where the client keeps its files; of this user alone. It is made when it is not there.
    ///   - unit: what rollouts and experiments are drawn by: the user's id, or the installation's.
    ///   - root: the bytes of the root of trust that signs releases, `1.root.json` of `placard keys`, as it ships in the app;
    ///     nil takes bundles that are not signed.
    ///   - bundled: a bundle that ships in the app, to begin with: a folder with its `manifest.json`.
    ///   - events: is given what happens with messages, at least once each; nil when nobody wants to know.
    ///   - eventStore: where events wait for `events`, or for the app itself; nil is a file in `folder`.
    ///   - environment: clock, time zone and languages; the device's own unless a test says otherwise.
    ///   - report: is told of what goes wrong where nothing is thrown: a history or a cache that cannot be kept, and, each
    ///     once, the slips of the app: an event or a context that is not as `placard.yaml` declares it, an action that a
    ///     message does not have.
    public init(
        source: BundleSource, folder: URL, unit: String, root: [UInt8]? = nil, bundled: URL? = nil,
        events: (any EventReceiver)? = nil, eventStore: (any EventStore)? = nil,
        environment: ClientEnvironment = .system, report: @escaping @Sendable (ClientError) -> Void = { _ in }
    ) {
        self.source = source
        self.folder = ClientFolder(url: folder)
        self.unit = unit
        self.root = root
        self.bundled = bundled
        self.events = events
        self.eventStore = eventStore ?? EventLog(folder: ClientFolder(url: folder), report: report)
        keepsEvents = events != nil || eventStore != nil
        self.environment = environment
        self.report = report
        sessionStart = environment.now()
    }

    /// Tells of what in a context or an event is not as declared, each thing once.
    func report(_ notes: [ContextNote]) {
        for note in notes { reportOnce(.mismatch(note), slip: note.slip) }
    }

    /// Tells of a slip of the app's, once.
    ///
    /// - Parameter slip: what is the same for the same slip; nil where that is all that the error says.
    func reportOnce(_ error: ClientError, slip: String? = nil) {
        guard reportedSlips.count < PlacardClient.noteLimit else { return }
        if reportedSlips.insert(slip ?? error.description).inserted { report(error) }
    }

    /// What the user reads of a bundle.
    func readers(of bundle: LoadedBundle) -> [String] {
        let languages = environment.languages()
        if let reader, reader.languages == languages, reader.content == bundle.manifest.content { return reader.reads }
        let reads = bundle.locales.choice(for: languages).languages
        reader = (languages, bundle.manifest.content, reads)
        return reads
    }

    // MARK: Bundles

    /// The release in use; nil when there is no bundle yet.
    public var release: Int64? { opened()?.manifest.release }

    /// The locale of the texts in use; nil when there is no bundle yet.
    public var locale: String? { opened()?.locale }

    /// Whether ``locale`` is one of the user's own languages, or where the project sends its readers, rather than the next
    /// best; false when there is no bundle yet. A server sends no notification of a message that hides where it is false.
    public var hasOwnLanguage: Bool {
        guard let bundle = opened() else { return false }
        let reads = readers(of: bundle)
        return reads.isEmpty || LocaleLookup.reads(bundle.locale, reads)
    }

    /// Reads the folder, once, and gives the bundle in use.
    @discardableResult
    func opened() -> LoadedBundle? {
        guard !isOpen else { return bundle }
        isOpen = true
        folder.removeLeftovers()
        loadBundle()
        if unit.isEmpty { reportOnce(.emptyUnit) }
        openHistory()
        deliverWhatIsLeft()
        return bundle
    }

    /// Leaves a bundle of which a file was changed by another program since it was verified, for what can be read of the folder;
    /// true when it was one.
    func leaveDamagedBundle() -> Bool {
        guard let path = bundle?.damagedPath else { return false }
        report(.wrongHash(path: path))
        loadBundle()
        return true
    }

    private func loadBundle() {
        let stored = load { (languages, platform) throws(ClientError) in
            try LoadedBundle(in: folder, languages, platform)
        }
        let shipped = bundled.flatMap { bundled in
            load { (languages, platform) throws(ClientError) in
                try LoadedBundle(shipped: bundled, languages, platform)
            }
        }
        bundle = stored
        if let bundled, shipped == nil { reportOnce(.missingBundle(path: bundled.path)) }
        if let shipped, shipped.manifest.release > stored?.manifest.release ?? -1 { bundle = shipped }
    }

    private func load(
        _ read: ([String], EnginePlatform) throws(ClientError) -> LoadedBundle?
    ) -> LoadedBundle? {
        do throws(ClientError) {
            return try read(environment.languages(), environment.platform)
        } catch {
            report(error)
            return nil
        }
    }

    // MARK: History

    private func openHistory() {
        let isRepaired = readHistory() ?? false
        let hasFirst = readFirstHistory()
        if isRepaired || hasFirst { compactHistory() }
    }

    /// Reads the history's file; true when it is to be written anew, nil when there is none.
    private func readHistory() -> Bool? {
        guard let bytes = folder.storedHistory() else { return nil }
        historySize = bytes.count
        var damaged = 0
        history = History(file: bytes, damaged: &damaged)
        guard damaged > 0 else { return bytes.count > HistoryLimits.fileBytes }
        let lines = damaged == 1 ? "a line is" : "\(damaged) lines are"
        report(.malformed(path: historyPath, reason: "\(lines) not as written, and left out"))
        return true
    }

    /// Takes in what the first version kept; true when there is something.
    private func readFirstHistory() -> Bool {
        do throws(ClientError) {
            guard let bytes = try folder.storedFirstHistory() else { return false }
            guard let json = try? JSONValue(parsing: bytes), let first = History(firstVersion: json) else {
                throw .malformed(path: firstHistoryPath, reason: "it is not a history; a new one begins")
            }
            history.formUnion(first)
            return true
        } catch {
            report(error)
            return false
        }
    }

    /// Records what has happened, and appends it to the history's file. What cannot be written is still remembered until
    /// the app ends.
    func record(_ entries: [HistoryEntry]) {
        for entry in entries { history.record(entry) }
        unwritten += entries
        let bytes = unwritten.flatMap { History.line($0) }
        guard historySize + bytes.count <= HistoryLimits.fileBytes else {
            // What another process has appended since is in the file alone, and what could not be written is not in it.
            if readHistory() != nil { for entry in unwritten { history.record(entry) } }
            return compactHistory()
        }
        do throws(ClientError) {
            let size = try folder.append(history: bytes)
            // Nothing but these: somebody has removed the file. What is in memory holds, and is written anew.
            let isGone = historySize > 0 && size == bytes.count
            historySize = size
            unwritten = []
            if isGone { compactHistory() }
        } catch {
            report(error)
        }
    }

    /// Forgets what is beyond the limits, and writes the file anew.
    func compactHistory() {
        let now = environment.now()
        history.compact(now: now) { [bundle, sessionStart] id in
            // Without a bundle nobody knows what counts.
            bundle?.engine.reach(of: id, now: now, sessionStart: sessionStart) ?? .always
        }
        do throws(ClientError) {
            let bytes = history.file
            try folder.store(history: bytes)
            historySize = bytes.count
            unwritten = []
        } catch {
            report(error)
        }
    }
}

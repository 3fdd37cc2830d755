import ByteText
import CanonicalJSON
import DiagnosticRendering
import LocalServer
import PlacardCompiler
import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Answers browsers, looks at the project when something in it changes, and tells the pages.
final class ServeLoop {
    private let server: LocalServer
    private let served: ServedProject
    private let changes: ProjectChanges

    /// The path that pages wait for news at, with their own behind it.
    private static let events = "/placard/events"

    init(server: LocalServer, served: ServedProject, location: ProjectLocation, base: ServedBase? = nil) {
        self.server = server
        self.served = served
        changes = ProjectChanges(folder: location.folder, base: base?.watched)
    }

    /// Runs until the process is ended.
    func run() {
        while true { turn(milliseconds: 250) }
    }

    /// One turn; looks at the project where something may have changed.
    func turn(milliseconds: Int32) {
        let isReadable = server.turn(milliseconds: milliseconds, other: changes.descriptor, answer: answer)
        guard var changed = changes.take(isReadable: isReadable) else { return }
        // Who saves a file writes it in several steps, and a switch of branches writes many files.
        while changes.descriptor != nil, server.turn(milliseconds: 10, other: changes.descriptor, answer: answer) {
            if let more = changes.take(isReadable: true) { changed.add(more) }
        }
        // First, so that nothing goes by in a new folder between the two.
        if changed.files == nil { changes.watch() }
        look(changed)
    }

    private func look(_ changed: ProjectChange) {
        let open = server.streams.map { String($0.dropFirst(ServeLoop.events.count)) }
        switch served.refresh(changed, open: open) {
        case .none: break
        case .failed(let text): server.send(ServerEvent("failed", text.description))
        case .built(let pages, let all):
            let news: JSONValue = .object([
                "all": .bool(all), "pages": .array(pages.map { .string($0) }),
            ])
            server.send(ServerEvent("built", news.canonicalString))
        }
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        if request.path == ServedProject.script {
            return HTTPResponse(type: mediaType(ofPath: request.path), body: .bytes(Array(serveScript.utf8)))
        }
        if request.path.hasPrefix(ServeLoop.events + "/") {
            let failure = served.failure.map { [ServerEvent("failed", $0.description)] } ?? []
            return HTTPResponse(type: "text/event-stream", body: .events(failure))
        }
        if let file = served.file(at: request.path) { return file }
        guard served.failure != nil, request.path == "/" else { return HTTPResponse(.notFound) }
        return HTTPResponse(type: "text/html; charset=utf-8", body: .bytes(failurePage))
    }

    /// What is shown while there has been no good build yet; it is loaded anew with the first.
    private var failurePage: [UInt8] {
        var page = ByteBuffer(capacity: 1024)
        page.append(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            connect-src 'self'; script-src 'self'"><title>Placard</title><script src="/placard/serve.js"></script></head>
            <body><main><h1>Not built yet</h1></main></body></html>

            """)
        return page.bytes
    }
}

/// Says when a project may have changed: by the system's watches where there are any, else by asking from time to time.
private final class ProjectChanges {
    private let folder: String
    private let base: (folder: String, isTree: Bool)?
    #if os(Linux)
        private var watches = FolderWatch()
    #endif
    /// When it was looked at last, where nothing is watched.
    private var last = ContinuousClock.now

    /// - Parameter base: what tells of the version that the project is compared with; nil for none.
    init(folder: String, base: (folder: String, isTree: Bool)?) {
        self.folder = folder
        self.base = base
        watch()
    }

    /// Can be read when something has changed; nil where nothing is watched.
    var descriptor: Int32? {
        #if os(Linux)
            watches?.descriptor
        #else
            nil
        #endif
    }

    /// Watches the project's folders, those that came since too.
    func watch() {
        #if os(Linux)
            guard let watches else { return }
            // Where the system has no watch left, all is asked for instead.
            let projects = [folder] + (base.map { $0.isTree ? [$0.folder] : [] } ?? [])
            let trees = projects.flatMap { project in
                ["content", "templates", "scenarios"].map { "\(project)/\($0)" }
            }
            let folders = [folder] + (base.map { [$0.folder] } ?? [])
            if !watches.watch(folders) || !watches.watch(trees: trees) { self.watches = nil }
        #endif
    }

    /// What may have changed; nil where nothing has.
    func take(isReadable: Bool) -> ProjectChange? {
        #if os(Linux)
            if let watches {
                guard isReadable else { return nil }
                guard let paths = watches.take() else { return .anything }
                let change = ProjectChange(
                    files: Set(paths.compactMap { $0.path(below: folder) }),
                    isOfBase: base.map { base in paths.contains { $0.path(below: base.folder) != nil } } ?? false)
                return change.isNothing ? nil : change
            }
        #endif
        guard last.duration(to: .now) > .seconds(1) else { return nil }
        last = .now
        return .anything
    }
}

extension String {
    /// What leads from `folder` to this path; nil where it is not below that.
    fileprivate func path(below folder: String) -> String? {
        hasPrefix(folder + "/") ? String(dropFirst(folder.utf8.count + 1)) : nil
    }
}

/// What of a project may have changed, and whether the version that it is compared with may have become another.
struct ProjectChange {
    /// Files, by their paths in the project; nil where it may be anything.
    var files: Set<String>?
    var isOfBase: Bool

    static let anything = ProjectChange(files: nil, isOfBase: true)

    var isNothing: Bool { files?.isEmpty == true && !isOfBase }

    mutating func add(_ other: ProjectChange) {
        if let own = files, let more = other.files { files = own.union(more) } else { files = nil }
        isOfBase = isOfBase || other.isOfBase
    }
}

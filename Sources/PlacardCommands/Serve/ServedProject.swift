import CanonicalJSON
import DiagnosticRendering
import LocalServer
import PlacardCompiler
import SourceDiagnostics

/// A project as `placard serve` shows it: the pages of the last build without errors, and what is wrong now.
final class ServedProject {
    private let location: ProjectLocation
    /// What it is compared with; nil for nothing.
    private let base: ServedBase?
    private var files: ProjectFiles?
    private var former: FormerMessages?
    /// The pages of the last build without errors, by path below `preview/`.
    private var pages: OutputFiles?
    private var places: [String: Int] = [:]
    /// Pages as browsers have got them, to tell which have changed.
    private var shown: [String: [UInt8]] = [:]
    /// What is wrong, in words; nil while nothing is.
    private(set) var failure: OutputText?

    /// The address of the script that waits for news.
    static let script = "/placard/serve.js"
    /// Pages that are remembered.
    private static let maximumShown = 64

    init(_ location: ProjectLocation, base: ServedBase? = nil) {
        self.location = location
        self.base = base
    }

    /// What came of looking at the project again.
    enum News {
        /// Nothing has changed.
        case none
        /// A build; what of the pages that browsers show has changed, and whether what all share has.
        case built(pages: [String], all: Bool)
        case failed(OutputText)
    }

    /// Reads and compiles the project, as far as something has changed.
    ///
    /// - Parameter open: the paths of the pages that browsers show.
    func refresh(_ change: ProjectChange, open: [String]) -> News {
        let hasOtherBase = change.isOfBase && base?.refresh() ?? false
        let found: ProjectFiles
        do {
            found = try read(change)
        } catch {
            files = nil
            return fail(error.message)
        }
        if let files, isSame(files, found), !hasOtherBase { return .none }
        files = found
        // Who is at work on a text has not translated it yet.
        let compilation = compile(
            found, knownDiagnostics: embeddedDiagnosticPages.keys.sorted(), keepsUnits: base != nil,
            allowsIncomplete: true,
            former: former, keepsMessages: true)
        former = compilation.former
        guard !compilation.hasErrors else { return fail(report(compilation)) }
        failure = nil
        return show(compilation, open)
    }

    private func read(_ change: ProjectChange) throws(CommandFailure) -> ProjectFiles {
        if let paths = change.files, let files, !location.followsLinks,
            let found = reload(files, paths, at: location.folder)
        {
            return found
        }
        return try load(location)
    }

    private func fail(_ text: OutputText) -> News {
        guard failure != text else { return .none }
        failure = text
        return .failed(text)
    }

    private func report(_ compilation: Compilation) -> OutputText {
        let options = RenderingOptions(
            color: false, width: 100, pathPrefix: location.displayPrefix, toolVersion: placardVersion,
            pages: embeddedDiagnosticPages)
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        return render(errors, files: sources(of: errors, in: compilation.files), as: .human, options: options)
    }

    private func show(_ compilation: Compilation, _ open: [String]) -> News {
        let former = pages
        let formerPlaces = places
        let pages = BuildOutput(
            compilation, title: "Placard", generator: "Placard \(placardVersion)",
            base: base?.compared(with: compilation),
            liveScript: ServedProject.script
        ).preview
        self.pages = pages
        places = Dictionary(pages.paths.enumerated().map { ($1, $0) }) { first, _ in first }
        guard let former else { return .built(pages: [], all: true) }
        // Styles and scripts are parts of all pages.
        let parts = pages.paths.indices.filter { isPart(pages.paths[$0]) }
        let all = parts.contains { index in
            formerPlaces[pages.paths[index]].map { former[$0].bytes != pages[index].bytes } ?? true
        }
        let changed = Set(open).filter { path in
            let name = file(path)
            guard let former = shown[name] else { return true }
            let now = places[name].map { pages[$0].bytes }
            shown[name] = now
            return now != former
        }
        return .built(pages: changed.sorted(), all: all)
    }

    private func isPart(_ path: String) -> Bool {
        path.hasPrefix("assets/") && (path.hasSuffix(".css") || path.hasSuffix(".js"))
    }

    /// The file that a path of an address names.
    private func file(_ path: String) -> String {
        let name = String(path.drop { $0 == "/" })
        return name.isEmpty || name.hasSuffix("/") ? name + "index.html" : name
    }

    /// A page, script, style sheet or image of the last build; nil where there is none of that name.
    func file(at path: String) -> HTTPResponse? {
        let name = file(path)
        guard let pages, let place = places[name] else { return nil }
        let bytes = pages[place].bytes
        let type = mediaType(ofPath: name)
        if name.hasSuffix(".html") {
            if shown.count >= ServedProject.maximumShown { shown.removeAll() }
            shown[name] = bytes
        }
        return HTTPResponse(type: type, body: .bytes(bytes))
    }
}

/// Whether two readings of a project's folder gave the same.
func isSame(_ first: ProjectFiles, _ second: ProjectFiles) -> Bool {
    first.files.count == second.files.count && first.problems.map(\.message) == second.problems.map(\.message)
        && zip(first.files, second.files).allSatisfy { $0.path == $1.path && $0.bytes == $1.bytes }
}

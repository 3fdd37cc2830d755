import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// How a build reaches the disk. A reader, at any moment, finds either the previous build or the new one,
// each whole: targets are named by their hash and only ever added before the manifest that names them;
// the preview and the notifications are written beside the old ones and exchanged for them in one system
// call each; the manifest, last, is renamed over the old one. A lock keeps a second build waiting. What a
// killed build leaves behind has a name of its own and goes with the next build.
// Documentation/Decisions/atomic-output.md tells why.

/// One file of a build.
public struct OutputFile: Sendable, Equatable {
    /// Relative to the part of the output it belongs to, with `/`.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Files that are made when they are written, so that they need not all be in memory at once, and so that one core
/// makes a file while another writes one.
public struct OutputFiles: RandomAccessCollection, Sendable {
    /// Relative to the part of the output that they belong to, with `/`; distinct.
    public let paths: [String]
    private let bytes: @Sendable (Int) -> [UInt8]

    /// - Parameter bytes: gives the bytes of the file at an index into `paths`, always the same; from any thread.
    public init(paths: [String], bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.paths = paths
        self.bytes = bytes
    }

    public init(_ files: [OutputFile]) {
        self.init(paths: files.map(\.path)) { files[$0].bytes }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { paths.count }

    public subscript(_ index: Int) -> OutputFile {
        OutputFile(path: paths[index], bytes: bytes(index))
    }
}

/// Everything a build writes.
public struct BuildOutput: Sendable {
    let bundle: BundleFiles
    /// Files of `preview/`.
    public var preview: OutputFiles
    /// Files of `push/`; when there are none, there is no such folder.
    public var push: [OutputFile]

    /// What a project without errors is built to; its files are made when they are written.
    ///
    /// - Parameters:
    ///   - title: the project's name, for the preview's titles and headers.
    ///   - generator: what the preview says it was made by.
    public init(_ compilation: Compilation, title: String, generator: String) {
        let readBack = ReadBack()
        bundle = .parts(BundleParts(compilation), readBack)
        preview = emitPreview(compilation, title: title, generator: generator)
        push = emitPush(compilation)
        push.forEach(readBack.check(push:))
    }

    /// - Parameters:
    ///   - manifest: content of `bundle/manifest.json`.
    ///   - targets: files of `bundle/`, each named by its hash: paths such as `targets/<sha256>.fr.json`.
    public init(manifest: [UInt8], targets: [OutputFile], preview: OutputFiles, push: [OutputFile] = []) {
        bundle = .made(manifest: manifest, targets: targets)
        self.preview = preview
        self.push = push
    }

    /// How many files it has; two images with the same content, which become one, are counted as two.
    public var count: Int { 1 + bundle.count + preview.count + push.count }
}

/// Why a build could not be written. The previous build is untouched.
public enum OutputError: Error, Equatable, Sendable {
    /// The folder holds files that are not a build's.
    case notOurs(folder: String, found: String)
    /// A system call failed: the path that was to be written, and the system's words.
    case failed(path: String, reason: String)
    /// The disk, or the user's share of it, is full: the path, the system's words, and what the whole build takes.
    case full(path: String, reason: String, bytes: Int)
    /// A file of the bundle or a notification is nothing that its readers can read.
    case unreadable(UnreadableFile)

    /// What to tell a person, on one line.
    public var message: String {
        switch self {
        case .notOurs(let folder, let found):
            "the output folder \(folder) holds \(found), which placard did not write; "
                + "choose another with --output, or empty it yourself"
        case .failed(let path, let reason):
            "cannot write \(path): \(reason); the previous build is untouched"
        case .full(let path, let reason, _):
            "cannot write \(path): \(reason); the previous build is untouched"
        case .unreadable(let file):
            "apps cannot read the \(file.path) of this build: \(file.reason); the previous build is untouched"
        }
    }

    /// What to do about it, a line each.
    public var help: [String] {
        if case .unreadable = self {
            return ["this is a defect of placard; please report it with the text that it names"]
        }
        guard case .full(_, _, let bytes) = self else { return [] }
        let needed = bytes < 1_000_000 ? "\(max(1, bytes / 1000)) kB" : "\(bytes / 1_000_000) MB"
        return [
            "free some space, or write elsewhere with --output; the build takes about \(needed), "
                + "beside the previous one until it is complete"
        ]
    }
}

/// Writes `output` to `folder` as one step: `folder/bundle`, `folder/preview` and `folder/push`.
///
/// The folder is created if need be. One that exists must be empty (but for dot files) or be an earlier
/// build's. Waits while another build writes to the same folder.
///
/// - Returns: how many files the build has.
/// - Throws: ``OutputError``; then the previous build is whole and unchanged.
@discardableResult
public func writeBuild(_ output: BuildOutput, to folder: String) throws(OutputError) -> Int {
    do throws(SystemFailure) {
        return try replaceBuild(output, in: folder)
    } catch {
        switch error {
        case .notOurs(let found): throw .notOurs(folder: folder, found: found)
        case .unreadable(let file): throw .unreadable(file)
        case .call(let path, let code, let bytes):
            let reason = String(cString: strerror(code))
            guard code == ENOSPC || code == EDQUOT else { throw .failed(path: path, reason: reason) }
            throw .full(path: path, reason: reason, bytes: bytes ?? output.byteCount)
        }
    }
}

private func replaceBuild(_ output: BuildOutput, in folder: String) throws(SystemFailure) -> Int {
    try claim(folder)
    let lock = try lockFolder(folder)
    defer { close(lock) }
    removeLeftovers(folder)

    let staging = folder + "/" + stagingPrefix + String(getpid())
    defer { removeTree(staging) }
    let targets = try stage(output, in: staging, for: folder)
    if let file = output.bundle.unreadable { throw .unreadable(file) }

    let bundle = folder + "/bundle"
    var added: [String] = []
    do throws(SystemFailure) {
        try makeFolderOrThrow(bundle + "/targets")
        for target in targets.sorted(by: utf8Less) {
            let place = bundle + "/" + target
            let staged = staging + "/bundle/" + target
            if isSameFile(place, staged) { continue }
            let isNew = fileStatus(place) == nil
            guard rename(staged, place) == 0 else { throw failure(place) }
            if isNew { added.append(place) }
        }
        guard exchange(staging + "/preview", folder + "/preview") else { throw failure(folder + "/preview") }
        guard replace(staging + "/push", folder + "/push") else {
            let problem = failure(folder + "/push")
            _ = exchange(staging + "/preview", folder + "/preview")
            throw problem
        }
        guard rename(staging + "/bundle/manifest.json", bundle + "/manifest.json") == 0 else {
            let problem = failure(bundle + "/manifest.json")
            _ = replace(staging + "/push", folder + "/push")
            _ = exchange(staging + "/preview", folder + "/preview")
            throw problem
        }
    } catch {
        for path in added { unlink(path) }
        throw error
    }
    removeUnreferenced(bundle, keeping: targets)
    return 1 + targets.count + output.preview.count + output.push.count
}

/// Whether two paths lead to files with the same bytes.
private func isSameFile(_ a: String, _ b: String) -> Bool {
    guard let size = fileStatus(a)?.size, size == fileStatus(b)?.size, let bytes = try? readFile(a) else {
        return false
    }
    return (try? readFile(b)) == bytes
}

/// Exchanges two folders of which either, or both, may not be there. Done twice it undoes itself.
private func replace(_ new: String, _ old: String) -> Bool {
    switch (fileStatus(new) != nil, fileStatus(old) != nil) {
    case (true, _): exchange(new, old)
    case (false, true): rename(old, new) == 0
    case (false, false): true
    }
}

/// Marks a folder as the tool's own; `placard` replaces nothing in a folder without it.
private let marker = ".placard-output"
private let lockName = ".placard-lock"
private let stagingPrefix = ".placard-staging-"

private func claim(_ folder: String) throws(SystemFailure) {
    try makeFolderOrThrow(folder)
    guard fileStatus(folder + "/" + marker) == nil else { return }
    guard let names = FolderNames(of: folder)?.all else { throw failure(folder) }
    if let found = names.first(where: { !$0.hasPrefix(".") }) { throw .notOurs(found: found) }
    let text = "placard writes this folder and replaces what is in it.\n"
    guard writeNewFile(folder + "/" + marker, Array(text.utf8)) else {
        let problem = failure(folder + "/" + marker)
        unlink(folder + "/" + marker)
        throw problem
    }
}

private func lockFolder(_ folder: String) throws(SystemFailure) -> Int32 {
    let path = folder + "/" + lockName
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else {
            let problem = failure(path)
            close(descriptor)
            throw problem
        }
    }
    return descriptor
}

/// Removes what a build that was killed left behind; only under the lock.
private func removeLeftovers(_ folder: String) {
    for name in FolderNames(of: folder)?.all ?? [] where name.hasPrefix(stagingPrefix) {
        removeTree(folder + "/" + name)
    }
}

/// Writes every file below `staging`, and gives the paths of the bundle's targets. A failure tells the place in `folder`
/// that the file was for, as a person knows it.
private func stage(
    _ output: BuildOutput, in staging: String, for folder: String
) throws(SystemFailure) -> Set<String> {
    var folders: Set<String> = ["/bundle/targets", "/preview"]
    for (part, paths) in [("/preview/", output.preview.paths), ("/push/", output.push.map(\.path))] {
        for path in paths {
            if let slash = path.utf8.lastIndex(of: 0x2F) { folders.insert(part + path[..<slash]) }
        }
    }
    for path in folders.sorted(by: utf8Less) {
        guard makeFolder(staging + path) else { throw failure(folder + path) }
    }
    // The bundle's files are the largest: begun last, one would keep one core busy while the others wait.
    let bundle = output.bundle
    let count = bundle.count + output.preview.count + output.push.count
    let written = concurrentMap(count, chunk: 1) { index -> Staged in
        if index < bundle.count {
            let (entry, file) = bundle.make(index)
            return write(file, to: "/bundle/", entry)
        }
        let page = index - bundle.count
        guard page < output.preview.count else { return write(output.push[page - output.preview.count], to: "/push/") }
        return write(output.preview[page], to: "/preview/")
    }
    @Sendable func write(_ file: OutputFile, to part: String, _ entry: BundleParts.Entry? = nil) -> Staged {
        let isWritten = writeNewFile(staging + part + file.path, file.bytes)
        return Staged(
            path: file.path, bytes: file.bytes.count, entry: entry,
            failure: isWritten ? nil : failure(folder + part + file.path))
    }
    let targets = written[..<bundle.count]
    let manifest = OutputFile(path: "manifest.json", bytes: bundle.manifest(of: targets.compactMap(\.entry)))
    let all = written + [write(manifest, to: "/bundle/")]
    if case .call(let path, let code, _)? = all.lazy.compactMap(\.failure).first {
        // Every file was made, so that it is known what they take.
        throw .call(path: path, code: code, bytes: all.reduce(0) { $0 + $1.bytes })
    }
    return Set(targets.map(\.path))
}

/// A file that has been staged, or could not be.
private struct Staged: Sendable {
    var path: String
    var bytes: Int
    var entry: BundleParts.Entry?
    var failure: SystemFailure?
}

private func removeUnreferenced(_ bundle: String, keeping targets: Set<String>) {
    for name in FolderNames(of: bundle + "/targets")?.all ?? [] where !targets.contains("targets/" + name) {
        removeTree(bundle + "/targets/" + name)
    }
}

private func makeFolderOrThrow(_ path: String) throws(SystemFailure) {
    guard makeFolder(path) else { throw failure(path) }
}

/// What went wrong, before a person is told.
private enum SystemFailure: Error {
    case notOurs(found: String)
    case unreadable(UnreadableFile)
    /// A system call, its `errno`, and what the whole build takes, when that is known.
    case call(path: String, code: Int32, bytes: Int? = nil)
}

/// The call that has just failed; `errno` is read before the path is put together, which may change it.
private func failure(_ path: @autoclosure () -> String) -> SystemFailure {
    let code = errno
    return .call(path: path(), code: code)
}

extension BuildOutput {
    /// Bytes of all files, where no file has been written yet: they are made to know.
    fileprivate var byteCount: Int {
        let targets = concurrentMap(bundle.count) { index in
            let (entry, file) = bundle.make(index)
            return (entry: entry, bytes: file.bytes.count)
        }
        let pages = concurrentMap(preview.count) { preview[$0].bytes.count }
        let manifest = bundle.manifest(of: targets.compactMap(\.entry))
        return targets.reduce(manifest.count) { $0 + $1.bytes } + pages.reduce(0, +)
            + push.reduce(0) { $0 + $1.bytes.count }
    }
}

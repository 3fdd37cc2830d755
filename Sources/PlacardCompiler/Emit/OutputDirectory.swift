#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// How a build reaches the disk. A reader, at any moment, finds either the previous build or the new one,
// each whole: targets are named by their hash and only ever added before the manifest that names them;
// the preview is written beside the old one and exchanged for it in one system call; the manifest, last,
// is renamed over the old one. A lock keeps a second build waiting. What a killed build leaves behind has
// a name of its own and goes with the next build. Documentation/Decisions/atomic-output.md tells why.

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

/// Everything a build writes.
public struct BuildOutput: Sendable {
    /// Content of `bundle/manifest.json`.
    public var manifest: [UInt8]
    /// Files of `bundle/`, each named by its hash: paths such as `targets/<sha256>.fr.json`.
    public var targets: [OutputFile]
    /// Files of `preview/`.
    public var preview: [OutputFile]

    public init(manifest: [UInt8], targets: [OutputFile], preview: [OutputFile]) {
        self.manifest = manifest
        self.targets = targets
        self.preview = preview
    }
}

/// Why a build could not be written. The previous build is untouched.
public enum OutputError: Error, Equatable, Sendable {
    /// The folder holds files that are not a build's.
    case notOurs(folder: String, found: String)
    /// A system call failed: the path, and the system's words.
    case failed(path: String, reason: String)

    /// What to tell a person, on one line.
    public var message: String {
        switch self {
        case .notOurs(let folder, let found):
            "the output folder \(folder) holds \(found), which placard did not write; "
                + "choose another with --output, or empty it yourself"
        case .failed(let path, let reason):
            "cannot write \(path): \(reason); the previous build is untouched"
        }
    }
}

/// Writes `output` to `folder` as one step: `folder/bundle` and `folder/preview`.
///
/// The folder is created if need be. One that exists must be empty (but for dot files) or be an earlier
/// build's. Waits while another build writes to the same folder.
///
/// - Throws: ``OutputError``; then the previous build is whole and unchanged.
public func writeBuild(_ output: BuildOutput, to folder: String) throws(OutputError) {
    try claim(folder)
    let lock = try lockFolder(folder)
    defer { close(lock) }
    removeLeftovers(folder)

    let staging = folder + "/" + stagingPrefix + String(getpid())
    defer { removeTree(staging) }
    try stage(output, in: staging)

    let bundle = folder + "/bundle"
    var added: [String] = []
    do throws(OutputError) {
        try makeFolderOrThrow(bundle + "/targets")
        for target in output.targets {
            let place = bundle + "/" + target.path
            if fileStatus(place)?.size == target.bytes.count, readFile(place) == target.bytes { continue }
            let isNew = fileStatus(place) == nil
            guard rename(staging + "/bundle/" + target.path, place) == 0 else { throw failure(place) }
            if isNew { added.append(place) }
        }
        guard exchange(staging + "/preview", folder + "/preview") else { throw failure(folder + "/preview") }
        guard rename(staging + "/bundle/manifest.json", bundle + "/manifest.json") == 0 else {
            let problem = failure(bundle + "/manifest.json")
            _ = exchange(staging + "/preview", folder + "/preview")
            throw problem
        }
    } catch {
        for path in added { unlink(path) }
        throw error
    }
    removeUnreferenced(bundle, keeping: Set(output.targets.map(\.path)))
}

/// Marks a folder as the tool's own; `placard` replaces nothing in a folder without it.
private let marker = ".placard-output"
private let lockName = ".placard-lock"
private let stagingPrefix = ".placard-staging-"

private func claim(_ folder: String) throws(OutputError) {
    try makeFolderOrThrow(folder)
    guard fileStatus(folder + "/" + marker) == nil else { return }
    guard let entries = folderEntries(folder) else { throw failure(folder) }
    if let found = entries.first(where: { !$0.hasPrefix(".") }) {
        throw .notOurs(folder: folder, found: found)
    }
    let text = "placard writes this folder and replaces what is in it.\n"
    guard writeNewFile(folder + "/" + marker, Array(text.utf8)) else {
        let problem = failure(folder + "/" + marker)
        unlink(folder + "/" + marker)
        throw problem
    }
}

private func lockFolder(_ folder: String) throws(OutputError) -> Int32 {
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
    for name in folderEntries(folder) ?? [] where name.hasPrefix(stagingPrefix) {
        removeTree(folder + "/" + name)
    }
}

private func stage(_ output: BuildOutput, in staging: String) throws(OutputError) {
    let files =
        [OutputFile(path: "bundle/manifest.json", bytes: output.manifest)]
        + output.targets.map { OutputFile(path: "bundle/" + $0.path, bytes: $0.bytes) }
        + output.preview.map { OutputFile(path: "preview/" + $0.path, bytes: $0.bytes) }
    var folders: Set<String> = [staging + "/preview"]
    for file in files {
        guard let slash = file.path.lastIndex(of: "/") else { continue }
        folders.insert(staging + "/" + file.path[..<slash])
    }
    for path in folders.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        try makeFolderOrThrow(path)
    }
    let failures = concurrentMap(files.count) { index -> OutputError? in
        let path = staging + "/" + files[index].path
        return writeNewFile(path, files[index].bytes) ? nil : failure(path)
    }
    if let first = failures.lazy.compactMap({ $0 }).first { throw first }
}

private func removeUnreferenced(_ bundle: String, keeping targets: Set<String>) {
    for name in folderEntries(bundle + "/targets") ?? [] where !targets.contains("targets/" + name) {
        removeTree(bundle + "/targets/" + name)
    }
}

private func makeFolderOrThrow(_ path: String) throws(OutputError) {
    guard makeFolder(path) else { throw failure(path) }
}

private func failure(_ path: String) -> OutputError {
    .failed(path: path, reason: String(cString: strerror(errno)))
}

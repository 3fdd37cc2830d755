import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// How a build comes to its output folder, and whether it may replace what is there.

/// The open output folder.
struct OutputFolder {
    let handle: FolderHandle
    /// As it was named, for people.
    let path: String

    /// Opens the folder at `path`, and makes it and those above it where they are not there.
    ///
    /// The folder itself is no symbolic link. Links above it are the user's word, unless they lie in `untrusted`, such as a
    /// repository: then whoever wrote that would choose where the build goes.
    init(_ path: String, untrusted: String?) throws(SystemFailure) {
        self.path = path
        let forbidden = untrusted.flatMap { fileStatus($0)?.identity }
        var rest = OutputFolder.parts(path)
        var folder = try OutputFolder.start(path)
        // What leads to `folder`, for people.
        var walked = path.utf8.first == 0x2F ? "/" : ""
        var links = 0
        while let part = rest.popLast() {
            let place = walked + part
            let code: Int32
            do throws(SystemError) {
                folder = try folder.passage(part)
                walked = place + "/"
                continue
            } catch {
                code = error.code
            }
            guard let found = folder.status(of: part) else {
                guard code == ENOENT else { throw .call(path: place, code: code) }
                // Looked at again, whoever has made it by now.
                guard folder.makeFolder(part) || errno == EEXIST else { throw failure(place) }
                rest.append(part)
                continue
            }
            guard found.kind == .link else {
                if found.isFolder { throw .call(path: place, code: code) }
                throw .inTheWay(path: place, what: found.kind)
            }
            let isForbidden = forbidden.map { folder.isInside($0) } ?? false
            guard !rest.isEmpty, !isForbidden else { throw .inTheWay(path: place, what: .link) }
            links += 1
            guard links <= OutputFolder.linkLimit else { throw .call(path: place, code: ELOOP) }
            guard let target = folder.target(of: part) else { throw failure(place) }
            if target.utf8.first == 0x2F {
                folder = try OutputFolder.start(target)
                walked = "/"
            }
            rest += OutputFolder.parts(target)
        }
        do throws(SystemError) {
            handle = try folder.folder(".")
        } catch {
            throw .call(path: path, code: error.code)
        }
    }

    /// How many links may stand on the way, as in Linux's own walk.
    private static let linkLimit = 40

    /// The parts of a path, the last first.
    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").reversed().map(String.init)
    }

    private static func start(_ path: String) throws(SystemFailure) -> FolderHandle {
        do throws(SystemError) {
            return try FolderHandle(path: path.utf8.first == 0x2F ? "/" : ".")
        } catch {
            throw .call(path: path, code: error.code)
        }
    }

    // MARK: What is in it

    /// Ends the build where something else stands in the place of its folders and files. Nothing of it is opened, so that
    /// nothing is waited for either.
    func refuseObstacles() throws(SystemFailure) {
        for name in [bundleName, previewName, pushName] { try refuse(name, in: handle, unless: .folder) }
        for name in [lockName, markerName] { try refuse(name, in: handle, unless: .regular) }
        guard let bundle = try part(bundleName) else { return }
        try refuse(targetsName, in: bundle, unless: .folder, below: bundleName + "/")
        // A folder in its place is found when it is replaced, with the rest of the build undone.
        guard bundle.status(of: manifestName)?.isFolder != true else { return }
        try refuse(manifestName, in: bundle, unless: .regular, below: bundleName + "/")
    }

    private func refuse(
        _ name: String, in folder: FolderHandle, unless kind: FileStatus.Kind, below prefix: String = ""
    ) throws(SystemFailure) {
        guard let found = folder.status(of: name), found.kind != kind else { return }
        throw .inTheWay(path: path + "/" + prefix + name, what: found.kind)
    }

    /// The folder in it of that name; nil when there is none.
    func part(_ name: String) throws(SystemFailure) -> FolderHandle? {
        do throws(SystemError) {
            return try handle.folder(name)
        } catch {
            if error.code == ENOENT { return nil }
            throw .call(path: path + "/" + name, code: error.code)
        }
    }

    /// The folder of that name in `folder`, which is made where it is not there.
    func makePart(
        _ name: String, in folder: FolderHandle, below prefix: String = ""
    ) throws(SystemFailure) -> FolderHandle {
        let place = path + "/" + prefix + name
        guard folder.makeFolder(name) || errno == EEXIST else { throw failure(place) }
        do throws(SystemError) {
            return try folder.folder(name)
        } catch {
            throw .call(path: place, code: error.code)
        }
    }

    // MARK: Consent

    /// Ends the build unless it may replace what is there: nothing, what the marker says, or what has been shown to be a
    /// build's.
    func refuseOthers() throws(SystemFailure) {
        guard let names = handle.names()?.all else { throw failure(path) }
        // A build marks the folder before it adds anything to it.
        if isMarked { return }
        let visible = names.filter { !$0.hasPrefix(".") }
        let parts = [bundleName, previewName, pushName].filter(visible.contains)
        guard !parts.isEmpty else {
            if let other = visible.first { throw .notOurs(found: other) }
            return
        }
        if let other = PreviousBuild(handle).foreignFile() { throw .notOurs(found: other) }
    }

    /// Whether the marker is this folder's: it tells the folder's identity and its own time, to the nanosecond, which
    /// neither a clone nor a copy of it has.
    private var isMarked: Bool {
        guard let folder = handle.status, let marker = handle.status(of: markerName), marker.kind == .regular,
            let bytes = try? handle.read(markerName, limit: 1024)
        else { return false }
        return bytes == OutputFolder.marker(of: folder, modified: marker.modified)
    }

    /// Marks the folder as the tool's own, in one step.
    func mark() throws(SystemFailure) {
        guard !isMarked else { return }
        guard let folder = handle.status else { throw failure(path) }
        let new = stagingPrefix + String(getpid()) + "-marker"
        let place = path + "/" + markerName
        let descriptor = openat(
            handle.descriptor, new, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(place) }
        defer { close(descriptor) }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        // Not every file system keeps nanoseconds: what it made of the time is told.
        let isWritten =
            futimens(descriptor, [now, now]) == 0
            && fileStatus(open: descriptor).map { status in
                writeBytes(OutputFolder.marker(of: folder, modified: status.modified), to: descriptor)
                    && futimens(descriptor, [status.modified, status.modified]) == 0
            } ?? false
        guard isWritten, handle.move(new, to: handle, as: markerName) else {
            let problem = failure(place)
            handle.unlink(new)
            throw problem
        }
    }

    private static func marker(of folder: FileStatus, modified: timespec) -> [UInt8] {
        Array(
            """
            placard writes this folder and replaces what is in it.
            \(folder.identity.device) \(folder.identity.inode) \(modified.tv_sec) \(modified.tv_nsec)

            """.utf8)
    }
}

let bundleName = "bundle"
let targetsName = "targets"
let manifestName = "manifest.json"
let previewName = "preview"
let pushName = "push"
/// Marks a folder as the tool's own.
let markerName = ".placard-output"
let lockName = ".placard-lock"
let stagingPrefix = ".placard-staging-"

extension FolderHandle {
    /// Where the symbolic link of that name leads; nil, with `errno`, when it cannot be read.
    fileprivate func target(of name: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
            guard let base = buffer.baseAddress else { return nil }
            let count = readlinkat(descriptor, name, base, Int(PATH_MAX))
            guard count >= 0 else { return nil }
            base[count] = 0
            return String(cString: base)
        }
    }

    /// Whether it is the folder of that identity, or lies in it.
    fileprivate func isInside(_ outer: FileIdentity) -> Bool {
        var folder = self
        // No path is longer.
        for _ in 0..<Int(PATH_MAX) {
            guard let identity = folder.status?.identity else { return false }
            if identity == outer { return true }
            guard let above = try? folder.passage(".."), above.status?.identity != identity else { return false }
            folder = above
        }
        return false
    }
}

import ByteText
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
// call each; the manifest, last, is renamed over the old one. The targets of the previous manifest stay for
// one build more, for who has just read it. A lock keeps a second build waiting. What a killed build leaves
// behind has a name of its own and goes with the next build. All of it happens through handles of open folders:
// no symbolic link is followed, and nothing outside of the output folder is touched.
// Documentation/Decisions/atomic-output.md tells why.

/// One file of a build.
package struct OutputFile: Sendable, Equatable {
    /// Relative to the part of the output it belongs to, with `/`.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Files that are made when they are written, so that they need not all be in memory at once, and so that one core
/// makes a file while another writes one.
package struct OutputFiles: RandomAccessCollection, Sendable {
    /// Relative to the part of the output that they belong to, with `/`; distinct.
    package let paths: [String]
    private let bytes: @Sendable (Int) -> [UInt8]

    /// - Parameter bytes: gives the bytes of the file at an index into `paths`, always the same; from any thread.
    package init(paths: [String], bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.paths = paths
        self.bytes = bytes
    }

    package init(_ files: [OutputFile]) {
        self.init(paths: files.map(\.path)) { files[$0].bytes }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { paths.count }

    package subscript(_ index: Int) -> OutputFile {
        OutputFile(path: paths[index], bytes: bytes(index))
    }
}

/// Everything a build writes.
package struct BuildOutput: Sendable {
    let bundle: BundleFiles
    /// Files of `preview/`; when there are none, there is no such folder.
    package var preview: OutputFiles
    /// Files of `push/`; when there are none, there is no such folder.
    package var push: [OutputFile]

    /// What a project without errors is built to; its files are made when they are written.
    ///
    /// - Parameters:
    ///   - title: the project's name, for the preview's titles and headers.
    ///   - generator: what the preview says it was made by.
    ///   - base: the version that the preview tells the changes from; none without it.
    ///   - liveScript: the address of a script that the preview's pages load first, and that may ask for news.
    package init(
        _ compilation: Compilation, title: String, generator: String, base: ComparedBase? = nil,
        liveScript: String? = nil
    ) {
        let readBack = ReadBack()
        var parts = BundleParts(compilation)
        // Scenarios are run with what clients get.
        if !compilation.scenarios.isEmpty { parts.makeAll() }
        bundle = .parts(parts, readBack)
        preview = emitPreview(
            compilation, bundle: compilation.scenarios.isEmpty ? nil : emitBundle(parts), title: title,
            generator: generator, base: base, liveScript: liveScript)
        push = emitPush(compilation)
        push.forEach(readBack.check(push:))
    }

    /// - Parameters:
    ///   - manifest: content of `bundle/manifest.json`.
    ///   - targets: files of `bundle/`, each named by its hash: paths such as `targets/<sha256>.fr.json`.
    package init(manifest: [UInt8], targets: [OutputFile], preview: OutputFiles, push: [OutputFile] = []) {
        bundle = .made(manifest: manifest, targets: targets)
        self.preview = preview
        self.push = push
    }

    /// How many files it has; two images with the same content, which become one, are counted as two.
    package var count: Int { 1 + bundle.count + preview.count + push.count }
}

/// Writes `output` to `folder` as one step: `folder/bundle`, `folder/preview` and `folder/push`.
///
/// The folder is created if need be. One that exists must be empty (but for dot files), or an earlier build's: marked as
/// such, or with nothing in those three that no build has written. No symbolic link is followed in it, nor is it one.
/// Waits while another build writes to the same folder, unless told otherwise.
///
/// - Returns: how many files the build has.
/// - Throws: ``OutputError``; then the previous build is whole and unchanged.
@discardableResult
package func writeBuild(
    _ output: BuildOutput, to folder: String, options: OutputOptions = OutputOptions()
) throws(OutputError) -> Int {
    do throws(SystemFailure) {
        return try replaceBuild(output, in: OutputFolder(folder, untrusted: options.untrusted), options)
    } catch {
        switch error {
        case .notOurs(let found): throw .notOurs(folder: folder, found: found)
        case .unreadable(let file): throw .unreadable(file)
        case .inTheWay(let path, let what): throw .inTheWay(path: path, what: what.words)
        case .busy(let holder): throw .busy(folder: folder, holder: holder)
        case .call(let path, let code, let bytes):
            let reason = String(cString: strerror(code))
            guard code == ENOSPC || code == EDQUOT else { throw .failed(path: path, reason: reason) }
            throw .full(path: path, reason: reason, bytes: bytes ?? output.byteCount)
        }
    }
}

private func replaceBuild(
    _ output: BuildOutput, in folder: OutputFolder, _ options: OutputOptions
) throws(SystemFailure) -> Int {
    // Before there is even a lock in somebody else's folder, and again once no other build changes it.
    try claim(folder, options)
    let lock = try OutputLock(folder, options)
    defer { lock.release() }
    try claim(folder, options)
    removeLeftovers(folder.handle)
    try folder.mark()

    let stagingName = stagingPrefix + String(getpid())
    defer {
        folder.handle.remove(stagingName)
        for name in folder.handle.names()?.all.sorted(by: utf8Less) ?? [] where name.hasPrefix(stagingPrefix) {
            options.cannotRemove(folder.path + "/" + name)
        }
    }
    let staging = try makeStaging(stagingName, folder)
    let previous = PreviousBuild(folder.handle).targets
    let targets = try stage(output, in: staging, for: folder.path)
    if let file = output.bundle.unreadable { throw .unreadable(file) }
    let bundle = try folder.makePart(bundleName, in: folder.handle)
    let kept = try folder.makePart(targetsName, in: bundle, below: bundleName + "/")
    try put(targets.sorted(by: utf8Less), from: staging, into: kept, bundle, folder)
    for name in kept.names()?.all ?? [] where !targets.contains(targetsName + "/" + name) && !previous.contains(name) {
        kept.remove(name)
    }
    return 1 + targets.count + output.preview.count + output.push.count
}

/// Ends the build unless it may write there.
private func claim(_ folder: OutputFolder, _ options: OutputOptions) throws(SystemFailure) {
    try folder.refuseObstacles()
    if !options.replaces { try folder.refuseOthers() }
}

/// Removes what a build that was killed left behind; only under the lock.
private func removeLeftovers(_ folder: FolderHandle) {
    guard let names = folder.names() else { return }
    for index in 0..<names.count {
        guard names.withBytes(index, { $0.starts(with: stagingPrefix.utf8) }) else { continue }
        _ = names.withCString(index) { folder.remove($0) }
    }
}

/// Makes the folder that the build is written to before it is put in place; nobody else has a way into it.
private func makeStaging(_ name: String, _ folder: OutputFolder) throws(SystemFailure) -> FolderHandle {
    guard folder.handle.makeFolder(name, mode: 0o700) else { throw failure(folder.path) }
    do throws(SystemError) {
        return try folder.handle.folder(name)
    } catch {
        throw .call(path: folder.path, code: error.code)
    }
}

/// Puts a build that has been staged in its place; what fails half way is undone.
///
/// - Parameters:
///   - paths: those of the targets, each below `bundle`.
///   - targets: the folder for them, in the folder `bundle` of `folder`.
private func put(
    _ paths: [String], from staging: FolderHandle, into targets: FolderHandle, _ bundle: FolderHandle,
    _ folder: OutputFolder
) throws(SystemFailure) {
    let (path, parts) = (folder.path, folder.handle)
    guard let staged = try? staging.folder(bundleName), let stagedTargets = try? staged.folder(targetsName) else {
        throw failure(path + "/" + bundleName)
    }
    var added: [String] = []
    do throws(SystemFailure) {
        for target in paths {
            let name = String(target.dropFirst(targetsName.utf8.count + 1))
            if isSameFile(name, targets, stagedTargets) { continue }
            let isNew = targets.status(of: name) == nil
            guard stagedTargets.move(name, to: targets) else { throw failure(path + "/bundle/" + target) }
            if isNew { added.append(name) }
        }
        guard replace(previewName, from: staging, in: parts) else { throw failure(path + "/preview") }
        guard replace(pushName, from: staging, in: parts) else {
            let problem = failure(path + "/push")
            _ = replace(previewName, from: staging, in: parts)
            throw problem
        }
        guard staged.move(manifestName, to: bundle) else {
            let problem = failure(path + "/bundle/manifest.json")
            _ = replace(pushName, from: staging, in: parts)
            _ = replace(previewName, from: staging, in: parts)
            throw problem
        }
    } catch {
        for name in added { targets.unlink(name) }
        throw error
    }
}

/// Whether two folders have a file of that name with the same bytes, and the one in `old` has no other name, by which it
/// could be changed from elsewhere.
private func isSameFile(_ name: String, _ old: FolderHandle, _ new: FolderHandle) -> Bool {
    guard let there = old.status(of: name), there.kind == .regular, there.names == 1,
        there.size == new.status(of: name)?.size, let bytes = try? old.read(name, limit: there.size)
    else { return false }
    return (try? new.read(name, limit: there.size)) == bytes
}

/// Writes every file below `staging`, and gives the paths of the bundle's targets. A failure tells the place in `folder`
/// that the file was for, as a person knows it.
private func stage(
    _ output: BuildOutput, in staging: FolderHandle, for folder: String
) throws(SystemFailure) -> Set<String> {
    var folders: Set<String> = [bundleName + "/" + targetsName]
    if !output.preview.isEmpty { folders.insert(previewName) }
    for (part, paths) in [("preview/", output.preview.paths), ("push/", output.push.map(\.path))] {
        for path in paths {
            if let slash = path.utf8.lastIndex(of: 0x2F) { folders.insert(part + path[..<slash]) }
        }
    }
    for path in folders.sorted(by: utf8Less) {
        guard staging.makeFolders(path) else { throw failure(folder + "/" + path) }
    }
    // The bundle's files are the largest: begun last, one would keep one core busy while the others wait.
    let bundle = output.bundle
    let count = bundle.count + output.preview.count + output.push.count
    let written = concurrentMap(count, chunk: 1) { index -> Staged in
        if index < bundle.count {
            let (entry, file) = bundle.make(index)
            return write(file, to: "bundle/", entry)
        }
        let page = index - bundle.count
        guard page < output.preview.count else { return write(output.push[page - output.preview.count], to: "push/") }
        return write(output.preview[page], to: "preview/")
    }
    @Sendable func write(_ file: OutputFile, to part: String, _ entry: BundleParts.Entry? = nil) -> Staged {
        // Two images with the same content are one file, which has been written or has failed.
        let isWritten =
            writeNewFile(part + file.path, in: staging.descriptor, file.bytes) || (errno == EEXIST && entry != nil)
        return Staged(
            path: file.path, bytes: file.bytes.count, entry: entry,
            failure: isWritten ? nil : failure(folder + "/" + part + file.path))
    }
    let targets = written[..<bundle.count]
    let manifest = OutputFile(path: "manifest.json", bytes: bundle.manifest(of: targets.compactMap(\.entry)))
    let all = written + [write(manifest, to: "bundle/")]
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

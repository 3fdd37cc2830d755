import CanonicalJSON
import Cryptography
import PlacardBundle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What an output folder holds from the build before.
struct PreviousBuild {
    private let folder: FolderHandle
    /// Its manifest; nil when there is none that can be read.
    private let manifest: Manifest?

    init(_ folder: FolderHandle) {
        self.folder = folder
        let bytes = try? folder.folder(bundleName).read(manifestName, limit: manifestLimit)
        manifest = bytes.flatMap { try? JSONValue(parsing: $0) }.flatMap { try? Manifest(json: $0) }
    }

    /// The names in `targets` that its manifest tells: who has just read that goes on to read these.
    var targets: Set<String> {
        Set(entries.map(\.path).filter { $0.hasPrefix(targetsName + "/") }.map { String($0.dropFirst(8)) })
    }

    private var entries: [TargetEntry] {
        guard let manifest else { return [] }
        return [manifest.catalog] + manifest.locales.map(\.value.target) + manifest.assets.map(\.value.target)
    }

    // MARK: Proof

    /// The first file in `bundle`, `preview` and `push` that cannot be shown to come from a build: a target is told by its
    /// hash and by its form, the manifest and payloads by their form, pages by their beginning, images by the manifest, and
    /// whatever else is at home in a preview, which its list of pages makes one, by its place. Nil when all do, so that nothing
    /// of anybody's is lost with them.
    ///
    /// This is what a folder is judged by that has been restored from a cache or copied, where nothing else can tell.
    func foreignFile() -> String? {
        var proof = Proof(
            images: Set(manifest?.assets.map(\.value.target.sha256) ?? []), hasManifest: manifest != nil,
            hasPages: (try? folder.folder(previewName)).map(Proof.isPreview) ?? false)
        for (name, isOurs) in [
            (bundleName, Proof.isOfBundle), (previewName, Proof.isOfPreview), (pushName, Proof.isOfPush),
        ] {
            guard folder.status(of: name) != nil else { continue }
            guard let part = try? folder.folder(name) else { return name }
            if let found = proof.foreign(in: part, name + "/", below: [], isOurs) { return found }
        }
        return nil
    }
}

/// Goes through the files of a build.
private struct Proof {
    /// The hashes of the images that the manifest names.
    let images: Set<String>
    let hasManifest: Bool
    /// Whether there is a preview's list of pages, which comes and goes with all of them.
    let hasPages: Bool
    private var count = 0

    init(images: Set<String>, hasManifest: Bool, hasPages: Bool) {
        self.images = images
        self.hasManifest = hasManifest
        self.hasPages = hasPages
    }

    /// Whether a folder holds a preview's list of pages.
    static func isPreview(_ folder: FolderHandle) -> Bool {
        isListOfPages(File(parts: [], name: "preview.json", folder: folder))
    }

    private static func isListOfPages(_ file: File) -> Bool {
        let json = file.bytes(manifestLimit).flatMap { try? JSONValue(parsing: $0) }
        return file.name == "preview.json" && json?["schema"]?.string?.hasPrefix("placard/preview/") == true
    }

    /// A file that is looked at: the folders that it is in, below its part of the output, and its name.
    struct File {
        var parts: [String]
        var name: String
        var folder: FolderHandle

        /// Its bytes; nil when it is no regular file or has too many.
        func bytes(_ limit: Int) -> [UInt8]? { try? folder.read(name, limit: limit) }
    }

    typealias Judge = (Proof) -> (File) -> Bool

    /// The first file below `folder` that `isOurs` denies.
    ///
    /// - Parameters:
    ///   - path: what leads to `folder`, ending in a slash.
    ///   - parts: the folders above, below the part of the output.
    mutating func foreign(
        in folder: FolderHandle, _ path: String, below parts: [String], _ isOurs: Judge
    ) -> String? {
        guard parts.count <= ProjectLimits.folderDepth + 4, let names = folder.names(limit: entryLimit) else {
            return path
        }
        for name in names.all {
            count += 1
            guard count <= entryLimit, let status = folder.status(of: name) else { return path + name }
            if status.isFolder {
                guard let child = try? folder.folder(name) else { return path + name }
                if let found = foreign(in: child, path + name + "/", below: parts + [name], isOurs) { return found }
            } else if status.kind != .regular || !isOurs(self)(File(parts: parts, name: name, folder: folder)) {
                return path + name
            }
        }
        return nil
    }

    func isOfBundle(_ file: File) -> Bool {
        switch file.parts {
        case []:
            guard file.name == manifestName else { return file.name.hasPrefix(".") }
            return file.bytes(manifestLimit).flatMap { try? JSONValue(parsing: $0) }
                .flatMap { try? Manifest(json: $0) } != nil
        case [targetsName]:
            let parts = file.name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, hash(file).map({ $0 == parts[0] }) ?? false else { return false }
            return parts[1].hasSuffix("json") ? isDocument(file) : isImage(file)
        default: return false
        }
    }

    /// Whether a target is a catalog or a locale's texts. Others name files by their hashes too.
    private func isDocument(_ file: File) -> Bool {
        guard let bytes = file.bytes(fileLimit) else { return false }
        return (try? LocaleFile(reading: bytes)) != nil || (try? Catalog(reading: bytes)) != nil
    }

    /// Whether a target is an image beside those of a build: the manifest before the last names some that the last does not.
    private func isImage(_ file: File) -> Bool {
        guard hasManifest || hasPages, let bytes = file.bytes(ProjectLimits.assetBytes) else { return false }
        return (try? ImageFile(bytes)) != nil
    }

    func isOfPreview(_ file: File) -> Bool {
        guard hasPages else { return false }
        switch (file.parts.first, suffix(file.name)) {
        case (nil, "json"): return Proof.isListOfPages(file)
        case ("assets", "css") where file.parts == ["assets", "templates"]: return head(file).hasPrefix("@scope (.t-")
        case ("assets", "css") where file.parts.count == 1 && file.name == "theme.css":
            return head(file).hasPrefix(".screen {\n")
        case ("assets", "css"), ("assets", "js"): return file.parts.count == 1 && file.name.hasPrefix("preview.")
        case ("data", "js"):
            return file.parts.count == 1 && file.name.hasPrefix("texts") && head(file).hasPrefix("placardTexts([")
        case ("assets", _): return hash(file).map(images.contains) ?? false
        case (_, "html"):
            // The pages' own style sheet is named in the head of each.
            let head = head(file)
            return head.hasPrefix("<!doctype html>\n") && head.contains("assets/preview.css\"")
        default: return false
        }
    }

    func isOfPush(_ file: File) -> Bool {
        guard file.parts.count == 1, file.name.hasSuffix(".apns.json") || file.name.hasSuffix(".fcm.json") else {
            return false
        }
        return file.bytes(1 << 20).flatMap { try? PushData(reading: $0) } != nil
    }

    private func suffix(_ name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? ""
    }

    /// The beginning of a file, as text; empty when it cannot be read.
    private func head(_ file: File) -> String {
        var head: [UInt8] = []
        _ = forEachChunk(file, size: 4096) { chunk in
            head += chunk
            return false
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// The SHA-256 of a file; nil when it cannot be read.
    private func hash(_ file: File) -> String? {
        let hash = Cryptography.platform.sha256()
        let isRead = forEachChunk(file, size: 1 << 16) { chunk in
            hash.update(chunk)
            return true
        }
        return isRead ? hash.finishHex() : nil
    }

    /// Calls `body` with one part after the other of a regular file, as long as it wants more; false when the file cannot be
    /// read.
    private func forEachChunk(_ file: File, size: Int, _ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor = openat(file.folder.descriptor, file.name, flags)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard let status = fileStatus(open: descriptor), status.kind == .regular, status.size <= fileLimit else {
            return false
        }
        var chunk = [UInt8](repeating: 0, count: size)
        while true {
            let got = read(descriptor, &chunk, chunk.count)
            if got == 0 || got > 0 && !body(chunk[..<got]) { return true }
            if got < 0, errno != EINTR { return false }
        }
    }
}

/// Bytes of the largest manifest, or list of pages, that is read.
private let manifestLimit = 64 << 20
/// Bytes of the largest file that is looked at.
private let fileLimit = 1 << 30
/// How many files are looked at.
private let entryLimit = 4_000_000

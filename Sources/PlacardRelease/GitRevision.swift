import PlacardCompiler

/// Why a revision of a git repository cannot be read.
package struct GitRevisionError: Error, Sendable {
    /// For a person, in one line.
    package let message: String
    /// Whether the revision is one, and reading it failed.
    package var isFailure = false
}

/// What git is always told: no program that a clone's configuration names is run, nothing is fetched, nobody is asked.
///
/// The files of a clone may look like a repository of their own, which is refused; of what is read here git applies no
/// filter, no attribute and no text conversion.
private let git = ["git", "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "--no-replace-objects"]
private let gitEnvironment = [
    "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
]

/// The most bytes of the list of a revision's files.
private let listingLimit = 256 << 20

/// The commit that a revision names now, in hexadecimal digits.
///
/// - Parameters:
///   - revision: whatever git takes for a commit, such as `main` or `HEAD~1`; never an option.
///   - repository: the root of the repository.
package func commit(named revision: String, in repository: String) throws(GitRevisionError) -> String {
    let named = try output(
        of: ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], in: repository,
        limit: 1000)
    let digits = named.filter { $0 > 0x20 }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
        throw GitRevisionError(message: "is no revision of \(repository)")
    }
    return String(decoding: digits, as: UTF8.self)
}

/// The files of a project as they are in a commit of the git repository that it lies in.
///
/// Links are left out: what they lead to may be of another commit.
///
/// - Parameters:
///   - hash: the commit, as ``commit(named:in:)`` gives it.
///   - repository: the root of the repository.
///   - prefix: what leads from there to the project, ending in `/`; empty at the root.
package func projectFiles(
    ofCommit hash: String, in repository: String, below prefix: String
) throws(GitRevisionError) -> ProjectFiles {
    guard
        let listing = try? output(
            of: ["ls-tree", "-r", "-z", "--full-tree", hash], in: repository, limit: listingLimit)
    else { throw GitRevisionError(message: "git cannot list the files of \(hash)", isFailure: true) }
    let entries = listing.split(separator: 0).compactMap { TreeEntry($0, below: prefix) }
    guard entries.contains(where: { $0.path == "placard.yaml" }) else {
        throw GitRevisionError(message: "has no \(prefix)placard.yaml")
    }
    guard entries.count <= ProjectLimits.files else {
        throw GitRevisionError(message: "has more than \(ProjectLimits.files) files")
    }
    let input: [UInt8] = entries.flatMap { entry -> [UInt8] in Array(entry.object.utf8) + [0x0A] }
    // The head of each file is shorter than that.
    let limit = ProjectLimits.bytes + entries.count * 100
    guard
        let result = run(
            git + ["-C", repository, "cat-file", "--batch"], input: input, limit: limit, environment: gitEnvironment),
        result.code == 0, let files = contents(of: entries, in: result.output)
    else { throw GitRevisionError(message: "git cannot read the files of \(hash)", isFailure: true) }
    return ProjectFiles(files)
}

/// What git writes; empty where it fails.
private func output(of arguments: [String], in repository: String, limit: Int) throws(GitRevisionError) -> [UInt8] {
    guard let result = run(git + ["-C", repository] + arguments, limit: limit, environment: gitEnvironment) else {
        throw GitRevisionError(message: "git cannot be run", isFailure: true)
    }
    return result.code == 0 ? result.output : []
}

/// A file of a tree: `100644 blob 1f0c…\tcontent/a.md`.
private struct TreeEntry {
    var object: String
    /// Relative to the project.
    var path: String

    /// Nil for a link, a submodule, and what is no file of the project.
    init?(_ line: ArraySlice<UInt8>, below prefix: String) {
        guard let tab = line.firstIndex(of: 0x09) else { return nil }
        let parts = line[..<tab].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        let name = String(decoding: line[(tab + 1)...], as: UTF8.self)
        guard parts.count == 3, parts[0] == "100644" || parts[0] == "100755", parts[1] == "blob",
            name.hasPrefix(prefix)
        else { return nil }
        object = parts[2]
        path = String(name.dropFirst(prefix.count))
        guard ProjectFiles.reads(path) else { return nil }
    }
}

/// The files in what `cat-file --batch` writes: a line `HASH blob SIZE`, the bytes, and a line feed for each.
private func contents(of entries: [TreeEntry], in output: [UInt8]) -> [ProjectFiles.File]? {
    var files: [ProjectFiles.File] = []
    files.reserveCapacity(entries.count)
    var place = 0
    for entry in entries {
        guard let end = output[place...].firstIndex(of: 0x0A) else { return nil }
        let head = output[place..<end].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard head.count == 3, head[0] == entry.object, head[1] == "blob", let size = Int(head[2]), size >= 0,
            end + 1 + size < output.count
        else { return nil }
        files.append(ProjectFiles.File(path: entry.path, bytes: Array(output[(end + 1)..<(end + 1 + size)])))
        place = end + 1 + size + 1
    }
    return files
}

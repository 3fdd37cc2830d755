import DiagnosticRendering
import PlacardCompiler
import PlacardRelease
import SourceDiagnostics

/// A version of a project, to be compared with another.
struct ComparedVersion {
    /// Where a version is read from.
    enum Origin: Equatable {
        case folder(ProjectLocation)
        /// A commit of the repository that a project lies in.
        case commit(hash: String, of: ProjectLocation)
    }

    /// As the user named it; `the project` for what is in its folder now.
    let name: String
    let origin: Origin
    let files: ProjectFiles

    /// What is called the version that is in the project's folder.
    static let present = "the project"

    /// What is in a project's folder now.
    init(_ location: ProjectLocation) throws(CommandFailure) {
        try self.init(ComparedVersion.present, .folder(location))
    }

    /// A folder where there is one with a `placard.yaml`, else a revision of a project's repository.
    ///
    /// - Parameters:
    ///   - name: what the user names it.
    ///   - followsLinks: whether to read what symbolic links of a folder lead to outside of it.
    ///   - project: finds the project, whose repository a revision is of.
    init(
        _ name: String, followsLinks: Bool, project: () throws(CommandFailure) -> ProjectLocation
    ) throws(CommandFailure) {
        let folder = fullPath(name, from: absolutePath(Console.current.workingDirectory, from: "/"))
        if !name.isEmpty, !name.hasPrefix("-"), nearest("placard.yaml", from: folder) == folder {
            var location = try ProjectLocation.find(name)
            location.followsLinks = followsLinks
            try self.init(name, .folder(location))
        } else {
            let location = try project()
            let hash = try ComparedVersion.naming(name) { () throws(GitRevisionError) in
                try commit(named: name, in: location.repository)
            }
            try self.init(name, .commit(hash: hash, of: location))
        }
    }

    private init(_ name: String, _ origin: Origin) throws(CommandFailure) {
        self.name = name
        self.origin = origin
        switch origin {
        case .folder(let location): files = try load(location)
        case .commit(let hash, let location):
            files = try ComparedVersion.naming(name) { () throws(GitRevisionError) in
                try projectFiles(ofCommit: hash, in: location.repository, below: location.repositoryPrefix)
            }
        }
    }

    /// The version as it is now; nil where it is known to be the same, as a commit is.
    func again() throws(CommandFailure) -> ComparedVersion? {
        guard case .commit(let former, let location) = origin else { return try ComparedVersion(name, origin) }
        let hash = try ComparedVersion.naming(name) { () throws(GitRevisionError) in
            try commit(named: name, in: location.repository)
        }
        return hash == former ? nil : try ComparedVersion(name, .commit(hash: hash, of: location))
    }

    func compile(_ progress: Progress) throws(CommandFailure) -> Compilation {
        guard !files.isOverLimit else {
            throw CommandFailure(
                "\(name): \(files.problems.first?.message ?? "it is too large")",
                exitCode: CommandFailure.diagnostics)
        }
        return compileProject(
            files, for: .translations, progress, now: nil, keepsUnits: true, allowsIncomplete: true
        ).compilation
    }

    /// Warns where the version could not be compiled as a whole.
    func warn(of compilation: Compilation) {
        guard compilation.hasErrors else { return }
        let count = compilation.diagnostics.count { $0.severity == .error }
        writeError("warning: \(name) has \(counted(count, "error")); what was not understood is not compared\n")
    }

    /// What a preview tells the changes from: this version, which was compiled to `former`, beside the project as it is.
    func base(_ former: Compilation, of now: Compilation) -> ComparedBase {
        let found = difference(from: former, to: now)
        let comment = DifferenceMarkdown(found, (name, ComparedVersion.present)).text
        return ComparedBase(
            name: name, compilation: former, difference: found, summary: Array(OutputText(markdown: comment).bytes))
    }

    /// Says of which version something is wrong, and what can be named.
    private static func naming<Value>(
        _ name: String, _ body: () throws(GitRevisionError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(GitRevisionError) {
            return try body()
        } catch {
            throw CommandFailure(
                "\(name) \(error.message)",
                help: ["name a folder with a placard.yaml, or a git revision such as main or HEAD~1"],
                exitCode: error.isFailure ? CommandFailure.failure : CommandFailure.wrongUse)
        }
    }
}

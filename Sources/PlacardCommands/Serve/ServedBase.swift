import PlacardCompiler

/// The version that `placard serve --base` tells the changes from.
///
/// A revision is read again when its name comes to mean another commit, a folder when a file of it changes. While it cannot be
/// read, the last version that could stays.
final class ServedBase {
    private var version: ComparedVersion
    private var compilation: Compilation

    init(_ version: ComparedVersion) throws(CommandFailure) {
        self.version = version
        compilation = try ServedBase.compile(version)
    }

    private static func compile(_ version: ComparedVersion) throws(CommandFailure) -> Compilation {
        let progress = Progress()
        defer { progress.finish() }
        return try version.compile(progress)
    }

    /// Looks whether the version has become another, and takes that.
    func refresh() -> Bool {
        guard let other = try? version.again(), !isSame(version.files, other.files),
            let compiled = try? ServedBase.compile(other)
        else { return false }
        version = other
        compilation = compiled
        return true
    }

    /// Warns where the version could not be compiled as a whole.
    func warn() { version.warn(of: compilation) }

    /// What changed since, for the pages of the project as it is.
    func compared(with now: Compilation) -> ComparedBase { version.base(compilation, of: now) }

    /// A folder whose files tell that the version may have become another, and whether those below it do, too.
    var watched: (folder: String, isTree: Bool) {
        switch version.origin {
        case .folder(let location): (location.folder, true)
        // Whatever moves a branch or `HEAD` writes there.
        case .commit(_, let location): (location.repository + "/.git", false)
        }
    }
}

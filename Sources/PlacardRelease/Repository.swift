import PlacardCompiler

/// The folder of the git repository that a path is named in; nil where there is none. Links in it are somebody else's word, and
/// lead nothing out of it.
///
/// - Parameter path: absolute; it is looked at as it is written.
func repository(around path: String) -> String? {
    nearest(".git", from: path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? path)
}

/// Makes a folder, and those above it that are not there, without following a link out of the repository around it.
func makeFolder(_ path: String) throws(ReleaseError) {
    do throws(OutputError) {
        try makeOutputFolder(path, untrusted: repository(around: path))
    } catch {
        throw ReleaseError(.wrongUse, error.message, help: error.help)
    }
}

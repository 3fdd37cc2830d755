import PlacardCompiler

/// The folder of the git repository that a path is named in; nil where there is none. Links in it are somebody else's word, and
/// lead nothing out of it.
///
/// A repository that a link of another leads to is not the one that the path is named in: the outer one is.
///
/// - Parameter path: absolute; it is looked at as it is written.
func repository(around path: String) -> String? {
    var found: String?
    var folder: String? = nearest(".git", from: parent(of: path))
    while let outer = folder {
        let isReached = found.map { isReachedByLink($0, from: outer) } ?? true
        if isReached { found = outer }
        folder = outer == "/" ? nil : nearest(".git", from: parent(of: outer))
    }
    return found
}

/// Whether there are links on the way from a folder to one below it.
private func isReachedByLink(_ folder: String, from outer: String) -> Bool {
    guard let realFolder = realPath(folder), let realOuter = realPath(outer) else { return true }
    let below = folder.dropFirst(outer == "/" ? 0 : outer.utf8.count)
    return realFolder != (realOuter == "/" ? "" : realOuter) + below
}

private func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
}

/// Makes a folder, and those above it that are not there, without following a link out of the repository around it.
func makeFolder(_ path: String) throws(ReleaseError) {
    do throws(OutputError) {
        try makeOutputFolder(path, untrusted: repository(around: path))
    } catch {
        throw ReleaseError(.wrongUse, error.message, help: error.help)
    }
}

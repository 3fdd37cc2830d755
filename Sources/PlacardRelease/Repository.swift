import PlacardCompiler

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of the git repository that a path is named in; nil where there is none. Links in it are somebody else's word, and
/// lead nothing out of it.
///
/// - Parameter path: absolute; it is looked at as it is written.
func repository(around path: String) -> String? {
    var folder = path[...]
    while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        if access(folder + "/.git", F_OK) == 0 { return String(folder) }
    }
    return nil
}

/// Makes a folder, and those above it that are not there, without following a link out of the repository around it.
func makeFolder(_ path: String) throws(ReleaseError) {
    do throws(OutputError) {
        try makeOutputFolder(path, untrusted: repository(around: path))
    } catch {
        throw ReleaseError(.wrongUse, error.message, help: error.help)
    }
}

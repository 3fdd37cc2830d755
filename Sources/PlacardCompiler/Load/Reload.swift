/// A project that has been read, with some of its texts read again.
///
/// - Parameters:
///   - files: all of it, without symbolic links followed to outside.
///   - paths: what may have changed, relative to the project. What is no file of the project, and still is none, does not matter.
///   - folder: where the project is.
/// - Returns: nil where more has changed than the bytes of some texts, or it cannot be told: then the project is to be read anew.
package func reload(_ files: ProjectFiles, _ paths: some Sequence<String>, at folder: String) -> ProjectFiles? {
    guard files.problems.isEmpty else { return nil }
    var changes: [Int: [UInt8]] = [:]
    for path in paths {
        guard let index = files.index(of: path) else {
            // A file that came and went, such as an editor's, or one that is none of the project's.
            if ProjectFiles.reads(path), fileStatus(folder + "/" + path) != nil { return nil }
            continue
        }
        // A file that has become a link is not read here, and one with a link on its way is no text that was read.
        guard isSource(path), let bytes = try? readFile(folder + "/" + path, limit: ProjectLimits.sourceBytes) else {
            return nil
        }
        changes[index] = bytes
    }
    return files.replacing(changes)
}

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file that a command makes.
struct NewFile: Equatable {
    /// Relative, with `/`.
    var path: String
    var bytes: [UInt8]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}

/// Writes `files` below `folder`; all of them or, when one is there already or the disk is full, none.
func write(_ files: [NewFile], below folder: String) throws(CommandFailure) {
    for file in files where FileManager.default.fileExists(atPath: folder + "/" + file.path) {
        throw CommandFailure(
            "\(file.path) is there already",
            help: ["placard never overwrites a file; choose another name, or remove it"])
    }
    var made: [String] = []
    for file in files {
        let path = folder + "/" + file.path
        do {
            if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash]), noting: &made) }
            if !FileManager.default.fileExists(atPath: path) { made.append(path) }
            try Data(file.bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            // Half a project could neither be used nor be made anew.
            for path in made.reversed() { try? FileManager.default.removeItem(atPath: path) }
            throw failure(path, error)
        }
    }
}

/// Makes a folder and those above it that are not there, and notes each in `made`, outermost first.
private func makeFolder(_ path: String, noting made: inout [String]) throws {
    guard !path.isEmpty, !FileManager.default.fileExists(atPath: path) else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash]), noting: &made) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    made.append(path)
}

/// Replaces the bytes of a file that is there, in one step.
func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw failure(path, error)
    }
}

private func failure(_ path: String, _ error: any Error) -> CommandFailure {
    CommandFailure("cannot write \(path): \(reason(error))", exitCode: CommandFailure.failure)
}

private func reason(_ error: any Error) -> String {
    let words = String(describing: error)
    return String(words.split(separator: "\n").first ?? "unknown reason")
}

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

/// Writes `files` below `folder`; all of them or, when one is there already, none.
func write(_ files: [NewFile], below folder: String) throws(CommandFailure) {
    for file in files where FileManager.default.fileExists(atPath: folder + "/" + file.path) {
        throw CommandFailure(
            "\(file.path) is there already",
            help: ["placard never overwrites a file; choose another name, or remove it"])
    }
    for file in files {
        let path = folder + "/" + file.path
        do {
            if let slash = path.lastIndex(of: "/") {
                try FileManager.default.createDirectory(
                    atPath: String(path[..<slash]), withIntermediateDirectories: true)
            }
            try Data(file.bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure("cannot write \(path): \(reason(error))", exitCode: CommandFailure.failure)
        }
    }
}

/// Replaces the bytes of a file that is there, in one step.
func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw CommandFailure("cannot write \(path): \(reason(error))", exitCode: CommandFailure.failure)
    }
}

private func reason(_ error: any Error) -> String {
    let words = String(describing: error)
    return String(words.split(separator: "\n").first ?? "unknown reason")
}

import DiagnosticRendering
import PlacardCompiler

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a project lies, seen from the three places that paths are told from.
struct ProjectLocation: Equatable {
    /// Absolute, without symbolic links.
    var folder: String
    /// What leads from the working directory to the project, ending in `/`; empty when it is there.
    var displayPrefix: String
    /// What leads from the root of the git repository to the project, ending in `/`; empty at the root
    /// and outside of any repository.
    var repositoryPrefix: String
    /// The root of the git repository; outside of any, the project itself.
    var repository: String
    /// Whether to read what symbolic links lead to outside of the project.
    var followsLinks = false

    /// Finds the project at `path`, or without one the nearest at or above `file`, or else the working directory.
    static func find(
        _ path: String?, around file: String? = nil, console: Console = .current
    ) throws(CommandFailure) -> ProjectLocation {
        let here = absolutePath(console.workingDirectory, from: "/")
        guard let path else {
            let around = file.flatMap { nearest("placard.yaml", from: absolutePath($0, from: here)) }
            guard let folder = around ?? nearest("placard.yaml", from: here) else {
                throw CommandFailure(
                    "no placard.yaml here or in any folder above",
                    help: [
                        "placard init DIR makes a small working project",
                        "--project DIR names one that is elsewhere",
                    ])
            }
            return ProjectLocation(folder: folder, seenFrom: here)
        }
        let folder = absolutePath(path, from: here)
        guard FileManager.default.fileExists(atPath: folder + "/placard.yaml") else {
            let exists = FileManager.default.fileExists(atPath: folder)
            throw CommandFailure(
                exists ? "\(path) has no placard.yaml" : "there is no folder \(path)",
                help: ["placard init \(path) makes a small working project"])
        }
        return ProjectLocation(folder: folder, seenFrom: here)
    }

    private init(folder: String, seenFrom here: String) {
        self.folder = folder
        displayPrefix = relativePrefix(of: folder, from: here)
        let root = nearest(".git", from: folder)
        repositoryPrefix = root.map { relativePrefix(of: folder, from: $0) } ?? ""
        repository = root ?? folder
    }

    /// A path of the project as a person at the working directory would write it.
    func display(_ path: String) -> String { displayPrefix + path }
}

/// `path` as an absolute one, with the symbolic links that it has.
///
/// - Parameter folder: absolute and without symbolic links, so that `..` leads up its text.
func fullPath(_ path: String, from folder: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    var folder = folder.split(separator: "/")
    var parts = path.split(separator: "/")[...]
    while let first = parts.first, first == "." || first == ".." {
        if first == ".." { _ = folder.popLast() }
        parts.removeFirst()
    }
    return "/" + (folder + parts).joined(separator: "/")
}

/// `path` as an absolute one; symbolic links are followed where the file exists.
func absolutePath(_ path: String, from folder: String) -> String {
    let full = path.hasPrefix("/") ? path : folder + "/" + path
    if let resolved = realpath(full, nil) {
        defer { free(resolved) }
        return String(cString: resolved)
    }
    return normalized(full)
}

/// Without `.`, `..` and doubled slashes, as text alone.
func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
        if part == ".." {
            _ = parts.popLast()
        } else {
            parts.append(part)
        }
    }
    return "/" + parts.joined(separator: "/")
}

/// What to put before a path in `folder` to reach it from `base`: `a/b/`, `../`, or nothing.
func relativePrefix(of folder: String, from base: String) -> String {
    let target = folder.split(separator: "/")
    let start = base.split(separator: "/")
    let common = zip(target, start).prefix { $0 == $1 }.count
    let up = String(repeating: "../", count: start.count - common)
    return up + target.dropFirst(common).map { $0 + "/" }.joined()
}

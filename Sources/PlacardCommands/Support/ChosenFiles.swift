import DiagnosticRendering
import PlacardCompiler
import SourceDiagnostics

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files and folders of a project that a command was asked about; of all of it where none was named.
struct ChosenFiles {
    /// One that was named.
    private struct Choice {
        /// As the user wrote it.
        var name: String
        /// What it may be called in the project: by its name, and then by what a symbolic link of that name leads to.
        var paths: [String]
    }

    private var choices: [Choice] = []
    private var paths: Set<String> = []
    /// Whether everything is chosen: nothing was named, or the project itself or a folder that it is in.
    private(set) var isEverything: Bool

    /// - Parameters:
    ///   - names: paths from the working directory, or absolute.
    ///   - mayBeNew: whether a file need not be there yet.
    /// - Throws: for a path that leads nowhere, or out of the project.
    init(
        _ names: [String], in location: ProjectLocation, mayBeNew: Bool = false, console: Console = .current
    ) throws(CommandFailure) {
        isEverything = names.isEmpty
        for name in names {
            let full = absoluteNames(name, console)
            guard mayBeNew || FileManager.default.fileExists(atPath: full[0]) else { throw missing(name, full[0]) }
            if full.contains(where: { ($0 == "/" ? "/" : $0 + "/").isPrefix(of: location.folder + "/") }) {
                isEverything = true
                continue
            }
            let inside = full.filter { (location.folder + "/").isPrefix(of: $0) }
                .map { String($0.dropFirst(location.folder.count + 1)) }
            guard !inside.isEmpty else {
                throw CommandFailure(
                    "\(name) is not in the project \(location.folder)",
                    help: ["--project DIR names another project; one is checked at a time"])
            }
            choices.append(Choice(name: name, paths: inside))
            paths.formUnion(inside)
        }
    }

    /// The path in the project of the first that was named; nil where everything is chosen.
    var first: String? { isEverything ? nil : choices.first?.paths.first }

    /// How many were named.
    var count: Int { choices.count }

    /// Whether diagnostics in a file are asked for: it was named, or a folder that it is in, or it is a folder that could not be
    /// read and what was named is in it.
    func contain(_ file: String) -> Bool {
        if isEverything { return true }
        var path = file
        while !path.isEmpty {
            if paths.contains(path) { return true }
            path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        }
        return paths.contains { (file + "/").isPrefix(of: $0) }
    }

    /// Those that were named and hold nothing that is compiled, as they were named.
    func strangers(in files: ProjectFiles, _ diagnostics: [Diagnostic]) -> [String] {
        guard !isEverything else { return [] }
        return choices.filter { choice in
            !choice.paths.contains { path in
                files.holds(path) || diagnostics.contains { $0.primary.file == path }
            }
        }.map(\.name)
    }
}

/// A path as an absolute one: by its text alone, and where its symbolic links lead.
private func absoluteNames(_ path: String, _ console: Console) -> [String] {
    let here = absolutePath(console.workingDirectory, from: "/")
    let text = normalized(path.hasPrefix("/") ? path : here + "/" + path)
    let real = absolutePath(path, from: here)
    return text == real ? [text] : [text, real]
}

private func missing(_ name: String, _ full: String) -> CommandFailure {
    guard name != "-" else {
        return CommandFailure(
            "a text on standard input needs the path of its file",
            help: ["placard check --stdin-path PATH reads it there"])
    }
    if name == "likely" || name == "safe" {
        return CommandFailure(
            "there is no file or folder \(name)",
            help: ["the kind of fixes stands behind an equals sign: --fix=\(name)"])
    }
    let slash = full.lastIndex(of: "/") ?? full.startIndex
    let beside = (try? FileManager.default.contentsOfDirectory(atPath: String(full[..<slash]))) ?? []
    let last = String(full[slash...].dropFirst())
    let spelled = [".md", ".yaml"].map { last + $0 }.first { beside.contains($0) }
    guard let meant = spelled ?? nearMiss(last, among: beside.sorted()) else {
        return CommandFailure("there is no file or folder \(name)")
    }
    return CommandFailure(
        "there is no file or folder \(name)", help: ["did you mean \(name.dropLast(last.count))\(meant)?"])
}

extension String {
    fileprivate func isPrefix(of text: String) -> Bool { text.hasPrefix(self) }
}

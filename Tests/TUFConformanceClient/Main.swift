// A command-line client for theupdateframework/tuf-conformance, by the protocol of its CLIENT-CLI.md. What is under test is
// MetadataUpdate; here are files and HTTP, by curl, and nothing else. Tests/Scripts/tuf-conformance.py runs it.

import Foundation
import TUF

/// What the suite asks for.
private struct Invocation {
    var metadataFolder = ""
    var metadataURL = ""
    var targetNames: [String] = []
    var targetFolder = ""
    var targetURL = ""
    var words: [String] = []

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                words.append(argument)
                continue
            }
            guard let value = rest.popFirst() else { throw Failure("\(argument) needs a value") }
            switch argument {
            case "--metadata-dir": metadataFolder = value
            case "--metadata-url": metadataURL = value
            case "--target-name": targetNames.append(value)
            case "--target-dir": targetFolder = value
            case "--target-base-url": targetURL = value
            default: throw Failure("unknown option \(argument)")
            }
        }
    }
}

private struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

private func run(_ invocation: Invocation) throws {
    let folder = URL(fileURLWithPath: invocation.metadataFolder)
    let root = folder.appendingPathComponent("root.json")
    switch invocation.words.first {
    case "init":
        guard invocation.words.count == 2 else { throw Failure("init needs the trusted root") }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: invocation.words[1]))
        _ = try MetadataUpdate(root: [UInt8](bytes), now: UTCTime(seconds: 0))
        try bytes.write(to: root)
    case "refresh":
        _ = try refresh(invocation, folder)
    case "download":
        var update = try refresh(invocation, folder)
        for name in invocation.targetNames { try download(name, &update, invocation, folder) }
    default: throw Failure("one of init, refresh and download is needed")
    }
}

private func refresh(_ invocation: Invocation, _ folder: URL) throws -> MetadataUpdate {
    var kept: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".json") {
        kept[name] = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }
    let now = UTCTime(seconds: Int64(Date().timeIntervalSince1970))
    var update = try MetadataUpdate(root: kept["root.json"] ?? [], kept: kept, now: now)
    while let request = update.request { try answer(request, &update, invocation, folder) }
    return update
}

private func answer(
    _ request: MetadataUpdate.Request, _ update: inout MetadataUpdate, _ invocation: Invocation, _ folder: URL
) throws {
    let bytes = try fetch(invocation.metadataURL + request.path, limit: request.lengthLimit)
    for change in try update.receive(bytes) {
        switch change {
        case .store(let name, let bytes):
            try Data(bytes).write(to: folder.appendingPathComponent(name), options: .atomic)
        case .remove(let name): try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }
}

private func download(
    _ name: String, _ update: inout MetadataUpdate, _ invocation: Invocation, _ folder: URL
) throws {
    var found = try update.lookup(name)
    while case .needs(let request) = found {
        try answer(request, &update, invocation, folder)
        found = try update.lookup(name)
    }
    guard case .found(let target) = found else { throw Failure("there is no target \(name)") }
    let local = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "target"
    let file = URL(fileURLWithPath: invocation.targetFolder).appendingPathComponent(local)
    if let bytes = try? Data(contentsOf: file), (try? target.verify([UInt8](bytes))) != nil { return }
    guard let bytes = try fetch(invocation.targetURL + update.servedPath(of: target), limit: target.length) else {
        throw Failure("the server does not have \(name)")
    }
    try target.verify(bytes)
    try Data(bytes).write(to: file, options: .atomic)
}

/// The bytes of an address; nil when the server does not have it.
private func fetch(_ url: String, limit: Int) throws -> [UInt8]? {
    let answer = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let status = answer.appendingPathExtension("status")
    defer { for file in [answer, status] { try? FileManager.default.removeItem(at: file) } }
    // curl would make "a/../b" of a path otherwise, and ranges of brackets.
    let code = spawn(
        [
            "/usr/bin/curl", "--silent", "--path-as-is", "--globoff", "--noproxy", "*", "--proto", "=http,https",
            "--max-time", "30", "--max-filesize", "\(limit)", "--output", answer.path,
            "--write-out", "%{http_code}", url,
        ], output: status.path)
    let text = (try? String(contentsOf: status, encoding: .utf8)) ?? ""
    switch (code, text) {
    case (0, "200"): return FileManager.default.contents(atPath: answer.path).map { [UInt8]($0) } ?? []
    case (0, "404"), (0, "403"): return nil
    default: throw Failure("\(url): curl ended with \(code), status \(text)")
    }
}

/// Runs a program; its exit code. Not by Foundation's Process, which waits for ever under a clock that the suite has set.
private func spawn(_ arguments: [String], output: String) -> Int32 {
    // The clock that the suite has set is for this program alone.
    let variables = ProcessInfo.processInfo.environment.filter { $0.key != "LD_PRELOAD" }.map { "\($0)=\($1)" }
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process = pid_t()
    var status: Int32 = 0
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard posix_spawn(&process, arguments[0], &actions, nil, &argv, &envp) == 0,
        waitpid(process, &status, 0) == process
    else { return -1 }
    return status
}

@main
private struct Main {
    static func main() {
        do {
            try run(Invocation(Array(CommandLine.arguments.dropFirst())))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }
}

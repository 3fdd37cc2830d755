import Foundation
import Testing

/// Runs the real binary in a folder of its own.
struct Tool {
    struct Result {
        var status: Int32
        var output: String
        var error: String
    }

    /// The folder that commands run in; removed by ``remove()``.
    let folder: URL

    /// The binary that was built with the tests, or the one that `PLACARD_BIN` names.
    static let binary: String =
        ProcessInfo.processInfo.environment["PLACARD_BIN"]
        ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("placard").path

    init() throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("placard-commands-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Parameters:
    ///   - path: where to run, relative to the folder.
    ///   - environment: all of it; nothing is inherited.
    ///   - more: arguments behind the others.
    ///   - input: what comes on standard input; the test's own without it.
    func run(
        _ arguments: String..., in path: String = ".", environment: [String: String] = [:], more: [String] = [],
        input: String? = nil
    ) throws -> Result {
        let (status, output, error) = try runBytes(
            arguments + more, in: path, environment: environment, input: input)
        return Result(
            status: status, output: String(decoding: output, as: UTF8.self),
            error: String(decoding: error, as: UTF8.self))
    }

    /// The same, with the bytes that were written.
    func runBytes(
        _ arguments: [String], in path: String = ".", environment: [String: String] = [:], input: String? = nil
    ) throws -> (status: Int32, output: [UInt8], error: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.binary)
        process.arguments = arguments
        process.currentDirectoryURL = folder.appendingPathComponent(path).standardizedFileURL
        process.environment = environment
        let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
        let error = folder.appendingPathComponent(".error-\(UUID().uuidString)")
        let inputFile = folder.appendingPathComponent(".input-\(UUID().uuidString)")
        for file in [output, error] { try Data().write(to: file) }
        defer { for file in [output, error, inputFile] { try? FileManager.default.removeItem(at: file) } }
        if let input {
            try Data(input.utf8).write(to: inputFile)
            process.standardInput = try FileHandle(forReadingFrom: inputFile)
        }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, Array(try Data(contentsOf: output)), Array(try Data(contentsOf: error)))
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
    }

    func write(_ path: String, _ text: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }
}

/// Runs `body` with a tool in an empty folder.
func withTool(_ body: (Tool) throws -> Void) throws {
    let tool = try Tool()
    defer { tool.remove() }
    try body(tool)
}

/// Runs `body` with a tool in a folder that holds the starter project as `app`.
func withStarter(_ body: (Tool) throws -> Void) throws {
    try withTool { tool in
        #expect(try tool.run("init", "app").status == 0)
        try body(tool)
    }
}

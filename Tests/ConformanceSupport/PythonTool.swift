import Foundation

/// The Python of the repository's virtual environment, or the one that `PLACARD_PYTHON` names, for comparisons with what
/// others wrote.
public struct PythonTool: Sendable {
    /// The repository's root.
    public static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    private let executable: String

    /// Nil, with a line that says so, where Python does not have the module `module` of the package `package`.
    public init?(module: String, of package: String) {
        let named = ProcessInfo.processInfo.environment["PLACARD_PYTHON"]
        executable = named ?? Self.repository.appendingPathComponent(".venv/bin/python3").path
        guard FileManager.default.isExecutableFile(atPath: executable), run(["-c", "import \(module)"], "").status == 0
        else {
            print("\(package): skipped, \(executable) does not have it (make venv, or set PLACARD_PYTHON)")
            return nil
        }
    }

    /// Runs `Tests/Scripts/<name>` with the input; gives its exit status and the lines that it printed.
    public func run(script name: String, _ arguments: [String] = [], input: String) -> (
        status: Int32, lines: [Substring]
    ) {
        let script = Self.repository.appendingPathComponent("Tests/Scripts/\(name)").path
        let (status, output) = run([script] + arguments, input)
        return (status, output.split(separator: "\n"))
    }

    private func run(_ arguments: [String], _ input: String) -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("placard-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        guard (try? Data(input.utf8).write(to: file)) != nil, let handle = try? FileHandle(forReadingFrom: file) else {
            return (-1, "")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardInput = handle
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return (-1, "") }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

import Foundation
import Testing

// What reaches a terminal, a log or a build server goes through `writeOutput` and `writeError`, which take nothing but an
// `OutputText`. A file of the sources that writes otherwise is found here.

private let sources = URL(filePath: #filePath).appending(path: "../../../Sources").standardized
private let writer = "PlacardCommands/Support/Console.swift"

/// Names that lead to the streams of a process, wherever they stand in the code.
private let streams: Set<String> = [
    "debugPrint", "fputs", "fputc", "putc", "putchar", "fwrite", "fprintf", "printf", "vprintf", "vfprintf", "dprintf",
    "perror", "NSLog", "os_log", "syslog", "standardOutput", "standardError", "stdout", "stderr", "STDOUT_FILENO",
    "STDERR_FILENO", "fdopen", "dup", "dup2", "writev", "pwrite", "fileDescriptor",
]

/// Calls that do, whose names are words otherwise.
private let calls = [
    "print(", "dump(", "puts(", ".main()", "exit(withError", "write(1", "write(2", "/dev/std", "/dev/tty", "/dev/fd",
]

/// The way to a stream that stands in the code of a file; nil when there is none.
private func wayOut(_ code: String) -> String? {
    let names = code.utf8.split { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: false
        default: true
        }
    }
    if let name = names.lazy.map({ String(decoding: $0, as: UTF8.self) }).first(where: { streams.contains($0) }) {
        return name
    }
    // Not `imprint(` and not `.print(`.
    return calls.first { call in
        code.ranges(of: call).contains { range in
            guard call.first?.isLetter == true, range.lowerBound > code.startIndex else { return true }
            let before = code[code.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "_" && before != "."
        }
    }
}

/// The code of a file, without its comments.
private func code(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
        line.drop { $0 == " " }.hasPrefix("//") ? "" : line
    }.joined(separator: "\n")
}

/// All files but those that hold pages and templates as text, and the programs of apps in the tutorial.
private func swiftFiles() throws -> [(path: String, code: String)] {
    let names = try #require(FileManager.default.enumerator(atPath: sources.path))
    let paths = names.compactMap { $0 as? String }.filter {
        $0.hasSuffix(".swift") && !$0.contains("/Generated/") && !$0.contains(".docc/")
    }
    return try paths.sorted().map { ($0, code(try String(contentsOf: sources.appending(path: $0), encoding: .utf8))) }
}

@Suite struct `One writer` {
    @Test func `nothing else in the sources writes to the streams of the process`() throws {
        let files = try swiftFiles()
        #expect(files.count > 100)
        for (path, code) in files where path != writer {
            #expect(wayOut(code) == nil, "\(path)")
            // What files are written with takes a descriptor that was opened for one.
            #expect(!code.contains(/writeAll\(.*\bto: [^d]/), "\(path)")
            #expect(path.hasPrefix("DiagnosticRendering/") || !code.contains("OutputText(raw"), "\(path)")
        }
    }

    @Test func `the writer takes nothing but text for output`() throws {
        let console = try #require(try swiftFiles().first { $0.path == writer }).code
        let toStreams = console.split(separator: "\n").filter {
            $0.contains("writeAll(") && !$0.hasPrefix("func writeAll")
        }
        #expect(toStreams.count == 2)
        #expect(toStreams.allSatisfy { $0.contains("writeAll(text.bytes, to: ") })
        for name in ["writeOutput", "writeError"] {
            #expect(console.ranges(of: "func \(name)(").count == 1)
            #expect(console.contains("func \(name)(_ text: OutputText)"))
        }
    }

    @Test(arguments: [
        "print(\"a\")", "  fputs(a, stderr)", "FileHandle.standardError.write(a)", "write(1, a, 2)", "debugPrint(a)",
        "PlacardCommand.main()", "FileHandle(forWritingAtPath: \"/dev/stderr\")", "dump(a)",
    ])
    func `other ways are found`(_ line: String) {
        #expect(wayOut("let a = 1\n" + line) != nil)
    }

    @Test(arguments: ["imprint(a)", "reader.write(into: a)", "let printed = 1", "engine.print(a)"])
    func `and nothing else`(_ line: String) {
        #expect(wayOut("let a = 1\n" + line) == nil)
    }
}

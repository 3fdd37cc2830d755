import DiagnosticRendering

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

/// What surrounds the tool: environment, terminals, working directory. Read once, passed on as a value.
struct Console: Sendable {
    var variables: [String: String]
    var workingDirectory: String
    var outputIsTerminal: Bool
    var errorIsTerminal: Bool
    /// Columns of the terminal, or what a log can show.
    var width: Int

    /// The console that the process really has.
    static let current = Console(
        variables: ProcessInfo.processInfo.environment,
        workingDirectory: FileManager.default.currentDirectoryPath,
        outputIsTerminal: isatty(1) == 1, errorIsTerminal: isatty(2) == 1, width: terminalWidth())

    /// Whether to colour what goes to a stream (<https://no-color.org>, <https://force-color.org>,
    /// <https://bixense.com/clicolors>): `NO_COLOR` forbids it, whatever else is said; `FORCE_COLOR` demands it, or forbids it
    /// with `0` or `false`; then `CLICOLOR_FORCE` demands it; and otherwise a terminal gets it that is not `dumb` and has not
    /// `CLICOLOR=0`.
    func wantsColor(onTerminal isTerminal: Bool) -> Bool {
        if isSet("NO_COLOR") { return false }
        if isSet("FORCE_COLOR") { return !["0", "false"].contains(variables["FORCE_COLOR"]) }
        if isSet("CLICOLOR_FORCE"), variables["CLICOLOR_FORCE"] != "0" { return true }
        return isTerminal && variables["TERM"] != "dumb" && variables["CLICOLOR"] != "0"
    }

    /// Whether to show progress: a person watches, and lines can be overwritten.
    var wantsProgress: Bool {
        errorIsTerminal && variables["TERM"] != "dumb" && !isSet("CI")
    }

    var outputStyle: ConsoleStyle { ConsoleStyle(isColored: wantsColor(onTerminal: outputIsTerminal)) }
    var errorStyle: ConsoleStyle { ConsoleStyle(isColored: wantsColor(onTerminal: errorIsTerminal)) }

    private func isSet(_ name: String) -> Bool {
        variables[name].map { !$0.isEmpty } ?? false
    }
}

/// The few looks of messages that are not diagnostics.
struct ConsoleStyle: Sendable {
    var isColored: Bool

    func bold(_ text: OutputText) -> OutputText { paint(text, .bold) }
    func red(_ text: OutputText) -> OutputText { paint(text, .red) }
    func green(_ text: OutputText) -> OutputText { paint(text, .green) }
    func dim(_ text: OutputText) -> OutputText { paint(text, .dim) }

    private func paint(_ text: OutputText, _ paint: Paint) -> OutputText {
        isColored && !text.isEmpty ? text.painted(paint) : text
    }
}

// The two functions with which the tool writes to a terminal or a log; a test sees to it that there is no other.

/// Writes to standard output, all of it. Where that fails, on a full disk say, the process ends with the exit code of a
/// failure: half a report must not pass for a whole one.
func writeOutput(_ text: OutputText) {
    guard let code = writeAll(text.bytes, to: 1) else { return }
    // Who reads, such as `head`, has enough.
    if code == EPIPE { exit(CommandFailure.failure) }
    let reason = String(cString: strerror(code))
    CommandFailure("cannot write to standard output: \(reason)", exitCode: CommandFailure.failure).report()
    exit(CommandFailure.failure)
}

/// Writes to standard error, as much as can be: there is nowhere to tell what could not.
func writeError(_ text: OutputText) { _ = writeAll(text.bytes, to: 2) }

/// Writes all bytes, however many calls it takes.
///
/// - Returns: the `errno` of the call that failed; nil when all is written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
        var written = 0
        while written < buffer.count {
            let put = write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            if put >= 0 {
                written += put
            } else if errno != EINTR && errno != EAGAIN {
                return errno
            }
        }
        return nil
    }
}

/// Reads a stream to its end, or as much of it as is more than `limit` bytes.
///
/// - Returns: the bytes, and where a call failed the system's words for it.
func readAll(from descriptor: Int32, limit: Int) -> (bytes: [UInt8], problem: String?) {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
        let count = read(descriptor, &part, part.count)
        if count > 0 {
            bytes += part[..<count]
        } else if count == 0 {
            break
        } else if errno != EINTR {
            return (bytes, String(cString: strerror(errno)))
        }
    }
    return (bytes, nil)
}

private func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
    return Int(size.ws_col)
}

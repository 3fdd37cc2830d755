#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What became of a program that was run.
struct ChildResult {
    /// Its exit code; -1 when it did not end by itself.
    var code: Int32
    /// What it wrote to standard output.
    var output: [UInt8]
}

/// Runs a program to its end.
///
/// - Parameters:
///   - arguments: the program, looked for in `PATH`, and what it is given.
///   - input: what it reads.
///   - limit: the most bytes that it may write; with one more it is killed.
///   - silencesErrors: false for a program that the user names, which may have something to say.
///   - environment: variables besides those of this process.
/// - Returns: nil when it cannot be started, with `errno`, or writes too much, with `EFBIG`.
func run(
    _ arguments: [String], input: [UInt8] = [], limit: Int, silencesErrors: Bool = true,
    environment: [String: String] = [:]
) -> ChildResult? {
    guard let fed = temporaryFile(with: input) else { return nil }
    defer { fclose(fed) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard
        let process = spawn(arguments, input: fileno(fed), output: ends[1], silencesErrors: silencesErrors, environment)
    else {
        close(ends[1])
        return nil
    }
    close(ends[1])
    let output = readToEnd(ends[0], limit: limit)
    if output == nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let output else {
        errno = EFBIG
        return nil
    }
    // WIFEXITED and WEXITSTATUS.
    return ChildResult(code: status & 0x7F == 0 ? status >> 8 & 0xFF : -1, output: output)
}

/// An open file without a name, so that neither side waits for the other to read.
private func temporaryFile(with bytes: [UInt8]) -> UnsafeMutablePointer<FILE>? {
    guard let file = tmpfile() else { return nil }
    var written = 0
    while written < bytes.count {
        let put = bytes[written...].withUnsafeBytes { write(fileno(file), $0.baseAddress, $0.count) }
        if put >= 0 { written += put } else if errno != EINTR { break }
    }
    guard written == bytes.count, lseek(fileno(file), 0, SEEK_SET) == 0 else {
        fclose(file)
        return nil
    }
    return file
}

private func spawn(
    _ arguments: [String], input: Int32, output: Int32, silencesErrors: Bool, _ environment: [String: String]
) -> pid_t? {
    #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
    #else
        var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    // What a program says of its own must not reach a terminal or a log unclean; its exit code says enough.
    if silencesErrors { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    var variables: [String] = []
    var index = 0
    while let variable = environ[index] {
        let text = String(cString: variable)
        // Keys are for this process alone.
        let isKey = text.hasPrefix(KeyRing.variablePrefix)
        if !isKey, environment[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
        index += 1
    }
    variables += environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, nil, &argv, &envp)
    errno = code
    return code == 0 ? process : nil
}

/// All that comes; nil when it is more than the limit.
private func readToEnd(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let got = read(descriptor, &chunk, chunk.count)
        if got > 0 {
            bytes.append(contentsOf: chunk[..<got])
            if bytes.count > limit { return nil }
        } else if got == 0 || errno != EINTR {
            return bytes
        }
    }
}

/// When the commit was made that is checked out in a folder, in seconds since 1970; nil where git knows of none.
///
/// The files of a clone may look like a repository of their own, with a configuration that names programs: such a one is
/// refused, and no signature is looked at, which would run one.
package func commitDate(of folder: String) -> Int64? {
    guard
        let result = run(
            [
                "git", "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "-C", folder, "log", "-1",
                "--no-show-signature", "--format=%ct",
            ], limit: 100), result.code == 0
    else {
        return nil
    }
    return Int64(String(decoding: result.output.filter { $0 > 0x20 }, as: UTF8.self))
}

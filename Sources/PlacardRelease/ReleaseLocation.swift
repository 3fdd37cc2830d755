import ByteText
import PlacardCompiler

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a release is: a folder, or a web server.
///
/// Web servers are asked through curl, a child process (Documentation/Decisions/tuf.md says why). What they answer is bounded in
/// bytes and in time, and none of it is believed before it is verified.
package enum ReleaseLocation: Sendable, Equatable {
    /// A folder's absolute path.
    case folder(String)
    /// An address, ending in `/`.
    case address(String)

    /// Reads what a person wrote: an address when it has a scheme, otherwise a path.
    ///
    /// - Parameter path: makes a path absolute.
    /// - Throws: ``ReleaseError`` for schemes other than HTTPS; HTTP is for a server on this machine.
    package init(_ text: String, path: (String) -> String) throws(ReleaseError) {
        guard text.contains("://") else {
            self = .folder(path(text))
            return
        }
        guard text.hasPrefix("https://") || isLocal(text) else {
            throw ReleaseError(
                .wrongUse, "\(text) is not an address that begins with https://",
                help: ["http:// is for a server on this machine alone"])
        }
        guard !text.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw ReleaseError(.wrongUse, "\(text) is more than the address of a folder: it has a \"?\" or a \"#\"")
        }
        self = .address(text.hasSuffix("/") ? text : text + "/")
    }

    /// The bytes of a file below it; nil when there is none.
    ///
    /// - Parameters:
    ///   - path: with `/`; each segment a plain name.
    ///   - limit: the most bytes that it may have.
    func read(_ path: String, limit: Int) throws(ReleaseError) -> [UInt8]? {
        guard isPlain(path) else { throw ReleaseError(.untrusted, "\(path) is not a path of plain names") }
        switch self {
        case .folder(let folder):
            let full = folder + "/" + path
            guard access(full, F_OK) == 0 else { return nil }
            do throws(NamedFileError) {
                return try readFile(full, untrusted: nil, limit: limit)
            } catch {
                throw ReleaseError(.failure, "\(full) cannot be read: \(error.reason)")
            }
        case .address(let address): return try fetch(address + path, limit: limit)
        }
    }
}

/// Whether an address is one of HTTP on this machine: no other host, and no user's name that looks like one.
private func isLocal(_ text: String) -> Bool {
    guard text.hasPrefix("http://") else { return false }
    let authority = text.dropFirst(7).prefix { $0 != "/" && $0 != "\\" }
    return ["localhost", "127.0.0.1", "[::1]"].contains { host in
        guard authority.hasPrefix(host) else { return false }
        let port = authority.dropFirst(host.count)
        return port.isEmpty || port.first == ":" && port.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
}

/// Whether a path leads nowhere but down, and means the same in an address.
func isPlain(_ path: String) -> Bool {
    path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { segment in
        guard let first = segment.first, first != 0x2E else { return false }
        return segment.allSatisfy { $0.isUnreserved }
    }
}

/// The bytes of an address; nil when the server answers that there is nothing (404), or nothing for us (403), as S3 does.
private func fetch(_ url: String, limit: Int) throws(ReleaseError) -> [UInt8]? {
    let protocols = url.hasPrefix("https:") ? "=https" : "=http"
    // "-q" first: no file of the user's changes what is done.
    let arguments = [
        "curl", "-q", "--silent", "--show-error", "--globoff", "--path-as-is", "--proto", protocols, "--proto-redir",
        protocols, "--location", "--max-redirs", protocols == "=https" ? "5" : "0", "--connect-timeout", "20",
        "--max-time", "300", "--speed-limit",
        "1000", "--speed-time", "30", "--max-filesize", "\(limit)", "--write-out", "\n%{http_code}", "--url", url,
    ]
    guard let result = run(arguments, limit: limit + 4) else {
        if errno == EFBIG { throw ReleaseError(.untrusted, "\(url) is longer than \(limit) bytes") }
        throw ReleaseError(
            .failure, "curl cannot be started: \(String(cString: strerror(errno)))",
            help: ["placard reads from web servers by curl; install it, or give a folder"])
    }
    let status = String(decoding: result.output.suffix(3), as: UTF8.self)
    switch (result.code, status) {
    case (0, "200"): return Array(result.output.dropLast(4))
    case (0, "404"), (0, "403"): return nil
    case (63, _): throw ReleaseError(.untrusted, "\(url) is longer than \(limit) bytes")
    case (0, _): throw ReleaseError(.failure, "\(url): the server answered with status \(status)")
    default: throw ReleaseError(.failure, "\(url) cannot be fetched: curl ended with exit code \(result.code)")
    }
}

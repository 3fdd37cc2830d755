import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Where a client gets a bundle's files from: one function from a path to bytes.
///
/// The client checks every byte that it gives, so that a source need not be trusted to be right, but for the
/// manifest: an unsigned bundle is only as sound as the way to it.
///
/// ```swift
/// let source = BundleSource { path in try await myDownloader.bytes(of: "messages/" + path) }
/// ```
public struct BundleSource: Sendable {
    /// Gives the bytes of a file by its path in the bundle, such as `manifest.json`; throws when it cannot.
    public var read: @Sendable (_ path: String) async throws -> [UInt8]

    /// A source that reads with `read`.
    public init(read: @escaping @Sendable (_ path: String) async throws -> [UInt8]) {
        self.read = read
    }

    /// A bundle in a folder: one that ships inside the app, or a build on a developer's machine.
    public static func folder(_ folder: URL) -> BundleSource {
        BundleSource { path in
            try [UInt8](Data(contentsOf: folder.appendingPathComponent(path)))
        }
    }

    /// A bundle on a web server, below `base`: `https://cdn.example.com/messages/` has its manifest at
    /// `https://cdn.example.com/messages/manifest.json`.
    ///
    /// Only HTTPS is spoken, also after a redirect; plain HTTP is for a server on this machine. An answer is held in
    /// memory whole before its length is looked at: the session's timeout for a resource bounds it.
    ///
    /// - Parameter session: how requests are made: its timeouts, its cache, its proxies.
    public static func https(_ base: URL, session: URLSession = .shared) -> BundleSource {
        BundleSource { path in
            let url = base.appendingPathComponent(path)
            guard isSecure(url) else { throw SourceError.notHTTPS(url.absoluteString) }
            var request = URLRequest(url: url)
            // The manifest is the one file that changes; the others are named by what they hold.
            if path == manifestPath { request.cachePolicy = .reloadRevalidatingCacheData }
            let (data, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else { throw SourceError.notHTTP }
            guard response.statusCode == 200 else { throw SourceError.status(response.statusCode) }
            if let final = response.url, !isSecure(final) { throw SourceError.notHTTPS(final.absoluteString) }
            return [UInt8](data)
        }
    }

    private static func isSecure(_ url: URL) -> Bool {
        switch url.scheme?.lowercased() {
        case "https": true
        case "http": ["localhost", "127.0.0.1", "::1", "[::1]"].contains(url.host ?? "")
        default: false
        }
    }
}

/// What an error of a source says, on one line.
///
/// Foundation's own print their whole user info; what they say to people is enough.
func words(_ error: any Error) -> String {
    let text: String
    switch error {
    case let error as URLError: text = error.localizedDescription
    case let error as CocoaError: text = error.localizedDescription
    default: text = "\(error)"
    }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
}

/// Why the ready-made sources refuse an answer.
enum SourceError: Error, CustomStringConvertible {
    case notHTTPS(String)
    case notHTTP
    case status(Int)

    var description: String {
        switch self {
        case .notHTTPS(let url): "\(url) is not HTTPS"
        case .notHTTP: "the answer is not HTTP"
        case .status(let status): "the server answered with status \(status)"
        }
    }
}

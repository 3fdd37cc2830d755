import Foundation

/// A file that a client wants of a source.
public struct BundleRequest: Sendable, Equatable {
    /// Its path in the bundle, with `/`: `manifest.json`, `metadata/timestamp.json`, `targets/<sha256>.fr.json`.
    public var path: String
    /// The most bytes that it may have: a source need not read on.
    public var lengthLimit: Int
    /// What the source called the bytes that the client has already (RFC 9110, section 8.8.3); nil when it has none.
    public var entityTag: String?

    /// A request for a file.
    public init(path: String, lengthLimit: Int, entityTag: String? = nil) {
        self.path = path
        self.lengthLimit = lengthLimit
        self.entityTag = entityTag
    }
}

/// What a source answers.
public enum BundleResponse: Sendable, Equatable {
    /// The file's bytes, and what the source calls them.
    case file([UInt8], entityTag: String? = nil)
    /// The file is still the one that the request's entity tag names.
    case unchanged
    /// There is no such file, with a few words on it.
    case missing(String = "it is not there")
}

/// Where a client gets a bundle's files from: one function from a path to bytes.
///
/// The client checks every byte that it gives, so that a source need not be trusted to be right, but for the
/// manifest of a bundle that is not signed, which is only as sound as the way to it.
///
/// ```swift
/// let source = BundleSource { path in try await myDownloader.bytes(of: "messages/" + path) }
/// ```
public struct BundleSource: Sendable {
    /// Answers a request; throws when it cannot.
    public var respond: @Sendable (BundleRequest) async throws -> BundleResponse

    /// A source that answers with `respond`. It should stop at the request's limit, and end when its task is cancelled.
    public init(respond: @escaping @Sendable (BundleRequest) async throws -> BundleResponse) {
        self.respond = respond
    }

    /// A source that reads whole files with `read`, however long they are: for downloaders that have a limit of their own.
    public init(read: @escaping @Sendable (_ path: String) async throws -> [UInt8]) {
        self.init(respond: { .file(try await read($0.path)) })
    }

    /// A bundle in a folder: one that ships inside the app, or a build on a developer's machine.
    public static func folder(_ folder: URL) -> BundleSource {
        BundleSource(respond: { request in
            let file = folder.appendingPathComponent(request.path)
            do {
                let handle = try FileHandle(forReadingFrom: file)
                defer { try? handle.close() }
                return .file([UInt8](try handle.read(upToCount: request.lengthLimit + 1) ?? Data()))
            } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
                return .missing()
            }
        })
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

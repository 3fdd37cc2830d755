import Foundation

/// A file that a client wants of a source.
public struct BundleRequest: Sendable, Equatable {
    /// Its path in the bundle, with `/`: `manifest.json`, `metadata/timestamp.json`, `targets/<sha256>.fr.json`.
    public var path: String
    /// The most bytes that it may have: a source need not read on.
    public var lengthLimit: Int
    /// What the source called the bytes that the client has already (RFC 9110, section 8.8.3); nil when it has none.
    public var entityTag: String?

    /// Takes the file in pieces, in their order, so that a large one is never in memory whole; nil where the client wants the bytes.
    /// A source need not use it. One that does answers with ``BundleResponse/file(_:entityTag:)`` of no bytes when all are written,
    /// gives no piece of anything but the file, and ends when it throws: then it is longer than it may be.
    public var write: Write?

    /// Takes a piece of a file; the bytes are copied.
    public typealias Write = @Sendable (_ piece: UnsafeRawBufferPointer) throws -> Void

    /// A request for a file.
    public init(path: String, lengthLimit: Int, entityTag: String? = nil, write: Write? = nil) {
        self.path = path
        self.lengthLimit = lengthLimit
        self.entityTag = entityTag
        self.write = write
    }

    /// Whether two are for the same; who takes the bytes does not matter.
    public static func == (one: BundleRequest, other: BundleRequest) -> Bool {
        one.path == other.path && one.lengthLimit == other.lengthLimit && one.entityTag == other.entityTag
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
            guard let (file, size) = try openToRead(folder.appendingPathComponent(request.path)) else {
                return .missing()
            }
            // `Data` would be a second copy.
            let length = min(size, request.lengthLimit + 1)
            guard let write = request.write else { return .file(readAll(file.descriptor, from: 0, size: length)) }
            for start in stride(from: 0, to: length, by: 1 << 16) {
                let piece = readAll(file.descriptor, from: start, size: min(1 << 16, length - start))
                try piece.withUnsafeBytes(write)
            }
            return .file([])
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

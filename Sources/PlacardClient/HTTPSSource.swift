public import Foundation

#if canImport(FoundationNetworking)
    public import FoundationNetworking
#endif

extension BundleSource {
    /// A bundle on a web server, below `base`: `https://cdn.example.com/messages/` has its manifest at
    /// `https://cdn.example.com/messages/manifest.json`.
    ///
    /// Only HTTPS is spoken, at each hop of a redirect; plain HTTP is for a server on this machine. An answer is read no
    /// further than the client's limit, and its bytes are counted as they come, unpacked. What has not changed is asked for
    /// by its entity tag, and not sent again.
    ///
    /// - Parameters:
    ///   - base: the address that the bundle's paths are behind, with a slash at its end or without.
    ///   - configuration: how requests are made: timeouts, proxies, headers. It keeps no cache of its own unless it
    ///     says so: the client's folder is one.
    public static func https(_ base: URL, configuration: URLSessionConfiguration = .uncached) -> BundleSource {
        let downloads = Downloads(configuration)
        return BundleSource(respond: { request in
            let url = base.appendingPathComponent(request.path)
            guard isSecure(url) else { throw SourceError.notHTTPS(url.absoluteString) }
            var asked = URLRequest(url: url)
            // The mutable files are few and small, and must be those of now; the others are named by what they hold.
            asked.cachePolicy = .reloadIgnoringLocalCacheData
            if let tag = request.entityTag { asked.setValue(tag, forHTTPHeaderField: "If-None-Match") }
            let (response, bytes) = try await downloads.fetch(asked, limit: request.lengthLimit, request.write)
            switch response.statusCode {
            case 200: return .file(bytes, entityTag: response.value(forHTTPHeaderField: "ETag"))
            case 304 where request.entityTag != nil: return .unchanged
            case 403, 404, 410: return .missing("the server answered with status \(response.statusCode)")
            default: throw SourceError.status(response.statusCode)
            }
        })
    }
}

extension URLSessionConfiguration {
    /// A configuration without cache and cookies, in which a server may be silent for 20 seconds.
    public static var uncached: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = 20
        return configuration
    }
}

private func isSecure(_ url: URL) -> Bool {
    switch url.scheme?.lowercased() {
    case "https": true
    case "http": ["localhost", "127.0.0.1", "::1", "[::1]"].contains(url.host ?? "")
    default: false
    }
}

/// Requests of one session, each with a limit that is held while bytes come.
private final class Downloads: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    /// Redirects that are followed.
    private static let hopLimit = 5

    /// A request on its way.
    private struct Download {
        let limit: Int
        let write: BundleRequest.Write?
        let continuation: CheckedContinuation<(HTTPURLResponse, [UInt8]), any Error>
        var response: HTTPURLResponse?
        /// How many bytes have come, and these, where nobody takes them as they come.
        var count = 0
        var bytes: [UInt8] = []
        var hops = 0
    }

    private let lock = NSLock()
    private var downloads: [Int: Download] = [:]
    private var session = URLSession.shared

    init(_ configuration: URLSessionConfiguration) {
        super.init()
        let queue = DelegateQueue()
        queue.maxConcurrentOperationCount = 1
        queue.qualityOfService = .userInteractive
        // The session holds its delegate for as long as the app runs, as the source does.
        session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
    }

    func fetch(
        _ request: URLRequest, limit: Int, _ write: BundleRequest.Write?
    ) async throws -> (HTTPURLResponse, [UInt8]) {
        let task = session.dataTask(with: request)
        let number = task.taskIdentifier
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                lock.withLock { downloads[number] = Download(limit: limit, write: write, continuation: continuation) }
                guard !Task.isCancelled else { return finish(task, .failure(CancellationError())) }
                task.resume()
            }
        } onCancel: {
            finish(task, .failure(CancellationError()))
        }
    }

    /// Ends a download, once; what still comes of it is not looked at.
    ///
    /// - Parameter cancels: false where the session waits for an answer that ends the task.
    private func finish(
        _ task: URLSessionTask, cancels: Bool = true, _ result: Result<(HTTPURLResponse, [UInt8]), any Error>
    ) {
        guard let download = lock.withLock({ downloads.removeValue(forKey: task.taskIdentifier) }) else { return }
        // Not from here: off Apple's systems a session waits for its delegate, and `cancel` for the session.
        if cancels { DispatchQueue.global().async { task.cancel() } }
        download.continuation.resume(with: result)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        func refuse(_ result: Result<(HTTPURLResponse, [UInt8]), any Error>) {
            completionHandler(.cancel)
            finish(dataTask, result)
        }
        guard let response = response as? HTTPURLResponse else { return refuse(.failure(SourceError.notHTTP)) }
        guard response.statusCode == 200 else { return refuse(.success((response, []))) }
        let download = lock.withLock { () -> Download? in
            downloads[dataTask.taskIdentifier]?.response = response
            return downloads[dataTask.taskIdentifier]
        }
        let length = response.expectedContentLength
        guard let download, length <= Int64(download.limit) else { return refuse(.failure(SourceError.tooLong)) }
        guard download.write == nil else { return completionHandler(.allow) }
        // At once, as a buffer that grows is held twice; of what is packed only the limit tells how long it will be. Pages that
        // nothing is written to take no memory.
        let isPacked = length <= 0 || response.value(forHTTPHeaderField: "Content-Encoding") != nil
        lock.withLock {
            downloads[dataTask.taskIdentifier]?.bytes.reserveCapacity(isPacked ? download.limit : Int(length))
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let (fits, write) = lock.withLock { () -> (Bool, BundleRequest.Write?) in
            guard var download = downloads.removeValue(forKey: dataTask.taskIdentifier) else { return (true, nil) }
            let fits = data.count <= download.limit - download.count
            download.count += data.count
            if fits, download.write == nil { download.bytes.append(contentsOf: data) }
            downloads[dataTask.taskIdentifier] = download
            return (fits, download.write)
        }
        guard fits else { return finish(dataTask, .failure(SourceError.tooLong)) }
        do {
            try data.withUnsafeBytes { try write?($0) }
        } catch {
            finish(dataTask, .failure(error))
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        let hops = lock.withLock { () -> Int in
            downloads[task.taskIdentifier]?.hops += 1
            return downloads[task.taskIdentifier]?.hops ?? 0
        }
        // A server elsewhere must not make the device ask its own services.
        let isFromHere = task.originalRequest?.url?.scheme?.lowercased() == "http"
        guard let url = request.url, isSecure(url), isFromHere || url.scheme?.lowercased() == "https" else {
            finish(
                task, cancels: false, .failure(SourceError.notHTTPS(request.url?.absoluteString ?? "a redirect")))
            return completionHandler(nil)
        }
        guard hops <= Downloads.hopLimit else {
            finish(task, cancels: false, .failure(SourceError.tooManyRedirects))
            return completionHandler(nil)
        }
        completionHandler(request)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let download = lock.withLock { downloads[task.taskIdentifier] }
        if let error { return finish(task, .failure(error)) }
        guard let download, let response = download.response else {
            return finish(task, .failure(SourceError.notHTTP))
        }
        finish(task, .success((response, download.bytes)))
    }
}

#if canImport(FoundationNetworking)
    /// Foundation off Apple's systems reads on while its delegate is behind, and holds all that has come: hundreds of megabytes
    /// where processors are busy. With this queue it waits.
    private final class DelegateQueue: OperationQueue, @unchecked Sendable {
        /// How many parts of an answer, of some 16 kB, may wait.
        private let room = DispatchSemaphore(value: 8)

        override func addOperation(_ block: @escaping @Sendable () -> Void) {
            // Not for ever, whatever a delegate is waiting for.
            let hasRoom = room.wait(timeout: .now() + 5) == .success
            super.addOperation { [room] in
                block()
                if hasRoom { room.signal() }
            }
        }
    }
#else
    private typealias DelegateQueue = OperationQueue
#endif

/// Why the ready-made sources refuse an answer.
enum SourceError: Error, CustomStringConvertible {
    case notHTTPS(String)
    case notHTTP
    case status(Int)
    case tooLong
    case tooManyRedirects

    var description: String {
        switch self {
        case .notHTTPS(let url): "\(url) is not HTTPS"
        case .notHTTP: "the answer is not HTTP"
        case .status(let status): "the server answered with status \(status)"
        case .tooLong: "the answer is longer than it may be"
        case .tooManyRedirects: "the server redirects too often"
        }
    }
}

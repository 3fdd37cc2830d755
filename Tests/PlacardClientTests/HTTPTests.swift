import Foundation
import PlacardClient
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A web server of one bundle, inside URLSession.
final class StubServer: URLProtocol {
    static let bundle = MemoryBundle()

    override class func canInit(with request: URLRequest) -> Bool { true }
    override class func canonicalRequest(for request: URLRequest) -> URLRequest { request }
    override func stopLoading() {}

    override func startLoading() {
        let prefix = "https://example.com/messages/"
        guard let url = request.url, url.absoluteString.hasPrefix(prefix) else {
            client?.urlProtocol(self, didFailWithError: URLError(.cannotConnectToHost))
            return
        }
        let bytes = StubServer.bundle.files[String(url.absoluteString.dropFirst(prefix.count))]
        guard
            let response = HTTPURLResponse(
                url: url, statusCode: bytes == nil ? 404 : 200, httpVersion: "HTTP/1.1", headerFields: nil)
        else { return }
        client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
        client?.urlProtocol(self, didLoad: Data(bytes ?? []))
        client?.urlProtocolDidFinishLoading(self)
    }
}

@Suite struct HTTPTests {
    private let configuration: URLSessionConfiguration = {
        let configuration = URLSessionConfiguration.uncached
        configuration.protocolClasses = [StubServer.self]
        return configuration
    }()

    /// With and without a slash at the base's end.
    @Test(arguments: ["https://example.com/messages/", "https://example.com/messages"])
    func aClientUpdatesOverHTTPS(_ base: String) async throws {
        try StubServer.bundle.publish()
        let folder = TemporaryFolder()
        let source = BundleSource.https(try #require(URL(string: base)), configuration: configuration)
        let client = PlacardClient(source: source, folder: folder.url, unit: "u")
        #expect(try await client.update() == .updated)
        #expect(await client.title() != nil)
    }

    @Test func failuresHaveWordsOnOneLine() async throws {
        func check(_ base: String, _ expected: String?) async throws {
            let folder = TemporaryFolder()
            let source = BundleSource.https(try #require(URL(string: base)), configuration: configuration)
            let client = PlacardClient(source: source, folder: folder.url, unit: "u")
            let error = await #expect(throws: ClientError.self) { try await client.update() }
            guard case .unavailable(path: "manifest.json", let reason)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!reason.contains("\n") && !reason.contains("UserInfo"))
            if let expected { #expect(reason == expected) }
        }
        try await check("https://example.com/messages/other/", "the server answered with status 404")
        try await check("https://example.com/elsewhere/", nil)
        try await check("file:///messages/", "file:///messages/manifest.json is not HTTPS")
        try await check("http://localhost.example.com/", "http://localhost.example.com/manifest.json is not HTTPS")
    }
}

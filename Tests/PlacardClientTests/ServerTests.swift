import Foundation
import PlacardClient
import Testing

#if canImport(Glibc)
    import Glibc

    /// A server on this machine that answers each connection with what a test tells it, byte by byte if it wants.
    private final class RawServer: @unchecked Sendable {
        let port: UInt16
        private let listener: Int32

        /// - Parameter answer: takes the path that is asked for, and writes through the function until it gives false.
        init(_ answer: @escaping @Sendable (_ request: String, _ write: (String) -> Bool) -> Void) throws {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            listener = descriptor
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
            }
            try #require(isBound == 0 && listen(descriptor, 16) == 0)
            var bound = size
            _ = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &bound) }
            }
            port = UInt16(bigEndian: address.sin_port)
            Thread.detachNewThread {
                while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                    Thread.detachNewThread {
                        var buffer = [UInt8](repeating: 0, count: 8192)
                        let count = recv(connection, &buffer, buffer.count, 0)
                        let request = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
                        answer(request) { text in
                            let bytes = Array(text.utf8)
                            return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
                        }
                        close(connection)
                    }
                }
            }
        }

        func source() throws -> BundleSource {
            BundleSource.https(try #require(URL(string: "http://127.0.0.1:\(port)/")))
        }

        deinit {
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
        }
    }

    @Suite struct ServerTests {
        private let small = BundleRequest(path: "manifest.json", lengthLimit: 1000)

        /// How much the server could send before the client hung up.
        @Test func anAnswerIsReadNoFurtherThanItsLimit() async throws {
            let sent = Counter()
            let server = try RawServer { _, write in
                guard write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") else { return }
                let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
                // As quick as a very good network.
                while sent.value < 4 << 30, write(chunk) {
                    sent.add(0x10000)
                    usleep(500)
                }
            }
            await #expect(throws: (any Error).self) { try await server.source().respond(small) }
            // What is on its way when the client hangs up is the system's.
            #expect(sent.value < 1 << 30)
        }

        @Test func aLengthThatIsTooMuchIsRefusedBeforeTheBytes() async throws {
            let server = try RawServer { _, write in
                _ = write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + String(repeating: "x", count: 1001))
            }
            await #expect(throws: (any Error).self) { try await server.source().respond(small) }
        }

        @Test func everyHopIsHTTPS() async throws {
            let hops = Counter()
            let server = try RawServer { request, write in
                hops.add(1)
                let host = request.split(separator: "\r\n").first { $0.hasPrefix("Host: ") } ?? ""
                let port = host.split(separator: ":").last ?? ""
                _ = write(
                    "HTTP/1.1 302 Found\r\nLocation: http://a.localhost:\(port)/manifest.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
            }
            let error = await #expect(throws: (any Error).self) { try await server.source().respond(small) }
            #expect("\(String(describing: error))".contains("is not HTTPS"))
            #expect(hops.value == 1)
        }

        @Test func aDripEndsWithTheUpdate() async throws {
            let server = try RawServer { _, write in
                guard write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n") else { return }
                while write("x") { usleep(20_000) }
            }
            let folder = TemporaryFolder()
            let client = PlacardClient(source: try server.source(), folder: folder.url, unit: "u")
            await #expect(throws: ClientError.timedOut) { try await client.update(within: .milliseconds(300)) }
        }

        @Test func whatHasNotChangedIsNotSentAgain() async throws {
            let server = try RawServer { request, write in
                let isKnown = request.contains("If-None-Match: \"one\"")
                _ = write(
                    isKnown
                        ? "HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            }
            let source = try server.source()
            #expect(try await source.respond(small) == .file(Array("{}".utf8), entityTag: "\"one\""))
            var again = small
            again.entityTag = "\"one\""
            #expect(try await source.respond(again) == .unchanged)
        }
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var count = 0
        var value: Int { lock.withLock { count } }
        func add(_ more: Int) { lock.withLock { count += more } }
    }
#endif

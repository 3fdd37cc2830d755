import Foundation
import LocalServer
import Testing

/// A connection of a test, with nothing of a browser between.
private final class Client {
    private let socket: Int32

    init(_ port: UInt16) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
    }

    deinit { close(socket) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, 0) }
    }

    /// All that has come; nil where the server has ended the connection.
    func receive() -> String? {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                text += buffer[..<count]
            } else {
                return count == 0 && text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
            }
        }
    }
}

@Suite struct LocalServerTests {
    private let server: LocalServer

    init() throws { server = try LocalServer(port: 0) }

    private func turn(_ times: Int = 4) {
        for _ in 0..<times {
            _ = server.turn(milliseconds: 20) { request in
                switch request.path {
                case "/events": HTTPResponse(type: "text/event-stream", body: .events([ServerEvent("hello", "1")]))
                case "/page": HTTPResponse(type: mediaType(ofPath: "page.html"), body: .bytes(Array("<p>".utf8)))
                case "/large": HTTPResponse(body: .bytes([UInt8](repeating: 0x61, count: 4 << 20)))
                default: HTTPResponse(.notFound)
                }
            }
        }
    }

    private func request(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\(fields)\r\n"
    }

    @Test func requestsOfOneConnectionAreAnsweredInOrder() throws {
        let client = try Client(server.port)
        client.send(request("/page") + request("/none"))
        turn()
        let answer = try #require(client.receive())
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"))
        #expect(answer.contains("Content-Length: 3\r\n\r\n<p>HTTP/1.1 404 Not Found\r\n"))
    }

    @Test func aRequestMayComeByteByByte() throws {
        let client = try Client(server.port)
        for character in request("/page") {
            client.send(String(character))
            turn(1)
        }
        turn()
        #expect(try #require(client.receive()).hasSuffix("<p>"))
    }

    @Test func aConnectionEndsWhereTheClientSaysSo() throws {
        let client = try Client(server.port)
        client.send(request("/page", "Connection: close\r\n"))
        turn()
        #expect(try #require(client.receive()).hasSuffix("<p>"))
        #expect(client.receive() == nil)
    }

    @Test func whatIsNoRequestEndsItsConnectionAndNoOther() throws {
        let (bad, good) = (try Client(server.port), try Client(server.port))
        bad.send("\u{16}\u{3}\u{1} TLS\r\n\r\n")
        good.send(request("/page"))
        turn()
        #expect(try #require(bad.receive()).hasPrefix("HTTP/1.1 400 "))
        #expect(bad.receive() == nil)
        #expect(try #require(good.receive()).hasSuffix("<p>"))
    }

    @Test func eventsReachThoseWhoWaitForThem() throws {
        let (waiting, other) = (try Client(server.port), try Client(server.port))
        waiting.send(request("/events"))
        other.send(request("/page"))
        turn()
        #expect(server.streams == ["/events"])
        _ = other.receive()
        server.send(ServerEvent("changed", "a\nb"))
        #expect(
            try #require(waiting.receive()).hasSuffix("event: hello\ndata: 1\n\nevent: changed\ndata: a\ndata: b\n\n"))
        #expect(other.receive() == "")
    }

    @Test func aLargeAnswerIsSentAsItIsTaken() throws {
        let client = try Client(server.port)
        client.send(request("/large"))
        var length = 0
        for _ in 0..<2000 where length < 4 << 20 {
            turn(1)
            length += try #require(client.receive()).utf8.count
        }
        #expect(length > 4 << 20)
    }

    @Test func manyConnectionsAreServedInTurn() throws {
        for _ in 0..<3 {
            // The last ones wait until one of the first has ended.
            let clients = try (0..<LocalServer.maximumConnections + 12).map { number in
                if number % 32 == 0 { turn(2) }
                return try Client(server.port)
            }
            for client in clients.prefix(100) { client.send(request("/page", "Connection: close\r\n")) }
            for client in clients.suffix(12) { client.send(request("/page", "Connection: close\r\n")) }
            turn(8)
            for client in clients.prefix(100) + clients.suffix(12) {
                #expect(client.receive()?.hasSuffix("<p>") == true)
            }
        }
    }

    @Test func aPortIsTakenOnce() {
        #expect(throws: LocalServerError.portInUse(server.port)) { _ = try LocalServer(port: server.port) }
    }

    @Test func dataOfAnEventIsOneFieldALine() throws {
        let client = try Client(server.port)
        client.send(request("/events"))
        turn()
        _ = client.receive()
        server.send(ServerEvent("x", "a\r\nb\n\nevent: y"))
        #expect(client.receive() == "event: x\ndata: a\ndata: b\ndata: \ndata: event: y\n\n")
    }
}

#if os(Linux)
    @Suite struct FolderWatchTests {
        @Test func changesInWatchedFoldersAreSeen() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("watch-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let watch = try #require(FolderWatch())
            #expect(watch.watch([folder.path]))
            #expect(watch.take() == [])
            let file = folder.appendingPathComponent("a.md")
            try Data("a".utf8).write(to: file)
            #expect(watch.take() == [file.path])
            #expect(watch.take() == [])
            try FileManager.default.removeItem(at: file)
            #expect(watch.take() == [file.path])
            try FileManager.default.createDirectory(atPath: folder.path + "/b", withIntermediateDirectories: true)
            #expect(watch.take() == nil)
        }

        @Test func foldersBelowAreWatchedToo() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("watch-\(UUID().uuidString)")
            let below = folder.appendingPathComponent("a/b")
            try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let watch = try #require(FolderWatch())
            #expect(watch.watch(trees: [folder.path]))
            try Data("a".utf8).write(to: below.appendingPathComponent("c.md"))
            #expect(watch.take() == [below.path + "/c.md"])
        }

        @Test func aFolderThatHasGoneIsNoFault() throws {
            let watch = try #require(FolderWatch())
            #expect(watch.watch(["/there/is/no/such/folder"]))
        }
    }
#endif

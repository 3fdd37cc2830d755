import Testing

@testable import LocalServer

private let reader = HTTPRequestReader(port: 4750)

private func read(_ lines: [String]) -> HTTPRequestReading {
    reader.read(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)[...])
}

private func path(_ target: String) -> String? {
    guard case .request(let request, _) = read(["GET \(target) HTTP/1.1", "Host: localhost:4750"]) else { return nil }
    return request.path
}

@Suite struct HTTPRequestTests {
    @Test func aRequestIsReadToItsEndAndNoFurther() {
        let bytes = Array("GET /m/a.html?x=1 HTTP/1.1\r\nHost: 127.0.0.1:4750\r\n\r\nGET /".utf8)
        #expect(
            reader.read(bytes[...])
                == .request(HTTPRequest(method: .get, path: "/m/a.html", closes: false), length: bytes.count - 5))
        #expect(reader.read(bytes[(bytes.count - 5)...]) == .incomplete)
    }

    @Test func everyBeginningOfARequestWaitsForMore() {
        let bytes = Array("HEAD / HTTP/1.1\r\nHost: localhost:4750\r\n\r\n".utf8)
        for count in 0..<bytes.count { #expect(reader.read(bytes[..<count]) == .incomplete, "\(count)") }
    }

    @Test(arguments: [
        ("/", "/"), ("/m/a%20b.html", "/m/a b.html"), ("/%C3%A9", "/é"), ("/a?b#c", "/a"), ("/../x", "/../x"),
        ("/%2e%2e/x", "/../x"), ("/%00", "/\0"),
    ]) func aPathIsDecodedOnceAndStaysAWhole(target: String, expected: String) {
        #expect(path(target) == expected)
    }

    @Test(arguments: ["a", "http://localhost:4750/", "*", "/%", "/%2", "/%zz", "/%ff", ""])
    func whatIsNoPathIsRefused(target: String) {
        #expect(path(target) == nil)
    }

    @Test(arguments: [
        ["GET / HTTP/1.1"], ["GET / HTTP/1.1", "Host: evil.example"], ["GET / HTTP/1.1", "Host: localhost:4751"],
        ["GET / HTTP/1.1", "Host: localhost"], ["GET / HTTP/1.1", "Host: localhost:4750.evil.example"],
    ]) func anotherHostIsMisdirected(lines: [String]) {
        #expect(read(lines) == .refused(.misdirected))
    }

    @Test(arguments: [
        ["Origin: https://evil.example"], ["Origin: null"], ["Origin: http://localhost:1"],
        ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: same-site"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
    ]) func anotherSiteIsForbidden(lines: [String]) {
        #expect(read(["GET / HTTP/1.1", "Host: localhost:4750"] + lines) == .refused(.forbidden))
    }

    @Test(arguments: [
        ["Origin: http://localhost:4750"], ["Sec-Fetch-Site: same-origin"], ["Sec-Fetch-Site: none"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
    ]) func thePageItselfAndALinkToItAreAnswered(lines: [String]) {
        let reading = read(["GET / HTTP/1.1", "Host: localhost:4750"] + lines)
        #expect(reading == .request(HTTPRequest(method: .get, path: "/", closes: false), length: length(lines)))
    }

    private func length(_ lines: [String]) -> Int {
        (["GET / HTTP/1.1", "Host: localhost:4750"] + lines).reduce(2) { $0 + $1.utf8.count + 2 }
    }

    @Test(arguments: [
        (["POST / HTTP/1.1", "Host: localhost:4750"], HTTPStatus.methodNotAllowed),
        (["GET / HTTP/1.1", "Host: localhost:4750", "Content-Length: 5"], .badRequest),
        (["GET / HTTP/1.1", "Host: localhost:4750", "Transfer-Encoding: chunked"], .badRequest),
        (["GET / HTTP/1.1", "Host: localhost:4750", "Host: localhost:4750"], .badRequest),
        (["GET / HTTP/1.1", "Host: localhost:4750", "no colon"], .badRequest),
        (["GET / HTTP/1.1", "Host: localhost:4750", " folded: line"], .badRequest), (["GET /"], .badRequest),
        (["GET / HTTP/2"], .badRequest), (["", "Host: localhost:4750"], .badRequest),
    ]) func whatThisServerDoesNotTakeIsRefused(lines: [String], status: HTTPStatus) {
        #expect(read(lines) == .refused(status))
    }

    @Test func aHeadHasALimit() {
        let long = String(repeating: "x", count: HTTPRequestReader.maximumHeadBytes)
        #expect(read(["GET / HTTP/1.1", "Host: localhost:4750", "X: \(long)"]) == .refused(.headTooLarge))
        #expect(reader.read(Array(("GET /" + long).utf8)[...]) == .refused(.headTooLarge))
    }
}

import ByteText

/// A request as a browser sends it for a page: the parts of HTTP/1.1 that a server of files on one's own machine needs.
package struct HTTPRequest: Sendable, Equatable {
    package enum Method: Sendable {
        case get, head
    }

    package var method: Method
    /// The target's path, percent-decoded, without the query; begins with `/`.
    package var path: String
    /// Whether the connection ends after the answer.
    package var closes: Bool
}

/// What the bytes of a connection come to.
package enum HTTPRequestReading: Sendable, Equatable {
    /// More bytes are needed.
    case incomplete
    /// A request, and how many bytes it took.
    case request(HTTPRequest, length: Int)
    /// What is answered to bytes that are no request for this server, after which the connection ends.
    case refused(HTTPStatus)
}

/// Reads requests, and refuses those that other sites make.
///
/// A page of another site can have a browser ask any server of this machine. Such a request names the other site in `Origin` or
/// `Sec-Fetch-Site`, or this server by a name of its own choice in `Host` (DNS rebinding); neither is answered.
package struct HTTPRequestReader: Sendable {
    /// What `Host` may be: `127.0.0.1:4750`.
    private let hosts: Set<String>

    /// Bytes of a request's head.
    package static let maximumHeadBytes = 16 * 1024

    package init(port: UInt16) {
        hosts = Set(["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)" })
    }

    /// Reads the first request of `bytes` (RFC 9112, sections 2 to 6).
    package func read(_ bytes: ArraySlice<UInt8>) -> HTTPRequestReading {
        guard let end = headEnd(bytes) else {
            return bytes.count > HTTPRequestReader.maximumHeadBytes ? .refused(.headTooLarge) : .incomplete
        }
        guard end - bytes.startIndex <= HTTPRequestReader.maximumHeadBytes else { return .refused(.headTooLarge) }
        guard let head = String(validating: bytes[bytes.startIndex..<end], as: UTF8.self) else {
            return .refused(.badRequest)
        }
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst() else { return .refused(.badRequest) }
        let parts = first.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0" else { return .refused(.badRequest) }
        guard let fields = fields(lines) else { return .refused(.badRequest) }
        if let status = refusal(fields) { return .refused(status) }
        let method: HTTPRequest.Method
        switch parts[0] {
        case "GET": method = .get
        case "HEAD": method = .head
        default: return .refused(.methodNotAllowed)
        }
        guard let path = decodedPath(parts[1]) else { return .refused(.badRequest) }
        let closes = fields["connection"]?.lowercased() == "close" || parts[2] == "HTTP/1.0"
        return .request(
            HTTPRequest(method: method, path: path, closes: closes), length: end + 4 - bytes.startIndex)
    }

    /// Where the empty line behind the head begins.
    private func headEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 4 else { return nil }
        let last = min(bytes.endIndex - 4, bytes.startIndex + HTTPRequestReader.maximumHeadBytes)
        var index = bytes.startIndex
        while index <= last {
            if bytes[index] == 0x0D, bytes[index + 1] == 0x0A, bytes[index + 2] == 0x0D, bytes[index + 3] == 0x0A {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Fields by their names in lower case; nil where a line is none, or `host` stands twice.
    private func fields(_ lines: ArraySlice<Substring>) -> [String: String]? {
        var fields: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let name = line[..<colon].lowercased()
            guard !name.utf8.contains(where: { $0 <= 0x20 }) else { return nil }
            let value = line[line.index(after: colon)...].trimmingPrefix { $0 == " " || $0 == "\t" }
            if fields.updateValue(String(value), forKey: name) != nil, name == "host" { return nil }
        }
        return fields
    }

    private func refusal(_ fields: [String: String]) -> HTTPStatus? {
        guard let host = fields["host"]?.lowercased(), hosts.contains(host) else { return .misdirected }
        if let origin = fields["origin"], origin.lowercased() != "http://\(host)" { return .forbidden }
        // A link from elsewhere may be followed; an image or a script of ours is no part of another site.
        let isNavigation = fields["sec-fetch-mode"] == "navigate" && fields["sec-fetch-dest"] == "document"
        if let site = fields["sec-fetch-site"], site != "same-origin", site != "none", !isNavigation {
            return .forbidden
        }
        // Nothing that is asked of this server has a body.
        if fields["transfer-encoding"] != nil { return .badRequest }
        if let length = fields["content-length"], length != "0" { return .badRequest }
        return nil
    }

    private func decodedPath(_ target: Substring) -> String? {
        guard target.hasPrefix("/") else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(target.utf8.prefix { $0 != 0x3F && $0 != 0x23 })[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue,
                let low = rest.popFirst()?.hexadecimalValue
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

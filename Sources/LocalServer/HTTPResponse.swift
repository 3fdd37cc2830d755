/// How a request ends (RFC 9110, section 15).
package enum HTTPStatus: Int, Sendable {
    case ok = 200
    case badRequest = 400
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case misdirected = 421
    case headTooLarge = 431
    case unavailable = 503

    var reason: String {
        switch self {
        case .ok: "OK"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .misdirected: "Misdirected Request"
        case .headTooLarge: "Request Header Fields Too Large"
        case .unavailable: "Service Unavailable"
        }
    }
}

/// What a request is answered with.
package struct HTTPResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// A stream of server-sent events that stays open (HTML, section 9.2); begins with these events.
        case events([ServerEvent])
    }

    package var status: HTTPStatus
    /// A media type, such as `text/html; charset=utf-8`.
    package var type: String
    package var body: Body

    package init(_ status: HTTPStatus = .ok, type: String = "text/plain; charset=utf-8", body: Body) {
        self.status = status
        self.type = type
        self.body = body
    }

    /// A status with its reason as the text.
    package init(_ status: HTTPStatus) {
        self.init(status, body: .bytes(Array((status.reason + "\n").utf8)))
    }

    /// The bytes that are sent.
    ///
    /// - Parameter isHead: whether the body is left out, as an answer to `HEAD`.
    func bytes(isHead: Bool, closes: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\nContent-Type: \(type)\r\n"
        // What is served is of this moment, for this page alone.
        head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        head += "Cross-Origin-Resource-Policy: same-origin\r\n"
        if status == .methodNotAllowed { head += "Allow: GET, HEAD\r\n" }
        switch body {
        case .bytes(let bytes):
            head += "Content-Length: \(bytes.count)\r\n" + (closes ? "Connection: close\r\n" : "") + "\r\n"
            return Array(head.utf8) + (isHead ? [] : bytes)
        case .events(let events):
            head += "Connection: close\r\n\r\n"
            return Array(head.utf8) + (isHead ? [] : events.flatMap(\.bytes))
        }
    }
}

/// One server-sent event.
package struct ServerEvent: Sendable, Equatable {
    /// Its type, of letters.
    package var name: String
    /// Its data; line feeds divide it.
    package var data: String

    package init(_ name: String, _ data: String) {
        self.name = name
        self.data = data
    }

    var bytes: [UInt8] {
        let lines = data.split(omittingEmptySubsequences: false) { $0.isNewline }.map { "data: \($0)\n" }
        return Array("event: \(name)\n\(lines.joined())\n".utf8)
    }
}

/// The media type of a file by its ending.
package func mediaType(ofPath path: String) -> String {
    switch path.split(separator: ".").last?.lowercased() {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "json": "application/json"
    case "md": "text/plain; charset=utf-8"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "avif": "image/avif"
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
}

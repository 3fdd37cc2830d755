#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a server cannot begin.
package enum LocalServerError: Error, Equatable {
    /// Another program listens there.
    case portInUse(UInt16)
    /// The system refuses; its reason in its own words.
    case system(String)
}

/// A server of pages to the browsers of this machine: HTTP/1.1 on 127.0.0.1, one thread, nothing but answers of its owner's.
///
/// It serves no file of a disk by itself, so that no path leads out of what it is meant to show.
package final class LocalServer {
    /// Where it listens.
    package let port: UInt16
    private let listener: Int32
    private let reader: HTTPRequestReader
    private var connections: [Connection] = []

    /// Connections at once; more wait until one ends.
    package static let maximumConnections = 128
    /// Milliseconds that a connection may be silent in the middle of a request.
    private static let patience: Int64 = 30_000
    /// Bytes that an event stream may be behind before it is given up; the browser connects again.
    private static let maximumEventBacklog = 256 * 1024

    /// Listens on a port of 127.0.0.1.
    ///
    /// - Parameter port: 0 for any that is free.
    package init(port: UInt16) throws(LocalServerError) {
        let listener = try makeListener(port)
        guard let actual = boundPort(listener) else {
            close(listener)
            throw .system(systemMessage())
        }
        self.listener = listener
        self.port = actual
        reader = HTTPRequestReader(port: actual)
    }

    deinit {
        for connection in connections { close(connection.socket) }
        close(listener)
    }

    /// Where a browser finds it.
    package var address: String { "http://127.0.0.1:\(port)/" }

    /// The paths of the requests for events that are open, one for each page that waits.
    package var streams: [String] { connections.compactMap(\.stream) }

    /// Waits for requests and answers them, once.
    ///
    /// - Parameters:
    ///   - milliseconds: how long it waits at most when nothing comes.
    ///   - other: another file descriptor that ends the waiting when it can be read; nil for none.
    ///   - answer: what a request is answered with.
    /// - Returns: whether `other` can be read.
    package func turn(
        milliseconds: Int32, other: Int32? = nil, answer: (HTTPRequest) -> HTTPResponse
    ) -> Bool {
        var polled: [pollfd] = connections.map { connection in
            let events = (connection.output.isEmpty ? 0 : POLLOUT) | POLLIN
            return pollfd(fd: connection.socket, events: Int16(events), revents: 0)
        }
        let accepts = connections.count < LocalServer.maximumConnections
        polled.append(pollfd(fd: accepts ? listener : -1, events: Int16(POLLIN), revents: 0))
        polled.append(pollfd(fd: other ?? -1, events: Int16(POLLIN), revents: 0))
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else {
            dropSilent()
            return false
        }
        for index in connections.indices where polled[index].revents != 0 {
            serve(&connections[index], polled[index].revents, answer)
        }
        connections.removeAll { connection in
            guard connection.isDone else { return false }
            close(connection.socket)
            return true
        }
        if polled[polled.count - 2].revents != 0 { accept() }
        dropSilent()
        return polled[polled.count - 1].revents != 0
    }

    /// Sends an event to all streams.
    package func send(_ event: ServerEvent) {
        for index in connections.indices where connections[index].stream != nil {
            connections[index].output += event.bytes
            if connections[index].output.count > LocalServer.maximumEventBacklog { connections[index].isDone = true }
            write(&connections[index])
        }
    }

    private func accept() {
        // As many as wait, none of which may keep this thread.
        while connections.count < LocalServer.maximumConnections {
            let socket = acceptConnection(listener)
            guard socket >= 0 else { return }
            connections.append(Connection(socket: socket, lastHeard: milliseconds()))
        }
    }

    private func dropSilent() {
        let now = milliseconds()
        for index in connections.indices.reversed() {
            let connection = connections[index]
            guard connection.stream == nil, now - connection.lastHeard > LocalServer.patience else { continue }
            close(connection.socket)
            connections.remove(at: index)
        }
    }

    private func serve(_ connection: inout Connection, _ events: Int16, _ answer: (HTTPRequest) -> HTTPResponse) {
        if events & Int16(POLLOUT) != 0 { write(&connection) }
        guard events & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { return }
        guard receive(&connection) else {
            connection.isDone = true
            return
        }
        // What a browser sends behind a stream's request is of no use to anyone.
        guard connection.stream == nil else {
            connection.input.removeAll()
            return
        }
        respond(&connection, answer)
    }

    /// Answers the requests that have come as a whole, in order.
    private func respond(_ connection: inout Connection, _ answer: (HTTPRequest) -> HTTPResponse) {
        var start = 0
        reading: while !connection.endsAfterOutput, connection.stream == nil {
            switch reader.read(connection.input[start...]) {
            case .incomplete: break reading
            case .refused(let status):
                connection.output += HTTPResponse(status).bytes(isHead: false, closes: true)
                connection.endsAfterOutput = true
            case .request(let request, let length):
                start += length
                let response = answer(request)
                connection.output += response.bytes(isHead: request.method == .head, closes: request.closes)
                if case .events = response.body, request.method == .get {
                    connection.stream = request.path
                } else if request.closes {
                    connection.endsAfterOutput = true
                }
            }
        }
        connection.input.removeFirst(min(start, connection.input.count))
        write(&connection)
    }

    /// Reads what has come; false where the other side has ended.
    private func receive(_ connection: inout Connection) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        let count = buffer.withUnsafeMutableBytes { recv(connection.socket, $0.baseAddress, $0.count, 0) }
        if count < 0 { return isTemporary() }
        guard count > 0 else { return false }
        connection.lastHeard = milliseconds()
        connection.input += buffer[..<count]
        return true
    }

    private func write(_ connection: inout Connection) {
        var sent = 0
        while sent < connection.output.count {
            let count = connection.output[sent...].withUnsafeBytes { sendBytes(connection.socket, $0) }
            guard count > 0 else {
                if count < 0, !isTemporary() { connection.isDone = true }
                break
            }
            sent += count
            connection.lastHeard = milliseconds()
        }
        connection.output.removeFirst(sent)
        if connection.output.isEmpty, connection.endsAfterOutput { connection.isDone = true }
    }
}

/// A browser's connection.
private struct Connection {
    let socket: Int32
    /// When something came or went last, in milliseconds of a clock that only runs forward.
    var lastHeard: Int64
    var input: [UInt8] = []
    var output: [UInt8] = []
    /// The path of the request for events that it waits with.
    var stream: String?
    var endsAfterOutput = false
    var isDone = false

    init(socket: Int32, lastHeard: Int64) {
        self.socket = socket
        self.lastHeard = lastHeard
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A socket that listens on a port of 127.0.0.1, which nobody waits on.
func makeListener(_ port: UInt16) throws(LocalServerError) -> Int32 {
    #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
    #else
        let kind = SOCK_STREAM
    #endif
    let listener = socket(AF_INET, kind, 0)
    guard listener >= 0 else { throw .system(systemMessage()) }
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    let bound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard bound == 0, listen(listener, 64) == 0 else {
        let code = errno
        close(listener)
        throw code == EADDRINUSE ? .portInUse(port) : .system(systemMessage(code))
    }
    makeNonBlocking(listener)
    return listener
}

/// The port that a socket is bound to.
func boundPort(_ listener: Int32) -> UInt16? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
}

/// The next connection that waits; negative where none does.
func acceptConnection(_ listener: Int32) -> Int32 {
    let socket = accept(listener, nil, nil)
    guard socket >= 0 else { return socket }
    makeNonBlocking(socket)
    var yes: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    #if canImport(Darwin)
        setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return socket
}

/// Sends without a signal where the other side has gone.
func sendBytes(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
        send(socket, bytes.baseAddress, bytes.count, 0)
    #else
        send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
}

/// Neither is it waited for, nor does a program that is started get it.
private func makeNonBlocking(_ socket: Int32) {
    _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
}

/// Whether the last call was merely too early.
func isTemporary() -> Bool { errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR }

/// The system's words for its last error.
func systemMessage(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }

/// A clock that only runs forward, in milliseconds.
func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

import Foundation
import PlacardEngine

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

/// What happened with messages and has not been received.
let eventLogPath = "events.log"

/// Events in a file of the client's folder.
///
/// It is appended to in one write, and made empty when all is received. Where something is left it is replaced as a whole. So
/// a kill at any byte loses nothing but what was being written. Processes that share the folder take turns by a lock on the
/// file.
struct EventLog: EventStore {
    let folder: ClientFolder
    let report: @Sendable (ClientError) -> Void

    /// The largest file: some 4,000 events, of which the oldest go first.
    static let fileBytes = 2 << 20

    private var file: URL { folder.url.appendingPathComponent(eventLogPath) }

    func append(_ events: [MessageEvent]) throws {
        let bytes = events.flatMap(\.fileLines)
        try locked { descriptor in
            guard try size(descriptor) + bytes.count > EventLog.fileBytes else { return try write(bytes, descriptor) }
            // Half of it, so that not every event from now on writes the file anew.
            var left = contents(descriptor) + events
            let count = left.count
            var room = EventLog.fileBytes / 2
            left = left.reversed().prefix { event in
                room -= event.fileLines.count
                return room >= 0
            }.reversed()
            try folder.replace(with: left.flatMap(\.fileLines), file)
            report(.storage(path: file.path, reason: "the oldest \(count - left.count) events found no receiver"))
        }
    }

    func pending(limit: Int) throws -> [MessageEvent] {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return try locked { contents($0, limit: limit) }
    }

    func remove(_ events: [MessageEvent]) throws {
        let received = Set(events.map(\.id))
        try locked { descriptor in
            let left = contents(descriptor).filter { !received.contains($0.id) }
            guard left.isEmpty else { return try folder.replace(with: left.flatMap(\.fileLines), file) }
            guard ftruncate(descriptor, 0) == 0 else { throw failure() }
        }
    }

    // MARK: Files

    /// Runs `body` with the file, which no other process changes meanwhile.
    private func locked<Value>(_ body: (Int32) throws -> Value) throws -> Value { try folder.locked(file, body) }

    private func contents(_ descriptor: Int32, limit: Int = .max) -> [MessageEvent] {
        guard lseek(descriptor, 0, SEEK_SET) == 0, let size = try? size(descriptor) else { return [] }
        let bytes = readAll(descriptor, size: min(EventLog.fileBytes, size))
        return MessageEvent.events(ofFile: bytes, limit: limit)
    }

    private func size(_ descriptor: Int32) throws(ClientError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        return Int(status.st_size)
    }

    private func write(_ bytes: [UInt8], _ descriptor: Int32) throws(ClientError) {
        let written = bytes.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw failure(written < 0 ? nil : "there is no more room") }
    }

    private func failure(_ reason: String? = nil) -> ClientError {
        .storage(path: file.path, reason: reason ?? String(cString: strerror(errno)))
    }
}

/// `write(2)`, which the members of ``EventLog`` hide.
private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

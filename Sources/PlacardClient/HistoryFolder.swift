import Foundation
import PlacardEngine

/// What the user has seen and done.
let historyPath = "history.log"
/// The same as the first version of the client kept it.
let firstHistoryPath = "history.json"

extension ClientFolder {
    private var history: URL { url.appendingPathComponent(historyPath) }
    private var firstHistory: URL { url.appendingPathComponent(firstHistoryPath) }

    /// Replaces the history, and removes that of the first version, which is in it.
    func store(history bytes: [UInt8]) throws(ClientError) {
        try replace(with: bytes, history)
        try? FileManager.default.removeItem(at: firstHistory)
    }

    /// The history; of a file that is larger than any that a client writes its beginning, which has the numbers of
    /// all impressions, and its end, which has the newest.
    func storedHistory() -> [UInt8]? {
        guard let handle = try? FileHandle(forReadingFrom: history) else { return nil }
        defer { try? handle.close() }
        let limit = HistoryLimits.fileBytes
        guard let size = try? handle.seekToEnd(), (try? handle.seek(toOffset: 0)) != nil else { return nil }
        guard size > UInt64(limit) else { return (try? handle.readToEnd()).map { [UInt8]($0) } }
        guard let head = try? handle.read(upToCount: limit / 2),
            (try? handle.seek(toOffset: size - UInt64(limit / 2))) != nil,
            let tail = try? handle.read(upToCount: limit / 2)
        else { return nil }
        return [UInt8](head) + [0x0A] + [UInt8](tail)
    }

    /// What the first version of the client kept; nil when there is none. It has a limit, too, above all that anybody
    /// will have seen.
    func storedFirstHistory() throws(ClientError) -> [UInt8]? {
        guard let handle = try? FileHandle(forReadingFrom: firstHistory) else { return nil }
        defer { try? handle.close() }
        let limit = ClientFolder.firstHistoryLimit
        guard let data = try? handle.read(upToCount: limit + 1) else { return nil }
        guard data.count <= limit else { throw .tooLarge(path: firstHistoryPath, limit: limit) }
        return [UInt8](data)
    }

    /// The largest history of the first version that is read, in bytes: more than a million impressions.
    private static let firstHistoryLimit = 16 << 20

    /// Appends to the history, in one piece behind whatever another process has written, and gives the file's size.
    func append(history bytes: [UInt8]) throws(ClientError) -> Int {
        try createFolder(of: history)
        let descriptor = openFile(history, O_WRONLY | O_APPEND | O_CREAT)
        guard descriptor >= 0 else { throw .storage(path: history.path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else {
            throw .storage(
                path: history.path, reason: written < 0 ? String(cString: strerror(errno)) : "there is no more room")
        }
        return Int(lseek(descriptor, 0, SEEK_END))
    }
}

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
        guard let (descriptor, size) = openRegular(history) else { return nil }
        defer { close(descriptor) }
        let limit = HistoryLimits.fileBytes
        guard size > limit else { return readAll(descriptor, size: size) }
        let head = readAll(descriptor, size: limit / 2)
        guard lseek(descriptor, off_t(size - limit / 2), SEEK_SET) >= 0 else { return nil }
        return head + [0x0A] + readAll(descriptor, size: limit / 2)
    }

    /// What the first version of the client kept; nil when there is none. It has a limit, too, above all that anybody
    /// will have seen.
    func storedFirstHistory() throws(ClientError) -> [UInt8]? {
        guard let (descriptor, size) = openRegular(firstHistory) else { return nil }
        defer { close(descriptor) }
        let limit = ClientFolder.firstHistoryLimit
        guard size <= limit else { throw .tooLarge(path: firstHistoryPath, limit: limit) }
        return readAll(descriptor, size: size)
    }

    /// The largest history of the first version that is read, in bytes: more than a million impressions.
    private static let firstHistoryLimit = 16 << 20

    /// Appends to the history, in one piece behind whatever another process has written, and gives the file's size.
    func append(history bytes: [UInt8]) throws(ClientError) -> Int {
        try createFolder(of: history)
        let descriptor = openFile(history, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
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

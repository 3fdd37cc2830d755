import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

extension ClientFolder {
    /// Opens a file to append to it, makes it when it is not there, and runs `body` while no other process has it locked. What
    /// is in its place and is no file is removed.
    ///
    /// The lock ends with the process. It does not wait long for one that was stopped in the middle.
    func locked<Value>(_ file: URL, _ body: (Int32) throws -> Value) throws -> Value {
        try createFolder(of: file)
        for _ in 0..<ClientFolder.lockTries {
            let descriptor = openFile(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
            guard descriptor >= 0 else {
                guard errno == EISDIR || errno == ELOOP else { throw failure(file) }
                try? FileManager.default.removeItem(at: file)
                continue
            }
            defer { close(descriptor) }
            var held = stat()
            guard fstat(descriptor, &held) == 0 else { throw failure(file) }
            guard held.st_mode & S_IFMT == S_IFREG else {
                try? FileManager.default.removeItem(at: file)
                continue
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                usleep(ClientFolder.lockPause)
                continue
            }
            // Another process may have replaced it before the lock was had.
            var named = stat()
            if lstat(file.path, &named) == 0, named.st_ino == held.st_ino, named.st_dev == held.st_dev {
                return try body(descriptor)
            }
        }
        throw ClientError.storage(path: file.path, reason: "another process keeps it locked")
    }

    private static let lockTries = 100
    /// In microseconds.
    private static let lockPause: UInt32 = 5000
}

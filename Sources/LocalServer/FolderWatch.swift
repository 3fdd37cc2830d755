#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if os(Linux)
    /// Says when something changes in folders, by inotify (inotify(7)).
    package final class FolderWatch {
        /// Can be read when something has changed.
        package let descriptor: Int32

        /// Folders by the numbers of their watches.
        private var folders: [Int32: String] = [:]

        private static let events =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO)
            | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ATTRIB)

        /// Watches nothing yet; nil where the system has no watches to give.
        package init?() {
            let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            guard descriptor >= 0 else { return nil }
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }

        /// Watches these folders, too; those that are watched already stay so.
        ///
        /// - Returns: false where one cannot be watched, as the system allows no more.
        package func watch(_ folders: some Sequence<String>) -> Bool {
            var all = true
            for folder in folders {
                let watch = inotify_add_watch(descriptor, folder, FolderWatch.events)
                if watch >= 0 {
                    self.folders[watch] = folder
                } else if errno != ENOENT, errno != ENOTDIR {
                    // One that has gone meanwhile is told by the folder that it was in.
                    all = false
                }
            }
            return all
        }

        /// Watches these folders and all below them, but for hidden ones and those behind symbolic links.
        ///
        /// - Returns: false where one cannot be watched, as the system allows no more.
        package func watch(trees: [String]) -> Bool {
            var all = true
            var folders = trees
            while let folder = folders.popLast() {
                all = watch([folder]) && all
                guard let listing = opendir(folder) else { continue }
                defer { closedir(listing) }
                while let entry = readdir(listing) {
                    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                    }
                    guard !name.hasPrefix("."), isFolder(folder + "/" + name, entry.pointee.d_type) else { continue }
                    folders.append(folder + "/" + name)
                }
            }
            return all
        }

        private func isFolder(_ path: String, _ type: UInt8) -> Bool {
            guard type == DT_UNKNOWN else { return type == DT_DIR }
            var status = stat()
            return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        }

        /// Takes what has happened since.
        ///
        /// - Returns: the paths of the files that it happened to, in watched folders; nil where it happened to folders, too, or
        ///   the system lost some of it.
        package func take() -> Set<String>? {
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            var paths: Set<String>? = []
            while true {
                let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { return paths }
                var rest = buffer[..<count]
                while let event = Event(&rest) {
                    guard event.mask & FolderWatch.folderEvents == 0, let folder = folders[event.watch],
                        !event.name.isEmpty
                    else {
                        paths = nil
                        continue
                    }
                    paths?.insert(folder + "/" + event.name)
                }
            }
        }

        /// What happens to folders, and what the system says of itself.
        private static let folderEvents =
            UInt32(IN_ISDIR) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_Q_OVERFLOW)
            | UInt32(IN_IGNORED)
            | UInt32(IN_UNMOUNT)
    }

    /// `struct inotify_event`: four numbers of four bytes, and a name with zeros behind it.
    private struct Event {
        var watch: Int32
        var mask: UInt32
        var name: String

        /// Takes the first event of `bytes`; nil where there is none.
        init?(_ bytes: inout ArraySlice<UInt8>) {
            guard bytes.count >= 16 else { return nil }
            let (watch, mask, length) = bytes.withUnsafeBytes {
                (
                    $0.loadUnaligned(as: Int32.self), $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
                    Int($0.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
                )
            }
            guard bytes.count >= 16 + length else { return nil }
            self.watch = watch
            self.mask = mask
            name = String(decoding: bytes.dropFirst(16).prefix(length).prefix { $0 != 0 }, as: UTF8.self)
            bytes = bytes.dropFirst(16 + length)
        }
    }
#endif

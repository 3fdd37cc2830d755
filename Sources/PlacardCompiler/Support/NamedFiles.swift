#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// Files that a user names on the command line, such as those for translators. They may lie anywhere; only what a repository
// that somebody else wrote holds must not lead elsewhere.

/// The nearest folder at or above `folder` that has an entry called `name`.
///
/// - Parameter folder: absolute; it is gone up as it is written.
package func nearest(_ name: String, from folder: String) -> String? {
    var folder = folder
    while true {
        let base = folder == "/" ? "" : folder
        if access(base + "/" + name, F_OK) == 0 { return folder }
        guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
        folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
}

/// Why a file that was named is not read.
package struct NamedFileError: Error, Sendable {
    /// For a person.
    package let reason: String
    /// Whether there is no file.
    package var isMissing = false
}

/// Reads a regular file.
///
/// - Parameters:
///   - path: absolute.
///   - untrusted: a folder, absolute and without symbolic links, whose links must not lead out of it.
///   - limit: the most bytes it may have.
package func readFile(_ path: String, untrusted: String?, limit: Int) throws(NamedFileError) -> [UInt8] {
    guard let real = realPath(path) else {
        let code = errno
        throw NamedFileError(reason: String(cString: strerror(code)), isMissing: code == ENOENT)
    }
    if let untrusted, !isInside(real, untrusted) {
        // Somewhere on the way the path may have been in there.
        var way = path[...]
        while let slash = way.lastIndex(of: "/") {
            way = way[..<slash]
            guard let folder = realPath(String(way)) else { continue }
            if isInside(folder, untrusted) {
                throw NamedFileError(reason: "a symbolic link leads it out of \(untrusted)")
            }
        }
    }
    do throws(SystemError) {
        return try readFile(real, limit: limit)
    } catch {
        switch error.code {
        case SystemError.notAFile: throw NamedFileError(reason: "it is no file")
        case EFBIG: throw NamedFileError(reason: "it has more than the \(limit) bytes allowed")
        default: throw NamedFileError(reason: String(cString: strerror(error.code)))
        }
    }
}

/// Writes one file in one step, over one that is there or new, into a folder that is made where it is not there.
///
/// - Parameters:
///   - name: a single part of a path.
///   - folder: a symbolic link neither at its end nor in `untrusted` on the way is followed.
///   - untrusted: such as a repository that has been checked out.
package func writeFile(
    _ name: String, _ bytes: [UInt8], in folder: String, untrusted: String?
) throws(OutputError) {
    let place = folder + "/" + name
    do throws(SystemFailure) {
        let handle = try OutputFolder(folder, untrusted: untrusted).handle
        if let found = handle.status(of: name), found.kind != .regular {
            throw .inTheWay(path: place, what: found.kind)
        }
        do throws(SystemError) {
            try handle.write(name, bytes)
        } catch {
            throw .call(path: place, code: error.code)
        }
    } catch {
        throw outputError(error, place)
    }
}

/// Makes a folder, and those above it that are not there.
///
/// - Parameters:
///   - folder: a symbolic link neither at its end nor in `untrusted` on the way is followed.
///   - untrusted: such as a repository that has been checked out.
package func makeOutputFolder(_ folder: String, untrusted: String?) throws(OutputError) {
    do throws(SystemFailure) {
        _ = try OutputFolder(folder, untrusted: untrusted)
    } catch {
        throw outputError(error, folder)
    }
}

private func outputError(_ failure: SystemFailure, _ place: String) -> OutputError {
    switch failure {
    case .inTheWay(let path, let what): .inTheWay(path: path, what: what.words)
    case .call(let path, let code, _): .failed(path: path, reason: String(cString: strerror(code)))
    case .notOurs, .busy, .unreadable: .failed(path: place, reason: "it is in use")
    }
}

private func isInside(_ real: String, _ folder: String) -> Bool {
    real == folder || real.hasPrefix(folder == "/" ? "/" : folder + "/")
}

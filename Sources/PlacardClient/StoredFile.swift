import Cryptography
import Foundation
import PlacardBundle

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

/// A target on the disk that was found to be what the manifest says, and of which pieces are read again as they are needed: none of
/// it is held.
///
/// Another program may change the file at any time, or cut it short, which ends a process that has it mapped. So it is read, by the
/// descriptor that it was verified by, and each piece is held against a digest that was taken then: what is read is what
/// was verified, or nothing.
final class StoredFile: @unchecked Sendable {
    let entry: TargetEntry
    let file: OpenFile
    /// Of each block the beginning of its SHA-256.
    private let digests: [UInt8]
    private static let blockLength = 4096
    private static let digestLength = 16

    private let lock = NSLock()
    /// The block that was read last: messages that follow each other share blocks.
    private var last: (number: Int, bytes: [UInt8]) = (-1, [])
    private var hasFailed = false

    /// Verifies a file; throws as ``check(_:against:)`` does.
    init(_ file: OpenFile, _ entry: TargetEntry) throws(ClientError) {
        (self.file, self.entry) = (file, entry)
        digests = try StoredFile.digests(file.descriptor, entry)
    }

    /// The digests of a file's blocks, once its length and its SHA-256 are found to be right.
    private static func digests(_ descriptor: Int32, _ entry: TargetEntry) throws(ClientError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) == entry.bytes else {
            throw .wrongLength(path: entry.path, expected: entry.bytes, actual: Int(status.st_size))
        }
        let whole = Cryptography.platform.sha256()
        var digests: [UInt8] = []
        let length = Int(entry.bytes)
        digests.reserveCapacity((length / blockLength + 1) * digestLength)
        for start in stride(from: 0, to: length, by: blockLength) {
            let block = readAll(descriptor, from: start, size: min(blockLength, length - start))
            whole.update(block[...])
            digests += digest(block)
        }
        guard whole.finishHex() == entry.sha256 else { throw .wrongHash(path: entry.path) }
        return digests
    }

    private static func digest(_ block: [UInt8]) -> ArraySlice<UInt8> {
        let hash = Cryptography.platform.sha256()
        hash.update(block[...])
        return hash.finish().prefix(digestLength)
    }

    /// Whether a piece could not be read, or was not what it had been.
    var isDamaged: Bool { lock.withLock { hasFailed } }

    /// The file for those who read it.
    var bytes: FileBytes {
        FileBytes(count: Int(entry.bytes), read: { places in self.read(places) }, borrow: { body in self.borrow(body) })
    }

    /// All of it; nil when it is not what it was.
    func contents() -> [UInt8]? { read(0..<Int(entry.bytes)) }

    private func read(_ places: Range<Int>) -> [UInt8]? {
        guard places.lowerBound >= 0, places.upperBound <= Int(entry.bytes) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(places.count)
        return each(places) { result += $0 } ? result : nil
    }

    private func borrow(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        _ = withPages(Int(entry.bytes)) { pages in
            var place = 0
            let isWhole = each(0..<pages.count) { piece in
                _ = pages[place...].update(fromContentsOf: piece)
                place += piece.count
            }
            if isWhole { body(UnsafeBufferPointer(pages)) }
        }
    }

    /// Gives pieces that are what they were; false when one is not.
    private func each(_ places: Range<Int>, _ take: (ArraySlice<UInt8>) -> Void) -> Bool {
        lock.withLock {
            var place = places.lowerBound
            while place < places.upperBound {
                let number = place / StoredFile.blockLength
                guard let block = block(number) else { return false }
                let start = number * StoredFile.blockLength
                let end = min(places.upperBound, start + block.count)
                take(block[(place - start)..<(end - start)])
                place = end
            }
            return true
        }
    }

    private func block(_ number: Int) -> [UInt8]? {
        guard last.number != number else { return last.bytes }
        let start = number * StoredFile.blockLength
        let size = min(StoredFile.blockLength, Int(entry.bytes) - start)
        let block = readAll(file.descriptor, from: start, size: size)
        let known = digests.dropFirst(number * StoredFile.digestLength).prefix(StoredFile.digestLength)
        guard block.count == size, StoredFile.digest(block) == known else {
            hasFailed = true
            return nil
        }
        last = (number, block)
        return block
    }
}

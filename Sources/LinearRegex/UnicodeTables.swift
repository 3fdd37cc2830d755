/// Reads the generated tables of ``UnicodeData``.
enum UnicodeTables {
    /// How many bytes are looked through for a name, at most.
    static var size: Int { UnicodeData.categories.utf8CodeUnitCount + UnicodeData.scripts.utf8CodeUnitCount }

    /// The code points of a general category (`L`, `Lu`), a script (`Greek`) or `Any`; nil when there is no such name.
    static func set(named name: [UInt8]) -> CodePointSet? {
        if name.elementsEqual("Any".utf8) { return .all }
        return set(named: name, in: UnicodeData.categories) ?? set(named: name, in: UnicodeData.scripts)
    }

    private static func set(named name: [UInt8], in table: StaticString) -> CodePointSet? {
        table.withUTF8Buffer { bytes in
            var line = 0
            while line < bytes.count {
                var nameEnd = line
                while nameEnd < bytes.count, bytes[nameEnd] != 0x20 { nameEnd += 1 }
                var reader = NumberReader(bytes: bytes, offset: nameEnd + 1)
                if name.elementsEqual(bytes[line..<nameEnd]) { return readRanges(&reader) }
                line = reader.endOfLine() + 1
            }
            return nil
        }
    }

    private static func readRanges(_ reader: inout NumberReader) -> CodePointSet {
        var result = CodePointSet()
        var next: UInt32 = 0
        while let gap = reader.next(), let length = reader.next() {
            result.insert(next + gap, next + gap + length)
            next += gap + length + 1
        }
        result.normalize()
        return result
    }

    /// The runs of code points that fold alike.
    static func folds() -> [FoldRun] {
        UnicodeData.folds.withUTF8Buffer { bytes in
            var reader = NumberReader(bytes: bytes, offset: 0)
            var result: [FoldRun] = []
            var next: UInt32 = 0
            while let gap = reader.next(), let length = reader.next(), let zigzag = reader.next() {
                let delta = zigzag & 1 == 0 ? Int32(zigzag >> 1) : -Int32(zigzag >> 1) - 1
                let first = next + gap
                result.append(FoldRun(first: first, last: first + length, delta: delta))
                next = first + length + 1
            }
            return result
        }
    }
}

/// Code points `first` to `last`, each of which folds like itself plus `delta`; where `delta` is 0, the first two fold
/// alike, as do the next two, and so on.
///
/// Going on from a code point leads through all that fold alike, at most ``orbitLimit``, and comes back.
struct FoldRun: Sendable {
    var first: UInt32
    var last: UInt32
    var delta: Int32

    /// The most code points of Unicode that fold alike.
    static let orbitLimit = 4
}

extension CodePointSet {
    /// The set with all code points that simple case folding makes equal to one in it.
    func folded(_ runs: [FoldRun]) -> CodePointSet {
        var result = self
        result.normalize()
        for _ in 1..<FoldRun.orbitLimit {
            let before = result
            result.insertSuccessors(of: before, runs)
            result.normalize()
            if result == before { break }
        }
        return result
    }

    private mutating func insertSuccessors(of source: CodePointSet, _ runs: [FoldRun]) {
        var index = 0
        for run in runs {
            while index < source.ranges.count, source.ranges[index].last < run.first { index += 1 }
            var other = index
            while other < source.ranges.count, source.ranges[other].first <= run.last {
                insert(run, source.ranges[other])
                other += 1
            }
        }
    }

    private mutating func insert(_ run: FoldRun, _ range: Range) {
        let first = max(run.first, range.first)
        let last = min(run.last, range.last)
        if run.delta == 0 {
            // Whole pairs.
            insert(first - (first - run.first) % 2, last + 1 - (last - run.first) % 2)
        } else {
            insert(shifted(first, run.delta), shifted(last, run.delta))
        }
    }

    private func shifted(_ point: UInt32, _ delta: Int32) -> UInt32 {
        UInt32(truncatingIfNeeded: Int64(point) + Int64(delta))
    }
}

/// Reads the base 32 numbers of a table; see the generator for the form.
struct NumberReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset: Int

    /// The next number; nil at the end of the line.
    mutating func next() -> UInt32? {
        var value: UInt32 = 0
        while offset < bytes.count, let digit = NumberReader.digit(bytes[offset]) {
            offset += 1
            value = value << 5 | (digit & 31)
            if digit >= 32 { return value }
        }
        return nil
    }

    /// The offset of the line feed that ends the line.
    func endOfLine() -> Int {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case 0x2B: 62
        case 0x2D: 63
        default: nil
        }
    }
}

import ByteText

/// The texts of a message in one language, in plain words: one buffer of UTF-8 for all of them, as there are many.
package struct TextLines: Sendable {
    private var bytes: [UInt8] = []
    /// Where each line ends.
    private var ends: [Int] = []

    /// No texts: the message is not in that language.
    package init() {}

    package init(_ lines: [String]) {
        for line in lines {
            bytes += line.utf8
            ends.append(bytes.count)
        }
    }

    var count: Int { ends.count }
    var byteCount: Int { bytes.count }

    /// The line at a position.
    subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// Puts lines together.
    package struct Writer: ~Copyable {
        private var buffer: ByteBuffer
        private var ends: [Int] = []

        /// - Parameter capacity: bytes that it has room for before it grows.
        package init(capacity: Int) { buffer = ByteBuffer(capacity: capacity) }

        package var isEmpty: Bool { ends.isEmpty }

        /// Appends the line that `write` writes, if it has a word and is not there yet.
        package mutating func append(_ write: (inout ByteBuffer) -> Void) {
            let start = buffer.count
            write(&buffer)
            let count = buffer.count - start
            if count > 0, !holds(start, count) { ends.append(buffer.count) } else { buffer.shorten(to: start) }
        }

        /// Whether a line before `start` has the same bytes as what follows it.
        private borrowing func holds(_ start: Int, _ count: Int) -> Bool {
            buffer.withUnsafeBufferPointer { bytes in
                var begin = 0
                for end in ends {
                    if end - begin == count, bytes[begin..<end].elementsEqual(bytes[start..<start + count]) {
                        return true
                    }
                    begin = end
                }
                return false
            }
        }

        package consuming func finish() -> TextLines {
            var lines = TextLines()
            lines.bytes = buffer.bytes
            lines.ends = ends
            return lines
        }
    }
}

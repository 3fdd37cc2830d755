import SourceDiagnostics

/// How far to the left and right of the place that matters a line is looked at; a line of
/// megabytes costs no more than one of this many bytes.
let excerptByteLimit = 4096

/// One character of a source line as a terminal shows it.
struct Cell: Equatable {
    /// Its bytes in the file.
    var bytes: Range<Int>
    /// What is shown: the character itself, or the visible form of one that acts or hides.
    var text: String
    /// The columns that ``text`` takes.
    var width: Int
}

/// A line of a file, cut to the width of the screen around a place, as cells of known width.
struct LineCells {
    private(set) var cells: [Cell] = []
    /// Whether the line goes on to the left and to the right of what is shown.
    private(set) var isCutLeft = false
    private(set) var isCutRight = false
    private(set) var isRightToLeft = false

    /// - Parameters:
    ///   - line: the bytes of the line, without its ending.
    ///   - focus: what must be in view, when it fits.
    ///   - width: columns to fill at most.
    init(_ bytes: [UInt8], line: Span, focus: Span, tabWidth: Int, width: Int) {
        let width = max(width, LineCells.narrowest)
        // Most characters take as many columns as bytes. Where many do not, more of the line is looked at.
        var reach = min(2 * width, excerptByteLimit)
        while true {
            look(at: bytes, line: line, focus: focus, reach: reach, tabWidth: tabWidth)
            if reach >= excerptByteLimit || isWideEnough(width, around: focus) { break }
            reach = min(4 * reach, excerptByteLimit)
        }
        cut(to: width, around: focus)
    }

    /// Takes the cells of so many bytes to the left and to the right of the focus.
    private mutating func look(at bytes: [UInt8], line: Span, focus: Span, reach: Int, tabWidth: Int) {
        let start = max(line.start, min(focus.start, line.end) - reach)
        let end = min(line.end, min(max(focus.end, line.start), focus.start + reach) + reach)
        let from = LineCells.boundary(in: bytes, from: start, within: line)
        let to = max(from, LineCells.boundary(in: bytes, from: end, within: line))
        isCutLeft = from > line.start
        isCutRight = to < line.end
        isRightToLeft = false
        cells.removeAll(keepingCapacity: true)
        fill(from: bytes, from..<to, tabWidth: tabWidth)
    }

    /// Whether what has been looked at fills the screen on both sides of the focus, as far as the line goes.
    private func isWideEnough(_ width: Int, around focus: Span) -> Bool {
        let before = column(startingAt: focus.start)
        return (!isCutLeft || before >= width) && (!isCutRight || column(endingAt: Int.max) - before >= width)
    }

    private static let narrowest = 20

    /// The next place at or behind `offset` that does not split a scalar.
    private static func boundary(in bytes: [UInt8], from offset: Int, within line: Span) -> Int {
        var offset = offset
        while offset > line.start, offset < line.end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }

    /// The column, from 0, where the character that holds `offset` begins; behind the last one for an offset past it.
    func column(startingAt offset: Int) -> Int {
        leading + cells.prefix { $0.bytes.upperBound <= offset }.reduce(0) { $0 + $1.width }
    }

    /// The column behind the character that holds the byte before `offset`.
    func column(endingAt offset: Int) -> Int {
        leading + cells.prefix { $0.bytes.lowerBound < offset }.reduce(0) { $0 + $1.width }
    }

    /// What is shown, isolated when it holds right-to-left text, so that the terminal keeps it in its place.
    var text: String {
        let body = (isCutLeft ? "…" : "") + cells.map { $0.text }.joined() + (isCutRight ? "…" : "")
        return isRightToLeft ? "\u{2066}" + body + "\u{2069}" : body
    }

    /// The column of the first character that is not white space.
    var indentation: Int {
        leading + cells.prefix { $0.text.utf8.allSatisfy { $0 == 0x20 } }.reduce(0) { $0 + $1.width }
    }

    private var leading: Int { isCutLeft ? 1 : 0 }

    private mutating func fill(from bytes: [UInt8], _ range: Range<Int>, tabWidth: Int) {
        var iterator = bytes[range].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        var offset = range.lowerBound
        var column = 0
        var plain = ""
        var previous: Unicode.Scalar?
        var mark = CommandMark()

        func flush(into cells: inout [Cell]) {
            var place = offset - plain.utf8.count
            for character in plain {
                let length = character.utf8.count
                let cell = LineCells.cell(character, place..<place + length)
                cells.append(cell)
                column += cell.width
                place += length
            }
            plain = ""
        }

        while true {
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput:
                flush(into: &cells)
                return
            case .error(let length):
                flush(into: &cells)
                for byte in bytes[offset..<min(offset + length, range.upperBound)] {
                    column += appendNumber(of: byte, at: offset)
                    offset += 1
                }
                previous = nil
                mark = CommandMark()
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                let length = encoded.count
                let isMark = mark.completes(scalar)
                isRightToLeft = isRightToLeft || isStrongRightToLeft(scalar)
                if scalar == "\t" {
                    flush(into: &cells)
                    let width = tabWidth - column % tabWidth
                    let text = String(repeating: " ", count: width)
                    cells.append(Cell(bytes: offset..<offset + length, text: text, width: width))
                    column += width
                    previous = scalar
                } else if let form = visibleForm(of: scalar, after: previous) ?? (isMark ? codePoint(scalar) : nil) {
                    flush(into: &cells)
                    let width = form.unicodeScalars.count
                    cells.append(Cell(bytes: offset..<offset + length, text: form, width: width))
                    column += width
                    previous = nil
                } else {
                    plain.unicodeScalars.append(scalar)
                    previous = scalar
                }
                offset += length
            }
        }
    }

    /// A byte that is not UTF-8, as a number; its width.
    private mutating func appendNumber(of byte: UInt8, at offset: Int) -> Int {
        let text = "<" + String(byte, radix: 16, uppercase: true) + ">"
        cells.append(Cell(bytes: offset..<offset + 1, text: text, width: text.utf8.count))
        return text.utf8.count
    }

    private static func cell(_ character: Character, _ bytes: Range<Int>) -> Cell {
        let width = displayWidth(character)
        guard width == 0 else { return Cell(bytes: bytes, text: String(character), width: width) }
        // A mark without a letter gets a dotted circle, so that it does not change what stands before the line.
        return Cell(bytes: bytes, text: "\u{25CC}" + String(character), width: 1)
    }

    private mutating func cut(to width: Int, around focus: Span) {
        let total = column(endingAt: Int.max)
        guard total + (isCutRight ? 1 : 0) > width else { return }
        let from = column(startingAt: focus.start)
        let to = max(from + 1, column(endingAt: focus.end))
        // A third of the room stands before the place, unless the place needs more of it.
        let before = max(0, min(width / 3, width - (to - from) - 2))
        let left = to < width ? 0 : from - before
        if left > leading { drop(columnsBefore: left) }
        var room = width - 1 - leading
        let kept = cells.prefix { cell in
            room -= cell.width
            return room >= 0
        }
        if kept.count < cells.count {
            cells = Array(kept)
            isCutRight = true
        }
    }

    private mutating func drop(columnsBefore left: Int) {
        var column = leading
        let dropped = cells.prefix { cell in
            column += cell.width
            return column <= left
        }
        guard !dropped.isEmpty else { return }
        cells.removeFirst(dropped.count)
        isCutLeft = true
    }
}

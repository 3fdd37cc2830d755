import ByteText
import SourceDiagnostics

/// The brackets of a block that have no other one, and stand at the edge of a word.
struct BracketBalance {
    let source: [UInt8]
    private(set) var strays: [Int] = []
    private var open: [Int] = []
    private var closing: [Int] = []
    private var isMeant = false

    init(_ source: [UInt8]) {
        self.source = source
    }

    mutating func see(_ span: Span) {
        var index = span.start
        let end = min(span.end, source.count)
        while index < end {
            switch source[index] {
            case 0x5C:
                index += 1
                // Whoever escapes one of a pair knows what the other is.
                if index < end, source[index] == 0x5B || source[index] == 0x5D { isMeant = true }
            case 0x5B: open.append(index)
            case 0x5D: if open.popLast() == nil { closing.append(index) }
            default: break
            }
            index += 1
        }
    }

    /// Ends a block.
    mutating func finish() {
        defer { isMeant = false }
        guard !open.isEmpty || !closing.isEmpty else { return }
        // Of several, some may stand for something else.
        if open.count + closing.count == 1, !isMeant { strays += open.filter(opensAWord) + closing.filter(closesAWord) }
        open = []
        closing = []
    }

    func sign(_ place: Int) -> String { source[place] == 0x5B ? "[" : "]" }

    private func opensAWord(_ place: Int) -> Bool {
        let isFirst = place == 0 || source[place - 1] <= 0x20 || source[place - 1] == 0x2A
        return isFirst && place + 1 < source.count && isOfWord(source[place + 1])
    }

    private func closesAWord(_ place: Int) -> Bool {
        let isLast =
            place + 1 == source.count || source[place + 1] <= 0x20 || [0x2E, 0x2C, 0x2A].contains(source[place + 1])
        return isLast && place > 0 && isOfWord(source[place - 1])
    }

    private func isOfWord(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte >= 0x80 || byte == 0x7B || byte == 0x7D || byte == 0x2A
    }
}

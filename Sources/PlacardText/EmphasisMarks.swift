import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Where asterisks, underscores and tildes stand in a pattern, and what Markdown made of each: the beginning or the end of something,
// or a character that readers see.

/// A run of one kind of mark that nothing escapes.
struct MarkRun {
    var byte: UInt8
    var span: Span
    /// What stands before and behind it; a space at the ends of a line, a letter for a placeholder.
    var before: UInt32
    var behind: UInt32
    /// The link or image that holds it, or -1.
    var container: Int
    /// The block that it is in.
    var block: Int
    /// How many of its bytes are shown.
    var shown = 0
    /// Whether its line, or its block, begins with it.
    var isFirst = false

    var length: Int { span.length }
    /// Whether readers see all of it.
    var isShown: Bool { shown == length }
    /// Whether only an opening one can stand there.
    var opens: Bool { isSpace(before) && !isSpace(behind) }
    /// Whether only a closing one can stand there.
    var closes: Bool { !isSpace(before) && isSpace(behind) }
    /// Whether it parts words and marks none.
    var isAlone: Bool { isSpace(before) && isSpace(behind) }
    /// Whether it stands beside text that is written without spaces.
    var isWide: Bool { isWidePunctuationOrLetter(before) || isWidePunctuationOrLetter(behind) }

    private func isSpace(_ value: UInt32) -> Bool { value <= 0x20 || value == 0xA0 || value == 0x3000 }
}

/// The marks of one pattern.
struct EmphasisMarks {
    /// In the order of the source.
    private(set) var runs: [MarkRun] = []
    /// By node: the block that it is, or is in.
    private(set) var blocks: [Int]
    /// How many bytes, nodes and runs were looked at.
    private(set) var work: Int
    private let origin: Int
    private var roles: [Role]

    private enum Role: UInt8 {
        case none, shown, unseen, mark
    }

    init(_ pattern: PatternText, _ source: [UInt8]) {
        let tree = pattern.tree
        origin = pattern.scanned.span.start
        roles = Array(repeating: .none, count: max(0, min(pattern.scanned.span.end, source.count) - origin))
        blocks = Array(repeating: 0, count: tree.nodes.count)
        work = roles.count + tree.nodes.count
        for (index, node) in tree.nodes.enumerated() {
            blocks[index] = node.kind.isBlock ? index : blocks[Int(node.parent)]
            if node.kind == .text { fill(node.span, .shown) }
        }
        for span in pattern.unseenSpans { fill(span, .unseen) }
        for node in tree.nodes where isMadeOfMarks(node, source) {
            let length = markLength(node, source)
            fill(Span(node.span.start, node.span.start + length), .mark)
            fill(Span(node.span.end - length, node.span.end), .mark)
        }
        collect(pattern, source)
    }

    private mutating func fill(_ span: Span, _ role: Role) {
        var index = max(0, span.start - origin)
        let end = min(roles.count, span.end - origin)
        work += max(0, end - index)
        while index < end {
            roles[index] = role
            index += 1
        }
    }

    private func role(_ offset: Int) -> Role {
        offset >= origin && offset - origin < roles.count ? roles[offset - origin] : .none
    }

    /// Whether readers see the byte at an offset.
    func isShown(_ offset: Int) -> Bool { role(offset) == .shown }

    private mutating func collect(_ pattern: PatternText, _ source: [UInt8]) {
        let tree = pattern.tree
        let links = tree.nodes.indices.filter { tree.nodes[$0].kind == .link || tree.nodes[$0].kind == .image }
        var nextLink = 0
        var open: [Int] = []
        for (block, node) in tree.nodes.enumerated() where !node.contentLines.isEmpty && node.kind != .codeBlock {
            for line in tree.contentLines[Int(node.contentLines.lowerBound)..<Int(node.contentLines.upperBound)] {
                let end = min(line.end, source.count)
                var index = line.start
                work += max(0, end - index)
                while index < end {
                    let byte = source[index]
                    if byte == 0x5C { index += 2 }
                    guard byte == 0x2A || byte == 0x7E || byte == 0x5F || byte == 0x60, role(index) != .unseen else {
                        if byte != 0x5C { index += 1 }
                        continue
                    }
                    let start = index
                    var shown = 0
                    while index < end, source[index] == byte, role(index) != .unseen {
                        if isShown(index) { shown += 1 }
                        index += 1
                    }
                    while nextLink < links.count, tree.nodes[links[nextLink]].span.start < start {
                        open.append(links[nextLink])
                        nextLink += 1
                    }
                    while let last = open.last, tree.nodes[last].span.end <= start { open.removeLast() }
                    runs.append(
                        MarkRun(
                            byte: byte, span: Span(start, index), before: before(source, start, line.start),
                            behind: index < end ? scalarValue(source, index, end) : 0x20,
                            container: open.last ?? -1, block: block, shown: shown,
                            isFirst: !source[line.start..<start].contains { $0 > 0x20 }))
                }
            }
        }
        work += runs.count
    }

    private func before(_ source: [UInt8], _ index: Int, _ start: Int) -> UInt32 {
        guard index > start else { return 0x20 }
        var place = index - 1
        while place > start, source[place] & 0xC0 == 0x80 { place -= 1 }
        // A placeholder is a letter to Markdown, whatever its braces are.
        return source[place] == 0x7D ? 0x61 : scalarValue(source, place, index)
    }

    private func scalarValue(_ source: [UInt8], _ index: Int, _ end: Int) -> UInt32 {
        if source[index] == 0x7B { return 0x61 }
        return decodedScalar(source, index, end).value
    }
}

/// Whether asterisks, underscores or tildes make it; `{#strong}` does not.
func isMadeOfMarks(_ node: MarkdownNode, _ source: [UInt8]) -> Bool {
    guard node.kind == .strong || node.kind == .emphasis || node.kind == .strikethrough, !node.span.isEmpty,
        node.span.end <= source.count
    else { return false }
    let byte = source[node.span.start]
    return byte == 0x2A || byte == 0x5F || byte == 0x7E
}

/// How many bytes each end of some emphasis has.
func markLength(_ node: MarkdownNode, _ source: [UInt8]) -> Int {
    switch node.kind {
    case .strong: 2
    case .strikethrough: node.span.start + 1 < source.count && source[node.span.start + 1] == 0x7E ? 2 : 1
    default: 1
    }
}

/// Punctuation as far as marks stand beside it: that of ASCII, of Latin typography, and of East Asia.
func isPunctuation(_ value: UInt32) -> Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xA1, 0xA7, 0xAB, 0xB6, 0xB7, 0xBB, 0xBF,
        0x2010...0x2027, 0x2030...0x205E, 0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301F, 0x3030, 0x30FB,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65:
        true
    default: false
    }
}

func isWidePunctuationOrLetter(_ value: UInt32) -> Bool {
    value >= 0x2E80 && value < 0x1F000 || (0x2010...0x205E).contains(value) || value == 0xAB || value == 0xBB
}

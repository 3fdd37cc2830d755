import ByteText
import CCMarkGFM
import CanonicalJSON
import SourceDiagnostics

extension MarkdownTreeBuilder {
    /// Adds a text, cut at the sentinels in it, and consumes the source that it was made from: each of its bytes
    /// stands there as it is, behind a backslash, or as part of a character reference.
    mutating func addText(_ node: OpaquePointer, to lastChild: inout Int32, of parent: Int32) {
        _ = CMark.withText(cmark_node_get_literal(node)) { text in
            if !text.isEmpty { addText(text, to: &lastChild, of: parent) }
        }
    }

    private mutating func addText(
        _ text: UnsafeBufferPointer<UInt8>, to lastChild: inout Int32, of parent: Int32
    ) {
        var piece = TextPiece(start: position, bytes: tree.bytes.count)
        let isRaw = rawAddressFollows(text, parent)
        var index = 0
        while index < text.count {
            let run = plainRun(text, index, isRaw)
            if run > 0 {
                tree.bytes.append(contentsOf: text[index..<index + run])
                index += run
                position += run
                continue
            }
            if text[index] == 0xF4, let sentinel = Sentinel.index(in: text, at: index), sentinel < roles.count {
                count(sentinel)
                expect(byte(position) == 0xF4)
                index += 4
                if case .literal(let character) = roles[sentinel] {
                    tree.bytes.append(character)
                    position = min(content.count, position + 4)
                    continue
                }
                finish(piece, to: &lastChild, of: parent)
                wideLines.reset()
                var placeholder = MarkdownNode(
                    kind: .placeholder, parent: parent, span: sourceSpan(position, position + 4))
                placeholder.number = Int32(truncatingIfNeeded: sentinel)
                _ = append(placeholder, after: &lastChild)
                position = min(content.count, position + 4)
                piece = TextPiece(start: position, bytes: tree.bytes.count)
                continue
            }
            index += consumeSpecial(text, index)
        }
        finish(piece, to: &lastChild, of: parent)
    }

    private struct TextPiece {
        var start: Int
        var bytes: Int
    }

    private mutating func finish(_ piece: TextPiece, to lastChild: inout Int32, of parent: Int32) {
        guard tree.bytes.count > piece.bytes else { return }
        var node = MarkdownNode(kind: .text, parent: parent, span: sourceSpan(piece.start, position))
        node.literal = Int32(truncatingIfNeeded: piece.bytes)..<Int32(truncatingIfNeeded: tree.bytes.count)
        wideLines.noteText(from: piece.bytes, in: &tree)
        _ = append(node, after: &lastChild)
    }

    /// Whether the text is that of a bare address, in which cmark resolves no escapes.
    private func rawAddressFollows(_ text: UnsafeBufferPointer<UInt8>, _ parent: Int32) -> Bool {
        let node = tree.nodes[Int(parent)]
        guard node.kind == .link, node.flags.contains(.autolink), position + text.count <= content.count else {
            return false
        }
        for index in text.indices where text[index] != content[position + index] { return false }
        return true
    }

    /// How many bytes from `index` stand in the source as they are.
    private func plainRun(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ isRaw: Bool) -> Int {
        let limit = min(text.count - index, content.count - position)
        var run = 0
        while run + 8 <= limit, let text = text.baseAddress, let content = content.baseAddress {
            let word = UnsafeRawPointer(text).loadUnaligned(fromByteOffset: index + run, as: UInt64.self)
            let other = UnsafeRawPointer(content).loadUnaligned(fromByteOffset: position + run, as: UInt64.self)
            let bytes = ByteWord(word)
            guard word == other, bytes.equal(0xF4) | bytes.equal(0x5C) | bytes.equal(0x26) == 0 else { break }
            run += 8
        }
        while run < limit {
            let character = text[index + run]
            guard character == content[position + run] else { break }
            if character == 0xF4, !roles.isEmpty { break }
            if !isRaw, character == 0x5C || character == 0x26 { break }
            run += 1
        }
        return run
    }

    /// Consumes an escape, a character reference, or a backslash or ampersand that is none; returns how many bytes of
    /// the text it made.
    private mutating func consumeSpecial(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let character = byte(position)
        if character == 0x5C, isASCIIPunctuation(byte(position + 1)), byte(position + 1) == text[index],
            text[index] != 0xF4
        {
            tree.bytes.append(text[index])
            position += 2
            return 1
        }
        if character == 0x26, let reference = characterReference() {
            let made = min(reference.made, text.count - index)
            tree.bytes.append(contentsOf: text[index..<index + made])
            position += reference.length
            return made
        }
        if character == text[index] {
            tree.bytes.append(character)
            position += 1
            return 1
        }
        // Text and source part here: find the next place where they meet.
        misaligned += 1
        var ahead = position
        while ahead < content.count, content[ahead] != text[index], ahead - position < 64 { ahead += 1 }
        if byte(ahead) == text[index] { position = ahead + 1 }
        tree.bytes.append(text[index])
        return 1
    }

    /// The character reference at the position: its length, and how many bytes cmark makes of it.
    private func characterReference() -> (length: Int, made: Int)? {
        var end = position + 1
        while end < content.count, end - position <= 34, content[end] != 0x3B {
            guard content[end].isASCIIAlphanumeric || content[end] == 0x23 else { return nil }
            end += 1
        }
        guard byte(end) == 0x3B, end > position + 1 else { return nil }
        let length = end + 1 - position
        switch length {
        case 4 where byte(position + 2) == 0x74 && (byte(position + 1) == 0x6C || byte(position + 1) == 0x67):
            return (4, 1)
        case 5 where byte(position + 1) == 0x61 && byte(position + 2) == 0x6D && byte(position + 3) == 0x70:
            return (5, 1)
        default:
            let made = resolvedLength(position, length)
            return made == 0 ? nil : (length, made)
        }
    }

    /// Asks cmark what a character reference is; 0 when it is none. There are over two thousand names.
    private func resolvedLength(_ start: Int, _ length: Int) -> Int {
        guard let base = content.baseAddress else { return 0 }
        // A digit before it keeps white space that it may stand for.
        var text: [UInt8] = [0x30]
        text.append(contentsOf: UnsafeBufferPointer(start: base + start, count: length))
        text.append(0x30)
        return text.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let document = cmark_parse_document(characters.baseAddress, characters.count, 0) else { return 0 }
                defer { cmark_node_free(document) }
                let node = cmark_node_first_child(cmark_node_first_child(document))
                return CMark.withText(cmark_node_get_literal(node)) { literal in
                    let made = literal.count - 2
                    // What is no reference stays as long as it was, and begins with its ampersand.
                    return made < 1 || made == length && literal[1] == 0x26 ? 0 : made
                } ?? 0
            }
        }
    }

    private mutating func expect(_ condition: Bool) {
        if !condition { misaligned += 1 }
    }
}

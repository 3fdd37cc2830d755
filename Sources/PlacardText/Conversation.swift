import ByteText
import CanonicalJSON
import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

/// Cuts a document into the steps of a conversation.
struct ConversationReader {
    let text: PatternText
    /// The text whose headings give the steps their ids: the same, or what it is a pseudo-locale of.
    let named: PatternText
    let writer: MessageWriter
    let formats: TextFormats
    var diagnostics: [Diagnostic] = []

    mutating func steps() -> [ConversationStep] {
        var steps: [ConversationStep] = []
        var heading: Int?
        var blocks: [Int] = []
        let hasHeading = text.top.contains { text.tree.nodes[$0].kind == .heading }
        for block in text.top {
            if text.tree.nodes[block].kind == .heading {
                if let heading { steps.append(step(heading, blocks)) }
                heading = block
                blocks = []
            } else if heading == nil {
                if blocks.isEmpty, hasHeading {
                    diagnostics.append(
                        .beforeFirstStep(at: text.tree.nodes[block].span, heading: unspacedHeading(block)))
                }
                blocks.append(block)
            } else {
                blocks.append(block)
            }
        }
        if let heading { steps.append(step(heading, blocks)) }
        return steps
    }

    /// Where the space of `#Hello` belongs; nil for a block that does not begin so.
    private func unspacedHeading(_ block: Int) -> Int? {
        let node = text.tree.nodes[block]
        guard node.kind == .paragraph, node.firstChild >= 0, text.tree.nodes[Int(node.firstChild)].kind == .text else {
            return nil
        }
        let words = text.tree.slice(text.tree.nodes[Int(node.firstChild)].literal)
        let signs = words.prefix { $0 == 0x23 }.count
        guard (1...6).contains(signs), signs < words.count else { return nil }
        return node.span.start + signs
    }

    private mutating func step(_ heading: Int, _ blocks: [Int]) -> ConversationStep {
        let tree = text.tree
        let id = slug(named.label(of: heading))
        if id.isEmpty { diagnostics.append(.unnamedStep(at: tree.nodes[heading].span)) }
        let shown = blocks.filter { !holdsChoicesAlone($0) }
        var choices: [ConversationChoice] = []
        for block in blocks { collect(block, &choices) }
        var step = ConversationStep(
            id: id, span: tree.nodes[heading].span, title: string(below: heading), html: [], text: [], mdast: [],
            choices: choices)
        if formats.contains(.html) {
            step.html = write(HTMLRenderer.render(shown, of: tree, softBreak: .space), .html)
        }
        if formats.contains(.text) { step.text = write(PlainTextRenderer.render(shown, of: tree), .none) }
        if formats.contains(.mdast) {
            step.mdast = writer.write([text]) { pattern, json in
                appendMdast(pattern, writer, blocks: shown, to: &json)
            }
        }
        return step
    }

    private func write(_ bytes: [UInt8], _ escapes: LiteralEscape) -> [UInt8] {
        var json = ByteBuffer(capacity: bytes.count + 64)
        bytes.withUnsafeBufferPointer { writer.appendString(withoutLastLineFeed($0), text, escapes, to: &json) }
        return json.bytes
    }

    /// The words below a node, without white space around them.
    private func string(below index: Int) -> [UInt8] {
        let words = PlainTextRenderer.render(text.tree.children(of: index), of: text.tree)
        guard let first = words.firstIndex(where: { $0 > 0x20 }), let last = words.lastIndex(where: { $0 > 0x20 })
        else {
            return write(words, .none)
        }
        return write(Array(words[first...last]), .none)
    }

    private func collect(_ index: Int, _ choices: inout [ConversationChoice]) {
        let node = text.tree.nodes[index]
        if node.kind == .link, let step = stepName(node) {
            choices.append(ConversationChoice(step: step, label: string(below: index), span: node.span))
            return
        }
        for child in text.tree.children(of: index) { collect(child, &choices) }
    }

    private func stepName(_ node: MarkdownNode) -> String? {
        let target = text.tree.slice(node.destination)
        return target.first == 0x23 ? String(decoding: target.dropFirst(), as: UTF8.self) : nil
    }

    /// Whether a paragraph, or each item of a list, is nothing but choices.
    private func holdsChoicesAlone(_ index: Int) -> Bool {
        let tree = text.tree
        switch tree.nodes[index].kind {
        case .paragraph:
            var holdsChoice = false
            for child in tree.children(of: index) {
                let node = tree.nodes[child]
                switch node.kind {
                case .link where stepName(node) != nil: holdsChoice = true
                case .softBreak, .lineBreak: continue
                case .text where tree.slice(node.literal).allSatisfy({ $0 == 0x20 }): continue
                default: return false
                }
            }
            return holdsChoice
        case .list, .item:
            return tree.nodes[index].firstChild >= 0 && tree.children(of: index).allSatisfy { holdsChoicesAlone($0) }
        default: return false
        }
    }
}

/// The id of a heading: its letters and digits in lower case, with `-` for spaces.
package func slug(_ heading: String) -> String {
    var result = ""
    for character in heading.lowercased() {
        if character.isLetter || character.isNumber || character == "_" {
            result.append(character)
        } else if character == " " || character == "-", !result.isEmpty, result.last != "-" {
            result.append("-")
        }
    }
    if result.last == "-" { result.removeLast() }
    return result
}

import ByteText
import CanonicalJSON
import MessageFormat

/// A plain text or an address as a value, for what is put together from values rather than from bytes: a part of the
/// catalog, a notification.
package enum TextModel: Sendable {
    /// A text without values.
    case plain(String)
    case message(Message)
}

extension MessageWriter {
    /// The value of a form, from the patterns' bytes, which hold sentinels: what ``write(_:escapes:)`` writes.
    func model(_ patterns: [(bytes: [UInt8], text: PatternText)], escapes: LiteralEscape) -> TextModel {
        func elements(_ pattern: (bytes: [UInt8], text: PatternText)) -> [PatternElement] {
            pattern.bytes.withUnsafeBufferPointer { self.elements($0, pattern.text, escapes) }
        }
        switch message.body {
        case .select(let matcher):
            let variants = patterns.map { Variant(keys: $0.text.keys, value: Pattern(elements($0))) }
            return .message(
                Message(
                    declarations: message.declarations,
                    body: .select(Matcher(selectors: matcher.selectors, variants: variants))))
        case .pattern:
            let elements = patterns.first.map(elements) ?? []
            var plain = ""
            for element in elements {
                guard case .text(let piece) = element else {
                    return .message(Message(declarations: message.declarations, body: .pattern(Pattern(elements))))
                }
                plain += piece.value
            }
            return .plain(plain)
        }
    }

    private func elements(
        _ bytes: UnsafeBufferPointer<UInt8>, _ text: PatternText, _ escapes: LiteralEscape
    ) -> [PatternElement] {
        var elements: [PatternElement] = []
        var words: [UInt8] = []
        func endWords() {
            guard !words.isEmpty else { return }
            elements.append(.text(String(decoding: words, as: UTF8.self)))
            words = []
        }
        walk(bytes, text) { piece in
            switch piece {
            case .words(let bytes): words.append(contentsOf: bytes)
            case .content(let content, let context, let isWhole):
                if let literal = content.literalText {
                    var escaped = ByteBuffer(capacity: literal.utf8.count)
                    escapes.append(literal, in: context, to: &escaped)
                    words += escaped.bytes
                } else if let element = content.element(in: context, isWholeTarget: isWhole) {
                    endWords()
                    elements.append(element)
                }
            }
        }
        endWords()
        return elements
    }
}

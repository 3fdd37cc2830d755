import ByteText
import CanonicalJSON
import MessageFormat
import PlacardMarkdown

/// Writes a form of a text: a JSON string, or an object of MessageFormat 2's data model, in canonical JSON.
struct MessageWriter {
    let message: Message
    /// The declarations as a canonical JSON array.
    private let declarations: [UInt8]
    private static let noDeclarations = Array("[]".utf8)

    init(_ message: Message) {
        self.message = message
        if message.declarations.isEmpty {
            declarations = MessageWriter.noDeclarations
        } else {
            let bare = Message(declarations: message.declarations, body: .pattern(Pattern([])))
            declarations = (bare.json["declarations"] ?? []).canonicalBytes
        }
    }

    /// Whether the text is a choice or has declarations, and so an object even without placeholders.
    var isMessage: Bool {
        if case .select = message.body { return true }
        return false
    }

    /// Writes one form from the patterns' bytes, which hold sentinels.
    func write(_ patterns: [(bytes: [UInt8], text: PatternText)], escapes: LiteralEscape) -> [UInt8] {
        var json = ByteBuffer(capacity: patterns.reduce(64) { $0 + $1.bytes.count * 5 / 4 + 32 })
        guard case .select(let matcher) = message.body else {
            guard let pattern = patterns.first else { return Array("\"\"".utf8) }
            appendString(pattern.bytes[...], pattern.text, escapes, to: &json)
            return json.bytes
        }
        appendSelect(matcher, patterns, to: &json) { pattern, json in
            pattern.bytes.withUnsafeBufferPointer { appendPattern($0, pattern.text, escapes, to: &json) }
        }
        return json.bytes
    }

    /// Writes one form of a simple message from its pattern's bytes.
    func write(_ bytes: UnsafeBufferPointer<UInt8>, _ pattern: PatternText, escapes: LiteralEscape) -> [UInt8] {
        var json = ByteBuffer(capacity: bytes.count * 5 / 4 + 96)
        appendString(bytes, pattern, escapes, to: &json)
        return json.bytes
    }

    /// Writes mdast from the patterns' trees; a choice has a root for each variant's value.
    func write(_ patterns: [PatternText], root: (PatternText, inout ByteBuffer) -> Void) -> [UInt8] {
        var json = ByteBuffer(capacity: patterns.reduce(64) { $0 + $1.tree.bytes.count + $1.tree.nodes.count * 32 })
        guard case .select(let matcher) = message.body else {
            guard let pattern = patterns.first else { return [] }
            guard !message.declarations.isEmpty else {
                root(pattern, &json)
                return json.bytes
            }
            json.append("{\"declarations\":")
            json.append(contentsOf: declarations[...])
            json.append(",\"pattern\":")
            root(pattern, &json)
            json.append(",\"type\":\"message\"}")
            return json.bytes
        }
        appendSelect(matcher, patterns.map { ([], $0) }, to: &json) { root($0.text, &$1) }
        return json.bytes
    }

    private func appendSelect(
        _ matcher: Matcher, _ patterns: [(bytes: [UInt8], text: PatternText)], to json: inout ByteBuffer,
        value: ((bytes: [UInt8], text: PatternText), inout ByteBuffer) -> Void
    ) {
        json.append("{\"declarations\":")
        json.append(contentsOf: declarations[...])
        json.append(",\"selectors\":[")
        for (index, selector) in matcher.selectors.enumerated() {
            if index > 0 { json.append(0x2C) }
            json.append("{\"name\":")
            appendCanonical(string: selector.name, to: &json)
            json.append(",\"type\":\"variable\"}")
        }
        json.append("],\"type\":\"select\",\"variants\":[")
        for (index, pattern) in patterns.enumerated() {
            if index > 0 { json.append(0x2C) }
            json.append("{\"keys\":[")
            for (place, key) in pattern.text.keys.enumerated() {
                if place > 0 { json.append(0x2C) }
                if let literal = key.value {
                    json.append("{\"type\":\"literal\",\"value\":")
                    appendCanonical(string: literal, to: &json)
                    json.append(0x7D)
                } else {
                    json.append("{\"type\":\"*\"}")
                }
            }
            json.append("],\"value\":")
            value(pattern, &json)
            json.append(0x7D)
        }
        json.append("]}")
    }

    // MARK: Patterns

    /// Appends bytes with sentinels as a string where they hold none, else as a message.
    func appendString(
        _ bytes: ArraySlice<UInt8>, _ text: PatternText, _ escapes: LiteralEscape, to json: inout ByteBuffer
    ) {
        bytes.withUnsafeBufferPointer { appendString($0, text, escapes, to: &json) }
    }

    /// As above, for bytes in a buffer.
    func appendString(
        _ bytes: UnsafeBufferPointer<UInt8>, _ text: PatternText, _ escapes: LiteralEscape, to json: inout ByteBuffer
    ) {
        guard !text.scanned.contents.isEmpty else {
            json.append(0x22)
            appendEscaped(bytes, to: &json)
            json.append(0x22)
            return
        }
        guard holdsValue(bytes, text) else {
            appendPattern(bytes, text, escapes, asString: true, to: &json)
            return
        }
        json.append("{\"declarations\":")
        json.append(contentsOf: declarations[...])
        json.append(",\"pattern\":")
        appendPattern(bytes, text, escapes, to: &json)
        json.append(",\"type\":\"message\"}")
    }

    /// Appends bytes with sentinels as a pattern, an array of strings, expressions and markup; as one string where
    /// the sentinels stand for literals alone.
    private func appendPattern(
        _ bytes: UnsafeBufferPointer<UInt8>, _ text: PatternText, _ escapes: LiteralEscape, asString: Bool = false,
        to json: inout ByteBuffer
    ) {
        json.append(asString ? 0x22 : 0x5B)
        let start = json.count
        /// Whether a string is open, to which what comes next is added.
        var isOpen = asString
        var literal = ByteBuffer(capacity: 0)
        walk(bytes, text) { piece in
            switch piece {
            case .words(let words):
                open(&json, &isOpen, start)
                appendEscaped(words, to: &json)
            case .content(let content, let context, let isWhole):
                if let value = content.literalText {
                    literal.removeAll()
                    escapes.append(value, in: context, to: &literal)
                    if literal.count > 0 {
                        open(&json, &isOpen, start)
                        literal.withUnsafeBufferPointer { appendEscaped($0, to: &json) }
                    }
                } else if content.isWritten(in: context) {
                    if isOpen { json.append(0x22) }
                    isOpen = false
                    if json.count > start { json.append(0x2C) }
                    content.appendJSON(in: context, isWholeTarget: isWhole, to: &json)
                }
            }
        }
        if isOpen { json.append(0x22) }
        if !asString { json.append(0x5D) }
    }

    /// Opens a string that what comes next is added to, in an array whose first element is at `start`.
    private func open(_ json: inout ByteBuffer, _ isOpen: inout Bool, _ start: Int) {
        guard !isOpen else { return }
        if json.count > start { json.append(0x2C) }
        json.append(0x22)
        isOpen = true
    }

    /// A part of a pattern: bytes as they are, or what a sentinel stands for, with whether it is all of a link's target.
    enum Piece {
        case words(UnsafeBufferPointer<UInt8>)
        case content(SentinelContent, Sentinel.Context, isWholeTarget: Bool)
    }

    /// Calls `visit` with the parts of a pattern, in their order.
    @inline(__always)
    func walk(_ bytes: UnsafeBufferPointer<UInt8>, _ text: PatternText, _ visit: (Piece) -> Void) {
        var plain = 0
        var index = nextSentinel(bytes, from: 0)
        while index < bytes.count {
            guard let sentinel = sentinel(bytes, index, text) else {
                index = nextSentinel(bytes, from: index + 1)
                continue
            }
            if plain < index { visit(.words(UnsafeBufferPointer(rebasing: bytes[plain..<index]))) }
            plain = index + 4
            visit(
                .content(
                    text.scanned.contents[sentinel.index].content, sentinel.context,
                    isWholeTarget: isWhole(bytes, index)))
            index = nextSentinel(bytes, from: plain)
        }
        if plain < bytes.count { visit(.words(UnsafeBufferPointer(rebasing: bytes[plain...]))) }
    }

    /// Where the next byte is that a sentinel begins with; the end where there is none.
    private func nextSentinel(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        bytes.firstIndex(from: start, marks: { $0.equal(0xF4) }, where: { $0 == 0xF4 })
    }

    /// Whether a sentinel in a target is all of it: what stands before it opens the attribute, or nothing does.
    private func isWhole(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index == 0 || bytes[index - 1] == 0x22
    }

    private func sentinel(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ text: PatternText
    ) -> (index: Int, context: Sentinel.Context)? {
        guard let value = Sentinel.index(in: bytes, at: index) else { return nil }
        let found = Sentinel.context(of: value)
        return found.index < text.scanned.contents.count ? found : nil
    }

    /// Whether a sentinel stands for something that only a client knows.
    private func holdsValue(_ bytes: UnsafeBufferPointer<UInt8>, _ text: PatternText) -> Bool {
        var index = nextSentinel(bytes, from: 0)
        while index < bytes.count {
            if let found = sentinel(bytes, index, text) {
                if text.scanned.contents[found.index].content.literalText == nil { return true }
                index = nextSentinel(bytes, from: index + 4)
            } else {
                index = nextSentinel(bytes, from: index + 1)
            }
        }
        return false
    }
}

/// How the text of a literal, `{|…|}`, is escaped where it stands.
enum LiteralEscape {
    case none, html

    func append(_ text: String, in context: Sentinel.Context, to bytes: inout ByteBuffer) {
        switch (self, context) {
        case (_, .target): bytes.append(contentsOf: percentEncoded(text).utf8)
        case (.html, _): bytes.append(escapingMarkup: Array(text.utf8))
        case (.none, _): bytes.append(contentsOf: text.utf8)
        }
    }
}

extension SentinelContent {
    /// The text of a literal without a function, which is the same for every client.
    var literalText: String? {
        guard case .expression(let expression) = self, expression.function == nil,
            case .literal(let literal)? = expression.operand
        else { return nil }
        return literal.value
    }

    /// Whether it has an object of the data model there: braces have none, and markup has no meaning in an attribute.
    func isWritten(in context: Sentinel.Context) -> Bool {
        switch self {
        case .brace: false
        case .markup: context == .text
        case .expression: true
        }
    }

    /// The element of the data model, with the context that its value is escaped for; nil where it has none.
    func element(in context: Sentinel.Context, isWholeTarget: Bool) -> PatternElement? {
        guard isWritten(in: context) else { return nil }
        switch self {
        case .brace: return nil
        case .markup(let markup): return .markup(markup)
        case .expression(var expression):
            if let word = escape(in: context, isWholeTarget: isWholeTarget)?.word {
                expression.attributes.append(Attribute(EscapeContext.attributeName, Literal(word)))
            }
            return .expression(expression)
        }
    }

    private func escape(in context: Sentinel.Context, isWholeTarget: Bool) -> EscapeContext? {
        switch context {
        case .text: nil
        case .attribute: .attribute
        case .target: isWholeTarget ? .link : .url
        }
    }

    /// Appends the object of the data model. Most placeholders are a variable alone, which is written without a tree in
    /// between.
    func appendJSON(in context: Sentinel.Context, isWholeTarget: Bool, to json: inout ByteBuffer) {
        guard case .expression(let expression) = self, expression.function == nil, expression.attributes.isEmpty,
            case .variable(let variable)? = expression.operand
        else {
            if let element = element(in: context, isWholeTarget: isWholeTarget),
                let value = Pattern([element]).json.array?.first
            {
                json.append(contentsOf: value.canonicalBytes[...])
            }
            return
        }
        json.append("{\"arg\":{\"name\":")
        appendCanonical(string: variable.name, to: &json)
        json.append(",\"type\":\"variable\"}")
        if let word = escape(in: context, isWholeTarget: isWholeTarget) {
            json.append(",\"attributes\":{\"placard:escape\":{\"type\":\"literal\",\"value\":\"")
            json.append(contentsOf: word.word.utf8)
            json.append("\"}}")
        }
        json.append(",\"type\":\"expression\"}")
    }
}

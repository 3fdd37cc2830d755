import CanonicalJSON
import MessageFormat
import PlacardMarkdown

/// Writes a form of a text: a JSON string, or an object of MessageFormat 2's data model, in canonical JSON.
struct MessageWriter {
    let message: Message
    /// The declarations as a canonical JSON array.
    private let declarations: [UInt8]

    init(_ message: Message) {
        self.message = message
        if message.declarations.isEmpty {
            declarations = Array("[]".utf8)
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
        var json: [UInt8] = []
        json.reserveCapacity(patterns.reduce(64) { $0 + $1.bytes.count * 5 / 4 + 32 })
        guard case .select(let matcher) = message.body else {
            guard let pattern = patterns.first else { return Array("\"\"".utf8) }
            appendString(pattern.bytes[...], pattern.text, escapes, to: &json)
            return json
        }
        appendSelect(matcher, patterns, to: &json) { pattern, json in
            appendPattern(pattern.bytes[...], pattern.text, escapes, to: &json)
        }
        return json
    }

    /// Writes mdast from the patterns' trees; a choice has a root for each variant's value.
    func write(_ patterns: [PatternText], root: (PatternText, inout [UInt8]) -> Void) -> [UInt8] {
        var json: [UInt8] = []
        guard case .select(let matcher) = message.body else {
            guard let pattern = patterns.first else { return json }
            guard !message.declarations.isEmpty else {
                root(pattern, &json)
                return json
            }
            json.append(contentsOf: "{\"declarations\":".utf8)
            json.append(contentsOf: declarations)
            json.append(contentsOf: ",\"pattern\":".utf8)
            root(pattern, &json)
            json.append(contentsOf: ",\"type\":\"message\"}".utf8)
            return json
        }
        appendSelect(matcher, patterns.map { ([], $0) }, to: &json) { root($0.text, &$1) }
        return json
    }

    private func appendSelect(
        _ matcher: Matcher, _ patterns: [(bytes: [UInt8], text: PatternText)], to json: inout [UInt8],
        value: ((bytes: [UInt8], text: PatternText), inout [UInt8]) -> Void
    ) {
        json.append(contentsOf: "{\"declarations\":".utf8)
        json.append(contentsOf: declarations)
        json.append(contentsOf: ",\"selectors\":[".utf8)
        for (index, selector) in matcher.selectors.enumerated() {
            if index > 0 { json.append(0x2C) }
            json.append(contentsOf: "{\"name\":".utf8)
            appendCanonical(string: selector.name, to: &json)
            json.append(contentsOf: ",\"type\":\"variable\"}".utf8)
        }
        json.append(contentsOf: "],\"type\":\"select\",\"variants\":[".utf8)
        for (index, pattern) in patterns.enumerated() {
            if index > 0 { json.append(0x2C) }
            json.append(contentsOf: "{\"keys\":[".utf8)
            for (place, key) in pattern.text.keys.enumerated() {
                if place > 0 { json.append(0x2C) }
                if let literal = key.value {
                    json.append(contentsOf: "{\"type\":\"literal\",\"value\":".utf8)
                    appendCanonical(string: literal, to: &json)
                    json.append(0x7D)
                } else {
                    json.append(contentsOf: "{\"type\":\"*\"}".utf8)
                }
            }
            json.append(contentsOf: "],\"value\":".utf8)
            value(pattern, &json)
            json.append(0x7D)
        }
        json.append(contentsOf: "]}".utf8)
    }

    // MARK: Patterns

    /// Appends bytes with sentinels as a string where they hold none, else as a message.
    func appendString(
        _ bytes: ArraySlice<UInt8>, _ text: PatternText, _ escapes: LiteralEscape, to json: inout [UInt8]
    ) {
        guard !text.scanned.contents.isEmpty, holdsValue(bytes, text) else {
            if text.scanned.contents.isEmpty {
                appendCanonicalString(bytes, to: &json)
            } else {
                appendPattern(bytes, text, escapes, asString: true, to: &json)
            }
            return
        }
        json.append(contentsOf: "{\"declarations\":".utf8)
        json.append(contentsOf: declarations)
        json.append(contentsOf: ",\"pattern\":".utf8)
        appendPattern(bytes, text, escapes, to: &json)
        json.append(contentsOf: ",\"type\":\"message\"}".utf8)
    }

    /// Appends bytes with sentinels as a pattern: strings, expressions and markup.
    private func appendPattern(
        _ bytes: ArraySlice<UInt8>, _ text: PatternText, _ escapes: LiteralEscape, asString: Bool = false,
        to json: inout [UInt8]
    ) {
        if !asString { json.append(0x5B) }
        var literal: [UInt8] = []
        var needsComma = false
        /// Ends a string with the bytes from `start`, behind what literals have added to it.
        func flush(_ start: Int, _ end: Int, always: Bool = false, _ json: inout [UInt8]) {
            guard always || start < end || !literal.isEmpty else { return }
            if needsComma { json.append(0x2C) }
            needsComma = true
            guard !literal.isEmpty else {
                appendCanonicalString(bytes[start..<end], to: &json)
                return
            }
            literal.append(contentsOf: bytes[start..<end])
            appendCanonicalString(literal[...], to: &json)
            literal.removeAll(keepingCapacity: true)
        }
        var plain = bytes.startIndex
        var index = plain
        while let next = nextSentinel(bytes, from: index) {
            guard let sentinel = sentinel(bytes, next, text) else {
                index = next + 1
                continue
            }
            index = next + 4
            let content = text.scanned.contents[sentinel.index].content
            if let value = content.literalText {
                literal.append(contentsOf: bytes[plain..<next])
                escapes.append(value, in: sentinel.context, to: &literal)
                plain = index
                continue
            }
            if case .markup = content, sentinel.context != .text {
                literal.append(contentsOf: bytes[plain..<next])
                plain = index
                continue
            }
            flush(plain, next, &json)
            plain = index
            if needsComma { json.append(0x2C) }
            needsComma = content.appendJSON(in: sentinel.context, isWholeTarget: isWhole(bytes, next), to: &json)
        }
        flush(plain, bytes.endIndex, always: asString, &json)
        if !asString { json.append(0x5D) }
    }

    /// Where the next byte is that a sentinel begins with.
    private func nextSentinel(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            for offset in start - bytes.startIndex..<buffer.count where buffer[offset] == 0xF4 {
                return bytes.startIndex + offset
            }
            return nil
        }
    }

    /// Whether a sentinel in a target is all of it: what stands before it opens the attribute, or nothing does.
    private func isWhole(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool {
        guard index > bytes.startIndex else { return true }
        return bytes[index - 1] == 0x22
    }

    private func sentinel(
        _ bytes: ArraySlice<UInt8>, _ index: Int, _ text: PatternText
    ) -> (index: Int, context: Sentinel.Context)? {
        guard index + 3 < bytes.endIndex else { return nil }
        let value =
            Int(bytes[index + 1] & 0x0F) << 12 | Int(bytes[index + 2] & 0x3F) << 6 | Int(bytes[index + 3] & 0x3F)
        let found = Sentinel.context(of: value)
        return found.index < text.scanned.contents.count ? found : nil
    }

    /// Whether a sentinel stands for something that only a client knows.
    private func holdsValue(_ bytes: ArraySlice<UInt8>, _ text: PatternText) -> Bool {
        var index = bytes.startIndex
        while let next = nextSentinel(bytes, from: index) {
            if let found = sentinel(bytes, next, text) {
                if text.scanned.contents[found.index].content.literalText == nil { return true }
                index = next + 4
            } else {
                index = next + 1
            }
        }
        return false
    }
}

/// How the text of a literal, `{|…|}`, is escaped where it stands.
enum LiteralEscape {
    case none, html

    func append(_ text: String, in context: Sentinel.Context, to bytes: inout [UInt8]) {
        switch (self, context) {
        case (_, .target): bytes.append(contentsOf: percentEncoded(text).utf8)
        case (.html, _): appendEscapedHTML(Array(text.utf8)[...], to: &bytes)
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

    /// Appends the object of the data model, with the context that its value is escaped for; false, and nothing, for
    /// markup in an attribute, where it has no meaning.
    func appendJSON(in context: Sentinel.Context, isWholeTarget: Bool, to json: inout [UInt8]) -> Bool {
        switch self {
        case .brace: return false
        case .markup(let markup):
            guard context == .text else { return false }
            guard let value = Pattern([.markup(markup)]).json.array?.first else { return false }
            appendCanonical(value, to: &json)
            return true
        case .expression(let expression):
            let word: EscapeContext?
            switch context {
            case .text: word = nil
            case .attribute: word = .attribute
            case .target: word = isWholeTarget ? .link : .url
            }
            append(expression, word, to: &json)
            return true
        }
    }

    /// Most placeholders are a variable alone, which is written without a tree in between.
    private func append(_ expression: MessageFormat.Expression, _ word: EscapeContext?, to json: inout [UInt8]) {
        guard expression.function == nil, expression.attributes.isEmpty,
            case .variable(let variable)? = expression.operand
        else {
            var expression = expression
            if let word { expression.attributes.append(Attribute(EscapeContext.attributeName, Literal(word.word))) }
            if let value = Pattern([.expression(expression)]).json.array?.first { appendCanonical(value, to: &json) }
            return
        }
        json.append(contentsOf: "{\"arg\":{\"name\":".utf8)
        appendCanonical(string: variable.name, to: &json)
        json.append(contentsOf: ",\"type\":\"variable\"}".utf8)
        if let word {
            json.append(contentsOf: ",\"attributes\":{\"placard:escape\":{\"type\":\"literal\",\"value\":\"".utf8)
            json.append(contentsOf: word.word.utf8)
            json.append(contentsOf: "\"}}".utf8)
        }
        json.append(contentsOf: ",\"type\":\"expression\"}".utf8)
    }
}

import ByteText
import SourceDiagnostics

// libyaml's marks take in more than what an author calls a value: tags and anchors before it, line breaks behind it.

extension YAMLTreeBuilder {
    /// Whether `text` stands in the file at `span` as it is.
    func isWritten(_ text: UnsafeBufferPointer<UInt8>, at span: Span) -> Bool {
        guard text.count == span.length, span.end <= bytes.count else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            sameBytes(text, UnsafeBufferPointer(rebasing: buffer[span.start..<span.end]))
        }
    }

    /// The span without the tag and anchor that it begins with, and where the tag is; at the start of the span when there
    /// is none.
    func skipProperties(_ span: Span) -> (rest: Span, tag: Span) {
        var offset = span.start
        var tag = Span(at: span.start)
        while offset < span.end {
            let byte = bytes[offset]
            if byte == 0x26 || byte == 0x21 {
                let end = endOfProperty(offset, span.end)
                if byte == 0x21 { tag = Span(offset, end) }
                offset = end
            } else if byte <= 0x20 {
                offset += 1
            } else if byte == 0x23 {
                while offset < span.end, !isBreak(bytes[offset]) { offset += 1 }
            } else {
                return (Span(offset, span.end), tag)
            }
            if offset < span.end, isFlowEnd(bytes[offset]) { return (Span(at: offset), tag) }
        }
        return (Span(at: span.end), tag)
    }

    /// Where the tag or anchor at `start` ends for libyaml. A verbatim tag, `!<…>`, may hold what ends others (YAML 1.2.2,
    /// section 6.9.1).
    private func endOfProperty(_ start: Int, _ end: Int) -> Int {
        var offset = start + 1
        if bytes[start] == 0x26 {
            while offset < end, isOfAnchor(bytes[offset]) { offset += 1 }
            return offset
        }
        let isVerbatim = offset < end && bytes[offset] == 0x3C
        while offset < end, bytes[offset] > 0x20 {
            if isVerbatim {
                if bytes[offset] == 0x3E { return offset + 1 }
            } else if isFlowEnd(bytes[offset]) {
                break
            }
            offset += 1
        }
        return offset
    }

    private func isOfAnchor(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
    }

    private func isFlowEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x5D || byte == 0x7D }

    /// The span without the white space that it ends with.
    func trimmed(_ span: Span) -> Span {
        var end = span.end
        while end > span.start, bytes[end - 1] <= 0x20 { end -= 1 }
        return Span(span.start, end)
    }
}

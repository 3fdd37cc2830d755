import SourceDiagnostics

// libyaml's marks take in more than what an author calls a value: tags and anchors before it, line breaks behind it.

extension TreeBuilder {
    /// The span without the tag and anchor that it begins with.
    func skipProperties(_ span: Span) -> Span {
        var offset = span.start
        while offset < span.end {
            let byte = bytes[offset]
            if byte == 0x26 || byte == 0x21 {
                while offset < span.end, bytes[offset] > 0x20, !isFlowEnd(bytes[offset]) { offset += 1 }
            } else if byte <= 0x20 {
                offset += 1
            } else if byte == 0x23 {
                while offset < span.end, !isBreak(bytes[offset]) { offset += 1 }
            } else {
                return Span(offset, span.end)
            }
            if offset < span.end, isFlowEnd(bytes[offset]) { return Span(at: offset) }
        }
        return Span(at: span.end)
    }

    private func isFlowEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x5D || byte == 0x7D }

    /// The span without the white space that it ends with.
    func trimmed(_ span: Span) -> Span {
        var end = span.end
        while end > span.start, bytes[end - 1] <= 0x20 { end -= 1 }
        return Span(span.start, end)
    }
}

import ByteText
import CanonicalJSON
import PlacardMarkdown
import SourceDiagnostics

/// Reports characters that no text may hold, in placeholders and declarations too (R3), and those that show another text
/// than the one that is there.
///
/// - Parameter source: well-formed UTF-8.
func characterDiagnostics(_ source: [UInt8]) -> [Diagnostic] {
    source.withUnsafeBufferPointer { buffer in
        var diagnostics: [Diagnostic] = []
        var isolates = OpenIsolates()
        var index = nextNotable(buffer, from: 0)
        while index < buffer.count, diagnostics.count < textDiagnosticLimit {
            let span = Span(index, min(index + length(ofSequence: buffer[index]), buffer.count))
            let value = decodedScalar(buffer, span.start, span.end).value
            if value == 0x0A || value == 0x0D {
                diagnostics += isolates.endLine().map { .unclosedIsolate("text/bidi-control", at: $0) }
            } else {
                isolates.see(value, at: span)
                if let diagnostic = diagnostic(value, span) { diagnostics.append(diagnostic) }
            }
            index = nextNotable(buffer, from: span.end)
        }
        diagnostics += isolates.endLine().map { .unclosedIsolate("text/bidi-control", at: $0) }
        return diagnostics
    }
}

private func diagnostic(_ value: UInt32, _ span: Span) -> Diagnostic? {
    return switch UnfitCharacter(value) {
    case .control: Diagnostic.controlCharacter(value, at: span)
    case .noncharacter: Diagnostic.noncharacter(value, at: span)
    case .directionChange: .bidiControl("text/bidi-control", value, at: span)
    case .lineSeparator: .lineSeparator("text/line-separator", value, at: span, note: lineSeparatorNote)
    case .byteOrderMark: nil
    case nil: value >= Sentinel.base ? Diagnostic.reservedCharacter(at: span) : nil
    }
}

/// The next byte that is a control character, or that what is reported may begin with.
private func nextNotable(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    bytes.firstIndex(from: start) {
        // F0 to F4 begin the last characters of each plane, and the reserved ones.
        $0.below(0x20) | $0.equal(0x7F) | $0.equal(0xC2) | $0.equal(0xE2) | $0.equal(0xEF)
            | $0.equal(0xF7, ignoring: 0x07)
    } where: {
        $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF || $0 >= 0xF0
    }
}

private func length(ofSequence lead: UInt8) -> Int {
    switch lead {
    case 0..<0x80: 1
    case 0..<0xE0: 2
    case 0..<0xF0: 3
    default: 4
    }
}

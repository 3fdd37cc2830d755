import ByteText
import SourceDiagnostics

// UTF-8 that a tool read as Windows-1252 and wrote as UTF-8 again: `Ã©tÃ©` was `été`. And U+FFFD, which stands for what a tool could not
// read at all.

/// Whether something may be garbled: Ã, Â or â at the beginning of two or three characters, or U+FFFD.
func mayBeGarbled(_ source: [UInt8]) -> Bool { nextGarble(source, from: 0) != nil }

/// Reports what is garbled, once for each text.
func garbledDiagnostics(_ source: [UInt8]) -> [Diagnostic] {
    var edits: [Edit] = []
    var lost: Span?
    var index = 0
    while let start = nextGarble(source, from: index) {
        if source[start] == 0xEF {
            lost = lost ?? Span(start, start + 3)
            index = start + 3
        } else if let (character, end) = ungarbled(source, start) {
            edits.append(Edit(Span(start, end), character))
            index = end
        } else {
            index = start + 2
        }
    }
    var diagnostics: [Diagnostic] = []
    if let first = edits.first {
        diagnostics.append(.garbled(written(source, first.span), first.replacement, edits))
    }
    if let lost { diagnostics.append(.lostCharacter(at: lost)) }
    return diagnostics
}

private func nextGarble(_ source: [UInt8], from start: Int) -> Int? {
    var index = start
    while true {
        let next = source.withUnsafeBufferPointer { buffer in
            buffer.firstIndex(
                from: index, marks: { $0.equal(0xC3) | $0.equal(0xEF) }, where: { $0 == 0xC3 || $0 == 0xEF })
        }
        guard next + 2 < source.count else { return nil }
        let second = source[next + 1]
        if source[next] == 0xC3
            ? second == 0x83 || second == 0x82 || second == 0xA2 : second == 0xBF && source[next + 2] == 0xBD
        {
            return next
        }
        index = next + 1
    }
}

/// The character that stood in place of two or three at `start`, and where they end.
private func ungarbled(_ source: [UInt8], _ start: Int) -> (character: String, end: Int)? {
    var bytes: [UInt8] = []
    var index = start
    while index < source.count, bytes.count < 3 {
        let next = decodedScalar(source, index, source.count)
        guard let byte = windows1252(next.value) else { break }
        bytes.append(byte)
        index = next.end
        if bytes.count == 2, bytes[0] < 0xE0 { break }
    }
    guard bytes.count == (bytes.first ?? 0 < 0xE0 ? 2 : 3), let text = String(validating: bytes, as: UTF8.self) else {
        return nil
    }
    if bytes.count == 2 {
        // `Ã»` ends a quotation in capitals, and `Ã` has a word behind it before a space that does not break.
        guard ![0xAB, 0xBB].contains(bytes[1]), bytes[1] > 0xA0 || bytes[1] == 0x9F else { return nil }
    }
    return (text, index)
}

/// The byte of a character in Windows-1252 (WHATWG, Encoding Standard, "windows-1252"); nil where it has none beyond ASCII.
private func windows1252(_ value: UInt32) -> UInt8? {
    if (0xA0...0xFF).contains(value) { return UInt8(truncatingIfNeeded: value) }
    let beyond: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
        0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
        0x178,
    ]
    return beyond.firstIndex(of: value).map { UInt8(0x80 + $0) }
}

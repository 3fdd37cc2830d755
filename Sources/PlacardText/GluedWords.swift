import ByteText
import MessageFormat
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

// A space that slipped to the inner side of a brace, or got lost beside a mark: readers see two words as one. Said only where
// the other side tells that a space was meant, and of writings that part words with spaces.

/// Languages that add no ending to a word in marks.
private let languagesWithoutEndings: Set<String> = [
    "en", "fr", "es", "pt", "it", "ca", "ro", "pl", "uk", "ru", "cs", "sk", "da", "nb", "no", "sv",
]

extension PatternText {
    /// Reports words that stand right beside a value or a mark with a space on its inner side, or beside several marked words.
    func checkGluedWords(_ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]) {
        for entry in scanned.contents {
            guard case .expression = entry.content, entry.span.length > 4, entry.span.end <= source.count else {
                continue
            }
            let (start, end) = (entry.span.start, entry.span.end)
            let isOpenedWide = source[start + 1] == 0x20 && isSpacedLetter(source, before: start)
            let isClosedWide = source[end - 2] == 0x20 && isSpacedLetter(source, from: end)
            guard isOpenedWide || isClosedWide, isAmongWords(entry.span) else { continue }
            var edits: [Edit] = []
            if isOpenedWide { edits.append(Edit(Span(start, start + 2), " {")) }
            if isClosedWide { edits.append(Edit(Span(end - 2, end), "} ")) }
            diagnostics.append(.gluedWords(at: isOpenedWide ? Span(start, start + 2) : Span(end - 2, end), edits))
        }
        guard languagesWithoutEndings.contains(environment.locale.language) else { return }
        for node in tree.nodes where isMadeOfMarks(node, source) {
            let length = markLength(node, source)
            let inside = Span(node.span.start + length, node.span.end - length)
            guard inside.length > 2, source[inside.start..<inside.end].contains(0x20) else { continue }
            let before = letters(source, before: node.span.start)
            let behind = letters(source, from: node.span.end)
            if before > 1, behind == 0 {
                diagnostics.append(
                    .gluedWords(
                        at: Span(node.span.start, inside.start), [Edit(Span(at: node.span.start), " ")]))
            } else if behind > 3, before == 0 {
                diagnostics.append(
                    .gluedWords(at: Span(inside.end, node.span.end), [Edit(Span(at: node.span.end), " ")]))
            }
        }
    }

    /// Whether a placeholder stands where readers see it among words.
    private func isAmongWords(_ span: Span) -> Bool {
        !tree.nodes.contains { node in
            switch node.kind {
            case .code, .codeBlock: node.span.start <= span.start && span.end <= node.span.end
            case .link, .image: node.destinationSpan.start <= span.start && span.end <= node.destinationSpan.end
            default: false
            }
        }
    }

    private func letters(_ source: [UInt8], before place: Int) -> Int {
        var count = 0
        var index = place
        while index > scanned.span.start, count < 8, isSpacedLetter(source, before: index) {
            index -= 1
            while index > scanned.span.start, source[index] & 0xC0 == 0x80 { index -= 1 }
            count += 1
        }
        return count
    }

    private func letters(_ source: [UInt8], from place: Int) -> Int {
        var count = 0
        var index = place
        while index < scanned.span.end, count < 8, isSpacedLetter(source, from: index) {
            index = decodedScalar(source, index, scanned.span.end).end
            count += 1
        }
        return count
    }

    private func isSpacedLetter(_ source: [UInt8], before place: Int) -> Bool {
        guard place > scanned.span.start else { return false }
        var start = place - 1
        while start > scanned.span.start, source[start] & 0xC0 == 0x80 { start -= 1 }
        return isLetterOfSpacedWriting(decodedScalar(source, start, place).value)
    }

    private func isSpacedLetter(_ source: [UInt8], from place: Int) -> Bool {
        guard place < scanned.span.end else { return false }
        return isLetterOfSpacedWriting(decodedScalar(source, place, scanned.span.end).value)
    }
}

/// Whether a letter is Latin, Greek or Cyrillic: writings that part words with spaces, and put nothing else between them.
private func isLetterOfSpacedWriting(_ value: UInt32) -> Bool {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x370...0x3FF, 0x400...0x52F: true
    default: false
    }
}

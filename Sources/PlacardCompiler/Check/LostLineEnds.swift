import ByteText
import DocumentSchema
import LocatedYAML
import SourceDiagnostics

// `title: A new look audience: user.plan == "free"`: a line end was lost, and in quotation marks the message would be for
// everybody, under a strange title.

/// The diagnostics of values that need quotation marks for a colon in them, where the word before the colon is a key that the file
/// may have, or nearly, or ends in one: with the fix-it that begins a new line before it. To quote the value is not safe then.
///
/// - Parameters:
///   - keys: the keys that the file may have.
///   - source: the bytes of a file.
func withLostLineEnds(
    _ diagnostics: [Diagnostic], keys: @autoclosure () -> Set<String>, source: (String) -> [UInt8]?
) -> [Diagnostic] {
    diagnostics.map { diagnostic in
        guard diagnostic.id == "yaml/unquoted-value", let bytes = source(diagnostic.primary.file),
            let lost = lostLineEnd(bytes, diagnostic.primary.span, keys())
        else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.notes.insert("`\(lost.key)` is a key: each stands on a line of its own", at: 0)
        diagnostic.fixIts = diagnostic.fixIts.map {
            $0.applicability == .safe ? FixIt($0.title, edits: $0.edits, .unsafe) : $0
        }
        let edit = Edit(file: diagnostic.primary.file, lost.span, lost.replacement)
        diagnostic.fixIts.insert(FixIt("begin a new line before `\(lost.key)`", edits: [edit], .unsafe), at: 0)
        return diagnostic
    }
}

/// The key that begins within a value, and what puts it on a line of its own.
private func lostLineEnd(
    _ bytes: [UInt8], _ value: Span, _ keys: Set<String>
) -> (key: String, span: Span, replacement: String)? {
    guard value.end <= bytes.count, !bytes[value.start..<value.end].contains(where: { $0 == 0x0A || $0 == 0x0D }),
        // Of what is in brackets or quotation marks the end is another question.
        value.start < value.end, ![0x5B, 0x7B, 0x22, 0x27].contains(bytes[value.start])
    else { return nil }
    var line = value.start
    while line > 0, bytes[line - 1] != 0x0A, bytes[line - 1] != 0x0D { line -= 1 }
    let indentation = bytes[line..<value.start].prefix { $0 == 0x20 }
    // In a flow mapping, and for the entries of a list, no key begins a line.
    guard indentation.endIndex < value.start,
        !bytes[indentation.endIndex..<value.start].contains(where: { $0 == 0x7B || $0 == 0x5B }),
        bytes[indentation.endIndex] != 0x2D
    else { return nil }
    let lineBegin = lineBreakUsed(in: bytes) + String(decoding: indentation, as: UTF8.self)
    for colon in value.start..<value.end where bytes[colon] == 0x3A {
        guard colon + 1 == value.end || bytes[colon + 1] == 0x20 else { continue }
        guard let (key, place) = key(before: colon, in: bytes, from: value.start, keys) else { continue }
        var end = place
        while end > value.start, bytes[end - 1] == 0x20 { end -= 1 }
        if end > value.start { return (key, Span(end, colon), lineBegin + key) }
    }
    return nil
}

/// The key that stands before a colon, or that the word there nearly is or ends in, and where it begins.
private func key(
    before colon: Int, in bytes: [UInt8], from first: Int, _ keys: Set<String>
) -> (key: String, place: Int)? {
    var start = colon
    while start > first, bytes[start - 1].isASCIILetter { start -= 1 }
    // The longest that ends there, as `onMissing` before `missing`.
    for place in start..<colon where place > first {
        let text = String(decoding: bytes[place..<colon], as: UTF8.self)
        if keys.contains(text) { return (text, place) }
    }
    let word = String(decoding: bytes[start..<colon], as: UTF8.self)
    guard start > first, colon - start > 4, let near = nearMiss(word, among: keys.sorted()) else { return nil }
    return (near, start)
}

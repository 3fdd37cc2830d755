import SourceDiagnostics

// The edits of fix-its: made in a file, and where things are after them.

/// The bytes of a file with the edits of a fix-it made; nil when they do not fit it, or are not all in it.
func applying(_ fixIt: FixIt, to bytes: [UInt8], at path: String) -> [UInt8]? {
    var bytes = bytes
    var end = bytes.count
    for edit in fixIt.edits.sorted(by: { $1.span < $0.span }) {
        guard edit.file == path, edit.span.end <= end else { return nil }
        bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        end = edit.span.start
    }
    return bytes
}

/// Whether two edits cannot both be made at once.
func areAtOdds(_ a: Span, _ b: Span) -> Bool { a.start == b.start || a.start < b.end && b.start < a.end }

/// The one edit that makes `after` of `before`, the bytes of the file at `path`.
func singleEdit(_ before: [UInt8], _ after: [UInt8], in path: String) -> Edit {
    let common = min(before.count, after.count)
    var start = 0
    while start < common, before[start] == after[start] { start += 1 }
    var length = 0
    while length < common - start, before[before.count - 1 - length] == after[after.count - 1 - length] { length += 1 }
    // No character is cut.
    while start > 0, start < before.count, before[start] & 0xC0 == 0x80 { start -= 1 }
    while length > 0, before[before.count - length] & 0xC0 == 0x80 { length -= 1 }
    return Edit(
        file: path, Span(start, before.count - length),
        String(decoding: after[start..<(after.count - length)], as: UTF8.self))
}

/// Where the edits of one file are after they have been made.
struct EditedLines {
    private let edits: [Edit]
    private let bytes: [UInt8]
    /// The file that is edited.
    var file: String { edits.first?.file ?? "" }

    /// - Parameter bytes: the file before.
    init(_ edits: [Edit], in bytes: [UInt8]) {
        self.edits = edits.sorted { $0.span < $1.span }
        self.bytes = bytes
    }

    /// Where a label of before is afterwards.
    func moved(_ label: Label) -> Label {
        guard label.file == edits.first?.file else { return label }
        func moved(_ offset: Int) -> Int {
            edits.prefix { $0.span.end <= offset }.reduce(offset) { $0 + $1.replacement.utf8.count - $1.span.length }
        }
        let start = moved(label.span.start)
        return Label(file: label.file, Span(start, max(start, moved(label.span.end))))
    }

    /// Whether a label of afterwards lies in a line that an edit has changed.
    func touches(_ label: Label) -> Bool {
        guard label.file == edits.first?.file else { return false }
        var shift = 0
        return edits.contains { edit in
            var start = min(edit.span.start, bytes.count)
            var end = min(edit.span.end, bytes.count)
            while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let first = start + shift
            shift += edit.replacement.utf8.count - edit.span.length
            return label.span.start <= end + shift && first <= label.span.end
        }
    }
}

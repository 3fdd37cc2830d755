/// What else a whole image could be read as, by a program that does not go by its type; nil when nothing is known.
///
/// Containers have room for anything: a comment, a field of metadata. What makes it dangerous is a reader that finds its
/// own language there: one of HTML or PDF looks at the head of a file, one of ZIP at the tail, one of JavaScript at all.
func otherLanguage(of bytes: [UInt8]) -> String? {
    if let mark = markInHead(bytes) { return mark }
    if endsAsArchive(bytes) { return "a ZIP archive" }
    if readsAsScript(bytes, slashesQuote: true) || readsAsScript(bytes, slashesQuote: false) { return "a script" }
    return nil
}

/// Bytes at the head that readers look at (WHATWG MIME Sniffing, section 5.2).
private let headBytes = 1445

private func markInHead(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(headBytes).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let marks: [(mark: String, language: String)] = [
        ("%pdf-", "a PDF document"), ("<!doctype", "a page"), ("<html", "a page"), ("<head", "a page"),
        ("<body", "a page"), ("<script", "a page"), ("<iframe", "a page"), ("<svg", "a page"), ("<?php", "a program"),
    ]
    for index in head.indices where head[index] == 0x3C || head[index] == 0x25 {
        for entry in marks where head[index...].starts(with: entry.mark.utf8) { return entry.language }
    }
    return nil
}

/// Whether an end of central directory (APPNOTE, section 4.3.16) closes the file.
private func endsAsArchive(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 22 else { return false }
    for start in max(0, bytes.count - 22 - 0xFFFF)...(bytes.count - 22) where bytes[start] == 0x50 {
        guard bytes[start...].starts(with: [0x50, 0x4B, 0x05, 0x06]) else { continue }
        let comment = Int(bytes[start + 20]) | Int(bytes[start + 21]) << 8
        if start + 22 + comment == bytes.count { return true }
    }
    return false
}

/// Whether the bytes could be JavaScript from the first to the last: outside of comments and strings none is a control
/// character, and each comment and string ends (ECMA-262, section 12).
///
/// - Parameter slashesQuote: whether `/` begins a regular expression rather than dividing.
private func readsAsScript(_ bytes: [UInt8], slashesQuote: Bool) -> Bool {
    var index = 0
    /// Moves behind `end`, which must come before the line ends where `onLine`.
    func skip(to end: UInt8, onLine: Bool) -> Bool {
        var at = index + 1
        while at < bytes.count, bytes[at] != end {
            if onLine, bytes[at] == 0x0A || bytes[at] == 0x0D { return false }
            at += bytes[at] == 0x5C ? 2 : 1
        }
        guard at < bytes.count else { return false }
        index = at + 1
        return true
    }
    func skipLine() {
        index = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    }
    while index < bytes.count {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        switch bytes[index] {
        case 0x00..<0x09, 0x0E..<0x20, 0x7F: return false
        case 0x22, 0x27: guard skip(to: bytes[index], onLine: true) else { return false }
        case 0x60: guard skip(to: 0x60, onLine: false) else { return false }
        case 0x2F where next == 0x2F: skipLine()
        case 0x2F where next == 0x2A:
            var end = index + 2
            while end + 1 < bytes.count, bytes[end] != 0x2A || bytes[end + 1] != 0x2F { end += 1 }
            guard end + 1 < bytes.count else { return false }
            index = end + 2
        case 0x2F where slashesQuote: if !skip(to: 0x2F, onLine: true) { index += 1 }
        case 0x3C where bytes[index...].starts(with: "<!--".utf8): skipLine()
        default: index += 1
        }
    }
    return true
}

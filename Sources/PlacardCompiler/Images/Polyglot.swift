/// What else a whole image could be read as, by a program that does not go by its type; nil when nothing is known.
///
/// Containers have room for anything: a comment, a field of metadata. What makes it dangerous is a reader that finds its
/// own language there: one of HTML or PDF looks at the head of a file, one of ZIP at the tail, those of PHP and JavaScript at all.
func otherLanguage(of bytes: [UInt8]) -> String? {
    if let mark = markInHead(bytes) { return mark }
    if endsAsArchive(bytes) { return "a ZIP archive" }
    if holdsProgram(bytes) { return "a program" }
    if readsAsScript(bytes) { return "a script" }
    return nil
}

/// Bytes at the head that readers look at (WHATWG MIME Sniffing, section 5.2).
private let headBytes = 1445

private func markInHead(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(headBytes).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let marks: [(mark: String, language: String)] = [
        ("%pdf-", "a PDF document"), ("<!doctype", "a page"), ("<html", "a page"), ("<head", "a page"),
        ("<body", "a page"), ("<script", "a page"), ("<iframe", "a page"), ("<svg", "a page"),
    ]
    for index in head.indices where head[index] == 0x3C || head[index] == 0x25 {
        for entry in marks where head[index...].starts(with: entry.mark.utf8) { return entry.language }
    }
    return nil
}

/// Whether an end of central directory (APPNOTE, section 4.3.16) stands near the end of the file. What comes behind it is a
/// comment to some readers, and no matter to others.
private func endsAsArchive(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 22 else { return false }
    for start in max(0, bytes.count - 22 - 0xFFFF)...(bytes.count - 22) where bytes[start] == 0x50 {
        guard bytes[start...].starts(with: [0x50, 0x4B, 0x05, 0x06]) else { continue }
        func number(_ offset: Int) -> Int {
            bytes[start + offset..<start + offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        // The directory's size and place, which are elsewhere in large archives.
        let (size, place) = (number(12), number(16))
        if place == 0xFFFF_FFFF || size + place <= start { return true }
    }
    return false
}

/// Whether PHP would find itself anywhere in the file.
private func holdsProgram(_ bytes: [UInt8]) -> Bool {
    var index = bytes.startIndex
    while let place = bytes[index...].firstIndex(of: 0x3C) {
        index = place + 1
        guard bytes[index...].first == 0x3F else { continue }
        let mark = bytes[index...].dropFirst().prefix(3).map { $0 | 0x20 }
        if mark.elementsEqual("php".utf8) { return true }
    }
    return false
}

/// What the words of a text were, and what they are instead.
package struct WordChange: Equatable, Sendable {
    /// Empty where words were added.
    package var former: String
    /// Empty where words were removed.
    package var now: String
}

/// The words that changed from one text to another, in order; neighbours that changed together are one change.
func wordChanges(from former: [UInt8], to now: [UInt8]) -> [WordChange] {
    let (a, b) = (words(former), words(now))
    let same = commonSubsequence(a, b)
    var changes: [WordChange] = []
    var (left, right) = (0, 0)
    for match in same + [(a.count, b.count)] {
        if left < match.0 || right < match.1 {
            changes.append(
                WordChange(
                    former: a[left..<match.0].joined(separator: " "), now: b[right..<match.1].joined(separator: " ")))
        }
        (left, right) = (match.0 + 1, match.1 + 1)
    }
    return changes
}

/// How many words two texts have in common.
func sharedWords(_ a: [UInt8], _ b: [UInt8]) -> Int {
    let known = Set(words(a))
    return words(b).count { known.contains($0) }
}

/// How many words a text has, for translators, who are paid by them.
func wordCount(_ bytes: [UInt8]) -> Int { words(bytes).count }

/// The words of a text, placeholders whole.
private func words(_ bytes: [UInt8]) -> [String] {
    var result: [String] = []
    var start = 0
    var depth = 0
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0x7B: depth += 1
        case 0x7D: depth = max(0, depth - 1)
        case 0x20, 0x09, 0x0A, 0x0D:
            guard depth == 0 else { continue }
            if index > start { result.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
            start = index + 1
        default: continue
        }
    }
    if start < bytes.count { result.append(String(decoding: bytes[start...], as: UTF8.self)) }
    return result
}

/// The changes in one line: `“9.99” became “4.99”; “tomorrow” is gone; “today” is new`.
func sentence(of changes: [WordChange]) -> String {
    var parts = changes.prefix(3).map { change in
        if change.former.isEmpty { return "\(quoted(change.now)) is new" }
        if change.now.isEmpty { return "\(quoted(change.former)) is gone" }
        return "\(quoted(change.former)) became \(quoted(change.now))"
    }
    if changes.count > 3 { parts.append("and \(changes.count - 3) more") }
    return parts.joined(separator: "; ")
}

/// Words in quotation marks, long ones cut.
func quoted(_ words: String) -> String {
    guard words.count > 80 else { return "`\(words)`" }
    return "`\(words.prefix(60))…\(words.suffix(16))`"
}

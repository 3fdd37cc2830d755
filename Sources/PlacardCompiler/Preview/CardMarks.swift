import PlacardPreview

// Words that differ between two versions of a text: as runs of both, and as marks in cards.

/// A text in both versions: runs that are in both, in the earlier one alone, and in the later one alone.
func textRuns(from former: String, to now: String) -> [PreviewTextRun] {
    WordRuns(former: pieces(of: former, isHTML: false), now: pieces(of: now, isHTML: false)).runs
}

/// Marks in both cards the words that the other does not have.
func markChanges(_ former: inout PreviewCard, _ now: inout PreviewCard) {
    guard !former.hasMarks, !now.hasMarks else { return }
    mark(&former.title, &now.title)
    markHTML(&former.body, &now.body)
    for index in former.actions.indices {
        guard let other = now.actions.firstIndex(where: { $0.id == former.actions[index].id }) else { continue }
        mark(&former.actions[index].label, &now.actions[other].label)
    }
    for index in former.replies.indices {
        guard let other = now.replies.firstIndex(where: { $0.id == former.replies[index].id }) else { continue }
        mark(&former.replies[index].text, &now.replies[other].text)
    }
    for index in former.steps.indices {
        guard let other = now.steps.firstIndex(where: { $0.id == former.steps[index].id }) else { continue }
        markStep(&former.steps[index], &now.steps[other])
    }
    for index in former.fields.indices {
        guard let other = now.fields.firstIndex(where: { $0.name == former.fields[index].name }) else { continue }
        markField(&former.fields[index], &now.fields[other])
    }
    if var old = former.push, var new = now.push {
        mark(&old.title, &new.title)
        mark(&old.body, &new.body)
        mark(&old.unfilledTitle, &new.unfilledTitle)
        mark(&old.unfilledBody, &new.unfilledBody)
        (former.push, now.push) = (old, new)
    }
}

extension PreviewCardPair {
    /// The words that are marked in its cards.
    var markedWords: Set<Substring> { Set([former, now].compactMap { $0 }.flatMap(\.markedWords)) }
}

extension PreviewCard {
    private var texts: [String] {
        var texts = [title, String(decoding: body, as: UTF8.self)] + actions.map(\.label) + replies.map(\.text)
        for step in steps {
            texts += [step.title, String(decoding: step.body, as: UTF8.self)] + step.choices.map(\.label)
        }
        if let push { texts += [push.title, push.body, push.unfilledTitle, push.unfilledBody] }
        for field in fields {
            switch field.value {
            case .text(let text): texts.append(text)
            case .html(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
            case .flag: break
            }
        }
        return texts
    }

    /// What stands between marks.
    fileprivate var markedWords: [Substring] {
        texts.flatMap { text in
            text.split(separator: Character(ChangeMarks.start), omittingEmptySubsequences: false).dropFirst().map {
                part in
                part.prefix { $0 != Character(ChangeMarks.end) }
            }
        }
    }

    /// Whether its texts hold what marks are made of, so that nothing can be marked in it.
    fileprivate var hasMarks: Bool {
        texts.contains { text in
            text.unicodeScalars.contains { $0.value == 0xFDD0 || $0.value == 0xFDD1 }
        }
    }
}

private func markStep(_ former: inout PreviewStep, _ now: inout PreviewStep) {
    mark(&former.title, &now.title)
    markHTML(&former.body, &now.body)
    for index in former.choices.indices {
        guard let other = now.choices.firstIndex(where: { $0.step == former.choices[index].step }) else { continue }
        mark(&former.choices[index].label, &now.choices[other].label)
    }
}

private func markField(_ former: inout PreviewField, _ now: inout PreviewField) {
    switch (former.value, now.value) {
    case (.text(var old), .text(var new)):
        mark(&old, &new)
        (former.value, now.value) = (.text(old), .text(new))
    case (.html(var old), .html(var new)):
        markHTML(&old, &new)
        (former.value, now.value) = (.html(old), .html(new))
    default: break
    }
}

private func mark(_ former: inout String, _ now: inout String) {
    guard former != now else { return }
    let runs = WordRuns(former: pieces(of: former, isHTML: false), now: pieces(of: now, isHTML: false))
    former = runs.marked(.gone)
    now = runs.marked(.new)
}

private func markHTML(_ former: inout [UInt8], _ now: inout [UInt8]) {
    guard former != now else { return }
    let texts = (String(decoding: former, as: UTF8.self), String(decoding: now, as: UTF8.self))
    let runs = WordRuns(former: pieces(of: texts.0, isHTML: true), now: pieces(of: texts.1, isHTML: true))
    former = Array(runs.marked(.gone).utf8)
    now = Array(runs.marked(.new).utf8)
}

/// What two texts, cut into pieces, have in common and what not.
private struct WordRuns {
    private var parts: [(kind: PreviewTextRun.Kind, pieces: ArraySlice<Substring>)] = []

    init(former: [Substring], now: [Substring]) {
        var same = commonSubsequence(former, now)
        // Of a text that is another altogether, what happens to be in both is no help to a reader.
        let words = min(former.count(where: isWord), now.count(where: isWord))
        if same.count(where: { isWord(former[$0.0]) }) * 4 < words { same = [] }
        var (left, right) = (0, 0)
        for (a, b) in same + [(former.count, now.count)] {
            if left < a { parts.append((.gone, former[left..<a])) }
            if right < b { parts.append((.new, now[right..<b])) }
            if a < former.count { parts.append((.same, former[a...a])) }
            (left, right) = (a + 1, b + 1)
        }
        joinAcrossSpaces()
    }

    /// Words that changed one after the other are one change, the spaces between them with them.
    private mutating func joinAcrossSpaces() {
        var joined: [(kind: PreviewTextRun.Kind, pieces: ArraySlice<Substring>)] = []
        var gone: [Substring] = []
        var new: [Substring] = []
        var spaces: [Substring] = []
        func isChange() -> Bool { !gone.isEmpty || !new.isEmpty }
        func flush(into joined: inout [(kind: PreviewTextRun.Kind, pieces: ArraySlice<Substring>)]) {
            if !gone.isEmpty { joined.append((.gone, gone[...])) }
            if !new.isEmpty { joined.append((.new, new[...])) }
            if !spaces.isEmpty { joined.append((.same, spaces[...])) }
        }
        for part in parts {
            switch part.kind {
            case .gone, .new:
                if !spaces.isEmpty {
                    if gone.isEmpty || new.isEmpty {
                        flush(into: &joined)
                        (gone, new) = ([], [])
                    } else {
                        // A space between is in both.
                        gone += spaces
                        new += spaces
                    }
                    spaces = []
                }
                if part.kind == .gone { gone += part.pieces } else { new += part.pieces }
            case .same:
                if isChange(), part.pieces.allSatisfy({ $0 == " " }) {
                    spaces += part.pieces
                    continue
                }
                flush(into: &joined)
                (gone, new, spaces) = ([], [], [])
                joined.append(part)
            }
        }
        flush(into: &joined)
        parts = joined
    }

    /// All of both texts, neighbours of one kind as one.
    var runs: [PreviewTextRun] {
        var runs: [PreviewTextRun] = []
        for part in parts {
            let text = part.pieces.joined()
            if let last = runs.last, last.kind == part.kind {
                runs[runs.count - 1].text += text
            } else {
                runs.append(PreviewTextRun(part.kind, text))
            }
        }
        return runs
    }

    /// One of the texts, what it alone has between marks; no tag stands between them.
    func marked(_ kind: PreviewTextRun.Kind) -> String {
        var text = ""
        for part in parts where part.kind == .same || part.kind == kind {
            guard part.kind == kind else {
                text += part.pieces.joined()
                continue
            }
            for words in part.pieces.splitAtTags() {
                let inner = words.joined()
                let isShown = !words.allSatisfy { isTag($0) || $0.allSatisfy(\.isWhitespace) }
                text += isShown ? ChangeMarks.start + inner + ChangeMarks.end : inner
            }
        }
        return text
    }
}

extension ArraySlice<Substring> {
    /// Tags by themselves, and what stands between them.
    fileprivate func splitAtTags() -> [ArraySlice<Substring>] {
        var result: [ArraySlice<Substring>] = []
        var start = startIndex
        for index in indices where isTag(self[index]) {
            if start < index { result.append(self[start..<index]) }
            result.append(self[index...index])
            start = index + 1
        }
        if start < endIndex { result.append(self[start...]) }
        return result
    }
}

private func isTag(_ piece: Substring) -> Bool { piece.utf8.count > 1 && piece.first == "<" }

private func isWord(_ piece: Substring) -> Bool { piece.first.map { $0.isLetter || $0.isNumber } ?? false }

/// The longest placeholder that is one piece.
private let placeholderLimit = 100

/// A text as words, single signs and, in HTML, tags and character references. Where words are written without spaces
/// each letter is a piece.
private func pieces(of text: String, isHTML: Bool) -> [Substring] {
    var result: [Substring] = []
    var index = text.startIndex
    while index < text.endIndex {
        let character = text[index]
        var end = text.index(after: index)
        if isHTML, character == "<" || character == "&" {
            let last: Character = character == "<" ? ">" : ";"
            if let close = text[index...].prefix(character == "<" ? Int.max : 12).firstIndex(of: last) {
                end = text.index(after: close)
            }
        } else if !isHTML, character == "{",
            let close = text[index...].prefix(placeholderLimit).firstIndex(of: "}"), !text[end..<close].contains("{")
        {
            end = text.index(after: close)
        } else if character.isPartOfWord {
            while end < text.endIndex, text[end].isPartOfWord || isJoint(text, at: end) { end = text.index(after: end) }
        }
        result.append(text[index..<end])
        index = end
    }
    return result
}

/// Whether a sign between two letters belongs to their word: `don’t`, `9.99`.
private func isJoint(_ text: String, at index: String.Index) -> Bool {
    guard "'’.,".contains(text[index]) else { return false }
    let next = text.index(after: index)
    guard next < text.endIndex, index > text.startIndex else { return false }
    let isNumber = text[index] == "." || text[index] == ","
    let before = text[text.index(before: index)]
    return isNumber ? before.isNumber && text[next].isNumber : before.isLetter && text[next].isPartOfWord
}

extension Character {
    /// Whether it is a letter or a digit of a script whose words are written with spaces.
    fileprivate var isPartOfWord: Bool {
        guard isLetter || isNumber, let scalar = unicodeScalars.first else { return false }
        switch scalar.value {
        // Thai, Lao, Tibetan, Burmese, Khmer; kana, Han and what is written with them.
        case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x31FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
            0xFF66...0xFF9F, 0x20000...0x3FFFF:
            return false
        default: return true
        }
    }
}

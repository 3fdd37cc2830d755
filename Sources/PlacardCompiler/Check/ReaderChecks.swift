import ByteText
import PlacardText
import SourceDiagnostics

/// What readers cannot make sense of, in each language: links whose words say nothing, buttons that say the same, labels without a word.
func checkForReaders(_ localizations: [Localization<MessageText>]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for localization in localizations {
        checkForReaders(localization.content, localization.locale, &diagnostics)
        for variant in localization.variants {
            checkForReaders(variant.content, localization.locale, &diagnostics)
            // What a variant leaves alone has been looked at; what it changes may be what another button says.
            let own = Set(variant.content.actions.map(\.id.value))
            let changed = merged(localization.content.actions, variant.content.actions)
            diagnostics += equalLabels(
                changed.compactMap { action in
                    action.label.map { Tapped($0, isNew: own.contains(action.id.value)) }
                })
        }
    }
    return diagnostics
}

/// The actions of a message with the labels of a variant.
private func merged(
    _ actions: [MessageAction<MessageText>], _ changes: [MessageAction<MessageText>]
) -> [MessageAction<MessageText>] {
    let own = Dictionary(changes.map { ($0.id.value, $0) }) { first, _ in first }
    let known = Set(actions.map(\.id.value))
    return actions.map { own[$0.id.value] ?? $0 } + changes.filter { !known.contains($0.id.value) }
}

private func checkForReaders(
    _ content: MessageContent<MessageText>, _ locale: String, _ diagnostics: inout [Diagnostic]
) {
    for field in content.fields {
        switch field.content {
        case .markdown(let text): checkLinks(text, locale, &diagnostics)
        case .conversation(let text):
            checkLinks(text, locale, &diagnostics)
            for step in text.compiled.steps { checkChoices(step, text, &diagnostics) }
        case .list(let list): checkLabels(list.items.map(\.text), &diagnostics)
        case .text, .image, .url, .value: break
        }
    }
    checkLabels(content.actions.compactMap(\.label), &diagnostics)
}

// MARK: Links

private func checkLinks(_ text: MessageText, _ locale: String, _ diagnostics: inout [Diagnostic]) {
    // Choices of a conversation lead on in it, and say what their reader says.
    for link in text.compiled.links where !link.isImage && link.literalTarget?.utf8.first != 0x23 {
        let found: Diagnostic
        if isAddress(link.label) {
            // What only looks like a link is told of as such.
            if isBehindBrackets(link.span.start, text.written.bytes) { continue }
            found = .addressAsWords(link.label, at: link.span)
        } else if VagueWords.contain(link.label, in: locale) {
            found = .vagueLink(link.label, at: link.span)
        } else {
            continue
        }
        diagnostics += text.written.place([found])
    }
}

/// Whether the words of a link are where it leads. A host alone, as `example.com`, is a name that people know.
private func isAddress(_ label: String) -> Bool {
    let bytes = label.utf8
    guard !bytes.contains(0x20) else { return false }
    return bytes.contains(0x3A) && label.contains("://") || label.hasPrefix("www.") && bytes.contains(0x2F)
}

/// Whether `](`, `] (`, `)[` or a sign like these stands before a place.
private func isBehindBrackets(_ place: Int, _ bytes: [UInt8]) -> Bool {
    let before = bytes[..<min(place, bytes.count)]
    return ["](", "] (", ")[", "](<", "<", "]（", "】(", "］("].contains {
        before.reversed().starts(with: $0.utf8.reversed())
    }
}

// MARK: Labels

/// Something to tap, with what it says.
private struct Tapped {
    /// Canonical JSON, as ``CompiledText/text``.
    var json: [UInt8]
    var label: Label
    /// What each variant says, with its keys; nil where there is one text without values.
    var variants: [(keys: [String], words: [UInt8])]?
    /// Whether it has not been compared with the others before.
    var isNew = true

    init(_ text: MessageText, isNew: Bool = true) {
        json = text.compiled.text
        label = text.written.label
        self.isNew = isNew
        if text.compiled.hasPlaceholders {
            let bytes = text.written.bytes
            variants = text.compiled.variants.map { variant in
                (variant.keys, Array(bytes[variant.span.start..<min(variant.span.end, bytes.count)]))
            }
        }
    }

    init(_ choice: ConversationChoice, in text: MessageText) {
        json = choice.label
        label = Label(file: text.written.file, text.written.table.outer(choice.span))
    }

    /// What it says without values; nil where it has some.
    private var words: [UInt8]? {
        json.first == 0x22 ? Array(json.dropFirst().dropLast()) : nil
    }

    /// What it says, for each variant.
    var renderings: [(keys: [String], words: String)] {
        if let variants { return variants.map { ($0.keys, comparable($0.words)) } }
        return [([], comparable(words ?? json))]
    }

    /// The words of a variant that has no letter, no digit and no value.
    var wordless: String? {
        for words in variants?.map(\.words) ?? [words ?? []] where !words.isEmpty {
            // Nearly every label has a Latin letter, or a digit.
            if words.contains(where: { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x7B }) { continue }
            let text = String(decoding: words, as: UTF8.self)
            if !text.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
            {
                return text
            }
        }
        return nil
    }
}

/// What tells two labels apart: not capitals, not spaces, and nothing that cannot be seen.
private func comparable(_ words: [UInt8]) -> String {
    if words.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
        return String(asciiLowercasing: words).split(separator: " ").joined(separator: " ")
    }
    let seen = String(decoding: words, as: UTF8.self).unicodeScalars.filter {
        !$0.properties.isDefaultIgnorableCodePoint
    }
    let small = String(String.UnicodeScalarView(seen)).lowercased().unicodeScalars
    return small.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
}

private func checkLabels(_ texts: [MessageText], _ diagnostics: inout [Diagnostic]) {
    checkLabels(texts.map { Tapped($0) }, &diagnostics)
}

private func checkChoices(_ step: ConversationStep, _ text: MessageText, _ diagnostics: inout [Diagnostic]) {
    checkLabels(step.choices.map { Tapped($0, in: text) }, &diagnostics)
}

private func checkLabels(_ tapped: [Tapped], _ diagnostics: inout [Diagnostic]) {
    for label in tapped {
        if let words = label.wordless { diagnostics.append(.wordlessLabel(words, at: label.label)) }
    }
    diagnostics += equalLabels(tapped)
}

private func equalLabels(_ tapped: [Tapped]) -> [Diagnostic] {
    guard tapped.count > 1, mayBeEqual(tapped) else { return [] }
    var seen: [String: [(keys: [String], place: Int)]] = [:]
    var diagnostics: [Diagnostic] = []
    for (place, label) in tapped.enumerated() {
        var first: (keys: [String], place: Int)?
        for (keys, words) in label.renderings {
            let other = seen[words]?.first { $0.place < place && isTogether($0.keys, keys) }
            first = first ?? other.map { (keys.isEmpty ? $0.keys : keys, $0.place) }
            seen[words, default: []].append((keys, place))
        }
        guard let first, label.isNew || tapped[first.place].isNew else { continue }
        diagnostics.append(
            .equalLabels(variant: first.keys.joined(separator: " "), at: label.label, first: tapped[first.place].label))
    }
    return diagnostics
}

/// Whether two variants can be shown at the same time, as far as their keys tell.
private func isTogether(_ first: [String], _ second: [String]) -> Bool {
    first.isEmpty || second.isEmpty || first == second
}

/// Most labels differ in their first letter.
private func mayBeEqual(_ tapped: [Tapped]) -> Bool {
    var seen: [UInt32] = []
    return tapped.contains { label in
        guard label.variants == nil, label.json.first == 0x22, let first = firstLetter(label.json) else { return true }
        if seen.contains(first) { return true }
        seen.append(first)
        return false
    }
}

/// The first letter of a string of JSON as a small letter; nil where it does not begin with one.
private func firstLetter(_ json: [UInt8]) -> UInt32? {
    guard json.count > 1 else { return nil }
    if json[1].isASCIILetter { return UInt32(json[1].asciiLowercased) }
    guard let letter = Unicode.Scalar(decodedScalar(json, 1, json.count).value), letter.properties.isAlphabetic else {
        return nil
    }
    return letter.properties.lowercaseMapping.unicodeScalars.first?.value
}

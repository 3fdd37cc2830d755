import PlacardExchange
import PlacardText
import SourceDiagnostics

/// A translation's file with other texts.
///
/// What is there already is changed where it stands, and all else is left byte for byte. A file that is not there is made
/// of the source's: its body with the words of each block replaced, so that lists, headings and fences stay.
struct TranslationDraft {
    let compilation: Compilation
    let message: CompiledMessage
    /// The message's id, with `+variant` behind it for a variant.
    let name: String
    let locale: String

    /// The file's path.
    var path: String {
        let source = message.sourceUnits?.units[name]?.texts.first?.text.written.file ?? message.definition.file
        let own = name == message.definition.id ? message.definition.file : source
        return own.dropLast(".md".utf8.count) + ".\(locale).md"
    }

    /// The file with the texts of `slots`; nil for texts that there is no place for, which are told.
    ///
    /// - Parameter slots: each with its new words.
    func bytes(_ slots: [(slot: ExchangeSlot, text: String)]) -> (bytes: [UInt8]?, unplaced: [String]) {
        guard
            let translation = message.comparisons.first(where: {
                $0.comparison.locale == locale && $0.comparison.message == name
            }), let file = compilation.files[path]
        else {
            return compilation.files[path] == nil ? (newFile(slots), []) : (nil, slots.map(\.slot.unit.id))
        }
        var edits: [(span: Span, bytes: [UInt8])] = []
        var missing: [(slot: ExchangeSlot, text: String)] = []
        var partial: [String] = []
        for (text, own) in grouped(slots) {
            guard let target = translation.comparison.texts.first(where: { $0.target.name == text })?.target else {
                missing += own
                continue
            }
            let added = own.filter { $0.slot.place == nil }
            let variants = variants(added, of: target)
            if !added.isEmpty, variants == nil { partial += added.map(\.slot.unit.id) }
            let changed = own.compactMap { slot in slot.slot.place.map { ($0, slot.text) } }
            edits.append(edit(target, replacing(target.written.bytes, changed + (variants.map { [$0] } ?? [])), file))
        }
        guard partial.isEmpty else { return (nil, partial) }
        var result = file
        for edit in edits.sorted(by: { $1.span < $0.span }) {
            result.replaceSubrange(edit.span.start..<edit.span.end, with: edit.bytes)
        }
        return missing.isEmpty ? (result, []) : adding(missing, to: result)
    }

    private func grouped(_ slots: [(slot: ExchangeSlot, text: String)]) -> [(
        String, [(slot: ExchangeSlot, text: String)]
    )] {
        var result: [(String, [(slot: ExchangeSlot, text: String)])] = []
        for slot in slots {
            if let index = result.firstIndex(where: { $0.0 == slot.slot.text }) {
                result[index].1.append(slot)
            } else {
                result.append((slot.slot.text, [slot]))
            }
        }
        return result
    }

    /// New variants for categories that a translation lacks, and their place, before the one for all other values; nil where there
    /// is no such place, or a variant lacks one of its blocks.
    private func variants(
        _ slots: [(slot: ExchangeSlot, text: String)], of target: TranslatableText
    ) -> (place: TextUnit, text: String)? {
        let bytes = target.written.bytes
        guard !slots.isEmpty, let source = sourceText(target.name),
            let others = target.compiled?.variants.first(where: { $0.keys == ["*"] }),
            let star = bytes[..<min(others.span.start, bytes.count)].lastIndex(of: 0x2A)
        else { return nil }
        let line = bytes[..<star].lastIndex(of: 0x0A).map { bytes[($0 + 1)..<star] }
        let isLine = line?.allSatisfy { $0 == 0x20 } == true
        var text: [UInt8] = []
        for key in keys(slots) {
            guard let variant = variant(key, slots, of: source) else { return nil }
            text += variant + (isLine ? [0x0A] + (line ?? []) : [0x20])
        }
        return (TextUnit(kind: .code, span: Span(at: star), holes: []), String(decoding: text, as: UTF8.self))
    }

    /// The keys of slots, each once.
    private func keys(_ slots: [(slot: ExchangeSlot, text: String)]) -> [String] {
        var keys: [String] = []
        for slot in slots { if let key = slot.slot.key, !keys.contains(key) { keys.append(key) } }
        return keys
    }

    /// A variant made of the source's, `few {{…}}`; nil when one of its units is not among the slots.
    private func variant(
        _ key: String, _ slots: [(slot: ExchangeSlot, text: String)], of source: SourceUnits.Text
    ) -> [UInt8]? {
        let bytes = source.text.written.bytes
        let own = slots.filter { $0.slot.key == key }
        guard let section = own.first?.slot.source?.section, own.count == source.sections[section].units.count,
            let pattern = source.text.compiled?.variants.first(where: { $0.keys == source.sections[section].keys })
        else { return nil }
        let units = own.compactMap { slot -> (TextUnit, String)? in
            guard let unit = slot.slot.source?.unit else { return nil }
            let place = exchangePlace(bytes, source.sections[section].units[unit].place)
            let span = Span(place.span.start - pattern.span.start, place.span.end - pattern.span.start)
            return (TextUnit(kind: place.kind, span: span, holes: []), slot.text)
        }
        return Array("\(key) {{".utf8) + replacing(Array(bytes[pattern.span.start..<pattern.span.end]), units)
            + Array("}}".utf8)
    }

    private func sourceText(_ name: String) -> SourceUnits.Text? {
        message.sourceUnits?.units[self.name]?.texts.first { $0.text.name == name }
    }

    /// Replaces a text in its file: a body as it is, a scalar of the front matter as one that reads back as these words.
    private func edit(_ text: TranslatableText, _ words: [UInt8], _ file: [UInt8]) -> (span: Span, bytes: [UInt8]) {
        let span = text.written.span
        if text.isDocument { return (span, words) }
        let isInFlow = !startsLine(file, span.start)
        var scalar = Array(yamlScalar(String(decoding: words, as: UTF8.self), inFlow: isInFlow).utf8)
        // A block scalar ends with its line.
        if span.end > span.start, span.end <= file.count, file[span.end - 1] == 0x0A { scalar.append(0x0A) }
        return (span, scalar)
    }

    /// Whether a value stands behind a key that begins its line, so that it is in no flow collection.
    private func startsLine(_ file: [UInt8], _ offset: Int) -> Bool {
        let start = file[..<min(offset, file.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = file[start..<min(offset, file.count)]
        guard let first = line.first, (0x61...0x7A).contains(first | 0x20) else { return false }
        return !line.contains(0x7B) && !line.contains(0x5B)
    }

    /// Adds texts that the file lacks, where the key above them is not there yet.
    private func adding(
        _ slots: [(slot: ExchangeSlot, text: String)], to file: [UInt8]
    ) -> (bytes: [UInt8]?, unplaced: [String]) {
        var result = file
        var unplaced: [String] = []
        let texts = grouped(slots)
        var front: [(name: String, words: String)] = []
        for (name, own) in texts {
            guard let words = newText(name, own) else {
                unplaced += own.map(\.slot.unit.id)
                continue
            }
            if name == "body" {
                if result.last != 0x0A { result.append(0x0A) }
                result += words
            } else {
                front.append((name, String(decoding: words, as: UTF8.self)))
            }
        }
        let lines = String(decoding: result, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let present = Set(
            lines.prefix(while: { !$0.hasPrefix("...") }).compactMap { line in
                line.split(separator: ":").first.map(String.init)
            })
        let blocked = front.filter { present.contains(key($0.name)) }
        unplaced += slots.filter { slot in blocked.contains { $0.name == slot.slot.text } }.map(\.slot.unit.id)
        front.removeAll { entry in blocked.contains { $0.name == entry.name } }
        guard !front.isEmpty else { return (unplaced.isEmpty ? result : nil, unplaced) }
        guard let end = frontMatterEnd(result) else { return (nil, slots.map(\.slot.unit.id)) }
        result.insert(contentsOf: frontMatter(front).utf8, at: end)
        return (unplaced.isEmpty ? result : nil, unplaced)
    }

    /// Where the line `---` that ends the front matter begins.
    private func frontMatterEnd(_ bytes: [UInt8]) -> Int? {
        var start = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if bytes[start..<end].prefix(3).elementsEqual("---".utf8) { return start }
            start = end + 1
        }
        return nil
    }

    // MARK: New texts

    private func newFile(_ slots: [(slot: ExchangeSlot, text: String)]) -> [UInt8]? {
        var front: [(name: String, words: String)] = []
        var body: [UInt8] = []
        for (name, own) in grouped(slots) {
            guard let words = newText(name, own) else { return nil }
            if name == "body" { body = words } else { front.append((name, String(decoding: words, as: UTF8.self))) }
        }
        var result = Array("---\n\(frontMatter(front))---\n".utf8) + body
        if result.last != 0x0A { result.append(0x0A) }
        return result
    }

    /// A text made of the source's, with the words of its units replaced.
    private func newText(_ name: String, _ slots: [(slot: ExchangeSlot, text: String)]) -> [UInt8]? {
        guard let source = sourceText(name) else { return nil }
        let bytes = source.text.written.bytes
        if slots.count == 1, slots[0].slot.source == nil { return Array(slots[0].text.utf8) }
        func place(_ slot: ExchangeSlot) -> TextUnit? {
            slot.source.map { exchangePlace(bytes, source.sections[$0.section].units[$0.unit].place) }
        }
        guard slots.contains(where: { $0.slot.key != nil }) else {
            return replacing(bytes, slots.compactMap { slot in place(slot.slot).map { ($0, slot.text) } })
        }
        guard let head = source.sections.first(where: { $0.name.hasSuffix("{}") })?.units.first?.place else {
            return nil
        }
        var result = Array(bytes[..<min(head.span.end, bytes.count)])
        while let last = result.last, last <= 0x20 { result.removeLast() }
        for key in keys(slots) {
            guard let variant = variant(key, slots, of: source) else { return nil }
            result += [0x0A] + variant
        }
        if name == "body" { result.append(0x0A) }
        return result
    }

    // MARK: Front matter

    /// The key of the front matter that a text stands under.
    private func key(_ name: String) -> String { String(name.prefix { $0 != "." }) }

    /// Lines of front matter; names in the order in which people write them.
    private func frontMatter(_ texts: [(name: String, words: String)]) -> String {
        var text = ""
        var keys: [String] = []
        for entry in texts where !keys.contains(key(entry.name)) { keys.append(key(entry.name)) }
        let late = ["variables", "actions", "push"]
        let order = keys.filter { !late.contains($0) } + late.filter(keys.contains)
        for key in order {
            let own = texts.filter { self.key($0.name) == key }
            text += lines(key, own.map { (String($0.name.dropFirst(key.utf8.count + 1)), $0.words) })
        }
        return text
    }

    private func lines(_ key: String, _ texts: [(rest: String, words: String)]) -> String {
        func scalar(_ words: String) -> String { yamlScalar(words, inFlow: true) }
        switch key {
        case "variables":
            return "variables:\n" + texts.map { "  \($0.rest): {fallback: \(scalar($0.words))}\n" }.joined()
        case "actions":
            let order = message.definition.content.actions.map(\.id.value)
            let sorted = texts.sorted { (order.firstIndex(of: $0.rest) ?? 0) < (order.firstIndex(of: $1.rest) ?? 0) }
            return "actions:\n" + sorted.map { "  - {id: \($0.rest), label: \(scalar($0.words))}\n" }.joined()
        case "push":
            var text = "push:\n"
            for name in ["title", "body"] {
                for entry in texts where entry.rest == name { text += "  \(name): \(scalar(entry.words))\n" }
            }
            let fallbacks = texts.filter { $0.rest.hasPrefix("fallback.") }
            guard !fallbacks.isEmpty else { return text }
            return text + "  fallback:\n"
                + fallbacks.map { "    \($0.rest.dropFirst(9)): \(scalar($0.words))\n" }.joined()
        default:
            if texts.count == 1, texts[0].rest.isEmpty { return "\(key): \(scalar(texts[0].words))\n" }
            if texts.count == 1, texts[0].rest == "alt",
                message.definition.content.list(key) == nil
            {
                return "\(key): {alt: \(scalar(texts[0].words))}\n"
            }
            return "\(key):\n" + texts.map { "  - {id: \($0.rest), text: \(scalar($0.words))}\n" }.joined()
        }
    }
}

import ByteText
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What a translation is held against besides the placeholders and links of its source: things that go wrong on the way
/// through a translator's tools, and that no reader of the source language would see.
///
/// All of it is a warning or a note, which `allow:` of the file and `lint:` of the project lower; none is certain.
struct TranslationQuality: Sendable {
    private let script: WritingScripts?
    private let isSourceLanguage: Bool
    private let allowsIdentical: Bool
    private let punctuation: PunctuationStyle?
    private let looksAtNumbers: Bool
    private let looksAtEnds: Bool

    /// - Parameters:
    ///   - locale: the translation's.
    ///   - source: the locale of the source.
    ///   - policy: what the project says of the locale.
    ///   - allowed: diagnostics that the project allows everywhere, which need no looking for.
    init(locale: LanguageTag, source: LanguageTag?, policy: LocalePolicy?, allowed: Set<String>) {
        let maximized = locale.maximized
        script = WritingScripts(of: maximized ?? locale)
        isSourceLanguage = source?.language == locale.language
        allowsIdentical = policy?.allowsIdentical == true
        looksAtNumbers = !allowed.contains("translation/different-number")
        looksAtEnds = !allowed.contains("translation/punctuation")
        punctuation = looksAtEnds ? PunctuationStyle(locale) : nil
    }

    /// Checks every text of a translation.
    ///
    /// - Parameters:
    ///   - translated: in the order of their names.
    ///   - sources: in the order of their names.
    ///   - file: the translation's.
    ///   - identical: names of texts that may be as their source.
    /// - Returns: the diagnostics, and whether all of it is its source word for word.
    func check(
        _ translated: [TranslatableText], _ sources: [TranslatableText], file: String, identical: Set<String>
    ) -> (diagnostics: [Diagnostic], isIdentical: Bool) {
        var diagnostics: [Diagnostic] = []
        var pairs: [(TranslatableText, TranslatableText)] = []
        pairs.reserveCapacity(translated.count)
        var place = 0
        for text in translated {
            while place < sources.count, utf8Less(sources[place].name, text.name) { place += 1 }
            guard place < sources.count, sources[place].name == text.name else { continue }
            pairs.append((text, sources[place]))
            check(text, sources[place], &diagnostics)
        }
        let isIdentical = checkIdentical(pairs, file, identical, &diagnostics)
        return (diagnostics, isIdentical)
    }

    private func check(_ text: TranslatableText, _ source: TranslatableText, _ diagnostics: inout [Diagnostic]) {
        let (literal, original) = (text.literal, source.literal)
        if literal.hasBackslash { diagnostics += checkEscapes(text, source) }
        if text.compiled?.markup != source.compiled?.markup { diagnostics += checkMarkup(text, source) }
        diagnostics += checkSpace(text, source)
        if looksAtNumbers, original.hasDigits { diagnostics += checkNumbers(text, literal, original) }
        guard !literal.isASCII || script != nil || punctuation != nil else { return }
        if literal.mayCompose { diagnostics += checkNormalization(text) }
        if let script { diagnostics += checkScript(script, text, literal, original) }
        if let punctuation { diagnostics += text.written.place(punctuation.check(literal)) }
        if looksAtEnds { diagnostics += checkEnd(text, literal, original) }
    }

    // MARK: Identical

    /// Words that are as in the source: all of them, or a whole sentence.
    private func checkIdentical(
        _ pairs: [(TranslatableText, TranslatableText)], _ file: String, _ allowed: Set<String>,
        _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        guard !isSourceLanguage, !allowsIdentical else { return false }
        var words = 0
        var same: [(text: TranslatableText, words: Int)] = []
        for (text, source) in pairs {
            let isSame = text.written.bytes == source.written.bytes
            // Nearly always the first text of a translation tells.
            let count = isSame ? LiteralText(text.written.bytes).wordCount : 1
            words += count
            if isSame, count > 0, !allowed.contains(text.name) { same.append((text, count)) }
        }
        if words >= translationWords, same.reduce(0, { $0 + $1.words }) == words {
            diagnostics.append(.identicalTranslation(file, texts: same.map(\.text.name)))
            return true
        }
        for entry in same where entry.words >= identicalWords {
            diagnostics.append(.identicalText(entry.text.name, at: entry.text.written.label))
        }
        for (text, source) in pairs where !allowed.contains(text.name) {
            diagnostics += identicalVariants(text, source)
        }
        return false
    }

    /// Variants that are as in the source, in a text of which the others are not.
    private func identicalVariants(_ text: TranslatableText, _ source: TranslatableText) -> [Diagnostic] {
        guard let own = text.compiled, own.variants.count > 1, let original = source.compiled,
            text.written.bytes != source.written.bytes
        else { return [] }
        let found = own.variants.compactMap { variant -> Diagnostic? in
            guard let counterpart = original.variants.first(where: { $0.keys == variant.keys }) else { return nil }
            let words = Array(text.written.bytes[variant.span.start..<variant.span.end])
            guard source.written.bytes[counterpart.span.start..<counterpart.span.end].elementsEqual(words),
                LiteralText(words).wordCount >= variantWords
            else { return nil }
            return .identicalText(text.name, at: Label(variant.span))
        }
        return text.written.place(found)
    }

    // MARK: What tools break

    /// `\{$name\}`, which some tools make of a placeholder: readers would see it.
    private func checkEscapes(_ text: TranslatableText, _ source: TranslatableText) -> [Diagnostic] {
        let bytes = text.written.bytes
        guard let start = escapedPlaceholder(bytes, 0), escapedPlaceholder(source.written.bytes, 0) == nil else {
            return []
        }
        let end = bytes[start...].firstIndex(of: 0x7D).map { $0 + 1 } ?? start + 2
        var edits = [Edit(Span(start, start + 1), "")]
        if end - 2 > start, bytes[end - 2] == 0x5C { edits.append(Edit(Span(end - 2, end - 1), "")) }
        return text.written.place([.escapedPlaceholder(at: Span(start, end), edits: edits)])
    }

    private func escapedPlaceholder(_ bytes: [UInt8], _ from: Int) -> Int? {
        var index = from
        while let slash = bytes[index...].firstIndex(of: 0x5C), slash + 2 < bytes.count {
            if bytes[slash + 1] == 0x7B, bytes[slash + 2] == 0x24 { return slash }
            index = slash + 2
        }
        return nil
    }

    private func checkMarkup(_ text: TranslatableText, _ source: TranslatableText) -> [Diagnostic] {
        guard let own = text.compiled?.markup, let wanted = source.compiled?.markup, own != wanted else { return [] }
        let (missing, extra) = (Set(wanted).subtracting(own), Set(own).subtracting(wanted))
        // `strong` and `em` are there for languages that need them.
        let strange = extra.subtracting(["strong", "em"]).sorted(by: utf8Less)
        let dropped = missing.subtracting(["strong", "em"]).sorted(by: utf8Less)
        guard !strange.isEmpty || !dropped.isEmpty else { return [] }
        return [.differentMarkup(strange: strange.first, dropped: dropped.first, at: text.written.label)]
    }

    /// Spaces around a text that its source has not, which would show where it is put together with others, as a fallback is;
    /// most texts lose them anyway.
    private func checkSpace(_ text: TranslatableText, _ source: TranslatableText) -> [Diagnostic] {
        guard !text.isDocument, let first = text.written.bytes.first, let last = text.written.bytes.last else {
            return []
        }
        func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }
        let original = source.written.bytes
        guard isSpace(first) && !isSpace(original.first) || isSpace(last) && last != 0x0A && !isSpace(original.last)
        else { return [] }
        let bytes = text.written.bytes
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.count
        let end = (bytes.lastIndex { !isSpace($0) } ?? -1) + 1
        let span = isSpace(first) && !isSpace(original.first) ? Span(0, start) : Span(end, bytes.count)
        guard start < end else { return [] }
        return text.written.place([.outerSpace(at: span)])
    }

    private func checkNormalization(_ text: TranslatableText) -> [Diagnostic] {
        let bytes = text.written.bytes
        guard !isSurelyNFC(bytes) else { return [] }
        let normalized = normalizedNFC(bytes)
        guard normalized != bytes, let first = zip(bytes, normalized).enumerated().first(where: { $1.0 != $1.1 }) else {
            return []
        }
        // To the start of its character.
        let start = bytes[...first.offset].lastIndex { $0 & 0xC0 != 0x80 } ?? first.offset
        return text.written.place([
            .notNFC(
                at: Span(start, min(bytes.count, start + 4)), whole: Span(0, bytes.count),
                String(decoding: normalized, as: UTF8.self))
        ])
    }

    // MARK: Words

    private func checkNumbers(
        _ text: TranslatableText, _ literal: LiteralText, _ original: LiteralText
    ) -> [Diagnostic] {
        let wanted = original.numbers()
        guard !wanted.isEmpty else { return [] }
        let own = literal.numbers()
        // A space may part the digits of one number, or two numbers.
        let (ownAll, wantedAll) = (own + joined(own), wanted + joined(wanted))
        let grouped = joined(wanted).filter { number in ownAll.contains { $0.means(number) } }
        let missing = wanted.filter { number in
            !ownAll.contains { $0.means(number) }
                && !grouped.contains { $0.span.start <= number.span.start && $0.span.end >= number.span.end }
        }
        let extra = own.filter { number in !wantedAll.contains { number.means($0) } }
        var pairs = zip(missing, extra).map { (wanted: $0, found: Optional($1)) }
        // A small number alone may have become a word.
        if let lost = missing.dropFirst(extra.count).first(where: { $0.digits.utf8.count > 1 }) {
            pairs.append((lost, nil))
        }
        return text.written.place(
            pairs.prefix(4).map { wanted, found in
                .differentNumber(
                    wanted.text, found: found?.text, at: found?.span ?? Span(0, text.written.bytes.count))
            })
    }

    /// Numbers whose digits spaces part in threes, as one: `10 000`.
    private func joined(_ numbers: [WrittenNumber]) -> [WrittenNumber] {
        var result: [WrittenNumber] = []
        for (first, second) in zip(numbers, numbers.dropFirst())
        where second.span.start == first.span.end + 1 && second.digits.utf8.count == 3 {
            let before = result.last.flatMap { $0.span.end == first.span.end ? $0 : nil } ?? first
            result.append(
                WrittenNumber(
                    digits: before.digits + second.digits, text: before.text + " " + second.text,
                    span: Span(before.span.start, second.span.end)))
        }
        return result
    }

    private func checkScript(
        _ script: WritingScripts, _ text: TranslatableText, _ literal: LiteralText, _ original: LiteralText
    ) -> [Diagnostic] {
        guard let strange = script.strangeLetter(in: literal, source: original) else { return [] }
        return text.written.place([.wrongScript(strange.message, at: strange.span)])
    }

    /// The mark at the end that the source has and the translation has not.
    private func checkEnd(
        _ text: TranslatableText, _ literal: LiteralText, _ original: LiteralText
    ) -> [Diagnostic] {
        guard script?.writesFullStops ?? true, let mark = original.lastMark, let end = literal.lastLetter
        else {
            return []
        }
        return text.written.place([.missingEndMark("\(mark)", at: end)])
    }
}

/// From how many words on a translation that is its source is worth a warning: fewer may be right in both languages.
private let translationWords = 5

/// From how many words on a text that is its source is worth a warning by itself: fewer are often a name.
private let identicalWords = 4

/// From how many words on a variant that is its source is worth a warning, where the others are translated.
private let variantWords = 3

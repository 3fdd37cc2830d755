import ByteText
import MessageFormat
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

// A plural category may hold more numbers than its name tells: `one` is 1, 21, 31… in Russian, 0 and 1 in French
// (UTS 35, part 3, "Language Plural Rules"). A text for it that says “1”, or no number where the others say it, is wrong
// for all but one of them.

extension Message {
    /// The variants whose number is written out, or left out, though they are for others too.
    func impliedNumberDiagnostics(
        _ patterns: [PatternText], _ source: [UInt8], _ environment: TextEnvironment
    ) -> [Diagnostic] {
        guard case .select(let matcher) = body, patterns.count == matcher.variants.count else { return [] }
        var diagnostics: [Diagnostic] = []
        for (index, selector) in matcher.selectors.enumerated() {
            let kind = selectorKind(of: selector)
            guard kind == .cardinal || kind == .ordinal else { continue }
            let rules = PluralRules(kind == .cardinal ? .cardinal : .ordinal, locale: environment.locale)
            let shows = patterns.map { self.shows(selector.name, $0) }
            if kind == .cardinal {
                diagnostics += lostNumbers(matcher, index, selector.name, shows, patterns, source)
            }
            for (place, variant) in matcher.variants.enumerated() where index < variant.keys.count && !shows[place] {
                guard case .literal(let key) = variant.keys[index], let category = PluralCategory(name: key.value)
                else { continue }
                let samples = rules.integerSamples(category).compactMap { Int($0) }
                guard samples.count > 1 else { continue }
                let written = patterns[place].numbers(source).filter { samples.contains($0.value) }
                // Numbers that have variants of their own never come here.
                let exact = matcher.variants.compactMap { $0.keys.dropFirst(index).first?.value.flatMap { Int($0) } }
                let rest = samples.filter { !exact.contains($0) }
                let isMissing =
                    rest.count > 1 && [.zero, .one, .two].contains(category)
                    && zip(shows, matcher.variants).contains { $0 && variant.differs(from: $1, at: index) }
                if let number = written.first {
                    guard rest.contains(where: { $0 != number.value }) else { continue }
                    diagnostics.append(
                        Diagnostic.writtenNumber(
                            key, rest, number.value, at: number.span, selector.name,
                            isOnly: written.count == 1))
                } else if kind == .cardinal, rest.contains(where: { $0 != 1 }),
                    exact.contains(1) || !isMissing,
                    let word = patterns[place].wordForOne(source, environment.locale.language)
                {
                    let isWhole = environment.variables[root(of: selector.name)]?.type != .double
                    let fraction = isWhole ? nil : rules.decimalSamples(category).last { !$0.hasSuffix(".0") }
                    diagnostics.append(
                        .wordForOne(
                            key, rest, fraction, PlacardText.written(source, word), at: word,
                            selector.name, isBesideOne: exact.contains(1)))
                } else if isMissing {
                    let named = category == .zero ? 0 : category == .one ? 1 : 2
                    diagnostics.append(
                        .missingNumber(key, rest, selector.name, isBesideOne: exact.contains(named)))
                }
            }
        }
        return diagnostics
    }

    /// The texts for all other values that do not say the number, though that of a plural category does: `* {{days left}}` beside
    /// `one {{{$n} day left}}`.
    private func lostNumbers(
        _ matcher: Matcher, _ index: Int, _ selector: String, _ shows: [Bool], _ patterns: [PatternText],
        _ source: [UInt8]
    ) -> [Diagnostic] {
        zip(matcher.variants, patterns).enumerated().compactMap { place, entry in
            let (variant, pattern) = entry
            guard index < variant.keys.count, !shows[place], case .catchAll(let key) = variant.keys[index],
                pattern.numbers(source).isEmpty, !pattern.scanned.contents.contains(where: { $0.content.isExpression })
            else { return nil }
            let others = shows.indices.filter { number in
                let other = matcher.variants[number]
                guard index < other.keys.count, case .literal(let literal) = other.keys[index] else { return false }
                return PluralCategory(name: literal.value) != nil && other.differs(from: variant, at: index)
            }
            // Other words may say “many” on purpose; the same ones lack the number.
            let words = pattern.wordCount(source)
            let isBesideNumber =
                others.allSatisfy { shows[$0] } && others.contains { patterns[$0].wordCount(source) == words }
            return isBesideNumber ? .lostNumber(selector, at: key.span) : nil
        }
    }

    /// Whether a pattern shows the value that a selector chooses by.
    private func shows(_ selector: String, _ pattern: PatternText) -> Bool {
        let wanted = root(of: selector)
        return pattern.scanned.contents.contains { entry in
            guard case .expression(let expression) = entry.content, case .variable(let variable)? = expression.operand
            else { return false }
            return root(of: variable.name) == wanted
        }
    }

    /// The variables from outside whose values stand among the words of a pattern, as often as they do.
    func shownVariables(_ pattern: PatternText) -> [String] {
        guard !pattern.scanned.contents.isEmpty else { return [] }
        let targets = pattern.tree.nodes.filter { $0.kind == .link || $0.kind == .image }.map(\.destinationSpan)
        return pattern.scanned.contents.compactMap { entry in
            guard case .expression(let expression) = entry.content, case .variable(let variable)? = expression.operand,
                !targets.contains(where: { $0.start <= entry.span.start && entry.span.end <= $0.end })
            else { return nil }
            return root(of: variable.name)
        }
    }

    /// The variable from outside that a name's declarations lead to.
    func root(of name: String) -> String {
        var name = name
        for _ in 0..<8 {
            guard let declaration = declaration(of: name), declaration.kind == .local,
                case .variable(let next)? = declaration.value.operand
            else { return name }
            name = next.name
        }
        return name
    }
}

extension Variant {
    /// Whether another variant has the same keys but for one.
    fileprivate func differs(from other: Variant, at index: Int) -> Bool {
        keys.indices.allSatisfy { place in
            place == index || place < other.keys.count && keys[place].value == other.keys[place].value
        }
    }
}

extension PatternText {
    /// How many words there are between the placeholders.
    fileprivate func wordCount(_ source: [UInt8]) -> Int {
        var count = 0
        var start = scanned.span.start
        let last = min(scanned.span.end, source.count)
        for place in scanned.contents.map(\.span) + [Span(at: last)] {
            if start < place.start {
                let words = source[start..<place.start].split { $0 <= 0x20 }
                count += words.count { $0.contains { $0.isASCIILetter || $0 >= 0x80 } }
            }
            start = max(start, place.end)
        }
        return count
    }

    /// The whole numbers among the words, in the digits of any script.
    fileprivate func numbers(_ source: [UInt8]) -> [(value: Int, span: Span)] {
        var numbers: [(value: Int, span: Span)] = []
        let unseen = unseenSpans
        var index = scanned.span.start
        let end = min(scanned.span.end, source.count)
        var before: UInt32 = 0x20
        while index < end {
            let start = index
            var value = 0
            var count = 0
            while index < end, count < 9, let digit = digit(decodedScalar(source, index, end).value) {
                value = value * 10 + digit
                count += 1
                index = decodedScalar(source, index, end).end
            }
            guard count > 0 else {
                let next = decodedScalar(source, index, end)
                before = next.value
                index = next.end
                continue
            }
            let behind = index < end ? decodedScalar(source, index, end) : (value: 0x20, end: end)
            let goesOn =
                isSeparator(behind.value) && behind.end < end
                && digit(decodedScalar(source, behind.end, end).value) != nil
            let isPart = digit(behind.value) != nil || isLatin(before) || isSeparator(before) || goesOn
            let span = Span(start, index)
            if !isPart, !unseen.contains(where: { $0.start < span.end && span.start < $0.end }) {
                numbers.append((value, span))
            }
            before = 0x30
        }
        return numbers
    }
}

extension PatternText {
    /// Where “one” is written out, alone or with its “single”, in a language whose `one` holds other numbers, too.
    fileprivate func wordForOne(_ source: [UInt8], _ language: String) -> Span? {
        guard let words = wordsForOne[language] else { return nil }
        let unseen = unseenSpans
        let end = min(scanned.span.end, source.count)
        var index = scanned.span.start
        while index < end {
            let start = index
            while index < end, isOfWord(source, index, end) { index = decodedScalar(source, index, end).end }
            guard index > start else {
                index = decodedScalar(source, index, end).end
                continue
            }
            let word = PlacardText.written(source, Span(start, index)).lowercased()
            guard words.contains(word), !unseen.contains(where: { $0.start < index && start < $0.end }) else {
                continue
            }
            // `un seul jour`
            for single in singles[language] ?? []
            where PlacardText.written(source, Span(index, min(end, index + 32))).lowercased().hasPrefix(" \(single) ") {
                return Span(start, index + 1 + single.utf8.count)
            }
            return Span(start, index)
        }
        return nil
    }

    private func isOfWord(_ source: [UInt8], _ index: Int, _ end: Int) -> Bool {
        let value = decodedScalar(source, index, end).value
        return value < 0x80 ? isASCIIWord(UInt8(value)) || value == 0x27 : !isPunctuation(value) && value != 0xA0
    }
}

/// “One” in the languages whose `one` holds other whole numbers (CLDR's plural rules), in the forms that stand before nouns.
private let wordsForOne: [String: Set<String>] = [
    "fr": ["un", "une"], "pt": ["um", "uma"], "hy": ["մեկ"], "hi": ["एक"], "fa": ["یک"], "bn": ["এক", "একটি"],
    "gu": ["એક"], "kn": ["ಒಂದು"], "pa": ["ਇੱਕ", "ਇਕ"], "am": ["አንድ"], "si": ["එක", "එකක්"], "zu": ["munye", "eyodwa"],
    "ru": ["один", "одна", "одно", "одну", "одного", "одной", "одному", "одним"],
    "uk": ["один", "одна", "одне", "одну", "одного", "однієї", "одному", "одним"],
    "be": ["адзін", "адна", "адно", "адну", "аднаго", "адной"],
    "sr": ["jedan", "jedna", "jedno", "jednu", "један", "једна", "једно", "једну"],
    "hr": ["jedan", "jedna", "jedno", "jednu"], "bs": ["jedan", "jedna", "jedno", "jednu"],
    "mk": ["еден", "една", "едно"], "sl": ["en", "ena", "eno"], "lt": ["vienas", "viena", "vieną"],
    "lv": ["viens", "viena", "vienu"], "is": ["einn", "ein", "eitt", "eina", "einu"], "fil": ["isa", "isang"],
]

/// What stands behind “one” to say that there is no other.
private let singles: [String: [String]] = ["fr": ["seul", "seule"], "pt": ["só", "único", "única"]]

private func isLatin(_ value: UInt32) -> Bool { value < 0x80 && isASCIIWord(UInt8(truncatingIfNeeded: value)) }

/// What stands within a number, a time or a date.
private func isSeparator(_ value: UInt32) -> Bool { [0x2E, 0x2C, 0x3A, 0x2F, 0x23, 0x66B, 0x66C].contains(value) }

/// Where the zeros of decimal digits are (Unicode, General_Category Nd) in scripts that CLDR's languages are written with.
private let zeros: [UInt32] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20,
    0x1040, 0x17E0, 0x1810, 0x1C50, 0xA620, 0xABF0, 0xFF10, 0x11136, 0x1E950,
]

/// The value of a decimal digit of any of these scripts.
private func digit(_ value: UInt32) -> Int? {
    if value < 0x80 { return (0x30...0x39).contains(value) ? Int(value - 0x30) : nil }
    guard let zero = zeros.last(where: { $0 <= value }), value < zero + 10 else { return nil }
    return Int(value - zero)
}

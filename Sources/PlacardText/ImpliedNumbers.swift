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
            for (place, variant) in matcher.variants.enumerated() where index < variant.keys.count && !shows[place] {
                guard case .literal(let key) = variant.keys[index], let category = PluralCategory(name: key.value)
                else { continue }
                let samples = rules.integerSamples(category).compactMap { Int($0) }
                guard samples.count > 1 else { continue }
                let written = patterns[place].numbers(source).filter { samples.contains($0.value) }
                // Numbers that have variants of their own never come here.
                let exact = matcher.variants.compactMap { $0.keys.dropFirst(index).first?.value.flatMap { Int($0) } }
                let rest = samples.filter { !exact.contains($0) }
                if let number = written.first {
                    guard rest.contains(where: { $0 != number.value }) else { continue }
                    diagnostics.append(
                        Diagnostic.writtenNumber(
                            key, rest, number.value, at: number.span, selector.name,
                            isOnly: written.count == 1))
                } else if rest.count > 1, [.zero, .one, .two].contains(category),
                    zip(shows, matcher.variants).contains(where: { $0 && variant.differs(from: $1, at: index) })
                {
                    diagnostics.append(.missingNumber(key, rest, selector.name))
                }
            }
        }
        return diagnostics
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

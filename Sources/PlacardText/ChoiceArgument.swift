import ByteText
import MessageFormat
import SourceDiagnostics
import UnicodeLocale

/// A complex or formatted argument of ICU's MessageFormat: `{days, plural, one {# day} other {# days}}`.
///
/// Source: ICU User Guide, "Formatting Messages".
struct ChoiceArgument {
    enum Format {
        case plural, ordinal, select
        /// A function of this format that does the same.
        case function(String)
    }

    /// What its variable is called there; nil when it has a number.
    let variable: String?
    /// From brace to brace.
    let span: Span
    let format: Format
    /// Whether another number is shown than the one that it chooses by.
    private var hasOffset = false
    /// What each key is for.
    private(set) var branches: [(key: String, words: Span)] = []

    /// - Parameter place: where the comma behind the name is.
    init?(_ source: [UInt8], name: String, behind place: Int, from start: Int, end: Int) {
        var reader = ForeignReader(source, at: start, end: end)
        variable = name.utf8.first?.isASCIIDigit ?? true ? nil : name
        reader.index = place + 1
        reader.skipSpace()
        guard let type = reader.name() else { return nil }
        reader.skipSpace()
        switch type {
        case "plural": format = .plural
        case "selectordinal": format = .ordinal
        case "select": format = .select
        case "number", "date", "time", "spellout", "ordinal", "duration":
            guard let close = reader.place(of: "}", from: reader.index) else { return nil }
            let style = reader.text(reader.index, close)
            format = .function(
                type == "number"
                    ? style.contains("integer") ? "integer" : style.contains("percent") ? "percent" : "number" : type)
            span = Span(start, close + 1)
            return
        default: return nil
        }
        guard reader.take(",") else { return nil }
        while true {
            reader.skipSpace()
            if reader.take("}") { break }
            let first = reader.index
            while reader.byte() > 0x20, reader.byte() != 0x7B, reader.byte() != 0x7D { reader.index += 1 }
            let key = reader.text(first, reader.index)
            reader.skipSpace()
            if key.hasPrefix("offset:"), reader.byte() != 0x7B {
                hasOffset = true
                continue
            }
            guard !key.isEmpty, let close = ChoiceArgument.close(reader) else { return nil }
            branches.append((key, Span(reader.index + 1, close)))
            reader.index = close + 1
        }
        guard !branches.isEmpty else { return nil }
        span = Span(start, reader.index)
    }

    /// Whether only a number can choose among its branches.
    var isOfNumbers: Bool {
        switch format {
        case .plural, .ordinal: true
        case .select, .function: false
        }
    }

    /// The brace that closes the one at the reader's place.
    private static func close(_ reader: ForeignReader) -> Int? {
        guard reader.byte() == 0x7B else { return nil }
        var depth = 0
        for place in reader.index..<reader.end {
            if reader.source[place] == 0x7B { depth += 1 }
            if reader.source[place] == 0x7D { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    /// The whole text as a choice of this format; nil where that cannot be told from its bytes, or a text of it would be lost.
    ///
    /// - Parameters:
    ///   - text: what the argument is part of; one more may stand behind it.
    ///   - name: the variable that it chooses by.
    ///   - onOneLine: whether the text stands on one line.
    func message(
        _ source: [UInt8], in text: Span, choosingBy name: String, _ environment: TextEnvironment, onOneLine: Bool
    ) -> String? {
        guard let input = input(name, environment), let own = patterns(source, name, environment) else { return nil }
        var inner: (name: String, input: String)?
        for case let nested? in own.map(\.nested) {
            guard nested.name != name, inner == nil || inner?.name == nested.name else { return nil }
            inner = nested
        }
        let (before, choice) = words(source, Span(text.start, span.start), environment)
        let (between, second) = words(source, Span(span.end, text.end), environment)
        guard choice == nil else { return nil }
        var patterns = own.map { ChoicePattern(key: $0.key, innerKey: $0.innerKey, words: before + $0.words + between) }
        if let second {
            guard inner == nil, let joined = second.joined(to: patterns, source, text.end, name, environment) else {
                return nil
            }
            (patterns, inner) = joined
        }
        var lines = [input] + (inner.map { [$0.input] } ?? [])
        lines.append(".match $\(name)" + (inner.map { " $\($0.name)" } ?? ""))
        for pattern in patterns {
            let keys = inner == nil ? pattern.key : "\(pattern.key) \(pattern.innerKey)"
            let whole = pattern.words
            lines.append(whole.utf8.contains(0x0A) ? "\(keys) {{\n\(whole)\n}}" : "\(keys) {{\(whole)}}")
        }
        return lines.joined(separator: onOneLine ? " " : "\n")
    }

    /// Joins the texts of this argument to those before it, so that each of both is a text of its own with each of the others.
    private func joined(
        to others: [ChoicePattern], _ source: [UInt8], _ end: Int, _ first: String, _ environment: TextEnvironment
    ) -> (patterns: [ChoicePattern], inner: (name: String, input: String)?)? {
        let (after, choice) = words(source, Span(span.end, end), environment)
        guard choice == nil, let variable, let meant = environment.variable(meantBy: variable, allowsSlips: false),
            let input = input(meant, environment), let own = patterns(source, meant, environment),
            own.allSatisfy({ $0.nested == nil })
        else { return nil }
        if meant != first {
            let all = others.flatMap { other in
                own.map { ChoicePattern(key: other.key, innerKey: $0.key, words: other.words + $0.words + after) }
            }
            return (all, (meant, input))
        }
        // Both choose by the same value.
        guard let rest = others.first(where: { $0.key == "*" }), let ownRest = own.first(where: { $0.key == "*" })
        else {
            return nil
        }
        let keys = others.map(\.key) + own.map(\.key).filter { key in !others.contains { $0.key == key } }
        let ordered = keys.filter { $0 != "*" } + ["*"]
        return (
            ordered.map { key in
                let other = others.first { $0.key == key } ?? rest
                let this = own.first { $0.key == key } ?? ownRest
                return ChoicePattern(key: key, words: other.words + this.words + after)
            }, nil
        )
    }

    /// The words of a part of the text up to another argument in it, with that; bare names have become placeholders.
    private func words(
        _ source: [UInt8], _ part: Span, _ environment: TextEnvironment
    ) -> (words: String, next: ChoiceArgument?) {
        var words = ""
        var place = part.start
        while place < part.end {
            guard source[place] == 0x7B, !isEscaped(source, place) else {
                var end = place + 1
                while end < part.end, source[end] != 0x7B { end += 1 }
                words += String(decoding: source[place..<end], as: UTF8.self)
                place = end
                continue
            }
            if case .choice(let choice)? = foreignBraces(source, at: place, end: part.end)?.kind {
                return (words, choice)
            }
            if let (text, end) = value(source, place, part.end, environment) {
                words += text
                place = end
            } else {
                words += "{"
                place += 1
            }
        }
        return (words, nil)
    }

    /// The declaration of the variable that the argument chooses by; nil where it cannot.
    private func input(_ name: String, _ environment: TextEnvironment) -> String? {
        guard !hasOffset, let type = environment.variables[name]?.type, let function = function(for: type),
            branches.contains(where: { $0.key == "other" })
        else { return nil }
        return ".input {$\(name) \(function)}"
    }

    /// One text of a choice, and by which key of an argument within it.
    private struct ChoicePattern {
        var key: String
        var innerKey = "*"
        var words: String
        /// The argument within it.
        var nested: (name: String, input: String)?
    }

    /// The branches' texts, with those of one argument within a branch each for itself; nil where they hold what is not read.
    private func patterns(_ source: [UInt8], _ name: String, _ environment: TextEnvironment) -> [ChoicePattern]? {
        var patterns: [ChoicePattern] = []
        for branch in branches {
            guard !branch.key.utf8.contains(0x3A), let key = key(branch.key, environment, of: name) else { return nil }
            var found: ChoicePattern?
            var words = ""
            var place = branch.words.start
            while place < branch.words.end {
                guard source[place] == 0x7B else {
                    let end = source[place..<branch.words.end].firstIndex(of: 0x7B) ?? branch.words.end
                    words += replaced(String(decoding: source[place..<end], as: UTF8.self), name)
                    place = end
                    continue
                }
                guard let argument = foreignBraces(source, at: place, end: branch.words.end), let inner = argument.name,
                    case .choice(let choice) = argument.kind
                else {
                    guard let (text, end) = value(source, place, branch.words.end, environment) else { return nil }
                    words += text
                    place = end
                    continue
                }
                guard found == nil, let meant = environment.variable(meantBy: inner, allowsSlips: false),
                    let input = choice.input(meant, environment),
                    let texts = choice.patterns(source, meant, environment),
                    !texts.contains(where: { $0.nested != nil })
                else { return nil }
                let after = Span(argument.span.end, branch.words.end)
                guard !source[after.start..<after.end].contains(0x7B) else { return nil }
                let rest = replaced(String(decoding: source[after.start..<after.end], as: UTF8.self), name)
                patterns += texts.map {
                    ChoicePattern(key: key, innerKey: $0.key, words: words + $0.words + rest, nested: (meant, input))
                }
                found = patterns.last
                place = branch.words.end
            }
            if found == nil { patterns.append(ChoicePattern(key: key, words: words)) }
        }
        return patterns
    }

    /// `#` stands for the number that a plural chooses by.
    private func replaced(_ words: String, _ name: String) -> String {
        if case .select = format { return words }
        return words.replacing("#", with: "{$\(name)}")
    }

    /// A placeholder within a branch, of this format or with a bare name, and where it ends.
    private func value(
        _ source: [UInt8], _ place: Int, _ end: Int, _ environment: TextEnvironment
    ) -> (text: String, end: Int)? {
        guard let close = source[place..<min(end, place + foreignLimit)].firstIndex(of: 0x7D) else { return nil }
        let inside = String(decoding: source[(place + 1)..<close], as: UTF8.self)
        if inside.utf8.first == 0x24 { return inside.utf8.contains(0x7B) ? nil : ("{\(inside)}", close + 1) }
        return environment.variable(meantBy: inside, allowsSlips: false).map { ("{$\($0)}", close + 1) }
    }

    private func function(for type: TextValueType) -> String? {
        switch (format, type) {
        case (.plural, .int), (.plural, .uint): ":integer"
        case (.plural, .double): ":number"
        case (.ordinal, .int), (.ordinal, .uint): ":integer select=ordinal"
        case (.select, .string): ":string"
        default: nil
        }
    }

    /// The keys that no value of the variable is, so that their texts would be lost.
    func unknownKeys(_ environment: TextEnvironment, of name: String) -> [String] {
        branches.map(\.key).filter { !$0.utf8.contains(0x3A) && key($0, environment, of: name) == nil }
    }

    /// A key as this format has it; nil for one that no value has.
    ///
    /// A category that the language does not have is the number that it is named for, unless that has a text of its own.
    private func key(_ key: String, _ environment: TextEnvironment, of name: String) -> String? {
        if key == "other" { return "*" }
        switch format {
        case .select:
            let values = environment.variables[name]?.values ?? []
            guard values.isEmpty || values.contains(key) else { return nil }
            return key.utf8.allSatisfy { isASCIIWord($0) || $0 == 0x2D } ? key : "|\(key)|"
        default:
            if key.utf8.first == 0x3D { return String(key.dropFirst()) }
            guard let category = PluralCategory(name: key) else { return nil }
            var kind = PluralRules.Kind.cardinal
            if case .ordinal = format { kind = .ordinal }
            if PluralRules(kind, locale: environment.locale).categories.contains(category) { return key }
            guard let number = ["zero", "one", "two"].firstIndex(of: key),
                !branches.contains(where: { $0.key == "=\(number)" })
            else { return nil }
            return String(number)
        }
    }
}

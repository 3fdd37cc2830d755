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

    /// From brace to brace.
    let span: Span
    let format: Format
    /// What each key is for.
    private(set) var branches: [(key: String, words: Span)] = []

    /// - Parameter place: where the comma behind the name is.
    init?(_ source: [UInt8], name: String, behind place: Int, from start: Int, end: Int) {
        var reader = ForeignReader(source, at: start, end: end)
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
            guard !key.isEmpty, let close = ChoiceArgument.close(reader) else { return nil }
            branches.append((key, Span(reader.index + 1, close)))
            reader.index = close + 1
        }
        guard !branches.isEmpty else { return nil }
        span = Span(start, reader.index)
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

    /// The whole text as a choice of this format; nil where that cannot be told from its bytes.
    ///
    /// - Parameters:
    ///   - text: what the argument is part of.
    ///   - name: the variable that it chooses by.
    ///   - onOneLine: whether the text stands on one line.
    func message(
        _ source: [UInt8], in text: Span, choosingBy name: String, _ environment: TextEnvironment, onOneLine: Bool
    ) -> String? {
        guard let input = input(name, environment), let patterns = patterns(source, name, environment) else {
            return nil
        }
        var inner: (name: String, input: String)?
        for case let nested? in patterns.map(\.nested) {
            guard nested.name != name, inner == nil || inner?.name == nested.name else { return nil }
            inner = nested
        }
        let words = { (span: Span) in String(decoding: source[span.start..<span.end], as: UTF8.self) }
        let (before, after) = (words(Span(text.start, span.start)), words(Span(span.end, text.end)))
        var lines = [input] + (inner.map { [$0.input] } ?? [])
        lines.append(".match $\(name)" + (inner.map { " $\($0.name)" } ?? ""))
        for pattern in patterns {
            let keys = inner == nil ? pattern.key : "\(pattern.key) \(pattern.innerKey)"
            let whole = before + pattern.words + after
            lines.append(whole.utf8.contains(0x0A) ? "\(keys) {{\n\(whole)\n}}" : "\(keys) {{\(whole)}}")
        }
        return lines.joined(separator: onOneLine ? " " : "\n")
    }

    /// The declaration of the variable that the argument chooses by; nil where it cannot.
    private func input(_ name: String, _ environment: TextEnvironment) -> String? {
        guard let type = environment.variables[name]?.type, let function = function(for: type),
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
            guard !branch.key.utf8.contains(0x3A) else { return nil }
            guard let key = key(branch.key, environment, of: name) else { continue }
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
        guard let close = source[place..<end].firstIndex(of: 0x7D) else { return nil }
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

    /// A key as this format has it; nil for one that no value has.
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
            return PluralRules(kind, locale: environment.locale).categories.contains(category) ? key : nil
        }
    }
}

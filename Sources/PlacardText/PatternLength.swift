import MessageFormat
import PlacardMarkdown

/// What is counted of one pattern.
struct PatternLength {
    /// Grapheme clusters of the plain text with the shortest values.
    var shortest: Int
    /// The same with the longest.
    var longest: Int
    /// What placeholders show for the longest, in the order of the text.
    var values: [TextLength.Value] = []
}

extension PatternText {
    /// Counts the plain text with the shortest and with the longest value of each placeholder, as a reader sees them.
    func length(_ plain: [UInt8], _ message: Message, _ environment: TextEnvironment) -> PatternLength {
        guard tree.holdsSentinels else {
            let count = graphemeCount(plain)
            return PatternLength(shortest: count, longest: count)
        }
        var shown: [Int: (short: ShownValue, long: ShownValue)] = [:]
        var values: [TextLength.Value] = []
        let long = replacingSentinels(plain) { index in
            guard case .expression(let expression) = scanned.contents[index].content else { return fixed(index) }
            if let known = shown[index] { return known.long.text }
            let (short, long) = environment.extremes(of: expression, in: message)
            shown[index] = (short, long)
            let variable = message.externalVariable(of: expression)
            values.append(TextLength.Value(fixed(index), variable: variable, shown: long))
            return long.text
        }
        let short = replacingSentinels(plain) { shown[$0]?.short.text ?? fixed($0) }
        return PatternLength(shortest: graphemeCount(short), longest: graphemeCount(long), values: values)
    }

    /// What shows for a brace or for markup, and the name of an expression.
    private func fixed(_ index: Int) -> String { scanned.contents[index].content.sourceForm }
}

extension TextEnvironment {
    /// The shortest and the longest of what an expression may show, its variable's fallback included.
    fileprivate func extremes(
        of expression: MessageFormat.Expression, in message: Message
    ) -> (short: ShownValue, long: ShownValue) {
        var values = examples.values(of: expression, in: message, variables: variables, locale: locale)
        if let name = message.externalVariable(of: expression), let fallback = fallback(of: name) {
            values.append(ShownValue(fallback, .fallback))
        }
        var short = values.first ?? ShownValue("", .literal)
        var long = short
        for value in values.dropFirst() {
            if value.count < short.count { short = value }
            if value.count > long.count { long = value }
        }
        return (short, long)
    }

    /// What is shown without a value. A notification has the default there, which no app has made a value of.
    private func fallback(of name: String) -> String? {
        let variable = variables[name]
        if let fallback = variable?.fallback { return fallback }
        return isNotification && !name.hasPrefix("event.") ? variable?.defaultText : nil
    }
}

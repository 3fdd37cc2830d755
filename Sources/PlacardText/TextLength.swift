import MessageFormat
import PlacardMarkdown

/// Grapheme clusters that a value counts for, where the project gives no examples.
enum AssumedLength {
    static let string = 12
    static let integer = 7
    static let double = 9
    static let bool = 5
    static let timestamp = 18
    static let url = 40
    static let version = 8
}

extension PatternText {
    /// Grapheme clusters of the plain text with the shortest and with the longest values.
    func lengths(_ plain: [UInt8], _ message: Message, _ environment: TextEnvironment) -> (shortest: Int, longest: Int)
    {
        guard tree.holdsSentinels else {
            let count = graphemeCount(plain)
            return (count, count)
        }
        let short = replacingSentinels(plain) { sample($0, message, environment, longest: false) }
        let long = replacingSentinels(plain) { sample($0, message, environment, longest: true) }
        return (graphemeCount(short), graphemeCount(long))
    }

    private func sample(
        _ content: SentinelContent, _ message: Message, _ environment: TextEnvironment, longest: Bool
    ) -> String {
        switch content {
        case .brace(let byte): return String(decoding: [byte], as: UTF8.self)
        case .markup: return ""
        case .expression(let expression):
            return TextSample(message: message, environment: environment, longest: longest).text(of: expression)
        }
    }
}

/// What a placeholder may show, as far as length goes.
struct TextSample {
    let message: Message
    let environment: TextEnvironment
    let longest: Bool

    func text(of expression: MessageFormat.Expression) -> String {
        text(of: expression, depth: 0)
    }

    private func text(of expression: MessageFormat.Expression, depth: Int) -> String {
        switch expression.operand {
        case .literal(let literal)?: return literal.value
        case nil: return ""
        case .variable(let reference)?:
            if depth < 8, let local = message.declarations.last(where: { $0.name == reference.name }),
                local.kind == .local
            {
                return text(of: local.value, depth: depth + 1)
            }
            guard let variable = environment.variables[reference.name] else { return filler(AssumedLength.string) }
            return value(of: variable)
        }
    }

    private func value(of variable: TextVariable) -> String {
        var candidates = variable.examples.isEmpty ? variable.values : variable.examples + variable.values
        if candidates.isEmpty { candidates.append(filler(assumedLength(variable.type))) }
        if let fallback = variable.fallback { candidates.append(fallback) }
        var best = candidates[0]
        var bestCount = best.count
        for candidate in candidates.dropFirst() {
            let count = candidate.count
            if longest ? count > bestCount : count < bestCount {
                best = candidate
                bestCount = count
            }
        }
        return best
    }

    private func filler(_ count: Int) -> String {
        String(repeating: "x", count: longest ? count : 1)
    }

    private func assumedLength(_ type: TextValueType) -> Int {
        switch type {
        case .string, .list, .map: AssumedLength.string
        case .int, .uint: AssumedLength.integer
        case .double: AssumedLength.double
        case .bool: AssumedLength.bool
        case .timestamp, .duration: AssumedLength.timestamp
        case .version: AssumedLength.version
        case .url: AssumedLength.url
        }
    }
}

/// Grapheme clusters of UTF-8 text (UAX #29); ASCII is counted without looking at tables.
public func graphemeCount(_ text: [UInt8]) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in text {
        guard byte < 0x80 else { return String(decoding: text, as: UTF8.self).count }
        // CR LF is one cluster.
        if !(byte == 0x0A && previous == 0x0D) { count += 1 }
        previous = byte
    }
    return count
}

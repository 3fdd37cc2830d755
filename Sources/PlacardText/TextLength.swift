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
        if candidates.isEmpty { candidates.append(filler(variable.type.assumedLength)) }
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

}

extension TextValueType {
    /// Grapheme clusters that a value of the type counts for, where the project gives no examples.
    public var assumedLength: Int {
        switch self {
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

/// Grapheme clusters of UTF-8 text (UAX #29).
///
/// Scalars that are a cluster each, whatever stands beside them, are counted without looking at tables; the first
/// other one hands the text to the standard library.
public func graphemeCount(_ text: [UInt8]) -> Int {
    text.withUnsafeBufferPointer { buffer in
        var count = 0
        var index = 0
        while index < buffer.count {
            let byte = buffer[index]
            if byte < 0x80 {
                // CR LF is one cluster.
                let isLineEnd = byte == 0x0A && index > 0 && buffer[index - 1] == 0x0D
                if !isLineEnd { count += 1 }
                index += 1
                continue
            }
            guard let length = lengthOfLoneScalar(buffer, index) else {
                return String(decoding: buffer, as: UTF8.self).count
            }
            count += 1
            index += length
        }
        return count
    }
}

/// The bytes of the scalar at `index`, when it never joins another in a cluster but with a mark behind it, which is no
/// such scalar itself: letters of Latin, Cyrillic, Hebrew and Arabic, kana, ideographs and common punctuation.
private func lengthOfLoneScalar(_ buffer: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let lead = buffer[index]
    if lead < 0xE0 {
        guard index + 1 < buffer.count else { return nil }
        let value = UInt32(lead & 0x1F) << 6 | UInt32(buffer[index + 1] & 0x3F)
        switch value {
        case 0xA0...0x2FF, 0x400...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x620...0x64A: return 2
        default: return nil
        }
    }
    guard lead < 0xF0, index + 2 < buffer.count else { return nil }
    let value = UInt32(lead & 0x0F) << 12 | UInt32(buffer[index + 1] & 0x3F) << 6 | UInt32(buffer[index + 2] & 0x3F)
    switch value {
    case 0x2010...0x2027, 0x202F...0x205E, 0x20A0...0x20BF, 0x2500...0x25FF, 0x2610...0x2612, 0x3001...0x3029,
        0x3041...0x3096, 0x30A1...0x30FE, 0x4E00...0x9FFF, 0xFF01...0xFF5E:
        return 3
    default: return nil
    }
}

import CanonicalJSON

/// GrowthBook's hashing and bucketing, to hold our arithmetic against its published cases.
enum GrowthBook {
    /// What differs from the case's expectation; nil when nothing does.
    static func failure(_ section: String, _ parts: [JSONValue]) -> String? {
        let result: JSONValue
        let expected: JSONValue?
        switch section {
        case "hash":
            guard parts.count == 4, let seed = parts[0].string, let value = parts[1].string,
                let version = parts[2].integer
            else { return "malformed case" }
            result = hash(seed: seed, value: value, version: version).map { .number($0) } ?? .null
            expected = parts[3]
        case "getBucketRange":
            guard parts.count == 3, let arguments = parts[1].array, arguments.count == 3,
                let count = arguments[0].integer,
                let coverage = arguments[1].number
            else { return "malformed case" }
            let ranges = ranges(count, coverage, arguments[2].array?.compactMap { $0.number })
            result = .array(ranges.map { .array([.number(rounded($0.0)), .number(rounded($0.1))]) })
            expected = parts[2]
        case "chooseVariation":
            guard parts.count == 4, let draw = parts[1].number else { return "malformed case" }
            let ranges = (parts[2].array ?? []).compactMap { pair in
                pair.array.flatMap { $0.count == 2 ? ($0[0].number ?? 0, $0[1].number ?? 0) : nil }
            }
            result = .integer(ranges.firstIndex { $0.0 <= draw && draw < $0.1 } ?? -1)
            expected = parts[3]
        case "inNamespace":
            guard parts.count == 4, let unit = parts[1].string, let namespace = parts[2].array, namespace.count == 3,
                let name = namespace[0].string, let from = namespace[1].number, let to = namespace[2].number
            else { return "malformed case" }
            let draw = hash(seed: "__" + name, value: unit, version: 1) ?? -1
            result = .bool(from <= draw && draw < to)
            expected = parts[3]
        default:
            guard parts.count == 2, let count = parts[0].integer else { return "malformed case" }
            result = .array(equalWeights(count).map { .number(rounded($0)) })
            expected = parts[1].array.map { .array($0.map { .number(rounded($0.number ?? 0)) }) }
        }
        return result == expected ? nil : result.canonicalString + ", wanted " + (expected?.canonicalString ?? "")
    }

    private static func hash(seed: String, value: String, version: Int) -> Double? {
        switch version {
        case 1: Double(fnv(value + seed) % 1000) / 1000
        case 2: Double(fnv(String(fnv(seed + value))) % 10_000) / 10_000
        default: nil
        }
    }

    /// FNV-1a, 32 bits.
    private static func fnv(_ text: String) -> UInt32 {
        text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    private static func ranges(_ count: Int, _ coverage: Double, _ weights: [Double]?) -> [(Double, Double)] {
        let coverage = min(max(coverage, 0), 1)
        var weights = weights ?? equalWeights(count)
        let total = weights.reduce(0, +)
        if weights.count != count || total < 0.99 || total > 1.01 { weights = equalWeights(count) }
        var start = 0.0
        return weights.map { weight in
            defer { start += weight }
            return (start, start + coverage * weight)
        }
    }

    private static func equalWeights(_ count: Int) -> [Double] {
        count < 1 ? [] : [Double](repeating: 1 / Double(count), count: count)
    }

    /// Sums of tenths are not tenths; upstream compares rounded too.
    private static func rounded(_ number: Double) -> Double { (number * 1_000_000).rounded() / 1_000_000 }
}

extension TextValueType {
    /// Values that stand for those of a variable whose project gives none, the shortest and the longest that can be
    /// expected among them: texts as JSON has them, without quotation marks.
    ///
    /// A word of 12 letters, an address of 40, numbers of six digits (and two behind the point), both truth values, every
    /// month with every day of the week in the evening: which is longest depends on the language.
    package var assumedValues: [String] {
        switch self {
        case .string, .list, .map: ["x", "xxxxxxxxxxxx"]
        case .url: ["x", String(repeating: "x", count: 40)]
        case .int, .uint: ["0", "123456"]
        case .double: ["0", "12345.67"]
        case .bool: ["true", "false"]
        case .timestamp: TextValueType.assumedMoments
        case .duration: ["0s", "604800s"]
        case .version: ["1.0", "10.20.30"]
        }
    }

    /// Whether ``assumedValues`` are letters that mean nothing.
    var isAssumedAsLetters: Bool {
        switch self {
        case .string, .list, .map, .url: true
        case .int, .uint, .double, .bool, .timestamp, .duration, .version: false
        }
    }

    /// Whether a value is shown as it is where no function formats it. The digits of a number are a language's, and so
    /// are the names of months.
    var isWritten: Bool {
        switch self {
        case .string, .bool, .duration, .version, .url, .list, .map: true
        case .int, .uint, .double, .timestamp: false
        }
    }

    private static let assumedMoments: [String] = {
        var moments = ["2026-05-01T09:05:00Z"]
        // Seven days have every day of the week, and the last ones of a month two digits.
        for month in 1...12 {
            for day in 22...28 { moments.append("2026-\(month < 10 ? "0" : "")\(month)-\(day)T22:58:00Z") }
        }
        return moments
    }()
}

extension TextVariable {
    /// The values that a client may have, as far as they are known, and where they are from; never none.
    ///
    /// - Parameter isPercentage: whether they are shown as percentages, of which more than 100% are hardly meant.
    func candidates(isPercentage: Bool) -> [(raw: String, origin: ShownValue.Origin)] {
        var result: [(raw: String, origin: ShownValue.Origin)] = []
        result.reserveCapacity(examples.count + values.count + 1)
        for example in examples { result.append((example, .example(example))) }
        for value in values { result.append((value, .value(value))) }
        if result.isEmpty {
            for raw in assumedValues(isPercentage: isPercentage) {
                result.append((raw, type.isAssumedAsLetters ? .letters : .assumed))
            }
        }
        if let defaultText { result.append((defaultText, .defaultValue(defaultText))) }
        return result
    }

    private func assumedValues(isPercentage: Bool) -> [String] {
        switch type {
        case .int where isPercentage, .uint where isPercentage: ["0", "1"]
        case .double where isPercentage: ["0", "0.8765", "1"]
        default: type.assumedValues
        }
    }
}

import ByteText
import SourceDiagnostics

/// The syntaxes of scalars: each function takes the decoded text of a scalar and gives its value, or what is wrong with it.
package enum ScalarSyntax {
    /// The longest duration, a hundred years, in milliseconds.
    package static let maximumDuration: Int64 = 100 * 365 * 86_400_000

    /// A duration such as `2s`, `250ms`, `1d` or `1h30m`, in milliseconds.
    ///
    /// The units are `w`, `d`, `h`, `m`, `s` and `ms`, each at most once and in that order. A day is always 24 hours.
    package static func duration(_ text: String) -> Result<Int64, SyntaxProblem> {
        var scanner = SyntaxScanner(text)
        var total: Int64 = 0
        var last = Int.max
        while !scanner.isAtEnd {
            let start = scanner.offset
            guard let count = scanner.number() else { return .failure(durationProblem(scanner, text)) }
            guard let (rank, unit) = durationUnit(&scanner) else { return .failure(missingUnit(scanner, start, text)) }
            guard rank < last else {
                return .failure(
                    SyntaxProblem(
                        Span(start, scanner.offset), "the units of a duration go from large to small, each once",
                        notes: [durationNote]))
            }
            last = rank
            let (part, tooBig) = count.multipliedReportingOverflow(by: unit)
            let (sum, tooBigToo) = total.addingReportingOverflow(part)
            guard !tooBig, !tooBigToo, sum <= maximumDuration else {
                return .failure(
                    SyntaxProblem(scanner.whole, "the duration is longer than a hundred years", isRange: true))
            }
            total = sum
        }
        return last == Int.max ? .failure(durationProblem(scanner, text)) : .success(total)
    }

    private static let durationNote =
        "a duration is a number and a unit: `250ms`, `2s`, `15m`, `1h`, `7d`, `2w`, or several: `1h30m`"

    /// The unit, with its rank and its length in milliseconds.
    private static func durationUnit(_ scanner: inout SyntaxScanner) -> (rank: Int, milliseconds: Int64)? {
        if scanner.take("ms") { return (0, 1) }
        if scanner.take("s") { return (1, 1000) }
        if scanner.take("m") { return (2, 60_000) }
        if scanner.take("h") { return (3, 3_600_000) }
        if scanner.take("d") { return (4, 86_400_000) }
        if scanner.take("w") { return (5, 604_800_000) }
        return nil
    }

    private static func durationProblem(_ scanner: SyntaxScanner, _ text: String) -> SyntaxProblem {
        SyntaxProblem(
            scanner.whole, "`\(text)` is not a duration", notes: [durationNote], replacement: durationMeant(text))
    }

    private static func missingUnit(_ scanner: SyntaxScanner, _ start: Int, _ text: String) -> SyntaxProblem {
        if let meant = durationMeant(text) {
            return SyntaxProblem(
                Span(scanner.offset, scanner.bytes.count), "`\(text)` is not a duration", notes: [durationNote],
                replacement: meant)
        }
        if scanner.isAtEnd {
            return SyntaxProblem(
                Span(start, scanner.offset), "the duration `\(text)` has no unit",
                notes: [
                    durationNote,
                    "write `\(text)s` for seconds, `\(text)m` for minutes, `\(text)h` for hours or `\(text)d` for days",
                ])
        }
        return SyntaxProblem(
            scanner.rest, "`\(scanner.text(scanner.rest))` is not a unit of time", notes: [durationNote])
    }

    /// The duration that `2 hours and 30 min`, `1.5s` or `PT2H` says; nil for what says none.
    private static func durationMeant(_ text: String) -> String? {
        let names: [(words: Set<String>, unit: String, milliseconds: Int64)] = [
            (["w", "week", "weeks"], "w", 604_800_000), (["d", "day", "days"], "d", 86_400_000),
            (["h", "hr", "hrs", "hour", "hours"], "h", 3_600_000),
            (["m", "min", "mins", "minute", "minutes"], "m", 60_000),
            (["s", "sec", "secs", "second", "seconds"], "s", 1000), (["ms", "millisecond", "milliseconds"], "ms", 1),
        ]
        guard text.utf8.count <= 48, !saysMonths(text) else { return nil }
        var scanner = SyntaxScanner(text.lowercased())
        if scanner.take("p") { _ = scanner.take("t") }
        var total: Int64 = 0
        var last = Int64.max
        while !scanner.isAtEnd {
            guard let number = scanner.number(), number <= 1_000_000 else { return nil }
            var (fraction, scale): (Int64, Int64) = (0, 1)
            if scanner.take(0x2E) {
                let start = scanner.offset
                guard let digits = scanner.number(), scanner.offset - start <= 3 else { return nil }
                fraction = digits
                for _ in start..<scanner.offset { scale *= 10 }
            }
            scanner.skipSpaces()
            let start = scanner.offset
            while let byte = scanner.current, byte >= 0x61, byte <= 0x7A { scanner.offset += 1 }
            let word = scanner.text(Span(start, scanner.offset))
            guard let name = names.first(where: { $0.words.contains(word) }), name.milliseconds < last,
                fraction * name.milliseconds % scale == 0
            else { return nil }
            last = name.milliseconds
            total += number * name.milliseconds + fraction * name.milliseconds / scale
            _ = scanner.take(0x2C)
            scanner.skipSpaces()
            if scanner.take("and") { scanner.skipSpaces() }
            _ = scanner.take("t")
        }
        guard total > 0, total <= maximumDuration else { return nil }
        var meant = ""
        // Days are not written as weeks, which nobody has counted in.
        for name in names
        where total >= name.milliseconds
            && (name.unit != "w" || total % name.milliseconds == 0 && last >= name.milliseconds)
        {
            meant += "\(total / name.milliseconds)\(name.unit)"
            total %= name.milliseconds
        }
        return meant
    }

    /// Whether a text has `M` alone as its unit, which are months in ISO 8601, and minutes nowhere but behind its `T`.
    private static func saysMonths(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let place = bytes.lastIndex(of: 0x4D), !bytes[..<place].contains(0x54) else { return false }
        return place + 1 == bytes.count || !bytes[place + 1].isASCIILetter
    }

    /// The window of months or years, which are no units here: `2 months` as `60d`; nil for anything else.
    private static func calendarWindow(_ text: String) -> String? {
        var scanner = SyntaxScanner(text.lowercased())
        guard let count = scanner.number(), count > 0, count <= 100 else { return nil }
        scanner.skipSpaces()
        switch scanner.text(scanner.rest) {
        case "month", "months", "mo": return "\(count * 30)d"
        case "y", "yr", "year", "years": return "\(count * 365)d"
        default: return nil
        }
    }

    /// A share such as `25%` or `0.5%`, in hundredths of a percent (0 to 10,000).
    package static func percentage(_ text: String) -> Result<Int64, SyntaxProblem> {
        var scanner = SyntaxScanner(text)
        let note = "a share is a number from 0 to 100 and a percent sign, with at most two decimals: `25%`, `0.5%`"
        guard let whole = scanner.number() else {
            return .failure(SyntaxProblem(scanner.whole, "`\(text)` is not a percentage", notes: [note]))
        }
        var hundredths: Int64 = 0
        if scanner.take(0x2E) {
            let start = scanner.offset
            guard let fraction = scanner.number(), scanner.offset - start <= 2 else {
                return .failure(
                    SyntaxProblem(
                        Span(start, max(start, scanner.offset)), "a percentage has at most two decimals", notes: [note])
                )
            }
            hundredths = scanner.offset - start == 1 ? fraction * 10 : fraction
        }
        let number = scanner.text(Span(0, scanner.offset))
        guard scanner.take(0x25), scanner.isAtEnd else {
            scanner.skipSpaces()
            let isNumber = scanner.isAtEnd
            let isBare = isNumber || scanner.take(0x25) && scanner.isAtEnd
            var notes = [note]
            var replacement = isBare ? number + "%" : nil
            if isNumber, whole == 0, hundredths > 0 {
                // Other systems have fractions of one.
                notes.append("\(number) of everybody is `\(hundredths)%`")
                replacement = "\(hundredths)%"
            } else if isNumber, whole == 1 {
                notes.append("everybody is `100%`")
                replacement = nil
            }
            return .failure(
                SyntaxProblem(
                    scanner.whole,
                    isBare
                        ? "the percentage `\(text)` has no percent sign"
                        : "`\(text)` is not a percentage", notes: notes, replacement: replacement))
        }
        guard whole <= 100, whole * 100 + hundredths <= 10_000 else {
            return .failure(SyntaxProblem(scanner.whole, "`\(text)` is more than `100%`", isRange: true))
        }
        return .success(whole * 100 + hundredths)
    }

    /// How often a message may show.
    package enum FrequencyPeriod: Hashable, Sendable {
        case session
        /// A rolling window, in milliseconds.
        case window(Int64)
        /// For ever.
        case total
    }

    /// The window that a word is most often meant for.
    private static func windowOfWord(_ word: String) -> String? {
        switch word {
        case "hour": "1h"
        case "day": "1d"
        case "week": "7d"
        case "month": "30d"
        case "year": "365d"
        default: nil
        }
    }

    /// The rule that `once`, `daily`, `twice a week`, `max 3 times per day` or `1/session` says; nil for other words.
    private static func ruleOfWords(_ text: String) -> String? {
        guard text.utf8.count <= 48 else { return nil }
        let noise: Set<String> = [
            "max", "maximum", "most", "at", "only", "times", "time", "x", "up", "to", "shows", "in",
        ]
        guard !saysMonths(text) else { return nil }
        let text = text.lowercased().replacing("/", with: " per ").replacing("per", with: " per ")
            .replacing("total", with: " total")
        var words = text.split(separator: " ").map(String.init).filter { !noise.contains($0) }
        let period: [String: String] = [
            "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year",
        ]
        if words.count == 1, let name = period[words[0]].flatMap(windowOfWord) { return "1 per \(name)" }
        var count = 1
        if let first = words.first, let number = countOfWord(first) {
            count = number
            words.removeFirst()
        } else if words.first.map({ !["every", "each", "per"].contains($0) }) ?? true {
            return nil
        }
        let rules = words.joined(separator: " ")
        if words.isEmpty || ["total", "ever", "lifetime", "per lifetime", "per user", "per person"].contains(rules) {
            // A number alone does not say of what.
            return text.allSatisfy(\.isNumber) ? nil : "\(count) total"
        }
        if ["a", "an", "per", "every", "each", "pro"].contains(words[0]) || nearMiss(words[0], among: ["per"]) != nil {
            words.removeFirst()
        }
        let rest = words.joined(separator: " ")
        if rest == "session" { return "\(count) per session" }
        return (windowOfWord(rest) ?? durationMeant(rest) ?? calendarWindow(rest)).map { "\(count) per \($0)" }
    }

    private static func countOfWord(_ word: String) -> Int? {
        switch word {
        case "one", "once", "l", "i": return 1
        case "two", "twice": return 2
        case "three", "thrice": return 3
        default:
            let digits = word.last == "x" ? word.dropLast() : word[...]
            return Int(digits).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
        }
    }

    /// A rule such as `1 per session`, `3 per 7d` or `10 total`.
    package static func frequencyRule(_ text: String) -> Result<(count: Int64, period: FrequencyPeriod), SyntaxProblem>
    {
        var scanner = SyntaxScanner(text)
        let note = "a rule is written as `1 per session`, `3 per 7d` or `10 total`"
        guard let count = scanner.number() else {
            return .failure(
                SyntaxProblem(
                    scanner.whole, "`\(text)` does not say how often", notes: [note], replacement: ruleOfWords(text)))
        }
        guard count <= 1_000_000 else {
            return .failure(
                SyntaxProblem(Span(0, scanner.offset), "\(count) is more than a million times", isRange: true))
        }
        guard scanner.take(0x20) else {
            return .failure(
                SyntaxProblem(
                    scanner.whole, "`\(text)` does not say how often", notes: [note], replacement: ruleOfWords(text)))
        }
        scanner.skipSpaces()
        if scanner.take("total"), scanner.isAtEnd { return .success((count, .total)) }
        guard scanner.take("per ") else {
            let word = scanner.rest
            return .failure(
                SyntaxProblem(
                    word, "expected `per` or `total`, found `\(scanner.text(word))`", notes: [note],
                    replacement: ruleOfWords(text)))
        }
        scanner.skipSpaces()
        let period = scanner.rest
        let name = scanner.text(period)
        if name == "session" { return .success((count, .session)) }
        if let known = windowOfWord(name) {
            return .failure(
                SyntaxProblem(
                    period, "`\(name)` is not a period",
                    notes: [
                        note, "a window is rolling: `1d` is 24 hours from the last time, and not a day of the calendar",
                    ],
                    replacement: "\(count) per \(known)"))
        }
        switch duration(name) {
        case .success(let window) where window > 0: return .success((count, .window(window)))
        case .success: return .failure(SyntaxProblem(period, "the window is empty", notes: [note], isRange: true))
        case .failure(var problem):
            problem.span = problem.span.shifted(by: period.start)
            problem.message = "`\(name)` is neither `session` nor a duration"
            problem.notes = [note]
            if saysMonths(name) { problem.notes.append("`m` are minutes; a month is written as `30d`") }
            if ["user", "person", "lifetime"].contains(name) {
                problem.replacement = "\(count) total"
                return .failure(problem)
            }
            let meant = problem.replacement ?? calendarWindow(name) ?? nearMiss(name, among: ["session"])
            problem.replacement = meant.map { "\(count) per \($0)" }
            return .failure(problem)
        }
    }
}

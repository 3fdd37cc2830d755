import ByteText

// The string extension (cel-go, ext/strings.go; conformance tests string_ext).

extension Function {
    static let strings: [Function] = [
        Function("charAt", "string.(int) -> string") { (values, _) throws(EvaluationError) in try charAt(values) },
        Function("indexOf", "string.(string) -> int; string.(string, int) -> int") {
            (values, _) throws(EvaluationError) in try indexOf(values)
        },
        Function("lastIndexOf", "string.(string) -> int; string.(string, int) -> int") {
            (values, _) throws(EvaluationError) in try lastIndexOf(values)
        },
        Function("lowerAscii", "string.() -> string") { (values, _) throws(EvaluationError) in
            mapped(values) { $0.asciiLowercased }
        },
        Function("upperAscii", "string.() -> string") { (values, _) throws(EvaluationError) in
            mapped(values) { $0.asciiUppercased }
        },
        Function("replace", "string.(string, string) -> string; string.(string, string, int) -> string", fixedWork: 48)
        {
            (values, run) throws(EvaluationError) in try replace(values, &run)
        },
        Function("split", "string.(string) -> list(string); string.(string, int) -> list(string)", fixedWork: 48) {
            (values, run) throws(EvaluationError) in try split(values, &run)
        },
        Function("substring", "string.(int) -> string; string.(int, int) -> string") {
            (values, _) throws(EvaluationError) in try substring(values)
        },
        Function("trim", "string.() -> string") { (values, _) throws(EvaluationError) in
            values.text(0).map { .string(trim($0)) }
        },
        Function("join", "list(string).() -> string; list(string).(string) -> string") {
            (values, run) throws(EvaluationError) in try join(values, &run)
        },
        Function("strings.quote", "(string) -> string") { (values, _) throws(EvaluationError) in
            values.text(0).map { .string(quote($0)) }
        },
        Function("reverse", "string.() -> string; list(A).() -> list(A)", work: Work.rearranging) {
            (values, run) throws(EvaluationError) in
            if let text = values.text(0) {
                return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            }
            guard let list = values.list(0) else { return nil }
            try pay(list.count, &run.work)
            return .list(list.reversed())
        },
        Function("format", "string.(list(dyn)) -> string", fixedWork: 48) { (values, run) throws(EvaluationError) in
            guard let pattern = values.text(0), let arguments = values.list(1) else { return nil }
            return .string(try format(pattern, arguments, &run))
        },
    ]

    private static func mapped(_ values: [CELValue], _ change: (UInt8) -> UInt8) -> CELValue? {
        values.text(0).map { .string(String(decoding: $0.utf8.map(change), as: UTF8.self)) }
    }

    /// A position within `0...count`.
    private static func position(_ value: CELValue, _ count: Int) throws(EvaluationError) -> Int? {
        guard case .int(let index) = value else { return nil }
        guard index >= 0, index <= Int64(count) else { throw EvaluationError(.indexOutOfRange(String(index))) }
        return Int(index)
    }

    private static func charAt(_ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0) else { return nil }
        let points = CodePoints(text)
        guard let index = try position(values[1], points.count) else { return nil }
        return .string(index == points.count ? "" : points.text(index, index + 1))
    }

    private static func indexOf(_ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0), let needle = values.text(1) else { return nil }
        let points = CodePoints(text)
        var start = 0
        if values.count == 3 {
            guard let index = try position(values[2], points.count) else { return nil }
            start = index
        }
        let found = SubstringSearch(needle).first(in: points.bytes, from: points.offset(start))
        return .int(Int64(found.map { points.index($0) } ?? -1))
    }

    private static func lastIndexOf(_ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0), let needle = values.text(1) else { return nil }
        let points = CodePoints(text)
        var limit = points.count
        if values.count == 3 {
            guard let index = try position(values[2], points.count) else { return nil }
            limit = index
        }
        let found = SubstringSearch(needle).last(in: points.bytes, upTo: points.offset(limit))
        return .int(Int64(found.map { points.index($0) } ?? -1))
    }

    private static func substring(_ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0) else { return nil }
        let points = CodePoints(text)
        guard let start = try position(values[1], points.count) else { return nil }
        var end = points.count
        if values.count == 3 {
            guard let index = try position(values[2], points.count) else { return nil }
            end = index
        }
        guard start <= end else { throw EvaluationError(.indexOutOfRange("\(start) to \(end)")) }
        return .string(points.text(start, end))
    }

    /// The byte ranges of at most `limit` matches that do not overlap; an empty needle matches before each code point
    /// and at the end.
    private static func matches(_ needle: String, _ points: CodePoints, _ limit: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        if needle.isEmpty {
            for index in 0...points.count where found.count < limit {
                found.append(points.offset(index)..<points.offset(index))
            }
            return found
        }
        let search = SubstringSearch(needle)
        var start = 0
        while found.count < limit, let match = search.first(in: points.bytes, from: start) {
            start = match + search.needle.count
            found.append(match..<start)
        }
        return found
    }

    private static func limit(_ values: [CELValue], _ index: Int) -> Int? {
        guard values.count > index else { return .max }
        guard case .int(let limit) = values[index] else { return nil }
        return limit < 0 ? .max : Int(limit)
    }

    private static func replace(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0), let old = values.text(1), let new = values.text(2),
            let limit = limit(values, 3)
        else { return nil }
        let points = CodePoints(text)
        let found = matches(old, points, limit)
        try pay(2 * found.count, &run.work)
        let (growth, overflow) = found.count.multipliedReportingOverflow(by: new.utf8.count)
        try run.build(overflow ? .max : points.bytes.count + growth)
        var result: [UInt8] = []
        var start = 0
        for match in found {
            result += points.bytes[start..<match.lowerBound]
            result += new.utf8
            start = match.upperBound
        }
        result += points.bytes[start...]
        return .string(String(decoding: result, as: UTF8.self))
    }

    private static func split(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue? {
        guard let text = values.text(0), let separator = values.text(1), let limit = limit(values, 2) else {
            return nil
        }
        if limit == 0 { return .list([]) }
        let points = CodePoints(text)
        try run.build(points.bytes.count)
        if separator.isEmpty {
            try pay(4 * min(points.count, limit), &run.work)
            return .list(characters(points, limit))
        }
        var parts: [CELValue] = []
        var start = 0
        let found = matches(separator, points, limit - 1)
        try pay(4 * found.count, &run.work)
        for match in found {
            parts.append(.string(String(decoding: points.bytes[start..<match.lowerBound], as: UTF8.self)))
            start = match.upperBound
        }
        parts.append(.string(String(decoding: points.bytes[start...], as: UTF8.self)))
        return .list(parts)
    }

    private static func characters(_ points: CodePoints, _ limit: Int) -> [CELValue] {
        let single = min(points.count, limit) - (points.count > limit ? 1 : 0)
        var parts: [CELValue] = []
        for index in 0..<max(0, single) { parts.append(.string(points.text(index, index + 1))) }
        if points.count > limit { parts.append(.string(points.text(single, points.count))) }
        return parts
    }

    private static func join(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue? {
        guard let elements = values.list(0), let separator = values.count > 1 ? values.text(1) : "" else { return nil }
        var result: [UInt8] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else { return nil }
            let added = text.utf8.count + (index > 0 ? separator.utf8.count : 0)
            if result.count + added > run.program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
            try pay(2 + Work.reading(added), &run.work)
            if index > 0 { result += separator.utf8 }
            result += text.utf8
        }
        return .string(String(decoding: result, as: UTF8.self))
    }

    /// Without the characters of Unicode's White_Space property at both ends.
    private static func trim(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    private static func quote(_ text: String) -> String {
        var result: [UInt8] = [0x22]
        for byte in text.utf8 {
            switch byte {
            case 0x07: result += [0x5C, 0x61]
            case 0x08: result += [0x5C, 0x62]
            case 0x0C: result += [0x5C, 0x66]
            case 0x0A: result += [0x5C, 0x6E]
            case 0x0D: result += [0x5C, 0x72]
            case 0x09: result += [0x5C, 0x74]
            case 0x0B: result += [0x5C, 0x76]
            case 0x5C, 0x22: result += [0x5C, byte]
            default: result.append(byte)
            }
        }
        result.append(0x22)
        return String(decoding: result, as: UTF8.self)
    }
}

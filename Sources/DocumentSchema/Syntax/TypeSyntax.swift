import SourceDiagnostics

// The types of attributes, as `placard.yaml` writes them, and as other languages do.

/// How deep a type may nest: `list(list(string))` is two.
let typeDepthLimit = 4

extension ScalarSyntax {
    /// A type of an attribute: `string`, `int`, `uint`, `double`, `bool`, `timestamp`, `duration`, `version`, `url`,
    /// `list(T)` or `map(string, T)`.
    package static func attributeType(_ text: String) -> SyntaxProblem? {
        guard var problem = typeProblem(text) else { return nil }
        if text.hasSuffix("?") {
            problem.notes.insert(
                "that a value may be missing is said by `optional: true`: `{type: …, optional: true}`", at: 0)
            problem.replacement = nil
        } else if problem.replacement == nil || problem.replacement.flatMap(typeProblem) != nil {
            problem.replacement = meantType(text, depth: 0)
        }
        return problem
    }

    private static func typeProblem(_ text: String) -> SyntaxProblem? {
        var scanner = SyntaxScanner(text)
        if let problem = type(&scanner, depth: 0) { return problem }
        scanner.skipSpaces()
        guard scanner.isAtEnd else {
            return SyntaxProblem(scanner.rest, "the type ends before this", notes: [typeNote])
        }
        return nil
    }

    /// The type that other languages write in such a way: `list<string>`, `string[]`, `array`, `datetime`, `string?`; nil for
    /// none.
    private static func meantType(_ text: String, depth: Int) -> String? {
        let name = text.lowercased().trimmed
        if typeProblem(name) == nil { return name }
        if let plain = typesElsewhere.first(where: { $0.names.contains(name) })?.type { return plain }
        let words = simpleTypes + typesElsewhere.flatMap { $0.names.sorted() }
        if let near = nearMiss(name, among: words.filter { $0.utf8.count > 2 }) {
            return typesElsewhere.first { $0.names.contains(near) }?.type ?? near
        }
        guard depth < typeDepthLimit else { return nil }
        func list(_ element: some StringProtocol) -> String? {
            meantType(String(element), depth: depth + 1).map { "list(\($0))" }
        }
        if name.hasSuffix("[]") { return list(name.dropLast(2)) }
        if name.hasPrefix("["), name.hasSuffix("]") { return list(name.dropFirst().dropLast()) }
        for word in ["list of ", "array of ", "set of "] where name.hasPrefix(word) {
            let element = name.dropFirst(word.count)
            return list(element) ?? (element.hasSuffix("s") ? list(element.dropLast()) : nil)
        }
        guard let open = name.firstIndex(where: { $0 == "<" || $0 == "(" || $0 == "[" }), let last = name.last,
            ">)]".contains(last)
        else { return nil }
        let inner = name[name.index(after: open)...].dropLast()
        switch name[..<open] {
        case "list", "array", "set", "sequence": return list(inner)
        case "map", "dict", "dictionary", "record", "object":
            guard let comma = inner.firstIndex(of: ","), inner[..<comma].trimmingPrefix(" ") == "string" else {
                return nil
            }
            return meantType(String(inner[inner.index(after: comma)...]), depth: depth + 1).map { "map(string, \($0))" }
        default: return nil
        }
    }

    /// What other languages call the types, in small letters.
    private static let typesElsewhere: [(type: String, names: Set<String>)] = [
        ("string", ["str", "text", "char", "varchar", "uuid", "email", "enum", "char sequence"]),
        ("int", ["integer", "long", "short", "int32", "int64", "bigint"]), ("uint", ["unsigned", "uint32", "uint64"]),
        ("double", ["number", "float", "decimal", "real", "float64"]), ("bool", ["boolean", "flag"]),
        ("timestamp", ["date", "datetime", "date-time", "time", "instant"]), ("duration", ["interval", "timespan"]),
        ("version", ["semver"]), ("url", ["uri", "link"]), ("list(string)", ["array", "list", "strings", "set"]),
        ("map(string, string)", ["map", "object", "dict", "dictionary", "json"]),
    ]

    /// The types without parameters.
    package static let simpleTypes = [
        "string", "int", "uint", "double", "bool", "timestamp", "duration", "version", "url",
    ]

    private static let typeNote =
        "types are `string`, `int`, `uint`, `double`, `bool`, `timestamp`, `duration`, `version`, `url`, `list(T)` and `map(string, T)`"

    private static func type(_ scanner: inout SyntaxScanner, depth: Int) -> SyntaxProblem? {
        scanner.skipSpaces()
        let start = scanner.offset
        while let byte = scanner.current, isAlphanumeric(byte) || byte == 0x5F { scanner.offset += 1 }
        let span = Span(start, scanner.offset)
        let name = scanner.text(span)
        if name == "list" || name == "map" {
            guard depth < typeDepthLimit else {
                return SyntaxProblem(span, "the type is nested deeper than \(typeDepthLimit) levels", notes: [typeNote])
            }
            guard scanner.take(0x28) else {
                return SyntaxProblem(
                    span, "`\(name)` does not say of what", notes: [typeNote],
                    replacement: depth == 0 && scanner.isAtEnd
                        ? (name == "list" ? "list(string)" : "map(string, string)") : nil)
            }
            if name == "map" {
                scanner.skipSpaces()
                let key = scanner.offset
                guard scanner.take("string") else {
                    return SyntaxProblem(
                        Span(key, max(key, scanner.bytes.count)), "the keys of a map are strings", notes: [typeNote])
                }
                scanner.skipSpaces()
                guard scanner.take(0x2C) else {
                    return SyntaxProblem(
                        scanner.rest, "a map has a type for its keys and one for its values", notes: [typeNote])
                }
            }
            if let problem = type(&scanner, depth: depth + 1) { return problem }
            scanner.skipSpaces()
            return scanner.take(0x29) ? nil : SyntaxProblem(scanner.rest, "a `)` is missing", notes: [typeNote])
        }
        if simpleTypes.contains(name) { return nil }
        let aliases = [
            "integer": "int", "number": "double", "float": "double", "boolean": "bool", "text": "string",
            "date": "timestamp", "semver": "version",
        ]
        let meant = aliases[name] ?? nearMiss(name, among: simpleTypes)
        return SyntaxProblem(
            span, "there is no type `\(name)`", notes: (meant.map { ["did you mean `\($0)`?"] } ?? []) + [typeNote],
            replacement: meant.map {
                scanner.text(Span(0, start)) + $0 + scanner.text(Span(span.end, scanner.bytes.count))
            })
    }
}

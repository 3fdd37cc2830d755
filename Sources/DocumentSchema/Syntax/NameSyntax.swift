import SourceDiagnostics

/// Words that CEL keeps for itself (google/cel-spec, section Syntax): no group or attribute may be called so.
package let celReservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace",
    "null", "package", "return", "true", "var", "void", "while",
]

extension ScalarSyntax {
    /// An id: lower-case letters and digits in groups joined by single hyphens (`order-ready`).
    package static func id(_ text: String) -> SyntaxProblem? {
        if isID(text) { return nil }
        let bytes = Array(text.utf8)
        let slug = slugged(bytes)
        return SyntaxProblem(
            Span(0, bytes.count), "`\(text)` is not an id",
            notes: ["an id is lower-case letters and digits, joined by hyphens: `order-ready`"],
            replacement: slug.isEmpty ? nil : slug)
    }

    private static func isID(_ text: String) -> Bool {
        // A hyphen stands behind something else, and not at the end.
        var isOpen = true
        for byte in text.utf8 {
            guard isLowerOrDigit(byte) || byte == 0x2D && !isOpen else { return false }
            isOpen = byte == 0x2D
        }
        return !isOpen
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
    }

    private static func slugged(_ bytes: [UInt8]) -> String {
        var slug: [UInt8] = []
        for byte in bytes {
            if isLowerOrDigit(byte) {
                slug.append(byte)
            } else if byte >= 0x41, byte <= 0x5A {
                slug.append(byte + 0x20)
            } else if byte == 0x20 || byte == 0x5F || byte == 0x2D || byte == 0x2E {
                if let last = slug.last, last != 0x2D { slug.append(0x2D) }
            } else {
                return ""
            }
        }
        while slug.last == 0x2D { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }

    /// A CEL identifier that is no reserved word: `orders_count`.
    package static func identifier(_ text: String) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let whole = Span(0, bytes.count)
        if celReservedWords.contains(text) {
            return SyntaxProblem(whole, "`\(text)` is a reserved word of CEL", notes: ["choose another name"])
        }
        let isValid =
            !bytes.isEmpty && !(bytes[0] >= 0x30 && bytes[0] <= 0x39)
            && bytes.allSatisfy { isLetterOrUnderscore($0) || $0 >= 0x30 && $0 <= 0x39 }
        if isValid { return nil }
        let corrected = bytes.map { $0 == 0x2D || $0 == 0x20 ? 0x5F : $0 }
        let isCorrected =
            corrected != bytes && corrected.allSatisfy { isLetterOrUnderscore($0) || $0 >= 0x30 && $0 <= 0x39 }
        return SyntaxProblem(
            whole, "`\(text)` is not a name that expressions can use",
            notes: ["a name is letters, digits and underscores, and does not begin with a digit: `orders_count`"],
            replacement: isCorrected && !(corrected[0] >= 0x30 && corrected[0] <= 0x39)
                ? String(decoding: corrected, as: UTF8.self) : nil)
    }

    /// A name behind a point in CEL, where reserved words are names too (langdef.md, "Syntax", SELECTOR): `package`.
    package static func fieldName(_ text: String) -> SyntaxProblem? {
        celReservedWords.contains(text) && !celKeywords.contains(text) ? nil : identifier(text)
    }

    /// Words that are no names anywhere.
    static let celKeywords: Set<String> = ["false", "in", "null", "true"]

    private static func isLetterOrUnderscore(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte == 0x5F
    }

    /// A variable's name: identifiers joined by points (`user.first_name`).
    package static func path(_ text: String) -> SyntaxProblem? {
        var start = 0
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            if var problem = start == 0 ? identifier(String(part)) : fieldName(String(part)) {
                problem.span = problem.span.shifted(by: start)
                problem.replacement = nil
                return problem
            }
            start += part.utf8.count + 1
        }
        return nil
    }

    /// A name of an event: letters, digits, `_`, `-` and `.`, beginning with a letter.
    package static func eventName(_ text: String) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let isValid =
            bytes.first.map { isLetterOrUnderscore($0) } ?? false
            && bytes.allSatisfy { isLetterOrUnderscore($0) || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D || $0 == 0x2E }
        if isValid { return nil }
        return SyntaxProblem(
            Span(0, bytes.count), "`\(text)` is not a name of an event",
            notes: ["a name is letters, digits, `_`, `-` and `.`, and begins with a letter: `order_status_changed`"],
            replacement: nameOfWords(text))
    }

    /// Words as one name: `order_opened` for `order opened`; nil where they are of other characters, too.
    private static func nameOfWords(_ text: String) -> String? {
        let name = text.trimmed.replacing(" ", with: "_")
        return name.contains("_") && name != text && eventName(name) == nil ? name : nil
    }

    /// The form of a BCP 47 tag: subtags of letters and digits joined by hyphens. Whether it exists is not checked here.
    package static func locale(_ text: String) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let note = "a locale is a BCP 47 tag such as `fr`, `pt-BR` or `zh-Hant-TW`"
        var start = 0
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isValid =
                (index == 0 ? 2...8 : 1...8).contains(part.utf8.count)
                && part.utf8.allSatisfy { isAlphanumeric($0) && (index > 0 || $0 > 0x39) }
            guard isValid else {
                let corrected = String(decoding: bytes.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
                let isCorrected = bytes.contains(0x5F) && locale(corrected) == nil
                return SyntaxProblem(
                    isCorrected ? Span(0, bytes.count) : Span(start, start + part.utf8.count),
                    isCorrected
                        ? "`\(text)` is written with a hyphen, not with an underscore" : "`\(text)` is not a locale",
                    notes: [note],
                    replacement: isCorrected ? corrected : nil)
            }
            start += part.utf8.count + 1
        }
        return nil
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
    }

    /// The form of an IANA time zone's name (`Europe/Paris`). Whether it exists is not checked here.
    package static func timezone(_ text: String, allowsLocal: Bool) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let note =
            "a zone is an IANA name such as `Europe/Paris` or `UTC`"
            + (allowsLocal ? ", or `local` for the user's own" : "")
        if text == "local" {
            return allowsLocal ? nil : SyntaxProblem(Span(0, 5), "`local` is not a zone here", notes: [note])
        }
        let isValid = text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            (part.utf8.first.map { isLetterOrUnderscore($0) } ?? false)
                && part.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2B || $0 == 0x2D }
        }
        let isOffset = isOffsetFromUTC(text)
        if isValid, !isOffset { return nil }
        return SyntaxProblem(
            Span(0, bytes.count), isOffset ? "an offset is not a zone" : "`\(text)` is not a time zone",
            notes: [note] + (isOffset ? ["an offset has no daylight saving time; the zone of a place has"] : []))
    }

    /// `+02:00`, `GMT+2` and the like.
    private static func isOffsetFromUTC(_ text: String) -> Bool {
        var rest = text.utf8[...]
        for name in ["GMT", "UTC", "Z"] where rest.starts(with: name.utf8) { rest = rest.dropFirst(name.utf8.count) }
        guard let sign = rest.first, sign == 0x2B || sign == 0x2D, rest.count > 1 else { return false }
        return rest.dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x3A }
    }

    /// A colour: `#rgb`, `#rrggbb` or `#rrggbbaa`.
    package static func color(_ text: String) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let note = "a colour is `#rgb`, `#rrggbb` or `#rrggbbaa`, in quotes"
        let digits = bytes.first == 0x23 ? bytes.dropFirst() : bytes[...]
        let isHexadecimal = digits.allSatisfy {
            $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 || $0 >= 0x41 && $0 <= 0x46
        }
        let hasLength = [3, 6, 8].contains(digits.count)
        if bytes.first == 0x23, isHexadecimal, hasLength { return nil }
        return SyntaxProblem(
            Span(0, bytes.count), "`\(text)` is not a colour", notes: [note],
            replacement: bytes.first != 0x23 && isHexadecimal && hasLength ? "#" + text : nil)
    }

    /// A URI scheme without its colon (RFC 3986, section 3.1), in lower case.
    package static func scheme(_ text: String) -> SyntaxProblem? {
        let bytes = Array(text.utf8)
        let isValid =
            bytes.first.map { $0 >= 0x61 && $0 <= 0x7A } ?? false
            && bytes.allSatisfy { isLowerOrDigit($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
        if isValid { return nil }
        let corrected = String(text.lowercased().prefix { $0 != ":" })
        return SyntaxProblem(
            Span(0, bytes.count), "`\(text)` is not a scheme",
            notes: ["a scheme is written without its colon: `https`"],
            replacement: corrected != text && scheme(corrected) == nil ? corrected : nil)
    }

    /// A host, or `*.` and a host for all below it.
    package static func host(_ text: String) -> SyntaxProblem? {
        var rest = text[...]
        if rest.utf8.starts(with: "*.".utf8) { rest = rest.dropFirst(2) }
        let labels = rest.split(separator: ".", omittingEmptySubsequences: false)
        let isValid = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.utf8.first != 0x2D && label.utf8.last != 0x2D
                && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D }
        }
        if isValid, rest.utf8.count <= 253 { return nil }
        return SyntaxProblem(
            Span(0, text.utf8.count), "`\(text)` is not a host",
            notes: ["a host is written as `www.example.com`, or `*.example.com` for all below it"],
            replacement: hostOfAddress(text))
    }

    /// The host of `https://www.example.com/path`, or of one with a path alone; nil where there is none.
    private static func hostOfAddress(_ text: String) -> String? {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        let name = rest.prefix { !"/:?#".contains($0) }
        return name.utf8.count < text.utf8.count && host(String(name)) == nil ? String(name) : nil
    }

    /// An id of a diagnostic: `area/kebab-name`.
    package static func diagnosticID(_ text: String) -> SyntaxProblem? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, id(String(parts[0])) == nil, id(String(parts[1])) == nil { return nil }
        return SyntaxProblem(
            Span(0, text.utf8.count), "`\(text)` is not the id of a diagnostic",
            notes: ["a diagnostic shows its id in brackets: `text/too-long`"])
    }

    /// A file beside the message or below it: `cup.png`, `images/cup.png`.
    package static func relativePath(_ text: String) -> SyntaxProblem? {
        let whole = Span(0, text.utf8.count)
        if text.isEmpty || text.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C }) {
            return SyntaxProblem(whole, "`\(text)` is not a path", notes: ["folders are separated by `/`"])
        }
        if text.utf8.first == 0x2F || text.utf8.contains(0x3A) {
            return SyntaxProblem(
                whole, "`\(text)` is not a path relative to the message's folder",
                notes: ["images belong to the project: put the file beside the message and write `cup.png`"])
        }
        return nil
    }
}

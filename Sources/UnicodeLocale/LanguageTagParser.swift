import ByteText

/// Splits a tag into its subtags (UTS 35, "Unicode Locale Identifier"; RFC 5646, section 2.1 for what only BCP 47 has).
struct LanguageTagParser {
    /// The most bytes that a tag may have.
    static let lengthLimit = 255

    private struct Subtag {
        var start: Int
        var bytes: ArraySlice<UInt8>

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var isAlphabetic: Bool { bytes.allSatisfy { $0.isASCIILetter } }
        var isNumeric: Bool { bytes.allSatisfy { $0.isASCIIDigit } }
    }

    private let bytes: [UInt8]
    private var subtags: [Subtag] = []
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(LanguageTagError) -> LanguageTag {
        guard bytes.count <= LanguageTagParser.lengthLimit else {
            throw error(0, bytes.count, "a language tag of more than \(LanguageTagParser.lengthLimit) characters")
        }
        try split()
        if let tag = try legacyTag() { return tag }
        var tag = LanguageTag(language: "und")
        if !isPrivateUseNext {
            tag.language = try parseLanguage()
            parseScriptAndRegion(&tag)
            try parseVariants(&tag.variants)
            try parseExtensions(&tag)
        }
        try parsePrivateUse(&tag)
        if let rest = current { throw unexpected(rest, behind: tag) }
        return tag
    }

    // MARK: Subtags

    private mutating func split() throws(LanguageTagError) {
        var start = 0
        for offset in 0...bytes.count {
            if offset < bytes.count, bytes[offset] != UInt8(ascii: "-"), bytes[offset] != UInt8(ascii: "_") {
                guard bytes[offset].isASCIIAlphanumeric else {
                    throw error(offset, scalarLength(offset), "a language tag has letters, digits and `-` only")
                }
                continue
            }
            if start == offset {
                throw error(
                    max(0, offset - 1), min(1, bytes.count), bytes.isEmpty ? "an empty language tag" : "an empty subtag"
                )
            }
            guard offset - start <= 8 else {
                throw error(start, offset - start, "a subtag of more than eight characters")
            }
            subtags.append(Subtag(start: start, bytes: bytes[start..<offset]))
            start = offset + 1
        }
    }

    private func scalarLength(_ offset: Int) -> Int {
        var length = 1
        while offset + length < bytes.count, bytes[offset + length] & 0xC0 == 0x80 { length += 1 }
        return length
    }

    private var current: Subtag? { index < subtags.count ? subtags[index] : nil }

    private var isPrivateUseNext: Bool { current.map { $0.text == "x" || $0.text == "X" } ?? false }

    private func error(_ offset: Int, _ length: Int, _ message: String) -> LanguageTagError {
        LanguageTagError(offset: offset, length: length, message: message)
    }

    private func error(_ subtag: Subtag, _ message: String) -> LanguageTagError {
        error(subtag.start, subtag.bytes.count, message)
    }

    /// Says which subtag is out of place, and why if that can be told.
    private func unexpected(_ subtag: Subtag, behind tag: LanguageTag) -> LanguageTagError {
        if subtag.bytes.count == 4, subtag.isAlphabetic {
            let why =
                tag.script == nil
                ? "the script `\(ASCII.title(subtag.bytes))` must stand right behind the language"
                : "a second script, `\(ASCII.title(subtag.bytes))`"
            return error(subtag, why)
        }
        if subtag.bytes.count == 2, subtag.isAlphabetic {
            let why =
                tag.region == nil
                ? "the region `\(ASCII.upper(subtag.bytes))` must stand before the variants"
                : "a second region, `\(ASCII.upper(subtag.bytes))`"
            return error(subtag, why)
        }
        return error(subtag, "`\(subtag.text)` is not a script, region or variant")
    }

    // MARK: Parts

    /// `root`, and the tags that BCP 47 took over from earlier times.
    private mutating func legacyTag() throws(LanguageTagError) -> LanguageTag? {
        var text = ASCII.lower(bytes)
        text = String(decoding: text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        if text == "root" { return LanguageTag(language: "und") }
        guard let replacement = LineTable(LocaleData.legacyTags).value(text) else { return nil }
        return try LanguageTag(replacement)
    }

    private mutating func parseLanguage() throws(LanguageTagError) -> String {
        guard let first = current else { return "und" }
        guard first.isAlphabetic, first.bytes.count >= 2, first.bytes.count != 4 else {
            throw error(first, "`\(first.text)` is not a language: it has two or three letters, as in ISO 639")
        }
        index += 1
        // An extended language is a language of its own: `zh-yue` is `yue`.
        guard let next = current, next.bytes.count == 3, next.isAlphabetic, first.bytes.count <= 3 else {
            return ASCII.lower(first.bytes)
        }
        guard ["ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"].contains(ASCII.lower(first.bytes)) else {
            throw error(next, "`\(next.text)` is not a script or region: a region has two letters or three digits")
        }
        index += 1
        return ASCII.lower(next.bytes)
    }

    private mutating func parseScriptAndRegion(_ tag: inout LanguageTag) {
        if let subtag = current, subtag.bytes.count == 4, subtag.isAlphabetic {
            tag.script = ASCII.title(subtag.bytes)
            index += 1
        }
        if let subtag = current {
            let isRegion = subtag.bytes.count == 2 ? subtag.isAlphabetic : subtag.bytes.count == 3 && subtag.isNumeric
            guard isRegion else { return }
            tag.region = ASCII.upper(subtag.bytes)
            index += 1
        }
    }

    private mutating func parseVariants(_ variants: inout [String]) throws(LanguageTagError) {
        while let subtag = current, LanguageTagParser.isVariant(subtag.bytes) {
            let variant = ASCII.lower(subtag.bytes)
            guard !variants.contains(variant) else { throw error(subtag, "the variant `\(variant)` stands here twice") }
            variants.append(variant)
            index += 1
        }
    }

    static func isVariant(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 5 || (bytes.count == 4 && bytes.first.map { $0.isASCIIDigit } ?? false)
    }

    private mutating func parseExtensions(_ tag: inout LanguageTag) throws(LanguageTagError) {
        while let singleton = current, singleton.bytes.count == 1, !isPrivateUseNext {
            let letter = ASCII.lower(singleton.bytes)
            guard let byte = letter.utf8.first, !tag.extensions.contains(where: { $0.singleton == byte }) else {
                throw error(singleton, "a second extension `\(letter)`")
            }
            index += 1
            let first = index
            while let subtag = current, subtag.bytes.count > 1 {
                _ = subtag
                index += 1
            }
            guard index > first else { throw error(singleton, "nothing stands behind the extension `\(letter)`") }
            let parts = subtags[first..<index]
            if byte == UInt8(ascii: "u") { try checkKeywords(parts) }
            if byte == UInt8(ascii: "t") { try checkTransform(parts) }
            let item = LanguageTag.Extension(singleton: byte, subtags: parts.map { ASCII.lower($0.bytes) })
            tag.extensions.append(item)
        }
    }

    /// A key has a letter or digit and a letter; two characters are always a key.
    private func checkKeywords(_ parts: ArraySlice<Subtag>) throws(LanguageTagError) {
        for part in parts where part.bytes.count == 2 {
            guard let last = part.bytes.last, last.isASCIILetter else {
                throw error(part, "`\(part.text)` is not a key: its second character is a letter")
            }
        }
    }

    /// A language, then fields: a key of a letter and a digit, with a value.
    private func checkTransform(_ parts: ArraySlice<Subtag>) throws(LanguageTagError) {
        guard let fields = parts.firstIndex(where: { TransformExtension.isKey($0.bytes) }) else {
            _ = try source(parts)
            return
        }
        if fields > parts.startIndex { _ = try source(parts[..<fields]) }
        for at in fields..<parts.endIndex where TransformExtension.isKey(parts[at].bytes) {
            guard at + 1 < parts.endIndex, parts[at + 1].bytes.count > 2 else {
                throw error(parts[at], "nothing stands behind the field `\(parts[at].text)`")
            }
        }
        if let bad = parts[fields...].first(where: { $0.bytes.count == 2 && !TransformExtension.isKey($0.bytes) }) {
            throw error(bad, "`\(bad.text)` is not a field: it has a letter and a digit")
        }
    }

    /// The language, script, region and variants of a transform.
    private func source(_ parts: ArraySlice<Subtag>) throws(LanguageTagError) -> LanguageTag {
        var inner = LanguageTagParser("")
        inner.subtags = Array(parts)
        var tag = LanguageTag(language: try inner.parseLanguage())
        inner.parseScriptAndRegion(&tag)
        try inner.parseVariants(&tag.variants)
        if let rest = inner.current { throw inner.unexpected(rest, behind: tag) }
        return tag
    }

    private mutating func parsePrivateUse(_ tag: inout LanguageTag) throws(LanguageTagError) {
        guard let singleton = current, isPrivateUseNext else { return }
        index += 1
        while let subtag = current {
            tag.privateUse.append(ASCII.lower(subtag.bytes))
            index += 1
        }
        if tag.privateUse.isEmpty { throw error(singleton, "nothing stands behind `x`") }
    }
}

import ByteText

/// The parts of a `-u-` extension (UTS 35, "Unicode Locale Extension").
public struct UnicodeExtension: Hashable, Sendable {
    /// A key and its type, `nu` and `latn`; a type of `true` is empty.
    public struct Keyword: Hashable, Sendable {
        /// Two characters, such as `nu`.
        public var key: String
        /// Subtags joined by `-`.
        public var type: String
    }

    /// The attributes, in the order they were written.
    public var attributes: [String]
    /// The keywords, in the order they were written.
    public var keywords: [Keyword]

    /// Reads the subtags behind `u`.
    public init(_ subtags: [String]) {
        attributes = []
        keywords = []
        for subtag in subtags {
            if subtag.utf8.count == 2 {
                keywords.append(Keyword(key: subtag, type: ""))
            } else if keywords.isEmpty {
                attributes.append(subtag)
            } else {
                let last = keywords.count - 1
                keywords[last].type += keywords[last].type.isEmpty ? subtag : "-" + subtag
            }
        }
    }

    /// In order, each attribute and key once (the first counts), aliases of types replaced.
    var canonical: UnicodeExtension {
        var result = self
        result.attributes = []
        for attribute in attributes where !result.attributes.contains(attribute) { result.attributes.append(attribute) }
        result.attributes.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        result.keywords = []
        for keyword in keywords where !result.keywords.contains(where: { $0.key == keyword.key }) {
            let type = ExtensionAliases.type(keyword.key, keyword.type)
            result.keywords.append(Keyword(key: keyword.key, type: type == "true" ? "" : type))
        }
        result.keywords.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return result
    }

    /// The subtags behind `u`.
    var subtags: [String] {
        attributes + keywords.flatMap { $0.type.isEmpty ? [$0.key] : [$0.key, $0.type] }
    }
}

/// The parts of a `-t-` extension: a source language and fields (UTS 35, "BCP 47 T Extension"; RFC 6497).
struct TransformExtension {
    var source: [String]
    var fields: [(key: String, value: String)]

    static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 2, let first = bytes.first, let last = bytes.last else { return false }
        return first.isASCIILetter && last.isASCIIDigit
    }

    init(_ subtags: [String]) {
        source = []
        fields = []
        for subtag in subtags {
            if TransformExtension.isKey(Array(subtag.utf8)[...]) {
                fields.append((subtag, ""))
            } else if fields.isEmpty {
                source.append(subtag)
            } else {
                let last = fields.count - 1
                fields[last].value += fields[last].value.isEmpty ? subtag : "-" + subtag
            }
        }
    }

    /// The source language is made canonical, in lower case; the fields are in order.
    var canonicalSubtags: [String] {
        var result: [String] = []
        if !source.isEmpty, let tag = try? LanguageTag(joined(source)) {
            result.append(ASCII.lower(tag.canonical.text.utf8))
        }
        let ordered = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for field in ordered { result += [field.key, ExtensionAliases.type(field.key, field.value)] }
        return result
    }

    private func joined(_ subtags: [String]) -> String {
        var result = ""
        for subtag in subtags { result += result.isEmpty ? subtag : "-" + subtag }
        return result
    }
}

extension LanguageTag.Extension {
    /// Subtags in order and without aliases, for the extensions that UTS 35 defines.
    var canonical: LanguageTag.Extension {
        let subtags: [String]
        switch singleton {
        case UInt8(ascii: "u"): subtags = UnicodeExtension(self.subtags).canonical.subtags
        case UInt8(ascii: "t"): subtags = TransformExtension(self.subtags).canonicalSubtags
        default: return self
        }
        // A type of several subtags was joined.
        let split = subtags.flatMap { $0.utf8.split(separator: 0x2D).map { String(decoding: $0, as: UTF8.self) } }
        return LanguageTag.Extension(singleton: singleton, subtags: split)
    }
}

extension LanguageTag {
    /// The type of a `-u-` key such as `nu`; nil when the tag has no such key, empty when it stands alone (`true`).
    public func keyword(_ key: String) -> String? {
        for item in extensions where item.singleton == UInt8(ascii: "u") {
            return UnicodeExtension(item.subtags).keywords.first { $0.key == key }?.type
        }
        return nil
    }
}

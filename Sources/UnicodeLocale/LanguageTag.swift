import ByteText

/// A text that is no language tag.
public struct LanguageTagError: Error, Hashable, Sendable {
    /// Where in the text, as a UTF-8 byte offset.
    public let offset: Int
    /// Number of bytes concerned.
    public let length: Int
    /// What is wrong, on one line, without a full stop.
    public let message: String
}

/// A Unicode BCP 47 locale identifier, such as `pt-BR` or `ar-EG-u-nu-latn` (UTS 35, section 3).
///
/// Its subtags are in their usual case. Two tags are equal when they have the same subtags; compare the
/// ``canonical`` forms to find out whether they mean the same.
public struct LanguageTag: Hashable, Sendable, CustomStringConvertible {
    /// `-u-…`, `-t-…` or another extension.
    public struct Extension: Hashable, Sendable {
        /// The letter or digit that begins it, in ASCII.
        public var singleton: UInt8
        /// What follows it, in lower case.
        public var subtags: [String]

        /// An extension of these parts, which are not checked.
        public init(singleton: UInt8, subtags: [String]) {
            self.singleton = singleton
            self.subtags = subtags
        }
    }

    /// Lower case, two to eight letters; `und` when not known.
    public var language: String
    /// Title case, four letters.
    public var script: String?
    /// Upper case, two letters or three digits.
    public var region: String?
    /// Lower case.
    public var variants: [String]
    /// In the order of the text.
    public var extensions: [Extension]
    /// The subtags behind `x`.
    public var privateUse: [String]

    /// A tag of these subtags, which are not checked.
    public init(language: String, script: String? = nil, region: String? = nil, variants: [String] = []) {
        self.language = language
        self.script = script
        self.region = region
        self.variants = variants
        extensions = []
        privateUse = []
    }

    /// Parses a language tag; `_` is accepted for `-`, as is any case.
    ///
    /// The subtags are put in their usual case, but aliases are left alone (see ``canonical``). `root` is read as
    /// `und`, and tags of BCP 47 that UTS 35 does not have (`i-klingon`, `zh-yue`, `x-foo`) as what they stand for.
    public init(_ text: String) throws(LanguageTagError) {
        var parser = LanguageTagParser(text)
        self = try parser.parse()
    }

    /// The tag as text, with `-`.
    public var text: String {
        var result = language
        func append(_ subtag: String) {
            result += "-"
            result += subtag
        }
        if let script { append(script) }
        if let region { append(region) }
        for variant in variants { append(variant) }
        for item in extensions {
            append(String(Character(Unicode.Scalar(item.singleton))))
            for subtag in item.subtags { append(subtag) }
        }
        if !privateUse.isEmpty { append("x") }
        for subtag in privateUse { append(subtag) }
        return result
    }

    public var description: String { text }

    /// Language, script and region alone.
    public var withoutVariants: LanguageTag {
        LanguageTag(language: language, script: script, region: region)
    }

    /// Language, script, region and variants, without extensions and private use.
    public var withoutExtensions: LanguageTag {
        LanguageTag(language: language, script: script, region: region, variants: variants)
    }
}

/// The cases of ASCII letters, which `String` could only change with Unicode's tables.
enum ASCII {
    static func lower(_ bytes: some Collection<UInt8>) -> String {
        String(asciiLowercasing: bytes)
    }

    static func upper(_ bytes: some Collection<UInt8>) -> String {
        String(asciiUppercasing: bytes)
    }

    /// The first letter in upper case, the others in lower case.
    static func title(_ bytes: some Sequence<UInt8>) -> String {
        var result = bytes.map { $0.asciiLowercased }
        if let first = result.first { result[0] = first.asciiUppercased }
        return String(decoding: result, as: UTF8.self)
    }
}

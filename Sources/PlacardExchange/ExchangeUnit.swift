/// One text as translators' tools get it: Markdown in which `{…}` are placeholders.
package struct ExchangeUnit: Sendable, Equatable {
    /// How the translation stands.
    package enum State: String, Sendable {
        case missing, outdated, current
    }

    /// Its place among the forms of a plural.
    package struct Form: Sendable, Equatable {
        /// The id that all forms share.
        package var group: String
        /// From 0, in the order of gettext's formula for the language.
        package var index: Int
        /// The source for one thing and for many.
        package var singular: String
        package var plural: String

        package init(group: String, index: Int, singular: String, plural: String) {
            self.group = group
            self.index = index
            self.singular = singular
            self.plural = plural
        }
    }

    /// Its place among the variants of a text.
    package struct Variant: Sendable, Equatable {
        /// The id that all variants of the block share.
        package var group: String
        /// What chooses: `plural:event.count`, as ``variantSelectors`` and the name of a variable.
        package var selector: String
        /// What it is for: `few`, `1`, `gold`; `other` for all other values.
        package var value: String

        package init(group: String, selector: String, value: String) {
            self.group = group
            self.selector = selector
            self.value = value
        }
    }

    /// `order-ready/title`, `order-ready/body{few}:1f0c9a`; unique in the project, stable while the source is.
    package var id: String
    package var source: String
    /// Empty where there is none.
    package var target: String
    package var state: State
    /// What the source said when the translation was made, where that is known and differs.
    package var formerSource: String?
    /// What a translator should know: where it is shown, limits, examples of values, the author's notes.
    package var notes: [String]
    /// The file of the source.
    package var file: String
    /// The most grapheme clusters that it may have.
    package var limit: Int?
    /// Where it is a form of a plural, for formats that know such.
    package var form: Form?
    /// Where it is a variant, for formats that know such.
    package var variant: Variant?

    package init(
        id: String, source: String, target: String, state: State, formerSource: String? = nil, notes: [String] = [],
        file: String, limit: Int? = nil, form: Form? = nil, variant: Variant? = nil
    ) {
        self.id = id
        self.source = source
        self.target = target
        self.state = state
        self.formerSource = formerSource
        self.notes = notes
        self.file = file
        self.limit = limit
        self.form = form
        self.variant = variant
    }

    /// The id that it shares with the units that go out as one entry with it, in the formats that have such.
    package func group(in format: ExchangeFormat?) -> String? {
        format == .xliff22 ? variant?.group : form?.group
    }
}

/// What a file for translators holds.
package struct ExchangeDocument: Sendable {
    /// BCP 47 tags.
    package var sourceLocale: String
    package var targetLocale: String
    package var units: [ExchangeUnit]
    /// How many forms a plural has, and gettext's formula that chooses one; nil where the language's rules have none.
    package var pluralForms: (count: Int, formula: String)?

    package init(
        sourceLocale: String, targetLocale: String, units: [ExchangeUnit], pluralForms: (count: Int, formula: String)?
    ) {
        self.sourceLocale = sourceLocale
        self.targetLocale = targetLocale
        self.units = units
        self.pluralForms = pluralForms
    }
}

/// The formats of files for translators.
package enum ExchangeFormat: String, Sendable, CaseIterable {
    case po, xliff1, xliff2, xliff22, csv, json

    package var suffix: String {
        switch self {
        case .po: "po"
        case .xliff1: "xlf"
        case .xliff2, .xliff22: "xliff"
        case .csv: "csv"
        case .json: "json"
        }
    }

    /// Whether a file without units is no file of the format.
    package var needsUnits: Bool { self == .xliff2 || self == .xliff22 }
}

/// A unit as it comes back.
package struct ReturnedUnit: Sendable, Equatable {
    package var id: String
    /// The form of a plural, where the format has such.
    package var form: Int?
    /// The case that it is for, where the format has variants: `few`; then ``id`` is the one that they share.
    package var variant: String?
    package var source: String
    package var target: String
    /// Whether a tool marked the translation as not yet right.
    package var needsReview: Bool

    package init(
        id: String, form: Int? = nil, variant: String? = nil, source: String, target: String, needsReview: Bool
    ) {
        self.id = id
        self.form = form
        self.variant = variant
        self.source = source
        self.target = target
        self.needsReview = needsReview
    }

    /// What it is called where something is said of it: `order-ready/body{few}:1f0c9a`.
    package var name: String { variantName(id, variant) }
}

/// A file as it comes back.
package struct ReturnedDocument: Sendable {
    /// As the file says; nil where it says nothing.
    package var targetLocale: String?
    package var units: [ReturnedUnit]
    /// Whether a tool keeps up to date what says that a translation needs review. In a spreadsheet nobody does.
    package var keepsState = true
    /// Units that could not be read, by id, with the reason.
    package var rejected: [(id: String, reason: String)]

    package init(targetLocale: String?, units: [ReturnedUnit] = [], rejected: [(id: String, reason: String)] = []) {
        self.targetLocale = targetLocale
        self.units = units
        self.rejected = rejected
    }
}

/// Why a file as a whole cannot be read.
package struct ExchangeError: Error, Sendable {
    package var message: String

    package init(_ message: String) { self.message = message }
}

/// The most bytes of a file for translators.
package let exchangeFileLimit = 64 << 20
/// The most units of a file, and the most bytes of one text.
package let exchangeUnitLimit = 500_000
package let exchangeTextLimit = 65_536

/// Writes a document.
package func write(_ document: ExchangeDocument, as format: ExchangeFormat) -> [UInt8] {
    switch format {
    case .po: writePO(document)
    case .xliff1: writeXLIFF1(document)
    case .xliff2: writeXLIFF2(document, .version21)
    case .xliff22: writeXLIFF2(document, .version22)
    case .csv: writeCSV(document)
    case .json: writeJSON(document)
    }
}

/// Reads a file in any of the formats, by what it begins with.
package func readExchangeFile(_ bytes: [UInt8]) throws(ExchangeError) -> ReturnedDocument {
    guard bytes.count <= exchangeFileLimit else {
        throw ExchangeError("the file has more than the \(exchangeFileLimit) bytes allowed")
    }
    let text = try decoded(bytes)
    var document: ReturnedDocument
    switch text.utf8.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "<"): document = try readXLIFF(text)
    case UInt8(ascii: "{"): document = try readJSON(text)
    default:
        document = text.contains("msgid") && !text.hasPrefix("id,") ? try readPO(text) : try readCSV(text)
    }
    if document.units.count > exchangeUnitLimit {
        throw ExchangeError("the file has more than the \(exchangeUnitLimit) units allowed")
    }
    for unit in document.units where unit.target.utf8.count > exchangeTextLimit {
        document.rejected.append((unit.name, "the translation has more than the \(exchangeTextLimit) bytes allowed"))
    }
    document.units.removeAll { $0.target.utf8.count > exchangeTextLimit }
    return document
}

/// UTF-8 with or without a byte order mark, or UTF-16 with one.
private func decoded(_ bytes: [UInt8]) throws(ExchangeError) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        let low = bytes[0] == 0xFF ? 0 : 1
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8)
        }
        return String(decoding: units, as: UTF16.self)
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: bytes[start...], as: UTF8.self) else {
        throw ExchangeError("the file is neither UTF-8 nor UTF-16 with a byte order mark")
    }
    return text
}

import MessageFormat
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// The units of one variant of a text; a text without variants is one section.
struct UnitSection: Sendable {
    /// What it is called: `title`, `body{one}`, and `body{}` for the declarations before the variants.
    var name: String
    /// The variant's keys; empty for a text without variants.
    var keys: [String]
    var units: [Unit]

    struct Unit: Sendable {
        var words: [UInt8]
        var hash: UnitHash
        /// Where it stands in the text.
        var place: TextUnit
    }

    /// All of it as one.
    var whole: UnitHash { UnitHash(of: units.map(\.hash)) }
}

extension TranslatableText {
    /// Its declarations, where it has any, and its variants.
    func sections() -> [UnitSection] {
        guard let compiled else {
            let place = TextUnit(kind: .paragraph, span: Span(0, written.bytes.count), holes: [])
            return [UnitSection(name: name, keys: [], units: [unit(place)])]
        }
        let variants = compiled.variants
        // A pattern in quotation marks has no keys, and a variant's never are none.
        guard let first = variants.first, !first.keys.isEmpty else {
            return variants.map { UnitSection(name: name, keys: [], units: $0.units.map(unit)) }
        }
        var sections: [UnitSection] = []
        if let head = head(before: first) { sections.append(head) }
        for variant in variants {
            sections.append(
                UnitSection(
                    name: sectionName(name, variant.keys), keys: variant.keys, units: variant.units.map(unit)))
        }
        return sections
    }

    private func unit(_ place: TextUnit) -> UnitSection.Unit {
        let words = normalizedWords(written.bytes, place)
        return UnitSection.Unit(words: words, hash: UnitHash(words), place: place)
    }

    /// What stands before the first variant: declarations and `.match`.
    private func head(before first: TextVariant) -> UnitSection? {
        guard case .select(let matcher) = parseMessageOutline(written.bytes).message.body,
            let variant = matcher.variants.first
        else { return nil }
        let place = TextUnit(kind: .paragraph, span: Span(0, variant.place.span.start), holes: [])
        return UnitSection(name: name + "{}", keys: [], units: [unit(place)])
    }

    /// The place of a unit in its file.
    func label(_ unit: TextUnit) -> Label {
        if case .verbatim = written.origin, compiled == nil { return written.label }
        return Label(file: written.file, written.table.outer(unit.span))
    }
}

/// `body{one,*}`; what could be taken for something else is written in percent-encoding (RFC 3986).
private func sectionName(_ text: String, _ keys: [String]) -> String {
    var name = text + "{"
    for (index, key) in keys.enumerated() {
        if index > 0 { name += "," }
        for byte in key.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F:
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = Array("0123456789ABCDEF")
                name += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
    return name + "}"
}

/// Which variants of a translation stand for which of its source.
///
/// A variant stands for the one with the same keys; else a category for the number of the source that falls in it (`one`
/// for `1`); else for the source's `*`. So each variant of a translation stands for exactly one of its source, and one of
/// the source may have several, or none where the language needs none.
struct VariantMatch: Sendable {
    private let rules: PluralRules?

    /// - Parameter source: the locale that the source is written in.
    init(source: LanguageTag?) {
        rules = source.map { PluralRules(.cardinal, locale: $0) }
    }

    /// The index of the section of `sources` that a variant with `keys` stands for.
    func counterpart(of keys: [String], among sources: [UnitSection]) -> Int? {
        var best: (index: Int, scores: [Int])?
        for (index, section) in sources.enumerated() where !section.name.hasSuffix("{}") {
            guard let scores = scores(keys, section.keys) else { continue }
            if let known = best, !known.scores.lexicographicallyPrecedes(scores) { continue }
            best = (index, scores)
        }
        return best?.index
    }

    /// How near the keys of a source are, by selector; nil when they are those of another case.
    private func scores(_ keys: [String], _ source: [String]) -> [Int]? {
        guard keys.count == source.count else { return source.allSatisfy { $0 == "*" } ? [] : nil }
        var scores: [Int] = []
        for (key, wanted) in zip(keys, source) {
            if key == wanted {
                scores.append(3)
            } else if let number = Int64(wanted), let category = PluralCategory(name: key),
                rules?.category(number) == category
            {
                scores.append(2)
            } else if wanted == "*" {
                scores.append(1)
            } else {
                return nil
            }
        }
        return scores
    }
}

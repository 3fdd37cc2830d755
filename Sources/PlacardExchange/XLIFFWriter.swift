// XLIFF 1.2 (OASIS, 2008), 2.1 (OASIS, 2018) and 2.2 (OASIS, 2025). Placeholders are inline elements, so that tools protect them; Markdown's own
// marks are text.

func writeXLIFF1(_ document: ExchangeDocument) -> [UInt8] {
    XMLWriter.document { xml in
        xml.element("xliff", [("version", "1.2"), ("xmlns", "urn:oasis:names:tc:xliff:document:1.2")]) {
            xml.newLine()
            xml.element(
                "file",
                [
                    ("original", "placard"), ("datatype", "plaintext"), ("source-language", document.sourceLocale),
                    ("target-language", document.targetLocale),
                ]
            ) {
                xml.newLine()
                xml.element("body") {
                    for unit in document.units {
                        xml.newLine()
                        writeTransUnit(unit, xml)
                    }
                    xml.newLine()
                }
                xml.newLine()
            }
            xml.newLine()
        }
    }
}

private func writeTransUnit(_ unit: ExchangeUnit, _ xml: XMLWriter) {
    var attributes: [(StaticString, String)] = [("id", unit.id), ("resname", unit.id), ("xml:space", "preserve")]
    if let limit = unit.limit { attributes += [("maxwidth", "\(limit)"), ("size-unit", "char")] }
    xml.element("trans-unit", attributes) {
        writeInline("source", [], unit.source, codesOf: unit.source, xml)
        if !unit.target.isEmpty {
            let state = unit.state == .outdated ? "needs-review-translation" : "translated"
            writeInline("target", [("state", state)], unit.target, codesOf: unit.source, xml)
        }
        for note in unit.notes { xml.element("note", [("from", "developer")]) { xml.text(note) } }
        guard let former = unit.formerSource else { return }
        xml.element("alt-trans", [("alttranstype", "previous-version"), ("xml:space", "preserve")]) {
            writeInline("source", [], former, codesOf: former, xml)
            writeInline("target", [], unit.target, codesOf: former, xml)
        }
    }
}

/// An element of mixed content, each placeholder an `x`.
private func writeInline(
    _ name: StaticString, _ attributes: [(StaticString, String)], _ value: String, codesOf source: String,
    _ xml: XMLWriter
) {
    var numbering = CodeNumbers(source)
    xml.element(name, attributes) {
        for part in inlineParts(value) {
            switch part {
            case .text(let words): xml.text(words)
            case .code(let code): xml.element("x", [("id", "\(numbering.number(code))"), ("equiv-text", code)])
            }
        }
    }
}

/// The versions of XLIFF 2 that are written.
enum XLIFF2Version {
    case version21
    /// With the module for variants, which are one unit.
    case version22
}

func writeXLIFF2(_ document: ExchangeDocument, _ version: XLIFF2Version) -> [UInt8] {
    let root: [(StaticString, String)] =
        switch version {
        case .version21: [("version", "2.1"), ("xmlns", "urn:oasis:names:tc:xliff:document:2.0")]
        case .version22:
            [("version", "2.2"), ("xmlns", "urn:oasis:names:tc:xliff:document:2.2"), ("xmlns:pgs", variantNamespace)]
        }
    return XMLWriter.document { xml in
        xml.element(
            "xliff", root + [("srcLang", document.sourceLocale), ("trgLang", document.targetLocale)]
        ) {
            xml.newLine()
            xml.element("file", [("id", "placard"), ("original", "placard")]) {
                for texts in version == .version22 ? variantsTogether(document.units) : document.units.map({ [$0] }) {
                    xml.newLine()
                    writeUnit(texts, version == .version22 ? texts[0].variant : nil, xml)
                }
                xml.newLine()
            }
            xml.newLine()
        }
    }
}

/// The variants of each block together, where the first of them is.
private func variantsTogether(_ units: [ExchangeUnit]) -> [[ExchangeUnit]] {
    var entries: [[ExchangeUnit]] = []
    var places: [String: Int] = [:]
    for unit in units {
        if let group = unit.variant?.group {
            if let place = places[group] {
                entries[place].append(unit)
                continue
            }
            places[group] = entries.count
        }
        entries.append([unit])
    }
    return entries
}

/// A unit of one text, or of the variants of one, a segment each.
private func writeUnit(_ texts: [ExchangeUnit], _ variant: ExchangeUnit.Variant?, _ xml: XMLWriter) {
    let id = variant?.group ?? texts[0].id
    var attributes: [(StaticString, String)] = [("id", nameToken(id)), ("name", id)]
    // A variant that is split or joined is none.
    if let variant { attributes += [("canResegment", "no"), ("pgs:switch", variant.selector)] }
    var codes: [String] = []
    let contents = texts.map { text in
        var numbering = CodeNumbers(text.source, after: codes.count)
        let source = numbered(text.source, &numbering)
        numbering.begin()
        let target = numbered(text.target, &numbering)
        codes += numbering.codes
        return (text: text, source: source, target: target)
    }
    xml.element("unit", attributes) {
        writeNotes(of: texts, areVariants: variant != nil, xml)
        if !codes.isEmpty {
            xml.element("originalData") {
                for (index, code) in codes.enumerated() {
                    xml.element("data", [("id", "d\(index + 1)")]) { xml.text(code) }
                }
            }
        }
        for (text, source, target) in contents {
            var attributes: [(StaticString, String)] = []
            if variant != nil { attributes.append(("id", nameToken(text.id))) }
            attributes.append(
                ("state", text.target.isEmpty || text.state == .outdated ? "initial" : "translated"))
            if text.state == .outdated { attributes.append(("subState", "placard:outdated")) }
            if variant != nil, let own = text.variant { attributes.append(("pgs:case", own.value)) }
            xml.element("segment", attributes) {
                writeNumbered("source", source, xml)
                if !text.target.isEmpty { writeNumbered("target", target, xml) }
            }
        }
    }
}

/// The notes of a unit; those of one variant point to its segment.
private func writeNotes(of texts: [ExchangeUnit], areVariants: Bool, _ xml: XMLWriter) {
    let shared = texts[0].notes.filter { note in texts.allSatisfy { $0.notes.contains(note) } }
    guard texts.contains(where: { !$0.notes.isEmpty || $0.formerSource != nil }) else { return }
    xml.element("notes") {
        for note in shared { xml.element("note", [("appliesTo", "source")]) { xml.text(note) } }
        for text in texts {
            let place: [(StaticString, String)] = areVariants ? [("ref", "#" + nameToken(text.id))] : []
            for note in text.notes where !shared.contains(note) {
                xml.element("note", [("appliesTo", "target")] + place) { xml.text(note) }
            }
            guard let former = text.formerSource else { continue }
            xml.element("note", [("category", "former-source"), ("appliesTo", "source")] + place) { xml.text(former) }
        }
    }
}

private func numbered(_ value: String, _ numbering: inout CodeNumbers) -> [(part: InlinePart, number: Int)] {
    inlineParts(value).map { part in
        if case .code(let code) = part { (part, numbering.number(code)) } else { (part, 0) }
    }
}

private func writeNumbered(_ name: StaticString, _ parts: [(part: InlinePart, number: Int)], _ xml: XMLWriter) {
    xml.element(name, [("xml:space", "preserve")]) {
        for (part, number) in parts {
            switch part {
            case .text(let words): xml.text(words)
            case .code(let code):
                xml.element("ph", [("id", "\(number)"), ("dataRef", "d\(number)"), ("equiv", code)])
            }
        }
    }
}

// MARK: Inline codes

enum InlinePart: Equatable {
    case text(String)
    /// A placeholder or markup, braces included.
    case code(String)
}

/// Text and placeholders, in order. Braces that are escaped are text.
func inlineParts(_ value: String) -> [InlinePart] {
    var parts: [InlinePart] = []
    var words = ""
    var code = ""
    var depth = 0
    var isEscaped = false
    for scalar in value.unicodeScalars {
        if depth == 0, !isEscaped, scalar == "{" {
            if !words.isEmpty { parts.append(.text(words)) }
            words = ""
            depth = 1
            code = "{"
        } else if depth > 0 {
            code.unicodeScalars.append(scalar)
            if scalar == "{", !isEscaped { depth += 1 }
            if scalar == "}", !isEscaped { depth -= 1 }
            if depth == 0 { parts.append(.code(code)) }
        } else {
            words.unicodeScalars.append(scalar)
        }
        isEscaped = scalar == "\\" && !isEscaped
    }
    if depth > 0 { words += code }
    if !words.isEmpty { parts.append(.text(words)) }
    return parts
}

/// Numbers of codes: those of the source in its order; in a target the same code has the same number, the first use of
/// it the first of its numbers.
struct CodeNumbers {
    private(set) var codes: [String]
    private var used: Set<Int> = []
    private let first: Int

    /// - Parameter count: how many numbers are taken already.
    init(_ source: String, after count: Int = 0) {
        first = count + 1
        codes = inlineParts(source).compactMap { if case .code(let code) = $0 { code } else { nil } }
    }

    /// Begins with another text, such as the target after the source.
    mutating func begin() { used = [] }

    mutating func number(_ code: String) -> Int {
        if let index = codes.indices.first(where: { codes[$0] == code && !used.contains($0) }) {
            used.insert(index)
            return first + index
        }
        codes.append(code)
        used.insert(codes.count - 1)
        return first + codes.count - 1
    }
}

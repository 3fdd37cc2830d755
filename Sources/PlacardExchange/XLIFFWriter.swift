// XLIFF 1.2 (OASIS, 2008) and 2.1 (OASIS, 2018). Placeholders are inline elements, so that tools protect them; Markdown's own
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

func writeXLIFF2(_ document: ExchangeDocument) -> [UInt8] {
    XMLWriter.document { xml in
        xml.element(
            "xliff",
            [
                ("version", "2.1"), ("xmlns", "urn:oasis:names:tc:xliff:document:2.0"),
                ("srcLang", document.sourceLocale), ("trgLang", document.targetLocale),
            ]
        ) {
            xml.newLine()
            xml.element("file", [("id", "placard"), ("original", "placard")]) {
                for unit in document.units {
                    xml.newLine()
                    writeUnit(unit, xml)
                }
                xml.newLine()
            }
            xml.newLine()
        }
    }
}

private func writeUnit(_ unit: ExchangeUnit, _ xml: XMLWriter) {
    var numbering = CodeNumbers(unit.source)
    let source = numbered(unit.source, &numbering)
    numbering.begin()
    let target = numbered(unit.target, &numbering)
    xml.element("unit", [("id", nameToken(unit.id)), ("name", unit.id)]) {
        if !unit.notes.isEmpty || unit.formerSource != nil {
            xml.element("notes") {
                for note in unit.notes { xml.element("note", [("appliesTo", "source")]) { xml.text(note) } }
                if let former = unit.formerSource {
                    xml.element("note", [("category", "former-source"), ("appliesTo", "source")]) { xml.text(former) }
                }
            }
        }
        if !numbering.codes.isEmpty {
            xml.element("originalData") {
                for (index, code) in numbering.codes.enumerated() {
                    xml.element("data", [("id", "d\(index + 1)")]) { xml.text(code) }
                }
            }
        }
        var state: [(StaticString, String)] = [
            ("state", unit.target.isEmpty || unit.state == .outdated ? "initial" : "translated")
        ]
        if unit.state == .outdated { state.append(("subState", "placard:outdated")) }
        xml.element("segment", state) {
            writeNumbered("source", source, xml)
            if !unit.target.isEmpty { writeNumbered("target", target, xml) }
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

    init(_ source: String) {
        codes = inlineParts(source).compactMap { if case .code(let code) = $0 { code } else { nil } }
    }

    /// Begins with another text, such as the target after the source.
    mutating func begin() { used = [] }

    mutating func number(_ code: String) -> Int {
        if let index = codes.indices.first(where: { codes[$0] == code && !used.contains($0) }) {
            used.insert(index)
            return index + 1
        }
        codes.append(code)
        used.insert(codes.count - 1)
        return codes.count
    }
}

/// An id as XML's NMTOKEN, which XLIFF 2 wants; what it cannot hold is written `_2F`, as two hexadecimal digits a byte.
func nameToken(_ id: String) -> String {
    var result = ""
    for byte in id.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A: result.unicodeScalars.append(Unicode.Scalar(byte))
        default: result += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return result
}

/// The id that became `token`; nil for what no id becomes.
func identifier(nameToken token: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(token.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == 0x5F else {
            bytes.append(byte)
            continue
        }
        guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
            return nil
        }
        rest = rest.dropFirst(2)
        bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
}

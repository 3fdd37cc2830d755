/// Reads XLIFF 1.2 or 2.0 to 2.2 as tools give it back.
///
/// A document type, and with it every entity but XML's own five, is refused before anything is parsed: nothing is expanded
/// and nothing is fetched.
func readXLIFF(_ text: String) throws(ExchangeError) -> ReturnedDocument {
    guard !text.contains("<!DOCTYPE"), !text.contains("<!ENTITY") else {
        throw ExchangeError("the file has a document type, which XLIFF has no use for and which may hold entities")
    }
    // What it says of its encoding was true before it was decoded.
    var body = text
    if body.hasPrefix("<?xml"), let end = body.firstRange(of: "?>") { body = String(body[end.upperBound...]) }
    var reader = XLIFFReader()
    try readXML(Array(body.utf8)) { event throws(ExchangeError) in try reader.read(event) }
    guard reader.isXLIFF else { throw ExchangeError("the file is no XLIFF") }
    guard !reader.isEmpty else {
        throw ExchangeError("the file has neither units nor groups, without which it is no XLIFF 2")
    }
    guard reader.hasFile else { throw ExchangeError("the file has no <file>, in which XLIFF has its texts") }
    return reader.document
}

private struct XLIFFReader {
    var document = ReturnedDocument(targetLocale: nil)
    var isXLIFF = false

    /// The languages that the file says; empty where it says nothing.
    private var languages = (source: "", target: "")
    private var stack: [String] = []
    /// What each element of the stack says of its language, or the element around it.
    private var spoken: [String?] = []
    private var unit: XLIFFUnit?
    private var segment = XLIFFUnit.Segment()
    private var content: Content?
    var hasFile = false
    private var isSecond = false
    private var hasContent = false

    /// A source, a target or original data that is being read.
    private struct Content {
        enum Kind {
            case source, target
            case data(String)
        }
        var kind: Kind
        var text = ""
    }

    mutating func read(_ event: XMLEvent) throws(ExchangeError) {
        switch event {
        case .start(let name, let namespace, let attributes): try start(name, namespace, attributes)
        case .end: end()
        case .text(let words):
            // The content of an inline code is the code as its tool writes it.
            if ["x", "ph", "bx", "ex", "it"].contains(stack.last) { return }
            content?.text += words
        }
    }

    private mutating func start(
        _ name: String, _ namespace: String, _ attributes: [String: String]
    ) throws(ExchangeError) {
        let isOwn = namespace.isEmpty || namespace.hasPrefix(xliffNamespace)
        stack.append(isOwn ? name : "")
        spoken.append(attributes["xml:lang"] ?? spoken.last ?? nil)
        guard stack.count <= nestingLimit else {
            throw ExchangeError("the file nests elements more than \(nestingLimit) deep")
        }
        if content != nil { return startInline(name, attributes, isOwn) }
        guard isOwn else { return }
        switch name {
        case "xliff":
            isXLIFF = true
            isSecond = attributes["srcLang"] != nil
            try setLanguages(attributes["srcLang"], attributes["trgLang"])
        case "file":
            hasFile = true
            try setLanguages(attributes["source-language"], attributes["target-language"])
        case "trans-unit": unit = XLIFFUnit(id: attributes["id"] ?? "")
        case "group": hasContent = true
        case "unit":
            hasContent = true
            let id = attributes["id"] ?? ""
            unit = XLIFFUnit(id: identifier(nameToken: id) ?? attributes["name"] ?? id)
            unit?.isSegmented = true
            holdName(id)
            if let value = attributes["pgs:switch"] { startVariants(value) }
        case "segment", "ignorable": startSegment(attributes)
        // Those of matches, alternatives and glossaries are nobody's translation.
        case "source" where isInPart:
            if segment.source != nil { segment.isDouble = true }
            holdLanguage(attributes, languages.source)
            content = Content(kind: .source)
        case "target" where isInPart:
            if segment.target != nil { segment.isDouble = true }
            if languages.target.isEmpty, unit?.isSegmented == true {
                throw ExchangeError("the file does not say which language it is translated to (trgLang)")
            }
            holdLanguage(attributes, languages.target)
            content = Content(kind: .target)
            segment.order = attributes["order"].flatMap { Int($0) }
            if let state = attributes["state"], state.hasPrefix("needs-") || state == "new" {
                segment.needsReview = true
            }
        case "data" where stack.dropLast().last == "originalData":
            let id = attributes["id"] ?? ""
            if unit?.data[id] != nil { unit?.refuse("the original data \(id) is there twice") }
            content = Content(kind: .data(id))
        default: break
        }
    }

    /// Whether a source or a target is that of a unit.
    private var isInPart: Bool {
        ["trans-unit", "segment", "ignorable"].contains(stack.dropLast().last) && unit != nil
    }

    /// Whether it is of a version whose files have units or groups, and has neither.
    var isEmpty: Bool { isSecond && hasFile && !hasContent }

    private mutating func setLanguages(_ source: String?, _ target: String?) throws(ExchangeError) {
        for tag in [source, target] {
            guard let tag, !isLanguageTag(tag) else { continue }
            throw ExchangeError("`\(tag.prefix(40))` is not a language tag")
        }
        languages.source = source ?? languages.source
        languages.target = target ?? languages.target
        document.targetLocale = target ?? document.targetLocale
    }

    /// A text in another language than its file is none of its translations. In XLIFF 2 what is around it may say so.
    private mutating func holdLanguage(_ attributes: [String: String], _ wanted: String) {
        func plain(_ tag: String) -> String { tag.replacing("_", with: "-").lowercased() }
        let own = attributes["xml:lang"] ?? (unit?.isSegmented == true ? spoken.last ?? nil : nil)
        guard let own, !wanted.isEmpty, plain(own) != plain(wanted) else { return }
        unit?.refuse("it is in `\(own.prefix(40))`, and its file in \(wanted)")
    }

    private mutating func startSegment(_ attributes: [String: String]) {
        segment = XLIFFUnit.Segment()
        unit?.parts += 1
        segment.isInBrokenUnit = unit?.problem != nil
        if stack.last == "segment" { unit?.segments += 1 }
        setVariant(attributes["pgs:case"])
        if let id = attributes["id"] {
            holdUnused(id)
            unit?.segmentIDs.insert(id)
        }
        guard let state = attributes["state"] else { return }
        if state == "initial" { segment.needsReview = true }
        if !["initial", "translated", "reviewed", "final"].contains(state) {
            unit?.refuse("`\(state.prefix(40))` is not a state of XLIFF")
        }
    }

    private mutating func holdName(_ id: String) {
        if !isNameToken(id) { unit?.refuse("`\(id.prefix(40))` is not a name of XML (NMTOKEN)") }
    }

    /// Segments and inline codes of a unit share their names. Of codes in different cases nobody holds the module's own examples
    /// to that.
    private mutating func holdUnused(_ id: String) {
        holdName(id)
        guard let unit, unit.segmentIDs.contains(id) || unit.codeIDs.contains(id) else { return }
        self.unit?.refuse("the id \(id.prefix(40)) is there twice")
    }

    private mutating func add(codeID id: String) {
        holdUnused(id)
        unit?.codeIDs.insert(id)
    }

    // MARK: Variants

    private mutating func startVariants(_ value: String) {
        guard let selectors = selectors(ofSwitch: value) else {
            unit?.refuse("`\(value.prefix(40))` does not say what chooses among variants (pgs:switch)")
            return
        }
        unit?.selectors = selectors
    }

    /// Notes which case a segment is for. What stands between segments belongs to the one before it.
    private mutating func setVariant(_ value: String?) {
        guard let unit, unit.problem == nil else { return }
        if let value {
            segment.variant = normalizedCase(value, of: unit.selectors)
            if unit.selectors.isEmpty {
                self.unit?.refuse("a segment is for a case (pgs:case), and its unit does not say of what (pgs:switch)")
            } else if segment.variant == nil {
                self.unit?.refuse("`\(value.prefix(40))` is not a case of what chooses (pgs:case, pgs:switch)")
            }
        } else if !unit.selectors.isEmpty {
            segment.variant = stack.last == "ignorable" ? unit.texts.last?.variant : nil
            if segment.variant == nil { self.unit?.refuse("a segment does not say which case it is for (pgs:case)") }
        }
        if !unit.selectors.isEmpty { self.unit?.codeIDs = [] }
    }

    /// An element within a source or a target.
    private mutating func startInline(_ name: String, _ attributes: [String: String], _ isOwn: Bool) {
        guard let kind = content?.kind else { return }
        guard isOwn else {
            unit?.refuse("<\(name)> is no element of XLIFF’s texts")
            return
        }
        for name in ["dataRef", "dataRefStart", "dataRefEnd"] {
            if let data = attributes[name], unit?.data[data] == nil {
                unit?.refuse("an inline code names the original data \(data.prefix(40)), which is not there")
            }
        }
        switch name {
        case "x", "ph", "bx", "ex": addCode(kind, attributes)
        case "cp":
            // Only what XML itself cannot hold is written so; the compiler says what it thinks of that.
            guard let scalar = attributes["hex"].flatMap({ UInt32($0, radix: 16) }).flatMap(Unicode.Scalar.init),
                !isXMLCharacter(scalar)
            else {
                unit?.refuse("<cp> is for characters that XML cannot hold, by their numbers")
                return
            }
            content?.text.unicodeScalars.append(scalar)
        case "sc", "pc", "mrk", "sm":
            if case .source = kind, let id = attributes["id"] { add(codeID: id) }
        case "g", "em", "bpt", "ept", "it", "sub", "ec": break
        default: unit?.refuse("<\(name)> is no element of XLIFF’s texts")
        }
    }

    private mutating func addCode(_ kind: Content.Kind, _ attributes: [String: String]) {
        let id = attributes["id"] ?? ""
        let code: String?
        if case .source = kind {
            code = attributes["dataRef"].flatMap { unit?.data[$0] } ?? attributes["equiv-text"] ?? attributes["equiv"]
            unit?.codes[id] = code ?? ""
            if unit?.isSegmented == true { add(codeID: id) }
        } else {
            // What stands for a placeholder is what the source says, whatever a tool made of it. One that the target
            // alone has says so itself.
            code =
                unit?.codes[id] ?? attributes["dataRef"].flatMap { unit?.data[$0] } ?? attributes["equiv-text"]
                ?? attributes["equiv"]
        }
        if code == nil, case .target = kind { unit?.refuse("the inline code \(id) is none of its source") }
        content?.text += code ?? ""
    }

    private mutating func end() {
        let name = stack.removeLast()
        spoken.removeLast()
        if let ended = content, ["source", "target", "data"].contains(name) {
            content = nil
            switch ended.kind {
            case .source: segment.source = ended.text
            case .target: segment.target = ended.text
            case .data(let id): unit?.data[id] = ended.text
            }
            return
        }
        switch name {
        case "segment", "ignorable": endPart(isText: name == "segment")
        case "trans-unit":
            endPart(isText: true)
            finishUnit()
        case "unit": finishUnit()
        default: break
        }
    }

    private mutating func endPart(isText: Bool) {
        unit?.add(segment, isText: isText)
        segment = XLIFFUnit.Segment()
    }

    private mutating func finishUnit() {
        guard var unit else { return }
        self.unit = nil
        if unit.isSegmented, unit.segments == 0 { unit.refuse("it has no segment") }
        if let problem = unit.problem { return document.rejected.append((unit.id, problem)) }
        for text in unit.texts {
            let target = text.target.sorted { $0.order < $1.order }
            let isDouble = zip(target, target.dropFirst()).contains { $0.order == $1.order }
            if let problem = text.problem ?? (isDouble ? "two targets have the same place" : nil) {
                document.rejected.append((variantName(unit.id, text.variant), problem))
                continue
            }
            document.units.append(
                ReturnedUnit(
                    id: unit.id, variant: text.variant, source: text.source,
                    target: text.hasAllTargets ? target.map(\.text).joined() : "", needsReview: text.needsReview))
        }
    }
}

/// What the namespaces of all of its versions begin with.
private let xliffNamespace = "urn:oasis:names:tc:xliff:document:"

/// How deep elements may nest.
private let nestingLimit = 64

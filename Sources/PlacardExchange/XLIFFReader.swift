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
    return reader.document
}

private struct XLIFFReader {
    var document = ReturnedDocument(targetLocale: nil)
    var isXLIFF = false

    private var stack: [String] = []
    private var unit: Unit?
    private var segment = Segment()
    private var content: Content?
    private var isInAlternative = false

    /// A unit that is being read.
    private struct Unit {
        var id: String
        var source = ""
        var target = ""
        var codes: [String: String] = [:]
        var data: [String: String] = [:]
        var hasAllTargets = true
        var needsReview = false
        var problem: String?
    }

    private struct Segment {
        var source: String?
        var target: String?
    }

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
        guard stack.count <= nestingLimit else {
            throw ExchangeError("the file nests elements more than \(nestingLimit) deep")
        }
        if content != nil { return startInline(name, attributes, isOwn) }
        guard isOwn else { return }
        switch name {
        case "xliff":
            isXLIFF = true
            document.targetLocale = attributes["trgLang"]
        case "file": document.targetLocale = attributes["target-language"] ?? document.targetLocale
        case "trans-unit": unit = Unit(id: attributes["id"] ?? "")
        case "unit":
            unit = Unit(
                id: attributes["id"].flatMap(identifier(nameToken:)) ?? attributes["name"] ?? attributes["id"] ?? "")
        case "alt-trans": isInAlternative = true
        case "segment", "ignorable":
            segment = Segment()
            if attributes["state"] == "initial" { unit?.needsReview = true }
        case "source" where unit != nil && !isInAlternative: content = Content(kind: .source)
        case "target" where unit != nil && !isInAlternative:
            content = Content(kind: .target)
            if let state = attributes["state"], state.hasPrefix("needs-") || state == "new" { unit?.needsReview = true }
        case "data" where unit != nil: content = Content(kind: .data(attributes["id"] ?? ""))
        default: break
        }
    }

    /// An element within a source or a target.
    private mutating func startInline(_ name: String, _ attributes: [String: String], _ isOwn: Bool) {
        guard let kind = content?.kind else { return }
        guard isOwn else {
            unit?.problem = "<\(name)> is no element of XLIFF's texts"
            return
        }
        switch name {
        case "x", "ph", "bx", "ex":
            let id = attributes["id"] ?? ""
            let code: String?
            if case .source = kind {
                code =
                    attributes["dataRef"].flatMap { unit?.data[$0] } ?? attributes["equiv-text"] ?? attributes["equiv"]
                unit?.codes[id] = code ?? ""
            } else {
                // What stands for a placeholder is what the source says, whatever a tool made of it. One that the target
                // alone has says so itself.
                code =
                    unit?.codes[id] ?? attributes["dataRef"].flatMap { unit?.data[$0] } ?? attributes["equiv-text"]
                    ?? attributes["equiv"]
            }
            if code == nil, case .target = kind { unit?.problem = "the inline code \(id) is none of its source" }
            content?.text += code ?? ""
        case "g", "pc", "mrk", "sm", "em", "bpt", "ept", "it", "sub", "sc", "ec", "cp": break
        default: unit?.problem = "<\(name)> is no element of XLIFF's texts"
        }
    }

    private mutating func end() {
        let name = stack.removeLast()
        if let ended = content, ["source", "target", "data"].contains(name) {
            content = nil
            switch ended.kind {
            case .source:
                segment.source = ended.text
                if !stack.contains("segment"), !stack.contains("ignorable") { unit?.source = ended.text }
            case .target:
                segment.target = ended.text
                if !stack.contains("segment"), !stack.contains("ignorable") { unit?.target = ended.text }
            case .data(let id): unit?.data[id] = ended.text
            }
            return
        }
        switch name {
        case "alt-trans": isInAlternative = false
        case "segment":
            unit?.source += segment.source ?? ""
            if let target = segment.target, !target.isEmpty {
                unit?.target += target
            } else {
                unit?.hasAllTargets = false
            }
        case "ignorable":
            unit?.source += segment.source ?? ""
            unit?.target += segment.target ?? segment.source ?? ""
        case "trans-unit", "unit": finishUnit()
        default: break
        }
    }

    private mutating func finishUnit() {
        guard let unit else { return }
        self.unit = nil
        if let problem = unit.problem {
            document.rejected.append((unit.id, problem))
        } else {
            document.units.append(
                ReturnedUnit(
                    id: unit.id, source: unit.source, target: unit.hasAllTargets ? unit.target : "",
                    needsReview: unit.needsReview))
        }
    }
}

/// What the namespaces of all of its versions begin with.
private let xliffNamespace = "urn:oasis:names:tc:xliff:document:"

/// How deep elements may nest.
private let nestingLimit = 64

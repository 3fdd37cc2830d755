import CLibXML2

// XML 1.0 through libxml2: its writer escapes what has to be, its reader expands nothing and fetches nothing.

/// Sets the library up, which is not to happen on two threads at once.
private let isReady: Bool = {
    xmlInitParser()
    return true
}()

/// Writes a document.
struct XMLWriter {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    /// - Returns: the document that `body` writes; nil when there is no memory for it.
    static func document(_ body: (XMLWriter) -> Void) -> [UInt8]? {
        guard isReady, let buffer = xmlBufferCreate() else { return nil }
        defer { xmlBufferFree(buffer) }
        guard let writer = xmlNewTextWriterMemory(buffer, 0) else { return nil }
        xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
        body(XMLWriter(buffer: buffer, writer: writer))
        xmlTextWriterEndDocument(writer)
        xmlFreeTextWriter(writer)
        guard let content = xmlBufferContent(buffer) else { return nil }
        return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
    }

    func element(_ name: String, _ attributes: [(String, String)] = [], _ content: () -> Void = {}) {
        xmlTextWriterStartElement(writer, name)
        for (name, value) in attributes { xmlTextWriterWriteAttribute(writer, name, characters(value)) }
        content()
        xmlTextWriterEndElement(writer)
    }

    func text(_ value: String) {
        xmlTextWriterWriteString(writer, characters(value))
    }

    /// Begins a line between elements, so that files can be compared.
    func newLine() {
        xmlTextWriterWriteString(writer, "\n")
    }

    /// Without what XML 1.0 cannot hold (production 2, Char).
    private func characters(_ value: String) -> String {
        func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x9, 0xA, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...: true
            default: false
            }
        }
        return value.unicodeScalars.allSatisfy(isAllowed)
            ? value : String(String.UnicodeScalarView(value.unicodeScalars.filter(isAllowed)))
    }
}

/// What an XML document is made of.
enum XMLEvent {
    case start(name: String, namespace: String, attributes: [String: String])
    case end
    case text(String)
}

/// Reads a document, piece by piece.
///
/// A document type, and with it every entity but XML's own five, is refused.
///
/// - Parameter body: gets each piece; may throw to stop.
func readXML(_ bytes: [UInt8], _ body: (XMLEvent) throws(ExchangeError) -> Void) throws(ExchangeError) {
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    // The reader looks at the bytes as long as it lives.
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, bytes.count))
    defer { copy.deallocate() }
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    guard isReady, bytes.count <= exchangeFileLimit,
        let reader = xmlReaderForMemory(copy.baseAddress, Int32(bytes.count), nil, "UTF-8", options)
    else { throw ExchangeError("the file cannot be read") }
    defer { xmlFreeTextReader(reader) }
    while true {
        switch xmlTextReaderRead(reader) {
        case 1: break
        case 0: return
        default:
            throw ExchangeError("the file is no well-formed XML, in line \(xmlTextReaderGetParserLineNumber(reader))")
        }
        guard let event = try event(reader) else { continue }
        let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
        try body(event)
        if case .start = event, isEmpty { try body(.end) }
    }
}

private func event(_ reader: xmlTextReaderPtr) throws(ExchangeError) -> XMLEvent? {
    func string(_ pointer: UnsafePointer<xmlChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
    switch xmlTextReaderNodeType(reader) {
    case Int32(XML_READER_TYPE_ELEMENT.rawValue):
        let name = string(xmlTextReaderConstLocalName(reader))
        let namespace = string(xmlTextReaderConstNamespaceUri(reader))
        var attributes: [String: String] = [:]
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            attributes[string(xmlTextReaderConstName(reader))] = string(xmlTextReaderConstValue(reader))
        }
        xmlTextReaderMoveToElement(reader)
        return .start(name: name, namespace: namespace, attributes: attributes)
    case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): return .end
    case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
        Int32(XML_READER_TYPE_WHITESPACE.rawValue), Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
        return .text(string(xmlTextReaderConstValue(reader)))
    case Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue), Int32(XML_READER_TYPE_ENTITY_REFERENCE.rawValue):
        throw ExchangeError("the file has a document type, which XLIFF has no use for and which may hold entities")
    default: return nil
    }
}

import ByteText
import CLibExpat

// XML 1.0: a writer of elements, attributes and text, and Expat behind a reader that expands nothing and fetches nothing.

/// Writes a document, as Canonical XML writes what it holds (<https://www.w3.org/TR/xml-c14n11/>, section 2.3): every value
/// comes back from a reader as it was.
final class XMLWriter {
    private var bytes: [UInt8] = []

    private init() {}

    /// The document that `body` writes.
    static func document(_ body: (XMLWriter) -> Void) -> [UInt8] {
        let writer = XMLWriter()
        writer.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        body(writer)
        writer.put("\n")
        return writer.bytes
    }

    func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], _ content: () -> Void = {}) {
        put("<")
        put(name)
        for (name, value) in attributes {
            put(" ")
            put(name)
            put("=\"")
            escape(value, inAttribute: true)
            put("\"")
        }
        put(">")
        let start = bytes.count
        content()
        if bytes.count == start {
            bytes.removeLast()
            return put("/>")
        }
        put("</")
        put(name)
        put(">")
    }

    func text(_ value: String) { escape(value, inAttribute: false) }

    /// Begins a line between elements, so that files can be compared.
    func newLine() { put("\n") }

    private func put(_ markup: StaticString) { markup.withUTF8Buffer { bytes.append(contentsOf: $0) } }

    /// What XML cannot hold is left out; white space that a reader would change (sections 2.11 and
    /// 3.3.3) is written as a reference.
    private func escape(_ value: String, inAttribute: Bool) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&", "<", ">": put(markupReference(scalar.value) ?? "")
            case "\"" where inAttribute: put(markupReference(scalar.value) ?? "")
            case "\t" where inAttribute: put("&#9;")
            case "\n" where inAttribute: put("&#10;")
            case "\r": put("&#13;")
            case _ where isXMLCharacter(scalar):
                bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
            default: break
            }
        }
    }
}

/// Whether XML 1.0 can hold a character (production 2, Char).
func isXMLCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": true
    default: false
    }
}

/// What an XML document is made of.
enum XMLEvent {
    /// The attributes are those without a namespace, and those of ``keptNamespaces``, such as `xml:lang`, whatever the document
    /// calls them.
    case start(name: String, namespace: String, attributes: [String: String])
    case end
    case text(String)
}

/// Reads a document, piece by piece.
///
/// A document type, and with it every entity but XML's own five, is refused.
///
/// - Parameters:
///   - bytes: UTF-8, whatever the document says of its encoding.
///   - body: gets each piece; may throw to stop.
func readXML(_ bytes: [UInt8], _ body: (XMLEvent) throws(ExchangeError) -> Void) throws(ExchangeError) {
    guard bytes.count <= exchangeFileLimit,
        let parser = XML_ParserCreateNS("UTF-8", XML_Char(bitPattern: separator))
    else { throw ExchangeError("the file cannot be read") }
    defer { XML_ParserFree(parser) }
    let found = XMLEvents(parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(found).toOpaque())
    XML_SetElementHandler(
        parser, { XMLEvents.of($0)?.start($1, $2) }, { data, _ in XMLEvents.of(data)?.events.append(.end) })
    XML_SetCharacterDataHandler(parser) { XMLEvents.of($0)?.text($1, $2) }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XMLEvents.of(data)?.refuseDocumentType() }
    // Not the whole at once: what has been read is handled before more is, and an error stops it there.
    var start = 0
    repeat {
        let end = min(start + chunkSize, bytes.count)
        let status = bytes[start..<end].withUnsafeBytes { chunk in
            XML_Parse(
                parser, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(chunk.count),
                end == bytes.count ? 1 : 0)
        }
        if found.hasDocumentType {
            throw ExchangeError("the file has a document type, which XLIFF has no use for and which may hold entities")
        }
        for event in found.events { try body(event) }
        found.events.removeAll(keepingCapacity: true)
        guard status == XML_STATUS_OK else {
            throw ExchangeError("the file is not well-formed XML, in line \(XML_GetCurrentLineNumber(parser))")
        }
        start = end
    } while start < bytes.count
}

/// What Expat has found and nobody has handled yet.
private final class XMLEvents {
    let parser: XML_Parser
    var events: [XMLEvent] = []
    private(set) var hasDocumentType = false

    init(_ parser: XML_Parser) {
        self.parser = parser
    }

    /// The object that was given to Expat with its handlers.
    static func of(_ data: UnsafeMutableRawPointer?) -> XMLEvents? {
        data.map { Unmanaged<XMLEvents>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Parameter pairs: names and values of attributes in turn, a null pointer at the end.
    func start(_ name: UnsafePointer<XML_Char>?, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        guard let name, let pairs else { return }
        var attributes: [String: String] = [:]
        var index = 0
        while let key = pairs[index], let value = pairs[index + 1] {
            let (namespace, name) = expanded(key)
            if namespace.isEmpty {
                attributes[name] = String(cString: value)
            } else if let prefix = keptNamespaces[namespace] {
                attributes[prefix + name] = String(cString: value)
            }
            index += 2
        }
        let (namespace, local) = expanded(name)
        events.append(.start(name: local, namespace: namespace, attributes: attributes))
    }

    func text(_ words: UnsafePointer<XML_Char>?, _ count: Int32) {
        guard let words, count > 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: words, count: Int(count))
        events.append(.text(String(decoding: bytes, as: UTF8.self)))
    }

    func refuseDocumentType() {
        hasDocumentType = true
        XML_StopParser(parser, 0)
    }

    /// A name as Expat gives it: its namespace, a line feed, itself; itself alone where it has no namespace.
    private func expanded(_ name: UnsafePointer<XML_Char>) -> (namespace: String, name: String) {
        let whole = String(cString: name)
        guard let end = whole.utf8.lastIndex(of: separator) else { return ("", whole) }
        return (String(whole[..<end]), String(whole[whole.utf8.index(after: end)...]))
    }
}

/// The namespaces whose attributes are read, with what their names begin with then.
private let keptNamespaces = ["http://www.w3.org/XML/1998/namespace": "xml:", variantNamespace: "pgs:"]

/// Stands in no name, and Expat refuses a namespace that holds it.
private let separator: UInt8 = 0x0A
private let chunkSize = 1 << 16

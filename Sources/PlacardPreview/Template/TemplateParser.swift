import ByteText
import SourceDiagnostics

/// Reads the literals and tags of a Mustache template as the tree that they must be.
///
/// The markup is HTML's, of which it takes what every reader of HTML reads in the same way: names in letters, attributes
/// in quotation marks, an end tag for each element but void ones. What stands in a section must be whole in itself.
struct TemplateParser {
    let template: MustacheTemplate
    var diagnostics: [Diagnostic] = []
    /// The operation that is read, and how much of it when it is a literal.
    var operation = 0
    var offset = 0
    /// The elements that are open, the innermost last.
    var ancestors: [String] = []
    /// How many sections reading is in.
    private var sections = 0

    /// Elements inside elements.
    static let maximumDepth = 32

    /// There is no telling what the rest means; what is wrong has been reported.
    struct Stop: Error {}

    enum Unit: Equatable {
        case byte(UInt8)
        case tag
        case end
    }

    init(_ template: MustacheTemplate) {
        self.template = template
    }

    /// The nodes of the template; nil where it is not one tree.
    mutating func parse() -> [TemplateNode]? {
        do throws(Stop) {
            let nodes = try content(upTo: operations.count)
            guard peek(operations.count) == .end else {
                throw unexpectedEndTag()
            }
            return nodes
        } catch {
            return nil
        }
    }

    var operations: [MustacheTemplate.Operation] { template.programs[0] }

    // MARK: Content

    /// Reads nodes up to an end tag or the operation at `end`.
    private mutating func content(upTo end: Int) throws(Stop) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        var text: [UInt8] = []
        func flush(_ text: inout [UInt8], _ nodes: inout [TemplateNode]) {
            if !text.isEmpty { nodes.append(.text(text)) }
            text = []
        }
        while true {
            switch peek(end) {
            case .end:
                flush(&text, &nodes)
                return nodes
            case .tag:
                flush(&text, &nodes)
                if let node = try tag() { nodes.append(node) }
            case .byte(0x3C):
                let start = place
                advance()
                switch peek(end) {
                case .byte(0x2F):
                    flush(&text, &nodes)
                    return nodes
                case .byte(let byte) where byte.isASCIILetter:
                    flush(&text, &nodes)
                    nodes.append(try element(upTo: end))
                case .byte(0x21), .byte(0x3F):
                    report("forbidden-markup", "comments and declarations do not belong in a preview", start, start + 2)
                    throw Stop()
                case .tag:
                    report("forbidden-element", "an element's name must be literal", start, start + 3)
                    text += "&lt;".utf8
                default: text += "&lt;".utf8
                }
            case .byte(let byte):
                text.append(byte)
                advance()
            }
        }
    }

    /// Reads a Mustache tag between nodes.
    private mutating func tag() throws(Stop) -> TemplateNode? {
        switch operations[operation] {
        case .variable(let name, let isEscaped):
            let span = template.spans[operation]
            step(to: operation + 1)
            guard !isEscaped else { return .variable(name: name) }
            let line = ancestors.last(where: TemplateRules.phrasingParents.contains)
            if let line, template.names[name].isBody {
                report(
                    "wrong-nesting",
                    "the body's blocks cannot stand inside `\(line)`, which holds the inside of a line alone",
                    span.start, span.end)
            }
            return .html(name: name, isPhrasing: line != nil)
        case .section(let name, let end):
            return .section(name: name, isInverted: false, try section(upTo: end))
        case .inverted(let name, let end):
            return .section(name: name, isInverted: true, try section(upTo: end))
        default:
            step(to: operation + 1)
            return nil
        }
    }

    private mutating func section(upTo end: Int) throws(Stop) -> [TemplateNode] {
        sections += 1
        step(to: operation + 1)
        let nodes = try content(upTo: end)
        guard peek(end) == .end else { throw unexpectedEndTag() }
        sections -= 1
        step(to: end)
        return nodes
    }

    /// Reports an end tag that closes nothing that was opened beside it. Its `<` has been read.
    private mutating func unexpectedEndTag() -> Stop {
        let start = place - 1
        if !ancestors.isEmpty {
            report("split-markup", "an element is closed in a section and opened outside of it", start, start + 2)
        } else {
            report("mismatched-end-tag", "an end tag without the element that it would close", start, start + 2)
        }
        return Stop()
    }

    // MARK: Elements

    /// Reads an element whose `<` has been read.
    private mutating func element(upTo end: Int) throws(Stop) -> TemplateNode {
        let start = place
        let name = elementName(upTo: end)
        let span = Span(start, start + name.utf8.count)
        try check(name, span)
        let attributes = try attributes(of: name, upTo: end)
        try closeTag(name, span, upTo: end)
        var element = TemplateElement(name: name, attributes: attributes, children: [])
        guard !TemplateRules.voidElements.contains(name) else { return .element(element) }
        ancestors.append(name)
        element.children = try content(upTo: end)
        guard peek(end) != .end else {
            if sections > 0 {
                report("split-markup", "`\(name)` is opened in a section and not closed there", span.start, span.end)
            } else {
                report("unclosed-element", "`\(name)` is never closed", span.start, span.end)
            }
            throw Stop()
        }
        try endTag(of: name, span, upTo: end)
        ancestors.removeLast()
        return .element(element)
    }

    private mutating func check(_ name: String, _ span: Span) throws(Stop) {
        if !TemplateRules.elements.contains(name) {
            report("forbidden-element", "element `\(name)` does not belong in a preview", span.start, span.end)
            if TemplateRules.rawElements.contains(name) { throw Stop() }
        } else if let problem = TemplateRules.nestingProblem(name, in: ancestors) {
            report("wrong-nesting", problem, span.start, span.end)
        }
        guard ancestors.count < TemplateParser.maximumDepth else {
            report(
                "nested-too-deep", "more than \(TemplateParser.maximumDepth) elements inside each other", span.start,
                span.end)
            throw Stop()
        }
    }

    private mutating func elementName(upTo end: Int) -> String {
        var name: [UInt8] = []
        while case .byte(let byte) = peek(end), !byte.isSpace, byte != 0x3E, byte != 0x2F {
            name.append(byte.asciiLowercased)
            advance()
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// Reads the end of a start tag.
    private mutating func closeTag(_ name: String, _ span: Span, upTo end: Int) throws(Stop) {
        if peek(end) == .byte(0x2F) { advance() }
        guard peek(end) == .byte(0x3E) else {
            if sections > 0 {
                report(
                    "split-markup", "the tag `\(name)` begins in a section and does not end there", span.start, span.end
                )
            } else {
                report("unclosed-element", "the tag `\(name)` is never closed", span.start, span.end)
            }
            throw Stop()
        }
        advance()
    }

    /// Reads the end tag of an element, whose `<` has been read.
    private mutating func endTag(of name: String, _ opened: Span, upTo end: Int) throws(Stop) {
        let start = place - 1
        advance()
        let other = elementName(upTo: end)
        while case .byte(let byte) = peek(end), byte.isSpace { advance() }
        guard peek(end) == .byte(0x3E) else {
            report("forbidden-markup", "an end tag holds nothing but its name", start, place)
            throw Stop()
        }
        advance()
        guard other == name else {
            diagnostics.append(
                Diagnostic(
                    "mustache/mismatched-end-tag", "`</\(other)>` where `</\(name)>` is expected",
                    at: Label(Span(start, place)), secondary: [Label(opened, "opened here")]))
            throw Stop()
        }
    }

    // MARK: Reading

    /// What comes next, before the operation at `end`.
    mutating func peek(_ end: Int) -> Unit {
        while operation < end {
            guard case .literal(let start, let stop) = operations[operation] else { return .tag }
            if start + offset < stop { return .byte(template.literals[start + offset]) }
            step(to: operation + 1)
        }
        return .end
    }

    /// Moves behind a byte.
    mutating func advance() { offset += 1 }

    mutating func step(to next: Int) {
        operation = next
        offset = 0
    }

    /// Where in the source reading is.
    var place: Int {
        guard operation < template.spans.count else { return template.spans.last?.end ?? 0 }
        return template.spans[operation].start + offset
    }

    mutating func report(_ id: String, _ message: String, _ start: Int, _ end: Int) {
        diagnostics.append(Diagnostic("mustache/" + id, message, at: Label(Span(start, end))))
    }
}

extension MustacheTemplate.Name {
    /// Whether it names a body, which is made of blocks.
    fileprivate var isBody: Bool { (rest.last ?? first) == "body" }
}

extension UInt8 {
    /// White space of HTML's tags.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }
}

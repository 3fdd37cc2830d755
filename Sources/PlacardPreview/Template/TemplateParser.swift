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

    /// What the rest means cannot be told; what is wrong has been reported.
    struct ParseFailure: Error {}

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
        do throws(ParseFailure) {
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
    private mutating func content(upTo end: Int) throws(ParseFailure) -> [TemplateNode] {
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
                    diagnostics.append(.forbiddenDeclaration(at: Span(start, start + 2)))
                    throw ParseFailure()
                case .tag:
                    diagnostics.append(.elementNameFromTag(at: Span(start, start + 3)))
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
    private mutating func tag() throws(ParseFailure) -> TemplateNode? {
        switch operations[operation] {
        case .variable(let name, let isEscaped):
            let span = template.spans[operation]
            step(to: operation + 1)
            guard !isEscaped else { return .variable(name: name) }
            let line = ancestors.last(where: TemplateRules.phrasingParents.contains)
            if let line, template.names[name].isBody {
                diagnostics.append(.bodyInLine(line, at: span))
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

    private mutating func section(upTo end: Int) throws(ParseFailure) -> [TemplateNode] {
        sections += 1
        step(to: operation + 1)
        let nodes = try content(upTo: end)
        guard peek(end) == .end else { throw unexpectedEndTag() }
        sections -= 1
        step(to: end)
        return nodes
    }

    /// Reports an end tag that closes nothing that was opened beside it. Its `<` has been read.
    private mutating func unexpectedEndTag() -> ParseFailure {
        let start = place - 1
        let span = Span(start, start + 2)
        diagnostics.append(ancestors.isEmpty ? .strayEndTag(at: span) : .closedInSection(at: span))
        return ParseFailure()
    }

    // MARK: Elements

    /// Reads an element whose `<` has been read.
    private mutating func element(upTo end: Int) throws(ParseFailure) -> TemplateNode {
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
            diagnostics.append(sections > 0 ? .openedInSection(name, at: span) : .unclosedElement(name, at: span))
            throw ParseFailure()
        }
        try endTag(of: name, span, upTo: end)
        ancestors.removeLast()
        return .element(element)
    }

    private mutating func check(_ name: String, _ span: Span) throws(ParseFailure) {
        if !TemplateRules.elements.contains(name) {
            diagnostics.append(.forbiddenElement(name, at: span))
            if TemplateRules.rawElements.contains(name) { throw ParseFailure() }
        } else if let problem = TemplateRules.nestingProblem(name, in: ancestors) {
            diagnostics.append(.wrongNesting(problem, at: span))
        }
        guard ancestors.count < TemplateParser.maximumDepth else {
            diagnostics.append(.elementsTooDeep(at: span))
            throw ParseFailure()
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
    private mutating func closeTag(_ name: String, _ span: Span, upTo end: Int) throws(ParseFailure) {
        if peek(end) == .byte(0x2F) { advance() }
        guard peek(end) == .byte(0x3E) else {
            diagnostics.append(
                sections > 0 ? .tagEndsOutsideSection(name, at: span) : .unclosedStartTag(name, at: span))
            throw ParseFailure()
        }
        advance()
    }

    /// Reads the end tag of an element, whose `<` has been read.
    private mutating func endTag(of name: String, _ opened: Span, upTo end: Int) throws(ParseFailure) {
        let start = place - 1
        advance()
        let other = elementName(upTo: end)
        while case .byte(let byte) = peek(end), byte.isSpace { advance() }
        guard peek(end) == .byte(0x3E) else {
            diagnostics.append(.endTagWithMore(at: Span(start, place)))
            throw ParseFailure()
        }
        advance()
        guard other == name else {
            diagnostics.append(
                .mismatchedEndTag(other, expected: name, at: Span(start, place), opened: opened))
            throw ParseFailure()
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
}

extension MustacheTemplate.Name {
    /// Whether it names a body, which is made of blocks.
    fileprivate var isBody: Bool { (rest.last ?? first) == "body" }
}

extension UInt8 {
    /// White space of HTML's tags.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }
}

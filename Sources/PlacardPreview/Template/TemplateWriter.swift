/// Writes a template's tree as what is drawn: our own markup with the operations between, flat.
///
/// Each tag, attribute and quotation mark in it is written here, and nowhere else.
struct TemplateWriter {
    private(set) var operations: [MustacheTemplate.Operation] = []
    private(set) var literals: [UInt8] = []
    /// Whether the last operation is a literal that may grow.
    private var isOpen = false

    /// - Parameter names: those of the Mustache that the tree was read from.
    static func template(of nodes: [TemplateNode], names: [MustacheTemplate.Name]) -> MustacheTemplate {
        var writer = TemplateWriter()
        for node in nodes { writer.write(node) }
        return MustacheTemplate(programs: [writer.operations], literals: writer.literals, names: names)
    }

    private mutating func write(_ node: TemplateNode) {
        switch node {
        case .text(let bytes): write(bytes)
        case .variable(let name): add(.variable(name: name, escaped: true))
        case .html(let name, let isPhrasing):
            add(isPhrasing ? .phrasing(name: name) : .variable(name: name, escaped: false))
        case .element(let element): write(element)
        case .section(let name, let isInverted, let nodes):
            section(name, isInverted) { writer in
                for node in nodes { writer.write(node) }
            }
        }
    }

    private mutating func write(_ element: TemplateElement) {
        write("<")
        write(element.name)
        for attribute in element.attributes { write(attribute) }
        write(">")
        guard !TemplateRules.voidElements.contains(element.name) else { return }
        for child in element.children { write(child) }
        write("</")
        write(element.name)
        write(">")
    }

    private mutating func write(_ attribute: TemplateAttribute) {
        switch attribute {
        case .attribute(let name, nil):
            write(" " + name)
        case .attribute(let name, let value?):
            let opening = " " + name + "=\""
            // A literal value was looked at when it was read.
            let form = value.contains(where: \.isDrawn) ? AttributeForm(of: name) : nil
            let checked = operations.count
            if let form { add(.attribute(form: form, prefix: opening.utf8.count, end: 0)) }
            write(opening)
            for piece in value { write(piece) }
            write("\"")
            if let form {
                operations[checked] = .attribute(form: form, prefix: opening.utf8.count, end: operations.count)
                isOpen = false
            }
        case .image(let name):
            write(" src=\"")
            add(.image(name: name))
            write("\"")
        case .section(let name, let isInverted, let attributes):
            section(name, isInverted) { writer in
                for attribute in attributes { writer.write(attribute) }
            }
        }
    }

    private mutating func write(_ value: TemplateValue) {
        switch value {
        case .literal(let bytes): write(bytes)
        case .variable(let name): add(.variable(name: name, escaped: true))
        case .section(let name, let isInverted, let pieces):
            section(name, isInverted) { writer in
                for piece in pieces { writer.write(piece) }
            }
        }
    }

    private mutating func section(_ name: Int, _ isInverted: Bool, _ content: (inout TemplateWriter) -> Void) {
        let place = operations.count
        add(.section(name: name, end: 0))
        content(&self)
        operations[place] =
            isInverted ? .inverted(name: name, end: operations.count) : .section(name: name, end: operations.count)
        isOpen = false
    }

    private mutating func add(_ operation: MustacheTemplate.Operation) {
        operations.append(operation)
        isOpen = false
    }

    private mutating func write(_ text: String) {
        write(Array(text.utf8))
    }

    private mutating func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let start = literals.count
        literals += bytes
        if isOpen, case .literal(let first, _)? = operations.last {
            operations[operations.count - 1] = .literal(start: first, end: literals.count)
        } else {
            operations.append(.literal(start: start, end: literals.count))
            isOpen = true
        }
    }
}

extension TemplateValue {
    /// Whether it is known only when it is drawn.
    var isDrawn: Bool {
        if case .literal = self { false } else { true }
    }
}

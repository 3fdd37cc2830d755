import ByteText
import CanonicalJSON

/// Draws a compiled template into a buffer of bytes, within bounds: what a template makes of a few values may be
/// larger than any memory, as sections that stand in each other draw their items again and again.
struct MustacheRenderer {
    let template: MustacheTemplate
    /// Whether `{{{name}}}` escapes text that is not ``MustacheValue/html(_:)``. Previews do; the specification does not.
    var escapesUnsafeText = true

    /// Operations of one drawing: some hundred times what a long conversation takes.
    static let maximumSteps = 50_000
    /// Partials inside partials.
    static let maximumDepth = 64

    private var stack: [MustacheValue] = []
    private var steps = 0
    private var depth = 0
    /// How long the output may become.
    private var limit = Int.max
    /// Whether the drawing was given up.
    private var isCut = false

    init(_ template: MustacheTemplate, escapesUnsafeText: Bool = true) {
        self.template = template
        self.escapesUnsafeText = escapesUnsafeText
        stack.reserveCapacity(8)
    }

    /// Appends the template, drawn with `context`, to `output`.
    ///
    /// - Parameter maximumBytes: how much it may append, but for one value more.
    /// - Returns: whether all of it was drawn. If not, what was appended ends anywhere, within a tag too.
    @discardableResult
    mutating func render(
        _ context: MustacheValue, into output: inout ByteBuffer, maximumBytes: Int = Int.max
    ) -> Bool {
        stack.removeAll(keepingCapacity: true)
        stack.append(context)
        steps = 0
        isCut = false
        limit = maximumBytes == Int.max ? Int.max : output.count + maximumBytes
        run(0, 0, template.programs[0].count, into: &output)
        return !isCut
    }

    private mutating func run(_ program: Int, _ start: Int, _ end: Int, into output: inout ByteBuffer) {
        let operations = template.programs[program]
        var index = start
        while index < end {
            guard steps < MustacheRenderer.maximumSteps, output.count <= limit, !isCut else {
                isCut = true
                return
            }
            steps += 1
            switch operations[index] {
            case .literal(let start, let end):
                guard end - start <= limit - output.count else {
                    isCut = true
                    return
                }
                template.literals.withUnsafeBufferPointer {
                    output.append(UnsafeBufferPointer(rebasing: $0[start..<end]))
                }
            case .variable(let name, let escaped):
                if let value = lookUp(name) { write(value, escaped: escaped, into: &output) }
            case .section(let name, let end):
                if let value = lookUp(name), value.isTruthy { section(value, program, index + 1, end, into: &output) }
                index = end
                continue
            case .inverted(let name, let end):
                if lookUp(name)?.isTruthy ?? false {
                    index = end
                    continue
                }
            case .partial(let partial):
                guard depth < MustacheRenderer.maximumDepth else { break }
                depth += 1
                run(partial, 0, template.programs[partial].count, into: &output)
                depth -= 1
            case .phrasing(let name):
                switch lookUp(name) {
                case .html(let bytes)?: output.appendPhrasing(bytes)
                case let value?: write(value, escaped: true, into: &output)
                case nil: break
                }
            case .image(let name):
                if case .imagePath(let path)? = lookUp(name) { output.appendEscaped(path) }
            case .attribute(let form, let prefix, let end):
                let start = output.count
                run(program, index + 1, end, into: &output)
                if !isCut, !form.allows(output, from: start + prefix, to: output.count - 1) {
                    output.shorten(to: start)
                }
                index = end
                continue
            }
            index += 1
        }
    }

    private mutating func section(
        _ value: MustacheValue, _ program: Int, _ start: Int, _ end: Int, into output: inout ByteBuffer
    ) {
        if case .list(let items) = value {
            for item in items where !isCut {
                stack.append(item)
                run(program, start, end, into: &output)
                stack.removeLast()
            }
            return
        }
        stack.append(value)
        run(program, start, end, into: &output)
        stack.removeLast()
    }

    /// The first part from the innermost context that has it; further parts only inside that.
    private func lookUp(_ place: Int) -> MustacheValue? {
        let name = template.names[place]
        if name.isIterator { return stack.last }
        var index = stack.count
        while index > 0 {
            index -= 1
            guard var value = stack[index].member(name.first) else { continue }
            for part in name.rest {
                guard let member = value.member(part) else { return nil }
                value = member
            }
            return value
        }
        return nil
    }

    private func write(_ value: MustacheValue, escaped: Bool, into output: inout ByteBuffer) {
        switch value {
        case .text(let text), .imagePath(let text):
            if escaped || escapesUnsafeText { output.appendEscaped(text) } else { output.append(contentsOf: text.utf8) }
        case .html(let bytes):
            if escaped { output.appendEscaped(inert(bytes)) } else { output.appendInert(bytes) }
        case .flag(let flag): output.append(html: flag ? "true" : "false")
        case .list, .object: break
        }
    }
}

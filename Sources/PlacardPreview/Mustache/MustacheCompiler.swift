import SourceDiagnostics

/// Compiles a template and the partials that it draws.
///
/// A partial is compiled when it is first named, once for each indentation, because the specification indents the
/// partial's *source*. A partial that draws itself finds its program by key and so ends.
struct MustacheCompiler {
    var programs: [[MustacheTemplate.Operation]] = []
    var literals: [UInt8] = []
    var names: [MustacheTemplate.Name] = []
    var diagnostics: [Diagnostic] = []
    /// Where each operation of the first program stands in its source.
    var spans: [Span] = []
    /// The tags that change the delimiters.
    var delimiterTags: [Span] = []

    /// The piece that is being compiled.
    private var place = Span(at: 0)
    private var indexByPartial: [String: Int] = [:]
    private var pending: [(name: String, indentation: [UInt8], index: Int)] = []

    mutating func compile(_ source: [UInt8], partials: (String) -> [UInt8]?) {
        programs.append([])
        guard source.count <= MustacheTemplate.maximumBytes else {
            diagnostics.append(.templateTooLarge())
            return
        }
        var scanner = MustacheScanner(source)
        programs[0] = program(&scanner, reports: true)
        var next = 0
        while next < pending.count {
            let (name, indentation, index) = pending[next]
            next += 1
            guard let text = partials(name), text.count <= MustacheTemplate.maximumBytes else { continue }
            var scanner = MustacheScanner(indented(text, by: indentation))
            programs[index] = program(&scanner, reports: false)
        }
    }

    private mutating func program(
        _ scanner: inout MustacheScanner, reports: Bool
    ) -> [MustacheTemplate.Operation] {
        var operations: [MustacheTemplate.Operation] = []
        var open: [(index: Int, name: String, span: Span)] = []
        let reported = diagnostics.count
        while let piece = scanner.next() {
            // What the piece before has become.
            if reports { note(operations.count) }
            place = piece.tag
            switch piece.kind {
            case .literal: append(scanner.bytes[piece.content.start..<piece.content.end], to: &operations)
            case .comment: break
            case .delimiters: if reports { delimiterTags.append(piece.tag) }
            case .variable, .unescaped:
                guard let name = name(piece, scanner) else { continue }
                operations.append(.variable(name: name, escaped: piece.kind == .variable))
            case .section, .inverted:
                guard let name = name(piece, scanner) else { continue }
                if open.count == MustacheTemplate.maximumNesting {
                    diagnostics.append(.sectionsTooDeep(at: piece.tag))
                    for section in open { end(section.index, at: operations.count, in: &operations) }
                    return operations
                }
                open.append((operations.count, scanner.text(piece.content), piece.tag))
                operations.append(
                    piece.kind == .section ? .section(name: name, end: 0) : .inverted(name: name, end: 0))
            case .close:
                let text = scanner.text(piece.content)
                guard let last = open.last else {
                    diagnostics.append(.unexpectedClose(text, at: piece.tag))
                    continue
                }
                if last.name != text {
                    diagnostics.append(
                        .mismatchedClose(text, expected: last.name, at: piece.tag, opened: last.span))
                }
                end(last.index, at: operations.count, in: &operations)
                open.removeLast()
            case .partial:
                let text = scanner.text(piece.content)
                let indentation = piece.indentation.map { Array(scanner.bytes[$0.start..<$0.end]) } ?? []
                if let index = partial(text, indentation, piece.tag) { operations.append(.partial(index)) }
            case .unclosed: diagnostics.append(.unclosedTag(at: piece.tag))
            case .badDelimiters: diagnostics.append(.badDelimiters(at: piece.tag))
            }
        }
        for section in open.reversed() {
            diagnostics.append(.unclosedSection(section.name, at: section.span))
            end(section.index, at: operations.count, in: &operations)
        }
        if reports { note(operations.count) }
        // A partial's spans are in another file, after indentation: its own check reports them.
        if !reports { diagnostics.removeSubrange(reported...) }
        return operations
    }

    /// Notes where the operations up to `count` stand that have no place yet.
    private mutating func note(_ count: Int) {
        while spans.count < count { spans.append(place) }
    }

    private func end(_ index: Int, at end: Int, in operations: inout [MustacheTemplate.Operation]) {
        switch operations[index] {
        case .section(let name, _): operations[index] = .section(name: name, end: end)
        case .inverted(let name, _): operations[index] = .inverted(name: name, end: end)
        default: break
        }
    }

    /// Adds literal bytes, to the operation before if that is a literal too.
    private mutating func append(_ bytes: ArraySlice<UInt8>, to operations: inout [MustacheTemplate.Operation]) {
        guard !bytes.isEmpty else { return }
        let start = literals.count
        literals.append(contentsOf: bytes)
        operations.append(.literal(start: start, end: literals.count))
    }

    /// The place of a tag's name among the names.
    private mutating func name(_ piece: MustacheScanner.Piece, _ scanner: MustacheScanner) -> Int? {
        let text = scanner.text(piece.content)
        var name = MustacheTemplate.Name(first: "", rest: [], isIterator: true)
        if text != "." {
            let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard !parts.contains(where: { $0.isEmpty || $0.utf8.contains(where: { $0 <= 0x20 }) }) else {
                diagnostics.append(.badTagName(text, at: piece.tag))
                return nil
            }
            name = MustacheTemplate.Name(first: parts[0], rest: Array(parts.dropFirst()), isIterator: false)
        }
        names.append(name)
        return names.count - 1
    }

    private mutating func partial(_ name: String, _ indentation: [UInt8], _ tag: Span) -> Int? {
        let key = String(decoding: indentation, as: UTF8.self) + "\u{0}" + name
        if let index = indexByPartial[key] { return index }
        guard programs.count <= MustacheTemplate.maximumPartials else {
            diagnostics.append(.tooManyPartials(at: tag))
            return nil
        }
        let index = programs.count
        programs.append([])
        indexByPartial[key] = index
        pending.append((name, indentation, index))
        return index
    }

    private func indented(_ source: [UInt8], by indentation: [UInt8]) -> [UInt8] {
        guard !indentation.isEmpty else { return source }
        var result: [UInt8] = []
        var atLineStart = true
        for byte in source {
            if atLineStart { result += indentation }
            result.append(byte)
            atLineStart = byte == 0x0A
        }
        return result
    }
}

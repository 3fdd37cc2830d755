import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// Braces mark placeholders in code too, so that a code can be a value: `{$promo}`. An author of code seldom thinks of
// that. What stands in code and is no placeholder of this format is a brace without its backslash.

extension PatternText {
    /// Says of braces in code that they need a backslash, once for each piece of code, in place of what else there is to say.
    ///
    /// - Parameters:
    ///   - diagnostics: what the scan of the pattern found.
    ///   - foreign: placeholders of other systems; those in code are taken out.
    func resolveCode(
        _ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic],
        _ foreign: inout [ForeignPlaceholder]
    ) {
        guard !diagnostics.isEmpty || !foreign.isEmpty || holdsBareLiteral else { return }
        for node in tree.nodes where node.kind == .code || node.kind == .codeBlock {
            let code = node.span
            func isInside(_ span: Span) -> Bool { span.start >= code.start && span.end <= code.end }
            let bare = scanned.contents.filter { isInside($0.span) && $0.content.isBareLiteral }
            let others = foreign.filter { isInside($0.span) }
            let first = diagnostics.firstIndex { isInside($0.primary.span) }
            guard first != nil || !others.isEmpty || !bare.isEmpty else { continue }
            let edits = braces(source, in: code).map { Edit(Span(at: $0), "\\") }
            let fix = FixIt("write a backslash before each brace of the code", edits: edits, .unsafe)
            // `{{$promo}`, `{$promo` and `${event.plate}` can only be meant as placeholders.
            let isShown = diagnostics.contains { diagnostic in
                isInside(diagnostic.primary.span)
                    && diagnostic.fixIts.contains {
                        $0.edits.contains { $0.replacement.hasPrefix("{$") || $0.replacement == "}" }
                    }
            }
            let isNamed = others.contains { foreign in
                foreign.name.map { $0.utf8.contains(0x2E) && environment.variables[$0] != nil } ?? false
            }
            if isShown || isNamed { continue }
            if let first {
                var diagnostic = diagnostics[first]
                diagnostic.fixIts = [fix]
                diagnostics.removeAll { isInside($0.primary.span) }
                diagnostics.append(diagnostic)
            } else {
                diagnostics.append(
                    .bracesInCode(
                        source, edits.first?.span.start ?? code.start, isError: others.contains(where: \.breaksText),
                        fix))
            }
            foreign.removeAll { isInside($0.span) }
        }
    }

    private var holdsBareLiteral: Bool { scanned.contents.contains { $0.content.isBareLiteral } }

    /// The braces in a piece of code that have no backslash and are not those of a `{$placeholder}` or a `{|literal|}`.
    private func braces(_ source: [UInt8], in code: Span) -> [Int] {
        var braces: [Int] = []
        var index = code.start
        let end = min(code.end, source.count)
        while index < end {
            let byte = source[index]
            if byte == 0x5C {
                index += 2
                continue
            }
            if byte == 0x7B, let placeholder = scanned.contents.first(where: { $0.span.start == index }),
                placeholder.content.isMeant
            {
                index = max(index + 1, placeholder.span.end)
                continue
            }
            if byte == 0x7B || byte == 0x7D { braces.append(index) }
            index += 1
        }
        return braces
    }

    /// Whether a placeholder stands in code.
    func isInCode(_ span: Span) -> Bool {
        tree.nodes.contains {
            ($0.kind == .code || $0.kind == .codeBlock) && $0.span.start <= span.start && span.end <= $0.span.end
        }
    }
}

extension SentinelContent {
    /// Whether it shows a value.
    var isExpression: Bool { if case .expression = self { true } else { false } }

    /// `{name}`: a literal without `| |`, a function and attributes.
    var isBareLiteral: Bool {
        guard case .expression(let expression) = self, expression.function == nil, expression.attributes.isEmpty,
            case .literal(let literal)? = expression.operand
        else { return false }
        let span = literal.place.span
        return !span.isEmpty && span.length == literal.value.utf8.count
    }

    /// Whether it can only be meant as a placeholder of this format.
    fileprivate var isMeant: Bool {
        switch self {
        case .brace: false
        case .markup: true
        case .expression(let expression): !isBareLiteral && !expression.place.span.isEmpty
        }
    }
}

import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

/// One pattern as a tree: a whole simple message, or one variant of a choice.
///
/// An object, as many functions read it and copies would count the references of all that it holds.
final class PatternText {
    let keys: [VariantKey]
    let scanned: ScannedPattern
    /// Its nodes' spans are places in the source.
    var tree: MarkdownTree
    /// The node whose children are the text: the document, or for one line the heading that stands in for it.
    let root: Int

    init(keys: [VariantKey], scanned: ScannedPattern, tree: MarkdownTree, root: Int) {
        self.keys = keys
        self.scanned = scanned
        self.tree = tree
        self.root = root
    }

    /// The nodes that are the text, in order.
    var top: MarkdownTree.ChildSequence { tree.children(of: root) }

    /// The keys of the variant, as they stand in the source; nil for a simple message.
    var name: String? { keys.isEmpty ? nil : keys.map { $0.value ?? "*" }.joined(separator: " ") }

    /// What a placeholder node stands for.
    func content(_ node: MarkdownNode) -> SentinelContent? {
        let index = Int(node.number)
        return index < scanned.contents.count ? scanned.contents[index].content : nil
    }
}

extension PatternText {
    /// Scans and parses one pattern; nil when a limit is exceeded or the scan found an error.
    static func make(
        _ source: [UInt8], _ range: Span, keys: [VariantKey], dedents: Bool, kind: TextKind,
        environment: TextEnvironment, diagnostics: inout [Diagnostic]
    ) -> PatternText? {
        let scanned = ScannedPattern(source, range, dedents: dedents, trimsStart: kind == .plain, environment)
        let roles = scanned.contents.map { role(of: $0.content, environment) }
        var options = MarkdownOptions(links: environment.links)
        var prefix = 0
        let document: MarkdownDocument
        switch kind {
        case .plain:
            document = plainTextDocument(scanned.bytes, roles: roles)
        case .url:
            document = linkTargetDocument(scanned.bytes, policy: environment.links, roles: roles)
        case .inline:
            prefix = 2
            document = parseMarkdown(oneLine(scanned.bytes), options: options, roles: roles)
        case .document(let isConversation):
            if isConversation { options.links = environment.links.allowingFragments() }
            document = parseMarkdown(scanned.bytes, options: options, roles: roles)
        }
        func place(_ span: Span) -> Span {
            let limit = scanned.bytes.count
            return scanned.outer(Span(min(max(0, span.start - prefix), limit), min(max(0, span.end - prefix), limit)))
        }
        for diagnostic in document.diagnostics {
            let moved = inSource(moved(diagnostic, place), scanned, source)
            diagnostics.append(named(moved, source, environment))
        }
        guard var tree = document.tree else {
            diagnostics += scanned.diagnostics
            return nil
        }
        if prefix > 0 || scanned.table != nil || scanned.shift > 0 { tree.moveSpans(place) }
        for (index, count) in document.occurrences.enumerated() where count == 0 {
            diagnostics.append(.swallowed(scanned.contents[index]))
        }
        var root = 0
        if prefix > 0, tree.nodes[0].firstChild >= 0 { root = Int(tree.nodes[0].firstChild) }
        let pattern = PatternText(keys: keys, scanned: scanned, tree: tree, root: root)
        pattern.reportPlaceholders(source, environment, &diagnostics)
        return pattern
    }

    /// Reports what the scan found, and the placeholders of other systems with what they mean here.
    private func reportPlaceholders(
        _ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]
    ) {
        var own = scanned.diagnostics + strayBraces(source, environment)
        var foreign = scanned.foreign
        resolveCode(source, environment, &own, &foreign)
        foreign += namesBetweenReferences(source, environment, &own)
        for placeholder in foreign {
            if let diagnostic = foreignDiagnostic(placeholder, source, environment) {
                own.append(diagnostic)
            } else {
                own += placeholder.otherwise
            }
        }
        diagnostics += own
        reportDollars(source, environment, &diagnostics)
    }

    /// `&#123;first_name&#125;`, which another system wrote for braces: the placeholders that are meant, in place of what is said
    /// of the references.
    private func namesBetweenReferences(
        _ source: [UInt8], _ environment: TextEnvironment, _ own: inout [Diagnostic]
    ) -> [ForeignPlaceholder] {
        let spans = own.filter { $0.id == "text/reference-to-brace" }.map(\.primary.span)
        var found: [ForeignPlaceholder] = []
        for (open, close) in zip(spans, spans.dropFirst()) where close.start - open.end <= nameLimit {
            let inside = source[open.end..<max(open.end, close.start)]
            guard let first = inside.first, isLetter(first), inside.allSatisfy({ isASCIIWord($0) || $0 == 0x2E }) else {
                continue
            }
            let name = String(decoding: inside, as: UTF8.self)
            guard environment.variable(meantBy: name, allowsSlips: false) != nil else { continue }
            found.append(ForeignPlaceholder(span: Span(open.start, close.end), name: name, needsVariable: true))
            own.removeAll {
                $0.id == "text/reference-to-brace" && ($0.primary.span == open || $0.primary.span == close)
            }
        }
        return found
    }

    /// Reports `${$name}`, where the value is no number and `$` so no currency.
    private func reportDollars(
        _ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]
    ) {
        for entry in scanned.contents {
            guard entry.span.start > scanned.span.start, source[entry.span.start - 1] == 0x24,
                case .expression(let expression) = entry.content,
                case .variable(let variable)? = expression.operand,
                let type = environment.variables[variable.name]?.type, ![.int, .uint, .double].contains(type),
                !isEscaped(source, entry.span.start - 1), !isInCode(entry.span)
            else { continue }
            diagnostics.append(
                .dollarBeforePlaceholder(variable.name, at: Span(entry.span.start - 1, entry.span.start)))
        }
    }

    /// `<name>`, which Markdown takes for a tag, as the placeholder of another system that it is if it means a variable.
    private static func named(
        _ diagnostic: Diagnostic, _ source: [UInt8], _ environment: TextEnvironment
    ) -> Diagnostic {
        let span = diagnostic.primary.span
        guard diagnostic.id == "markdown/raw-html", diagnostic.fixIts.allSatisfy({ $0.applicability == .displayOnly }),
            span.length > 2, span.end <= source.count, source[span.end - 1] == 0x3E
        else { return diagnostic }
        let name = written(source, Span(span.start + 1, span.end - 1))
        guard name.utf8.allSatisfy({ isASCIIWord($0) || $0 == 0x2D || $0 == 0x2E }),
            let meant = environment.variable(meantBy: name, allowsSlips: false), environment.isShowable(meant)
        else { return diagnostic }
        // Of `<<name>>` too, Markdown sees what is inside.
        let isDoubled =
            span.start > 0 && source[span.start - 1] == 0x3C && span.end < source.count && source[span.end] == 0x3E
        let whole = isDoubled ? Span(span.start - 1, span.end + 1) : span
        return .foreignPlaceholder(
            written(source, whole), meant, ForeignPlaceholder(span: whole, name: name, breaksText: true), environment,
            [environment.fix("write `{$\(meant)}`", [Edit(whole, "{$\(meant)}")], showing: meant)])
    }

    private static func role(of content: SentinelContent, _ environment: TextEnvironment) -> PlaceholderRole {
        switch content {
        case .brace(let byte): return .literal(byte)
        case .markup: return .markup
        case .expression(let expression):
            guard expression.function == nil, case .variable(let variable)? = expression.operand else {
                return .value(isURL: false)
            }
            return .value(isURL: environment.variables[variable.name]?.type == .url)
        }
    }

    /// The text as a heading, which is what makes Markdown read one line's inline content and nothing else. A closing
    /// `#` keeps one that the text ends with.
    private static func oneLine(_ bytes: [UInt8]) -> [UInt8] {
        var line: [UInt8] = [0x23, 0x20]
        line.reserveCapacity(bytes.count + 4)
        for byte in bytes { line.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
        line.append(0x20)
        line.append(0x23)
        return line
    }

    /// A diagnostic whose fix-its have placeholders as they stand in the source, where Markdown saw a character for each.
    private static func inSource(_ diagnostic: Diagnostic, _ scanned: ScannedPattern, _ source: [UInt8]) -> Diagnostic {
        var result = diagnostic
        for fix in result.fixIts.indices {
            for edit in result.fixIts[fix].edits.indices {
                let bytes = Array(result.fixIts[fix].edits[edit].replacement.utf8)
                guard bytes.contains(0xF4) else { continue }
                var text: [UInt8] = []
                bytes.withUnsafeBufferPointer { buffer in
                    var index = 0
                    while index < buffer.count {
                        if buffer[index] == 0xF4, let sentinel = Sentinel.index(in: buffer, at: index),
                            sentinel < scanned.contents.count
                        {
                            let span = scanned.contents[sentinel].span
                            text += source[span.start..<span.end]
                            index += 4
                        } else {
                            text.append(buffer[index])
                            index += 1
                        }
                    }
                }
                result.fixIts[fix].edits[edit].replacement = String(decoding: text, as: UTF8.self)
            }
        }
        return result
    }

    private static func moved(_ diagnostic: Diagnostic, _ place: (Span) -> Span) -> Diagnostic {
        var result = diagnostic
        result.primary.span = place(result.primary.span)
        for index in result.secondary.indices { result.secondary[index].span = place(result.secondary[index].span) }
        for fix in result.fixIts.indices {
            for edit in result.fixIts[fix].edits.indices {
                result.fixIts[fix].edits[edit].span = place(result.fixIts[fix].edits[edit].span)
            }
        }
        return result
    }
}

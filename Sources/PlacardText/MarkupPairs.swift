import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

extension PatternText {
    /// Pairs the starts and ends of markup, which must be siblings (R11), and makes `strong` and `em` what Markdown
    /// has for them.
    func pairMarkup(declared: [String], diagnostics: inout [Diagnostic]) {
        guard scanned.contents.contains(where: { if case .markup = $0.content { true } else { false } }) else { return }
        for index in tree.nodes.indices where tree.nodes[index].firstChild >= 0 {
            pairMarkup(below: index, declared, &diagnostics)
        }
    }

    private func pairMarkup(below parent: Int, _ declared: [String], _ diagnostics: inout [Diagnostic]) {
        var open: [(node: Int, name: String, diagnostic: Int?)] = []
        var child = tree.nodes[parent].firstChild
        while child >= 0 {
            let index = Int(child)
            child = tree.nodes[index].nextSibling
            guard tree.nodes[index].kind == .placeholder, case .markup(let markup)? = content(tree.nodes[index]) else {
                continue
            }
            let span = tree.nodes[index].span
            switch markup.kind {
            case .standalone: checkName(markup, declared, span, &diagnostics)
            case .open:
                let known = diagnostics.count
                checkName(markup, declared, span, &diagnostics)
                open.append((index, markup.name, diagnostics.count > known ? known : nil))
            case .close:
                guard let last = open.last, last.name == markup.name else {
                    diagnostics.append(
                        Diagnostic.markupCrosses(markup, at: span, opener: open.last.map { tree.nodes[$0.node].span }))
                    continue
                }
                open.removeLast()
                if let diagnostic = last.diagnostic { diagnostics[diagnostic].renameToo(markup.namePlace.span) }
                if markup.name == "strong" || markup.name == "em" {
                    tree.wrap(from: last.node, to: index, as: markup.name == "em" ? .emphasis : .strong)
                }
            }
        }
        for entry in open {
            guard case .markup(let markup)? = content(tree.nodes[entry.node]) else { continue }
            diagnostics.append(.markupCrosses(markup, at: tree.nodes[entry.node].span, opener: nil))
        }
    }

    private func checkName(_ markup: Markup, _ declared: [String], _ span: Span, _ diagnostics: inout [Diagnostic]) {
        if markup.kind == .open, markup.name == "strong" || markup.name == "em" { return }
        guard !declared.contains(markup.name) else { return }
        diagnostics.append(.unknownMarkup(markup, declared: declared, at: span))
    }
}

extension Diagnostic {
    /// What names the start of markup anew names its end, too.
    ///
    /// - Parameter span: the end's name, with its `/`.
    fileprivate mutating func renameToo(_ span: Span) {
        for index in fixIts.indices {
            guard let edit = fixIts[index].edits.first else { continue }
            fixIts[index].edits.append(Edit(Span(span.start + 1, span.end), edit.replacement))
        }
    }
}

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

    /// Whether a placeholder is `{strong}` before a `{/strong}`: markup that lacks its `#`.
    func isMarkupWithoutSign(_ content: SentinelContent) -> Bool {
        guard content.isBareLiteral, let name = content.literalText else { return false }
        return scanned.contents.contains { entry in
            if case .markup(let markup) = entry.content { markup.kind == .close && markup.name == name } else { false }
        }
    }

    private func pairMarkup(below parent: Int, _ declared: [String], _ diagnostics: inout [Diagnostic]) {
        var open: [OpenMarkup] = []
        // `{strong}`, and ends before any start.
        var bare: [(name: String, span: Span)] = []
        var stray: [(markup: Markup, span: Span, diagnostic: Diagnostic)] = []
        var child = tree.nodes[parent].firstChild
        while child >= 0 {
            let index = Int(child)
            child = tree.nodes[index].nextSibling
            guard tree.nodes[index].kind == .placeholder, let content = content(tree.nodes[index]) else { continue }
            let span = tree.nodes[index].span
            guard case .markup(let markup) = content else {
                if isMarkupWithoutSign(content), let name = content.literalText { bare.append((name, span)) }
                continue
            }
            switch markup.kind {
            case .standalone: checkName(markup, declared, span, &diagnostics)
            case .open:
                if let last = open.last, last.name == markup.name, child < 0 || !isClosed(markup.name, from: child) {
                    // `{#strong}…{#strong}`
                    open.removeLast()
                    diagnostics.append(.markupCrosses(markup, at: span, opener: nil).with(.closing(markup)))
                    continue
                }
                let known = diagnostics.count
                checkName(markup, declared, span, &diagnostics)
                open.append(
                    OpenMarkup(
                        node: index, name: markup.name, diagnostic: diagnostics.count > known ? known : nil,
                        isKnown: diagnostics.count == known))
            case .close:
                if let last = open.last, last.name == markup.name {
                    open.removeLast()
                    if let diagnostic = last.diagnostic { diagnostics[diagnostic].renameToo(markup.namePlace.span) }
                    if markup.name == "strong" || markup.name == "em" {
                        tree.wrap(from: last.node, to: index, as: markup.name == "em" ? .emphasis : .strong)
                    }
                    continue
                }
                let crosses = Diagnostic.markupCrosses(
                    markup, at: span, opener: open.last.map { tree.nodes[$0.node].span })
                if let last = open.last, last.isKnown != isKnown(markup.name, declared), !isOpen(markup.name, open) {
                    // `{#strong}…{/stong}`; of `{#stong}…{/strong}` there is a diagnostic.
                    open.removeLast()
                    if last.isKnown { diagnostics.append(crosses.with(.naming(markup, last.name))) }
                } else if let opener = bare.last(where: { $0.name == markup.name }) {
                    let place = Span(at: opener.span.start + 1)
                    diagnostics.append(
                        crosses.with(
                            FixIt("write `{#\(markup.name)}`", edits: [Edit(place, "#")], .unsafe)))
                } else {
                    stray.append((markup, span, crosses))
                }
            }
        }
        report(open, stray, &diagnostics)
    }

    /// Reports starts and ends that have no other one.
    private func report(
        _ open: [OpenMarkup], _ stray: [(markup: Markup, span: Span, diagnostic: Diagnostic)],
        _ diagnostics: inout [Diagnostic]
    ) {
        // What could not be read may be the other one.
        if scanned.diagnostics.contains(where: { $0.id == "mf2/invalid-name" }) { return }
        if open.count == 1, stray.count == 1, let start = open.first, let end = stray.first,
            start.name == end.markup.name,
            end.span.end <= tree.nodes[start.node].span.start
        {
            // `{/strong}…{#strong}`
            let edits = [
                Edit(end.span, "{#\(start.name)}"), Edit(tree.nodes[start.node].span, "{/\(start.name)}"),
            ]
            diagnostics.append(end.diagnostic.with(FixIt("exchange the two", edits: edits, .unsafe)))
            return
        }
        diagnostics += stray.map(\.diagnostic)
        for entry in open {
            guard case .markup(let markup)? = content(tree.nodes[entry.node]) else { continue }
            diagnostics.append(.markupCrosses(markup, at: tree.nodes[entry.node].span, opener: nil))
        }
    }

    /// Whether markup of a name ends at `child` or behind it, in the same place.
    private func isClosed(_ name: String, from child: Int32) -> Bool {
        var child = child
        while child >= 0 {
            let node = tree.nodes[Int(child)]
            if node.kind == .placeholder, case .markup(let markup)? = content(node), markup.kind == .close,
                markup.name == name
            {
                return true
            }
            child = node.nextSibling
        }
        return false
    }

    private func isOpen(_ name: String, _ open: [OpenMarkup]) -> Bool { open.contains { $0.name == name } }

    private func isKnown(_ name: String, _ declared: [String]) -> Bool {
        name == "strong" || name == "em" || declared.contains(name)
    }

    private func checkName(_ markup: Markup, _ declared: [String], _ span: Span, _ diagnostics: inout [Diagnostic]) {
        if markup.kind == .open, markup.name == "strong" || markup.name == "em" { return }
        guard !declared.contains(markup.name) else { return }
        diagnostics.append(.unknownMarkup(markup, declared: declared, at: span))
    }
}

/// Markup that waits for its end.
private struct OpenMarkup {
    var node: Int
    var name: String
    /// The diagnostic of its name.
    var diagnostic: Int?
    /// Whether there is markup of its name.
    var isKnown: Bool
}

extension FixIt {
    /// Makes an end of a start.
    fileprivate static func closing(_ markup: Markup) -> FixIt {
        let span = markup.namePlace.span
        return FixIt(
            "write `{/\(markup.name)}`", edits: [Edit(Span(span.start, span.start + 1), "/")], .unsafe)
    }

    /// Gives an end another name.
    fileprivate static func naming(_ markup: Markup, _ name: String) -> FixIt {
        let span = markup.namePlace.span
        return FixIt(
            "write `{/\(name)}`", edits: [Edit(Span(span.start + 1, span.end), name)], .unsafe)
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

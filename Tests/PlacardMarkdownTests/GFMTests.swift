import CanonicalJSON
import ConformanceSupport
import PlacardMarkdown
import SourceDiagnostics
import Testing

/// A policy as wide as the specification's examples, which are pages of the web, need it.
let specificationLinks = LinkPolicy(schemes: ["http", "https", "mailto", "ftp", "xmpp"], allowsRelative: true)

/// Parses with all safety rules and renders as cmark does: the only place where these tests call the parser.
func parsed(
    _ markdown: String, extensions: MarkdownExtensions = .message, links: LinkPolicy? = specificationLinks,
    limits: MarkdownLimits = MarkdownLimits()
) -> (document: MarkdownDocument, html: String) {
    let document = parseMarkdown(
        Array(markdown.utf8), options: MarkdownOptions(extensions: extensions, links: links, limits: limits))
    let html = document.tree.map { String(decoding: HTMLRenderer.render($0), as: UTF8.self) } ?? ""
    return (document, html)
}

/// A tag that GFM's filter makes inert.
nonisolated(unsafe) private let filteredTag =
    #/<\/?(title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?=[\s>]|\/>)/#.ignoresCase()

@Suite struct GFMTests {
    @Test(.enabled(if: ConformanceData.isPresent)) func theSpecificationOfGFMPasses() throws {
        try run("GFM spec", "gfm/spec.json")
    }

    @Test(.enabled(if: ConformanceData.isPresent)) func theRegressionTestsOfGFMPass() throws {
        try run("GFM regression", "gfm/regression.json")
    }

    private func run(_ name: String, _ file: String) throws {
        guard let cases = try ConformanceData.load(file)?.array else { return }
        let run = ConformanceRun(name)
        for testCase in cases {
            let key = "\(testCase["source"]?.string ?? "")#\(testCase["number"]?.integer ?? 0)"
            let (failure, reason) = outcome(testCase)
            run.record(key, failure: failure, expected: reason)
        }
        #expect(run.finish())
        #expect(run.count == cases.count)
        if let promised = try ConformanceData.count(file) { #expect(run.count == promised) }
    }

    /// What differs, and the rule that it is expected by. The rules look at the case, not at its number.
    private func outcome(_ testCase: JSONValue) -> (failure: String?, reason: String?) {
        let markdown = testCase["markdown"]?.string ?? ""
        var wanted = testCase["html"]?.string ?? ""
        let options = testCase["options"]?.array?.compactMap(\.string) ?? []
        let names = testCase["extensions"]?.array?.compactMap(\.string) ?? []
        var extensions: MarkdownExtensions = []
        for name in names {
            switch name {
            case "table": extensions.insert(.table)
            case "strikethrough": extensions.insert(.strikethrough)
            case "autolink": extensions.insert(.autolink)
            case "tasklist": extensions.insert(.tasklist)
            case "footnotes": extensions.insert(.footnotes)
            default: break
            }
        }
        var (document, html) = parsed(markdown, extensions: extensions)
        if document.misaligned > 0 { return ("spans lost in \(markdown.debugDescription)", nil) }
        if let defect = spanDefect(document.tree, markdown) { return (defect, nil) }
        if wanted.hasPrefix("<IGNORE>") { return (nil, nil) }
        func isWanted(_ html: String) -> Bool {
            html == wanted || testCase["disabled"]?.bool == true && sameBoxes(html, wanted)
        }
        if isWanted(html) { return (nil, nil) }
        let failure =
            "\(markdown.debugDescription)\n    got    \(html.debugDescription)\n    wanted \(wanted.debugDescription)"
        var reasons: [String] = []
        if !options.isEmpty {
            wanted = options.reduce(wanted, without)
            reasons.append("the option \(options.joined(separator: " ")), which is off")
        }
        if document.diagnostics.contains(where: { $0.id == "markdown/null-character" }) {
            // CommonMark reads U+FFFD in its place (section 2.3).
            (document, html) = parsed(markdown.replacing("\0", with: "\u{FFFD}"), extensions: extensions)
            reasons.append("what markdown/null-character names")
        }
        let named = Set(document.diagnostics.map(\.id)).filter { $0 == "markdown/raw-html" || $0.hasPrefix("link/") }
        if let tree = document.tree, !named.isEmpty {
            html = renderedWhole(tree, document.diagnostics, isFiltered: names.contains("tagfilter"))
            reasons.append("what \(named.sorted().joined(separator: ", ")) names")
        }
        guard !reasons.isEmpty, isWanted(html) else { return (failure, nil) }
        return (failure, "as wanted but for " + reasons.joined(separator: " and "))
    }

    /// The wanted HTML without what an option of cmark-gfm's adds to it.
    private func without(_ html: String, _ option: String) -> String {
        switch option {
        case "--smart":
            // Hyphens: two make an en dash, three an em dash, more of them both.
            let marks = [
                ("“", "&quot;"), ("”", "&quot;"), ("‘", "'"), ("’", "'"), ("–", "--"), ("—", "---"), ("…", "..."),
            ]
            return marks.reduce(html) { $0.replacing($1.0, with: $1.1) }
        case "--full-info-string": return html.replacing(#/ data-meta="[^"]*"/#, with: "")
        case "--table-prefer-style-attributes":
            return html.replacing(#/ style="text-align: ([a-z]*)"/#) { " align=\"\($0.1)\"" }
        default: return html
        }
    }

    /// The HTML with what the diagnostics name put back, and nothing else: links that are refused are links again, raw HTML
    /// stands where it was.
    ///
    /// - Parameter isFiltered: whether raw HTML passes GFM's filter of tags (GFM, section 6.11).
    private func renderedWhole(_ tree: MarkdownTree, _ diagnostics: [Diagnostic], isFiltered: Bool) -> String {
        var tree = tree
        var literals: [String] = []
        func named(_ node: MarkdownNode, _ prefix: String) -> Bool {
            diagnostics.contains { diagnostic in
                diagnostic.id.hasPrefix(prefix)
                    && ([diagnostic.primary] + diagnostic.secondary).contains { label in
                        label.span == node.span || label.span == node.destinationSpan
                    }
            }
        }
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            switch node.kind {
            case .link, .image:
                if named(node, "link/") { tree.nodes[index].flags.remove(.refused) }
            case .htmlInline, .htmlBlock:
                guard named(node, "markdown/raw-html") else { continue }
                let marker = Array("\u{F8FF}\(literals.count)\u{F8FF}".utf8)
                var literal = tree.string(node.literal)
                if node.kind == .htmlBlock, !literal.hasSuffix("\n") { literal += "\n" }
                if isFiltered { literal = literal.replacing(filteredTag) { "&lt;" + $0.output.0.dropFirst() } }
                literals.append(literal)
                tree.nodes[index].literal = Int32(tree.bytes.count)..<Int32(tree.bytes.count + marker.count)
                tree.bytes += marker
                // A block begins on a line of its own, as a block of code does.
                tree.nodes[index].kind = node.kind == .htmlInline ? .text : .codeBlock
            default: break
            }
        }
        var html = String(decoding: HTMLRenderer.render(tree), as: UTF8.self)
        for (index, literal) in literals.enumerated() {
            let marker = "\u{F8FF}\(index)\u{F8FF}"
            html = html.replacing("<pre><code>\(marker)</code></pre>\n", with: literal).replacing(marker, with: literal)
        }
        return html
    }

    /// Upstream disables two examples, whose boxes have their attributes in another order.
    private func sameBoxes(_ a: String, _ b: String) -> Bool {
        func normal(_ text: String) -> String {
            text.replacing("<input disabled=\"\" type=\"checkbox\">", with: "<input type=\"checkbox\" disabled=\"\" />")
                .replacing(
                    "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
                    with: "<input type=\"checkbox\" checked=\"\" disabled=\"\" />")
        }
        return normal(a) == normal(b)
    }
}

/// Why the spans of a tree are wrong; nil when each node's span is in its parent's, siblings follow one another, and
/// each plain text is what stands in its span.
func spanDefect(_ tree: MarkdownTree?, _ markdown: String) -> String? {
    guard let tree else { return nil }
    let bytes = Array(markdown.utf8)
    var ends = [Int](repeating: -1, count: tree.nodes.count)
    for (index, node) in tree.nodes.enumerated().dropFirst() {
        let parent = tree.nodes[Int(node.parent)]
        if node.kind == .footnoteDefinition || parent.kind == .footnoteDefinition { continue }
        if node.span.start < parent.span.start || node.span.end > parent.span.end {
            return "\(node.kind) \(node.span) leaves \(parent.kind) \(parent.span) in \(markdown.debugDescription)"
        }
        if node.span.start < ends[Int(node.parent)] {
            return "\(node.kind) \(node.span) overlaps its sibling in \(markdown.debugDescription)"
        }
        ends[Int(node.parent)] = node.span.end
        let source = String(decoding: bytes[node.span.start..<node.span.end], as: UTF8.self)
        switch node.kind {
        case .text where !source.contains("\\") && !source.contains("&"):
            if source != tree.string(node.literal) {
                return "text \(index) \(source.debugDescription) is \(tree.string(node.literal).debugDescription)"
            }
        case .emphasis where !(source.first == "*" || source.first == "_") || source.last != source.first,
            .strong where !source.hasPrefix("**") && !source.hasPrefix("__"),
            .code where source.first != "`" || source.last != "`",
            .strikethrough where source.first != "~" || source.last != "~",
            .image where !source.hasPrefix("!["),
            .link where !node.flags.contains(.autolink) && source.first != "[",
            .blockQuote where source.first != ">", .table where !source.contains("-"):
            return "\(node.kind) is \(source.debugDescription) in \(markdown.debugDescription)"
        case .htmlInline where source != tree.string(node.literal):
            if !source.utf8.contains(0x0A) { return "HTML is \(source.debugDescription)" }
        default: break
        }
    }
    return nil
}

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

@Suite struct GFMTests {
    @Test(.enabled(if: ConformanceData.isPresent)) func specification() throws {
        try run("GFM spec", "gfm/spec.json")
    }

    @Test(.enabled(if: ConformanceData.isPresent)) func regression() throws {
        try run("GFM regression", "gfm/regression.json")
    }

    private func run(_ name: String, _ file: String) throws {
        guard let cases = try ConformanceData.load(file)?.array else { return }
        var reasons: [String: String] = [:]
        var results: [(key: String, failure: String?)] = []
        for testCase in cases {
            let key = "\(testCase["source"]?.string ?? "")#\(testCase["number"]?.integer ?? 0)"
            let (failure, reason) = outcome(testCase)
            reasons[key] = reason
            results.append((key, failure))
        }
        let run = ConformanceRun(name, expectedFailures: reasons)
        for result in results { run.record(result.key, failure: result.failure) }
        var tally: [String: Int] = [:]
        for reason in reasons.values { tally[reason, default: 0] += 1 }
        for (reason, count) in tally.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count) × \(reason)") }
        #expect(run.finish())
        #expect(run.count == cases.count)
        if let promised = try ConformanceData.count(file) { #expect(run.count == promised) }
    }

    /// What differs, and the rule that it is expected by. The rules look at the case, not at its number.
    private func outcome(_ testCase: JSONValue) -> (failure: String?, reason: String?) {
        let markdown = testCase["markdown"]?.string ?? ""
        let wanted = testCase["html"]?.string ?? ""
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
        let (document, html) = parsed(markdown, extensions: extensions)
        if document.misaligned > 0 { return ("spans lost in \(markdown.debugDescription)", nil) }
        if let defect = spanDefect(document.tree, markdown) { return (defect, nil) }
        if wanted.hasPrefix("<IGNORE>") { return (nil, nil) }
        let reason = reason(document, options)
        let isSame = html == wanted || (testCase["disabled"]?.bool == true && sameBoxes(html, wanted))
        if isSame, reason != nil, document.diagnostics.isEmpty { return (nil, nil) }
        return (
            isSame
                ? nil
                : "\(markdown.debugDescription)\n    got    \(html.debugDescription)\n    wanted \(wanted.debugDescription)",
            reason
        )
    }

    private func reason(_ document: MarkdownDocument, _ options: [String]) -> String? {
        if !options.isEmpty { return "needs the option \(options.joined(separator: " ")), which is off" }
        switch document.diagnostics.first?.id {
        case nil: return nil
        case "markdown/raw-html"?: return "holds raw HTML, which is an error here"
        case let id?: return "a link is refused: \(id)"
        }
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

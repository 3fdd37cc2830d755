import ByteText
import SourceDiagnostics

/// A `preview.mustache`, read as Mustache and as HTML at once.
///
/// What may stand in a preview is listed; everything else is an error. The pages' policy blocks scripts and inline styles
/// anyway; this says so where the author can see it, and keeps out what the policy allows.
enum TemplateMarkup {
    /// Reads a template.
    ///
    /// - Returns: what is drawn, nil where there is an error; and what is wrong, in the order of the text, without a file.
    static func compile(_ source: [UInt8]) -> (template: MustacheTemplate?, diagnostics: [Diagnostic]) {
        let characters = characterDiagnostics(source)
        guard characters.isEmpty else { return (nil, characters) }
        let (mustache, tags) = MustacheTemplate.compile(source)
        var parser = TemplateParser(mustache)
        let nodes = parser.parse()
        // Where a tag is wrong in itself, what it would have opened or closed is not known.
        let markup = tags.isEmpty ? parser.diagnostics : parser.diagnostics.filter { !$0.id.isAboutStructure }
        let diagnostics = (tags + delimiterDiagnostics(mustache) + markup).sorted(by: Diagnostic.precedes)
        guard diagnostics.isEmpty, let nodes else { return (nil, diagnostics) }
        return (TemplateWriter.template(of: nodes, names: mustache.names), [])
    }

    /// What is wrong with a template, in the order of its text.
    static func check(_ source: [UInt8]) -> [Diagnostic] { compile(source).diagnostics }

    /// Bytes that are no text: of another encoding, and characters that HTML does not know.
    private static func characterDiagnostics(_ source: [UInt8]) -> [Diagnostic] {
        func place(_ start: Int) -> Span { Span(start, min(start + 1, source.count)) }
        if let start = firstInvalidUTF8(in: source) {
            return [.badTemplateCharacter("the template is not valid UTF-8", at: place(start))]
        }
        let control = source.firstIndex { $0 == 0x7F || $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) }
        return control.map { [.badTemplateCharacter("the template holds a control character", at: place($0))] } ?? []
    }

    private static func delimiterDiagnostics(_ mustache: MustacheTemplate) -> [Diagnostic] {
        mustache.delimiterTags.map { .changedDelimiters(at: $0) }
    }
}

extension String {
    /// Whether a diagnostic of this id follows from others when sections are not as they should be.
    fileprivate var isAboutStructure: Bool {
        [
            "mustache/split-markup", "mustache/unclosed-element", "mustache/mismatched-end-tag",
            "mustache/unquoted-attribute", "mustache/wrong-nesting",
        ].contains(self)
    }
}

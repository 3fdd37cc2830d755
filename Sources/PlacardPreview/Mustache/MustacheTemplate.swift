import SourceDiagnostics

/// A compiled template: literal bytes and the operations between them, flat, so that drawing a card is one pass
/// without a tree.
///
/// The language is the specification's (mustache(5) and github.com/mustache/spec 1.4): variables, unescaped variables,
/// sections, inverted sections, comments, dotted names, the implicit iterator, set delimiters, partials and
/// standalone lines. The optional modules (lambdas, inheritance, dynamic names) are left out: a template has no logic.
struct MustacheTemplate: Sendable {
    /// Numbers alone, so that a step of drawing copies nothing; a name is a place in ``MustacheTemplate/names``.
    enum Operation: Sendable {
        /// Bytes `start..<end` of ``MustacheTemplate/literals``.
        case literal(start: Int, end: Int)
        case variable(name: Int, escaped: Bool)
        /// Draws what follows, up to `end`, once for each item.
        case section(name: Int, end: Int)
        /// Draws what follows, up to `end`, if the name stands for nothing.
        case inverted(name: Int, end: Int)
        /// Draws another of ``MustacheTemplate/programs``.
        case partial(Int)
        /// HTML of the message where only the inside of a line may stand; see ``TemplateNode/html(name:isPhrasing:)``.
        case phrasing(name: Int)
        /// The path of the message's own image, and nothing else.
        case image(name: Int)
        /// Draws what follows, up to `end`, which is an attribute with `prefix` bytes in front of its value and a quotation
        /// mark behind it; takes it back if the value is not of the form.
        case attribute(form: AttributeForm, prefix: Int, end: Int)
    }

    /// A dotted name; no parts are the implicit iterator `.`.
    struct Name: Sendable, Equatable {
        var first: String
        var rest: [String]
        var isIterator: Bool
    }

    /// The template itself, then each partial it draws, once for each indentation.
    var programs: [[Operation]]
    var literals: [UInt8]
    var names: [Name]
    /// Where each operation of the template itself stands in its source.
    var spans: [Span] = []
    /// The tags that change the delimiters.
    var delimiterTags: [Span] = []

    /// Sections inside sections.
    static let maximumNesting = 32
    /// Partials, counted once for each indentation they are drawn with.
    static let maximumPartials = 64
    /// Bytes of one template.
    static let maximumBytes = 256 * 1024

    /// Compiles `source`; what is wrong is left out of the template and reported.
    ///
    /// `partials` gives a partial's source by name. Diagnostics carry no file: the caller places them.
    static func compile(
        _ source: [UInt8], partials: (String) -> [UInt8]? = { _ in nil }
    ) -> (template: MustacheTemplate, diagnostics: [Diagnostic]) {
        var compiler = MustacheCompiler()
        compiler.compile(source, partials: partials)
        return (
            MustacheTemplate(
                programs: compiler.programs, literals: compiler.literals, names: compiler.names, spans: compiler.spans,
                delimiterTags: compiler.delimiterTags),
            compiler.diagnostics
        )
    }
}

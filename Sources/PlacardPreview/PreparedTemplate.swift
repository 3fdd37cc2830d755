import ByteText
import CanonicalJSON
import SourceDiagnostics

/// What is wrong with a `preview.mustache`: its Mustache, and HTML that does not belong into a preview.
///
/// - Parameter file: its path in the project, for the diagnostics' labels.
/// - Returns: diagnostics in the order of the text.
package func checkPreviewTemplate(_ source: [UInt8], file: String) -> [Diagnostic] {
    TemplateMarkup.check(source).map { $0.placed(in: file) }
}

/// A template made ready for drawing: compiled once, used for every card.
///
/// An object, as all pages share it.
final class PreparedTemplate: Sendable {
    let input: PreviewTemplate
    let mustache: MustacheTemplate
    /// `t-<name>`, or `former-<name>`: what `style.css` is scoped to.
    let className: [UInt8]
    let diagnostics: [Diagnostic]
    /// For each of the preview's locales.
    let frames: [LocaleFrame]
    /// Whether it is an earlier version's, beside one of the same name.
    private let isFormer: Bool

    init(_ input: PreviewTemplate, locales: [PreviewLocale] = [], isFormer: Bool = false) {
        self.isFormer = isFormer
        self.input = input
        frames = locales.map { LocaleFrame($0, input) }
        className = Array("\(isFormer ? "former" : "t")-\(input.name)".utf8)
        let source = input.mustache ?? Array(PreparedTemplate.plain.utf8)
        let compiled = TemplateMarkup.compile(source)
        diagnostics = compiled.diagnostics.map { $0.placed(in: input.file) }
        // What does not belong into a page never gets there, whatever the caller does with the diagnostics.
        let plain = Array(PreparedTemplate.plain.utf8)
        mustache = compiled.template ?? TemplateMarkup.compile(plain).template ?? MustacheTemplate.compile([]).template
    }

    /// Path of the style sheet, relative to the preview's folder.
    var stylePath: String { "assets/\(isFormer ? "former" : "templates")/\(input.name).css" }

    /// The style sheet, kept to this template's own previews; nothing of one that could leave them, or load.
    var style: [UInt8] {
        let text = input.style?.text ?? []
        var css = ByteBuffer(capacity: text.count + 64)
        css.append(html: "@scope (.")
        css.append(contentsOf: className)
        css.append(html: ") {\n")
        css.append(contentsOf: text)
        css.append(html: "\n}\n")
        return css.bytes
    }

    /// For a template without `preview.mustache`.
    static let plain = """
        <div class="plain">{{#image}}<img src="{{src}}" alt="{{alt}}">{{/image}}<p class="title">{{title}}</p>
        {{{body}}}
        {{#steps}}<div class="step"><p class="title">{{title}}</p>{{{body}}}</div>{{/steps}}
        {{#replies}}<span class="action">{{text}}</span>{{/replies}}
        {{#actions}}<span class="action">{{label}}</span>{{/actions}}</div>
        """
}

import ByteText
import CanonicalJSON
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// Compiles the texts of one message in one language.
struct ContentCompiler {
    let template: TemplateDefinition
    let context: TextContext
    var environment: TextEnvironment
    /// What translations are held against their sources for.
    var paritySubjects = ParitySubjects.all
    /// The language of the source of what is translated.
    var sourceLocale: LanguageTag?
    /// What of the source's file could not be read.
    var unread = UnreadKeys()
    /// The images in Markdown, which are held to what image fields are.
    private(set) var images: [WrittenImage] = []

    /// - Parameters:
    ///   - variables: those of the message's event, with the fallbacks of the language.
    ///   - pseudo: pseudo-locales that they are compiled to as well.
    init(
        _ message: MessageDeclaration, context: TextContext, variables: [String: TextVariable], locale: LanguageTag,
        pseudo: [PseudoLocale] = []
    ) {
        template = message.template
        self.context = context
        environment = TextEnvironment(
            variables: variables, markup: template.markup, links: context.links, locale: locale,
            formats: context.formats, pseudo: pseudo, examples: context.examples)
        environment.names = context.names(event: message.definition.trigger?.event.value)
    }

    /// Every text and every address of a message in the source locale, or of what a variant changes.
    mutating func compile(
        _ content: MessageContent<EmbeddedText>, _ diagnostics: inout [Diagnostic]
    ) -> MessageContent<MessageText> {
        var result = MessageContent<MessageText>()
        for field in content.fields {
            guard let content = compile(field.content, of: field.name, &diagnostics) else { continue }
            result.fields.append(MessageField(name: field.name, content: content))
        }
        result.fields.sort { utf8Less($0.name, $1.name) }
        for action in content.actions {
            let effect: MessageAction<MessageText>.Effect? =
                switch action.effect {
                case .url(let url)?: self.url(url, &diagnostics).map { .url($0) }
                case .dismiss?: .dismiss
                case .remind(let seconds)?: .remind(seconds)
                case .event(let event)?: .event(event)
                case .request(let request)?: .request(request)
                case nil: nil
                }
            let label = action.label.flatMap { plain($0, &diagnostics) }
            result.actions.append(MessageAction(id: action.id, label: label, effect: effect))
        }
        result.push = content.push.flatMap { push($0, &diagnostics) }
        return result
    }

    private mutating func compile(
        _ content: FieldContent<EmbeddedText>, of name: String, _ diagnostics: inout [Diagnostic]
    ) -> FieldContent<MessageText>? {
        switch content {
        case .text(let text), .markdown(let text), .conversation(let text):
            return self.text(content, of: name, text, &diagnostics)
        case .image(let image):
            return .image(
                ImageContent(source: image.source, alt: image.alt.flatMap { plain($0, &diagnostics) }))
        case .list(let list):
            let limit = itemLimit(name)
            let items = list.items.compactMap { item in
                plain(item.text, maximum: limit, &diagnostics).map { ListContent.Item(id: item.id, text: $0) }
            }
            return .list(ListContent(items: items, label: list.label, written: list.written))
        case .url(let url): return self.url(url, &diagnostics).map { .url($0) }
        case .value(let value): return .value(value)
        }
    }

    /// A text field, by what the template says of it.
    ///
    /// - Parameter content: the same text, or that of another language in its place.
    mutating func text<Other>(
        _ content: FieldContent<Other>, of name: String, _ text: EmbeddedText, _ diagnostics: inout [Diagnostic]
    ) -> FieldContent<MessageText>? {
        guard let field = template.field(name) else { return nil }
        let isBody = name == "body"
        if isBody, case .markdown(let blocks, _) = field.kind { environment.blocks = blocks }
        switch content {
        case .text:
            // How a field of its own is shown is the template's to say.
            return plain(
                text, minimum: field.minimum, maximum: field.maximum, allowsLines: name != "title", &diagnostics
            ).map { .text($0) }
        case .markdown:
            return compile(
                text, isBody ? .document(conversation: false) : .inline, minimum: field.minimum,
                maximum: field.maximum, formats: context.formats, &diagnostics
            ).map { .markdown($0) }
        case .conversation:
            return compile(
                text, .document(conversation: true), minimum: field.minimum, maximum: field.maximum,
                formats: context.formats, &diagnostics
            ).map { .conversation($0) }
        case .image, .list, .url, .value: return nil
        }
    }

    /// Most grapheme clusters of an entry of a list.
    func itemLimit(_ list: String) -> Int? {
        if case .list(let limit)? = template.field(list)?.kind { limit } else { nil }
    }

    /// One text of the front matter, without Markdown.
    ///
    /// - Parameter allowsLines: whether it may have several lines, as no title, label or description of an image does.
    mutating func plain(
        _ text: EmbeddedText, minimum: Int? = nil, maximum: Int? = nil, allowsLines: Bool = false,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        environment.allowsLines = allowsLines
        return compile(text, .plain, minimum: minimum, maximum: maximum, formats: .text, &diagnostics)
    }

    /// An address: what an action, a field or a notification leads to.
    mutating func url(_ text: EmbeddedText, _ diagnostics: inout [Diagnostic]) -> MessageText? {
        keepingModel { compiler in
            compiler.compile(text, .url, minimum: nil, maximum: nil, formats: .text, &diagnostics)
        }
    }

    /// What a message is grouped by. It is no text: formatted for a language it would be another thread in each.
    mutating func thread(_ text: EmbeddedText, _ diagnostics: inout [Diagnostic]) -> MessageText? {
        guard let thread = keepingModel({ $0.plain(text, &diagnostics) }) else { return nil }
        if let use = thread.compiled.variables.first(where: { $0.function != nil && $0.function != "string" }) {
            diagnostics += text.place([.formattedThread(at: use.span)])
        }
        return thread
    }

    /// What the catalog and notifications are made of is kept as a value, and no bytes of it are read again.
    mutating func keepingModel<Result>(_ compile: (inout ContentCompiler) -> Result) -> Result {
        environment.keepsModel = true
        defer { environment.keepsModel = false }
        return compile(&self)
    }

    private mutating func compile(
        _ text: EmbeddedText, _ kind: TextKind, minimum: Int?, maximum: Int?, formats: TextFormats,
        _ diagnostics: inout [Diagnostic]
    ) -> MessageText? {
        environment.minimumLength = minimum
        environment.maximumLength = maximum
        environment.formats = formats
        let isMarkdown = kind != .plain && kind != .url
        environment.imageFolder = isMarkdown ? contentFolder(of: text.file) : ""
        let (compiled, found) = compileText(wellFormed: text.bytes, kind: kind, environment: environment)
        diagnostics += text.place(found)
        if isMarkdown, let compiled { noteImages(of: compiled, in: text) }
        return compiled.map { MessageText(text, $0) }
    }

    private mutating func noteImages(of compiled: CompiledText, in text: EmbeddedText) {
        for link in compiled.links where link.isImage {
            guard let path = link.literalTarget else { continue }
            images.append(
                WrittenImage(
                    path: path, folder: environment.imageFolder,
                    label: Label(file: text.file, text.table.outer(link.span)),
                    hasAlternative: link.label.utf8.contains { $0 > 0x20 },
                    help:
                        "write what it shows between the brackets, for those who do not see it: `![A paper cup](\(path))`"
                ))
        }
    }
}

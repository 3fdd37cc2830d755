import ByteText
import CanonicalJSON
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// Compiles the texts of one message in one language.
struct TextCompiler {
    let template: TemplateDefinition
    let context: TextContext
    var environment: TextEnvironment
    /// What translations are held against their sources for.
    var paritySubjects = ParitySubjects.all
    /// What of the source's file could not be read.
    var unread = UnreadKeys()
    var diagnostics: [Diagnostic] = []
    /// The images in Markdown, which are held to what image fields are.
    private(set) var images: [WrittenImage] = []

    /// - Parameters:
    ///   - event: the one that triggers the message.
    ///   - variables: those of the event, with the message's own fallbacks.
    init(
        template: TemplateDefinition, context: TextContext, event: String?, variables: [String: TextVariable],
        locale: LanguageTag, pseudo: [PseudoLocale] = []
    ) {
        self.template = template
        self.context = context
        environment = TextEnvironment(
            variables: variables, markup: template.markup, links: context.links, locale: locale,
            formats: context.formats, pseudo: pseudo, examples: context.examples)
        environment.names = context.names(event: event)
    }

    /// One text of the front matter, without Markdown.
    ///
    /// - Parameter allowsLines: whether it may have several lines, as no title, label or description of an image does.
    mutating func plain(
        _ text: EmbeddedText, minimum: Int? = nil, maximum: Int? = nil, allowsLines: Bool = false
    ) -> CompiledText? {
        environment.allowsLines = allowsLines
        return compile(text, .plain, minimum: minimum, maximum: maximum, formats: .text)
    }

    /// The target of an action.
    mutating func url(_ text: EmbeddedText) -> CompiledText? {
        compile(text, .url, minimum: nil, maximum: nil, formats: .text)
    }

    /// A text field, by what the template says of it.
    mutating func field(_ definition: FieldDefinition, _ text: EmbeddedText) -> MessageTexts.Field.Content? {
        switch definition.kind {
        case .markdown(let blocks, let conversation) where definition.name == "body":
            environment.blocks = blocks
            let compiled = compile(
                text, .document(conversation: conversation), minimum: definition.minimum, maximum: definition.maximum,
                formats: context.formats)
            guard let compiled else { return nil }
            return conversation ? .conversation(compiled, steps: compiled.steps) : .body(compiled)
        case .markdown:
            return compile(
                text, .inline, minimum: definition.minimum, maximum: definition.maximum, formats: context.formats
            ).map { .body($0) }
        default:
            // How a field of its own is shown is the template's to say.
            return plain(
                text, minimum: definition.minimum, maximum: definition.maximum, allowsLines: definition.name != "title"
            ).map { .text($0) }
        }
    }

    private mutating func compile(
        _ text: EmbeddedText, _ kind: TextKind, minimum: Int?, maximum: Int?, formats: TextFormats
    ) -> CompiledText? {
        environment.minimumLength = minimum
        environment.maximumLength = maximum
        environment.formats = formats
        let mayHoldImages = kind != .plain && kind != .url && mayHoldImage(text.bytes)
        environment.imageFolder = mayHoldImages ? contentFolder(of: text.file) : ""
        let (compiled, findings) = compileText(wellFormed: text.bytes, kind: kind, environment: environment)
        diagnostics += text.place(findings)
        if mayHoldImages, let compiled { noteImages(of: compiled, in: text) }
        return compiled
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
                        "write what it shows between the brackets, for those who do not see it: ![A paper cup](\(path))"
                ))
        }
    }
}

/// Whether a text may hold an image, which begins with `!`: most have none, and are many.
private func mayHoldImage(_ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer {
        $0.firstIndex(from: 0, marks: { $0.equal(0x21) }, where: { $0 == 0x21 }) < $0.count
    }
}

import ByteText
import CanonicalJSON
import MessageFormat
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

// MessageFormat first, Markdown second, values last: each placeholder becomes one character that Markdown takes for a
// letter, the text is parsed, and the characters are put back in the tree. So no value can change the structure, and
// nothing that Markdown does can change a placeholder.

/// Compiles one text.
///
/// - Parameters:
///   - source: UTF-8. For a YAML scalar this is the decoded text; the caller leads spans back to the file.
///   - kind: how the text is written.
///   - environment: what it may use.
/// - Returns: the compiled text, nil when an error stands in the way, and the diagnostics in offsets of `source`,
///   with an empty file name, in the order of the source.
package func compileText(
    _ source: [UInt8], kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    if let offset = firstInvalidUTF8(in: source) {
        return (nil, [.invalidUTF8(at: offset)])
    }
    return compileText(wellFormed: source, kind: kind, environment: environment)
}

/// As the function above, for a text that is known to be well-formed UTF-8, as one of a file that was read as a whole.
package func compileText(
    wellFormed source: [UInt8], kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    if kind == .plain, environment.formats == .text, let text = compilePlainText(source, environment) {
        return (text, [])
    }
    return compileInStages(source, kind: kind, environment: environment)
}

/// Compiles a text that is well-formed UTF-8 the long way, which is right for every text.
func compileInStages(
    _ source: [UInt8], kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    var compiler = TextCompiler(source: source, kind: kind, environment: environment)
    let text = compiler.compile()
    if compiler.diagnostics.count > 1 { compiler.diagnostics.sort(by: Diagnostic.precedes) }
    return (text, compiler.diagnostics)
}

/// As the function above, for bytes in a buffer that lives as long as the call.
package func compileText(
    _ source: UnsafeBufferPointer<UInt8>, kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    compileText(Array(source), kind: kind, environment: environment)
}

private struct TextCompiler {
    let source: [UInt8]
    let kind: TextKind
    let environment: TextEnvironment
    var diagnostics: [Diagnostic] = []
    var draft = TextDraft()

    mutating func compile() -> CompiledText? {
        diagnostics += characterDiagnostics(source) + garbledDiagnostics(source)
        if let missing = missingKeyword(source) {
            diagnostics.append(missing)
            return nil
        }
        let (message, problems) = outline()
        let found = problems.map { $0.namingFunctions(of: message, environment) }
        diagnostics += found
        if found.contains(where: { $0.severity == .error }) { return nil }
        checkSize(message)
        let patterns = patterns(of: message)
        checkMessage(message, patterns)
        // Where a text does not compile, there is more to say than that.
        if !diagnostics.contains(where: { $0.severity == .error }) {
            for pattern in patterns { diagnostics += pattern.namesWithoutBraces(source, environment) }
        }
        for pattern in patterns {
            pattern.pairMarkup(declared: environment.markup, diagnostics: &diagnostics)
            pattern.check(kind: kind, environment, diagnostics: &diagnostics, source: source)
            if kind != .url { pattern.checkForeignWords(source, environment, &diagnostics) }
        }
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
        let text = emit(message, patterns)
        return diagnostics.contains { $0.severity == .error } ? nil : text
    }

    /// Declarations and `.match`, without what is in the patterns. Most texts have neither, as their first byte tells.
    private func outline() -> (Message, [Diagnostic]) {
        let start = source.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        if let start, start == 0x2E || start == 0x7B || start >= 0x80, !beginsForeign(start) {
            return parseMessageOutline(source)
        }
        return (Message(body: .pattern(Pattern([], place: Place(Span(0, source.count))))), [])
    }

    /// Whether the text begins with `{{name}}` of another system, which is not a pattern in its braces.
    private func beginsForeign(_ first: UInt8) -> Bool {
        guard first == 0x7B, let start = source.firstIndex(of: 0x7B), start + 1 < source.count,
            source[start + 1] == 0x7B
        else { return false }
        return PlacardText.beginsForeign(source, at: start, environment)
    }

    private mutating func checkSize(_ message: Message) {
        guard case .select(let matcher) = message.body else { return }
        let start = matcher.place.span.start
        if matcher.selectors.count > selectorLimit {
            let span = matcher.selectors[selectorLimit].place.span
            diagnostics.append(.tooManySelectors(matcher.selectors.count, at: span))
        }
        if matcher.variants.count > variantAdvice {
            diagnostics.append(.tooManyVariants(matcher.variants.count, at: Span(start, start + 6)))
        }
        if kind == .document(conversation: true) { diagnostics.append(.choiceOfVariants(at: Span(start, start + 6))) }
    }

    private mutating func patterns(of message: Message) -> [PatternText] {
        var patterns: [PatternText] = []
        func add(_ pattern: Pattern, _ keys: [VariantKey], dedents: Bool) {
            let text = PatternText.make(
                source, pattern.place.span, keys: keys, dedents: dedents, kind: kind, environment: environment,
                diagnostics: &diagnostics)
            if let text { patterns.append(text) }
        }
        switch message.body {
        case .pattern(let pattern):
            add(pattern, [], dedents: pattern.place.span != Span(0, source.count))
        case .select(let matcher):
            let known = diagnostics.count
            for variant in matcher.variants { add(variant.value, variant.keys, dedents: true) }
            if matcher.selectors.count == 1 {
                for index in known..<diagnostics.count {
                    diagnostics[index].nameNumber(matcher.selectors[0].name, source)
                }
            }
        }
        return patterns
    }

    private mutating func checkMessage(_ message: Message, _ patterns: [PatternText]) {
        var hasFunction = isMoreThanPattern(message)
        guard hasFunction || patterns.contains(where: { !$0.scanned.contents.isEmpty }) else { return }
        var checker = VariableChecker(message, environment)
        for pattern in patterns {
            for entry in pattern.scanned.contents {
                switch entry.content {
                case .expression(let expression):
                    // Of what another system has, and of code, there is a diagnostic already.
                    let isSeen =
                        entry.content.isBareLiteral
                        && (pattern.scanned.foreign.contains { $0.span.end == entry.span.end }
                            || pattern.isInCode(entry.span) || pattern.isMarkupWithoutSign(entry.content))
                    if !isSeen { checker.see(expression, isPattern: true) }
                    if expression.function != nil { hasFunction = true }
                case .markup(let markup):
                    checker.see(markup)
                    if markup.kind != .close, !draft.markup.contains(markup.name) { draft.markup.append(markup.name) }
                case .brace: break
                }
            }
        }
        diagnostics += checker.diagnostics
        draft.variables = checker.uses
        for pattern in patterns { diagnostics += pattern.repeatedCurrencies(source) }
        if !checker.uses.isEmpty { diagnostics += message.countedNouns(patterns, source, environment) }
        guard hasFunction else { return }
        diagnostics += message.filled(with: patterns).functionDiagnostics(environment)
        diagnostics += message.impliedNumberDiagnostics(patterns, source, environment)
    }

    /// Whether a message has declarations or chooses.
    private func isMoreThanPattern(_ message: Message) -> Bool {
        if case .pattern = message.body { return !message.declarations.isEmpty }
        return true
    }

    // MARK: Output

    private mutating func emit(_ message: Message, _ patterns: [PatternText]) -> CompiledText {
        let writer = MessageWriter(message)
        describe(patterns, writer)
        for pattern in patterns where draft.links.contains(where: \.isImage) {
            pattern.nameImages(in: environment.imageFolder)
        }
        var forms = TextDraft.Forms()
        if kind == .url {
            let targets = patterns.map { (bytes: targetBytes($0), text: $0) }
            forms.text = writer.write(targets, escapes: .none)
            if environment.keepsModel { forms.model = writer.model(targets, escapes: .none) }
            return CompiledText(draft, forms: forms)
        }
        let plain = patterns.map { (bytes: PlainTextRenderer.render($0.top, of: $0.tree), text: $0) }
        checkPlain(plain, message)
        forms = self.forms(writer, patterns, plain: plain, formats: environment.formats)
        if kind == .document(conversation: true), let pattern = patterns.first {
            var reader = ConversationReader(
                text: pattern, named: pattern, writer: writer, formats: environment.formats)
            forms.steps = reader.steps()
            diagnostics += reader.diagnostics
        }
        let pseudo = environment.pseudo.map { CompiledText(draft, forms: self.forms(in: $0, writer, patterns)) }
        return CompiledText(draft, forms: forms, pseudo: pseudo)
    }

    private func forms(
        _ writer: MessageWriter, _ patterns: [PatternText], plain: [(bytes: [UInt8], text: PatternText)],
        formats: TextFormats
    ) -> TextDraft.Forms {
        var forms = TextDraft.Forms()
        if formats.contains(.text) {
            forms.text = writer.write(plain, escapes: .none)
            if environment.keepsModel { forms.model = writer.model(plain, escapes: .none) }
        }
        if formats.contains(.html) {
            if !writer.isMessage, let pattern = patterns.first {
                forms.html = withHTML(pattern) { writer.write($0, pattern, escapes: .html) }
            } else {
                forms.html = writer.write(patterns.map { (withHTML($0) { Array($0) }, $0) }, escapes: .html)
            }
        }
        if formats.contains(.mdast) {
            forms.mdast = writer.write(patterns) { appendMdast($0, writer, blocks: nil, to: &$1) }
        }
        return forms
    }

    private func forms(
        in pseudo: PseudoLocale, _ writer: MessageWriter, _ sources: [PatternText]
    ) -> TextDraft.Forms {
        let formats = environment.formats.contains(.html) ? .html : environment.formats
        let patterns = sources.map { $0.translated(into: pseudo) }
        let plain =
            formats.contains(.text)
            ? patterns.map { (bytes: PlainTextRenderer.render($0.top, of: $0.tree), text: $0) } : []
        var forms = self.forms(writer, patterns, plain: plain, formats: formats)
        if kind == .document(conversation: true), let pattern = patterns.first, let source = sources.first {
            var reader = ConversationReader(text: pattern, named: source, writer: writer, formats: formats)
            forms.steps = reader.steps()
        }
        return forms
    }

    /// What is the same in every form of a text.
    private mutating func describe(_ patterns: [PatternText], _ writer: MessageWriter) {
        draft.hasPlaceholders =
            writer.isMessage
            || patterns.contains { pattern in
                pattern.scanned.contents.contains { entry in
                    if case .brace = entry.content { false } else { entry.content.literalText == nil }
                }
            }
        draft.variants = patterns.map {
            TextVariant(
                keys: $0.keys.map { $0.value ?? "*" }, span: $0.scanned.span, shown: writer.message.shownVariables($0),
                units: $0.units)
        }
        draft.links = patterns.flatMap(\.links)
    }

    /// The target that is the whole of a text, its placeholders marked to be percent-encoded.
    private func targetBytes(_ pattern: PatternText) -> [UInt8] {
        guard let link = pattern.tree.nodes.last, link.kind == .link else { return [] }
        var bytes = Array(pattern.tree.slice(link.destination))
        moveSentinels(in: &bytes, from: 0, to: .target)
        return bytes
    }

    /// Calls `body` with a pattern's HTML.
    private func withHTML(_ pattern: PatternText, _ body: (UnsafeBufferPointer<UInt8>) -> [UInt8]) -> [UInt8] {
        switch kind {
        case .plain, .inline, .url:
            HTMLRenderer.withRendered(pattern.top, of: pattern.tree, softBreak: .space, body)
        case .document:
            HTMLRenderer.withRendered(pattern.tree, softBreak: .space) { html in
                body(withoutLastLineFeed(html))
            }
        }
    }

    private mutating func checkPlain(_ plain: [(bytes: [UInt8], text: PatternText)], _ message: Message) {
        for entry in plain
        where entry.bytes.isEmpty && !entry.text.scanned.span.isEmpty && !holdsImage(entry.text) {
            diagnostics.append(.comesOutEmpty(at: entry.text.scanned.span))
        }
        if environment.measuresLength || environment.minimumLength != nil || environment.maximumLength != nil {
            checkLengths(plain, message)
        }
    }

    private mutating func checkLengths(_ plain: [(bytes: [UInt8], text: PatternText)], _ message: Message) {
        var most: (length: PatternLength, text: PatternText)?
        var least: (length: PatternLength, text: PatternText)?
        for entry in plain {
            let length = entry.text.length(entry.bytes, message, environment)
            if length.longest > (most?.length.longest ?? -1) { most = (length, entry.text) }
            if length.shortest < (least?.length.shortest ?? .max) { least = (length, entry.text) }
        }
        guard let most, let least else { return }
        let length = TextLength(
            shortest: least.length.shortest, longest: most.length.longest, variant: most.text.name,
            span: most.text.scanned.span, values: most.length.values)
        draft.length = length
        let locale = environment.locale.text
        if let limit = environment.maximumLength, length.longest > limit {
            diagnostics.append(.tooLong(length, limit: limit, locale))
        }
        if let limit = environment.minimumLength, length.shortest < limit {
            diagnostics.append(
                Diagnostic.tooShort(
                    length.shortest, limit: limit, variant: least.text.name, locale, at: least.text.scanned.span))
        }
    }

    private func holdsImage(_ text: PatternText) -> Bool {
        text.tree.nodes.contains { $0.kind == .image }
    }
}

/// Appends a pattern's mdast, with placeholders as the data model's objects among the inline nodes.
func appendMdast(_ pattern: PatternText, _ writer: MessageWriter, blocks: [Int]?, to json: inout ByteBuffer) {
    let content = blocks.map { MdastRenderer.Content.blocks($0) } ?? .below(pattern.root)
    MdastRenderer.render(
        content, of: pattern.tree, to: &json,
        placeholder: { index, json in
            guard index < pattern.scanned.contents.count else { return }
            let content = pattern.scanned.contents[index].content
            if let text = content.literalText {
                json.append("{\"type\":\"text\",\"value\":")
                appendCanonical(string: text, to: &json)
                json.append(0x7D)
            } else {
                content.appendJSON(in: .text, isWholeTarget: false, to: &json)
            }
        },
        string: { bytes, json in writer.appendString(bytes, pattern, .none, to: &json) })
}

func withoutLastLineFeed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    bytes.last == 0x0A ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
}

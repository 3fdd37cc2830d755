import MessageFormat
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

/// Most variables that a text chooses by (R13).
let selectorLimit = 2
/// Most variants without a warning (R13).
let variantAdvice = 12

// MARK: Variables

/// How many unknown variables of one text get a suggestion: to look for each among all that a project declares takes its time,
/// and whoever has put the first of them right knows what the others are.
let suggestionLimit = 8

/// Collects the uses of variables in a message, and checks that each has a value.
struct VariableChecker {
    let environment: TextEnvironment
    let locals: [String]
    var uses: [TextVariableUse] = []
    var diagnostics: [Diagnostic] = []
    /// A variable without a fallback is reported once.
    private var reported: Set<String> = []
    /// For how many more unknown variables the one that is meant is looked for.
    private var suggestionsLeft = suggestionLimit

    init(_ message: Message, _ environment: TextEnvironment) {
        self.environment = environment
        locals = message.declarations.filter { $0.kind == .local }.map(\.name)
        for declaration in message.declarations { see(declaration.value, isPattern: false) }
        guard case .select(let matcher) = message.body else { return }
        for selector in matcher.selectors {
            see(selector, function: message.annotation(of: selector.name)?.name, isSelector: true)
        }
    }

    /// - Parameter isPattern: whether it stands among words, and not in a declaration or where another diagnostic is.
    mutating func see(_ expression: MessageFormat.Expression, isPattern: Bool) {
        if case .variable(let variable)? = expression.operand, isPattern, let whole = sentenceEnd(variable, expression)
        {
            diagnostics.append(whole)
        } else if case .variable(let variable)? = expression.operand {
            see(variable, function: expression.function?.name, isSelector: false)
        } else if case .literal(let literal)? = expression.operand, expression.function == nil {
            if let diagnostic = bareLiteral(literal, isPattern: isPattern) { diagnostics.append(diagnostic) }
        }
        for option in expression.function?.options ?? [] {
            if case .variable(let variable) = option.value { see(variable, function: nil, isSelector: false) }
        }
    }

    /// `{$name.}`, of which the full stop is the sentence's, but names may hold one; nil for any other.
    private func sentenceEnd(_ variable: VariableReference, _ expression: MessageFormat.Expression) -> Diagnostic? {
        guard variable.name.utf8.last == 0x2E || variable.name.utf8.last == 0x2D, expression.function == nil,
            environment.variables[variable.name] == nil
        else { return nil }
        guard let name = environment.variable(meantBy: String(variable.name.dropLast()), allowsSlips: false) else {
            return nil
        }
        let sign = String(variable.name.suffix(1))
        let span = variable.place.span
        let edits = [Edit(span, "$\(name)"), Edit(Span(at: expression.place.span.end), sign)]
        return .unknownVariable(variable.name, at: span, environment, isSuggesting: false).with(
            environment.fix("write `{$\(name)}\(sign)`", edits, showing: name))
    }

    mutating func see(_ markup: Markup) {
        for option in markup.options {
            if case .variable(let variable) = option.value { see(variable, function: nil, isSelector: false) }
        }
    }

    private mutating func see(_ variable: VariableReference, function: String?, isSelector: Bool) {
        guard !locals.contains(variable.name) else { return }
        let span = variable.place.span
        guard let known = environment.variables[variable.name] else {
            diagnostics.append(
                .unknownVariable(variable.name, at: span, environment, isSuggesting: suggestionsLeft > 0))
            suggestionsLeft -= 1
            return
        }
        uses.append(TextVariableUse(name: variable.name, span: span, function: function, isSelector: isSelector))
        if known.type == .list || known.type == .map {
            diagnostics.append(.unformattable(variable.name, known.type.name, at: span))
        } else if environment.isMissing(known), reported.insert(variable.name).inserted {
            diagnostics.append(.missingFallback(variable.name, inNotification: environment.isNotification, at: span))
        }
    }
}

// MARK: One pattern

extension PatternText {
    /// Checks blocks, targets of links, and what only looks like Markdown.
    func check(kind: TextKind, _ environment: TextEnvironment, diagnostics: inout [Diagnostic], source: [UInt8]) {
        let tree = tree
        if kind != .plain, kind != .url {
            checkBrackets(source, &diagnostics)
            checkEmphasis(source, &diagnostics)
            checkLineBreaks(source, &diagnostics)
            checkGluedWords(source, environment, &diagnostics)
            checkReferences(source, &diagnostics)
        }
        if case .document = kind { checkLists(source, &diagnostics) }
        // The headings of a conversation are its steps.
        if kind == .document(conversation: false) { checkHeadingOrder(source, &diagnostics) }
        if kind == .plain { checkPlainSlips(source, environment, &diagnostics) }
        for index in tree.nodes.indices where index != root {
            let node = tree.nodes[index]
            switch node.kind {
            case .link:
                checkTarget(node, &diagnostics)
                checkAddress(node, source, environment, &diagnostics)
            case .image:
                if !environment.blocks.contains(.image) {
                    diagnostics.append(.blockNotAllowed("an image", allowed: allowedBlocks(environment), at: node.span))
                }
            case .paragraph:
                checkHeading(index, source, isStep: kind == .document(conversation: true), &diagnostics)
                checkBlock(node, environment, &diagnostics)
            case .codeBlock:
                checkFence(node, source, &diagnostics)
                checkBlock(node, environment, &diagnostics)
            default: checkBlock(node, environment, &diagnostics)
            }
        }
    }

    private func checkTarget(_ node: MarkdownNode, _ diagnostics: inout [Diagnostic]) {
        let target = tree.slice(node.destination)
        guard tree.holdsSentinels, target.contains(0xF4) else { return }
        for index in sentinels(in: target) {
            guard case .expression(let expression) = scanned.contents[index].content else { continue }
            let isPlain = expression.function.map { $0.name == "string" && $0.options.isEmpty } ?? true
            if !isPlain { diagnostics.append(.formattedTarget(at: scanned.contents[index].span)) }
        }
    }

    /// The sentinels in some bytes of the tree, in order.
    func sentinels(in bytes: ArraySlice<UInt8>) -> [Int] {
        var found: [Int] = []
        bytes.withUnsafeBufferPointer { buffer in
            for offset in buffer.indices where buffer[offset] == 0xF4 {
                if let index = Sentinel.index(in: buffer, at: offset), index < scanned.contents.count {
                    found.append(index)
                }
            }
        }
        return found
    }

    private func checkBlock(_ node: MarkdownNode, _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]) {
        let kind: BlockKinds
        let name: String
        switch node.kind {
        case .paragraph:
            let parent = node.parent >= 0 ? tree.nodes[Int(node.parent)].kind : .document
            guard parent == .document || parent == .blockQuote else { return }
            (kind, name) = (.paragraph, "a paragraph")
        case .heading: (kind, name) = (.heading, "a heading")
        case .list:
            let isTasks = holdsTask(node)
            (kind, name) = isTasks ? (.tasklist, "a list of tasks") : (.list, "a list")
        case .blockQuote: (kind, name) = (.quote, "a quotation")
        case .codeBlock: (kind, name) = (.code, "a block of code")
        case .table: (kind, name) = (.table, "a table")
        case .thematicBreak: (kind, name) = (.rule, "a rule")
        default: return
        }
        guard !environment.blocks.contains(kind) else { return }
        diagnostics.append(.blockNotAllowed(name, allowed: allowedBlocks(environment), at: node.span))
    }

    private func holdsTask(_ list: MarkdownNode) -> Bool {
        var item = list.firstChild
        while item >= 0 {
            if tree.nodes[Int(item)].flags.contains(.task) { return true }
            item = tree.nodes[Int(item)].nextSibling
        }
        return false
    }

    private func allowedBlocks(_ environment: TextEnvironment) -> String {
        BlockKinds.names.filter { environment.blocks.contains($0.kind) }.map(\.name).joined(separator: ", ")
    }

    // MARK: Facts

    /// The links and images, in the order of the source.
    var links: [TextLink] {
        let tree = tree
        var links: [TextLink] = []
        for index in tree.nodes.indices where tree.nodes[index].kind == .link || tree.nodes[index].kind == .image {
            let node = tree.nodes[index]
            links.append(
                TextLink(
                    target: parts(of: node.destination), isImage: node.kind == .image, span: node.span,
                    label: label(of: index)))
        }
        return links
    }

    private func parts(of range: Range<Int32>) -> [TextLink.Part] {
        let bytes = tree.slice(range)
        guard tree.holdsSentinels, bytes.contains(0xF4) else { return [.literal(tree.string(range))] }
        var parts: [TextLink.Part] = []
        var literal: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == 0xF4, index + 3 < bytes.endIndex,
                let sentinel = sentinels(in: bytes[index..<index + 4]).first
            else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            index += 4
            let content = scanned.contents[sentinel].content
            if let text = content.literalText {
                literal.append(contentsOf: text.utf8)
            } else if case .expression(let expression) = content, case .variable(let variable)? = expression.operand {
                if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
                literal = []
                parts.append(.variable(variable.name))
            }
        }
        if !literal.isEmpty || parts.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return parts
    }

    /// The words below a node, with `{$name}` for placeholders.
    func label(of index: Int) -> String {
        let child = tree.nodes[index].firstChild
        if child >= 0, tree.nodes[Int(child)].kind == .text, tree.nodes[Int(child)].nextSibling < 0 {
            return tree.string(tree.nodes[Int(child)].literal)
        }
        return readable(PlainTextRenderer.render(tree.children(of: index), of: tree))
    }

    /// Text with sentinels as a reader of the source knows it.
    func readable(_ bytes: [UInt8]) -> String {
        guard tree.holdsSentinels else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: replacingSentinels(bytes) { scanned.contents[$0].content.sourceForm }, as: UTF8.self)
    }

    /// Bytes with each sentinel replaced by a text, which is asked for by its number.
    func replacingSentinels(_ bytes: [UInt8], _ text: (Int) -> String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 32)
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                if buffer[index] == 0xF4, let sentinel = Sentinel.index(in: buffer, at: index) {
                    let plain = Sentinel.context(of: sentinel).index
                    if plain < scanned.contents.count {
                        result.append(contentsOf: text(plain).utf8)
                    }
                    index += 4
                } else {
                    result.append(buffer[index])
                    index += 1
                }
            }
        }
        return result
    }

    /// The leaf blocks, for translation.
    var units: [TextUnit] {
        var units: [TextUnit] = []
        let tree = tree
        for node in tree.nodes {
            let kind: TextUnit.Kind
            switch node.kind {
            case .paragraph: kind = .paragraph
            case .heading: kind = root > 0 ? .paragraph : .heading
            case .tableCell: kind = .tableCell
            case .codeBlock: kind = .code
            case .document where !node.contentLines.isEmpty: kind = .paragraph
            default: continue
            }
            let lines = tree.contentLines[Int(node.contentLines.lowerBound)..<Int(node.contentLines.upperBound)]
            guard let first = lines.first, let last = lines.last else {
                if node.kind == .codeBlock { units.append(TextUnit(kind: kind, span: node.span, holes: [])) }
                continue
            }
            var holes: [Span] = []
            for (line, next) in zip(lines, lines.dropFirst()) where next.start > line.end + 1 {
                holes.append(Span(line.end + 1, next.start))
            }
            units.append(TextUnit(kind: kind, span: Span(first.start, last.end), holes: holes))
        }
        return units
    }
}

extension SentinelContent {
    /// The placeholder as it may be shown to an author.
    var sourceForm: String {
        switch self {
        case .brace(let byte): String(decoding: [byte], as: UTF8.self)
        case .markup: ""
        case .expression(let expression):
            switch expression.operand {
            case .variable(let variable)?: "{$\(variable.name)}"
            case .literal(let literal)?: literal.value
            case nil: "{}"
            }
        }
    }
}

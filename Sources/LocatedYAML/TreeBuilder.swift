import CLibYAML
import SourceDiagnostics

/// What ends the reading of a document: one finding.
struct Stop: Error {
    var diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}

/// Builds trees from libyaml's events.
struct TreeBuilder {
    /// The file as its author wrote it.
    let bytes: [UInt8]
    let range: Span
    let options: YAMLOptions
    let isASCII: Bool
    var shield: SeparatorShield?
    var diagnostics: [Diagnostic] = []

    private var nodes = 0
    private var textBytes = 0
    private var anchors = AnchorTable()
    /// Whether the document so far uses an alias or a merge key; each is warned of once.
    var hasAlias = false
    var hasMergeKey = false

    init(bytes: [UInt8], range: Span, options: YAMLOptions, isASCII: Bool) {
        self.bytes = bytes
        self.range = range
        self.options = options
        self.isASCII = isASCII
    }

    /// Reads the documents of `input`, which is ``bytes`` but for shielded separators.
    mutating func read(_ input: [UInt8], maximumDocuments: Int) -> [YAMLNode] {
        var documents: [YAMLNode] = []
        input.withUnsafeBufferPointer { buffer in
            guard var source = EventSource(buffer, range: range, isASCII: isASCII) else { return }
            do throws(Stop) {
                try self.documents(&source, maximumDocuments, into: &documents)
            } catch {
                // What YAML saw inside a value that it could not read was not meant.
                let broken = error.diagnostic.primary.span
                let isAliasLimit = error.diagnostic.id == "yaml/alias-limit"
                diagnostics.removeAll { finding in
                    if isAliasLimit, finding.id == "yaml/alias" || finding.id == "yaml/merge-key" { return true }
                    return finding.severity == .warning && finding.primary.span.start >= broken.start
                        && finding.primary.span.end <= broken.end && !broken.isEmpty
                }
                diagnostics.append(error.diagnostic)
            }
        }
        return documents
    }

    private mutating func documents(
        _ source: inout EventSource, _ maximum: Int, into documents: inout [YAMLNode]
    ) throws(Stop) {
        try advance(&source)
        while true {
            try advance(&source)
            guard source.type == YAML_DOCUMENT_START_EVENT else { break }
            if documents.count >= maximum { throw Stop(severalDocuments(source.span())) }
            if options.isStrict, source.hasDirectives { throw Stop(directive(at: source.span().start)) }
            (nodes, textBytes, anchors) = (0, 0, AnchorTable())
            try advance(&source)
            let root = try node(&source, depth: 0)
            try advance(&source)
            documents.append(try checkRoot(root))
        }
        if documents.isEmpty, options.requiresMapping {
            documents.append(YAMLNode(span: Span(at: range.start), content: .mapping([])))
        }
    }

    private func checkRoot(_ root: YAMLNode) throws(Stop) -> YAMLNode {
        guard options.requiresMapping else { return root }
        switch root.content {
        case .mapping: return root
        case .scalar(let scalar) where scalar.value == .null && root.span.isEmpty:
            return YAMLNode(span: root.span, content: .mapping([]))
        default: throw Stop(notAMapping(root))
        }
    }

    private mutating func advance(_ source: inout EventSource) throws(Stop) {
        guard source.advance() else {
            throw Stop(SyntaxError(bytes: bytes, range: range, failure: source.failure()).diagnostic())
        }
    }

    // MARK: - Nodes

    /// The node that begins with the current event, up to its last event.
    private mutating func node(_ source: inout EventSource, depth: Int) throws(Stop) -> YAMLNode {
        nodes += 1
        if nodes > options.limits.nodes { throw Stop(tooManyNodes(source.span())) }
        if source.type == YAML_ALIAS_EVENT { return try alias(&source) }
        let anchor = source.anchor
        guard let anchor else { return try unanchoredNode(&source, depth: depth) }
        let span = source.span()
        guard anchors.begin(anchor, at: span, limit: options.limits.anchors) else { throw Stop(tooManyAnchors(span)) }
        let before = (nodes, textBytes)
        let node = try unanchoredNode(&source, depth: depth)
        anchors.end(anchor, node, nodes: nodes - before.0 + 1, textBytes: textBytes - before.1)
        return node
    }

    private mutating func unanchoredNode(_ source: inout EventSource, depth: Int) throws(Stop) -> YAMLNode {
        if source.type == YAML_SCALAR_EVENT { return scalar(&source) }
        guard depth < options.limits.depth else { throw Stop(tooDeep(source.span())) }
        if source.type == YAML_SEQUENCE_START_EVENT { return try sequence(&source, depth: depth) }
        return try mapping(&source, depth: depth)
    }

    private mutating func scalar(_ source: inout EventSource) -> YAMLNode {
        var span = source.span()
        let text = source.scalarText
        let style = source.scalarStyle
        let tag = source.tag
        if source.hasProperties { span = skipProperties(span) }
        textBytes += text.count
        if style == .singleQuoted || style == .doubleQuoted { checkCommentGap(span.end) }
        let raw = span
        if style == .literal || style == .folded { span = trimmed(span) }
        var value = YAMLScalar.Value.string
        if tag != nil {
            value = taggedValue(tag, text, style, span)
        } else if style == .plain {
            value = plainValue(text, span)
        } else if style == .doubleQuoted, options.isStrict {
            reportEscapedControls(text, span)
        }
        var decoded = String(decoding: text, as: UTF8.self)
        if let shield { decoded = shield.restore(decoded) }
        let scalar = YAMLScalar(text: decoded, style: style, value: value, source: bytes, raw: raw)
        return YAMLNode(span: span, content: .scalar(scalar), tag: tag)
    }

    private mutating func sequence(_ source: inout EventSource, depth: Int) throws(Stop) -> YAMLNode {
        let isFlow = source.isFlow
        let tag = source.tag
        let start = collectionStart(&source)
        if tag != nil { checkCollectionTag(tag, "seq", start) }
        var items: [YAMLNode] = []
        try advance(&source)
        while source.type != YAML_SEQUENCE_END_EVENT {
            items.append(try node(&source, depth: depth + 1))
            try advance(&source)
        }
        let end = isFlow ? source.span().end : items.last?.span.end ?? start.end
        if isFlow { checkCommentGap(end) }
        return YAMLNode(span: Span(start.start, end), content: .sequence(items), tag: tag, isFlow: isFlow)
    }

    private mutating func mapping(_ source: inout EventSource, depth: Int) throws(Stop) -> YAMLNode {
        let isFlow = source.isFlow
        let tag = source.tag
        let start = collectionStart(&source)
        if tag != nil { checkCollectionTag(tag, "map", start) }
        var entries: [YAMLNode.Entry] = []
        var keys = KeySet()
        try advance(&source)
        while source.type != YAML_MAPPING_END_EVENT {
            let key = try node(&source, depth: depth + 1)
            try advance(&source)
            let value = try node(&source, depth: depth + 1)
            try advance(&source)
            if options.isStrict {
                check(key: key, value, isFlow: isFlow)
                guard addKey(key, to: &keys) else { continue }
            }
            entries.append(YAMLNode.Entry(key: key, value: value))
        }
        var end = start.end
        if isFlow {
            end = source.span().end
            checkCommentGap(end)
        } else if let last = entries.last {
            end = max(last.key.span.end, last.value.span.end)
        }
        if keys.hasMerge { entries = merged(entries) }
        return YAMLNode(span: Span(start.start, end), content: .mapping(entries), tag: tag, isFlow: isFlow)
    }

    /// The start of a collection, behind its tag and anchor.
    private func collectionStart(_ source: inout EventSource) -> Span {
        let span = source.span()
        guard source.hasProperties else { return span }
        return Span(at: skipProperties(Span(span.start, range.end)).start)
    }

    private mutating func alias(_ source: inout EventSource) throws(Stop) -> YAMLNode {
        let span = source.span()
        let name = source.anchor ?? ""
        guard let anchor = anchors[name] else { throw Stop(unknownAlias(name, span)) }
        guard let target = anchor.node else { throw Stop(recursiveAlias(name, span, anchor.span)) }
        guard anchors.expand(anchor, limits: options.limits) else {
            throw Stop(aliasLimit(span, first: anchors.first, anchor.span))
        }
        if options.isStrict, !hasAlias {
            hasAlias = true
            diagnostics.append(aliasWarning(name, span, anchor.span))
        }
        return YAMLNode(span: span, content: target.content, tag: target.tag, isFlow: target.isFlow)
    }

    // MARK: - Spans

    /// The span without the tag and anchor that it begins with.
    func skipProperties(_ span: Span) -> Span {
        var offset = span.start
        while offset < span.end {
            let byte = bytes[offset]
            if byte == 0x26 || byte == 0x21 {
                while offset < span.end, bytes[offset] > 0x20, !isFlowEnd(bytes[offset]) { offset += 1 }
            } else if byte <= 0x20 {
                offset += 1
            } else if byte == 0x23 {
                while offset < span.end, !isBreak(bytes[offset]) { offset += 1 }
            } else {
                return Span(offset, span.end)
            }
            if offset < span.end, isFlowEnd(bytes[offset]) { return Span(at: offset) }
        }
        return Span(at: span.end)
    }

    private func isFlowEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x5D || byte == 0x7D }

    private func trimmed(_ span: Span) -> Span {
        var end = span.end
        while end > span.start, bytes[end - 1] <= 0x20 { end -= 1 }
        return Span(span.start, end)
    }
}

import ByteText
import SourceDiagnostics

/// Builds a tree from YAML's events.
///
/// It cannot be copied: to hand a copy of its tables to a method that only reads would cost more than what most of them do.
struct YAMLTreeBuilder: ~Copyable {
    /// The file as its author wrote it.
    let bytes: [UInt8]
    let range: Span
    let options: YAMLOptions
    let isASCII: Bool
    var shield: SeparatorShield?
    var diagnostics: [Diagnostic] = []

    // What the tree is made of; see `YAMLTree`.
    var records: [YAMLRecord] = []
    private(set) var children: [UInt32] = []
    var decoded: [UInt8] = []
    private var tags: [String] = []
    /// The children so far of the collections that are being read, the outermost first.
    private(set) var open: [UInt32] = []

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
        // Front matter has a node in some ten bytes.
        let expected = 8 + min(range.length, 1 << 16) / 10
        records.reserveCapacity(expected)
        children.reserveCapacity(expected)
        open.reserveCapacity(32)
    }

    /// Reads the documents of `input`, which is ``bytes`` but for shielded separators, with libyaml.
    mutating func read(_ input: [UInt8], maximumDocuments: Int) -> [YAMLNode] {
        input.withUnsafeBufferPointer { buffer in
            guard var source = LibYAMLEvents(buffer, range: range, isASCII: isASCII) else { return [] }
            return read(&source, maximumDocuments)
        }
    }

    /// Makes a tree of the events that are read already.
    mutating func read(_ events: [QuickEvent], maximumDocuments: Int) -> [YAMLNode] {
        let bytes = bytes
        return bytes.withUnsafeBufferPointer { buffer in
            events.withUnsafeBufferPointer { events in
                var source = QuickEvents(buffer, events)
                return read(&source, maximumDocuments)
            }
        }
    }

    private mutating func read<Source: EventSource & ~Copyable>(
        _ source: inout Source, _ maximumDocuments: Int
    ) -> [YAMLNode] {
        var roots: [Int] = []
        do throws(ParseFailure) {
            try documents(&source, maximumDocuments, into: &roots)
        } catch {
            // What YAML saw inside a value that it could not read was not meant.
            let broken = error.diagnostic.primary.span
            let isAliasLimit = error.diagnostic.id == "yaml/alias-limit"
            diagnostics.removeAll { diagnostic in
                if isAliasLimit, diagnostic.id == "yaml/alias" || diagnostic.id == "yaml/merge-key" { return true }
                return diagnostic.severity == .warning && diagnostic.primary.span.start >= broken.start
                    && diagnostic.primary.span.end <= broken.end && !broken.isEmpty
            }
            diagnostics.append(error.diagnostic)
        }
        let tree = YAMLTree(source: bytes, records: records, children: children, decoded: decoded, tags: tags)
        return roots.map { YAMLNode(tree, $0) }
    }

    private mutating func documents<Source: EventSource & ~Copyable>(
        _ source: inout Source, _ maximum: Int, into roots: inout [Int]
    ) throws(ParseFailure) {
        try advance(&source)
        while true {
            try advance(&source)
            guard source.kind == .documentStart else { break }
            if roots.count >= maximum { throw ParseFailure(secondDocument(at: firstWord(source.span()))) }
            if options.isStrict, source.hasDirectives {
                throw ParseFailure(directiveDiagnostic(bytes, range, near: source.span().start))
            }
            (nodes, textBytes, anchors) = (0, 0, AnchorTable())
            try advance(&source)
            let root = try node(&source, depth: 0)
            if options.isStrict { reportUnusedAnchors(anchors.unused) }
            try advance(&source)
            roots.append(try checkRoot(root))
        }
        if roots.isEmpty, options.requiresMapping {
            roots.append(add(YAMLRecord(.mapping, Span(at: range.start))))
        }
    }

    private mutating func checkRoot(_ root: Int) throws(ParseFailure) -> Int {
        guard options.requiresMapping else { return root }
        let record = records[root]
        switch record.kind {
        case .mapping: return root
        case .scalar where record.value == .null && record.span.isEmpty:
            return add(YAMLRecord(.mapping, record.span))
        default: throw ParseFailure(notAMapping(record))
        }
    }

    private mutating func advance<Source: EventSource & ~Copyable>(_ source: inout Source) throws(ParseFailure) {
        guard source.advance() else {
            throw ParseFailure(SyntaxError(bytes: bytes, range: range, failure: source.failure()).diagnostic())
        }
    }

    // MARK: - Nodes

    private mutating func add(_ record: YAMLRecord) -> Int {
        records.append(record)
        return records.count - 1
    }

    /// The text of a scalar.
    func text(_ record: YAMLRecord) -> String {
        String(decoding: (record.isVerbatim ? bytes : decoded)[record.range], as: UTF8.self)
    }

    /// Calls `body` with the bytes of a scalar's text.
    func withText<Result>(_ record: YAMLRecord, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        (record.isVerbatim ? bytes : decoded).withUnsafeBufferPointer { buffer in
            body(UnsafeBufferPointer(rebasing: buffer[record.range]))
        }
    }

    /// The node that begins with the current event, up to its last event.
    private mutating func node<Source: EventSource & ~Copyable>(_ source: inout Source, depth: Int) throws(ParseFailure)
        -> Int
    {
        nodes += 1
        if nodes > options.limits.nodes {
            throw ParseFailure(.tooManyValues(limit: options.limits.nodes, at: narrow(source.span())))
        }
        if source.kind == .alias { return try alias(&source) }
        guard source.hasProperties, let anchor = source.anchor else { return try unanchoredNode(&source, depth: depth) }
        let span = source.span()
        guard anchors.begin(anchor, at: span, limit: options.limits.anchors) else {
            throw ParseFailure(.tooManyAnchors(limit: options.limits.anchors, at: narrow(span)))
        }
        let before = (nodes, textBytes)
        let node = try unanchoredNode(&source, depth: depth)
        anchors.end(anchor, node, nodes: nodes - before.0 + 1, textBytes: textBytes - before.1)
        return node
    }

    private mutating func unanchoredNode<Source: EventSource & ~Copyable>(_ source: inout Source, depth: Int)
        throws(ParseFailure) -> Int
    {
        if source.kind == .scalar { return try scalar(&source) }
        guard depth < options.limits.depth else {
            throw ParseFailure(.tooDeep(limit: options.limits.depth, at: narrow(source.span())))
        }
        if source.kind == .sequenceStart { return try sequence(&source, depth: depth) }
        return try mapping(&source, depth: depth)
    }

    private mutating func scalar<Source: EventSource & ~Copyable>(_ source: inout Source) throws(ParseFailure) -> Int {
        var span = source.span()
        let text = source.scalarText
        let style = source.scalarStyle
        let hasProperties = source.hasProperties
        let tag = hasProperties ? source.tag : nil
        var tagSpan = Span(at: span.start)
        if hasProperties { (span, tagSpan) = skipProperties(span) }
        textBytes += text.count
        let isQuoted = style == .singleQuoted || style == .doubleQuoted
        if isQuoted { try checkQuoted(span) }
        if style == .plain, let value = taggedText(tag, at: tagSpan) {
            textBytes += value.span.length
            return add(value)
        }
        let raw = span
        if style == .literal || style == .folded { span = trimmed(span) }
        var record = YAMLRecord(.scalar, span)
        record.raw = raw
        record.style = style
        if tag != nil {
            record.value = taggedValue(tag, at: tagSpan, text, span)
            note(tag, of: &record)
        } else if style == .plain {
            record.value = plainValue(text, span)
        }
        let written = isQuoted ? Span(raw.start + 1, raw.end - 1) : raw
        record.isVerbatim = Source.isVerbatim || isWritten(text, at: written)
        if record.isVerbatim {
            record.range = written.start..<written.end
        } else {
            if style == .doubleQuoted, options.isStrict { reportEscapedControls(text, span) }
            record.range = keep(text)
        }
        return add(record)
    }

    /// Keeps what libyaml decoded; where it is among the decoded bytes.
    private mutating func keep(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let start = decoded.count
        if let shield {
            decoded.append(contentsOf: shield.restore(String(decoding: text, as: UTF8.self)).utf8)
        } else {
            decoded.append(contentsOf: text)
        }
        return start..<decoded.count
    }

    private mutating func note(_ tag: String?, of record: inout YAMLRecord) {
        guard let tag else { return }
        record.tag = Int32(tags.count)
        tags.append(tag)
    }

    private mutating func sequence<Source: EventSource & ~Copyable>(_ source: inout Source, depth: Int)
        throws(ParseFailure)
        -> Int
    {
        let isFlow = source.isFlow
        let tag = source.tag
        let (start, tagSpan) = collectionStart(&source)
        if tag != nil { checkCollectionTag(tag, "seq", at: tagSpan) }
        let first = open.count
        try advance(&source)
        while source.kind != .sequenceEnd {
            open.append(UInt32(try node(&source, depth: depth + 1)))
            try advance(&source)
        }
        var end = start.end
        if isFlow {
            end = source.span().end
            checkCommentGap(end)
        } else if open.count > first {
            end = records[Int(open[open.count - 1])].span.end
        }
        var record = YAMLRecord(.sequence, Span(start.start, end))
        record.isFlow = isFlow
        record.range = close(from: first)
        note(tag, of: &record)
        return add(record)
    }

    private mutating func mapping<Source: EventSource & ~Copyable>(_ source: inout Source, depth: Int)
        throws(ParseFailure) -> Int
    {
        let isFlow = source.isFlow
        let tag = source.tag
        let (start, tagSpan) = collectionStart(&source)
        if tag != nil { checkCollectionTag(tag, "map", at: tagSpan) }
        let first = open.count
        var keys = KeySet()
        var end = start.end
        try advance(&source)
        while source.kind != .mappingEnd {
            let key = try node(&source, depth: depth + 1)
            try advance(&source)
            let value = try node(&source, depth: depth + 1)
            try advance(&source)
            if options.isStrict {
                if isFlow, joinsDecimals(records[key], records[value], from: first) { continue }
                try checkGap(records[key], records[value], start.start, isFlow: isFlow)
                let isASCII = isASCIIText(records[key])
                check(key: records[key], records[value], isFlow: isFlow, isASCII: isASCII)
                guard addKey(key, to: &keys, from: first, isASCII: isASCII) else { continue }
            }
            open.append(UInt32(key))
            open.append(UInt32(value))
            end = max(records[key].span.end, records[value].span.end)
        }
        if isFlow {
            end = source.span().end
            checkCommentGap(end)
        }
        if keys.hasMerge { merge(from: first) }
        var record = YAMLRecord(.mapping, Span(start.start, end))
        record.isFlow = isFlow
        record.range = close(from: first)
        note(tag, of: &record)
        return add(record)
    }

    /// Makes what is open from `first` on the children of the collection that ends.
    private mutating func close(from first: Int) -> Range<Int> {
        let start = children.count
        for place in first..<open.count { children.append(open[place]) }
        while open.count > first { open.removeLast() }
        return start..<children.count
    }

    /// Replaces the entries of the mapping that ends by those that its merge key gives.
    private mutating func merge(from first: Int) {
        let entries = stride(from: first, to: open.count, by: 2).map {
            KeyValue(key: Int(open[$0]), value: Int(open[$0 + 1]))
        }
        open.removeSubrange(first...)
        for entry in merged(entries) {
            open.append(UInt32(entry.key))
            open.append(UInt32(entry.value))
        }
    }

    /// The start of a collection, behind its tag and anchor, and where its tag is.
    private func collectionStart<Source: EventSource & ~Copyable>(_ source: inout Source) -> (start: Span, tag: Span) {
        let span = source.span()
        guard source.hasProperties else { return (span, Span(at: span.start)) }
        let (rest, tag) = skipProperties(Span(span.start, range.end))
        return (Span(at: rest.start), tag)
    }

    private mutating func alias<Source: EventSource & ~Copyable>(_ source: inout Source) throws(ParseFailure) -> Int {
        let span = source.span()
        let name = source.anchor ?? ""
        guard let anchor = anchors[name] else { throw ParseFailure(unknownAlias(name, span)) }
        guard let target = anchor.node else {
            throw ParseFailure(.recursiveAlias(name, at: span, anchor: firstWord(anchor.span)))
        }
        guard anchors.expand(name, anchor, limits: options.limits) else {
            throw ParseFailure(aliasLimit(span, first: anchors.first, anchor.span))
        }
        if options.isStrict, !hasAlias {
            hasAlias = true
            diagnostics.append(.alias(name, at: span, anchor: firstWord(anchor.span)))
        }
        var record = records[target]
        record.span = span
        return add(record)
    }
}

import SourceDiagnostics

/// Reads one YAML document into a tree in which every node knows its bytes.
///
/// - Parameters:
///   - bytes: The whole file; all spans are offsets in it.
///   - range: The bytes to read; nil for all. A byte order mark at its beginning is skipped.
///   - options: How strictly to read, and the limits.
/// - Returns: The root, or nil when there is none or when YAML's syntax is broken (then exactly one diagnostic is about the
///   syntax); and the diagnostics in the order of the file. Typing follows the core schema (YAML 1.2.2, section 10.3).
package func parseYAML(
    _ bytes: [UInt8], range: Span? = nil, options: YAMLOptions = .strict
) -> (node: YAMLNode?, diagnostics: [Diagnostic]) {
    let (documents, diagnostics) = parseYAMLStream(bytes, range: range, options: options, maximumDocuments: 1)
    return (documents.first, diagnostics)
}

/// Reads every document of a YAML stream (YAML 1.2.2, section 9.2).
///
/// As ``parseYAML(_:range:options:)``; a document beyond `maximumDocuments` is an error. The documents before an error are kept.
package func parseYAMLStream(
    _ bytes: [UInt8], range: Span? = nil, options: YAMLOptions = .general, maximumDocuments: Int = 10_000
) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
    parseYAMLStream(bytes, range: range, options: options, maximumDocuments: maximumDocuments, allowsQuickScan: true)
}

/// As ``parseYAMLStream(_:range:options:maximumDocuments:)``; what a plain text gives must not depend on `allowsQuickScan`.
func parseYAMLStream(
    _ bytes: [UInt8], range: Span?, options: YAMLOptions, maximumDocuments: Int, allowsQuickScan: Bool
) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
    var range = clamp(range ?? Span(0, bytes.count), to: bytes.count)
    let scan = bytes.withUnsafeBufferPointer { buffer -> CharacterScan in
        if range.start == 0, let foreign = foreignEncoding(buffer) { return CharacterScan(failing: foreign) }
        if range.length >= 3, buffer[range.start] == 0xEF, buffer[range.start + 1] == 0xBB,
            buffer[range.start + 2] == 0xBF
        {
            range = Span(range.start + 3, range.end)
        }
        if range.length > options.limits.bytes || range.end > longestFile {
            return CharacterScan(failing: .tooLarge(range, limit: options.limits.bytes))
        }
        return scanCharacters(buffer, range)
    }
    guard !scan.failed else { return ([], scan.diagnostics) }
    var builder = YAMLTreeBuilder(bytes: bytes, range: range, options: options, isASCII: scan.isASCII)
    builder.diagnostics = scan.diagnostics
    let documents: [YAMLNode]
    if allowsQuickScan, scan.isPlain, let events = quickEvents(bytes, range) {
        documents = builder.read(events, maximumDocuments: maximumDocuments)
    } else {
        let input = scan.hasSeparators ? SeparatorShield(bytes, range) : nil
        builder.shield = input
        documents = builder.read(input?.shielded ?? bytes, maximumDocuments: maximumDocuments)
    }
    var diagnostics = builder.diagnostics
    if diagnostics.count > 1 { diagnostics.sort(by: Diagnostic.precedes) }
    return (documents, diagnostics)
}

private func clamp(_ range: Span, to count: Int) -> Span {
    Span(min(max(range.start, 0), count), min(max(range.end, 0), count))
}

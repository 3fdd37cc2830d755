import SourceDiagnostics

/// What YAML's grammar says about a text, one event after the other (YAML 1.2.2, section 3.1).
///
/// There are two: ``LibYAMLEvents`` reads everything, ``QuickEvents`` has what ``QuickScanner`` made of a plain text. The
/// ``YAMLTreeBuilder`` is specialized for each.
protocol EventSource: ~Copyable {
    /// Whether each scalar's text stands in the file as it is, between its quotation marks.
    static var isVerbatim: Bool { get }

    /// Reads the next event; false when the syntax is broken.
    mutating func advance() -> Bool

    var kind: EventKind { get }

    /// The bytes of the current event.
    mutating func span() -> Span

    /// The current scalar's text; valid until the next ``advance()``.
    var scalarText: UnsafeBufferPointer<UInt8> { get }

    var scalarStyle: YAMLScalar.Style { get }

    /// Whether the current sequence or mapping start is written with brackets.
    var isFlow: Bool { get }

    /// Whether directives stand before the current document start.
    var hasDirectives: Bool { get }

    /// Whether the current node has a tag or an anchor.
    var hasProperties: Bool { get }

    /// The anchor of the current node, or the name that the current alias refers to.
    var anchor: String? { get }

    var tag: String? { get }

    /// What libyaml says about the broken syntax.
    mutating func failure() -> LibYAMLFailure
}

/// What an event tells of.
enum EventKind: UInt8 {
    case none, streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
}

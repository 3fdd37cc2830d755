import SourceDiagnostics

/// One event of a text that ``QuickScanner`` can read.
struct QuickEvent: Equatable {
    var kind: EventKind
    var style: YAMLScalar.Style
    var isFlow: Bool
    /// Of a scalar with its quotation marks.
    var start: UInt32
    var end: UInt32

    init(_ kind: EventKind, _ start: Int, _ end: Int, style: YAMLScalar.Style = .plain, isFlow: Bool = false) {
        self.kind = kind
        self.style = style
        self.isFlow = isFlow
        // `parseYAMLStream` keeps longer files away; see `longestFile`.
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }
}

/// The events that ``QuickScanner`` found, one after the other.
///
/// Nothing in them has a tag, an anchor or an escape, and nothing is broken: of a text that might have such things there are
/// no quick events.
struct QuickEvents: EventSource, ~Copyable {
    static var isVerbatim: Bool { true }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let events: UnsafeBufferPointer<QuickEvent>
    private var next = 0
    private var current = QuickEvent(.none, 0, 0)

    /// `bytes`, the whole file, and `events` must outlive the source.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ events: UnsafeBufferPointer<QuickEvent>) {
        self.bytes = bytes
        self.events = events
    }

    mutating func advance() -> Bool {
        guard next < events.count else { return false }
        current = events[next]
        next += 1
        return true
    }

    var kind: EventKind { current.kind }

    func span() -> Span { Span(Int(current.start), Int(current.end)) }

    var scalarText: UnsafeBufferPointer<UInt8> {
        let mark = current.style == .plain ? 0 : 1
        return UnsafeBufferPointer(rebasing: bytes[(Int(current.start) + mark)..<(Int(current.end) - mark)])
    }

    var scalarStyle: YAMLScalar.Style { current.style }

    var isFlow: Bool { current.isFlow }

    var hasDirectives: Bool { false }

    var hasProperties: Bool { false }

    var anchor: String? { nil }

    var tag: String? { nil }

    /// Nobody asks: a text without an error has all its events.
    func failure() -> LibYAMLFailure {
        LibYAMLFailure(problem: "", context: "", offset: Int(current.end), contextOffset: Int(current.end))
    }
}

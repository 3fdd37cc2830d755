import ByteText
import CLibYAML
import SourceDiagnostics

/// libyaml's event parser over a part of a file, with its marks turned into byte offsets.
///
/// libyaml counts characters. Events come nearly in order, so that a cursor which walks from the last mark to the next
/// finds every offset in time linear in the text, all together.
struct LibYAMLEvents: EventSource, ~Copyable {
    static var isVerbatim: Bool { false }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let range: Span
    private let isASCII: Bool
    private var holdsEvent = false
    private var cursorCharacters = 0
    private var cursorOffset: Int

    /// `bytes` must outlive the source.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, range: Span, isASCII: Bool) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        self.bytes = bytes
        self.range = range
        self.isASCII = isASCII
        cursorOffset = range.start
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            event.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress.map { $0 + range.start }, range.length)
    }

    deinit {
        if holdsEvent { yaml_event_delete(event) }
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    mutating func advance() -> Bool {
        if holdsEvent { yaml_event_delete(event) }
        holdsEvent = yaml_parser_parse(parser, event) == 1
        return holdsEvent && isText
    }

    /// Whether what the event holds of a text is UTF-8. libyaml checks its input and its escapes, so that nothing else is
    /// known to come; anchors and tags are repaired as they become strings.
    private var isText: Bool { type != YAML_SCALAR_EVENT || firstInvalidUTF8(in: scalarText) == nil }

    private var type: yaml_event_type_t { event.pointee.type }

    var kind: EventKind {
        switch type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_STREAM_END_EVENT: .streamEnd
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias
        case YAML_SCALAR_EVENT: .scalar
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_MAPPING_END_EVENT: .mappingEnd
        default: .none
        }
    }

    mutating func span() -> Span {
        let start = offset(event.pointee.start_mark)
        return Span(start, offset(event.pointee.end_mark))
    }

    var scalarText: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
    }

    var scalarStyle: YAMLScalar.Style {
        switch event.pointee.data.scalar.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    var isFlow: Bool {
        type == YAML_SEQUENCE_START_EVENT
            ? event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
            : event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    }

    var hasDirectives: Bool {
        let document = event.pointee.data.document_start
        return document.version_directive != nil || document.tag_directives.start != document.tag_directives.end
    }

    var hasProperties: Bool {
        switch type {
        case YAML_SCALAR_EVENT: event.pointee.data.scalar.anchor != nil || event.pointee.data.scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            event.pointee.data.sequence_start.anchor != nil || event.pointee.data.sequence_start.tag != nil
        case YAML_MAPPING_START_EVENT:
            event.pointee.data.mapping_start.anchor != nil || event.pointee.data.mapping_start.tag != nil
        default: false
        }
    }

    var anchor: String? {
        switch type {
        case YAML_ALIAS_EVENT: string(event.pointee.data.alias.anchor)
        case YAML_SCALAR_EVENT: string(event.pointee.data.scalar.anchor)
        case YAML_SEQUENCE_START_EVENT: string(event.pointee.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: string(event.pointee.data.mapping_start.anchor)
        default: nil
        }
    }

    var tag: String? {
        switch type {
        case YAML_SCALAR_EVENT: string(event.pointee.data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT: string(event.pointee.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT: string(event.pointee.data.mapping_start.tag)
        default: nil
        }
    }

    mutating func failure() -> LibYAMLFailure {
        if holdsEvent {
            let place = offset(event.pointee.start_mark)
            return LibYAMLFailure(
                problem: "a text does not come out as UTF-8", context: "", offset: place, contextOffset: place)
        }
        let state = parser.pointee
        func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
        let hasContext = state.context != nil
        let problem =
            state.error == YAML_READER_ERROR
            ? min(range.start + Int(state.problem_offset), range.end) : offset(state.problem_mark)
        return LibYAMLFailure(
            problem: text(state.problem), context: text(state.context), offset: problem,
            contextOffset: hasContext ? offset(state.context_mark) : problem)
    }

    private func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private mutating func offset(_ mark: yaml_mark_t) -> Int {
        let characters = Int(mark.index)
        if isASCII { return min(range.start + characters, range.end) }
        while cursorCharacters < characters, cursorOffset < range.end {
            cursorOffset += 1
            while cursorOffset < range.end, bytes[cursorOffset] & 0xC0 == 0x80 { cursorOffset += 1 }
            cursorCharacters += 1
        }
        while cursorCharacters > characters, cursorOffset > range.start {
            cursorOffset -= 1
            while cursorOffset > range.start, bytes[cursorOffset] & 0xC0 == 0x80 { cursorOffset -= 1 }
            cursorCharacters -= 1
        }
        return cursorOffset
    }
}

/// libyaml's own words and places for a syntax error.
struct LibYAMLFailure {
    var problem: String
    var context: String
    var offset: Int
    var contextOffset: Int
}

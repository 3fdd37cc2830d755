import CLibYAML
import LocatedYAML

/// What a stream of YAML says, without the spans and types that this package adds: a document's nodes with their texts.
indirect enum YAMLReading: Equatable {
    /// `isPlain`: without quotation marks, `|`, `>` and a tag, so that its text may be a number and the like.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLReading])
    /// Keys and values in turn.
    case mapping([YAMLReading])

    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar): self = .scalar(scalar.text, isPlain: scalar.style == .plain && node.tag == nil)
        case .sequence(let items): self = .sequence(items.map { YAMLReading($0) })
        case .mapping(let entries):
            self = .mapping(entries.flatMap { [YAMLReading($0.key), YAMLReading($0.value)] })
        }
    }
}

/// The documents of a stream as libyaml itself reads them, by its events, with aliases written out; nil when it refuses the
/// stream or an alias has no anchor.
func libyamlReading(_ yaml: [UInt8]) -> [YAMLReading]? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return nil }
    defer { yaml_parser_delete(parser) }
    return yaml.withUnsafeBufferPointer { bytes in
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        var reader = LibYAMLReader(parser: parser)
        return reader.stream()
    }
}

/// One event with what is of interest of it, copied.
private enum LibYAMLEvent {
    case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
    case scalar(String, isPlain: Bool, anchor: String?)
    case alias(String)
    case sequenceStart(anchor: String?)
    case mappingStart(anchor: String?)
}

private struct LibYAMLReader {
    let parser: UnsafeMutablePointer<yaml_parser_t>
    private var anchors: [String: YAMLReading] = [:]

    init(parser: UnsafeMutablePointer<yaml_parser_t>) {
        self.parser = parser
    }

    mutating func stream() -> [YAMLReading]? {
        guard case .streamStart? = next() else { return nil }
        var documents: [YAMLReading] = []
        while true {
            switch next() {
            case .documentStart?:
                anchors = [:]
                guard let first = next(), let root = node(first), case .documentEnd? = next() else { return nil }
                documents.append(root)
            case .streamEnd?: return documents
            default: return nil
            }
        }
    }

    private mutating func node(_ event: LibYAMLEvent) -> YAMLReading? {
        switch event {
        case .alias(let name): return anchors[name]
        case .scalar(let text, let isPlain, let anchor): return keep(.scalar(text, isPlain: isPlain), anchor)
        case .sequenceStart(let anchor):
            var items: [YAMLReading] = []
            while let event = next() {
                if case .sequenceEnd = event { return keep(.sequence(items), anchor) }
                guard let item = node(event) else { return nil }
                items.append(item)
            }
            return nil
        case .mappingStart(let anchor):
            var parts: [YAMLReading] = []
            while let event = next() {
                if case .mappingEnd = event { return keep(.mapping(parts), anchor) }
                guard let part = node(event) else { return nil }
                parts.append(part)
            }
            return nil
        default: return nil
        }
    }

    private mutating func keep(_ reading: YAMLReading, _ anchor: String?) -> YAMLReading {
        if let anchor { anchors[anchor] = reading }
        return reading
    }

    private func next() -> LibYAMLEvent? {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { return nil }
        defer { yaml_event_delete(&event) }
        func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? { text.map { String(cString: $0) } }
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return string(event.data.alias.anchor).map { .alias($0) }
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart(anchor: string(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT: return .mappingStart(anchor: string(event.data.mapping_start.anchor))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: text, as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil, anchor: string(scalar.anchor))
        default: return nil
        }
    }
}

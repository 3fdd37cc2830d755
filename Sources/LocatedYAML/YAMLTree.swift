import ByteText
import SourceDiagnostics

/// All nodes of one text, flat: each is a record in one array, its text a range of the file's bytes.
///
/// A node of its own class or enum case would cost an allocation and a count of references each; a project has a hundred
/// thousand.
final class YAMLTree: Sendable {
    /// The file that the text was read from.
    let source: [UInt8]
    let records: [YAMLRecord]
    /// Indices of records: a sequence has its items here in a row, a mapping keys and values by turns.
    let children: [UInt32]
    /// The texts that do not stand in the file as they are: escapes resolved, lines folded.
    let decoded: [UInt8]
    let tags: [String]

    init(source: [UInt8], records: [YAMLRecord], children: [UInt32], decoded: [UInt8], tags: [String]) {
        self.source = source
        self.records = records
        self.children = children
        self.decoded = decoded
        self.tags = tags
    }

    /// What collections without a node refer to.
    static let empty = YAMLTree(source: [], records: [], children: [], decoded: [], tags: [])

    /// Calls `body` with the text of the scalar at `index`; with nothing for a collection.
    @inline(__always)
    func withText<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let record = records[index]
        guard record.kind == .scalar else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return (record.isVerbatim ? source : decoded).withUnsafeBufferPointer { buffer in
            body(UnsafeBufferPointer(rebasing: buffer[record.range]))
        }
    }

    func text(_ index: Int) -> String { withText(index) { String(decoding: $0, as: UTF8.self) } }

    /// Whether the node at `index` is a scalar whose text is `text`, which has `length` bytes.
    @inline(__always)
    func isText(_ index: Int, _ text: String, _ length: Int) -> Bool {
        guard records[index].kind == .scalar, records[index].length == length else { return false }
        return hasBytes(index, text)
    }

    private func hasBytes(_ index: Int, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { wanted in withText(index) { sameBytes($0, wanted) } }
    }

    func tag(_ index: Int) -> String? {
        let tag = records[index].tag
        return tag < 0 ? nil : tags[Int(tag)]
    }
}

/// One node of a ``YAMLTree``.
///
/// Offsets have 32 bits: ``YAMLLimits`` and `parseYAMLStream` keep longer files away.
struct YAMLRecord {
    enum Kind: UInt8 {
        case scalar, sequence, mapping
    }

    var kind: Kind
    var style = YAMLScalar.Style.plain
    var isFlow = false
    /// Whether a scalar's text stands in the file as it is.
    var isVerbatim = true
    var value = YAMLScalar.Value.string
    private var start: UInt32
    private var end: UInt32
    private var rawStart: UInt32
    private var rawEnd: UInt32
    /// The place of a scalar's text in the file or among the decoded bytes; of a collection's children.
    private var first: UInt32 = 0
    private var count: UInt32 = 0
    /// The place among the tags; negative without one.
    var tag: Int32 = -1

    @inline(__always)
    init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        start = UInt32(span.start)
        end = UInt32(span.end)
        (rawStart, rawEnd) = (start, end)
    }

    var span: Span {
        get { Span(Int(start), Int(end)) }
        set {
            start = UInt32(newValue.start)
            end = UInt32(newValue.end)
        }
    }

    /// The bytes that YAML reads for a scalar: with quotation marks, or from the block header to the end of the last
    /// line break; of an alias those of its anchor's.
    var raw: Span {
        get { Span(Int(rawStart), Int(rawEnd)) }
        set {
            rawStart = UInt32(newValue.start)
            rawEnd = UInt32(newValue.end)
        }
    }

    /// How many bytes a scalar's text has, or how many children a collection.
    var length: Int { Int(count) }

    var range: Range<Int> {
        get { Int(first)..<Int(first) + Int(count) }
        set {
            first = UInt32(newValue.lowerBound)
            count = UInt32(newValue.count)
        }
    }
}

/// The most bytes that a file may have for its YAML to be read; what escapes decode to is at most half as long again.
let longestFile = Int(Int32.max)

import SourceDiagnostics

/// A scalar: its decoded text, what the core schema makes of it, and the way back to the file.
package struct YAMLScalar: Sendable {
    /// How a scalar is written (YAML 1.2.2, chapters 7 and 8).
    package enum Style: UInt8, Hashable, Sendable {
        case plain
        case singleQuoted
        case doubleQuoted
        /// `|`
        case literal
        /// `>`
        case folded
    }

    /// What the YAML 1.2 core schema reads (section 10.3.2).
    package enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        case int(Int)
        case float(Double)
        case string
    }

    private let tree: YAMLTree
    private let index: Int

    init(_ tree: YAMLTree, _ index: Int) {
        self.tree = tree
        self.index = index
    }

    /// The decoded text: escapes resolved, lines folded, indentation removed; for a number as it is written.
    package var text: String { tree.text(index) }

    /// The UTF-8 of ``text``.
    package var bytes: [UInt8] { tree.withText(index) { Array($0) } }

    /// Whether ``text`` is empty.
    package var isEmpty: Bool { tree.records[index].length == 0 }

    package var style: Style { tree.records[index].style }

    /// The type and value by the core schema; only plain scalars and those with a core tag are other than `string`.
    package var value: Value { tree.records[index].value }

    /// The file that the scalar was read from.
    var source: [UInt8] { tree.source }

    /// The bytes that YAML reads for it; see ``YAMLRecord/raw``.
    var raw: Span { tree.records[index].raw }

    /// The way from offsets in the decoded ``text`` to bytes of the file.
    ///
    /// It is computed when asked for, in time linear in the scalar's length.
    package var table: OffsetTable {
        ScalarDecoder(source: source, raw: raw, style: style).table(of: text)
    }

    /// The bytes of the file as they are written, quotation marks included.
    package var rawText: String {
        String(decoding: source[raw.start..<raw.end], as: UTF8.self)
    }
}

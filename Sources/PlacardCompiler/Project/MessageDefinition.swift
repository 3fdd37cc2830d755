import CanonicalJSON
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

/// A text in another language inside a file: an expression, or a text with Markdown.
package struct EmbeddedText: Sendable {
    /// Where the bytes of the text come from.
    package enum Origin: Sendable {
        /// A YAML scalar, with quotation marks, escapes and indentation of its own.
        case scalar(YAMLScalar)
        /// These bytes of what such a scalar decodes to.
        case part(of: YAMLScalar, Span)
        /// Bytes that stand in the file as they are.
        case verbatim
    }

    /// UTF-8; of a scalar, what it decodes to.
    package var bytes: [UInt8]
    package var origin: Origin
    /// Where it stands in ``file``.
    package var span: Span
    package var file: String

    /// A text that stands in the file as it is.
    init(bytes: [UInt8], at span: Span, file: String) {
        self.bytes = bytes
        origin = .verbatim
        self.span = span
        self.file = file
    }

    /// The text of a scalar that is not null; nil for anything else.
    init?(_ node: YAMLNode, file: String) {
        guard let scalar = node.scalar, scalar.value != .null else { return nil }
        bytes = scalar.bytes
        origin = .scalar(scalar)
        span = node.span
        self.file = file
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of a scalar without spaces and line ends around it, which quotation marks and `|` keep.
    var trimmed: EmbeddedText {
        guard case .scalar(let scalar) = origin, let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 }), last - first + 1 < bytes.count
        else { return self }
        var result = self
        result.bytes = Array(bytes[first...last])
        result.origin = .part(of: scalar, Span(first, last + 1))
        return result
    }

    /// Its place, for diagnostics about it as a whole.
    package var label: Label { Label(file: file, span) }

    /// The way back to the file's bytes; made only when something has to be reported.
    package var table: OffsetTable {
        switch origin {
        case .scalar(let scalar): scalar.table
        case .part(let scalar, let span): scalar.table.slice(span)
        case .verbatim: OffsetTable(outer: span.start, length: span.length)
        }
    }

    /// Diagnostics in offsets of the text, led to the file.
    func place(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !diagnostics.isEmpty else { return [] }
        let table = table
        let spell = diagnostics.contains { !$0.fixIts.isEmpty } ? spelling : nil
        return diagnostics.map { $0.placed(in: file, through: table, spell: spell) }
    }

    /// Leads edits of the text to edits of its file.
    private var spelling: ([Edit]) -> [Edit] {
        switch origin {
        case .scalar(let scalar):
            let scalarEdits = ScalarEdits(scalar)
            return { scalarEdits.edits($0) }
        case .part(let scalar, let span):
            let scalarEdits = ScalarEdits(scalar)
            return { scalarEdits.edits($0, from: span.start) }
        case .verbatim:
            let lineBreak = lineBreakUsed(in: bytes)
            let start = span.start
            return { edits in
                edits.map { Edit($0.span.shifted(by: start), $0.replacement.replacing("\n", with: lineBreak)) }
            }
        }
    }
}

/// A value with its place.
package struct Located<Value: Sendable>: Sendable {
    package var value: Value
    package var file: String
    package var span: Span

    package var label: Label { Label(file: file, span) }
}

extension Located: Equatable where Value: Equatable {}

/// What the front matter of a message says, inherited defaults included.
package struct MessageDefinition: Sendable {
    package var id: String
    /// Path of the source file.
    package var file: String
    /// Folder below `content/`, empty at its top.
    package var folder: String
    package var template: Located<String>?
    /// What must hold of the user, each as its author wrote it: what the outermost folder says first, the message's own last.
    package var audiences: [EmbeddedText] = []
    package var trigger: TriggerDefinition?
    package var schedule: ScheduleDefinition?
    package var frequency: [FrequencyRule] = []
    package var frequencyLabel: Label?
    package var group: Located<String>?
    package var priority: Int64 = defaultPriority
    /// Hundredths of a percent; nil for everybody.
    package var rollout: Int64?
    package var rolloutLabel: Label?
    package var experiment: ExperimentDefinition?
    package var thread: EmbeddedText?
    package var onMissing: MissingPolicy?
    /// Declared inputs in the order of the file.
    package var variables: [VariableDefinition] = []
    /// What it says and shows.
    package var content = MessageContent<EmbeddedText>()
    /// Where its colors stand, by their fields; without those of the template.
    var colorPlaces: [String: Label] = [:]
    /// The Markdown below the front matter, also of a template that has no body.
    package var body: EmbeddedText?
    /// Diagnostics that this file allows.
    package var allowances: [Allowance] = []
    /// What translators should know.
    package var notes: String?

    package init(id: String, file: String, folder: String) {
        self.id = id
        self.file = file
        self.folder = folder
    }
}

/// The priority of a message that names none.
package let defaultPriority: Int64 = 50

package struct TriggerDefinition: Sendable {
    package var event: Located<String>
    package var when: EmbeddedText?
    /// Milliseconds.
    package var delay: Int64 = 0
}

package struct ScheduleDefinition: Sendable {
    package var schedule: Schedule
    package var startLabel: Label?
    package var endLabel: Label?
    package var timezoneLabel: Label?
    package var label: Label
}

package struct ExperimentDefinition: Sendable {
    package var variants: [(id: Located<String>, weight: Int64)]
    /// Hundredths of a percent.
    package var holdout: Int64?
    package var label: Label
}

/// An input of a message's texts.
package struct VariableDefinition: Sendable {
    package var name: Located<String>
    /// What stands for it when it has no value.
    package var fallback: Located<String>?
    /// The fallback as it stands in its file.
    var written: EmbeddedText?
}

/// A diagnostic that a file allows, with its reason.
package struct Allowance: Sendable {
    package var id: Located<String>
    package var reason: String

    /// The entries of a front matter's `allow`.
    static func all(in node: YAMLNode, file: String) -> [Allowance] {
        (node["allow"]?.sequence ?? .empty).compactMap { entry in
            guard let id = entry["id"], let text = id.text else { return nil }
            return Allowance(id: Located(value: text, file: file, span: id.span), reason: entry["reason"]?.text ?? "")
        }
    }
}

/// What a translation gives instead of the source's texts.
package struct Translation: Sendable {
    package var file: String
    package var locale: String
    /// Its texts.
    package var content = MessageContent<EmbeddedText>()
    package var fallbacks: [VariableDefinition] = []
    /// The Markdown below the front matter, also of a template that has no body; nil where there is none.
    package var body: EmbeddedText?
    /// Names of texts that are right though they are word for word their source.
    package var identical: Set<String> = []
    /// Diagnostics that its file allows.
    var allowances: [Allowance] = []
    /// Its front matter, to point at what lacks something.
    var frontMatter: YAMLNode?
    /// Keys whose values are no texts, lists or mappings as they should be, as the schema has reported.
    var malformed: Set<String> = []
    /// Where the body is, or would be.
    var bodySpan = Span(at: 0)

    package init(file: String, locale: String) {
        self.file = file
        self.locale = locale
    }
}

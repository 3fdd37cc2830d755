import CanonicalJSON
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

/// A text in another language inside a file: an expression, or a text with Markdown.
public struct EmbeddedText: Sendable {
    /// Where the bytes of the text come from.
    public enum Origin: Sendable {
        /// A YAML scalar, with quotation marks, escapes and indentation of its own.
        case scalar(YAMLScalar)
        /// These bytes of what such a scalar decodes to.
        case part(of: YAMLScalar, Span)
        /// Bytes that stand in the file as they are.
        case verbatim
    }

    /// UTF-8; of a scalar, what it decodes to.
    public var bytes: [UInt8]
    public var origin: Origin
    /// Where it stands in ``file``.
    public var span: Span
    public var file: String

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

    public var text: String { String(decoding: bytes, as: UTF8.self) }

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
    public var label: Label { Label(file: file, span) }

    /// The way back to the file's bytes; made only when something has to be reported.
    public var table: OffsetTable {
        switch origin {
        case .scalar(let scalar): scalar.table
        case .part(let scalar, let span): scalar.table.slice(span)
        case .verbatim: OffsetTable(outer: span.start, length: span.length)
        }
    }

    /// Findings in offsets of the text, led to the file.
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
public struct Located<Value: Sendable>: Sendable {
    public var value: Value
    public var file: String
    public var span: Span

    public var label: Label { Label(file: file, span) }
}

extension Located: Equatable where Value: Equatable {}

/// What the front matter of a message says, inherited defaults included.
public struct MessageDefinition: Sendable {
    public var id: String
    /// Path of the source file.
    public var file: String
    /// Folder below `content/`, empty at its top.
    public var folder: String
    public var template: Located<String>?
    /// What must hold of the user, each as its author wrote it: what the outermost folder says first, the message's own last.
    public var audiences: [EmbeddedText] = []
    public var trigger: TriggerDefinition?
    public var schedule: ScheduleDefinition?
    public var frequency: [FrequencyRule] = []
    public var frequencyLabel: Label?
    public var group: Located<String>?
    public var priority: Int64 = defaultPriority
    /// Hundredths of a percent; nil for everybody.
    public var rollout: Int64?
    public var rolloutLabel: Label?
    public var experiment: ExperimentDefinition?
    public var thread: EmbeddedText?
    public var onMissing: OnMissing?
    /// Declared inputs in the order of the file.
    public var variables: [VariableDefinition] = []
    public var actions: [ActionDefinition] = []
    public var push: PushDefinition?
    /// Values of the template's fields that are not text.
    public var values: [ValueField] = []
    /// The template's fields that are text, but for the body.
    public var texts: [TextField] = []
    /// The template's fields that are URLs.
    public var urls: [TextField] = []
    public var images: [ImageField] = []
    public var lists: [ListField] = []
    /// The Markdown below the front matter.
    public var body: EmbeddedText?
    /// Findings that this file allows.
    public var allowances: [Allowance] = []
    /// What translators should know.
    public var notes: String?

    public init(id: String, file: String, folder: String) {
        self.id = id
        self.file = file
        self.folder = folder
    }
}

/// The priority of a message that names none.
public let defaultPriority: Int64 = 50

public struct TriggerDefinition: Sendable {
    public var event: Located<String>
    public var when: EmbeddedText?
    /// Milliseconds.
    public var delay: Int64 = 0
}

public struct ScheduleDefinition: Sendable {
    public var schedule: Schedule
    public var startLabel: Label?
    public var endLabel: Label?
    public var timezoneLabel: Label?
    public var label: Label
}

public struct ExperimentDefinition: Sendable {
    public var variants: [(id: Located<String>, weight: Int64)]
    /// Hundredths of a percent.
    public var holdout: Int64?
    public var label: Label
}

/// An input of a message's texts.
public struct VariableDefinition: Sendable {
    public var name: Located<String>
    /// What stands for it when it has no value.
    public var fallback: Located<String>?
    /// The fallback as it stands in its file.
    var written: EmbeddedText?
}

public struct ActionDefinition: Sendable {
    public enum Effect: Sendable {
        case url(EmbeddedText)
        case dismiss
        /// Seconds until it may come again.
        case remind(Int64)
        case event(Located<String>)
        /// Asks the system for a permission, or for a rating.
        case request(String)
    }

    public var id: Located<String>
    public var label: EmbeddedText
    public var effect: Effect
}

/// A notification of the system with the message's news.
public struct PushDefinition: Sendable {
    public var title: EmbeddedText?
    public var body: EmbeddedText
    /// What a tap opens; nil for what the first action opens.
    public var link: EmbeddedText?
    /// What stands for the title and the body where their values are not known.
    public var titleFallback: EmbeddedText?
    public var bodyFallback: EmbeddedText?
}

public struct ValueField: Sendable {
    public var name: String
    public var value: JSONValue
}

public struct TextField: Sendable {
    public var name: String
    public var text: EmbeddedText
}

public struct ImageField: Sendable {
    public var name: String
    /// Path below `content/`.
    public var asset: String
    public var source: Located<String>
    public var alt: EmbeddedText?
    /// Whether the author says that there is nothing to tell of it: `alt: ""`.
    public var isDecoration: Bool

    /// The folder below `content/` that its path begins at: that of the file which names it, be it the message, a
    /// variant, or the defaults of a folder.
    var folder: String { contentFolder(of: source.file) }
}

public struct ListField: Sendable {
    public struct Item: Sendable {
        public var id: Located<String>
        public var text: EmbeddedText
    }

    public var name: String
    public var items: [Item]
    /// Where the list stands.
    var label: Label
    /// How many entries are written, those that cannot be read included.
    var written = 0
}

/// A finding that a file allows, with its reason.
public struct Allowance: Sendable {
    public var id: Located<String>
    public var reason: String

    /// The entries of a front matter's `allow`.
    static func all(in node: YAMLNode, file: String) -> [Allowance] {
        (node["allow"]?.sequence ?? .empty).compactMap { entry in
            guard let id = entry["id"], let text = id.text else { return nil }
            return Allowance(id: Located(value: text, file: file, span: id.span), reason: entry["reason"]?.text ?? "")
        }
    }
}

/// What a translation gives instead of the source's texts.
public struct Translation: Sendable {
    public var file: String
    public var locale: String
    public var texts: [TextField] = []
    public var labels: [ListField.Item] = []
    public var alternatives: [TextField] = []
    public var lists: [ListField] = []
    public var fallbacks: [VariableDefinition] = []
    public var pushTitle: EmbeddedText?
    public var pushBody: EmbeddedText?
    public var pushTitleFallback: EmbeddedText?
    public var pushBodyFallback: EmbeddedText?
    public var body: EmbeddedText?
    /// Names of texts that are right though they are word for word their source.
    public var identical: Set<String> = []
    /// Its front matter, to point at what lacks something.
    var frontMatter: YAMLNode?
    /// Keys whose values are no texts, lists or mappings as they should be, as the schema has reported.
    var misshapen: Set<String> = []
    /// Where the body is, or would be.
    var bodySpan = Span(at: 0)

    /// Whether it has a text of a notification.
    var hasPush: Bool {
        pushTitle != nil || pushBody != nil || pushTitleFallback != nil || pushBodyFallback != nil
    }

    public init(file: String, locale: String) {
        self.file = file
        self.locale = locale
    }
}

import CanonicalJSON
import LocatedYAML
import SourceDiagnostics

/// A text in another language inside a file: an expression, or a text with Markdown.
public struct EmbeddedText: Sendable {
    /// Decoded: without YAML's quotation marks and escapes.
    public var text: String
    /// The way back to the file's bytes.
    public var table: OffsetTable
    /// Where it stands in ``file``.
    public var span: Span
    public var file: String

    /// Its place, for diagnostics about it as a whole.
    public var label: Label { Label(file: file, span) }
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
    public var audience: EmbeddedText?
    public var trigger: TriggerDefinition?
    public var schedule: ScheduleDefinition?
    public var frequency: [FrequencyRule] = []
    public var frequencyLabel: Label?
    public var group: Located<String>?
    public var priority: Int = defaultPriority
    /// Hundredths of a percent; nil for everybody.
    public var rollout: Int?
    public var experiment: ExperimentDefinition?
    public var thread: EmbeddedText?
    public var onMissing: OnMissing?
    /// Declared inputs in the order of the file.
    public var variables: [VariableDefinition] = []
    public var actions: [ActionDefinition] = []
    /// Values of the template's fields that are not text.
    public var values: [FieldValue] = []
    /// The template's fields that are text, but for the body.
    public var texts: [TextField] = []
    public var images: [ImageField] = []
    public var lists: [ListField] = []
    /// The Markdown below the front matter.
    public var body: EmbeddedText?
    /// Findings that this file allows.
    public var allowances: [Allowance] = []

    public init(id: String, file: String, folder: String) {
        self.id = id
        self.file = file
        self.folder = folder
    }
}

/// The priority of a message that names none.
public let defaultPriority = 50

public struct TriggerDefinition: Sendable {
    public var event: Located<String>
    public var when: EmbeddedText?
    /// Milliseconds.
    public var delay: Int = 0
}

public struct ScheduleDefinition: Sendable {
    /// Local date and time, or an instant, as `2026-12-01T09:00:00` with `Z` or an offset for an instant.
    public var start: Located<String>?
    public var end: Located<String>?
    /// `local`, or an IANA zone.
    public var timezone: Located<String>?
    /// Minutes since midnight; an end before the start is on the next day.
    public var hours: Located<ClosedRangeOfMinutes>?
    /// `mon` to `sun`, in that order.
    public var days: [String] = []
    public var label: Label
}

/// A part of every day, in minutes since midnight; half open.
public struct ClosedRangeOfMinutes: Sendable, Equatable {
    public var start: Int
    public var end: Int
}

public struct ExperimentDefinition: Sendable {
    public var variants: [(id: Located<String>, weight: Int)]
    /// Hundredths of a percent.
    public var holdout: Int?
    public var label: Label
}

/// An input of a message's texts.
public struct VariableDefinition: Sendable {
    public var name: Located<String>
    /// What stands for it when it has no value.
    public var fallback: Located<String>?
}

public struct ActionDefinition: Sendable {
    public enum Effect: Sendable {
        case url(EmbeddedText)
        case dismiss
        /// Seconds until it may come again.
        case remind(Int)
        case event(Located<String>)
        /// Asks the system for a permission, or for a rating.
        case request(String)
    }

    public var id: Located<String>
    public var label: EmbeddedText
    public var effect: Effect
}

public struct FieldValue: Sendable {
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
}

public struct ListField: Sendable {
    public struct Item: Sendable {
        public var id: Located<String>
        public var text: EmbeddedText
    }

    public var name: String
    public var items: [Item]
}

/// A finding that a file allows, with its reason.
public struct Allowance: Sendable {
    public var id: Located<String>
    public var reason: String
}

/// What a translation, or a variant, gives instead of the source's texts.
public struct Overlay: Sendable {
    public var file: String
    /// By field name; the body is `body`.
    public var texts: [String: EmbeddedText] = [:]
    /// Labels by action id.
    public var labels: [(id: Located<String>, text: EmbeddedText)] = []
    /// Alternative texts by image field.
    public var alts: [(field: Located<String>, text: EmbeddedText)] = []
    /// Texts of lists' items: field, item, text.
    public var items: [(field: String, id: Located<String>, text: EmbeddedText)] = []
    /// Variables' fallbacks.
    public var fallbacks: [(name: Located<String>, text: Located<String>)] = []
    public var body: EmbeddedText?
}

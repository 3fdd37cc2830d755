import DocumentSchema
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

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

extension MessageDecoder {
    /// What front matter says; of a field, and of nothing else, `template` knows what it may hold.
    ///
    /// - Parameters:
    ///   - id: the message's.
    ///   - file: the path of its source file.
    ///   - folder: that file's folder below `content/`.
    ///   - template: nil where there is none of that name.
    mutating func decode(id: String, file: String, folder: String, template: TemplateDefinition?) -> MessageDefinition {
        var message = MessageDefinition(id: id, file: file, folder: folder)
        message.template = located("template")
        message.audiences = audiences()
        message.thread = embedded("thread")
        message.trigger = trigger()
        message.schedule = schedule()
        (message.frequency, message.frequencyLabel) = frequency()
        message.group = group()
        if let (entry, _) = entry("priority"), let priority = entry.value.integer { message.priority = Int64(priority) }
        let rollout = located("rollout")
        message.rollout = rollout.flatMap { percentHundredths($0.value) }
        message.rolloutLabel = rollout?.label
        message.experiment = experiment()
        message.onMissing = located("onMissing").flatMap { MissingPolicy(rawValue: $0.value) }
        message.variables = variables()
        message.content.actions = actions()
        message.content.push = push()
        message.allowances = allowances()
        message.notes = located("notes")?.value
        if let template {
            message.content.fields = fields(of: template)
            message.colorPlaces = colorPlaces(of: template)
        }
        return message
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
    /// What the schema could not read.
    var unread = UnreadKeys()
    /// Where the body is, or would be.
    var bodySpan = Span(at: 0)

    package init(file: String, locale: String) {
        self.file = file
        self.locale = locale
    }
}

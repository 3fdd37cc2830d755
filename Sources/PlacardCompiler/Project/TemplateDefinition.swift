import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardMarkdown
import PlacardPreview
import SourceDiagnostics

/// The shape of one kind of message, from `templates/<name>/template.yaml`.
///
/// An object, as thousands of texts are held against it on all cores.
package final class TemplateDefinition: Sendable {
    package let name: String
    package let summary: String?
    /// Where it shows; nil where the file names none that there is.
    package let surface: Surface?
    /// Whether its messages are phrases to send, and nothing without them.
    var isOfReplies: Bool { surface == .replies }
    /// Whether nothing else may show while it does.
    package let isBlocking: Bool
    /// How a user can be rid of it, in the order of ``Dismissal``.
    package let dismiss: [Dismissal]
    /// Milliseconds after which it goes by itself.
    package let timeout: Int64?
    /// The body's field, when there is one, and those of the front matter; in the order of the file.
    package let fields: [FieldDefinition]
    package let minimumActions: Int
    package let maximumActions: Int
    /// MessageFormat markup that its texts may use.
    package let markup: [String]
    /// Mustache for one card of the preview; empty when there is none.
    package let previewTemplate: [UInt8]?
    package let stylesheet: StyleSheet?

    init(
        name: String, summary: String?, surface: Surface?, isBlocking: Bool, dismiss: [Dismissal], timeout: Int64?,
        fields: [FieldDefinition], minimumActions: Int, maximumActions: Int, markup: [String],
        previewTemplate: [UInt8]?, stylesheet: StyleSheet?
    ) {
        self.name = name
        self.summary = summary
        self.surface = surface
        self.isBlocking = isBlocking
        self.dismiss = dismiss
        self.timeout = timeout
        self.fields = fields
        self.minimumActions = minimumActions
        self.maximumActions = maximumActions
        self.markup = markup
        self.previewTemplate = previewTemplate
        self.stylesheet = stylesheet
    }

    /// The template as a variant of a message sees it, which inherits values from the message and not from here.
    func withoutDefaults() -> TemplateDefinition {
        TemplateDefinition(
            name: name, summary: summary, surface: surface, isBlocking: isBlocking, dismiss: dismiss, timeout: timeout,
            fields: fields.map { $0.with(default: nil) }, minimumActions: minimumActions,
            maximumActions: maximumActions, markup: markup, previewTemplate: previewTemplate, stylesheet: stylesheet)
    }

    /// The field of that name.
    package func field(_ name: String) -> FieldDefinition? {
        fields.first { $0.name == name }
    }

    /// The field that holds the Markdown below the front matter.
    package var body: FieldDefinition? { field("body") }
}

/// One field of a template; an object, as the template is.
package final class FieldDefinition: Sendable {
    package enum Kind: Sendable, Equatable {
        case text
        /// The blocks it may hold; `conversation` when headings are steps.
        case markdown(blocks: BlockKinds, conversation: Bool)
        case image, url, bool
        /// A string with a syntax of its own, the same in every language.
        case string(StringFormat)
        case enumeration([String])
        case int(ClosedRange<Int>)
        /// Entries with an id and a text of at most `itemLimit` grapheme clusters.
        case list(itemLimit: Int?)

        /// Whether it holds text that is translated.
        package var isText: Bool {
            switch self {
            case .text, .markdown: true
            case .image, .url, .bool, .string, .enumeration, .int, .list: false
            }
        }
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    var isList: Bool {
        if case .list = kind { true } else { false }
    }
    package let summary: String?
    /// Least length in grapheme clusters, or least number of entries.
    package let minimum: Int?
    /// Greatest length in grapheme clusters, or greatest number of entries.
    package let maximum: Int?
    package let defaultValue: FixedValue?

    init(
        name: String, kind: Kind, isRequired: Bool, summary: String?, minimum: Int?, maximum: Int?,
        defaultValue: FixedValue?
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.summary = summary
        self.minimum = minimum
        self.maximum = maximum
        self.defaultValue = defaultValue
    }

    func with(default value: FixedValue?) -> FieldDefinition {
        FieldDefinition(
            name: name, kind: kind, isRequired: isRequired, summary: summary, minimum: minimum, maximum: maximum,
            defaultValue: value)
    }
}

extension FieldDefinition {
    /// What front matter schemas need to know of it.
    var shape: FieldShape {
        let kind: FieldShape.Kind =
            switch self.kind {
            case .text: .text(maximum: maximum)
            case .markdown: .markdown(maximum: maximum)
            case .image: .image
            case .url: .string(.url)
            case .bool: .bool
            case .string(let format): .string(format)
            case .enumeration(let values): .enumeration(values)
            case .int(let range): .int(range)
            case .list(let limit):
                .list(count: (minimum ?? 0)...max(minimum ?? 0, maximum ?? Int.max), itemMaximum: limit)
            }
        return FieldShape(
            name, kind, required: isRequired, summary: summary ?? "", defaultText: defaultValue?.text)
    }
}

/// Decodes a `template.yaml`, which its schema has found well formed.
struct TemplateDecoder {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String) {
        self.file = file
    }

    /// - Parameters:
    ///   - preview: its `preview.mustache`.
    ///   - stylesheet: its `style.css`.
    mutating func decode(
        _ root: YAMLNode, name: String, preview: [UInt8]?, stylesheet: StyleSheet?
    ) -> TemplateDefinition {
        let actions = root["actions"]
        let minimum = actions?["min"]?.integer ?? 0
        let maximum = actions?["max"]?.integer ?? max(minimum, 2)
        if minimum > maximum, let span = actions?.span {
            diagnostics.append(.emptyRange(at: Label(file: file, span)))
        }
        if root["fields"] == nil, root["surface"]?.text != "push" {
            let start = Span(root.span.start, min(root.span.end, root.span.start + 1))
            diagnostics.append(.missingFields(at: Label(file: file, root.mapping?.first?.key.span ?? start)))
        }
        let dismiss = Set((root["dismiss"]?.sequence ?? .empty).compactMap(\.text))
        let timeout = root["timeout"].flatMap { $0.text }.flatMap(durationMilliseconds)
        if let node = root["timeout"], !dismiss.contains("timeout") {
            diagnostics.append(.timeoutWithoutDismiss(at: Label(file: file, node.span)))
        }
        if dismiss.contains("timeout"), root["timeout"] == nil, let node = root["dismiss"] {
            diagnostics.append(.dismissWithoutTimeout(at: Label(file: file, node.span)))
        }
        return TemplateDefinition(
            name: name, summary: root["description"]?.text, surface: Surface(rawValue: root["surface"]?.text ?? "card"),
            isBlocking: root["blocking"]?.scalar?.value == .bool(true),
            dismiss: Dismissal.allCases.filter { dismiss.contains($0.rawValue) }, timeout: timeout,
            fields: (root["fields"]?.mapping ?? .empty).compactMap { field($0) }, minimumActions: minimum,
            maximumActions: max(minimum, maximum), markup: (root["markup"]?.sequence ?? .empty).compactMap(\.text),
            previewTemplate: preview, stylesheet: stylesheet)
    }

    private mutating func field(_ entry: YAMLNode.Entry) -> FieldDefinition? {
        guard let name = entry.key.text, let type = entry.value["type"]?.text.flatMap(FieldType.init(rawValue:)) else {
            return nil
        }
        let kind = kind(type, entry)
        if PlacardSchemas.messageKeys.contains(name) {
            diagnostics.append(.reservedField(name, at: Label(file: file, entry.key.span)))
            return nil
        }
        if name == "body", !kind.isText || kind == .text {
            diagnostics.append(
                .bodyNotMarkdown(at: Label(file: file, entry.value["type"]?.span ?? entry.key.span)))
            return nil
        }
        let field = FieldDefinition(
            name: name, kind: kind, isRequired: entry.value["required"]?.scalar?.value == .bool(true),
            summary: entry.value["description"]?.text, minimum: entry.value["min"]?.integer,
            maximum: entry.value["max"]?.integer, defaultValue: nil)
        if let minimum = field.minimum, let maximum = field.maximum, minimum > maximum {
            diagnostics.append(.emptyRange(at: Label(file: file, entry.value["min"]?.span ?? entry.key.span)))
        }
        return entry.value["default"].map { field.with(default: defaultValue($0, field)) } ?? field
    }

    private func kind(_ type: FieldType, _ entry: YAMLNode.Entry) -> FieldDefinition.Kind {
        switch type {
        case .text: return .text
        case .markdown:
            let names = (entry.value["blocks"]?.sequence ?? .empty).compactMap(\.text)
            let blocks = names.compactMap { BlockKinds(name: $0) }
            return .markdown(
                blocks: names.isEmpty ? .all : BlockKinds(blocks),
                conversation: entry.value["conversation"]?.scalar?.value == .bool(true))
        case .image: return .image
        case .url: return .url
        case .bool: return .bool
        case .color: return .string(.color)
        case .enumeration: return .enumeration((entry.value["values"]?.sequence ?? .empty).compactMap(\.text))
        case .int:
            let low = entry.value["min"]?.integer ?? -maximumInteger
            let high = entry.value["max"]?.integer ?? maximumInteger
            return .int(min(low, high)...max(low, high))
        case .list: return .list(itemLimit: entry.value["items"]?["max"]?.integer)
        }
    }

    private mutating func defaultValue(_ node: YAMLNode, _ field: FieldDefinition) -> FixedValue? {
        switch fieldValue(node, field.kind) {
        case .success(let value): return value
        case .failure(let problem):
            diagnostics.append(.defaultMismatch(field.name, problem, in: file))
            return nil
        }
    }
}

/// The greatest magnitude of an integer that JSON carries exactly (RFC 7493, section 2.2).
let maximumInteger = 1 << 53 - 1

extension YAMLNode {
    /// The integer that the core schema reads; nil for anything else.
    var integer: Int? {
        if case .int(let number)? = scalar?.value { number } else { nil }
    }
}

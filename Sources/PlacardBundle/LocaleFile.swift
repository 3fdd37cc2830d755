import CanonicalJSON

/// The texts of every message in one locale.
public struct LocaleFile: Sendable, Equatable {
    /// The value of `schema` in this version of the format.
    public static let schema = "placard/locale/1"

    /// The locale's BCP 47 tag.
    public var locale: String
    /// The texts by message id. A message that is not here does not show in this locale.
    public var messages: SortedMap<LocalizedMessage>

    /// The texts of `locale`.
    public init(locale: String, messages: SortedMap<LocalizedMessage>) {
        self.locale = locale
        self.messages = messages
    }

    /// Reads a locale file.
    public init(json: JSONValue) throws(BundleError) { self = try LocaleFile.form.read(json) }

    /// The wire form.
    public var json: JSONValue { LocaleFile.form.write(self) }
}

/// Which way a text runs.
public enum TextDirection: String, Sendable, Equatable {
    case ltr, rtl
}

/// The texts of one message.
public struct LocalizedMessage: Sendable, Equatable {
    /// The locale that the texts are really in, after fallback.
    public var locale: String
    /// Which way they run.
    public var direction: TextDirection
    /// The texts.
    public var content: LocalizedContent
    /// What stands in for a variable without a value, by the variable's name.
    public var fallbacks: SortedMap<BundleText>
    /// What a variant changes, by its id.
    public var variants: SortedMap<LocalizedContent>

    /// The texts of a message in `locale`.
    public init(
        locale: String, direction: TextDirection, content: LocalizedContent, fallbacks: SortedMap<BundleText> = [:],
        variants: SortedMap<LocalizedContent> = [:]
    ) {
        self.locale = locale
        self.direction = direction
        self.content = content
        self.fallbacks = fallbacks
        self.variants = variants
    }

    /// Reads a message of a locale file.
    public init(json: JSONValue) throws(BundleError) { self = try LocalizedMessage.form.read(json) }

    /// The wire form.
    public var json: JSONValue { LocalizedMessage.form.write(self) }

    /// The texts that a user in `variant` sees: the message's own, with what the variant changes.
    public func content(for variant: String?) -> LocalizedContent {
        guard let variant, let changes = variants[variant] else { return content }
        return content.applying(changes)
    }
}

/// Texts, by the place that they are for.
public struct LocalizedContent: Sendable, Equatable {
    /// The template's fields that are text.
    public var fields: SortedMap<LocalizedField>
    /// The labels of the actions, by action id.
    public var actions: SortedMap<BundleText>
    /// The steps of a conversation; nil when it is none, or a variant does not change them.
    public var steps: [LocalizedStep]?
    /// The notification on the lock screen.
    public var push: PushText?

    /// Texts of a message or of what a variant changes.
    public init(
        fields: SortedMap<LocalizedField> = [:], actions: SortedMap<BundleText> = [:],
        steps: [LocalizedStep]? = nil, push: PushText? = nil
    ) {
        self.fields = fields
        self.actions = actions
        self.steps = steps
        self.push = push
    }

    /// These texts with `changes` in place of what they change.
    public func applying(_ changes: LocalizedContent) -> LocalizedContent {
        var result = self
        for entry in changes.fields { result.fields[entry.name] = entry.value }
        for entry in changes.actions { result.actions[entry.name] = entry.value }
        if let steps = changes.steps { result.steps = steps }
        if let push = changes.push { result.push = push }
        return result
    }
}

import CanonicalJSON

/// Where a message is put on the screen; two messages cannot share one.
public enum Surface: String, Sendable, Equatable, CaseIterable {
    case banner, modal, fullscreen, card, toast, prompt, replies, chat, push
}

/// A way to be rid of a message.
public enum Dismissal: String, Sendable, Equatable, CaseIterable {
    case button, swipe, backdrop, timeout, action
}

/// What happens in a locale that has no translation of a message.
public enum MissingPolicy: String, Sendable, Equatable, CaseIterable {
    /// The next locale's text of the chain is used.
    case fallback
    /// The message is not shown.
    case hide
    /// The build fails.
    case error
}

/// Targeting and behaviour of one message.
public struct CatalogMessage: Sendable, Equatable {
    /// The id, unique in the project and stable for ever.
    public var id: String
    /// The template's name.
    public var template: String
    /// Where it shows.
    public var surface: Surface
    /// Whether nothing else may come up while it shows.
    public var blocking: Bool
    /// How the user is rid of it.
    public var dismiss: [Dismissal]
    /// Milliseconds after which it goes by itself.
    public var timeout: Int64?
    /// Who sees it: a condition over the context, as CEL source.
    public var audience: String?
    /// What makes it come up.
    public var trigger: Trigger
    /// When it may show.
    public var schedule: Schedule?
    /// How often it may show; every rule must allow it.
    public var frequency: [FrequencyRule]
    /// The name of its group.
    public var group: String?
    /// 0 to 100; the higher wins.
    public var priority: Int64
    /// The share of users it is rolled out to, in hundredths of a percent.
    public var rollout: Int64?
    /// Its experiment.
    public var experiment: Experiment?
    /// The key of its thread: of two messages with the same key the newer replaces the older.
    public var thread: BundleText?
    /// What happens without a translation.
    public var onMissing: MissingPolicy
    /// What the user can do, in the order of the buttons.
    public var actions: [BundleAction]
    /// The values of the template's fields that are no text.
    public var fields: SortedMap<FieldValue>
    /// Its notification; nil when it has none. The texts are in the locale files.
    public var push: CatalogPush?
    /// The names of the variables that its texts read and that may be without a value: each needs a value or a
    /// fallback in the locale file, else the message does not show. Sorted.
    public var needs: [String]

    /// A message with the defaults of the format: not blocking, priority 50, no limits.
    public init(
        id: String, template: String, surface: Surface, blocking: Bool = false, dismiss: [Dismissal] = [],
        timeout: Int64? = nil, audience: String? = nil, trigger: Trigger, schedule: Schedule? = nil,
        frequency: [FrequencyRule] = [], group: String? = nil, priority: Int64 = 50, rollout: Int64? = nil,
        experiment: Experiment? = nil, thread: BundleText? = nil, onMissing: MissingPolicy = .fallback,
        actions: [BundleAction] = [], fields: SortedMap<FieldValue> = [:], push: CatalogPush? = nil,
        needs: [String] = []
    ) {
        self.id = id
        self.template = template
        self.surface = surface
        self.blocking = blocking
        self.dismiss = dismiss
        self.timeout = timeout
        self.audience = audience
        self.trigger = trigger
        self.schedule = schedule
        self.frequency = frequency
        self.group = group
        self.priority = priority
        self.rollout = rollout
        self.experiment = experiment
        self.thread = thread
        self.onMissing = onMissing
        self.actions = actions
        self.fields = fields
        self.push = push
        self.needs = needs
    }

    /// Reads a message of the catalog.
    public init(json: JSONValue) throws(BundleError) { self = try CatalogMessage.form.read(json) }

    /// The wire form.
    public var json: JSONValue { CatalogMessage.form.write(self) }
}

/// What a notification does, the same in every language.
public struct CatalogPush: Sendable, Equatable {
    /// What a tap on it opens; nil for the app as it was left.
    public var link: BundleText?

    /// A notification that opens `link`.
    public init(link: BundleText? = nil) {
        self.link = link
    }
}

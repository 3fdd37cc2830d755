import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// What `placard.yaml` declares: the locales, what a client knows, what happens, and policies.
public struct ProjectDefinition: Sendable {
    /// Tag of the locale that messages are written in.
    public var source: String
    /// The other locales, in the order of their tags.
    public var locales: [LocalePolicy]
    /// Fallbacks that replace CLDR's parent: locale → locale.
    public var fallbacks: [String: String]
    /// Context groups in the order of the file.
    public var context: DeclaredList<ContextGroup>
    public var events: DeclaredList<EventDefinition>
    public var groups: DeclaredList<GroupDefinition>
    public var links: LinkPolicyDefinition
    /// What each body is compiled to; at least one.
    public var formats: [BodyFormat]
    public var onMissing: OnMissing
    /// What becomes of translations whose source has changed, where their locale says nothing else; nil leaves it to
    /// whether the locale is required.
    public var outdated: OutdatedPolicy?
    /// Severity by diagnostic id; nil means that it is allowed.
    public var lint: [LintRule]
    /// Whether what required locales lack is reported as a warning: of a draft.
    var allowsIncomplete = false
    /// `group.name` of the attributes, `event.name` of the properties, whose types could not be read: they may hold
    /// anything, so that nothing follows from what has been reported.
    var untypedAttributes: Set<String> = []

    /// A project with nothing but a source locale, for a `placard.yaml` that cannot be read.
    public static let empty = ProjectDefinition(
        source: "en", locales: [], fallbacks: [:], context: [], events: [], groups: [],
        links: LinkPolicyDefinition(schemes: ["https"], hosts: []), formats: BodyFormat.allCases, onMissing: .fallback,
        lint: [])
}

/// What a project demands of one locale.
public struct LocalePolicy: Sendable, Equatable {
    public var tag: String
    /// Whether a missing or outdated translation blocks a build.
    public var required: Bool
    /// What becomes of outdated translations; nil leaves it to the project.
    public var outdated: OutdatedPolicy?
    /// Whether a translation may be word for word its source.
    public var allowsIdentical = false
    public var span: Span
}

extension ProjectDefinition {
    /// The policy of one of the project's locales.
    public func policy(_ locale: String) -> LocalePolicy? {
        var (low, high) = (0, locales.count)
        while low < high {
            let middle = (low + high) / 2
            if utf8Less(locales[middle].tag, locale) { low = middle + 1 } else { high = middle }
        }
        return low < locales.count && locales[low].tag == locale ? locales[low] : nil
    }

    /// What becomes of translations to a locale whose source has changed.
    public func outdatedPolicy(_ locale: String) -> OutdatedPolicy {
        let policy = policy(locale)
        let demanded = policy?.outdated ?? outdated ?? (policy?.required == true ? .error : .show)
        return allowsIncomplete && demanded == .error ? .show : demanded
    }
}

/// A group of attributes that a client knows; a CEL variable of its name.
public struct ContextGroup: Declared {
    public var name: String
    public var attributes: DeclaredList<Attribute>
    public var span: Span
}

/// One attribute of the context, or one property of an event.
public struct Attribute: Declared {
    public var name: String
    public var type: AttributeType
    public var summary: String?
    /// The only values that a string may have; empty when any may.
    public var values: [String]
    public var defaultValue: JSONValue?
    public var isOptional: Bool
    /// Values for previews, and for lengths as they are shown.
    public var examples: [JSONValue]
    public var span: Span

    /// Whether a client always has a value.
    public var isGuaranteed: Bool { !isOptional || defaultValue != nil }
}

public struct EventDefinition: Declared {
    public var name: String
    public var properties: DeclaredList<Attribute>
    public var span: Span
}

/// Messages that share a frequency.
public struct GroupDefinition: Declared {
    public var name: String
    public var frequency: [FrequencyRule]
    public var span: Span
}

public struct LinkPolicyDefinition: Sendable, Equatable {
    public var schemes: [String]
    /// Host names; `*.example.com` stands for every host below.
    public var hosts: [String]
}

/// A form that a body is compiled to.
public enum BodyFormat: String, Sendable, CaseIterable {
    case html, text, mdast
}

/// What a client shows in a locale that a message was not translated to.
public enum OnMissing: String, Sendable, CaseIterable {
    case fallback, hide, error
}

/// What a client shows of a translation whose source has changed since.
public enum OutdatedPolicy: String, Sendable, CaseIterable {
    /// The translation as it is, with a warning.
    case show
    /// What it shows without the translation, with a warning.
    case fallback
    /// Nothing: the project does not compile.
    case error
}

/// A project's own severity for a diagnostic.
public struct LintRule: Sendable {
    public enum Level: String, Sendable, CaseIterable {
        case error, warning, allow
    }

    public var id: String
    public var level: Level
    public var span: Span
}

import ByteText
import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// What `placard.yaml` declares: the locales, what a client knows, what happens, and policies.
package struct ProjectDefinition: Sendable {
    /// Tag of the locale that messages are written in.
    package var source: String
    /// The other locales, in the order of their tags.
    package var locales: [LocalePolicy]
    /// Fallbacks that replace CLDR's parent: locale → locale.
    package var fallbacks: [String: String]
    /// Context groups in the order of the file.
    package var context: DeclaredList<ContextGroup>
    package var events: DeclaredList<EventDefinition>
    package var groups: DeclaredList<GroupDefinition>
    package var links: LinkPolicyDefinition
    /// What each body is compiled to; at least one.
    package var formats: [BodyFormat]
    package var onMissing: MissingPolicy
    /// What becomes of translations whose source has changed, where their locale says nothing else; nil leaves it to
    /// whether the locale is required.
    package var outdated: OutdatedPolicy?
    /// Severity by diagnostic id; nil means that it is allowed.
    package var lint: [LintRule]
    /// How the app looks around messages in previews.
    package var look = AppLook()
    /// Whether what required locales lack is reported as a warning: of a draft.
    var allowsIncomplete = false
    /// `group.name` of the attributes, `event.name` of the properties, whose types could not be read: they may hold
    /// anything, so that nothing follows from what has been reported.
    var untypedAttributes: Set<String> = []

    /// A project with nothing but a source locale, for a `placard.yaml` that cannot be read.
    package static let empty = ProjectDefinition(
        source: "en", locales: [], fallbacks: [:], context: [], events: [], groups: [],
        links: LinkPolicyDefinition(schemes: ["https"], hosts: []), formats: BodyFormat.allCases, onMissing: .fallback,
        lint: [])
}

/// What previews show of the app itself.
package struct AppLook: Sendable {
    /// The app's icon, a path below `content/` as it is written; nil where none is named.
    var icon: Located<String>?
    /// Colors as `#rrggbb`, in light and in dark.
    var accent: (light: String, dark: String)?
    var link: (light: String, dark: String)?
    /// Where colors stand, by their keys.
    var colorPlaces: [String: Label] = [:]
    /// Of corners, in points.
    var radius: Int?
    var font: Font?

    enum Font: String, Sendable {
        case system, rounded, serif, mono
    }
}

/// What a project demands of one locale.
package struct LocalePolicy: Sendable, Equatable {
    package var tag: String
    /// Whether a missing or outdated translation blocks a build.
    package var required: Bool
    /// What becomes of outdated translations; nil leaves it to the project.
    package var outdated: OutdatedPolicy?
    /// Whether a translation may be word for word its source.
    package var allowsIdentical = false
    package var span: Span
}

extension ProjectDefinition {
    /// The policy of one of the project's locales.
    package func policy(_ locale: String) -> LocalePolicy? {
        var (low, high) = (0, locales.count)
        while low < high {
            let middle = (low + high) / 2
            if utf8Less(locales[middle].tag, locale) { low = middle + 1 } else { high = middle }
        }
        return low < locales.count && locales[low].tag == locale ? locales[low] : nil
    }

    /// What becomes of translations to a locale whose source has changed.
    package func outdatedPolicy(_ locale: String) -> OutdatedPolicy {
        let policy = policy(locale)
        let demanded = policy?.outdated ?? outdated ?? (policy?.required == true ? .error : .show)
        return allowsIncomplete && demanded == .error ? .show : demanded
    }
}

/// A group of attributes that a client knows; a CEL variable of its name.
package struct ContextGroup: Declared {
    package var name: String
    package var attributes: DeclaredList<AttributeDefinition>
    package var span: Span
}

/// One attribute of the context, or one property of an event.
package struct AttributeDefinition: Declared {
    package var name: String
    package var type: AttributeType
    package var summary: String?
    /// How a condition on it reads, with `{value}` where what is asked stands: `in {value}`.
    package var words: String?
    /// The only values that a string may have; empty when any may.
    package var values: [String]
    package var defaultValue: JSONValue?
    package var isOptional: Bool
    /// Values for previews, and for lengths as they are shown.
    package var examples: [JSONValue]
    package var span: Span

    /// Whether a client always has a value.
    package var isGuaranteed: Bool { !isOptional || defaultValue != nil }
}

package struct EventDefinition: Declared {
    package var name: String
    package var properties: DeclaredList<AttributeDefinition>
    package var span: Span
}

/// Messages that share a frequency.
package struct GroupDefinition: Declared {
    package var name: String
    package var frequency: [FrequencyRule]
    package var span: Span
}

package struct LinkPolicyDefinition: Sendable, Equatable {
    package var schemes: [String]
    /// Host names; `*.example.com` stands for every host below.
    package var hosts: [String]
}

/// A form that a body is compiled to.
package enum BodyFormat: String, Sendable, CaseIterable {
    case html, text, mdast
}

/// What a client shows of a translation whose source has changed since.
package enum OutdatedPolicy: String, Sendable, CaseIterable {
    /// The translation as it is, with a warning.
    case show
    /// What it shows without the translation, with a warning.
    case fallback
    /// Nothing: the project does not compile.
    case error
}

/// A project's own severity for a diagnostic.
package struct LintRule: Sendable {
    package enum Level: String, Sendable, CaseIterable {
        case error, warning, allow
    }

    package var id: String
    package var level: Level
    package var span: Span
}

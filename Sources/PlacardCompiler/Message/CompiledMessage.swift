import PlacardBundle
import PlacardText
import SourceDiagnostics

/// A message with everything that a build says of it.
///
/// An object, as every later stage hands it around and none changes it.
package final class CompiledMessage: Sendable {
    package let definition: MessageDefinition
    /// Name of its template.
    package let template: String
    /// Targeting and behaviour; nil when an error stands in the way.
    package let catalog: CatalogMessage?
    /// Its expressions with their types, for the analysis.
    let conditions: CheckedConditions
    /// The languages that it is written in, the source locale first.
    let localizations: [LoweredLocalization]
    /// The pseudo-locales, for the preview alone.
    let pseudo: [LoweredLocalization]
    /// What its files, and the defaults that they inherit, allow.
    let allowances: [Allowance]
    /// All files that belong to it: indices into ``ProjectFiles/files``, the source first.
    package let files: [Int]
    /// Paths below `content/` of the images that it shows.
    let assets: [String]
    /// What is to be said of its translations; none of those that are up to date.
    let translationStates: [TranslationState]
    /// Its translations beside their sources, where they were asked for.
    let comparisons: [TrackedTranslation]
    /// Its units, where they were asked for.
    let sourceUnits: TrackedSource?

    init(
        definition: MessageDefinition, template: String, catalog: CatalogMessage?, conditions: CheckedConditions,
        localizations: [LoweredLocalization], pseudo: [LoweredLocalization], allowances: [Allowance], files: [Int],
        assets: [String],
        translationStates: [TranslationState] = [], comparisons: [TrackedTranslation] = [],
        sourceUnits: TrackedSource? = nil
    ) {
        self.definition = definition
        self.template = template
        self.catalog = catalog
        self.conditions = conditions
        self.localizations = localizations
        self.pseudo = pseudo
        self.allowances = allowances
        self.files = files
        self.assets = assets
        self.translationStates = translationStates
        self.comparisons = comparisons
        self.sourceUnits = sourceUnits
    }

    /// The state of its translation to a locale, unless it is up to date or not there.
    func translationState(_ locale: String) -> TranslationState.Kind? {
        translationStates.first { $0.locale == locale }?.kind
    }

    /// The tags of the languages that it is written in, the source locale first.
    package var languages: [String] { localizations.map(\.locale) }

    /// The localization in exactly this language.
    func localization(_ locale: String) -> LoweredLocalization? {
        for index in localizations.indices where localizations[index].locale == locale { return localizations[index] }
        for index in pseudo.indices where pseudo[index].locale == locale { return pseudo[index] }
        return nil
    }
}

/// A message in one language; an object, as the message is.
///
/// `Text` is what stands for each text, as in ``MessageContent``.
final class Localization<Text: Sendable>: Sendable {
    let locale: String
    let isRightToLeft: Bool
    let content: MessageContent<Text>
    /// What stands for a variable without a value, by name.
    let fallbacks: [(name: String, text: String)]
    /// What each variant of the experiment changes.
    let variants: [(id: String, content: MessageContent<Text>)]

    init(
        locale: String, isRightToLeft: Bool, content: MessageContent<Text>,
        fallbacks: [(name: String, text: String)], variants: [(id: String, content: MessageContent<Text>)]
    ) {
        self.locale = locale
        self.isRightToLeft = isRightToLeft
        self.content = content
        self.fallbacks = fallbacks
        self.variants = variants
    }

    /// What the message shows, and what each variant changes.
    var contents: [MessageContent<Text>] { [content] + variants.map(\.content) }

    /// The same with other texts.
    func map<Other>(_ transform: (Text) -> Other) -> Localization<Other> {
        Localization<Other>(
            locale: locale, isRightToLeft: isRightToLeft, content: content.map(transform), fallbacks: fallbacks,
            variants: variants.map { ($0.id, $0.content.map(transform)) })
    }
}

/// A message in one language, as it is emitted.
typealias LoweredLocalization = Localization<CompiledText>

import PlacardBundle
import SourceDiagnostics

/// A message with everything that a build says of it.
public struct CompiledMessage: Sendable {
    public var definition: MessageDefinition
    /// Name of its template.
    public var template: String
    /// Targeting and behaviour; nil when an error stands in the way.
    public var catalog: CatalogMessage?
    /// Its expressions with their types, for the analysis.
    var conditions: CheckedConditions
    /// The languages that it is written in, the source locale first.
    var localizations: [Localization]
    /// The pseudo-locales, for the preview alone.
    var pseudo: [Localization]
    /// What its files, and the defaults that they inherit, allow.
    var allowances: [Allowance]
    /// All files that belong to it: indices into ``ProjectFiles/files``, the source first.
    public var files: [Int]
    /// Paths below `content/` of the images that it shows.
    var assets: [String]

    /// The tags of the languages that it is written in, the source locale first.
    public var languages: [String] { localizations.map(\.locale) }

    /// The localization in exactly this language.
    func localization(_ locale: String) -> Localization? {
        localizations.first { $0.locale == locale } ?? pseudo.first { $0.locale == locale }
    }
}

/// A message in one language.
struct Localization: Sendable {
    var locale: String
    var isRightToLeft: Bool
    var texts: MessageTexts
    /// What each variant of the experiment changes.
    var variants: [(id: String, texts: MessageTexts)]
    /// Its entry of a locale file, in canonical JSON.
    var bytes: [UInt8]
}

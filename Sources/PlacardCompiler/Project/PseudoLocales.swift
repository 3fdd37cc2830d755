import ByteText
import PlacardText
import SourceDiagnostics

extension ProjectDefinition {
    /// Makes the pseudo-locales locales like any other, for ``Compilation/withPseudoTranslations()``.
    mutating func addPseudoLocales() {
        locales += PseudoLocale.allCases.map { LocalePolicy(tag: $0.tag, required: false, span: Span(at: 0)) }
        locales.sort { utf8Less($0.tag, $1.tag) }
    }
}

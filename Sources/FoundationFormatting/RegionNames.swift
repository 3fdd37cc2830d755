import Locking

#if canImport(FoundationEssentials)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

private let regionNames = Cache<String, String?>(limit: formatterLimit)

/// The English name of a country or area in CLDR: `France` for `FR`.
///
/// - Parameter code: two letters of ISO 3166, or three digits of UN M.49, in upper case.
/// - Returns: nil for what is no such code.
package func englishRegionName(_ code: String) -> String? {
    regionNames.value(code) { Locale.cached("en").localizedString(forRegionCode: code) }
}

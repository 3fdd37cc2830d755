import Locking

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Of everything that depends on a locale and a style, this many are kept.
let formatterLimit = 256

extension Locale {
    private static let cache = Cache<String, Locale>(limit: formatterLimit)

    /// The locale of a BCP 47 tag.
    static func cached(_ tag: String) -> Locale {
        cache.value(tag) { Locale(identifier: tag.isEmpty ? "und" : tag) }
    }
}

import Foundation

/// Values that are dear to make, kept by key; safe to use from several threads.
final class FormatterCache<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Key: Value] = [:]
    /// With more entries than this the cache starts anew, so that it cannot grow without end.
    private let limit: Int

    init(limit: Int = 256) {
        self.limit = limit
    }

    /// The value of `key`, made by `make` when it is not there.
    func value(_ key: Key, make: () -> Value) -> Value {
        lock.lock()
        let known = values[key]
        lock.unlock()
        if let known { return known }
        let made = make()
        lock.lock()
        defer { lock.unlock() }
        if values.count >= limit { values.removeAll() }
        values[key] = made
        return made
    }
}

extension Locale {
    private static let cache = FormatterCache<String, Locale>()

    /// The locale of a BCP 47 tag.
    static func cached(_ tag: String) -> Locale {
        cache.value(tag) { Locale(identifier: tag.isEmpty ? "und" : tag) }
    }
}

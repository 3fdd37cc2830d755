#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Values that are slow to make, kept by key; safe to use from several threads.
package final class Cache<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var values: [Key: Value] = [:]
    private let limit: Int

    /// An empty cache.
    ///
    /// - Parameter limit: with more entries than this the cache starts anew, so that it cannot grow without end.
    package init(limit: Int = 256) {
        self.limit = limit
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// The value of `key`, made by `make` when it is not there; two threads may make it at once.
    package func value(_ key: Key, make: () -> Value) -> Value {
        if let known = locked({ values[key] }) { return known }
        let made = make()
        locked {
            if values.count >= limit { values.removeAll() }
            values[key] = made
        }
        return made
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}

extension Locale {
    private static let cache = Cache<String, Locale>()

    /// The locale of a BCP 47 tag.
    static func cached(_ tag: String) -> Locale {
        cache.value(tag) { Locale(identifier: tag.isEmpty ? "und" : tag) }
    }
}

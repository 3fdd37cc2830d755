/// Values that are slow to make, kept by key; safe to use from several threads.
package final class Cache<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    private let lock = Lock()
    private var values: [Key: Value] = [:]
    private let limit: Int

    /// An empty cache.
    ///
    /// - Parameter limit: with so many entries the cache starts anew, so that it cannot grow without end; none where what
    ///   it is asked for has an end.
    package init(limit: Int = .max) {
        self.limit = limit
    }

    /// The value of `key`, made by `make` when it is not there; two threads may make it at once.
    package func value(_ key: Key, make: () -> Value) -> Value {
        if let known = lock.withLock({ values[key] }) { return known }
        let made = make()
        lock.withLock {
            if values.count >= limit { values.removeAll() }
            values[key] = made
        }
        return made
    }
}

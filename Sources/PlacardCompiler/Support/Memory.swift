import Foundation

/// Values that are dear to make, kept by key; safe to use from several threads, and no larger than what is compiled.
final class Memory<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Key: Value] = [:]

    /// The value of `key`, made by `make` when it is not there; two threads may make it at once.
    func value(_ key: Key, _ make: () -> Value) -> Value {
        if let known = lock.withLock({ values[key] }) { return known }
        let made = make()
        lock.withLock { values[key] = made }
        return made
    }
}

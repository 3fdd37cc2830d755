/// A value that is slow to make and may not be needed: made once, when somebody first asks for it; safe to use from several
/// threads, which wait for the one that makes it.
package final class Deferred<Value: Sendable>: @unchecked Sendable {
    private let lock = Lock()
    private var made: Value?
    private let make: @Sendable () -> Value

    /// - Parameter make: is called at most once, and must not ask for this value.
    package init(_ make: @escaping @Sendable () -> Value) {
        self.make = make
    }

    package var value: Value {
        lock.withLock {
            if let made { return made }
            let new = make()
            made = new
            return new
        }
    }

    /// The value if it has been made.
    package var ifMade: Value? { lock.withLock { made } }
}

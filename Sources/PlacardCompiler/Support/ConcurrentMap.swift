import Dispatch

/// Applies `transform` to every index on all cores; the results come in order, so that output
/// never depends on which core was first.
///
/// - Parameter chunk: how many items a core takes at a time; by default few, which keep the cores level when some items are
///   large, but not so few that the queue shows.
func concurrentMap<Result: Sendable>(
    _ count: Int, chunk: Int? = nil, _ transform: @Sendable (Int) -> Result
) -> [Result] {
    guard count > 1 else { return (0..<count).map(transform) }
    let chunk = chunk ?? max(1, min(64, count / 256))
    let chunks = (count + chunk - 1) / chunk
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
        let slots = UncheckedPointer(buffer.baseAddress)
        DispatchQueue.concurrentPerform(iterations: chunks) { index in
            for item in index * chunk..<min(count, (index + 1) * chunk) {
                slots.pointer?.advanced(by: item).initialize(to: transform(item))
            }
        }
        initialized = count
    }
}

/// A pointer that crosses to other threads: each writes slots of its own.
private struct UncheckedPointer<Pointee>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Pointee>?

    init(_ pointer: UnsafeMutablePointer<Pointee>?) {
        self.pointer = pointer
    }
}

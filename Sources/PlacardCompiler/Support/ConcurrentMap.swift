import Dispatch

/// Applies `transform` to every index on all cores; the results come in order, so that output
/// never depends on which core was first.
func concurrentMap<Result: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) -> Result
) -> [Result] {
    guard count > 1 else { return (0..<count).map(transform) }
    // Small chunks keep the cores level when a few items are large; not so small that the queue shows.
    let chunk = max(1, min(64, count / 256))
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

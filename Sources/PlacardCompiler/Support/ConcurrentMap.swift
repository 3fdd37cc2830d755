#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
#if canImport(Darwin)
    import Dispatch
#else
    import Locking
#endif

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
        onAllCores(chunks) { index in
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

#if canImport(Darwin)
    private func onAllCores(_ count: Int, _ body: @Sendable (Int) -> Void) {
        DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
#else
    /// Calls `body` with each number below `count`, on all cores that the process may use; ends when all calls have.
    ///
    /// With threads of its own: Dispatch's look after themselves in `/proc` once work takes a second, and where there is none, in
    /// a bare root folder, they end the process.
    private func onAllCores(_ count: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let work = SharedWork(count: count, body: body)
            let threads = (1..<max(1, min(count, coreCount()))).compactMap { _ in startThread(work) }
            work.run()
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Calls that several threads make between them.
    private final class SharedWork: Sendable {
        private let count: Int
        private let body: @Sendable (Int) -> Void
        private let lock = Lock()
        nonisolated(unsafe) private var next = 0

        init(count: Int, body: @escaping @Sendable (Int) -> Void) {
            self.count = count
            self.body = body
        }

        /// Makes calls until none is left.
        func run() {
            while let index = take() { body(index) }
        }

        private func take() -> Int? {
            lock.withLock {
                guard next < count else { return nil }
                defer { next += 1 }
                return next
            }
        }
    }

    /// A thread that takes part in `work`; nil where the system has none to give, and the others do all of it.
    private func startThread(_ work: SharedWork) -> pthread_t? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, threadStackBytes)
        var thread = pthread_t()
        let held = Unmanaged.passRetained(work)
        let code = pthread_create(
            &thread, &attributes,
            { work in
                if let work { Unmanaged<SharedWork>.fromOpaque(work).takeRetainedValue().run() }
                return nil
            }, held.toOpaque())
        guard code == 0 else {
            held.release()
            return nil
        }
        return thread
    }

    /// As much as the first thread of a process has on most systems; memory is taken as it is used.
    private let threadStackBytes = 8 << 20

    /// How many cores there are; where the system does not say, one.
    private func coreCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
#endif

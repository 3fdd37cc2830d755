import Foundation
import PlacardBundle
import Testing

@testable import PlacardClient

/// A source that is right at first and then never answers, and does not care for being cancelled.
private final class StuckSource: @unchecked Sendable {
    private let lock = NSLock()
    private var stuck = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    let bundle = MemoryBundle()

    var isStuck: Bool {
        get { lock.withLock { stuck } }
        set { lock.withLock { stuck = newValue } }
    }

    var source: BundleSource {
        BundleSource(respond: { request in
            if self.isStuck {
                await withCheckedContinuation { held in self.lock.withLock { self.waiting.append(held) } }
            }
            return try await self.bundle.source.respond(request)
        })
    }

    /// Lets go of all that wait.
    func release() {
        let all = lock.withLock {
            defer { waiting = [] }
            return waiting
        }
        for held in all { held.resume() }
    }

    deinit { for held in waiting { held.resume() } }
}

@Suite struct StuckSourceTests {
    private let stuck = StuckSource()
    let folder = TemporaryFolder()

    private func client() -> PlacardClient {
        PlacardClient(source: stuck.source, folder: folder.url, unit: "u")
    }

    @Test func anUpdateEndsByItsTimeAndALaterOneDoesNotWaitForIt() async throws {
        try stuck.bundle.publish()
        let client = client()
        stuck.isStuck = true
        await #expect(throws: ClientError.timedOut) { try await client.update(within: .milliseconds(50)) }
        stuck.isStuck = false
        #expect(try await client.update(within: .seconds(10)) == .updated)
        stuck.release()
    }

    @Test func anUpdateEndsWhenItsTaskIsCancelledAndAnothersGoesOn() async throws {
        try stuck.bundle.publish()
        let client = client()
        stuck.isStuck = true
        let first = Task { try await client.update() }
        let second = Task { try await client.update() }
        try await Task.sleep(for: .milliseconds(50))
        first.cancel()
        await #expect(throws: ClientError.cancelled) { try await first.value }
        stuck.isStuck = false
        stuck.release()
        #expect(try await second.value == .updated)
    }

    @Test func whatComesAfterTheEndIsNotTaken() async throws {
        try stuck.bundle.publish()
        let client = client()
        stuck.isStuck = true
        await #expect(throws: ClientError.timedOut) { try await client.update(within: .milliseconds(20)) }
        stuck.isStuck = false
        stuck.release()
        try await Task.sleep(for: .milliseconds(50))
        #expect(await client.release == nil)
        #expect(folder.files("").contains("manifest.json") == false)
    }

    @Test func aTaskThatIsCancelledAlreadyDoesNotWait() async throws {
        let client = client()
        stuck.isStuck = true
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.update()
        }
        await #expect(throws: ClientError.cancelled) { try await task.value }
        stuck.release()
    }

    /// An update that fails at once ends as its caller begins to wait for it. Many clients at once, as each waits for its turns among
    /// all tests that run.
    @Test func updatesThatFailAtOnceNeitherCrashNorHang() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<160 {
                group.addTask {
                    let folder = TemporaryFolder()
                    let source = BundleSource(respond: { _ in .missing() })
                    let client = PlacardClient(source: source, folder: folder.url, unit: "u")
                    for _ in 0..<200 { _ = try? await client.update() }
                }
            }
        }
    }

    @Test func afterFailuresItWaitsTwiceAsLongEachTimeButNoLongerThanItsInterval() {
        var pace = UpdatePace(interval: .seconds(600))
        let failures = (0..<7).map { _ in pace.pause(hasFailed: true) }
        #expect(failures == [30, 60, 120, 240, 480, 600, 600].map { .seconds($0) })
        #expect(pace.pause(hasFailed: false) == .seconds(600))
        #expect(pace.pause(hasFailed: true) == .seconds(30))
        var short = UpdatePace(interval: .seconds(5))
        #expect(short.pause(hasFailed: true) == .seconds(5))
    }

    @Test func keepingUpToDateTellsOfFailuresAndEndsWhenItIsCancelled() async throws {
        let (reports, told) = AsyncStream<ClientError>.makeStream()
        let source = BundleSource(respond: { _ in throw URLError(.notConnectedToInternet) })
        let client = PlacardClient(source: source, folder: folder.url, unit: "u") { told.yield($0) }
        let task = Task { await client.keepUpdated() }
        var first: ClientError?
        for await error in reports where error != .emptyUnit {
            first = error
            break
        }
        if case .unavailable("manifest.json", _)? = first {} else { Issue.record("\(String(describing: first))") }
        task.cancel()
        await task.value
    }
}

import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine
import Testing

/// Keeps what it is given, or fails.
private final class Receiver: EventReceiver, @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [MessageEvent] = []
    private var fails: Bool

    init(fails: Bool = false) { self.fails = fails }

    struct Unreachable: Error {}

    var events: [MessageEvent] { lock.withLock { stored } }
    var isUnreachable: Bool {
        get { lock.withLock { fails } }
        set { lock.withLock { fails = newValue } }
    }

    func receive(_ events: [MessageEvent]) async throws {
        #expect(!events.isEmpty && events.count <= PlacardClient.eventBatch)
        try lock.withLock {
            if fails { throw Unreachable() }
            stored += events
        }
    }
}

/// A store as an app with a database has it.
private final class Database: EventStore, @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [MessageEvent] = []
    private var fails = false

    struct Full: Error {}

    var events: [MessageEvent] { lock.withLock { rows } }
    var isFull: Bool {
        get { lock.withLock { fails } }
        set { lock.withLock { fails = newValue } }
    }

    func append(_ events: [MessageEvent]) throws {
        try lock.withLock {
            if fails { throw Full() }
            rows += events
        }
    }
    func pending(limit: Int) -> [MessageEvent] { lock.withLock { Array(rows.prefix(limit)) } }
    func remove(_ events: [MessageEvent]) { lock.withLock { rows.removeAll { events.contains($0) } } }
}

/// What happened and to what, without ids and moments.
private func summary(_ events: [MessageEvent]) -> [String] {
    events.map { event in
        let what =
            switch event.kind {
            case .exposure(let withheld): withheld ? "withheld" : "exposure"
            case .impression: "impression"
            case .click(let action): "click \(action)"
            case .dismissal: "dismissal"
            }
        return "\(what) of \(event.message)/\(event.variant ?? "-") in \(event.locale), release \(event.release)"
    }
}

@Suite struct EventTests {
    private let bundle = MemoryBundle()
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private let receiver = Receiver()
    private var log: URL { folder.url.appendingPathComponent("events.log") }

    private func started(_ receiver: Receiver? = nil, store: Database? = nil) async throws -> PlacardClient {
        let made = client(bundle, folder, clock: clock, events: receiver ?? self.receiver, eventStore: store)
        try await made.update()
        return made
    }

    private func message(_ client: PlacardClient) async throws -> ShownMessage {
        try #require(await client.decide(event: "session_start", context: [:]))
    }

    private func kept() -> [MessageEvent] {
        MessageEvent.events(ofFile: (try? Data(contentsOf: log)).map { [UInt8]($0) } ?? [])
    }

    // MARK: What is told

    @Test func whatHappensWithAMessageIsTold() async throws {
        try bundle.publish(release: 7, experiment: #"{"variants":[{"id":"b","weight":1}]}"#)
        let client = try await started()
        let shown = try await message(client)
        clock.advance(3)
        await client.shown(shown)
        clock.advance(4)
        await client.acted(shown, action: "no")
        #expect(await client.deliverEvents())
        #expect(
            summary(receiver.events) == [
                "exposure of hello/b in fr, release 7", "impression of hello/b in fr, release 7",
                "click no of hello/b in fr, release 7", "dismissal of hello/b in fr, release 7",
            ])
        let start = TestClock().now
        #expect(receiver.events.map { $0.at.seconds - start.seconds } == [0, 3, 7, 7])
        #expect(Set(receiver.events.map(\.id)).count == 4)
        #expect(try Data(contentsOf: log).isEmpty)
    }

    @Test(arguments: [
        #"{"variants":[{"id":"none","weight":1,"withheld":true}]}"#, #"{"variants":[],"holdout":10000}"#,
    ])
    func whoIsHeldOutIsExposedAndSeesNothing(_ experiment: String) async throws {
        try bundle.publish(experiment: experiment)
        let client = try await started()
        #expect(await client.title() == nil)
        await client.deliverEvents()
        let variant = experiment.contains("none") ? "none" : "-"
        #expect(summary(receiver.events) == ["withheld of hello/\(variant) in fr, release 0"])
    }

    @Test func theReleaseIsTheOneThatTheMessageCameFrom() async throws {
        try bundle.publish(release: 1)
        let client = try await started()
        let shown = try await message(client)
        try bundle.publish(titles: ["en": "Hi"], release: 2)
        try await client.update()
        await client.shown(shown)
        await client.deliverEvents()
        #expect(summary(receiver.events) == ["impression of hello/- in fr, release 1"])
    }

    @Test func nothingIsWrittenWhereNobodyWantsToKnow() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        await client.shown(try await message(client))
        #expect(await client.deliverEvents())
        #expect(!FileManager.default.fileExists(atPath: log.path))
    }

    @Test func anEventIsALineOfJSONAndReadsBack() throws {
        let kinds: [MessageEvent.Kind] = [
            .exposure(withheld: true), .exposure(withheld: false), .impression, .click(action: "go"), .dismissal,
        ]
        let events = kinds.enumerated().map { number, kind in
            MessageEvent(
                id: "id-\(number)", kind: kind, message: "hello", variant: number == 0 ? nil : "b", release: 3,
                locale: "fr", at: Instant(milliseconds: 1_790_000_000_123))
        }
        let lines = MessageEvent.jsonLines(events).split(separator: 0x0A)
        #expect(try lines.map { MessageEvent(json: try JSONValue(parsing: Array($0))) } == events)
        #expect(
            String(decoding: lines[3], as: UTF8.self)
                == #"{"action":"go","at":1790000000123,"id":"id-3","kind":"click","locale":"fr","message":"hello","release":3,"schema":"placard/event/1","variant":"b"}"#
        )
    }

    // MARK: At least once

    @Test func whatWasNotReceivedComesAgainWithTheSameId() async throws {
        try bundle.publish()
        receiver.isUnreachable = true
        let first = try await started()
        await first.shown(try await message(first))
        #expect(await !first.deliverEvents())
        let ids = kept().map(\.id)
        #expect(ids.count == 1 && receiver.events.isEmpty)
        receiver.isUnreachable = false
        // The next start delivers what the last one has left, and without being told to.
        let second = try await started()
        #expect(await second.release != nil)
        await second.deliverEvents()
        #expect(receiver.events.map(\.id) == ids && kept().isEmpty)
    }

    @Test func failuresAreReported() async throws {
        try bundle.publish()
        receiver.isUnreachable = true
        await confirmation(expectedCount: 1) { reported in
            let client = client(
                bundle, folder, events: receiver,
                report: { error in
                    #expect(error == .undelivered(reason: "Unreachable()"))
                    reported()
                })
            _ = try? await client.update()
            guard let shown = await client.decide(event: "session_start", context: [:]) else { return }
            await client.shown(shown)
            while await !client.isWaitingToDeliver { await Task.yield() }
        }
    }

    /// What a kill in the middle of a write leaves: everything before it is received, and so is what comes after.
    @Test func aKillAtAnyByteLosesNothingThatWasWhole() async throws {
        try bundle.publish()
        receiver.isUnreachable = true
        let first = try await started()
        let shown = try await message(first)
        for _ in 0..<2 { await first.shown(shown) }
        await first.deliverEvents()
        let bytes = [UInt8](try Data(contentsOf: log))
        let events = MessageEvent.events(ofFile: bytes)
        #expect(events.count == 2)
        let length = events[0].fileLines.count
        #expect(bytes.count == 2 * length)
        // What comes next stands behind whatever the kill has left.
        let later = MessageEvent(id: "l", kind: .dismissal, message: "hello", release: 0, locale: "fr", at: clock.now)
        let laterLines = later.fileLines
        for cut in 0...bytes.count {
            // From the first copy of a line on, its event is there.
            let expected = Array(events.prefix((cut + length / 2 + 1) / length))
            let found = MessageEvent.events(ofFile: bytes[..<cut] + laterLines)
            #expect(found == expected + [later], "cut at \(cut)")
            if cut % 11 == 0 {
                try Data(bytes[..<cut] + laterLines).write(to: log)
                let receiver = Receiver()
                let next = client(bundle, folder, clock: clock, events: receiver)
                await next.shown(shown)
                await next.deliverEvents()
                #expect(receiver.events.dropLast() == expected + [later] && kept().isEmpty, "cut at \(cut)")
            }
        }
    }

    @Test func aBadByteCostsNoEvent() async throws {
        let event = MessageEvent(
            id: "one", kind: .impression, message: "hello", release: 0, locale: "fr", at: clock.now)
        let lines = event.fileLines
        for index in lines.indices {
            var bad = lines
            bad[index] ^= 0x10
            #expect(MessageEvent.events(ofFile: bad).map(\.id) == ["one"], "byte \(index)")
        }
    }

    @Test func twoProcessesOnOneFolderLoseNothing() async throws {
        try bundle.publish()
        let other = Receiver()
        let one = try await started()
        let two = try await started(other)
        let (first, second) = (try await message(one), try await message(two))
        for _ in 0..<60 {
            await one.shown(first)
            await two.shown(second)
        }
        #expect(await one.deliverEvents())
        #expect(await two.deliverEvents())
        #expect(Set((receiver.events + other.events).map(\.id)).count == 120)
    }

    @Test func theFileIsBoundedAndTheNewestStay() async throws {
        try bundle.publish()
        receiver.isUnreachable = true
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        let line = try Data(contentsOf: log)
        let id = try #require(kept().first?.id)
        // As many as there is room for.
        let limit = 2 << 20
        var full = line
        for number in 0..<(limit / line.count - 1) {
            full +=
                MessageEvent(
                    id: id.dropLast(8) + String(10_000_000 + number), kind: .impression, message: "hello", release: 0,
                    locale: "fr", at: clock.now
                ).fileLines
        }
        try full.write(to: log)
        clock.advance(1)
        for _ in 0..<2 { await client.shown(shown) }
        #expect(try Data(contentsOf: log).count <= limit * 6 / 10)
        let left = kept()
        #expect(left.count > limit / line.count / 3 && left.suffix(2).allSatisfy { $0.at == clock.now })
    }

    /// A folder, a link and a pipe in the file's place.
    @Test func whatNoClientWroteIsGotRidOf() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        let outside = folder.url.appendingPathComponent("outside")
        try Data("mine".utf8).write(to: outside)
        for number in 1...3 {
            await client.deliverEvents()
            try? FileManager.default.removeItem(at: log)
            switch number {
            case 1: try FileManager.default.createDirectory(at: log, withIntermediateDirectories: true)
            case 2: try FileManager.default.createSymbolicLink(at: log, withDestinationURL: outside)
            default: _ = mkfifo(log.path, 0o600)
            }
            await client.shown(shown)
            #expect(await client.deliverEvents())
            #expect(receiver.events.count == number)
        }
        #expect(try String(contentsOf: outside, encoding: .utf8) == "mine")
    }

    // MARK: The app's own store

    @Test func anAppKeepsEventsInAStoreOfItsOwn() async throws {
        try bundle.publish()
        let store = Database()
        let client = client(bundle, folder, clock: clock, eventStore: store)
        try await client.update()
        await client.shown(try await message(client))
        // Without a receiver it is the app that takes them from there.
        #expect(summary(store.events) == ["impression of hello/- in fr, release 0"])
        #expect(!FileManager.default.fileExists(atPath: log.path))
        let delivering = try await started(store: store)
        #expect(await delivering.deliverEvents())
        #expect(receiver.events.count == 1 && store.events.isEmpty)
    }

    @Test func whatTheStoreCannotKeepIsDeliveredAllTheSame() async throws {
        try bundle.publish()
        let store = Database()
        store.isFull = true
        let client = try await started(store: store)
        let shown = try await message(client)
        await client.shown(shown)
        #expect(await client.deliverEvents())
        #expect(receiver.events.count == 1)
        store.isFull = false
        await client.shown(shown)
        #expect(await client.deliverEvents())
        #expect(receiver.events.count == 2)
    }
}

import CanonicalJSON
import Foundation
import PlacardClient
import PlacardEngine
import Testing

@Suite struct HistoryTests {
    let bundle = MemoryBundle()
    let folder = TemporaryFolder()
    let clock = TestClock()

    /// A client with the bundle, as after a start.
    private func started() async throws -> PlacardClient {
        let made = client(bundle, folder, clock: clock)
        try await made.update()
        return made
    }

    private func message(_ client: PlacardClient) async throws -> ShownMessage {
        try #require(await client.decide(event: "session_start", context: [:]))
    }

    @Test func impressionsSurviveARestart() async throws {
        try bundle.publish()
        for _ in 0..<2 {
            let client = try await started()
            let shown = try await message(client)
            await client.shown(shown)
            await client.closed(shown)
            clock.advance(10)
        }
        // Its rule is twice in all.
        #expect(await client(bundle, folder, clock: clock).title() == nil)
        let last = try await started()
        #expect(await last.title() == nil)
        await last.forgetHistory()
        #expect(await client(bundle, folder, clock: clock).title() == "Bonjour")
    }

    @Test func whatIsDecidedButNotShownDoesNotCount() async throws {
        try bundle.publish()
        let client = try await started()
        for _ in 0..<5 { #expect(await client.title() == "Bonjour") }
    }

    @Test func dismissedForGood() async throws {
        try bundle.publish()
        let first = try await started()
        let shown = try await message(first)
        await first.shown(shown)
        await first.acted(shown, action: "no")
        #expect(await client(bundle, folder, clock: clock).title() == nil)
    }

    @Test func aReminderShowsTheMessageLater() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        await client.acted(shown, action: "later")
        clock.advance(59)
        #expect(await client.title() == nil)
        clock.advance(1)
        #expect(await client.title() == "Bonjour")
    }

    @Test func aMessageOnTheScreenKeepsItsPlace() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        #expect(await client.title() == nil)
        await client.closed(shown)
        #expect(await client.title() == "Bonjour")
    }

    @Test func aMessageThatWaitsKeepsItsPlaceForItsDelay() async throws {
        try bundle.publish(delay: 2000)
        let client = try await started()
        _ = try await message(client)
        clock.advance(1)
        #expect(await client.title() == nil)
        // The app did not show it: two seconds later its place is free.
        clock.advance(2)
        #expect(await client.title() == "Bonjour")
    }

    // MARK: The file

    private var log: URL { folder.url.appendingPathComponent("history.log") }
    private var firstLog: URL { folder.url.appendingPathComponent("history.json") }

    private func write(_ text: String, to file: URL) throws {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func size(_ file: URL) throws -> Int { try Data(contentsOf: file).count }

    @Test(arguments: ["history.log", "history.json"])
    func aDamagedHistoryIsReportedAndBegunAnew(_ name: String) async throws {
        try bundle.publish()
        try write("{", to: folder.url.appendingPathComponent(name))
        await confirmation { reported in
            let client = PlacardClient(
                source: bundle.source, folder: folder.url, unit: "u", report: { _ in reported() })
            #expect(await client.title() == nil)
        }
    }

    @Test func whatHappensIsAppended() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        let first = try Data(contentsOf: log)
        await client.acted(shown, action: "later")
        let second = try Data(contentsOf: log)
        #expect(second.starts(with: first) && second.count > first.count && second.count < first.count + 400)
    }

    /// A byte that goes bad, or what a kill leaves of the last line, shows no message more often than it may.
    @Test func aBadByteOrATornLineCostsNoImpression() async throws {
        try bundle.publish()
        let first = try await started()
        for _ in 0..<2 {
            let shown = try await message(first)
            await first.shown(shown)
            await first.closed(shown)
        }
        let bytes = [UInt8](try Data(contentsOf: log))
        for index in bytes.indices {
            var bad = bytes
            bad[index] ^= 0x10
            try Data(bad).write(to: log)
            #expect(await client(bundle, folder, clock: clock).title() == nil, "byte \(index)")
        }
        // Its third impression is cut off anywhere: the two before hold.
        try Data(bytes).write(to: log)
        let third = History.line(HistoryEntry(.shown, "hello", at: clock.now))
        for length in third.indices {
            try Data(bytes + third[..<length]).write(to: log)
            #expect(await client(bundle, folder, clock: clock).title() == nil, "\(length) bytes")
        }
    }

    /// A full disk, or a folder that is not to be written for a while: what was seen then counts after the next start, too.
    @Test func whatCouldNotBeWrittenIsWrittenWithWhatComesNext() async throws {
        try bundle.publish()
        let first = try await started()
        let shown = try await message(first)
        // A folder stands where the file should.
        try FileManager.default.createDirectory(at: log, withIntermediateDirectories: true)
        await first.shown(shown)
        await first.closed(shown)
        try FileManager.default.removeItem(at: log)
        await first.shown(shown)
        await first.closed(shown)
        #expect(await first.title() == nil)
        #expect(await client(bundle, folder, clock: clock).title() == nil)
        var damaged = 0
        let history = History(file: [UInt8](try Data(contentsOf: log)), damaged: &damaged)
        #expect(history.count(of: "hello") == 2 && damaged == 0)
    }

    @Test func whatCouldNotBeWrittenIsForgottenAtAWish() async throws {
        try bundle.publish()
        let first = try await started()
        let shown = try await message(first)
        try FileManager.default.createDirectory(at: log, withIntermediateDirectories: true)
        for _ in 0..<2 { await first.shown(shown) }
        await first.forgetHistory()
        try FileManager.default.removeItem(at: log)
        await first.shown(shown)
        let second = client(bundle, folder, clock: clock)
        #expect(await second.title() == "Bonjour")
    }

    @Test func theFirstVersionIsTakenIn() async throws {
        try bundle.publish()
        try write(#"{"schema": "placard/history/1", "shown": {"hello": [1000, 2000]}}"#, to: firstLog)
        let first = try await started()
        #expect(await first.title() == nil)
        #expect(!FileManager.default.fileExists(atPath: firstLog.path))
        #expect(await client(bundle, folder, clock: clock).title() == nil)
        // One that comes to a newer one is added to it.
        await first.forgetHistory()
        await first.shown(try await message(first))
        try write(#"{"schema": "placard/history/1", "shown": {"hello": [1000]}}"#, to: firstLog)
        #expect(await client(bundle, folder, clock: clock).title() == nil)
    }

    /// A folder, a symbolic link and a pipe in the place of the history, also of the first version's.
    @Test(arguments: ["history.log", "history.json"])
    func whatNoClientWroteIsGotRidOf(_ name: String) async throws {
        try bundle.publish()
        try await client(bundle, folder).update()
        let file = folder.url.appendingPathComponent(name)
        let makes: [() throws -> Void] = [
            { try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false) },
            { try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/zero") },
            { #expect(mkfifo(file.path, 0o600) == 0) },
        ]
        for make in makes {
            try? FileManager.default.removeItem(at: file)
            try make()
            let restarted = client(bundle, folder)
            let shown = try #require(await restarted.decide(event: "session_start", context: [:]))
            await restarted.shown(shown)
            await restarted.dismissed(shown)
            #expect(await client(bundle, folder).title() == nil)
            await client(bundle, folder).forgetHistory()
        }
    }

    @Test func theFileIsBounded() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        var largest = 0
        for number in 0..<11_000 {
            await client.shown(shown)
            if number % 500 == 0 || number > 7_000 && number % 100 == 0 { largest = max(largest, try size(log)) }
        }
        #expect(largest <= HistoryLimits.fileBytes && largest > HistoryLimits.fileBytes / 2)
        #expect(try size(log) < largest)
        var damaged = 0
        let history = History(file: [UInt8](try Data(contentsOf: log)), damaged: &damaged)
        #expect(history.count(of: "hello") == 11_000 && damaged == 0)
    }

    /// Of a file that no client wrote the beginning, with its numbers, and the end count.
    @Test func aFileThatIsTooLargeIsReadInPart() async throws {
        try bundle.publish()
        let entry = History.line(HistoryEntry(.shown, "hello", at: clock.now))
        let other = History.line(HistoryEntry(.shown, "other", at: clock.now))
        let middle = [[UInt8]](repeating: other, count: 2 * HistoryLimits.fileBytes / other.count)
        try write(String(decoding: entry + middle.joined() + entry, as: UTF8.self), to: log)
        #expect(await client(bundle, folder, clock: clock).title() == nil)
        let client = try await started()
        #expect(await client.title() == nil)
        #expect(try size(log) < HistoryLimits.fileBytes)
    }

    /// Whoever removes the file while the app runs makes no message show more often than it may.
    @Test func aFileThatIsRemovedIsWrittenAnew() async throws {
        try bundle.publish()
        let first = try await started()
        let shown = try await message(first)
        await first.shown(shown)
        try FileManager.default.removeItem(at: log)
        await first.shown(shown)
        #expect(await client(bundle, folder, clock: clock).title() == nil)
    }

    @Test func twoProcessesAppendWholeLines() async throws {
        try bundle.publish()
        let first = try await started()
        let second = client(bundle, folder, clock: clock)
        let shown = try await message(first)
        let other = try #require(await second.decide(event: "session_start", context: [:]))
        for _ in 0..<50 {
            await first.shown(shown)
            await second.shown(other)
        }
        var damaged = 0
        let history = History(file: [UInt8](try Data(contentsOf: log)), damaged: &damaged)
        #expect(history.count(of: "hello") == 100 && damaged == 0)
    }
}

import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import Testing

@testable import PlacardEngine

/// What a file holds, and how many of its lines are damaged.
func readHistory(_ bytes: [UInt8]) -> (history: History, damaged: Int) {
    var damaged = 0
    let history = History(file: bytes, damaged: &damaged)
    return (history, damaged)
}

@Suite struct HistoryTests {
    /// A bit of everything.
    private var sample: History {
        var history = History()
        history.recordImpression(of: "m", at: Instant(seconds: 5), thread: (key: "t", event: Instant(seconds: 4)))
        history.recordImpression(of: "m", at: Instant(seconds: 1))
        history.recordImpression(of: "n", at: Instant(seconds: 2), withheld: true)
        history.recordDismissal(of: "m", thread: "t", at: Instant(seconds: 6))
        history.recordDismissal(of: "é\n\"", at: Instant(seconds: 6))
        history.recordReminder(of: "o", notBefore: Instant(seconds: 7))
        return history
    }

    @Test func impressionsStandInTheOrderOfTime() {
        var history = History()
        for seconds in [5, 1, 9, 3] as [Int64] { history.recordImpression(of: "m", at: Instant(seconds: seconds)) }
        #expect(history.impressions(of: "m").map { $0.at.seconds } == [1, 3, 5, 9])
    }

    @Test func threadsRememberTheLatestEvent() {
        var history = History()
        history.recordImpression(of: "b", at: Instant(seconds: 9), thread: (key: "t", event: Instant(seconds: 8)))
        history.recordImpression(of: "a", at: Instant(seconds: 9), thread: (key: "t", event: Instant(seconds: 2)))
        #expect(history.latest(inThread: "t")?.message == "b")
    }

    @Test func aLongKeyOfAThreadIsShortened() {
        let key = String(repeating: "x", count: 100_000)
        var history = History()
        history.recordDismissal(of: "m", thread: key, at: Instant(seconds: 1))
        history.recordImpression(of: "m", at: Instant(seconds: 1), thread: (key: key, event: Instant(seconds: 1)))
        #expect(history.dismissal(of: "m", thread: key) == Instant(seconds: 1))
        #expect(history.dismissal(of: "m", thread: key + "x") == nil)
        #expect(history.latest(inThread: key)?.message == "m")
        #expect(history.file.count < 2_000)
        #expect(readHistory(history.file).history == history)
    }

    // MARK: The file

    @Test func theFileAndBack() {
        #expect(readHistory(sample.file) == (sample, 0))
        #expect(readHistory([]) == (History(), 0))
        #expect(readHistory(History().file) == (History(), 0))
        // A snapshot of many lines, with numbers of older impressions.
        var long = sample
        for second in 0..<3_000 as Range<Int64> {
            long.recordImpression(of: "m", at: Instant(seconds: second), withheld: second % 3 == 0)
        }
        #expect(long.count(of: "m") == 3_002)
        #expect(readHistory(long.file) == (long, 0))
    }

    @Test func entriesAreAppended() {
        var history = sample
        var bytes = history.file
        let entries = [
            HistoryEntry(.shown, "m", at: Instant(seconds: 20), thread: "t", event: Instant(seconds: 19)),
            HistoryEntry(.shown, "m", at: Instant(seconds: 20)), HistoryEntry(.shown, "m", at: Instant(seconds: 20)),
            HistoryEntry(.withheld, "n", at: Instant(seconds: 21)),
            HistoryEntry(.dismissed, "n", at: Instant(seconds: 22), thread: "a"),
            HistoryEntry(.reminder, "o", at: Instant(seconds: 90)),
        ]
        for entry in entries {
            history.record(entry)
            bytes += History.line(entry)
        }
        #expect(readHistory(bytes) == (history, 0))
        #expect(history.count(of: "m") == 5)
    }

    /// No byte that goes bad costs anything: the other copy of its line counts.
    @Test func aBadByteLosesNothing() {
        let entry = HistoryEntry(.shown, "m", at: Instant(seconds: 20), thread: "t", event: Instant(seconds: 19))
        var history = sample
        history.record(entry)
        history.record(entry)
        let bytes = sample.file + History.line(entry) + History.line(entry)
        #expect(readHistory(bytes) == (history, 0))
        for index in bytes.indices {
            for value in [0x0A, 0x39, bytes[index] ^ 1] as [UInt8] {
                var bad = bytes
                bad[index] = value
                #expect(readHistory(bad).history == history, "byte \(index) as \(value)")
            }
            var short = bytes
            short.remove(at: index)
            #expect(readHistory(short).history == history, "without byte \(index)")
        }
    }

    @Test func aDamagedLineLosesItselfAlone() {
        var history = History()
        for seconds in [1, 2, 3] as [Int64] { history.recordImpression(of: "m", at: Instant(seconds: seconds)) }
        var bytes: [UInt8] = []
        for seconds in [1, 2, 3] as [Int64] {
            var line = History.line(HistoryEntry(.shown, "m", at: Instant(seconds: seconds)))
            // Both copies of the second.
            if seconds == 2 { line = line.map { $0 == 0x6D ? 0x6E : $0 } }
            bytes += line
        }
        let (found, damaged) = readHistory(bytes)
        #expect(found.impressions(of: "m").map { $0.at.seconds } == [1, 3])
        #expect(damaged == 1)
        #expect(readHistory(Array("{\n\u{0}nonsense\n12345678 {}\n".utf8)).history == History())
        #expect(readHistory(Array("{".utf8)).damaged == 1)
    }

    /// A client that is killed while it writes leaves what was there, and what comes next is read.
    @Test func aKillAtAnyByteLeavesAFileThatCanBeRead() {
        let before = sample
        let torn = HistoryEntry(.shown, "m", at: Instant(seconds: 20))
        let next = HistoryEntry(.shown, "n", at: Instant(seconds: 30))
        var after = before
        after.record(torn)
        let line = History.line(torn)
        for length in 0...line.count {
            let bytes = before.file + line[..<length]
            let found = readHistory(bytes).history
            #expect(found == before || found == after, "\(length) bytes")
            var wanted = found
            wanted.record(next)
            #expect(readHistory(bytes + History.line(next)).history == wanted, "\(length) bytes")
        }
    }

    @Test func whatANewerVersionWritesIsLeftOut() {
        // A whole line that says something unheard of.
        let unknown = History.line(HistoryEntry(.shown, "m", at: Instant(seconds: 1)))
        #expect(readHistory(unknown).history.count(of: "m") == 1)
        #expect(History(firstVersion: ["schema": "placard/history/2"]) == nil)
    }

    @Test func theFirstVersionIsRead() throws {
        let json = try JSONValue(
            parsing: Array(
                """
                {"schema": "placard/history/1", "shown": {"m": [1000, 5000]}, "withheld": {"m": [3000], "n": [2000]},
                 "dismissed": {"m\\u001ft": 6000}, "reminders": {"o": 7000},
                 "threads": {"t": {"message": "m", "event": 4000}}}
                """.utf8))
        let history = try #require(History(firstVersion: json))
        #expect(history.impressions(of: "m").map { $0.at.seconds } == [1, 3, 5])
        #expect(history.impressions(of: "n").map { $0.withheld } == [true])
        #expect(history.dismissal(of: "m", thread: "t") == Instant(seconds: 6))
        #expect(history.reminder(of: "o") == Instant(seconds: 7))
        #expect(history.latest(inThread: "t")?.event == Instant(seconds: 4))
        #expect(History(firstVersion: [:]) == nil)
        #expect(History(firstVersion: ["schema": "placard/history/1", "shown": ["m": ["x"]]]) == nil)
        #expect(History(firstVersion: ["schema": "placard/history/1"]) == History())
        var both = history
        both.formUnion(sample)
        #expect(both.count(of: "m") == 5)
        #expect(both.dismissal(of: "m", thread: "t") == Instant(seconds: 6))
    }

    @Test func aLongHistoryOfTheFirstVersionIsCounted() throws {
        let times = JSONValue.array((0..<20_000).map { .number(Double($0) * 1000) })
        let json: JSONValue = ["schema": "placard/history/1", "shown": ["m": times], "withheld": ["m": times]]
        let history = try #require(History(firstVersion: json))
        #expect(history.count(of: "m") == 40_000)
        #expect(history.impressions(of: "m").count == HistoryLimits.impressionsOfAMessage)
        #expect(history.impressions(of: "m").last?.at.seconds == 19_999)
        #expect(history.file.count < 100_000)
    }
}

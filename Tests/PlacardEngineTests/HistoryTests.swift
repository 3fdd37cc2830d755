import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import Testing

@testable import PlacardEngine

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

    private func read(_ bytes: [UInt8]) -> (history: History, damaged: Int) {
        var damaged = 0
        let history = History(file: bytes, damaged: &damaged)
        return (history, damaged)
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
        #expect(read(history.file).history == history)
    }

    // MARK: The file

    @Test func theFileAndBack() {
        #expect(read(sample.file) == (sample, 0))
        #expect(read([]) == (History(), 0))
        #expect(read(History().file) == (History(), 0))
        // A snapshot of many lines, with numbers of older impressions.
        var long = sample
        for second in 0..<3_000 as Range<Int64> {
            long.recordImpression(of: "m", at: Instant(seconds: second), withheld: second % 3 == 0)
        }
        #expect(long.count(of: "m") == 3_002)
        #expect(read(long.file) == (long, 0))
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
        #expect(read(bytes) == (history, 0))
        #expect(history.count(of: "m") == 5)
    }

    /// No byte that goes bad costs anything: the other copy of its line counts.
    @Test func aBadByteLosesNothing() {
        let entry = HistoryEntry(.shown, "m", at: Instant(seconds: 20), thread: "t", event: Instant(seconds: 19))
        var history = sample
        history.record(entry)
        history.record(entry)
        let bytes = sample.file + History.line(entry) + History.line(entry)
        #expect(read(bytes) == (history, 0))
        for index in bytes.indices {
            for value in [0x0A, 0x39, bytes[index] ^ 1] as [UInt8] {
                var bad = bytes
                bad[index] = value
                #expect(read(bad).history == history, "byte \(index) as \(value)")
            }
            var short = bytes
            short.remove(at: index)
            #expect(read(short).history == history, "without byte \(index)")
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
        let (found, damaged) = read(bytes)
        #expect(found.impressions(of: "m").map { $0.at.seconds } == [1, 3])
        #expect(damaged == 1)
        #expect(read(Array("{\n\u{0}nonsense\n12345678 {}\n".utf8)).history == History())
        #expect(read(Array("{".utf8)).damaged == 1)
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
            let found = read(bytes).history
            #expect(found == before || found == after, "\(length) bytes")
            var wanted = found
            wanted.record(next)
            #expect(read(bytes + History.line(next)).history == wanted, "\(length) bytes")
        }
    }

    @Test func whatANewerVersionWritesIsLeftOut() {
        // A whole line that says something unheard of.
        let unknown = History.line(HistoryEntry(.shown, "m", at: Instant(seconds: 1)))
        #expect(read(unknown).history.count(of: "m") == 1)
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

    // MARK: Limits

    private let now = Instant("2026-12-02T09:15:00Z") ?? Instant(seconds: 0)

    private func ago(_ days: Int64) -> Instant { now.adding(milliseconds: -days * 86_400_000) }

    @Test func whatCanHoldNothingBackIsForgotten() {
        var history = History()
        history.recordReminder(of: "a", notBefore: ago(8))
        history.recordReminder(of: "b", notBefore: ago(1))
        history.recordImpression(of: "c", at: ago(400), thread: (key: "old", event: ago(400)))
        history.recordImpression(of: "c", at: ago(1), thread: (key: "new", event: ago(1)))
        history.recordImpression(of: "gone", at: ago(400))
        history.recordImpression(of: "back", at: ago(300))
        history.recordDismissal(of: "c", at: ago(4_000))
        history.recordDismissal(of: "gone", at: ago(400))
        history.recordDismissal(of: "c", thread: "old", at: ago(400))
        history.recordDismissal(of: "c", thread: "new", at: ago(1))
        history.compact(now: now) { $0 == "c" ? .always : .unnamed }
        #expect(history.reminders.keys.sorted() == ["b"])
        #expect(history.threads.keys.sorted() == ["new"])
        #expect(history.records.keys.sorted() == ["back", "c"])
        #expect(history.count(of: "c") == 2)
        #expect(history.dismissal(of: "c") == ago(4_000))
        #expect(history.dismissal(of: "gone") == nil)
        #expect(history.dismissal(of: "c", thread: "old") == nil)
        #expect(history.dismissal(of: "c", thread: "new") == ago(1))
    }

    @Test func everythingIsBounded() {
        var history = History()
        for number in 0..<14_000 as Range<Int64> {
            let id = "message-\(number % 700)-\(String(repeating: "x", count: 60))"
            let thread = "thread-\(number)-\(String(repeating: "y", count: 80))"
            let at = ago(1).adding(milliseconds: number * 6_000)
            history.recordImpression(of: id, at: at, withheld: number % 5 == 0, thread: (key: thread, event: at))
            history.recordDismissal(of: id, thread: thread, at: at)
            history.recordReminder(of: id, thread: thread, notBefore: now)
        }
        let counts = history.records.keys.map { history.count(of: $0) }.reduce(0, +)
        history.compact(now: now) { _ in .always }
        #expect(history.file.count <= HistoryLimits.compactBytes)
        #expect(history.records.keys.map { history.count(of: $0) }.reduce(0, +) == counts)
        #expect(history.records.values.reduce(0) { $0 + $1.impressions.count } <= HistoryLimits.impressions)
        for many in [history.dismissals.count, history.reminders.count, history.threads.count] {
            #expect(many > 100 && many < 1_000)
        }
        // The newest stay.
        let last = "thread-13999-\(String(repeating: "y", count: 80))"
        #expect(history.latest(inThread: last) != nil)
        // More messages than there is room for: those that no release names go first.
        var wide = History()
        for number in 0..<9_000 as Range<Int64> {
            wide.recordImpression(
                of: "message-\(number)-\(String(repeating: "x", count: 60))", at: now.adding(milliseconds: -number))
        }
        wide.recordImpression(of: "named", at: ago(100_000))
        wide.compact(now: now) { $0 == "named" ? .always : .unnamed }
        #expect(wide.file.count <= HistoryLimits.compactBytes)
        #expect(wide.count(of: "named") == 1)
    }

    /// More messages of a release than there is room for: those that were seen longest ago go, and no more than have to.
    @Test func noMoreMessagesAreForgottenThanHaveTo() {
        func id(_ number: Int64) -> String { "message-\(number)-\(String(repeating: "x", count: 60))" }
        var history = History()
        for number in 0..<9_000 as Range<Int64> {
            history.recordImpression(of: id(number), at: ago(1).adding(milliseconds: number))
        }
        history.compact(now: now) { _ in .always }
        #expect(history.file.count <= HistoryLimits.compactBytes)
        #expect(history.file.count > HistoryLimits.compactBytes - 1_000)
        #expect(history.count(of: id(8_999)) == 1 && history.count(of: id(0)) == 0)
    }

    /// Ids as people choose them, each shown once, over a year: so many fit, and each still counts.
    @Test func tenThousandMessagesFit() {
        var history = History()
        for number in 0..<12_000 as Range<Int64> {
            let id = "spring-sale-\(10_000 + number)"
            history.recordImpression(of: id, at: ago(365).adding(milliseconds: number * 2_600_000 + number % 977))
        }
        let before = history
        history.compact(now: now) { _ in .always }
        #expect(history.file.count <= HistoryLimits.compactBytes)
        #expect(history.records.keys.allSatisfy { history.count(of: $0) == 1 })
        #expect(history.records.count == before.records.count)
        #expect(read(history.file) == (history, 0))
    }

    /// What goes first is what holds nothing back any more; a rule for all time, a window that is open, and what was closed
    /// for good stay.
    @Test func whatHasEndedGoesFirst() {
        func id(_ number: Int64) -> String { "message-\(number)-\(String(repeating: "x", count: 60))" }
        var history = History()
        for number in 0..<6_000 as Range<Int64> {
            history.recordImpression(of: id(number), at: ago(20).adding(milliseconds: number * 1_000))
            if number % 9 == 0 { history.recordDismissal(of: id(number), at: ago(20)) }
        }
        // Every third message may show for ever, once in a month, and once in a day.
        history.compact(now: now) { key in
            switch Int64(key.split(separator: "-")[1]).map({ $0 % 3 }) {
            case 0: .always
            case 1: .since(ago(30))
            default: .since(ago(1))
            }
        }
        #expect(history.file.count <= HistoryLimits.compactBytes)
        let forgotten = (0..<6_000 as Range<Int64>).filter { history.count(of: id($0)) == 0 }
        #expect(!forgotten.isEmpty && forgotten.allSatisfy { $0 % 3 == 2 })
        #expect(history.dismissals.count == 667)
    }

    /// What was closed for good is bounded too, and goes last.
    @Test func whatWasClosedForGoodIsBounded() {
        func id(_ number: Int64) -> String { "message-\(number)-\(String(repeating: "x", count: 60))" }
        var history = History()
        for number in 0..<20_000 as Range<Int64> {
            history.recordDismissal(of: id(number), at: ago(20).adding(milliseconds: number))
            history.recordReminder(of: id(number), notBefore: now.adding(milliseconds: number))
            history.recordImpression(of: id(number), at: ago(20).adding(milliseconds: number))
        }
        history.compact(now: now) { _ in .always }
        #expect(history.file.count <= HistoryLimits.compactBytes)
        #expect(history.records.isEmpty && history.reminders.isEmpty)
        #expect(history.dismissals.count > 4_000 && history.dismissal(of: id(19_999)) != nil)
        #expect(read(history.file) == (history, 0))
    }

    /// The windows of a message and of its group say how far back a release looks.
    @Test func aReleaseLooksAsFarBackAsItsRules() {
        func reach(_ rules: [FrequencyRule], group: [FrequencyRule] = []) -> HistoryReach {
            var world = World(message("m", frequency: rules, group: group.isEmpty ? nil : "g"))
            if !group.isEmpty { world.groups = ["g": GroupDeclaration(frequency: group)] }
            return world.engine.reach(of: "m", now: now, sessionStart: ago(2))
        }
        #expect(reach([]) == .since(Instant(milliseconds: .max)))
        #expect(reach([FrequencyRule(count: 1, per: .seconds(86_400))]) == .since(ago(8)))
        #expect(reach([FrequencyRule(count: 1, per: .session)]) == .since(ago(9)))
        #expect(reach([FrequencyRule(count: 1, per: .session), FrequencyRule(count: 3, per: .total)]) == .always)
        #expect(reach([], group: [FrequencyRule(count: 1, per: .seconds(30 * 86_400))]) == .since(ago(37)))
        #expect(World(message("m")).engine.reach(of: "n", now: now, sessionStart: now) == .unnamed)
    }

    /// Lines that no client wrote: nothing overflows, and what is no line is left out.
    @Test(arguments: [
        #"{"from":9223372036854775807,"seen":["a",9223372036854775807,-9223372036854775808,9223372036854775807]}"#,
        #"{"from":-9223372036854775808,"seen":["a",[-1,-9223372036854775808,-9223372036854775808],1,-1]}"#,
        #"{"from":0,"dismissed":["a",-9223372036854775808,"b"]}"#, #"{"from":0,"seen":[1]}"#,
        #"{"from":0,"seen":["a",[1]]}"#,
        #"{"from":0,"seen":["a",{}]}"#, #"{"from":0}"#, #"{"from":"","seen":[]}"#,
    ])
    func aHostileLineOfASnapshotHarmsNothing(_ text: String) {
        var bytes: [UInt8] = []
        CheckedLine.append(Array(text.utf8), to: &bytes)
        let next = HistoryEntry(.shown, "z", at: now)
        let found = read(bytes + History.line(next)).history
        #expect(found.count(of: "z") == 1)
        let again = read(found.file)
        #expect(again.damaged == 0 && again.history.count(of: "a") == found.count(of: "a"))
    }

    /// A clock at the end of time, or a reminder after it: what is written for it is read back.
    @Test func theEndOfTimeIsReadBack() {
        let end = Instant(milliseconds: .max)
        var history = History()
        for _ in 0..<1_200 { history.recordImpression(of: "a", at: end) }
        history.recordReminder(of: "b", notBefore: end)
        history.recordDismissal(of: "c", at: Instant(milliseconds: .min))
        var damaged = 0
        let read = History(file: history.file, damaged: &damaged)
        #expect(damaged == 0)
        #expect(read.count(of: "a") == 1_200)
        #expect(read.reminder(of: "b") == end)
        #expect(read.dismissal(of: "c") == Instant(milliseconds: .min))
    }

    /// Whatever is forgotten, no rule lets through what it held back before.
    @Test func noRuleIsLoosenedByWhatIsForgotten() {
        var random = SplitMix(state: 7)
        let windows: [FrequencyRule.Window] = [
            .total, .session, .seconds(3_600), .seconds(86_400), .seconds(30 * 86_400),
        ]
        for _ in 0..<300 {
            var history = History()
            for _ in 0..<random.below(60) {
                history.recordImpression(
                    of: random.pick(["m", "n"]), at: now.adding(milliseconds: -Int64(random.below(4_000_000)) * 1_000),
                    withheld: random.below(4) == 0)
            }
            var kept = history
            let limit = random.below(12)
            for id in ["m", "n"] { kept.records[id]?.keepNewest(limit) }
            var damaged = 0
            kept = History(file: kept.file, damaged: &damaged)
            for window in windows {
                let rules = [FrequencyRule(count: Int64(1 + random.below(20)), per: window)]
                let later = now.adding(milliseconds: Int64(random.below(100)) * 3_600_000)
                func isUsedUp(_ history: History) -> Bool {
                    let record = history.records["m"] ?? History.Record()
                    return usedUpRule(rules, now: later, sessionStart: ago(1), count: record.count) != nil
                }
                #expect(!isUsedUp(history) || isUsedUp(kept), "\(rules), \(limit)")
                // The other way round it may only hold back what it cannot tell apart.
                if limit >= 60 || window == .total { #expect(isUsedUp(history) == isUsedUp(kept)) }
            }
        }
    }

    @Test func rulesCountWhatIsNoLongerToldApart() {
        let rules = [FrequencyRule(count: 3_000, per: .total), FrequencyRule(count: 1_500, per: .seconds(86_400))]
        var world = World(message(frequency: rules, group: "g"))
        for number in 0..<1_400 as Range<Int64> {
            world.history.recordImpression(of: "m", at: ago(1).adding(milliseconds: 1 + number))
        }
        check(world, "shown: it comes first")
        for number in 0..<100 as Range<Int64> {
            world.history.recordImpression(of: "m", at: ago(1).adding(milliseconds: 5_000 + number))
        }
        check(world, "frequency: shown 1500 times in the last 1d, at most 1500")
        world.now = world.now.adding(milliseconds: 86_400_000)
        check(world, "shown: it comes first")
        for number in 0..<1_500 as Range<Int64> {
            world.history.recordImpression(of: "m", at: ago(9).adding(milliseconds: number))
        }
        check(world, "frequency: shown 3000 times in all, at most 3000")
        // The group counts them, too.
        world = World(message("m", group: "g"), message("n", group: "g"))
        world.groups = ["g": GroupDeclaration(frequency: [FrequencyRule(count: 2_000, per: .total)])]
        for number in 0..<2_000 as Range<Int64> {
            world.history.recordImpression(of: "n", at: ago(9).adding(milliseconds: number))
        }
        check(world, "group: group g shown 2000 times in all, at most 2000")
    }
}

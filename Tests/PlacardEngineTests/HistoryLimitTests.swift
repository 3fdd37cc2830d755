import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct HistoryLimitTests {
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
        #expect(readHistory(history.file) == (history, 0))
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
        #expect(readHistory(history.file) == (history, 0))
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
        History.appendLine(Array(text.utf8), to: &bytes)
        let next = HistoryEntry(.shown, "z", at: now)
        let found = readHistory(bytes + History.line(next)).history
        #expect(found.count(of: "z") == 1)
        let again = readHistory(found.file)
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

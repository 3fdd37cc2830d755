import ByteText

/// How much of what a user has seen and done is remembered.
public enum HistoryLimits {
    /// The newest impressions of one message that are kept one by one; older ones are counted.
    public static let impressionsOfAMessage = 1_000
    /// The newest impressions of all messages that are kept one by one.
    public static let impressions = 10_000
    /// The longest key of a thread that is kept as it is, in UTF-8 bytes.
    public static let threadKeyBytes = 40
    /// The most bytes of the file that hold which threads were closed, and by which messages: some hundred of the newest.
    public static let closedThreadBytes = 150_000
    /// The same of threads that were put off, and of each thread's latest message.
    public static let openThreadBytes = 50_000
    /// Milliseconds until something is forgotten that can hold nothing back any more: what was put off until then, a
    /// thread's latest event. A clock may be set back that far.
    public static let graceMilliseconds: Int64 = 7 * 86_400_000
    /// Milliseconds until a closed thread is forgotten, and a message that no release names any more.
    public static let memoryMilliseconds: Int64 = 366 * 86_400_000
    /// The most bytes that ``History/file`` has after ``History/compact(now:reach:)``.
    public static let compactBytes = 850_000
    /// The most bytes that a client's file may have: then it is compacted.
    public static let fileBytes = 1_000_000
}

extension History {
    /// Forgets what can hold nothing back any more, and what is beyond ``HistoryLimits``.
    ///
    /// What goes first: what was put off until long ago; threads of more than a year ago; messages that no release has
    /// named for more than a year. Where that leaves too many bytes, so much more goes as has to: messages whose rules'
    /// windows have ended; then times, which become numbers; then messages that the release does not name, and at last
    /// those that were seen longest ago. A number of impressions holds back as they did: a rule for all time (`3 total`)
    /// holds for ever, and one for a window holds back rather too long than not at all.
    ///
    /// It takes time in proportion to what there is.
    ///
    /// - Parameters:
    ///   - now: the client's clock.
    ///   - reach: what the release in use counts of a message, by its id.
    public mutating func compact(now: Instant, reach: (String) -> HistoryReach) {
        let graceEnd = now.adding(milliseconds: -HistoryLimits.graceMilliseconds)
        let memoryEnd = now.adding(milliseconds: -HistoryLimits.memoryMilliseconds)
        reminders = reminders.filter { $0.value > graceEnd }
        threads = threads.filter { $0.value.event > graceEnd }
        dismissals = dismissals.filter { entry in
            entry.value > memoryEnd || (reach(entry.key) != .unnamed && !History.hasThread(entry.key))
        }
        records = records.filter { $0.value.latest > memoryEnd || reach($0.key) != .unnamed }
        keepNewestThreads()
        keepNewestImpressions(HistoryLimits.impressions)
        guard file.count > HistoryLimits.compactBytes else { return }
        forget(forgettable(reach).ended)
        countUntilItFits()
        forget(forgettable(reach).others)
    }

    private static func hasThread(_ key: String) -> Bool { key.utf8.contains(0x1F) }

    private mutating func keepNewestThreads() {
        func newest(_ values: [String: Instant], bytes: Int) -> [String: Instant] {
            let keys = values.keys.filter { History.hasThread($0) }
            var result = values
            for key in History.surplus(keys, bytes: bytes, size: { $0.utf8.count }, time: { values[$0] }) {
                result[key] = nil
            }
            return result
        }
        dismissals = newest(dismissals, bytes: HistoryLimits.closedThreadBytes)
        reminders = newest(reminders, bytes: HistoryLimits.openThreadBytes)
        let known = threads
        let surplus = History.surplus(
            Array(known.keys), bytes: HistoryLimits.openThreadBytes,
            size: { $0.utf8.count + (known[$0]?.message.utf8.count ?? 0) }, time: { known[$0]?.event })
        for thread in surplus { threads[thread] = nil }
    }

    /// What a line has besides names, and how often it is written.
    private static let lineBytes = 64
    private static let copies = 2

    /// The keys beyond the newest whose lines have `bytes` in all.
    private static func surplus(
        _ keys: [String], bytes: Int, size: (String) -> Int, time: (String) -> Instant?
    ) -> [String] {
        var left = bytes
        return Array(
            byAge(keys, time).reversed().drop { key in
                left -= copies * (lineBytes + size(key))
                return left >= 0
            })
    }

    /// The keys in the order of their times; of equal times in that of their names.
    static func byAge(_ keys: [String], _ time: (String) -> Instant?) -> [String] {
        let timed = keys.map { (key: $0, time: time($0) ?? Instant(milliseconds: .min)) }
        return timed.sorted { $0.time != $1.time ? $0.time < $1.time : utf8Less($0.key, $1.key) }.map { $0.key }
    }

    /// Keeps the newest impressions of all messages one by one, and counts the others.
    ///
    /// - Parameter sparingSingle: whether the one impression of a message stays, as its number would take no less room.
    private mutating func keepNewestImpressions(_ limit: Int, sparingSingle: Bool = false) {
        for message in Array(records.keys) { records[message]?.keepNewest(HistoryLimits.impressionsOfAMessage) }
        var times: [Instant] = []
        for record in records.values { times += record.impressions.map { $0.at } }
        guard times.count > limit else { return }
        times.sort()
        let first = times[times.count - limit - 1]
        for message in Array(records.keys) {
            guard let record = records[message] else { continue }
            if sparingSingle, record.impressions.count == 1, record.earlier.isEmpty { continue }
            records[message]?.keepNewest(record.impressions.reduce(0) { $0 + ($1.at > first ? 1 : 0) })
        }
    }

    // MARK: Making room

    /// Counts more and more impressions until the file is about to fit.
    private mutating func countUntilItFits() {
        guard records.values.contains(where: { $0.impressions.count + ($0.earlier.isEmpty ? 0 : 1) > 1 }) else {
            return
        }
        var size = file.count
        var limit = HistoryLimits.impressions
        while limit > 0, size > HistoryLimits.compactBytes {
            limit /= 4
            size -= snapshotBytes
            keepNewestImpressions(limit, sparingSingle: true)
            size += snapshotBytes
        }
    }

    /// About the bytes that what has been seen takes in the file.
    private var snapshotBytes: Int { records.reduce(0) { $0 + $1.value.snapshotBytes(key: $1.key.utf8.count) } }

    /// Something that may go.
    private struct Forgettable {
        enum Room: Int {
            case records, reminders, dismissals
        }

        var room: Room
        var key: String
        var isNamed: Bool
        var time: Instant
        /// About the bytes that it takes.
        var bytes: Int

        /// Whether it goes before the other: what the release does not name, then what was only seen, then what is older.
        func precedes(_ other: Forgettable) -> Bool {
            if isNamed != other.isNamed { return !isNamed }
            if room != other.room { return room.rawValue < other.room.rawValue }
            return time != other.time ? time < other.time : utf8Less(key, other.key)
        }
    }

    /// What may go, each in the order in which it goes: impressions that hold nothing back any more, and all else.
    private func forgettable(_ reach: (String) -> HistoryReach) -> (ended: [Forgettable], others: [Forgettable]) {
        var ended: [Forgettable] = []
        var others: [Forgettable] = []
        for (key, record) in records {
            let counted = reach(key)
            let item = Forgettable(
                room: .records, key: key, isNamed: counted != .unnamed, time: record.latest,
                bytes: record.snapshotBytes(key: key.utf8.count))
            if case .since(let start) = counted, record.latest <= start {
                ended.append(item)
            } else {
                others.append(item)
            }
        }
        for (room, times) in [(Forgettable.Room.reminders, reminders), (.dismissals, dismissals)] {
            for (key, time) in times {
                others.append(
                    Forgettable(
                        room: room, key: key, isNamed: reach(History.split(key).message) != .unnamed, time: time,
                        bytes: History.snapshotBytes(key: key.utf8.count, times: 1)))
            }
        }
        return (ended.sorted { $0.precedes($1) }, others.sorted { $0.precedes($1) })
    }

    /// Forgets the first of `items` until the file fits.
    private mutating func forget(_ items: [Forgettable]) {
        var rest = items[...]
        while !rest.isEmpty {
            // What is written takes a little more or less than was thought, so that it is looked at again.
            let size = file.count
            guard size > HistoryLimits.compactBytes else { return }
            let thought = max(
                1, snapshotBytes + History.snapshotBytes(of: dismissals) + History.snapshotBytes(of: reminders))
            var surplus = (size - HistoryLimits.compactBytes) * thought / size + History.lineBytes
            while surplus > 0, let item = rest.popFirst() {
                surplus -= item.bytes
                switch item.room {
                case .records: records[item.key] = nil
                case .reminders: reminders[item.key] = nil
                case .dismissals: dismissals[item.key] = nil
                }
            }
        }
    }

    private static func snapshotBytes(of times: [String: Instant]) -> Int {
        times.keys.reduce(0) { $0 + snapshotBytes(key: $1.utf8.count, times: 1) }
    }
}

extension History.Record {
    /// When the message was last shown or withheld.
    var latest: Instant { impressions.last?.at ?? earlier.until }
}

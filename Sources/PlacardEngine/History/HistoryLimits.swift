/// How much of what a user has seen and done is remembered.
public enum HistoryLimits {
    /// The newest impressions of one message that are kept one by one; older ones are counted.
    public static let impressionsOfAMessage = 1_000
    /// The newest impressions of all messages that are kept one by one.
    public static let impressions = 10_000
    /// The longest key of a thread that is kept as it is, in UTF-8 bytes.
    public static let threadKeyBytes = 40
    /// The most bytes of the file that hold which threads were closed, and by which messages: some hundred of the newest,
    /// for each a line of two copies.
    public static let closedThreadBytes = 150_000
    /// The same of threads that were put off, and of each thread's latest message.
    public static let openThreadBytes = 50_000
    /// Milliseconds until something is forgotten that can hold nothing back any more: what was put off until then, a
    /// thread's latest event. A clock may be set back that far.
    public static let graceMilliseconds: Int64 = 7 * 86_400_000
    /// Milliseconds until a closed thread is forgotten, and a message that no release names any more.
    public static let memoryMilliseconds: Int64 = 366 * 86_400_000
    /// The most bytes that ``History/file`` has after ``History/compact(now:isNamed:)``.
    public static let compactBytes = 600_000
    /// The most bytes that a client's file may have: then it is compacted.
    public static let fileBytes = 1_000_000
}

extension History {
    /// Forgets what can hold nothing back any more, and what is beyond ``HistoryLimits``.
    ///
    /// What goes first: what was put off until long ago; threads of more than a year ago; messages that no release has
    /// named for more than a year; then the oldest of each kind. Impressions do not go, they are counted: a rule for all
    /// time (`3 total`) holds for ever, and one for a window holds back rather too long than not at all.
    ///
    /// - Parameters:
    ///   - now: the client's clock.
    ///   - isNamed: whether the release in use has a message of an id.
    public mutating func compact(now: Instant, isNamed: (String) -> Bool) {
        let graceEnd = now.adding(milliseconds: -HistoryLimits.graceMilliseconds)
        let memoryEnd = now.adding(milliseconds: -HistoryLimits.memoryMilliseconds)
        reminders = reminders.filter { $0.value > graceEnd }
        threads = threads.filter { $0.value.event > graceEnd }
        dismissals = dismissals.filter { entry in
            entry.value > memoryEnd || (isNamed(entry.key) && !History.hasThread(entry.key))
        }
        records = records.filter { $0.value.latest > memoryEnd || isNamed($0.key) }
        keepNewestThreads()
        var limit = HistoryLimits.impressions
        keepNewestImpressions(limit)
        // Long ids, or very many messages: what is told apart gets less until it fits.
        while file.count > HistoryLimits.compactBytes, limit > 0 {
            limit /= 2
            keepNewestImpressions(limit)
        }
        guard file.count > HistoryLimits.compactBytes else { return }
        forgetOldestMessages(isNamed)
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
    private static func byAge(_ keys: [String], _ time: (String) -> Instant?) -> [String] {
        let timed = keys.map { (key: $0, time: time($0) ?? Instant(milliseconds: .min)) }
        return timed.sorted { $0.time != $1.time ? $0.time < $1.time : precedes($0.key, $1.key) }.map { $0.key }
    }

    /// Keeps the newest impressions of all messages one by one, and counts the others.
    private mutating func keepNewestImpressions(_ limit: Int) {
        for message in Array(records.keys) { records[message]?.keepNewest(HistoryLimits.impressionsOfAMessage) }
        var times: [Instant] = []
        for record in records.values { times += record.impressions.map { $0.at } }
        guard times.count > limit else { return }
        times.sort()
        let first = times[times.count - limit - 1]
        for message in Array(records.keys) {
            guard let impressions = records[message]?.impressions else { continue }
            records[message]?.keepNewest(impressions.reduce(0) { $0 + ($1.at > first ? 1 : 0) })
        }
    }

    /// Forgets messages until the file fits: those that no release names, then those that were seen longest ago.
    private mutating func forgetOldestMessages(_ isNamed: (String) -> Bool) {
        let known = records
        var surplus = file.count - HistoryLimits.compactBytes
        let keys = History.byAge(Array(known.keys)) { known[$0]?.latest }
        for key in keys.filter({ !isNamed($0) }) + keys.filter({ isNamed($0) }) where surplus > 0 {
            var lines: [UInt8] = []
            if let record = records[key] { History.append(record, of: key, to: &lines) }
            surplus -= lines.count
            records[key] = nil
        }
    }
}

extension History.Record {
    /// When the message was last shown or withheld.
    var latest: Instant { impressions.last?.at ?? earlier.until }
}

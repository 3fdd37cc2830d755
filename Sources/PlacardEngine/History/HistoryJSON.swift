import CanonicalJSON
import PlacardBundle

// What the first version of the client stored: one JSON object, which was written anew each time.

extension History {
    /// The value of `schema` in the first version of the format.
    public static let firstSchema = "placard/history/1"

    /// Reads what the first version of the format has; nil for anything else.
    public init?(firstVersion json: JSONValue) {
        guard json["schema"] == .string(History.firstSchema) else { return nil }
        self.init()
        var impressions: [String: [Impression]] = [:]
        for (key, withheld) in [("shown", false), ("withheld", true)] {
            for member in json[key]?.object?.members ?? [] {
                guard let times = member.value.array else { return nil }
                for time in times {
                    guard let at = Instant(json: time) else { return nil }
                    impressions[member.key, default: []].append(Impression(at: at, withheld: withheld))
                }
            }
        }
        for (message, list) in impressions {
            var record = Record(impressions: list.sorted { $0.at < $1.at })
            record.keepNewest(HistoryLimits.impressionsOfAMessage)
            records[message] = record
        }
        for member in json["dismissed"]?.object?.members ?? [] {
            guard let instant = Instant(json: member.value) else { return nil }
            dismissals[History.boundedKey(member.key)] = instant
        }
        for member in json["reminders"]?.object?.members ?? [] {
            guard let instant = Instant(json: member.value) else { return nil }
            reminders[History.boundedKey(member.key)] = instant
        }
        for member in json["threads"]?.object?.members ?? [] {
            guard let message = member.value["message"]?.string, let event = Instant(json: member.value["event"])
            else { return nil }
            threads[History.bounded(member.key)] = ThreadEntry(message: message, event: event)
        }
    }

    /// A key of the first version, whose threads had keys of any length.
    private static func boundedKey(_ key: String) -> String {
        guard let separator = key.utf8.firstIndex(of: 0x1F) else { return key }
        return History.key(String(key[..<separator]), String(key[key.utf8.index(after: separator)...]))
    }

    /// Takes in another history of the same user.
    public mutating func formUnion(_ other: History) {
        for (message, record) in other.records {
            for impression in record.impressions { records[message, default: Record()].insert(impression) }
            records[message, default: Record()].earlier.add(record.earlier)
        }
        for (key, at) in other.dismissals { dismissals[key] = max(at, dismissals[key] ?? at) }
        for (key, at) in other.reminders { reminders[key] = max(at, reminders[key] ?? at) }
        for (thread, latest) in other.threads { recordLatest(latest.message, event: latest.event, inThread: thread) }
    }
}

extension History.Earlier {
    /// Counts both.
    fileprivate mutating func add(_ other: History.Earlier) {
        shown = saturatingAdd(shown, other.shown)
        withheld = saturatingAdd(withheld, other.withheld)
        until = max(until, other.until)
    }
}

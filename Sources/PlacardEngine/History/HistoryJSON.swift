import CanonicalJSON
import PlacardBundle

// What a client stores between two starts. Names and times alone: nothing of the user's attributes is in it.

extension History {
    /// The value of `schema` in this version of the format.
    public static let schema = "placard/history/1"

    /// The history as JSON, with its names sorted.
    public var json: JSONValue {
        func object<Value>(_ values: [String: Value], _ write: (Value) -> JSONValue) -> JSONValue {
            let names = values.keys.sorted { precedes($0, $1) }
            return .object(
                JSONObject(
                    distinct: names.compactMap { name in
                        values[name].map { JSONObject.Member(key: name, value: write($0)) }
                    }))
        }
        func milliseconds(_ instant: Instant) -> JSONValue { .number(Double(instant.milliseconds)) }
        return [
            "schema": .string(History.schema),
            "shown": object(impressionsByMessage) { list in
                .array(list.filter { !$0.withheld }.map { milliseconds($0.at) })
            },
            "withheld": object(impressionsByMessage.filter { $0.value.contains { $0.withheld } }) { list in
                .array(list.filter { $0.withheld }.map { milliseconds($0.at) })
            },
            "dismissed": object(dismissals, milliseconds), "reminders": object(reminders, milliseconds),
            "threads": object(threads) { entry in
                ["message": .string(entry.message), "event": milliseconds(entry.event)]
            },
        ]
    }

    /// Reads what ``json`` wrote; nil for anything else, so that a damaged file is a user without a history.
    public init?(json: JSONValue) {
        guard json["schema"] == .string(History.schema) else { return nil }
        self.init()
        for (key, withheld) in [("shown", false), ("withheld", true)] {
            for member in json[key]?.object?.members ?? [] {
                guard let times = member.value.array else { return nil }
                for time in times {
                    guard let instant = History.instant(time) else { return nil }
                    recordImpression(of: member.key, at: instant, withheld: withheld)
                }
            }
        }
        for member in json["dismissed"]?.object?.members ?? [] {
            guard let instant = History.instant(member.value) else { return nil }
            dismissals[member.key] = instant
        }
        for member in json["reminders"]?.object?.members ?? [] {
            guard let instant = History.instant(member.value) else { return nil }
            reminders[member.key] = instant
        }
        for member in json["threads"]?.object?.members ?? [] {
            guard let message = member.value["message"]?.string, let event = History.instant(member.value["event"])
            else { return nil }
            threads[member.key] = ThreadEntry(message: message, event: event)
        }
    }

    private static func instant(_ json: JSONValue?) -> Instant? {
        json?.number.flatMap { Int64(exactly: $0) }.map { Instant(milliseconds: $0) }
    }
}

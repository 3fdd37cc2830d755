import ByteText
import CanonicalJSON
import PlacardBundle

// What a client keeps of a history between two starts. Names and times alone: nothing of the user's attributes is in it.
//
// A file of `CheckedLine`s, so that something new is appended and nothing is written again. Each is a JSON object in
// canonical form, and stands there twice: equal neighbours are one.

extension History {
    /// The value of `schema` in the first line of a file of this version.
    public static let schema = "placard/history/2"

    /// What to append to a client's file for an entry: whole lines, to be written at once.
    public static func line(_ entry: HistoryEntry) -> [UInt8] {
        var bytes: [UInt8] = []
        appendLine(entry.json, to: &bytes)
        return bytes
    }

    /// A whole file, from which ``init(file:damaged:)`` makes the same history.
    public var file: [UInt8] {
        var bytes: [UInt8] = []
        History.appendLine(["schema": .string(History.schema)], to: &bytes)
        appendSnapshot(to: &bytes)
        for thread in threads.keys.sorted(by: { utf8Less($0, $1) }) {
            guard let latest = threads[thread] else { continue }
            bytes += History.line(HistoryEntry(.latest, latest.message, at: latest.event, thread: thread))
        }
        return bytes
    }

    /// Reads a file that holds what ``file`` and ``line(_:)`` wrote, in the order in which it was written.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - damaged: is set to the number of lines that are not as they were written, and of which no other
    ///     copy is beside. They alone are left out.
    public init(file bytes: [UInt8], damaged: inout Int) {
        self.init()
        damaged = 0
        // Where the line before stands, if it is whole and not yet the second of a pair.
        var previous: Range<Int>?
        var pendingDamage = false
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            defer { start = end + 1 }
            guard start < end else { continue }
            if let first = previous, bytes[first].elementsEqual(bytes[start..<end]) {
                previous = nil
                continue
            }
            guard let text = CheckedLine.text(of: bytes[start..<end]),
                let json = try? JSONValue(parsing: Array(text)), read(json)
            else {
                // The copy of the line before, or of the line behind.
                if previous == nil {
                    if pendingDamage { damaged += 1 }
                    pendingDamage = true
                }
                previous = nil
                continue
            }
            pendingDamage = false
            previous = start..<end
        }
        if pendingDamage { damaged += 1 }
    }

    // MARK: Lines

    /// Times in one line.
    private static let timesInALine = 64

    /// Appends a line.
    private static func appendLine(_ json: JSONValue, to bytes: inout [UInt8]) {
        CheckedLine.append(json.canonicalBytes, to: &bytes)
    }

    /// The number of older impressions, and the times of the newer ones, in lines of this message alone.
    static func append(_ record: Record, of message: String, to bytes: inout [UInt8]) {
        if !record.earlier.isEmpty {
            appendLine(
                [
                    "message": .string(message), "earlierShown": .number(Double(record.earlier.shown)),
                    "earlierWithheld": .number(Double(record.earlier.withheld)),
                    "until": .number(Double(record.earlier.until.milliseconds)),
                ], to: &bytes)
        }
        for withheld in [false, true] {
            let times = record.impressions.filter { $0.withheld == withheld }.map { $0.at }
            var start = 0
            while start < times.count {
                let part = times[start..<min(start + timesInALine, times.count)]
                appendLine(
                    [
                        "message": .string(message),
                        withheld ? "withheldAt" : "shownAt": .array(part.map { .number(Double($0.milliseconds)) }),
                    ], to: &bytes)
                start += timesInALine
            }
        }
    }

    /// The message of a ``key(_:_:)``, and its thread.
    static func split(_ key: String) -> (message: String, thread: String?) {
        guard let separator = key.utf8.firstIndex(of: 0x1F) else { return (key, nil) }
        return (String(key[..<separator]), String(key[key.utf8.index(after: separator)...]))
    }

    /// Takes in what a line says; false when it says nothing that this version knows.
    private mutating func read(_ json: JSONValue) -> Bool {
        if let message = json["message"]?.string {
            return read(json, of: message)
        }
        if let entry = HistoryEntry(json: json) {
            record(entry)
            return true
        }
        if json["from"] != nil { return readSnapshot(json) }
        return json["schema"] == .string(History.schema)
    }

    private mutating func read(_ json: JSONValue, of message: String) -> Bool {
        for (member, withheld) in [("shownAt", false), ("withheldAt", true)] {
            guard let times = json[member]?.array else { continue }
            for time in times {
                if let at = Instant(json: time) {
                    records[message, default: Record()].insert(Impression(at: at, withheld: withheld))
                }
            }
            return true
        }
        guard let shown = json["earlierShown"].flatMap({ wholeNumber($0) }),
            let withheld = json["earlierWithheld"].flatMap({ wholeNumber($0) }),
            let until = Instant(json: json["until"])
        else { return false }
        records[message, default: Record()].earlier.formMaximum(
            Earlier(shown: shown, withheld: withheld, until: until))
        return true
    }
}

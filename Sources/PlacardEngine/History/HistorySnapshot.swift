import CanonicalJSON
import PlacardBundle

// How a file that is written anew holds what has been seen and done, in few bytes: a line has many messages, in the order
// of time, and of a time its distance to the one before.
//
//   {"from":1790000000000,"seen":["welcome",0,86400000,"offer",1200,-5001,[3,0,20]]}
//
// Each text is a message's id, and what stands behind it are its times, the newest first. The clock begins at `from`. The
// first time of a message puts it forward by so much; the next are so much earlier than the one before. A negative number
// is of an impression that showed nothing, at -1 - n. An array has the numbers of older impressions, shown and, if
// there are any, withheld, and the distance of a time that none of them is later than. `dismissed` and `reminders` have one time for each key.

/// Which of a history's values a line of a snapshot has.
private enum SnapshotMember: String, CaseIterable {
    case seen, dismissed, reminders
}

/// The clock of a line: what writer and reader must agree on.
private struct SnapshotClock {
    /// The newest time of the key before.
    private var clock: Int64
    /// The time before.
    private var last: Int64
    private var isFirst = true

    init(from: Int64) {
        clock = from
        last = from
    }

    mutating func beginKey() {
        last = clock
        isFirst = true
    }

    private mutating func move(to time: Int64) {
        if isFirst { clock = time }
        isFirst = false
        last = time
    }

    /// The distance of a time, which is near, from the one before.
    mutating func distance(to time: Int64) -> Int64 {
        defer { move(to: time) }
        return isFirst ? time - last : last - time
    }

    /// The time at a distance from the one before.
    mutating func time(at distance: Int64) -> Instant {
        move(to: saturatingAdd(last, isFirst ? distance : saturatingMultiply(distance, -1)))
        return Instant(milliseconds: last)
    }
}

/// Writes the lines of one member.
private struct SnapshotWriter {
    private static let keysInALine = 32
    private static let timesInALine = 128

    let member: SnapshotMember
    private var line: [UInt8] = []
    private var keys = 0
    private var times = 0
    private var clock = SnapshotClock(from: 0)

    init(_ member: SnapshotMember) {
        self.member = member
    }

    var isFull: Bool { keys >= SnapshotWriter.keysInALine || times >= SnapshotWriter.timesInALine }

    /// Begins a key, whose newest time is `newest`; no key before has a newer one.
    mutating func begin(_ key: String, newest: Instant) {
        if keys == 0 {
            line = Array("{\"from\":\(newest.milliseconds),\"\(member.rawValue)\":[".utf8)
            clock = SnapshotClock(from: newest.milliseconds)
        } else {
            line.append(0x2C)
        }
        keys += 1
        clock.beginKey()
        appendCanonical(string: key, to: &line)
    }

    mutating func add(_ instant: Instant, withheld: Bool = false) {
        times += 1
        let distance = clock.distance(to: instant.milliseconds)
        line.append(0x2C)
        line.append(contentsOf: String(withheld ? -1 - distance : distance).utf8)
    }

    mutating func add(_ earlier: History.Earlier) {
        times += 1
        let distance = clock.distance(to: earlier.until.milliseconds)
        let withheld = earlier.withheld > 0 ? "\(earlier.withheld)," : ""
        line.append(contentsOf: ",[\(earlier.shown),\(withheld)\(distance)]".utf8)
    }

    /// Ends the line.
    mutating func end(into bytes: inout [UInt8]) {
        guard keys > 0 else { return }
        line.append(contentsOf: "]}".utf8)
        CheckedLine.append(line, to: &bytes)
        keys = 0
        times = 0
    }
}

extension Instant {
    /// Whether distances to other such times are numbers that JSON holds: within a hundred thousand years of today.
    fileprivate var isNear: Bool { milliseconds.magnitude < 1 << 52 }
}

extension History.Record {
    fileprivate var isNear: Bool {
        impressions.allSatisfy { $0.at.isNear }
            && (earlier.isEmpty || earlier.until.isNear && max(earlier.shown, earlier.withheld) < 1 << 52)
    }

    /// About the bytes that it takes in a snapshot with a key of so many bytes.
    func snapshotBytes(key: Int) -> Int {
        History.snapshotBytes(key: key, times: impressions.count + (earlier.isEmpty ? 0 : 1))
    }
}

extension History {
    /// About the bytes that a key of so many bytes takes in a snapshot, with so many times; both copies.
    static func snapshotBytes(key: Int, times: Int) -> Int { 2 * (key + 5 + 9 * times) }

    /// Writes what has been seen, was closed for good, and is to come again later.
    func appendSnapshot(to bytes: inout [UInt8]) {
        var writer = SnapshotWriter(.seen)
        for key in History.byAge(Array(records.keys), { records[$0]?.latest }) {
            guard let record = records[key] else { continue }
            guard record.isNear else {
                // A clock that nobody has: in lines of its own.
                History.append(record, of: key, to: &bytes)
                continue
            }
            if writer.isFull { writer.end(into: &bytes) }
            writer.begin(key, newest: record.latest)
            for impression in record.impressions.reversed() {
                if writer.isFull {
                    writer.end(into: &bytes)
                    writer.begin(key, newest: impression.at)
                }
                writer.add(impression.at, withheld: impression.withheld)
            }
            if !record.earlier.isEmpty { writer.add(record.earlier) }
        }
        writer.end(into: &bytes)
        append(dismissals, .dismissed, .dismissed, to: &bytes)
        append(reminders, .reminders, .reminder, to: &bytes)
    }

    private func append(
        _ times: [String: Instant], _ member: SnapshotMember, _ kind: HistoryEntry.Kind, to bytes: inout [UInt8]
    ) {
        var writer = SnapshotWriter(member)
        for key in History.byAge(Array(times.keys), { times[$0] }) {
            guard let at = times[key] else { continue }
            guard at.isNear else {
                let (message, thread) = History.split(key)
                bytes += History.line(HistoryEntry(kind, message, at: at, thread: thread))
                continue
            }
            if writer.isFull { writer.end(into: &bytes) }
            writer.begin(key, newest: at)
            writer.add(at)
        }
        writer.end(into: &bytes)
    }

    /// Takes in a line of a snapshot; false when it is none, or not as it was written.
    mutating func readSnapshot(_ json: JSONValue) -> Bool {
        guard let from = Instant(json: json["from"]),
            let member = SnapshotMember.allCases.first(where: { json[$0.rawValue] != nil }),
            let items = json[member.rawValue]?.array
        else { return false }
        var clock = SnapshotClock(from: from.milliseconds)
        var key: String?
        for item in items {
            if let text = item.string {
                key = text
                clock.beginKey()
            } else if let key, let number = wholeNumber(item) {
                let withheld = number < 0 && member == .seen
                take(clock.time(at: withheld ? -1 - number : number), of: key, member, withheld: withheld)
            } else if let key, let numbers = item.array?.compactMap({ wholeNumber($0) }),
                (2...3).contains(numbers.count)
            {
                let withheld = numbers.count == 3 ? numbers[1] : 0
                records[key, default: Record()].earlier.formMaximum(
                    Earlier(
                        shown: max(0, numbers[0]), withheld: max(0, withheld),
                        until: clock.time(at: numbers[numbers.count - 1])))
            } else {
                return false
            }
        }
        return true
    }

    private mutating func take(_ at: Instant, of key: String, _ member: SnapshotMember, withheld: Bool) {
        switch member {
        case .seen: records[key, default: Record()].insert(Impression(at: at, withheld: withheld))
        case .dismissed: dismissals[key] = at
        case .reminders: reminders[key] = at
        }
    }
}

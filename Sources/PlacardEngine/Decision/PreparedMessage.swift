import CEL
import PlacardBundle

/// What an engine knows of each message without decoding it: its place in the order, and what brings it up.
///
/// There is one for each message of a file that stays as it came, so that each is to be small.
struct MessageSlot: Sendable {
    let id: String
    private let priority: Int64
    private let start: Int64
    /// The event that brings it up and its group, as the names that were met first; a group of -1 is none.
    let event: Int32
    let group: Int32
    /// How many conditions it has, and how many of them may have patterns.
    let conditions: UInt8
    let patterns: UInt8
    private let begin: UInt32
    private let end: UInt32

    /// - Parameters:
    ///   - place: where it stands in the catalog's file, if it is read from there.
    ///   - names: what names of events and groups are called by; gets new ones.
    init(_ message: CatalogMessage, at place: Range<Int> = 0..<0, _ names: inout SlotNames) {
        let order = MessageOrder(message)
        (id, priority, start) = (order.id, order.priority, order.start ?? .min)
        event = names.number(of: message.trigger.event)
        group = message.group.map { names.number(of: $0) } ?? -1
        let written = [message.trigger.when, message.audience].compactMap { $0 }
        conditions = UInt8(written.count)
        patterns = UInt8(written.count { Engine.mayHavePatterns($0.utf8) })
        // Bundles are far below 4 GB.
        (begin, end) = (UInt32(clamping: place.lowerBound), UInt32(clamping: place.upperBound))
    }

    var order: MessageOrder { MessageOrder(priority: priority, start: start == .min ? nil : start, id: id) }
    var place: Range<Int> { Int(begin)..<Int(end) }
}

/// Names of events and groups, each kept once.
struct SlotNames: Sendable {
    private(set) var names: [String] = []
    private var numbers: [String: Int32] = [:]

    mutating func number(of name: String) -> Int32 {
        if let known = numbers[name] { return known }
        let number = Int32(clamping: names.count)
        numbers[name] = number
        names.append(name)
        return number
    }

    /// The name of a number; empty for -1.
    subscript(_ number: Int32) -> String { number < 0 ? "" : names[Int(number)] }
}

/// A message as the engine keeps it: its conditions compiled, its place in the order known.
///
/// A class, so that going through a thousand of them copies none.
final class PreparedMessage: Sendable {
    let message: CatalogMessage
    let id: String
    /// Milliseconds from the event until it shows.
    let delay: Int64
    let order: MessageOrder
    /// What it asks of the event and of the user; nil where it is not compiled yet.
    let conditions: Conditions?
    /// What it shares with its group; nil without a group that has rules.
    let group: PreparedGroup?

    init(message: CatalogMessage, conditions: Conditions?, group: PreparedGroup?) {
        self.message = message
        id = message.id
        delay = message.trigger.delay ?? 0
        order = MessageOrder(message)
        self.conditions = conditions
        self.group = group
    }
}

/// The conditions of a message, compiled.
struct Conditions: Sendable {
    let when: Condition?
    let audience: Condition?

    init(of message: CatalogMessage, in environment: Environment, keepsTrees: Bool) {
        when = message.trigger.when.map { Condition($0, in: environment, keepsTree: keepsTrees) }
        audience = message.audience.map { Condition($0, in: environment, keepsTree: keepsTrees) }
    }

    /// The defects of those that do not compile.
    var defects: [String] { [when?.defect, audience?.defect].compactMap { $0 } }
}

/// A group with rules, and the messages that share them.
final class PreparedGroup: Sendable {
    let name: String
    /// Its place among the engine's groups.
    let index: Int
    let rules: [FrequencyRule]
    /// The ids of its messages.
    let members: [String]

    init(name: String, index: Int, rules: [FrequencyRule], members: [String]) {
        self.name = name
        self.index = index
        self.rules = rules
        self.members = members
    }
}

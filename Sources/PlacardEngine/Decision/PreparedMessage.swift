import CEL
import PlacardBundle

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

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
    let when: Condition?
    let audience: Condition?
    /// What it shares with its group; nil without a group that has rules.
    let group: PreparedGroup?

    init(message: CatalogMessage, when: Condition?, audience: Condition?, group: PreparedGroup?) {
        self.message = message
        id = message.id
        delay = message.trigger.delay ?? 0
        order = MessageOrder(message)
        self.when = when
        self.audience = audience
        self.group = group
    }
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

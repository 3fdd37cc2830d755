import CEL
import PlacardBundle

/// A message as the engine keeps it: its conditions compiled, its place in the order known.
struct PreparedMessage: Sendable {
    let message: CatalogMessage
    let order: MessageOrder
    let when: Condition?
    let audience: Condition?
    /// The ids of the messages of its group, itself among them; empty without a group that has rules.
    let groupMembers: [String]
    let groupRules: [FrequencyRule]
}

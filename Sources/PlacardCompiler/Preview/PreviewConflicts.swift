import ByteText
import PlacardBundle
import PlacardEngine
import PlacardPreview

/// With whom a message competes: first those that it gives way to, then those that give way to it.
func previewConflicts(_ message: CompiledMessage, _ finder: ConflictFinder) -> [PreviewConflict] {
    guard let event = message.catalog?.trigger.event else { return [] }
    let id = message.definition.id
    let all = finder.conflicts(event: event)
    return all.filter { $0.loser.definition.id == id }.map { PreviewConflict($0, isLoser: true) }
        + all.filter { $0.winner.definition.id == id }.map { PreviewConflict($0, isLoser: false) }
}

extension PreviewConflict {
    fileprivate init(_ conflict: MessageConflict, isLoser: Bool) {
        let (own, other) = isLoser ? (conflict.loser, conflict.winner) : (conflict.winner, conflict.loser)
        let priority = own.definition.priority
        let reason =
            switch conflict.criterion {
            case .priority: "priority \(priority) here, \(other.definition.priority) there"
            case .start: "both have priority \(priority); the one that starts earlier comes first"
            case .id: "both have priority \(priority) and start at once; the first id in the alphabet comes first"
            }
        self.init(
            other: other.definition.id, givesWay: isLoser, isAlways: conflict.isAlways,
            isTie: conflict.criterion != .priority, reason: reason, example: conflict.witness.words(withEvent: true))
    }
}

/// The groups that messages are in, with their caps.
func previewGroups(_ compilation: Compilation) -> [PreviewGroup] {
    var members: [String: [String]] = [:]
    for message in compilation.messages {
        if let group = message.definition.group?.value { members[group, default: []].append(message.definition.id) }
    }
    return members.sorted { utf8Less($0.key, $1.key) }.map { name, ids in
        let cap = compilation.project.groups[named: name].map { frequencyWords($0.frequency) } ?? ""
        return PreviewGroup(name: name, cap: cap, messages: ids)
    }
}

import ByteText
import CanonicalJSON
import Locking
import PlacardBundle
import PlacardEngine

/// Two messages of one event that one user is due for at one moment, of which the first is shown.
struct MessageConflict: Sendable {
    var winner: CompiledMessage
    var loser: CompiledMessage
    /// What puts the winner in front.
    var criterion: MessageOrder.Criterion
    /// Whether the winner is shown whenever the loser could be.
    var isAlways: Bool
    var witness: Witness
}

/// Who competes with whom, for reviewers: of each message those that come right before it for a user whom the engine confirms.
///
/// It is looked for event by event, when a page asks.
final class ConflictFinder: Sendable {
    private let compilation: Compilation
    private let attributes: [String: AttributeTable]
    private let events: [String: Deferred<[MessageConflict]>]

    init(_ compilation: Compilation) {
        self.compilation = compilation
        let attributes = attributeTables(compilation)
        self.attributes = attributes
        let messages = Dictionary(grouping: compilation.messages.filter { $0.catalog != nil }) {
            $0.catalog?.trigger.event ?? ""
        }
        events = messages.filter { $0.value.count > 1 && $0.value.count <= AnalysisLimits.previewedMessages }.reduce(
            into: [:]
        ) { events, entry in
            let (event, messages) = entry
            let table = attributes[event] ?? AttributeTable(compilation.project, event: event)
            events[event] = Deferred { findConflicts(messages, table, compilation) }
        }
    }

    /// The conflicts of an event's messages, the losers in the order of decisions, of each the nearest winner first.
    func conflicts(event: String) -> [MessageConflict] {
        events[event]?.value ?? []
    }

    /// The user whom a message is for, as far as one is found.
    func example(of message: CompiledMessage) -> Witness? {
        guard let table = message.catalog.flatMap({ attributes[$0.trigger.event] }) else { return nil }
        return MessageFacts(message, table).map { user(of: $0, compilation.project) }
    }
}

/// - Parameter messages: those of the event, in the order of their ids.
private func findConflicts(
    _ messages: [CompiledMessage], _ table: AttributeTable, _ compilation: Compilation
) -> [MessageConflict] {
    let facts = messages.compactMap { MessageFacts($0, table) }
    let orders = facts.map { MessageOrder($0.catalog) }
    let places = facts.indices.sorted { orders[$0].precedes(orders[$1]).0 }
    var pairs = AnalysisLimits.previewedPairs
    var always: [Int: Int] = [:]
    for claim in shadowed(places, facts, budget: &pairs) { always[claim.loser] = claim.winner }
    var confirmations = AnalysisLimits.previewedConflicts
    var conflicts: [MessageConflict] = []
    for (place, loser) in places.enumerated() {
        var count = 0
        let first = always[loser].map { [$0] } ?? []
        let others = places[..<place].reversed().prefix(AnalysisLimits.previewedNeighbours)
        for winner in first + others.filter({ !first.contains($0) })
        where pairs > 0 && confirmations > 0 && count < AnalysisLimits.previewedWinners {
            pairs -= 1
            guard mayOverlap(facts[winner].catalog, facts[loser].catalog),
                let witness = commonUser(facts[winner], facts[loser], compilation, budget: &confirmations)
            else { continue }
            count += 1
            conflicts.append(
                MessageConflict(
                    winner: facts[winner].message, loser: facts[loser].message,
                    criterion: orders[winner].precedes(orders[loser]).by, isAlways: always[loser] == winner,
                    witness: witness))
        }
    }
    return conflicts
}

extension Witness {
    /// What its conditions ask of the user, and of the event if that is wanted, with the values that they have: `user.country FR,
    /// coffee.points 0`.
    func words(withEvent: Bool) -> String {
        let names = asked.filter { withEvent || $0.group != "event" }
        let values = names.sorted { utf8Less($0.text, $1.text) }.map { name -> String in
            let object = name.group == "event" ? event : context[name.group] ?? .null
            guard let value = object[name.field] else { return "no \(name.text)" }
            return "\(name.text) \(value.array.map { $0.map(word).joined(separator: " and ") } ?? word(value))"
        }
        return values.joined(separator: ", ")
    }
}

/// A value as people read it.
private func word(_ value: JSONValue) -> String { value.string ?? value.canonicalString }

import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// Decides whom a change of conditions brings a message to, and whom it takes it from.
///
/// The analysis proves that there is nobody, or finds a user; both versions' engines are asked about that user before
/// anything is said.
struct AudienceComparison {
    private let base: Side
    private let head: Side

    private struct Side {
        let compilation: Compilation
        let facts: [String: MessageFacts]
        /// Nil for a project with errors.
        let engine: ProjectEngine?

        init(_ project: Compilation, _ ids: Set<String>) {
            // What an engine says of one message's conditions does not depend on others.
            var compilation = project
            compilation.messages.removeAll { !ids.contains($0.definition.id) }
            self.compilation = compilation
            facts = Dictionary(messageFacts(compilation).map { ($0.definition.id, $0) }) { first, _ in first }
            engine = compilation.hasErrors ? nil : try? ProjectEngine(emitBundle(compilation))
        }

        /// Whether a user passes the conditions of a message; nil where nobody can be asked.
        func admits(_ witness: Witness, _ facts: MessageFacts) -> Bool? {
            guard let engine else { return nil }
            switch engine.failure(of: facts.catalog.id, witness, event: facts.catalog.trigger.event) {
            case .trigger, .when, .audience: return false
            default: return true
            }
        }
    }

    /// - Parameter ids: the messages that are asked about.
    init(_ base: Compilation, _ head: Compilation, _ ids: Set<String>) {
        self.base = Side(base, ids)
        self.head = Side(head, ids)
    }

    /// Nil where one version of the message could not be compiled, or where its event is another, so that nothing can be
    /// compared.
    func compare(_ id: String) -> AudienceDifference? {
        guard let former = base.facts[id], let now = head.facts[id],
            former.catalog.trigger.event == now.catalog.trigger.event
        else { return nil }
        return AudienceDifference(
            gained: movement(into: now, head, outOf: former, base), lost: movement(into: former, base, outOf: now, head)
        )
    }

    /// Whoever meets the conditions of `wide` and not those of `narrow`.
    private func movement(
        into wide: MessageFacts, _ wideSide: Side, outOf narrow: MessageFacts, _ narrowSide: Side
    ) -> AudienceMovement {
        let goals: [(formula: Formula, wanted: Outcomes)] = [(wide.eligible, .holds), (narrow.eligible, .notHolds)]
        var proof = Search(goals, wide.attributes, choosesUnknown: true)
        if case .impossible = proof.run() { return .nobody }
        var search = Search(goals, wide.attributes, choosesUnknown: false)
        guard case .found(let assignments) = search.run() else { return .undecided }
        let event = wide.catalog.trigger.event
        let (context, properties) = values(assignments, wideSide.compilation.project, event: event)
        let witness = Witness(
            context: context, event: properties, unit: "user-1", now: Instant(seconds: 1_767_614_400))
        guard wideSide.admits(witness, wide) == true, narrowSide.admits(witness, narrow) == false else {
            return .undecided
        }
        return .user(text(witness, event))
    }
}

import CEL
import PlacardBundle
import SourceDiagnostics

/// A message as the analysis sees it.
struct MessageFacts: Sendable {
    var message: CompiledMessage
    var catalog: CatalogMessage
    var when: [Conjunct]
    /// The conditions of each of the message's audiences.
    var audiences: [[Conjunct]]
    var attributes: AttributeTable

    var audience: [Conjunct] { audiences.flatMap { $0 } }

    /// That both conditions hold.
    var eligible: Formula { .and((when + audience).map(\.formula)) }

    var definition: MessageDefinition { message.definition }

    /// The narrowest place that names the message's trigger.
    var place: Label { definition.trigger?.event.label ?? Label(file: definition.file, Span(at: 0)) }
}

/// The attributes that conditions know, by the events that messages have.
func attributeTables(_ compilation: Compilation) -> [String: AttributeTable] {
    var tables: [String: AttributeTable] = [:]
    for event in Set(compilation.messages.compactMap { $0.catalog?.trigger.event }) {
        tables[event] = AttributeTable(compilation.project, event: event)
    }
    return tables
}

/// The facts of every message, in the order of the ids.
func messageFacts(_ compilation: Compilation) -> [MessageFacts] {
    let attributes = attributeTables(compilation)
    return concurrentMap(compilation.messages.count) { index -> MessageFacts? in
        let message = compilation.messages[index]
        return message.catalog.flatMap { attributes[$0.trigger.event] }.flatMap { MessageFacts(message, $0) }
    }.compactMap { $0 }
}

extension MessageFacts {
    /// - Parameter attributes: those of the context and of the message's event.
    /// - Returns: nil for a message that did not compile.
    init?(_ message: CompiledMessage, _ attributes: AttributeTable) {
        guard let catalog = message.catalog else { return nil }
        func conjuncts(_ condition: CheckedExpression?) -> [Conjunct] {
            condition.map { FormulaBuilder(checked: $0, attributes: attributes).conjuncts() } ?? []
        }
        self.init(
            message: message, catalog: catalog, when: conjuncts(message.conditions.when),
            audiences: message.conditions.audiences.map(conjuncts), attributes: attributes)
    }
}

import CEL
import PlacardBundle
import SourceDiagnostics

/// A message as the analysis sees it.
struct MessageFacts: Sendable {
    var message: CompiledMessage
    var catalog: CatalogMessage
    var when: [Conjunct]
    var audience: [Conjunct]
    var attributes: AttributeTable

    /// That both conditions hold.
    var eligible: Formula { .and((when + audience).map(\.formula)) }

    var definition: MessageDefinition { message.definition }

    /// The narrowest place that names the message's trigger.
    var place: Label { definition.trigger?.event.label ?? Label(file: definition.file, Span(at: 0)) }
}

/// The facts of every message, in the order of the ids; each expression is read once for each event.
func messageFacts(_ compilation: Compilation, _ expressions: ExpressionContext) -> [MessageFacts] {
    struct Key: Hashable {
        var event: String
        var source: String
    }
    var tables: [String: AttributeTable] = [:]
    var places: [Key: Int] = [:]
    var keys: [Key] = []
    for message in compilation.messages {
        guard let catalog = message.catalog else { continue }
        let event = catalog.trigger.event
        if tables[event] == nil { tables[event] = AttributeTable(compilation.project, event: event) }
        for source in [catalog.trigger.when, catalog.audience] {
            guard let source else { continue }
            let key = Key(event: event, source: source)
            if places[key] == nil {
                places[key] = keys.count
                keys.append(key)
            }
        }
    }
    let (expressionKeys, attributes) = (keys, tables)
    let conditions = concurrentMap(keys.count) { index -> [Conjunct] in
        let key = expressionKeys[index]
        guard let table = attributes[key.event], let environment = expressions.environment(event: key.event) else {
            return []
        }
        let checked = environment.check(environment.parse(key.source).0, expecting: .bool).0
        return FormulaBuilder(checked: checked, attributes: table).conjuncts()
    }
    return compilation.messages.compactMap { message in
        guard let catalog = message.catalog, let table = tables[catalog.trigger.event] else { return nil }
        func conjuncts(_ source: String?) -> [Conjunct] {
            source.flatMap { places[Key(event: catalog.trigger.event, source: $0)] }.map { conditions[$0] } ?? []
        }
        return MessageFacts(
            message: message, catalog: catalog, when: conjuncts(catalog.trigger.when),
            audience: conjuncts(catalog.audience), attributes: table)
    }
}

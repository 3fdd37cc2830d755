import CEL
import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// The environments that expressions are checked in: `audience` knows the context, `when` the context and the event.
struct ExpressionContext: Sendable {
    private let context: Environment
    private let withEvent: [String: Environment]

    init(_ project: ProjectDefinition) {
        // The very declarations that clients run expressions against.
        let catalog = declarationsOnly(project)
        context = Environment(catalog.declarations(event: nil), mode: .authoring)
        withEvent = Dictionary(
            project.events.map { event in
                (event.name, Environment(catalog.declarations(event: event.name), mode: .authoring))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A message's expressions, and what is wrong with them.
    func check(_ message: MessageDefinition) -> (conditions: CheckedConditions, findings: [Diagnostic]) {
        var conditions = CheckedConditions()
        var findings: [Diagnostic] = []
        if let audience = message.audience { conditions.audience = check(audience, in: context, &findings) }
        if let trigger = message.trigger, let when = trigger.when {
            // Of an undeclared event nothing is known; that has been reported.
            if let environment = withEvent[trigger.event.value] {
                conditions.when = check(when, in: environment, &findings)
            }
        }
        return (conditions, findings)
    }

    private func check(
        _ text: EmbeddedText, in environment: Environment, _ findings: inout [Diagnostic]
    ) -> CheckedExpression? {
        let (expression, syntax) = environment.parse(text.text)
        findings += text.place(syntax)
        guard !syntax.contains(where: { $0.severity == .error }) else { return nil }
        let (checked, problems) = environment.check(expression, expecting: .bool)
        findings += text.place(problems)
        return checked
    }
}

/// A message's conditions with the types of all their parts.
struct CheckedConditions: Sendable {
    var audience: CheckedExpression?
    var when: CheckedExpression?
}

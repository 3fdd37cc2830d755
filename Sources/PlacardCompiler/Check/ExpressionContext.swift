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

    /// What the conditions of a message of `event` are checked in; nil when no such event is declared.
    func environment(event: String) -> Environment? { withEvent[event] }

    /// What is wrong with a message's expressions.
    func check(_ message: MessageDefinition) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if let audience = message.audience { findings += check(audience, in: context) }
        if let trigger = message.trigger, let when = trigger.when {
            // Of an undeclared event nothing is known; that has been reported.
            if let environment = withEvent[trigger.event.value] { findings += check(when, in: environment) }
        }
        return findings
    }

    private func check(_ text: EmbeddedText, in environment: Environment) -> [Diagnostic] {
        let (expression, syntax) = environment.parse(text.text)
        guard !syntax.contains(where: { $0.severity == .error }) else { return text.place(syntax) }
        let (_, findings) = environment.check(expression, expecting: .bool)
        return text.place(syntax + findings)
    }
}

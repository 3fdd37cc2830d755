import CEL
import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// The environments that expressions are checked in: `audience` knows the context, `when` the context and the event.
struct ExpressionContext: Sendable {
    private let context: Environment
    private let withEvent: [String: Environment]

    /// - Parameter patternConditions: how many conditions may have patterns, or more: the engine gives each a share of what
    ///   their compilation may take, and what is written must fit into it.
    init(_ project: ProjectDefinition, patternConditions: Int = 1) {
        // The very declarations that clients run expressions against.
        let catalog = declarationsOnly(project)
        var limits = Limits()
        limits.patternSteps = Engine.patternSteps(conditions: patternConditions)
        context = Environment(catalog.declarations(event: nil), mode: .authoring, limits: limits)
        withEvent = Dictionary(
            project.events.map { event in
                (event.name, Environment(catalog.declarations(event: event.name), mode: .authoring, limits: limits))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A message's expressions, and what is wrong with them.
    func check(_ message: MessageDefinition) -> (conditions: CheckedConditions, findings: [Diagnostic]) {
        var conditions = CheckedConditions()
        var findings: [Diagnostic] = []
        for audience in message.audiences {
            if let checked = check(audience, in: context, &findings) { conditions.audiences.append(checked) }
        }
        if message.audiences.count > 1, !findings.contains(where: { $0.severity == .error }) {
            findings += checkJoined(message)
        }
        if let trigger = message.trigger, let when = trigger.when {
            // Of an undeclared event nothing is known; that has been reported.
            if let environment = withEvent[trigger.event.value] {
                conditions.when = check(when, in: environment, &findings)
            }
        }
        return (conditions, findings)
    }

    /// What is wrong with audiences together that is wrong with none of them: they are too long.
    private func checkJoined(_ message: MessageDefinition) -> [Diagnostic] {
        guard let text = message.audience, let place = message.audiences.last?.label else { return [] }
        let (_, problems) = context.compile(text, expecting: .bool)
        return problems.filter { $0.severity == .error }.prefix(1).map { problem in
            Diagnostic(
                problem.id, problem.message, at: place,
                notes: ["joined with the audience of _defaults.yaml"] + problem.notes)
        }
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
    /// As many as the message has, when all are sound.
    var audiences: [CheckedExpression] = []
    var when: CheckedExpression?
}

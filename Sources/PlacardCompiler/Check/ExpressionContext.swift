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
        func environment(_ event: String?) -> Environment {
            var declarations = catalog.declarations(event: event)
            declarations.objectTypes = declarations.objectTypes.map { withUnknownTypes($0, project) }
            declarations.absentNames = absentNames(event)
            return Environment(declarations, mode: .authoring, limits: limits)
        }
        context = environment(nil)
        withEvent = Dictionary(
            project.events.map { ($0.name, environment($0.name)) }, uniquingKeysWith: { first, _ in first })
    }

    /// A message's expressions with their types.
    func compile(_ message: MessageDefinition, _ diagnostics: inout [Diagnostic]) -> CheckedConditions {
        var conditions = CheckedConditions()
        var found: [Diagnostic] = []
        for audience in message.audiences {
            if let checked = check(audience, in: context, &found) { conditions.audiences.append(checked) }
        }
        if message.audiences.count > 1, !found.contains(where: { $0.severity == .error }) {
            found += checkJoined(message)
        }
        if let trigger = message.trigger, let when = trigger.when {
            // Of an undeclared event nothing is known; that has been reported.
            if let environment = withEvent[trigger.event.value] {
                conditions.when = check(when, in: environment, &found)
            }
        }
        diagnostics += found
        return conditions
    }

    /// What is wrong with audiences together that is wrong with none of them: they are too long.
    private func checkJoined(_ message: MessageDefinition) -> [Diagnostic] {
        guard let text = message.audience, let place = message.audiences.last?.label else { return [] }
        let (_, problems) = context.compile(text, expecting: .bool)
        return problems.filter { $0.severity == .error }.prefix(1).map { problem in
            var joined = problem
            joined.primary = place
            joined.secondary = []
            joined.fixIts = []
            joined.notes.insert("joined with the audience of _defaults.yaml", at: 0)
            return joined
        }
    }

    private func check(
        _ text: EmbeddedText, in environment: Environment, _ found: inout [Diagnostic]
    ) -> CheckedExpression? {
        let (expression, syntax) = environment.parse(text.text)
        guard !syntax.contains(where: { $0.severity == .error }) else {
            let slip = environment.singleSlip(in: text.text, syntax, expecting: .bool)
            found += text.place(slip.map { [$0] } ?? withoutPartialFixes(syntax))
            return nil
        }
        found += text.place(syntax)
        let (checked, problems) = environment.check(expression, expecting: .bool)
        found += text.place(problems)
        return checked
    }
}

/// The diagnostics of an expression, without fixes of signs beside which something else is wrong, which no fix puts right: `&|`.
private func withoutPartialFixes(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
        guard diagnostic.id == "cel/operator-typo" else { return diagnostic }
        let span = diagnostic.primary.span
        let isPartial = diagnostics.contains { other in
            other.fixIts.isEmpty && other.primary.span.start <= span.end && span.start <= other.primary.span.end
        }
        guard isPartial else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.fixIts = []
        return diagnostic
    }
}

/// A message's conditions with the types of all their parts.
struct CheckedConditions: Sendable {
    /// As many as the message has, when all are sound.
    var audiences: [CheckedExpression] = []
    var when: CheckedExpression?
}

/// Values that authors look for in expressions, and where in a message the same is said.
private func absentNames(_ event: String?) -> [AbsentName] {
    let clock =
        "expressions have no clock: `schedule` says from when and until when a message is shown; let the app compute how long ago something was as an attribute"
    let chance =
        "expressions have no chance: `rollout: 10%` shows a message to some users, and `experiment` gives each user a variant"
    let language =
        "readers get the language that a message is translated to; `onMissing: hide` shows it only to readers of its languages"
    let ofClock = [
        "now", "today", "tomorrow", "yesterday", "date", "time", "datetime", "hour", "minute", "day", "weekday", "week",
        "month", "year", "currentDate", "currentTime", "current_date", "current_time", "Date", "DateTime",
    ]
    var names = ofClock.map { AbsentName($0, note: clock) }
    names += ["random", "rand", "rollout", "sample", "bucket"].map { AbsentName($0, note: chance) }
    names += ["locale", "language", "lang"].map { AbsentName($0, note: language) }
    let ofEvent = "what happened is called `event` here: `event.…`"
    if let event {
        names += ["trigger", "properties", "props", "payload"].map {
            AbsentName($0, note: ofEvent, replacement: "event")
        }
        names.append(AbsentName(event, note: ofEvent, replacement: "event"))
    } else {
        let who = "an audience says who; the trigger says what happened: `trigger: {event: …, when: …}`"
        names += ["event", "trigger", "properties", "props", "payload"].map { AbsentName($0, note: who) }
    }
    return names
}

/// A group or event whose attributes may hold anything where their types could not be read, which has been reported.
private func withUnknownTypes(_ type: ObjectType, _ project: ProjectDefinition) -> ObjectType {
    guard !project.untypedAttributes.isEmpty else { return type }
    return ObjectType(
        type.name,
        fields: type.fields.map { field in
            project.untypedAttributes.contains(type.name + "." + field.name) ? ObjectField(field.name, .dyn) : field
        })
}

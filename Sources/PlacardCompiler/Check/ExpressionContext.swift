import CEL
import PlacardBundle
import SourceDiagnostics

/// The environments that expressions are checked in: `audience` knows the context, `when` the context and the event.
struct ExpressionContext: Sendable {
    private let context: Environment
    private let withEvent: [String: Environment]

    init(_ project: ProjectDefinition) {
        let groups = project.context.map { group in
            ObjectType(group.name, fields: group.attributes.map { ObjectField($0) })
        }
        let variables = project.context.map { VariableDeclaration($0.name, .object($0.name)) }
        context = Environment(Declarations(variables: variables, objectTypes: groups), mode: .authoring)
        var withEvent: [String: Environment] = [:]
        for event in project.events {
            let name = "event " + event.name
            let type = ObjectType(name, fields: event.properties.map { ObjectField($0) })
            withEvent[event.name] = Environment(
                Declarations(
                    variables: variables + [VariableDeclaration("event", .object(name))], objectTypes: groups + [type]),
                mode: .authoring)
        }
        self.withEvent = withEvent
    }

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

extension ObjectField {
    /// An attribute as expressions see it.
    init(_ attribute: Attribute) {
        self.init(
            attribute.name, CELType(attribute.type), isOptional: !attribute.isGuaranteed, values: attribute.values.isEmpty ? nil : attribute.values)
    }
}

extension CELType {
    /// The type of an attribute's values.
    init(_ type: AttributeType) {
        switch type {
        case .string, .url: self = .string
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .version: self = .version
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .list(let element): self = .list(CELType(element))
        case .map(let key, let value): self = .map(CELType(key), CELType(value))
        }
    }
}

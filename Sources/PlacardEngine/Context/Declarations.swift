import CEL
import PlacardBundle

extension AttributeType {
    /// The type that expressions see. A URL is a string to them.
    public var celType: CELType {
        switch self {
        case .string, .url: .string
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .version: .version
        case .timestamp: .timestamp
        case .duration: .duration
        case .list(let element): .list(element.celType)
        case .map(let key, let value): .map(key.celType, value.celType)
        }
    }
}

extension Catalog {
    /// The name of the variable that holds the properties of the event.
    public static let eventVariable = "event"

    /// What the expressions of a message may refer to: a variable for each context group and, in `when`, the event.
    ///
    /// - Parameter event: the trigger's event; nil for an `audience`, which knows none.
    public func declarations(event: String?) -> Declarations {
        declarations(event: event, groups: groupTypes)
    }

    /// The types of the context groups, in order.
    var groupTypes: [ObjectType] { context.map { ObjectType($0.name, fields: fields($0.value)) } }

    /// The same for types made before: values of them are read without a look-up by what was compiled with these very
    /// types, and by nothing else.
    func declarations(event: String?, groups: [ObjectType]) -> Declarations {
        var types = groups
        if let event { types.append(ObjectType(Catalog.eventVariable, fields: fields(events[event] ?? SortedMap()))) }
        return Declarations(
            variables: types.map { VariableDeclaration($0.name, .object($0.name)) }, objectTypes: types)
    }

    private func fields(_ attributes: SortedMap<AttributeDeclaration>) -> [ObjectField] {
        attributes.map { entry in
            ObjectField(
                entry.name, entry.value.type.celType,
                isOptional: entry.value.optional && entry.value.defaultValue == nil,
                values: entry.value.values.isEmpty ? nil : entry.value.values)
        }
    }
}

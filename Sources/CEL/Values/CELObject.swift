/// A value of an object type that the host declared, such as the context group `user`.
///
/// Fields stand in slots in the order of their declaration, so that a compiled program reads one without a
/// look-up. A field without a value is *absent*: `has()` is false and reading it is an error.
public struct CELObject: Sendable {
    private final class Storage: Sendable {
        let type: ObjectType
        let values: [CELValue?]

        init(type: ObjectType, values: [CELValue?]) {
            self.type = type
            self.values = values
        }
    }

    private let storage: Storage

    /// An object with a value (or nil for an absent field) for each field of `type`, in order.
    ///
    /// Missing trailing values count as absent; surplus ones are ignored.
    public init(type: ObjectType, values: [CELValue?]) {
        var slots = Array(values.prefix(type.fields.count))
        while slots.count < type.fields.count { slots.append(nil) }
        storage = Storage(type: type, values: slots)
    }

    /// An object from values by field name; names that the type does not declare are ignored.
    public init(type: ObjectType, fields: [(name: String, value: CELValue)]) {
        var slots = [CELValue?](repeating: nil, count: type.fields.count)
        for field in fields {
            if let index = type.index(of: field.name) { slots[index] = field.value }
        }
        storage = Storage(type: type, values: slots)
    }

    /// The declared type.
    public var type: ObjectType { storage.type }

    /// The values in the order of the declaration; nil where a field is absent.
    public var values: [CELValue?] { storage.values }

    /// The value of a field; nil when it is absent or not declared.
    public subscript(_ name: String) -> CELValue? {
        guard let index = storage.type.index(of: name) else { return nil }
        return storage.values[index]
    }

    /// The value in a slot of the object's own type.
    @inline(__always)
    func value(slot: Int) -> CELValue? { storage.values[slot] }
}

/// A field of an object type.
public struct ObjectField: Hashable, Sendable {
    /// The name, as in `user.country`.
    public var name: String
    /// The type of its values.
    public var type: CELType
    /// Whether it may be absent; then to read it untested is an error (`cel/optional-read-untested`).
    public var isOptional: Bool
    /// The only values that the field (or each element, when it is a list of strings) may have; nil when any.
    public var values: [String]?

    /// Declares a field.
    public init(_ name: String, _ type: CELType, isOptional: Bool = false, values: [String]? = nil) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.values = values
    }
}

/// A type with named fields that the host declares, as a protocol buffer message would be.
public struct ObjectType: Hashable, Sendable {
    private final class Storage: Sendable {
        let name: String
        let fields: [ObjectField]
        let indices: [String: Int]

        init(_ name: String, _ fields: [ObjectField]) {
            self.name = name
            self.fields = fields
            var indices: [String: Int] = [:]
            for (index, field) in fields.enumerated() where indices[field.name] == nil { indices[field.name] = index }
            self.indices = indices
        }
    }

    private let storage: Storage

    /// Declares an object type; `name` may be qualified, such as `placard.User`.
    public init(_ name: String, fields: [ObjectField]) {
        storage = Storage(name, fields)
    }

    /// The full name.
    public var name: String { storage.name }
    /// The fields, in the order of declaration.
    public var fields: [ObjectField] { storage.fields }

    /// Where the field `name` stands in ``fields``; nil when there is none.
    public func index(of name: String) -> Int? { storage.indices[name] }

    /// The field `name`; nil when there is none.
    public func field(_ name: String) -> ObjectField? {
        index(of: name).map { storage.fields[$0] }
    }

    /// Whether both are the very same declaration; cheap, for programs that run on its slots.
    @inline(__always)
    func isIdentical(to other: ObjectType) -> Bool { storage === other.storage }

    public static func == (a: ObjectType, b: ObjectType) -> Bool {
        a.storage === b.storage || (a.name == b.name && a.fields == b.fields)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}

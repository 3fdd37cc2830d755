import ByteText
import CanonicalJSON

// What the bundle's files are made of is described once: a form says how a value is read, how it is written and what its JSON
// Schema is; an object lists its members, each with its key and the property that it fills.

/// How a value stands in JSON.
struct WireForm<Value>: Sendable {
    /// The value that JSON holds; strict about what it needs.
    let read: @Sendable (JSONValue) throws(BundleError) -> Value
    /// The JSON of a value.
    let write: @Sendable (Value) -> JSONValue
    /// The JSON Schema of what ``write`` gives, with a title and a description for the place where it is used.
    let schema: @Sendable (_ title: String, _ description: String) -> JSONValue

    /// The same, described elsewhere in the schema's definitions.
    func defined(as name: String) -> WireForm {
        WireForm(read: read, write: write, schema: { reference(name, $0, $1) })
    }
}

extension WireForm<String> {
    /// A string that is not empty: an id, a name, a path.
    ///
    /// - Parameter pattern: what the schema asks for beyond that; whoever reads it checks it, or need not.
    static func name(
        examples: [JSONValue] = [], pattern: String? = nil,
        _ read: @escaping @Sendable (JSONValue) throws(BundleError) -> String = { json throws(BundleError) in
            try readName(json)
        }
    ) -> WireForm {
        WireForm(
            read: read, write: { .string($0) },
            schema: { string($0, $1, examples: examples, pattern: pattern) })
    }
}

extension WireForm<Bool> {
    static let bool = WireForm(
        read: { json throws(BundleError) in try readBool(json) }, write: { .bool($0) }, schema: { boolean($0, $1) })
}

extension WireForm<Int64> {
    /// An integer in a range.
    static func integer(
        from least: Int64 = 0, to most: Int64 = maximumInteger, examples: [JSONValue] = []
    ) -> WireForm {
        WireForm(
            read: { json throws(BundleError) in try readInteger(json, in: least...most) },
            write: { .number(Double($0)) },
            schema: { PlacardBundle.integer($0, $1, from: least, to: most, examples: examples) })
    }
}

extension WireForm {
    /// One of several words.
    ///
    /// - Parameters:
    ///   - what: what an unknown word is called in an error, such as `surface`.
    ///   - word: the word of a value.
    static func choice(
        _ what: String, of all: [Value], _ word: @escaping @Sendable (Value) -> String
    ) -> WireForm where Value: Sendable {
        WireForm(
            read: { json throws(BundleError) in
                let name = try readString(json)
                for value in all where sameBytes(word(value), name) { return value }
                throw BundleError("unknown \(what) `\(name)`")
            }, write: { .string(word($0)) },
            schema: { PlacardBundle.choice($0, $1, all.map(word)) })
    }

    /// An array.
    ///
    /// - Parameters:
    ///   - title: what one of its elements is called in the schema.
    ///   - description: what one of them is.
    static func list<Element>(
        of element: WireForm<Element>, _ title: String, _ description: String
    ) -> WireForm where Value == [Element] {
        WireForm(
            read: { json throws(BundleError) in try readList(json, element.read) },
            write: { .array($0.map(element.write)) },
            schema: { array($0, $1, of: element.schema(title, description)) })
    }

    /// An object with any names, whose values are all of one form.
    static func map<Element>(
        of element: WireForm<Element>, _ title: String, _ description: String
    ) -> WireForm where Value == SortedMap<Element> {
        WireForm(
            read: { json throws(BundleError) in try readMap(json, element.read) },
            write: { writeMap($0, element.write) },
            schema: { PlacardBundle.map($0, $1, of: element.schema(title, description)) })
    }

    /// An object with members.
    ///
    /// - Parameter blank: a value whose properties the members fill.
    static func object(_ blank: Value, _ members: [WireMember<Value>]) -> WireForm where Value: Sendable {
        WireForm(
            read: { json throws(BundleError) in
                let reader = try ObjectReader(json)
                var value = blank
                for member in members { try member.read(reader, &value) }
                return value
            },
            write: { value in
                var writer = ObjectWriter()
                for member in members { member.write(value, &writer) }
                return writer.json
            },
            schema: { PlacardBundle.object($0, $1, members.map { $0.property() }) })
    }

    /// The same form of which a value must hold more than its parts tell; what is read is held to that.
    func checked(_ check: @escaping @Sendable (Value) throws(BundleError) -> Void) -> WireForm {
        WireForm(
            read: { json throws(BundleError) in
                let value = try read(json)
                try check(value)
                return value
            }, write: write, schema: schema)
    }
}

/// One member of an object: its key, which property of the object's value it fills, and how.
struct WireMember<Root>: Sendable {
    let read: @Sendable (ObjectReader, inout Root) throws(BundleError) -> Void
    let write: @Sendable (Root, inout ObjectWriter) -> Void
    let property: @Sendable () -> Property

    /// A member that is always there.
    static func required<Value>(
        _ key: String, _ form: WireForm<Value>, _ title: String, _ description: String,
        _ get: @escaping @Sendable (Root) -> Value, _ set: @escaping @Sendable (inout Root, Value) -> Void
    ) -> WireMember {
        WireMember(
            read: { reader, root throws(BundleError) in set(&root, try reader.required(key, form.read)) },
            write: { $1.add(key, form.write(get($0))) },
            property: { .required(key, form.schema(title, description)) })
    }

    /// A member that is left out where there is no value.
    static func optional<Value>(
        _ key: String, _ form: WireForm<Value>, _ title: String, _ description: String,
        _ get: @escaping @Sendable (Root) -> Value?, _ set: @escaping @Sendable (inout Root, Value?) -> Void
    ) -> WireMember {
        WireMember(
            read: { reader, root throws(BundleError) in set(&root, try reader.optional(key, form.read)) },
            write: { $1.add(key, get($0).map(form.write)) },
            property: { .optional(key, form.schema(title, description)) })
    }

    /// A member that readers do without, which leaves what the blank value has.
    ///
    /// - Parameter isLeftOut: whether a value is not written; one that always is, is required by the schema.
    static func defaulted<Value>(
        _ key: String, _ form: WireForm<Value>, _ title: String, _ description: String,
        leftOut isLeftOut: (@Sendable (Value) -> Bool)? = nil,
        _ get: @escaping @Sendable (Root) -> Value, _ set: @escaping @Sendable (inout Root, Value) -> Void
    ) -> WireMember {
        WireMember(
            read: { reader, root throws(BundleError) in
                if let value = try reader.optional(key, form.read) { set(&root, value) }
            },
            write: { root, writer in
                let value = get(root)
                if !(isLeftOut?(value) ?? false) { writer.add(key, form.write(value)) }
            },
            property: {
                Property(name: key, isRequired: isLeftOut == nil, schema: form.schema(title, description))
            })
    }

    /// The name of a format and its version, which no property holds.
    static func version(_ name: String) -> WireMember {
        WireMember(
            read: { reader, _ throws(BundleError) in try readSchema(reader, name) },
            write: { $1.add("schema", name) },
            property: { .required("schema", constant("Schema", "The format of this file.", .string(name))) })
    }

    /// The member of an object whose members stand among those of `Root`.
    func within<Outer>(
        _ get: @escaping @Sendable (Outer) -> Root,
        _ change: @escaping @Sendable (inout Outer, Root) -> Void
    ) -> WireMember<Outer> {
        WireMember<Outer>(
            read: { reader, outer throws(BundleError) in
                var inner = get(outer)
                try read(reader, &inner)
                change(&outer, inner)
            },
            write: { write(get($0), &$1) }, property: property)
    }
}

/// One of the objects that a value may be, told by a member that it alone has.
struct WireCase<Root>: Sendable {
    let key: String
    let read: @Sendable (ObjectReader) throws(BundleError) -> Root?
    let write: @Sendable (Root, inout ObjectWriter) -> Void
    /// The title and the description of the object, and the member.
    let schema: @Sendable () -> (title: String, description: String, member: Property)

    /// - Parameters:
    ///   - make: the value; nil where this one says nothing.
    ///   - take: what the member holds; nil of another case.
    static func one<Value>(
        _ title: String, _ description: String, _ key: String, _ form: WireForm<Value>, _ memberTitle: String,
        _ memberDescription: String, _ make: @escaping @Sendable (Value) -> Root?,
        _ take: @escaping @Sendable (Root) -> Value?
    ) -> WireCase {
        WireCase(
            key: key,
            read: { reader throws(BundleError) in
                guard let value = try reader.optional(key, form.read) else { return nil }
                return make(value)
            },
            write: { $1.add(key, take($0).map(form.write)) },
            schema: { (title, description, .required(key, form.schema(memberTitle, memberDescription))) })
    }
}

import CEL

// The suite's protocol buffer message as an object type of this library: enough for cases that only declare a variable of
// it and ask for types.

/// `cel.expr.conformance.proto2.TestAllTypes` or that of `proto3`, by its full name, with its message inside. The fields are
/// those of `cel/expr/conformance/…/test_all_types.proto` but for its enums and its copies of well-known types.
func conformanceMessages(_ name: String) -> [ObjectType] {
    let nested = ObjectType(name + ".NestedMessage", fields: [ObjectField("bb", .int)])
    let scalars: [(String, CELType)] = [
        ("int32", .int), ("int64", .int), ("uint32", .uint), ("uint64", .uint), ("sint32", .int), ("sint64", .int),
        ("fixed32", .uint), ("fixed64", .uint), ("sfixed32", .int), ("sfixed64", .int), ("float", .double),
        ("double", .double), ("bool", .bool), ("string", .string), ("bytes", .bytes), ("duration", .duration),
        ("timestamp", .timestamp), ("struct", .map(.string, .dyn)), ("value", .dyn), ("any", .dyn),
        ("nested_message", .object(nested.name)),
    ]
    var fields: [ObjectField] = []
    for (word, type) in scalars {
        fields.append(ObjectField("single_" + word, type))
        fields.append(ObjectField("repeated_" + word, .list(type)))
    }
    for word in ["int32", "int64", "uint32", "uint64", "float", "double", "bool", "string", "bytes"] {
        guard let type = scalars.first(where: { $0.0 == word })?.1 else { continue }
        fields.append(ObjectField("single_\(word)_wrapper", .wrapper(type)))
        fields.append(ObjectField("repeated_\(word)_wrapper", .list(.wrapper(type))))
    }
    return [ObjectType(name, fields: fields), nested]
}

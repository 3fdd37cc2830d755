import CEL
import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardEngine

/// What cannot be measured, in words.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Reads a file.
func readBytes(_ path: String) throws -> [UInt8] {
    guard let bytes = bytes(path) else { throw BenchmarkError("cannot read \(path)") }
    return bytes
}

/// Reads a JSON file. It does not call `readBytes`: in one function with a call whose error has a type, the compiler fails over that.
func readJSON(_ path: String) throws -> JSONValue {
    guard let bytes = bytes(path) else { throw BenchmarkError("cannot read \(path)") }
    return try JSONValue(parsing: bytes)
}

private func bytes(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

extension JSONValue {
    /// The strings of a list member.
    func strings(_ key: String) throws -> [String] {
        guard let list = self[key]?.array else { throw BenchmarkError("no list \"\(key)\"") }
        return list.compactMap { $0.string }
    }

    /// A string member.
    func text(_ key: String) throws -> String {
        guard let text = self[key]?.string else { throw BenchmarkError("no string \"\(key)\"") }
        return text
    }
}

/// A declared context and the values of one user in it.
struct World {
    let environment: CEL.Environment
    let activation: Activation

    /// - Parameters:
    ///   - catalog: declares the context groups.
    ///   - values: an object with a member for each group.
    init(_ catalog: Catalog, _ values: JSONValue) throws {
        let declarations = catalog.declarations(event: nil)
        environment = CEL.Environment(declarations)
        var activation = Activation(environment)
        for (type, group) in zip(declarations.objectTypes, catalog.context) {
            let fields = try group.value.compactMap { attribute -> (name: String, value: CELValue)? in
                guard let json = values[group.name]?[attribute.name] else { return nil }
                guard let value = celValue(json, attribute.value.type) else {
                    throw BenchmarkError("\(group.name).\(attribute.name) is no \(attribute.value.type.name)")
                }
                return (attribute.name, value)
            }
            activation[group.name] = .object(CELObject(type: type, fields: fields))
        }
        self.activation = activation
    }
}

private func celValue(_ json: JSONValue, _ type: AttributeType) -> CELValue? {
    switch type {
    case .string, .url: json.string.map { .string($0) }
    case .bool: json.bool.map { .bool($0) }
    case .int: json.integer.map { .int(Int64($0)) }
    case .double: json.number.map { .double($0) }
    case .version: json.string.flatMap { SemanticVersion(parsing: $0) }.map { .version($0) }
    case .list(let element): json.array.map { .list($0.compactMap { celValue($0, element) }) }
    default: nil
    }
}

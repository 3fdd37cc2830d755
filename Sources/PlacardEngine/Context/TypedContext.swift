import ByteText
import CEL
import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// Something about a context or an event that is not as declared.
public struct ContextNote: Sendable, Equatable {
    /// What is not as declared.
    public enum Kind: Sendable, Equatable {
        /// An attribute that is neither optional nor has a default is not there.
        case missing
        /// The value does not have the declared type, and counts as missing.
        case wrongType(expected: String)
        /// The value is larger than ``ContextLimits`` allow, and counts as missing.
        case tooLarge
        /// The value is none of the declared ones; it is used all the same.
        case undeclaredValue(String)
        /// Nothing of that name is declared; it is ignored.
        case undeclared
        /// No event of that name is declared; it brings up nothing.
        case undeclaredEvent
    }

    /// The attribute: `user.country`, `event.order_id`.
    public var path: String
    /// What is not as declared.
    public var kind: Kind
    /// The declared name or value that was probably meant.
    public var suggestion: String?
    /// A value of a wrong type, as JSON; cut off when it is long.
    public var given: String?

    init(path: String, kind: Kind, suggestion: String? = nil, given: String? = nil) {
        self.path = path
        self.kind = kind
        self.suggestion = suggestion
        self.given = given
    }

    /// In words, on one line.
    public var text: String {
        let words =
            switch kind {
            case .missing: path + " has no value"
            case .wrongType: path + " counts as missing: it " + misfit
            case .tooLarge: path + " counts as missing: it is too large"
            case .undeclaredValue(let value): path + " is " + quoted(value) + ", which is none of its declared values"
            case .undeclared: path + " is not declared"
            case .undeclaredEvent: "the event " + quoted(path) + " is not declared"
            }
        return words + (suggestion.map { "; did you mean " + $0 + "?" } ?? "")
    }

    /// `is "abc", no version`.
    private var misfit: String {
        guard case .wrongType(let expected) = kind else { return "" }
        return given.map { "is " + $0 + ", no " + expected } ?? "is no " + expected
    }

    /// The note without the value that was given: two with the same are one slip, whatever the values.
    public var slip: String {
        var note = self
        note.given = nil
        return note.text
    }

    /// Why the attribute has no value, for a message that needs it: `app.version is "abc", no version`; nil when the
    /// note says nothing of that.
    var absence: String? {
        guard case .wrongType = kind else { return nil }
        return path + " " + misfit
    }
}

/// A value as JSON, on one short line.
private func shortened(_ json: JSONValue) -> String {
    let text = json.canonicalString
    let limit = 40
    guard text.unicodeScalars.count > limit else { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.prefix(limit))
    return String(result) + "…"
}

/// What a client knows of a user, read once by the catalog's declarations and used for any number of decisions.
public struct TypedContext: Sendable {
    /// One object for each context group, in the catalog's order.
    let groups: [CELObject]
    /// What is not as declared.
    public let notes: [ContextNote]
}

/// An event with its properties, read by the catalog's declarations.
public struct TypedEvent: Sendable {
    /// The event's name.
    public let name: String
    let properties: CELObject
    /// What is not as declared.
    public let notes: [ContextNote]
}

/// Reads the attributes of one group, or the properties of one event.
///
/// An absent attribute takes its default. A value of a wrong type counts as missing, and a note says so.
func readObject(
    _ json: JSONValue?, type: ObjectType, attributes: SortedMap<AttributeDeclaration>, notes: inout [ContextNote]
) -> CELObject {
    noteUnlessObject(json, path: type.name, in: &notes)
    var values: [CELValue?] = []
    values.reserveCapacity(attributes.count)
    for entry in attributes {
        let path = type.name + "." + entry.name
        values.append(read(json?[entry.name], entry.value, path: path, notes: &notes))
    }
    for member in json?.object?.members ?? [] where attributes[member.key] == nil {
        note(
            type.name + "." + member.key, .undeclared, suggestion: nearMiss(member.key, among: attributes.names),
            in: &notes)
    }
    return CELObject(type: type, values: values)
}

/// Tells of a value in the place of an object of attributes; one that is absent or null has none.
func noteUnlessObject(_ json: JSONValue?, path: String, in notes: inout [ContextNote]) {
    guard let json, !json.isNull, json.object == nil else { return }
    note(path, .wrongType(expected: "object"), given: shortened(json), in: &notes)
}

private func read(
    _ json: JSONValue?, _ attribute: AttributeDeclaration, path: String, notes: inout [ContextNote]
) -> CELValue? {
    let fallback = attribute.defaultValue.flatMap { value($0, attribute.type) }
    guard let json, !json.isNull else {
        if fallback == nil, !attribute.optional { note(path, .missing, in: &notes) }
        return fallback
    }
    guard ContextLimits.allow(json) else {
        note(path, .tooLarge, in: &notes)
        return nil
    }
    guard let value = value(json, attribute.type) else {
        note(path, .wrongType(expected: attribute.type.name), given: shortened(json), in: &notes)
        return nil
    }
    if !attribute.values.isEmpty {
        for text in strings(json) where !attribute.values.contains(where: { sameBytes($0, text) }) {
            note(path, .undeclaredValue(text), suggestion: nearMiss(text, among: attribute.values), in: &notes)
            if notes.count >= ContextLimits.notes { break }
        }
    }
    return value
}

/// Adds a note; of a context that is wrong all over the first ones are enough.
func note(
    _ path: String, _ kind: ContextNote.Kind, given: @autoclosure () -> String? = nil,
    suggestion: @autoclosure () -> String? = nil, in notes: inout [ContextNote]
) {
    guard notes.count < ContextLimits.notes else { return }
    notes.append(ContextNote(path: path, kind: kind, suggestion: suggestion(), given: given()))
}

/// How large the values of a context or an event may be; what is larger counts as missing, so that no user's data
/// makes a decision take long.
public enum ContextLimits {
    /// The most that the value of one attribute may come to: the UTF-8 bytes of its strings and keys, and 16 for each
    /// element of a list or entry of a map.
    public static let valueSize = 262_144
    /// The most UTF-8 bytes of one string.
    public static let stringBytes = 65_536
    /// The most elements of one list or map.
    public static let elements = 10_000
    /// How many notes are made of what is not as declared.
    public static let notes = 100

    /// Whether a value is within the limits.
    static func allow(_ json: JSONValue) -> Bool {
        var room = valueSize
        return fits(json, &room)
    }
}

/// Whether a value is within the limits; takes its size from `room`. A declared type bounds its nesting, and the
/// parser that of JSON.
private func fits(_ json: JSONValue, _ room: inout Int) -> Bool {
    switch json {
    case .string(let text):
        room -= text.utf8.count
        return text.utf8.count <= ContextLimits.stringBytes && room >= 0
    case .array(let elements):
        room -= 16 * elements.count
        guard elements.count <= ContextLimits.elements else { return false }
        for element in elements where !fits(element, &room) { return false }
    case .object(let object):
        room -= 16 * object.members.count
        guard object.members.count <= ContextLimits.elements else { return false }
        for member in object.members {
            room -= member.key.utf8.count
            guard member.key.utf8.count <= ContextLimits.stringBytes, fits(member.value, &room) else { return false }
        }
    default: break
    }
    return room >= 0
}

private func strings(_ json: JSONValue) -> [String] {
    json.string.map { [$0] } ?? (json.array ?? []).compactMap { $0.string }
}

/// The value of `json` as `type`; nil when it does not have that type.
func value(_ json: JSONValue, _ type: AttributeType) -> CELValue? {
    switch type {
    case .string, .url: json.string.map { .string($0) }
    case .bool: json.bool.map { .bool($0) }
    case .int: json.number.flatMap { Int64(exactly: $0) }.map { .int($0) }
    case .uint: json.number.flatMap { UInt64(exactly: $0) }.map { .uint($0) }
    case .double: json.number.map { .double($0) }
    case .version: json.string.flatMap { SemanticVersion(reported: $0) }.map { .version($0) }
    case .timestamp: json.string.flatMap { CELTimestamp(parsing: $0) }.map { .timestamp($0) }
    case .duration: json.string.flatMap { CELDuration(parsing: $0) }.map { .duration($0) }
    case .list(let element): list(json, element)
    case .map(let key, let element): map(json, key, element)
    }
}

private func list(_ json: JSONValue, _ element: AttributeType) -> CELValue? {
    guard let array = json.array, array.count <= ContextLimits.elements else { return nil }
    var values: [CELValue] = []
    values.reserveCapacity(array.count)
    for json in array {
        guard let value = value(json, element) else { return nil }
        values.append(value)
    }
    return .list(values)
}

private func map(_ json: JSONValue, _ key: AttributeType, _ element: AttributeType) -> CELValue? {
    guard let members = json.object?.members, members.count <= ContextLimits.elements else { return nil }
    var entries: [(key: CELValue, value: CELValue)] = []
    for member in members {
        guard let name = mapKey(member.key, key), let value = value(member.value, element) else { return nil }
        entries.append((name, value))
    }
    return CELMap(entries).map { .map($0) }
}

private func mapKey(_ name: String, _ type: AttributeType) -> CELValue? {
    switch type {
    case .string: .string(name)
    case .int: Int64(name).map { .int($0) }
    case .uint: UInt64(name).map { .uint($0) }
    case .bool: sameBytes(name, "true") ? .bool(true) : sameBytes(name, "false") ? .bool(false) : nil
    default: nil
    }
}

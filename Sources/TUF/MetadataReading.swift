// What the readers and writers of all kinds of metadata have in common (TUF specification, section 4.2.1). Readers are strict
// about what they need, and let members pass that they do not know.

/// What every kind of metadata says of itself.
struct MetadataHeader {
    var version: Int
    var expires: UTCTime

    /// Reads `_type`, `spec_version`, `version` and `expires`.
    init(_ signed: MetadataValue, type: String) throws(TUFError) {
        let found = try string(signed, "_type")
        guard found.utf8.elementsEqual(type.utf8) else {
            throw .malformedMetadata(reason: "it is of the type `\(found)`, and not `\(type)`")
        }
        let specification = try string(signed, "spec_version")
        let numbers = specification.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(numbers.count), numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
            throw .malformedMetadata(reason: "spec_version is `\(specification)`")
        }
        guard numbers.first == 1 else { throw .unsupportedSpecification(version: specification) }
        version = try positive(signed, "version")
        let text = try string(signed, "expires")
        guard let time = UTCTime(text) else {
            throw .malformedMetadata(reason: "expires is not a time such as 2030-01-31T12:00:00Z")
        }
        expires = time
    }
}

/// What is signed of a kind of metadata with the given members.
func metadata(
    type: String, version: Int, expires: UTCTime, _ members: [MetadataValue.Member]
) -> MetadataValue {
    .object(
        [
            .init("_type", .string(type)), .init("spec_version", .string("1.0.31")),
            .init("version", integer(version)), .init("expires", .string("\(expires)")),
        ] + members)
}

func integer(_ value: Int) -> MetadataValue { .integer(digits: "\(value)") }

func member(_ object: MetadataValue, _ name: String) throws(TUFError) -> MetadataValue {
    guard let value = object[name] else { throw .malformedMetadata(reason: "\(name) is missing") }
    return value
}

func string(_ object: MetadataValue, _ name: String) throws(TUFError) -> String {
    guard let text = try member(object, name).string else {
        throw .malformedMetadata(reason: "\(name) is not a string")
    }
    return text
}

/// The largest version, length or threshold that is read: every reader of JSON takes it, and there is room above it.
private let largestInteger = 1 << 53 - 1

/// An integer of at least 1.
func positive(_ object: MetadataValue, _ name: String) throws(TUFError) -> Int {
    guard let value = try member(object, name).integer, (1...largestInteger).contains(value) else {
        throw .malformedMetadata(reason: "\(name) is not an integer from 1")
    }
    return value
}

/// An integer of at least 0.
func length(_ object: MetadataValue) throws(TUFError) -> Int {
    guard let value = try member(object, "length").integer, (0...largestInteger).contains(value) else {
        throw .malformedMetadata(reason: "length is not an integer from 0")
    }
    return value
}

func members(_ object: MetadataValue, _ name: String) throws(TUFError) -> [MetadataValue.Member] {
    guard let members = try member(object, name).members else {
        throw .malformedMetadata(reason: "\(name) is not an object")
    }
    return members
}

func strings(_ object: MetadataValue, _ name: String) throws(TUFError) -> [String] {
    let list = try member(object, name).array
    let texts = list?.compactMap(\.string)
    guard let texts, texts.count == list?.count else {
        throw .malformedMetadata(reason: "\(name) is not a list of strings")
    }
    return texts
}

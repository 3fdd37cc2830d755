import ByteText
import CanonicalJSON

// Readers are strict about what they need and let members pass that they do not know: a newer
// compiler may add some without raising the `engine` version when an old client can do without them.

/// The members of one JSON object, with errors that say where.
struct ObjectReader {
    let object: JSONObject

    init(_ value: JSONValue) throws(BundleError) {
        guard let object = value.object else { throw BundleError("expected an object") }
        self.object = object
    }

    /// The member `key`, which must be there.
    func required<Value>(
        _ key: String, _ read: (JSONValue) throws(BundleError) -> Value
    ) throws(BundleError) -> Value {
        guard let value = object[key] else { throw BundleError("the member `\(key)` is missing") }
        do { return try read(value) } catch { throw error.inside(key) }
    }

    /// The member `key`, or nil when it is absent.
    func optional<Value>(
        _ key: String, _ read: (JSONValue) throws(BundleError) -> Value
    ) throws(BundleError) -> Value? {
        guard let value = object[key] else { return nil }
        do { return try read(value) } catch { throw error.inside(key) }
    }

    /// The elements of the array `key`; none when it is absent.
    func list<Value>(
        _ key: String, _ read: (JSONValue) throws(BundleError) -> Value
    ) throws(BundleError) -> [Value] {
        try optional(key) { value throws(BundleError) in try readList(value, read) } ?? []
    }

    /// The members of the object `key`; none when it is absent.
    func map<Value>(
        _ key: String, _ read: (JSONValue) throws(BundleError) -> Value
    ) throws(BundleError) -> SortedMap<Value> {
        try optional(key) { value throws(BundleError) in try readMap(value, read) } ?? SortedMap()
    }
}

func readList<Value>(
    _ value: JSONValue, _ read: (JSONValue) throws(BundleError) -> Value
) throws(BundleError) -> [Value] {
    guard let array = value.array else { throw BundleError("expected an array") }
    var result: [Value] = []
    result.reserveCapacity(array.count)
    for (index, element) in array.enumerated() {
        do { result.append(try read(element)) } catch { throw error.inside(String(index)) }
    }
    return result
}

func readMap<Value>(
    _ value: JSONValue, _ read: (JSONValue) throws(BundleError) -> Value
) throws(BundleError) -> SortedMap<Value> {
    guard let object = value.object else { throw BundleError("expected an object") }
    var entries: [SortedMap<Value>.Entry] = []
    entries.reserveCapacity(object.members.count)
    for member in object.members {
        do { entries.append(SortedMap.Entry(member.key, try read(member.value))) } catch {
            throw error.inside(member.key)
        }
    }
    return SortedMap(entries)
}

func readString(_ value: JSONValue) throws(BundleError) -> String {
    guard let string = value.string else { throw BundleError("expected a string") }
    return string
}

/// A string that is not empty: an id, a name, a path.
func readName(_ value: JSONValue) throws(BundleError) -> String {
    let string = try readString(value)
    guard !string.isEmpty else { throw BundleError("expected a string that is not empty") }
    return string
}

func readBool(_ value: JSONValue) throws(BundleError) -> Bool {
    guard let bool = value.bool else { throw BundleError("expected true or false") }
    return bool
}

/// An integer within `range`; at most 2^53 in magnitude, since JSON's numbers are doubles.
func readInteger(_ value: JSONValue, in range: ClosedRange<Int64>) throws(BundleError) -> Int64 {
    guard let number = value.number, let integer = Int64(exactly: number) else {
        throw BundleError("expected an integer")
    }
    guard range.contains(integer) else {
        throw BundleError("expected an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
}

/// An integer from zero to what a JSON number holds exactly.
func readCount(_ value: JSONValue) throws(BundleError) -> Int64 {
    try readInteger(value, in: 0...maximumInteger)
}

/// 2^53 − 1, the largest integer that RFC 7493 lets a JSON number carry.
let maximumInteger: Int64 = 9_007_199_254_740_991

/// Reads `schema` and holds it to `expected`.
func readSchema(_ reader: ObjectReader, _ expected: String) throws(BundleError) {
    _ = try reader.required("schema") { value throws(BundleError) in
        let schema = try readString(value)
        guard sameBytes(schema, expected) else { throw BundleError("expected `\(expected)`, not `\(schema)`") }
    }
}

/// An object under construction; members that have nothing to say are left out.
struct ObjectWriter {
    private var members: [JSONObject.Member] = []

    /// Adds the member `key` unless `value` is nil. A key is given once.
    mutating func add(_ key: String, _ value: JSONValue?) {
        if let value { members.append(JSONObject.Member(key: key, value: value)) }
    }

    mutating func add(_ key: String, _ value: String?) { add(key, value.map { JSONValue.string($0) }) }

    mutating func add(_ key: String, _ value: Bool?) { add(key, value.map { JSONValue.bool($0) }) }

    mutating func add(_ key: String, _ value: Int64?) { add(key, value.map { JSONValue.number(Double($0)) }) }

    /// Adds the list unless it is empty.
    mutating func add(_ key: String, _ values: [JSONValue]) {
        if !values.isEmpty { add(key, JSONValue.array(values)) }
    }

    /// Adds the map unless it is empty.
    mutating func add<Value>(_ key: String, _ map: SortedMap<Value>, _ write: (Value) -> JSONValue) {
        if !map.isEmpty { add(key, writeMap(map, write)) }
    }

    var json: JSONValue { .object(JSONObject(distinct: members)) }
}

func writeMap<Value>(_ map: SortedMap<Value>, _ write: (Value) -> JSONValue) -> JSONValue {
    .object(JSONObject(distinct: map.entries.map { JSONObject.Member(key: $0.name, value: write($0.value)) }))
}

func writeStrings(_ strings: [String]) -> [JSONValue] { strings.map { .string($0) } }

/// Reads types as they are written in declarations: `list(string)`, `map(string, int)`, `abstract(tuple, param(T))`.
///
/// A single capital letter is a type parameter. The words are those of cel-spec's conformance data
/// and of `placard.yaml`; an unknown name is an object type.
struct TypeNotation {
    let bytes: [UInt8]
    var offset = 0
    var depth = 0

    /// Types nested deeper are no types.
    static let nestingLimit = 32

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    var atEnd: Bool {
        bytes[offset...].allSatisfy { $0 == 0x20 }
    }

    mutating func word() -> String {
        skipSpace()
        let start = offset
        while offset < bytes.count, isNameByte(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        case 0x2E: offset + 1 < bytes.count && bytes[offset + 1] != 0x28
        default: false
        }
    }

    mutating func type() -> CELType? {
        depth += 1
        defer { depth -= 1 }
        let name = word()
        guard !name.isEmpty, depth <= TypeNotation.nestingLimit else { return nil }
        var arguments: [CELType] = []
        if take(0x28) {
            repeat {
                guard let argument = type() else { return nil }
                arguments.append(argument)
            } while take(0x2C)
            guard take(0x29) else { return nil }
        }
        return TypeNotation.type(named: name, arguments)
    }

    private static func type(named name: String, _ arguments: [CELType]) -> CELType? {
        switch (name, arguments.count) {
        case ("dyn", 0), ("any", 0): .dyn
        case ("null_type", 0), ("null", 0): .null
        case ("bool", 0): .bool
        case ("int", 0): .int
        case ("uint", 0): .uint
        case ("double", 0): .double
        case ("string", 0): .string
        case ("bytes", 0): .bytes
        case ("timestamp", 0), ("google.protobuf.Timestamp", 0): .timestamp
        case ("duration", 0), ("google.protobuf.Duration", 0): .duration
        case ("version", 0): .version
        case ("net.IP", 0): .ip
        case ("net.CIDR", 0): .cidr
        case ("list", 1): .list(arguments[0])
        case ("list", 0): .list(.dyn)
        case ("map", 2): .map(arguments[0], arguments[1])
        case ("map", 0): .map(.dyn, .dyn)
        case ("type", 1): .type(arguments[0])
        case ("type", 0): .type(.dyn)
        case ("wrapper", 1): .wrapper(arguments[0])
        case ("optional", 1), ("optional_type", 1): .optional(arguments[0])
        case ("param", 1): arguments[0].asParameter
        case ("message", 1): arguments[0]
        case ("abstract", 1...): .abstract(arguments[0].bareName, Array(arguments[1...]))
        case (_, 0): name.utf8.count == 1 && isCapital(name) ? .parameter(name) : .object(name)
        default: nil
        }
    }

    private static func isCapital(_ name: String) -> Bool {
        name.utf8.first.map { (0x41...0x5A).contains($0) } ?? false
    }
}

extension CELType {
    /// Reads a type such as `list(string)`, `map(string, int)`, `optional(int)`, `version` or `abstract(tuple, A)`.
    ///
    /// Gives nil for a text that is no type. A single capital letter is a type parameter; any other unknown name
    /// is an object type.
    public init?(notation: String) {
        var reader = TypeNotation(notation)
        guard let type = reader.type(), reader.atEnd else { return nil }
        self = type
    }

    fileprivate var bareName: String {
        switch self {
        case .object(let name), .parameter(let name): name
        case .abstract(let name, _): name
        default: name
        }
    }

    fileprivate var asParameter: CELType { .parameter(bareName) }
}

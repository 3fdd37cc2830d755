import ByteText
import CanonicalJSON

// Compiled texts are canonical JSON (RFC 8785), and so each message has only one form there: members in the order of
// their names, no white space. Most have one pattern and no declarations: such a one is formatted in one pass over the bytes,
// without a tree. Everything else, well formed or not, is left to `Message(parsing:)`, so that what is a message, and what is
// wrong with one that is not, is decided in a single place.

extension Message {
    /// Reads a message from JSON text: the JSON form of the data model, or a string, which becomes its text.
    ///
    /// - Throws: ``DataModelError`` for the first thing that is not as the schema has it, or that exceeds `limits`; for
    ///   text that is not JSON, with an empty path.
    public init(parsing json: [UInt8], limits: SyntaxLimits = .standard) throws(DataModelError) {
        let value: JSONValue
        do throws(JSONParseError) { value = try JSONValue(parsing: json) } catch {
            throw DataModelError(path: "", message: "byte \(error.offset): \(error.message)")
        }
        try self.init(json: value, limits: limits)
    }
}

/// Reads the parts of a message from canonical JSON. Each gives nil for what it does not know, and then the place in
/// the text is anywhere.
struct CanonicalMessageReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private let limits: SyntaxLimits
    /// The place that is read next.
    var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: SyntaxLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// A string that is the whole of the bytes: appends its text to `output`.
    ///
    /// - Returns: whether it is one; if not, `output` may hold some of it.
    mutating func writeString(into output: inout ByteBuffer) -> Bool {
        appendString(to: &output) && isAtEnd
    }

    /// A message of one pattern without declarations, piece by piece: appends its text to `output`, and hands over
    /// each placeholder.
    ///
    /// - Returns: whether the bytes are such a message to their end; if not, `output` may hold some of it.
    mutating func write(
        into output: inout ByteBuffer, placeholder write: (Placeholder, inout ByteBuffer) -> Void
    ) -> Bool {
        guard take("{\"declarations\":[],\"pattern\":[") else { return false }
        var count = 0
        while !take("]") {
            guard count < limits.elements, count == 0 || take(",") else { return false }
            count += 1
            if next(0x22) {
                guard appendString(to: &output) else { return false }
            } else {
                guard let placeholder = placeholder() else { return false }
                write(placeholder, &output)
            }
        }
        return take(",\"type\":\"message\"}") && isAtEnd
    }

    // MARK: The data model

    private mutating func placeholder() -> Placeholder? {
        var operand: Operand?
        var isEmpty = true
        guard take("{") else { return nil }
        if take("\"arg\":") {
            guard let read = self.operand(), take(",") else { return nil }
            operand = read
            isEmpty = false
        }
        var attributes: [Attribute] = []
        if take("\"attributes\":{") {
            guard let read = members({ $0.attribute($1) }, name: { $0.name }), take(",") else { return nil }
            attributes = read
        }
        if isEmpty, take("\"kind\":\"") { return markup(attributes).map { .markup($0) } }
        var function: FunctionReference?
        if take("\"function\":") {
            guard let read = self.function(), take(",") else { return nil }
            function = read
            isEmpty = false
        }
        guard !isEmpty, take("\"type\":\"expression\"}") else { return nil }
        return .expression(Expression(operand, function: function, attributes: attributes))
    }

    /// Markup from its kind on.
    private mutating func markup(_ attributes: [Attribute]) -> Markup? {
        let kind: Markup.Kind
        if take("open\"") {
            kind = .open
        } else if take("standalone\"") {
            kind = .standalone
        } else if take("close\"") {
            kind = .close
        } else {
            return nil
        }
        guard take(",\"name\":"), let name = identifier(), let options = options(), take(",\"type\":\"markup\"}")
        else { return nil }
        return Markup(kind, name, options: options, attributes: attributes)
    }

    private mutating func function() -> FunctionReference? {
        guard take("{\"name\":"), let name = identifier(), let options = options(), take(",\"type\":\"function\"}")
        else { return nil }
        return FunctionReference(name, options: options)
    }

    /// The options behind a name; none where there is no such member.
    private mutating func options() -> [Option]? {
        guard take(",\"options\":{") else { return [] }
        return members({ reader, name in reader.operand().map { Option(name, $0) } }, name: { $0.name })
    }

    private mutating func attribute(_ name: String) -> Attribute? {
        take("true") ? Attribute(name) : literal().map { Attribute(name, $0) }
    }

    private mutating func operand() -> Operand? {
        if let variable = variable() { return .variable(variable) }
        return literal().map { .literal($0) }
    }

    private mutating func variable() -> VariableReference? {
        guard take("{\"name\":"), let name = name(), take(",\"type\":\"variable\"}") else { return nil }
        return VariableReference(name)
    }

    private mutating func literal() -> Literal? {
        guard take("{\"type\":\"literal\",\"value\":"), let value = string(), take("}") else { return nil }
        return Literal(value)
    }

    private mutating func name() -> String? {
        guard let text = string(), CharacterClass.isName(text) else { return nil }
        return text
    }

    private mutating func identifier() -> String? {
        guard let text = string(), CharacterClass.isIdentifier(text) else { return nil }
        return text
    }

    // MARK: JSON

    /// The members of an object with names of the author's, up to its end, and its `}`.
    private mutating func members<Member>(
        _ member: (inout CanonicalMessageReader, String) -> Member?, name: (Member) -> String
    ) -> [Member]? {
        var members: [Member] = []
        while !take("}") {
            guard members.count < limits.options, members.isEmpty || take(","), let key = identifier(), take(":"),
                !members.contains(where: { name($0).utf8.elementsEqual(key.utf8) }), let read = member(&self, key)
            else { return nil }
            members.append(read)
        }
        return members
    }
}

import ByteText
import CEL
import MessageFormat

/// The values that texts may show, by the names that texts have for them: `user.first_name`, `event.order_id`.
struct RenderingValues: Sendable {
    private let objects: [CELObject]
    private let named: [(name: String, value: MessageValue)]

    init(context: TypedContext, event: TypedEvent) {
        objects = context.groups + [event.properties]
        named = []
    }

    /// Values that are known by their whole names alone.
    init(_ named: [(name: String, value: MessageValue)]) {
        objects = []
        self.named = named
    }

    /// The value of a variable; nil when there is none.
    subscript(_ name: String) -> MessageValue? {
        if objects.isEmpty { return named.first { sameBytes($0.name, name) }?.value }
        guard let dot = name.utf8.firstIndex(of: 0x2E) else { return nil }
        let group = name.utf8[..<dot]
        guard let object = objects.first(where: { $0.type.name.utf8.elementsEqual(group) }) else { return nil }
        return object[String(name[name.index(after: dot)...])].flatMap { messageValue($0) }
    }
}

/// A value as texts format it; what no function formats becomes its text.
func messageValue(_ value: CELValue) -> MessageValue? {
    switch value {
    case .string(let text): .string(text)
    case .int(let number): .integer(number)
    case .uint(let number): Int64(exactly: number).map { .integer($0) } ?? .string(String(number))
    case .double(let number): .double(number)
    case .bool(let flag): .bool(flag)
    case .timestamp(let timestamp):
        .instant(
            milliseconds: saturatingAdd(
                saturatingMultiply(timestamp.seconds, 1000), Int64(timestamp.nanoseconds / 1_000_000)))
    case .version(let version): .other(version.text)
    case .list(let elements): .other(elements.map { plainText($0) }.joined(separator: ", "))
    case .null: nil
    default: .other(writtenValue(value))
    }
}

private func plainText(_ value: CELValue) -> String { messageValue(value)?.text ?? "" }

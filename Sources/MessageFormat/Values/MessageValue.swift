/// A value that a message is formatted with.
public enum MessageValue: Hashable, Sendable {
    /// Text; the number functions read it as a number, the date functions as a date, where it has their form.
    case string(String)
    /// An integer.
    case integer(Int64)
    /// A floating-point number.
    case double(Double)
    /// An exact decimal number.
    case decimal(DecimalValue)
    /// A truth value, formatted as `true` or `false`; `:string` selects by these words.
    case bool(Bool)
    /// A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    case instant(milliseconds: Int64)
    /// A value that no function but `:string` takes, as the text to show for it.
    case other(String)

    /// The number; nil for what is none. A string counts when it is a `number-literal`.
    public var decimal: DecimalValue? {
        switch self {
        case .integer(let value): DecimalValue(value)
        case .double(let value): DecimalValue(value)
        case .decimal(let value): value
        case .string(let value): DecimalValue(numberLiteral: value)
        case .bool, .instant, .other: nil
        }
    }

    /// The value as text, as no particular language writes it.
    public var text: String {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .double(let value): DecimalValue(value)?.text ?? value.description
        case .decimal(let value): value.text
        case .bool(let value): value ? "true" : "false"
        case .instant(let milliseconds): CivilDateTime(milliseconds: milliseconds).isoText + "Z"
        case .other(let text): text
        }
    }
}

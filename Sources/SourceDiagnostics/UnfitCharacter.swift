// Characters that no text means to hold: nobody sees them, or they show another text than the one that is there. One list
// for YAML, Markdown and MessageFormat, whether a character stands there as it is, as an escape or as a reference.

/// Why a character is unfit for a text that people read.
public enum UnfitCharacter: Hashable, Sendable {
    /// A control character (general category Cc) other than tab, line feed, carriage return and NEXT LINE.
    case control
    /// A code point that is no character and never will be (Unicode, section 23.7): U+FDD0 to U+FDEF, and the last two of
    /// each plane.
    case noncharacter
    /// NEXT LINE, LINE SEPARATOR or PARAGRAPH SEPARATOR, at which some end a line and others do not.
    case lineSeparator
    /// An embedding or an override of direction, or the end of one: U+202A to U+202E (UAX #9, sections 2.1 and 2.2).
    case directionChange
    /// U+FEFF, which belongs at the beginning of a file or nowhere.
    case byteOrderMark

    /// - Parameter value: a code point.
    /// - Returns: nil for a character that is fit, isolates of direction among them: see ``OpenIsolates``.
    public init?(_ value: UInt32) {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20..<0x7F: return nil
        case 0x85, 0x2028, 0x2029: self = .lineSeparator
        case 0..<0x20, 0x7F...0x9F: self = .control
        case 0x202A...0x202E: self = .directionChange
        case 0xFEFF: self = .byteOrderMark
        case 0xFDD0...0xFDEF: self = .noncharacter
        default:
            guard value & 0xFFFE == 0xFFFE, value <= 0x10FFFF else { return nil }
            self = .noncharacter
        }
    }
}

/// The isolates of direction that are open on a line (UAX #9, section 2.4). One that its line does not end shows what
/// follows in another order than the one that is read.
public struct OpenIsolates {
    private var spans: [Span] = []

    /// No isolate is open.
    public init() {}

    /// Whether none is open.
    public var isEmpty: Bool { spans.isEmpty }

    /// Takes note of the character at `span`: U+2066 to U+2068 begin an isolate, U+2069 ends one.
    public mutating func see(_ value: UInt32, at span: Span) {
        switch value {
        case 0x2066...0x2068: spans.append(span)
        case 0x2069: _ = spans.popLast()
        default: break
        }
    }

    /// The beginnings of those that are still open where a line ends; then none is.
    public mutating func endLine() -> [Span] {
        defer { spans.removeAll() }
        return spans
    }
}

/// `U+XXXX`, with at least four digits.
public func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

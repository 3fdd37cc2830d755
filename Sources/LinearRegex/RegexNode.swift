/// A regular expression as a tree. Groups leave no trace: only whether there is a match is asked.
indirect enum RegexNode: Sendable {
    /// Matches the empty text.
    case empty
    /// One code point of a set.
    case set(CodePointSet)
    /// A position.
    case assertion(Assertion)
    case concatenation([RegexNode])
    case alternation([RegexNode])
    /// At least `minimum` times, at most `maximum` (nil: any number).
    case repetition(RegexNode, minimum: Int, maximum: Int?)
}

/// A condition on a position of the text.
enum Assertion: UInt8, Sendable {
    /// `\A`, and `^` without `m`.
    case textStart
    /// `\z`, and `$` without `m`.
    case textEnd
    /// `^` with `m`.
    case lineStart
    /// `$` with `m`.
    case lineEnd
    /// `\b`: between a word character and none, in ASCII.
    case wordBoundary
    /// `\B`.
    case noWordBoundary
}

/// What an assertion asks of the byte on one side of a position.
struct Neighbour: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// There is no byte: the text begins or ends here.
    static let edge = Neighbour(rawValue: 1)
    /// A line feed.
    static let lineFeed = Neighbour(rawValue: 2)
    /// `[0-9A-Za-z_]`.
    static let word = Neighbour(rawValue: 4)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ byte: UInt8) {
        switch byte {
        case 0x0A: self = .lineFeed
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: self = .word
        default: self = []
        }
    }
}

extension Assertion {
    /// Whether it holds between `before` and `after`.
    func holds(before: Neighbour, after: Neighbour) -> Bool {
        switch self {
        case .textStart: before.contains(.edge)
        case .textEnd: after.contains(.edge)
        case .lineStart: before.contains(.edge) || before.contains(.lineFeed)
        case .lineEnd: after.contains(.edge) || after.contains(.lineFeed)
        case .wordBoundary: before.contains(.word) != after.contains(.word)
        case .noWordBoundary: before.contains(.word) == after.contains(.word)
        }
    }
}

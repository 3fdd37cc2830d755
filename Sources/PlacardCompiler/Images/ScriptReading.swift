/// Whether the bytes could be JavaScript from the first to the last: outside of comments, strings and regular expressions
/// none is a control character, and each of these ends (ECMA-262, section 12).
///
/// Whether `/` divides or begins a regular expression, whether `}` goes on with a template or not, and whether `-->` begins a
/// comment takes a parser to know. Here all of it is followed at once: what a parser reads is among what is followed.
func readsAsScript(_ bytes: [UInt8]) -> Bool {
    var places: ScriptPlaces = .code
    for index in bytes.indices {
        func follows(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }
        places = places.after(bytes[index], follows)
        // In an image that is soon.
        if places.isEmpty { return false }
    }
    return !places.isDisjoint(with: [.code, .lineComment])
}

/// Where reading may be between two bytes of a script.
private struct ScriptPlaces: OptionSet {
    let rawValue: UInt16

    static let code = ScriptPlaces(rawValue: 1 << 0)
    static let lineComment = ScriptPlaces(rawValue: 1 << 1)
    static let comment = ScriptPlaces(rawValue: 1 << 2)
    static let double = ScriptPlaces(rawValue: 1 << 3)
    static let single = ScriptPlaces(rawValue: 1 << 4)
    static let template = ScriptPlaces(rawValue: 1 << 5)
    static let expression = ScriptPlaces(rawValue: 1 << 6)
    /// Between brackets of a regular expression, where a slash ends nothing.
    static let characterClass = ScriptPlaces(rawValue: 1 << 7)

    /// Those in which a backslash takes the next byte with it.
    private static let escaping: ScriptPlaces = [.double, .single, .template, .expression, .characterClass]
    /// Those that end before the line does.
    private static let onLine: ScriptPlaces = [.double, .single, .expression, .characterClass]

    /// The same behind a backslash: eight bits up.
    private var escaped: ScriptPlaces { ScriptPlaces(rawValue: rawValue << 8) }
    private var unescaped: ScriptPlaces { ScriptPlaces(rawValue: rawValue >> 8) }
    private var plain: ScriptPlaces { ScriptPlaces(rawValue: rawValue & 0xFF) }

    /// Where reading may be behind `byte`.
    ///
    /// - Parameter follows: whether a text stands at the byte.
    func after(_ byte: UInt8, _ follows: (String) -> Bool) -> ScriptPlaces {
        var next = unescaped
        // A line that is continued may end with two bytes.
        if byte == 0x0D, follows("\r\n") { next = unescaped.escaped }
        var here = plain
        if byte == 0x5C {
            next.formUnion(here.intersection(.escaping).escaped)
            here.subtract(.escaping)
        }
        if byte == 0x0A || byte == 0x0D {
            here.subtract(.onLine)
            if here.remove(.lineComment) != nil { next.insert(.code) }
        } else if byte == 0xE2, follows("\u{2028}") || follows("\u{2029}"), here.contains(.lineComment) {
            next.insert(.code)
        }
        if here.remove(.code) != nil { next.formUnion(ScriptPlaces.afterCode(byte, follows)) }
        /// What is left at the byte, and where reading goes on then.
        func end(_ place: ScriptPlaces, _ other: ScriptPlaces) {
            if here.remove(place) != nil { next.formUnion(other) }
        }
        switch byte {
        case 0x22: end(.double, .code)
        case 0x27: end(.single, .code)
        case 0x60: end(.template, .code)
        case 0x24 where follows("${"): if here.contains(.template) { next.insert(.code) }
        case 0x2F: end(.expression, .code)
        case 0x5B: end(.expression, .characterClass)
        case 0x5D: end(.characterClass, .expression)
        // The slash is then read as code, which a regular expression may begin with as well: no harm.
        case 0x2A where follows("*/"): end(.comment, [.comment, .code])
        default: break
        }
        return next.union(here)
    }

    private static func afterCode(_ byte: UInt8, _ follows: (String) -> Bool) -> ScriptPlaces {
        switch byte {
        case 0x00..<0x09, 0x0E..<0x20, 0x7F: []
        case 0x22: .double
        case 0x27: .single
        case 0x60: .template
        case 0x7D: [.code, .template]
        case 0x2F where follows("//"): .lineComment
        case 0x2F where follows("/*"): .comment
        case 0x2F: [.code, .expression]
        case 0x3C where follows("<!--"), 0x2D where follows("-->"): [.code, .lineComment]
        default: .code
        }
    }
}

/// The classes that are ASCII: `\d`, `\s`, `\w` and those of POSIX, `[:alpha:]`.
enum NamedClasses {
    /// The Perl class of a letter, `d`, `s` or `w`; nil when there is none. Upper case is its complement.
    static func perl(_ letter: UInt8) -> CodePointSet? {
        switch letter {
        case UInt8(ascii: "d"): set((0x30, 0x39))
        case UInt8(ascii: "s"): set((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
        case UInt8(ascii: "w"): set((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
        default: nil
        }
    }

    /// The POSIX class of that name, without colons; nil when there is none.
    static func posix(_ name: [UInt8]) -> CodePointSet? {
        for (other, set) in posixClasses where name.elementsEqual(other.utf8) { return set }
        return nil
    }

    private static var posixClasses: [(String, CodePointSet)] {
        [
            ("alnum", set((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))),
            ("alpha", set((0x41, 0x5A), (0x61, 0x7A))),
            ("ascii", set((0x00, 0x7F))),
            ("blank", set((0x09, 0x09), (0x20, 0x20))),
            ("cntrl", set((0x00, 0x1F), (0x7F, 0x7F))),
            ("digit", set((0x30, 0x39))),
            ("graph", set((0x21, 0x7E))),
            ("lower", set((0x61, 0x7A))),
            ("print", set((0x20, 0x7E))),
            ("punct", set((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E))),
            ("space", set((0x09, 0x0D), (0x20, 0x20))),
            ("upper", set((0x41, 0x5A))),
            ("word", set((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))),
            ("xdigit", set((0x30, 0x39), (0x41, 0x46), (0x61, 0x66))),
        ]
    }

    private static func set(_ ranges: (UInt32, UInt32)...) -> CodePointSet {
        var result = CodePointSet()
        for (first, last) in ranges { result.insert(first, last) }
        result.normalize()
        return result
    }
}

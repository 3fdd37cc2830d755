// What a byte is in ASCII, which `Character` could only tell with Unicode's tables.

extension UInt8 {
    /// Whether it is `0` to `9`.
    @inlinable
    @inline(__always)
    package var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// Whether it is `A` to `Z` or `a` to `z`.
    @inlinable
    @inline(__always)
    package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// Whether it is a letter or a digit.
    @inlinable
    @inline(__always)
    package var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

    /// `a` for `A`; every other byte is itself.
    @inlinable
    @inline(__always)
    package var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// `A` for `a`; every other byte is itself.
    @inlinable
    @inline(__always)
    package var asciiUppercased: UInt8 { self &- 0x61 < 26 ? self & 0xDF : self }
}

extension String {
    /// The text of these bytes with the capital letters of ASCII small, as protocols compare their names.
    @inlinable
    package init(asciiLowercasing bytes: some Collection<UInt8>) {
        self.init(decoding: bytes.map { $0.asciiLowercased }, as: UTF8.self)
    }

    /// The text of these bytes with the small letters of ASCII as capitals.
    @inlinable
    package init(asciiUppercasing bytes: some Collection<UInt8>) {
        self.init(decoding: bytes.map { $0.asciiUppercased }, as: UTF8.self)
    }
}

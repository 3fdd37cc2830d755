import ByteText

/// Whether `text`, what stands behind the colon of a host (RFC 3986, section 3.2.3), is the number of a port: one to five
/// digits and nothing else, from 1 to 65535.
///
/// RFC 3986 lets any digits stand there, and none at all; readers of addresses disagree on what such an address leads to.
/// The compiler and the engine hold links to this one rule.
public func isPortNumber(_ text: some Collection<UInt8>) -> Bool {
    guard (1...5).contains(text.count) else { return false }
    var number = 0
    for byte in text {
        guard byte.isASCIIDigit else { return false }
        number = number * 10 + Int(byte - 0x30)
    }
    return (1...65535).contains(number)
}

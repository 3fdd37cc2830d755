import ByteText

/// Whether a segment of a path is `.` or `..`, its dots percent-encoded or not: readers drop it, and with `..` the segment
/// before it (RFC 3986, section 5.2.4; WHATWG URL, "double-dot path segment").
public func isDotSegment(_ segment: some Collection<UInt8>) -> Bool {
    var dots = 0
    var rest = segment[...]
    while let first = rest.first {
        if first == 0x2E {
            rest = rest.dropFirst()
        } else if first == 0x25, rest.count >= 3 {
            let code = rest.dropFirst().prefix(2).map { $0.asciiLowercased }
            guard code == [0x32, 0x65] else { return false }
            rest = rest.dropFirst(3)
        } else {
            return false
        }
        dots += 1
        if dots > 2 { return false }
    }
    return dots > 0
}

/// Whether a value makes another path of the address that it stands in: the segment that it is part of becomes `.` or `..`,
/// or an empty value leaves nothing between two `/`.
///
/// A segment that is so without the value is the author's business; in a query or a fragment dots are dots.
///
/// - Parameters:
///   - value: where the value stands.
///   - address: the address with its values, from its scheme to its end.
public func changesPath(_ value: Range<Int>, of address: ArraySlice<UInt8>) -> Bool {
    let before = address[..<value.lowerBound]
    guard !before.contains(where: { $0 == 0x3F || $0 == 0x23 }) else { return false }
    let start = before.lastIndex(of: 0x2F).map { $0 + 1 } ?? address.startIndex
    let end = address[value.upperBound...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? address.endIndex
    if start == end { return start > address.startIndex && end < address.endIndex && address[end] == 0x2F }
    return isDotSegment(address[start..<end])
}

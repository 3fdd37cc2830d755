// The OLPC canonical form of JSON, over which metadata is signed (TUF specification 1.0, section 4.2.1,
// https://wiki.laptop.org/go/Canonical_JSON). It is not RFC 8785: names are in the order of their code points, and
// strings escape the quotation mark and the backslash alone, so that a PEM key's line ends stand in it as they are.

import CanonicalJSON

extension MetadataValue {
    /// The canonical form in UTF-8: what a signature or a key id is made over. It is not always JSON: a line feed in a
    /// string stands in it as it is.
    public var canonicalForm: [UInt8] {
        var bytes: [UInt8] = []
        append(self, to: &bytes, appendCanonicalForm(of:to:))
        return bytes
    }

    /// The same order and spacing, but strings as JSON has them: what is served.
    public var json: [UInt8] {
        var bytes: [UInt8] = []
        append(self, to: &bytes) { string, bytes in bytes += JSONValue.string(string).canonicalBytes }
        return bytes
    }
}

private func append(
    _ value: MetadataValue, to bytes: inout [UInt8], _ write: (_ string: String, _ bytes: inout [UInt8]) -> Void
) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let string): write(string, &bytes)
    case .array(let elements):
        bytes.append(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            append(element, to: &bytes, write)
        }
        bytes.append(0x5D)
    case .object(let members):
        bytes.append(0x7B)
        // UTF-8 bytes are in the order of code points.
        let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (index, member) in sorted.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            write(member.name, &bytes)
            bytes.append(0x3A)
            append(member.value, to: &bytes, write)
        }
        bytes.append(0x7D)
    }
}

private func appendCanonicalForm(of string: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in string.utf8 {
        if byte == 0x22 || byte == 0x5C { bytes.append(0x5C) }
        bytes.append(byte)
    }
    bytes.append(0x22)
}

// The OLPC canonical form of JSON, over which metadata is signed (TUF specification 1.0, section 4.2.1,
// https://wiki.laptop.org/go/Canonical_JSON). It is not RFC 8785: names are in the order of their code points, and
// strings escape the quotation mark and the backslash alone, so that a PEM key's line ends stand in it as they are.

extension MetadataValue {
    /// The canonical form in UTF-8: what a signature or a key id is made over.
    public var canonicalForm: [UInt8] {
        var bytes: [UInt8] = []
        appendCanonicalForm(of: self, to: &bytes)
        return bytes
    }
}

private func appendCanonicalForm(of value: MetadataValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let string): appendCanonicalForm(of: string, to: &bytes)
    case .array(let elements):
        bytes.append(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            appendCanonicalForm(of: element, to: &bytes)
        }
        bytes.append(0x5D)
    case .object(let members):
        bytes.append(0x7B)
        // UTF-8 bytes are in the order of code points.
        let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (index, member) in sorted.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            appendCanonicalForm(of: member.name, to: &bytes)
            bytes.append(0x3A)
            appendCanonicalForm(of: member.value, to: &bytes)
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

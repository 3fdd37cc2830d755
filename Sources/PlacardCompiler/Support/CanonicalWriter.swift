import CanonicalJSON

/// Writes canonical JSON (RFC 8785) into one buffer, from parts of which many are canonical JSON already.
///
/// It sorts nothing: who calls it gives the members of an object in their canonical order.
struct CanonicalWriter {
    var bytes: [UInt8] = []
    /// Whether the object or array at hand has a member already.
    private var needsComma = false

    mutating func object(_ body: (inout CanonicalWriter) -> Void) {
        nest(0x7B, 0x7D, body)
    }

    mutating func array(_ body: (inout CanonicalWriter) -> Void) {
        nest(0x5B, 0x5D, body)
    }

    private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout CanonicalWriter) -> Void) {
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    /// Begins a member, whose value is written next.
    mutating func key(_ key: String) {
        separate()
        appendCanonical(string: key, to: &bytes)
        bytes.append(0x3A)
    }

    /// Begins an element, which is written next.
    mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = false
    }

    /// Writes a value that is canonical JSON already.
    mutating func value(_ json: [UInt8]) {
        bytes.append(contentsOf: json)
        needsComma = true
    }

    mutating func value(_ string: String) {
        appendCanonical(string: string, to: &bytes)
        needsComma = true
    }
}

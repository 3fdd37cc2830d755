import ByteText

// The JSON Canonicalization Scheme, RFC 8785: no white space, members in the order of
// their names' UTF-16 code units, strings with the fewest escapes, numbers as ECMAScript
// writes them. The functions append to a byte buffer, so that a large file is written
// without ever being a tree or a String.

extension JSONValue {
    /// The canonical form (RFC 8785) as UTF-8. A number that is not finite, which JSON cannot hold, becomes `null`.
    public var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        appendCanonical(self, to: &bytes)
        return bytes
    }

    /// The canonical form as a string.
    public var canonicalString: String { String(decoding: canonicalBytes, as: UTF8.self) }
}

/// Appends the canonical form of `value` to `bytes`.
public func appendCanonical(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let number): appendCanonical(number: number, to: &bytes)
    case .string(let string): appendCanonical(string: string, to: &bytes)
    case .array(let elements):
        bytes.append(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            appendCanonical(element, to: &bytes)
        }
        bytes.append(0x5D)
    case .object(let object):
        bytes.append(0x7B)
        let members = object.members.sorted { canonicalKeyPrecedes($0.key, $1.key) }
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            appendCanonical(string: member.key, to: &bytes)
            bytes.append(0x3A)
            appendCanonical(member.value, to: &bytes)
        }
        bytes.append(0x7D)
    }
}

/// Appends `string` as a canonical JSON string, with its quotation marks (RFC 8785, section 3.2.2.2).
public func appendCanonical(string: String, to bytes: inout [UInt8]) {
    appendString(string, to: &bytes)
}

/// As above, for any sink.
@inlinable
package func appendCanonical<Sink: ByteSink & ~Copyable>(string: String, to bytes: inout Sink) {
    appendString(string, to: &bytes)
}

@inlinable
func appendString<Sink: ByteSink & ~Copyable>(_ string: String, to bytes: inout Sink) {
    bytes.append(0x22)
    var string = string
    string.withUTF8 { appendEscaped($0, to: &bytes) }
    bytes.append(0x22)
}

/// Appends UTF-8 text as the inside of a canonical JSON string, without quotation marks.
@inlinable
package func appendEscaped<Sink: ByteSink & ~Copyable>(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout Sink) {
    var plain = 0
    while true {
        let index = firstToEscape(text, from: plain)
        bytes.append(UnsafeBufferPointer(rebasing: text[plain..<index]))
        guard index < text.count else { return }
        let byte = text[index]
        plain = index + 1
        bytes.append(0x5C)
        switch byte {
        case 0x08: bytes.append(0x62)
        case 0x09: bytes.append(0x74)
        case 0x0A: bytes.append(0x6E)
        case 0x0C: bytes.append(0x66)
        case 0x0D: bytes.append(0x72)
        case 0x22, 0x5C: bytes.append(byte)
        default:
            bytes.append("u00")
            bytes.append(UInt8.hexadecimalDigit(byte >> 4))
            bytes.append(UInt8.hexadecimalDigit(byte & 15))
        }
    }
}

/// The first byte from `start` on that cannot stand in a JSON string as it is; the count when there is none.
@inlinable
func firstToEscape(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    text.firstIndex(from: start) {
        $0.below(0x20) | $0.equal(0x22) | $0.equal(0x5C)
    } where: {
        $0 < 0x20 || $0 == 0x22 || $0 == 0x5C
    }
}

/// Whether `a` comes before `b` in a canonical object: by UTF-16 code units (RFC 8785, section 3.2.3).
public func canonicalKeyPrecedes(_ a: String, _ b: String) -> Bool {
    var left = a.utf8.makeIterator()
    var right = b.utf8.makeIterator()
    while true {
        guard let y = right.next() else { return false }
        guard let x = left.next() else { return true }
        guard x != y else { continue }
        // UTF-8 orders like UTF-16 except that surrogates (of four-byte sequences) come before U+E000.
        if x >= 0xEE, y >= 0xEE, (x >= 0xF0) != (y >= 0xF0) { return x >= 0xF0 }
        return x < y
    }
}

/// Appends `number` as ECMAScript's `Number::toString` writes it (RFC 8785, section 3.2.2.3).
public func appendCanonical(number: Double, to bytes: inout [UInt8]) {
    guard number.isFinite else {
        bytes.append(contentsOf: "null".utf8)
        return
    }
    if let integer = Int(exactly: number), integer.magnitude < 1 << 53 {
        bytes.append(contentsOf: String(integer).utf8)
        return
    }
    let (digits, exponent) = shortestDigits(number.magnitude)
    if number < 0 { bytes.append(0x2D) }
    let count = digits.count
    switch exponent {
    case count...21 where exponent >= count:
        bytes.append(contentsOf: digits)
        bytes.append(contentsOf: repeatElement(0x30, count: exponent - count))
    case 1...21:
        bytes.append(contentsOf: digits[..<exponent])
        bytes.append(0x2E)
        bytes.append(contentsOf: digits[exponent...])
    case -5...0:
        bytes.append(contentsOf: "0.".utf8)
        bytes.append(contentsOf: repeatElement(0x30, count: -exponent))
        bytes.append(contentsOf: digits)
    default:
        bytes.append(digits[0])
        if count > 1 {
            bytes.append(0x2E)
            bytes.append(contentsOf: digits[1...])
        }
        bytes.append(0x65)
        bytes.append(exponent > 0 ? 0x2B : 0x2D)
        bytes.append(contentsOf: String((exponent - 1).magnitude).utf8)
    }
}

/// The shortest decimal digits that read back as `number`, and where the point stands:
/// the value is 0.d₁d₂d₃… × 10^exponent.
private func shortestDigits(_ number: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var power = 0
    var iterator = number.description.utf8.makeIterator()
    while let byte = iterator.next() {
        switch byte {
        case 0x30...0x39: digits.append(byte)
        case 0x2E: point = digits.count
        case 0x65, 0x45:
            var negative = false
            while let digit = iterator.next() {
                if digit == 0x2D {
                    negative = true
                } else if digit != 0x2B {
                    power = power * 10 + Int(digit - 0x30)
                }
            }
            if negative { power = -power }
        default: break
        }
    }
    var exponent = (point ?? digits.count) + power
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0x30 { digits.removeLast() }
    return (digits, exponent)
}

import ByteText

// The core schema of YAML 1.2.2, section 10.3.2, on bytes:
//
//     null | Null | NULL | ~ | (empty)      null
//     true | True | TRUE | false | …        bool
//     [-+]? [0-9]+                           int (base 10)
//     0o [0-7]+                              int (base 8)
//     0x [0-9a-fA-F]+                        int (base 16)
//     [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?       float
//     [-+]? ( \.inf | \.Inf | \.INF )        float
//     \.nan | \.NaN | \.NAN                  float
//
// Everything else is a string: `no`, `on`, `12:30`, `1_000`.

/// A plain scalar by the core schema, or a number that no machine type holds.
enum CoreResolution: Equatable {
    case value(YAMLScalar.Value)
    /// It has the form of a number, but is beyond 64 bits or beyond a double.
    case outOfRange
}

/// What the core schema reads in the plain scalar `text`.
func resolveCore(_ text: UnsafeBufferPointer<UInt8>) -> CoreResolution {
    guard let first = text.first else { return .value(.null) }
    switch first {
    case 0x7E: return .value(text.count == 1 ? .null : .string)
    case 0x6E, 0x4E: return .value(isWord(text, "null", "Null", "NULL") ? .null : .string)
    case 0x74, 0x54: return .value(isWord(text, "true", "True", "TRUE") ? .bool(true) : .string)
    case 0x66, 0x46: return .value(isWord(text, "false", "False", "FALSE") ? .bool(false) : .string)
    case 0x30...0x39, 0x2B, 0x2D, 0x2E: return resolveNumber(text)
    default: return .value(.string)
    }
}

private func isWord(_ text: UnsafeBufferPointer<UInt8>, _ a: StaticString, _ b: StaticString, _ c: StaticString) -> Bool
{
    func equals(_ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<text.count where text[index] != word.utf8Start[index] { return false }
        return true
    }
    return equals(a) || equals(b) || equals(c)
}

private func resolveNumber(_ text: UnsafeBufferPointer<UInt8>) -> CoreResolution {
    var offset = 0
    let isSigned = text[0] == 0x2B || text[0] == 0x2D
    let isNegative = text[0] == 0x2D
    if isSigned { offset = 1 }
    if !isSigned, text.count > 2, text[0] == 0x30 {
        if text[1] == 0x6F { return radixNumber(text, 8) }
        if text[1] == 0x78 { return radixNumber(text, 16) }
    }
    let digits = offset
    var magnitude: UInt64 = 0
    var overflows = false
    while offset < text.count, text[offset].isASCIIDigit {
        if !overflows {
            let (product, tooBig) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, tooBigToo) = product.addingReportingOverflow(UInt64(text[offset] - 0x30))
            overflows = tooBig || tooBigToo
            magnitude = sum
        }
        offset += 1
    }
    let whole = offset - digits
    if offset == text.count, whole > 0 { return integer(magnitude, isNegative, overflows) }
    return resolveFloat(text, offset, whole: whole, isSigned: isSigned, isNegative: isNegative)
}

private func integer(_ magnitude: UInt64, _ isNegative: Bool, _ overflows: Bool) -> CoreResolution {
    guard !overflows else { return .outOfRange }
    if isNegative {
        guard magnitude <= UInt64(Int64.max) + 1 else { return .outOfRange }
        return .value(.int(magnitude == 0 ? 0 : -Int(magnitude - 1) - 1))
    }
    guard let value = Int(exactly: magnitude) else { return .outOfRange }
    return .value(.int(value))
}

private func radixNumber(_ text: UnsafeBufferPointer<UInt8>, _ radix: UInt64) -> CoreResolution {
    var magnitude: UInt64 = 0
    var overflows = false
    for byte in text[2...] {
        guard let digit = byte.hexadecimalValue, digit < radix else { return .value(.string) }
        let (product, tooBig) = magnitude.multipliedReportingOverflow(by: radix)
        overflows = overflows || tooBig
        magnitude = product | UInt64(digit)
    }
    return integer(magnitude, false, overflows)
}

private func resolveFloat(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, whole: Int, isSigned: Bool, isNegative: Bool
) -> CoreResolution {
    var offset = start
    var fraction = 0
    if offset < text.count, text[offset] == 0x2E {
        let rest = UnsafeBufferPointer(rebasing: text[offset...])
        if whole == 0 {
            if isWord(rest, ".inf", ".Inf", ".INF") { return .value(.float(isNegative ? -.infinity : .infinity)) }
            if !isSigned, isWord(rest, ".nan", ".NaN", ".NAN") { return .value(.float(.nan)) }
        }
        offset += 1
        let first = offset
        while offset < text.count, text[offset].isASCIIDigit { offset += 1 }
        fraction = offset - first
    }
    guard whole > 0 || fraction > 0 else { return .value(.string) }
    if offset < text.count, text[offset] == 0x65 || text[offset] == 0x45 {
        offset += 1
        if offset < text.count, text[offset] == 0x2B || text[offset] == 0x2D { offset += 1 }
        let first = offset
        while offset < text.count, text[offset].isASCIIDigit { offset += 1 }
        guard offset > first else { return .value(.string) }
    }
    guard offset == text.count else { return .value(.string) }
    return float(text)
}

/// Swift reads the same syntax but for a point without digits on one side.
private func float(_ text: UnsafeBufferPointer<UInt8>) -> CoreResolution {
    var spelled = ""
    var previous: UInt8 = 0
    for byte in text {
        if byte == 0x2E, !previous.isASCIIDigit { spelled += "0" }
        if previous == 0x2E, !byte.isASCIIDigit { spelled += "0" }
        if byte != 0x2B || previous != 0 { spelled.unicodeScalars.append(Unicode.Scalar(byte)) }
        previous = byte
    }
    if previous == 0x2E { spelled += "0" }
    guard let value = Double(spelled) else { return .value(.string) }
    return value.isFinite ? .value(.float(value)) : .outOfRange
}

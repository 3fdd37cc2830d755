import ByteText

// What readers of YAML 1.1 take a plain scalar for, which is text or another number here.

/// What YAML 1.1 takes a text of YAML 1.2 for; nil when it is text there too.
func yaml11Reading(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    guard let first = text.first else { return nil }
    switch first {
    case 0x79, 0x59, 0x6E, 0x4E, 0x6F, 0x4F: return isYAML11Boolean(text) ? "a boolean" : nil
    case 0x30...0x39, 0x2B, 0x2D: return isYAML11Number(text) ? "a number" : nil
    default: return nil
    }
}

private func isYAML11Boolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 3 else { return false }
    switch String(decoding: text, as: UTF8.self) {
    case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF": return true
    default: return false
    }
}

/// Numbers with underscores, in base 60 (`12:30`) and in base 2.
private func isYAML11Number(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = text[0] == 0x2B || text[0] == 0x2D ? 1 : 0
    guard offset < text.count, text[offset].isASCIIDigit else { return false }
    if text[offset] == 0x30, offset + 2 < text.count, text[offset + 1] == 0x62 || text[offset + 1] == 0x78 {
        let isBinary = text[offset + 1] == 0x62
        return text[(offset + 2)...].allSatisfy {
            $0 == 0x5F || $0 == 0x30 || $0 == 0x31 || !isBinary && $0.hexadecimalValue != nil
        }
    }
    var hasUnderscore = false
    var colons = 0
    var run = 0
    while offset < text.count {
        switch text[offset] {
        case 0x30...0x39: run += 1
        case 0x5F where run > 0: hasUnderscore = true
        case 0x3A:
            guard run > 0, colons == 0 || run <= 2 else { return false }
            colons += 1
            run = 0
        case 0x2E where offset > 0 && run > 0:
            let rest = text[(offset + 1)...]
            return (hasUnderscore || colons > 0) && rest.allSatisfy { $0.isASCIIDigit || $0 == 0x5F }
        default: return false
        }
        offset += 1
    }
    if colons > 0 { return run == 1 || run == 2 }
    return hasUnderscore
}

func hasLeadingZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = text[0] == 0x2B || text[0] == 0x2D ? 1 : 0
    return text.count > start + 1 && text[start] == 0x30 && text[start + 1].isASCIIDigit
}

/// `1.10`, which is a version to its author.
func losesZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let point = text.firstIndex(of: 0x2E), text.count - point > 2 else { return false }
    return text[text.count - 1] == 0x30 && text[(point + 1)...].allSatisfy { $0.isASCIIDigit }
}

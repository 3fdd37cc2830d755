import ByteText
import Cryptography
import PlacardText
import SourceDiagnostics
// The standard library's own normalization: Foundation's is in the part of it that the tool, one file, does without.
@_spi(_Unicode) import Swift

/// The words of a unit, as far as a translation depends on them: without the marks of containers at the start of a line,
/// with one space for white space of any kind, no spaces just inside braces, and in NFC (UAX 15).
///
/// - Parameters:
///   - bytes: the text that the unit is part of.
///   - unit: where it is in it.
func normalizedWords(_ bytes: [UInt8], _ unit: TextUnit) -> [UInt8] {
    var words: [UInt8] = []
    words.reserveCapacity(unit.span.length)
    let end = min(unit.span.end, bytes.count)
    var hole = unit.holes.makeIterator()
    var next = hole.next()
    var isPlain = true
    var index = max(0, unit.span.start)
    while index < end {
        if let span = next, index >= span.start {
            // A mark such as `> ` parts words as the line's end does.
            index = max(index, span.end)
            next = hole.next()
            if words.last != 0x20, !words.isEmpty { words.append(0x20) }
            continue
        }
        let byte = bytes[index]
        index += 1
        if unit.kind == .code {
            words.append(byte)
        } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
            if words.last != 0x20, !words.isEmpty, !isBrace(words, 0x7B) { words.append(0x20) }
        } else {
            if byte == 0x7D, words.last == 0x20 { words.removeLast() }
            words.append(byte)
        }
        if byte >= 0xCC { isPlain = false }
    }
    if unit.kind != .code, words.last == 0x20 { words.removeLast() }
    // Nothing below U+0300 has another form in NFC.
    return isPlain || isSurelyNFC(words) ? words : normalizedNFC(words)
}

/// Whether the last byte is a brace that nothing escapes.
private func isBrace(_ words: [UInt8], _ brace: UInt8) -> Bool {
    words.last == brace && (words.count < 2 || words[words.count - 2] != 0x5C)
}

/// The text in NFC (UAX 15).
func normalizedNFC(_ bytes: [UInt8]) -> [UInt8] {
    var normalized = String.UnicodeScalarView()
    normalized.append(contentsOf: String(decoding: bytes, as: UTF8.self)._nfc)
    return Array(String(normalized).utf8)
}

/// Whether a text is in NFC beyond doubt, as nearly every text is: all of its characters are of blocks that compose with
/// nothing. False says nothing.
func isSurelyNFC(_ bytes: [UInt8]) -> Bool {
    // Most texts in Latin letters have no byte that begins a combining character.
    if !bytes.contains(where: { $0 >= 0xCC }) { return true }
    var index = 0
    while index < bytes.count {
        let (value, stop) = decodedScalar(bytes, index, bytes.count)
        index = stop
        switch value {
        case 0..<0x300, 0x400...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x600...0x64A, 0x660...0x6D3, 0x900...0x93B,
            0x93D...0x94C, 0x950, 0x964...0x97F, 0xE01...0xE37, 0xE3F...0xE47, 0x1E00...0x1EFF, 0x200B...0x2052,
            0x2060...0x206F, 0x20AC, 0x3000...0x3098, 0x309D...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xFF01...0xFFEE:
            continue
        default: return false
        }
    }
    return true
}

/// What tells one text from another: the first 48 bits of the SHA-256 (FIPS 180-4) of its bytes.
struct UnitHash: Hashable, Sendable {
    let value: UInt64

    init(_ bytes: [UInt8]) {
        let stream = Cryptography.platform.sha256()
        stream.update(bytes[...])
        value = stream.finish().prefix(6).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// That of several texts, in their order.
    init(of hashes: [UnitHash]) {
        if let only = hashes.first, hashes.count == 1 {
            self = only
            return
        }
        var bytes: [UInt8] = []
        for hash in hashes { hash.append(to: &bytes) }
        self.init(bytes)
    }

    private init(value: UInt64) { self.value = value }

    /// What stands for a text that is not there.
    static let none = UnitHash(value: 0)

    /// Number of hexadecimal digits.
    static let digits = 12

    /// Reads ``digits`` digits.
    init?(_ text: ArraySlice<UInt8>) {
        guard text.count == UnitHash.digits else { return nil }
        var value: UInt64 = 0
        for byte in text {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
            default: return nil
            }
        }
        self.value = value
    }

    func append(to bytes: inout [UInt8]) {
        for digit in (0..<UnitHash.digits).reversed() {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt64(digit * 4) & 15)
            bytes.append(nibble < 10 ? nibble + 0x30 : nibble + 0x57)
        }
    }

    var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

import ByteText
import SourceDiagnostics

/// What one look at the bytes tells before libyaml sees them.
struct CharacterScan {
    /// Whether every byte is ASCII, so that libyaml's character counts are byte counts.
    var isASCII = true
    /// Whether NEL, LINE SEPARATOR or PARAGRAPH SEPARATOR occur, which libyaml takes for line ends.
    var hasSeparators = false
    /// Whether there is nothing among the characters that needs a second look: no diagnostic, no tab and no carriage return.
    var isPlain: Bool { !hasTabOrReturn && diagnostics.isEmpty }
    fileprivate var hasTabOrReturn = false
    /// Diagnostics about single characters, in order.
    var diagnostics: [Diagnostic] = []

    init() {}

    /// A text that is not looked at further.
    init(failing diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }

    /// Whether some character cannot be read at all.
    var failed: Bool { diagnostics.contains { $0.severity == .error } }
}

/// At most this many diagnostics about characters are reported for one text.
let characterDiagnosticLimit = 20

/// Checks `range` of `bytes`: UTF-8 (Unicode, table 3-7), YAML's printable characters (YAML 1.2.2, section 5.1),
/// and characters that hide or reorder text.
func scanCharacters(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Span) -> CharacterScan {
    var scan = CharacterScan()
    var isolates = OpenIsolates()
    var offset = range.start
    while true {
        offset = endOfPrintable(bytes, offset, range.end)
        guard offset < range.end else { break }
        let byte = bytes[offset]
        if byte == 0x0A || byte == 0x0D {
            offset += 1
            if byte == 0x0D { scan.hasTabOrReturn = true }
            if !isolates.isEmpty { reportIsolates(&isolates, &scan) }
        } else if byte == 0x09 {
            scan.hasTabOrReturn = true
            offset += 1
        } else if byte < 0x80 {
            scan.note(.controlCharacter(UInt32(byte), at: Span(offset, offset + 1)))
            offset += 1
        } else {
            scan.isASCII = false
            if let next = endOfLetter(bytes, offset, range.end) {
                offset = next
                continue
            }
            let length = wellFormedLength(bytes, offset, range.end)
            guard length > 0 else {
                scan.note(notUTF8(bytes, offset, range.end))
                return scan
            }
            check(bytes, Span(offset, offset + length), &isolates, &scan)
            offset += length
        }
    }
    reportIsolates(&isolates, &scan)
    return scan
}

/// Where the run of printable ASCII at `offset` ends.
@inline(__always)
private func endOfPrintable(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ end: Int) -> Int {
    UnsafeBufferPointer(rebasing: bytes[..<end]).firstIndex(from: offset) {
        $0.beyondPrintable | $0.equal(0x7F)
    } where: {
        $0 < 0x20 || $0 >= 0x7F
    }
}

/// The end of a well-formed sequence of two or three bytes that holds no character of interest; nil of anything else.
@inline(__always)
private func endOfLetter(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ end: Int) -> Int? {
    guard offset &+ 3 <= end, bytes[offset &+ 1] & 0xC0 == 0x80 else { return nil }
    switch bytes[offset] {
    case 0xC3...0xDF: return offset &+ 2
    case 0xE1, 0xE3...0xEC: return bytes[offset &+ 2] & 0xC0 == 0x80 ? offset &+ 3 : nil
    default: return nil
    }
}

extension CharacterScan {
    mutating func note(_ diagnostic: Diagnostic) {
        guard diagnostics.count < characterDiagnosticLimit || (diagnostic.severity == .error && !failed) else { return }
        diagnostics.append(diagnostic)
    }
}

private func check(
    _ bytes: UnsafeBufferPointer<UInt8>, _ span: Span, _ isolates: inout OpenIsolates, _ scan: inout CharacterScan
) {
    // Only sequences that begin with these bytes hold a character of interest; of four bytes the last two of a plane.
    switch bytes[span.start] {
    case 0xC2 where bytes[span.start + 1] < 0xA0, 0xE2, 0xEF: break
    case 0xF0...0xF4 where bytes[span.end - 1] >= 0xBE && bytes[span.end - 2] == 0xBF: break
    default: return
    }
    let value = decodedScalar(bytes, span.start, span.end).value
    switch UnfitCharacter(value) {
    case .control: scan.note(.controlCharacter(value, at: span))
    case .noncharacter: scan.note(.noncharacter(value, at: span))
    case .lineSeparator:
        scan.hasSeparators = true
        scan.note(
            .lineSeparator(
                "yaml/line-separator", value, at: span,
                note: "YAML 1.1 ends a line at it and YAML 1.2 does not, so other tools read something else"))
    case .directionChange: scan.note(.bidiControl("yaml/bidi-control", value, at: span))
    case .byteOrderMark: scan.note(.byteOrderMark(at: span))
    case nil: isolates.see(value, at: span)
    }
}

private func reportIsolates(_ isolates: inout OpenIsolates, _ scan: inout CharacterScan) {
    for span in isolates.endLine() { scan.note(.unclosedIsolate("yaml/bidi-control", at: span)) }
}

/// The error for bytes at `offset` that are not UTF-8, with what they probably are.
func notUTF8(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ end: Int) -> Diagnostic {
    var stop = offset + 1
    while stop < min(end, offset + 4), bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    let span = Span(offset, stop)
    let hexadecimal = bytes[offset..<stop].map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined(separator: " ")
    let second = stop > offset + 1 ? bytes[offset + 1] : 0
    let kind: String
    switch bytes[offset] {
    case 0xC0, 0xC1: kind = "an overlong form"
    case 0xE0 where second != 0 && second < 0xA0: kind = "an overlong form"
    case 0xF0 where second != 0 && second < 0x90: kind = "an overlong form"
    case 0xED where second >= 0xA0: kind = "an encoded surrogate"
    case 0xF4 where second >= 0x90: kind = "a code point beyond U+10FFFF"
    case 0xC2...0xF4: kind = "a character that is cut short"
    case 0xF5...0xFF: kind = "a byte that UTF-8 never uses"
    default: kind = "a stray continuation byte"
    }
    return .notUTF8(kind, hexadecimal, at: span)
}

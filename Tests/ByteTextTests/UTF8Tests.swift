import ByteText
import Testing

@Test(
    arguments: [
        ([0x61, 0xC3, 0xA9], nil), ([0x61, 0xC3], 1), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
        ([0xF4, 0x90, 0x80, 0x80], 0),
        ([0xF0, 0x9F, 0x98, 0x80, 0xFF], 4), ([0x80], 0), ([0xE0, 0x80, 0x80], 0),
    ] as [([UInt8], Int?)])
func malformedUTF8IsFound(bytes: [UInt8], offset: Int?) {
    #expect(firstInvalidUTF8(in: bytes) == offset)
    // The same behind and before ASCII of every length, which is read a word at a time.
    for length in 0...17 {
        let ascii = [UInt8](repeating: 0x61, count: length)
        #expect(firstInvalidUTF8(in: ascii + bytes + ascii) == offset.map { $0 + length })
    }
}

@Test func utf8IsWellFormedWhereDecodingItRepairsNothing() {
    let bytes: [UInt8] = [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF,
    ]
    for lead in UInt8.min...UInt8.max {
        for second in bytes {
            for third in bytes {
                for fourth: UInt8 in [0x41, 0x80, 0xBF, 0xC2] {
                    let text = [0x41, lead, second, third, fourth, 0x41]
                    let isWhole = String(decoding: text, as: UTF8.self).utf8.elementsEqual(text)
                    guard (firstInvalidUTF8(in: text) == nil) == isWhole else {
                        Issue.record("\(text) is \(isWhole ? "" : "not ")well-formed")
                        return
                    }
                }
            }
        }
    }
}

@Test(arguments: ["a", "é", "€", "😀", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}"])
func aScalarIsReadWithItsLength(text: String) {
    let bytes = Array("é".utf8) + Array(text.utf8) + [0x41]
    let scalar = decodedScalar(bytes, 2, bytes.count)
    #expect(scalar.value == text.unicodeScalars.first?.value)
    #expect(scalar.end == 2 + text.utf8.count)
    #expect(utf8Length(leading: bytes[2]) == text.utf8.count)
}

@Test func ofASequenceThatIsCutNothingBehindTheEndIsRead() {
    let bytes: [UInt8] = [0xF0, 0x9F, 0x98, 0x80]
    for end in 1...4 { #expect(decodedScalar(bytes, 0, end).end == end) }
}

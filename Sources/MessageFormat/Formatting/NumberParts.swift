// A host writes a number as one text. Its parts are told from the digits that were asked for: so
// many before the decimal separator, so many behind it.

/// The parts of a formatted number, named as ECMA-402 names them: `integer`, `group`, `decimal`, `fraction`,
/// `minusSign`, `plusSign`, `percentSign`, and `literal` for all else.
func numberParts(_ text: String, _ digits: RoundedNumber) -> [CustomValue.Part] {
    var parts: [CustomValue.Part] = []
    var seen = 0
    var run = ""
    var runType = ""
    func flush() {
        if !run.isEmpty { parts.append(CustomValue.Part(type: runType, value: run)) }
        run = ""
    }
    let integerCount = digits.integer.count
    for scalar in text.unicodeScalars {
        let type: String
        if isDecimalDigit(scalar.value) {
            type = seen < integerCount ? "integer" : "fraction"
            seen += 1
        } else if seen > 0, seen < integerCount {
            type = "group"
        } else if seen == integerCount, !digits.fraction.isEmpty {
            type = "decimal"
        } else {
            type = partType(scalar.value)
        }
        if type != runType { flush() }
        runType = type
        run.unicodeScalars.append(scalar)
    }
    flush()
    return parts
}

private func partType(_ scalar: UInt32) -> String {
    switch scalar {
    case 0x2D, 0x2212: "minusSign"
    case 0x2B: "plusSign"
    case 0x25, 0x66A: "percentSign"
    default: "literal"
    }
}

/// Whether a scalar is a decimal digit of one of the scripts whose digits CLDR's locales use.
private func isDecimalDigit(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x660...0x669, 0x6F0...0x6F9, 0x7C0...0x7C9, 0x966...0x96F, 0x9E6...0x9EF, 0xA66...0xA6F,
        0xAE6...0xAEF, 0xB66...0xB6F, 0xBE6...0xBEF, 0xC66...0xC6F, 0xCE6...0xCEF, 0xD66...0xD6F, 0xE50...0xE59,
        0xED0...0xED9, 0xF20...0xF29, 0x1040...0x1049, 0x17E0...0x17E9, 0x1810...0x1819, 0x1946...0x194F,
        0x19D0...0x19D9, 0x1B50...0x1B59, 0x1BB0...0x1BB9, 0x1C40...0x1C49, 0x1C50...0x1C59, 0xA620...0xA629,
        0xA8D0...0xA8D9, 0xA900...0xA909, 0xA9D0...0xA9D9, 0xAA50...0xAA59, 0xABF0...0xABF9, 0xFF10...0xFF19,
        0x11136...0x1113F, 0x1E950...0x1E959:
        true
    default: false
    }
}

// How many columns of a terminal a character takes: two for wide East Asian characters and
// emoji (Unicode Standard Annex 11 and Technical Standard 51), none for what combines.

/// The columns that `character` takes.
func displayWidth(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII, scalars.count == 1 { return 1 }
    if isEmojiSequence(first, scalars) { return 2 }
    return scalars.reduce(0) { $0 + displayWidth($1) }
}

private func isEmojiSequence(_ first: Unicode.Scalar, _ scalars: Character.UnicodeScalarView) -> Bool {
    guard first.properties.isEmoji else { return false }
    if first.properties.isEmojiPresentation { return true }
    return scalars.dropFirst().contains {
        $0.value == 0xFE0F || $0.value == 0x20E3 || $0.properties.isEmojiModifier
    }
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
    if isCombining(scalar) { return 0 }
    return isWide(scalar.value) ? 2 : 1
}

/// Whether `scalar` takes no column of its own: marks, format characters, and the vowels and
/// final consonants of a decomposed Hangul syllable.
func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
    }
}

private func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wideScalars.count
    while low < high {
        let middle = (low + high) / 2
        if value < wideScalars[middle].0 {
            high = middle
        } else if value > wideScalars[middle].1 {
            low = middle + 1
        } else {
            return true
        }
    }
    return false
}

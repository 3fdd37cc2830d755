import CanonicalJSON
import PlacardMarkdown
import SourceDiagnostics

// Most texts are a title or a label without a placeholder. They go through none of the stages: what such a text compiles to
// can be read off its bytes. A test holds this way and the long one together.

/// The compiled form of a plain text that holds nothing with a meaning; nil for any other text, and where there is
/// something to report.
///
/// - Parameter source: well-formed UTF-8.
func compilePlainText(_ source: [UInt8], _ environment: TextEnvironment) -> CompiledText? {
    guard let first = source.first, let last = source.last, first > 0x20, first != 0x2E, last != 0x20
    else { return nil }
    var isASCII = true
    var holdsDollar = false
    for byte in source {
        switch byte {
        // Controls, `&`, `\`, braces.
        case 0..<0x20, 0x26, 0x5C, 0x7B, 0x7D, 0x7F: return nil
        // What may be a space, a control or a reserved character beyond ASCII.
        case 0xC2, 0xE1...0xE3, 0xEF...0xFF:
            guard byte == 0xE3 else { return nil }
            isASCII = false
        case 0x80...: isASCII = false
        case 0x24: holdsDollar = true
        default: break
        }
    }
    // `$` before a letter may be the name of a variable; before a digit it is money.
    if holdsDollar, zip(source, source.dropFirst()).contains(where: { $0 == 0x24 && $1 > 0x39 }) { return nil }
    var length: TextLength?
    if environment.measuresLength || environment.maximumLength != nil || environment.minimumLength != nil {
        let count = isASCII ? source.count : graphemeCount(source)
        if let limit = environment.maximumLength, count > limit { return nil }
        if let limit = environment.minimumLength, count < limit { return nil }
        length = TextLength(shortest: count, longest: count, span: Span(0, source.count))
    }
    let pseudo = environment.pseudo.map { locale in
        var translated: [UInt8] = []
        translated.reserveCapacity(source.count * 3)
        locale.append(source, to: &translated)
        return CompiledText(plain: jsonString(translated), sourceLength: source.count, length: length)
    }
    return CompiledText(plain: jsonString(source), sourceLength: source.count, length: length, pseudo: pseudo)
}

private func jsonString(_ text: [UInt8]) -> [UInt8] {
    var json = ByteBuffer(capacity: text.count + 8)
    appendCanonicalString(text[...], to: &json)
    return json.bytes
}

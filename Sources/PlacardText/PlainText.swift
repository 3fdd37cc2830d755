import ByteText
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
    let meanings = PlainMeaning.ofBytes
    var found: PlainMeaning = []
    for byte in source { found.formUnion(meanings[Int(byte)]) }
    guard !found.contains(.other) else { return nil }
    let isASCII = !found.contains(.beyondASCII)
    if !isASCII, mayBeGarbled(source) { return nil }
    // `$` before a letter may be the name of a variable; before a digit it is money.
    if found.contains(.dollar),
        zip(source, source.dropFirst()).contains(where: { $0 == 0x24 && ($1 > 0x39 || $1 == 0x28) })
    {
        return nil
    }
    if found.contains(.mark) {
        let all = Span(0, source.count)
        guard foreignWords(source, in: all).isEmpty, plainSlips(source, in: all).isEmpty else { return nil }
    }
    var length: TextLength?
    if environment.measuresLength || environment.maximumLength != nil || environment.minimumLength != nil {
        let count = isASCII ? source.count : graphemeCount(source)
        if let limit = environment.maximumLength, count > limit { return nil }
        if let limit = environment.minimumLength, count < limit { return nil }
        length = TextLength(shortest: count, longest: count, span: Span(0, source.count))
    }
    func model(_ text: [UInt8]) -> TextModel? {
        environment.keepsModel ? .plain(String(decoding: text, as: UTF8.self)) : nil
    }
    let pseudo = environment.pseudo.map { locale in
        var translated = ByteBuffer(capacity: source.count * 3 + 16)
        locale.append(source, to: &translated)
        return CompiledText(
            plain: jsonString(translated.bytes, found), model: model(translated.bytes), sourceLength: source.count,
            length: length)
    }
    return CompiledText(
        plain: jsonString(source, found), model: model(source), sourceLength: source.count, length: length,
        pseudo: pseudo)
}

/// The text as canonical JSON. Of what it holds only quotation marks are escaped there.
private func jsonString(_ text: [UInt8], _ found: PlainMeaning) -> [UInt8] {
    guard found.contains(.quotationMark) else {
        var json: [UInt8] = []
        json.reserveCapacity(text.count + 2)
        json.append(0x22)
        json.append(contentsOf: text)
        json.append(0x22)
        return json
    }
    var json = ByteBuffer(capacity: text.count + 8)
    appendCanonicalString(text[...], to: &json)
    return json.bytes
}

/// What the bytes of a plain text may mean.
private struct PlainMeaning: OptionSet {
    let rawValue: UInt8

    /// Something with a meaning, or to be reported: controls, `&`, `\`, braces, and the lead bytes of what may be a space,
    /// a control or a reserved character beyond ASCII.
    static let other = PlainMeaning(rawValue: 1)
    static let beyondASCII = PlainMeaning(rawValue: 2)
    static let dollar = PlainMeaning(rawValue: 4)
    static let quotationMark = PlainMeaning(rawValue: 8)
    /// What Markdown, HTML or the placeholder of another system may begin with.
    static let mark = PlainMeaning(rawValue: 16)

    static let ofBytes: [PlainMeaning] = (0...255).map { byte in
        switch UInt8(truncatingIfNeeded: byte) {
        case 0..<0x20, 0x26, 0x5C, 0x7B, 0x7D, 0x7F, 0xC2, 0xE1, 0xE2, 0xEF...: .other
        case 0x80...: .beyondASCII
        case 0x24: .dollar
        case 0x22: .quotationMark
        case 0x23, 0x25, 0x28, 0x2A, 0x3A, 0x3C, 0x5B, 0x5F, 0x60, 0x7E: .mark
        default: []
        }
    }
}

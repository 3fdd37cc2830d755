import SourceDiagnostics
import UnicodeLocale

/// The scripts that a language is written in, by ISO 15924.
///
/// Source of the ranges: Unicode's `Scripts.txt`, the blocks that hold the letters of living languages.
struct WritingScripts: Sendable {
    private let own: Set<String>

    /// - Parameter locale: with its likely script.
    /// - Returns: nil for a script that is not known here.
    init?(of locale: LanguageTag) {
        guard let script = locale.script else { return nil }
        switch script {
        case "Jpan": own = ["Hira", "Kana", "Hani"]
        case "Kore": own = ["Hang", "Hani"]
        case "Hans", "Hant": own = ["Hani"]
        default:
            guard scriptRanges.contains(where: { $0.script == script }) else { return nil }
            own = [script]
        }
    }

    /// Whether sentences end with a mark: Thai, Lao and Khmer ones do not.
    var writesFullStops: Bool { own.isDisjoint(with: ["Thai", "Laoo", "Khmr"]) }

    /// A letter of a script that neither the language nor its source is written in; or where a whole text has no letter
    /// of its own script, its first one.
    func strangeLetter(in text: LiteralText, source: LiteralText) -> (message: String, span: Span)? {
        if text.isASCII, own == ["Latn"] { return nil }
        var allowed = own
        // Names and units are written in Latin letters everywhere.
        allowed.insert("Latn")
        var strange: (script: String, span: Span)?
        var first: Span?
        var foreign = 0
        var isOwn = false
        text.scalars { scalar, span in
            guard scalar.properties.isAlphabetic, let script = script(of: scalar) else { return true }
            if own.contains(script) { isOwn = true } else { foreign += 1 }
            first = first ?? span
            if !allowed.contains(script), strange == nil {
                var isInSource = false
                source.scalars { other, _ in
                    isInSource = self.script(of: other) == script
                    return !isInSource
                }
                if isInSource { allowed.insert(script) } else { strange = (script, span) }
            }
            return strange == nil
        }
        if let strange {
            return ("this letter is \(name(strange.script)), which the language is not written in", strange.span)
        }
        guard !isOwn, foreign >= foreignLetters, let first, text.bytes != source.bytes, text.wordCount > 3 else {
            return nil
        }
        return ("none of this is in the script of the language", first)
    }

    private func script(of scalar: Unicode.Scalar) -> String? {
        let value = scalar.value
        if value < 0x250 { return "Latn" }
        return scriptRanges.first { $0.range.contains(value) }?.script
    }

    private func name(_ script: String) -> String { scriptRanges.first { $0.script == script }?.name ?? script }
}

/// So many letters are more than a name.
private let foreignLetters = 16

private let scriptRanges: [(script: String, name: String, range: ClosedRange<UInt32>)] = [
    ("Latn", "Latin", 0x41...0x24F), ("Latn", "Latin", 0x1E00...0x1EFF), ("Latn", "Latin", 0xFF21...0xFF5A),
    ("Grek", "Greek", 0x370...0x3FF), ("Grek", "Greek", 0x1F00...0x1FFF), ("Cyrl", "Cyrillic", 0x400...0x52F),
    ("Armn", "Armenian", 0x531...0x58F), ("Hebr", "Hebrew", 0x5D0...0x5F4), ("Arab", "Arabic", 0x620...0x6FF),
    ("Arab", "Arabic", 0x750...0x77F), ("Arab", "Arabic", 0xFB50...0xFDFB), ("Deva", "Devanagari", 0x900...0x97F),
    ("Beng", "Bengali", 0x980...0x9FF), ("Guru", "Gurmukhi", 0xA00...0xA7F), ("Gujr", "Gujarati", 0xA80...0xAFF),
    ("Orya", "Odia", 0xB00...0xB7F), ("Taml", "Tamil", 0xB80...0xBFF), ("Telu", "Telugu", 0xC00...0xC7F),
    ("Knda", "Kannada", 0xC80...0xCFF), ("Mlym", "Malayalam", 0xD00...0xD7F), ("Sinh", "Sinhala", 0xD80...0xDFF),
    ("Thai", "Thai", 0xE01...0xE5B), ("Laoo", "Lao", 0xE80...0xEFF), ("Tibt", "Tibetan", 0xF00...0xFFF),
    ("Mymr", "Myanmar", 0x1000...0x109F), ("Geor", "Georgian", 0x10A0...0x10FF), ("Geor", "Georgian", 0x1C90...0x1CBF),
    ("Hang", "Hangul", 0x1100...0x11FF), ("Hang", "Hangul", 0x3130...0x318F), ("Hang", "Hangul", 0xAC00...0xD7A3),
    ("Ethi", "Ethiopic", 0x1200...0x137F), ("Khmr", "Khmer", 0x1780...0x17FF), ("Hira", "Hiragana", 0x3041...0x309F),
    ("Kana", "Katakana", 0x30A0...0x30FF), ("Kana", "Katakana", 0xFF66...0xFF9F), ("Hani", "Chinese", 0x3005...0x3007),
    ("Hani", "Chinese", 0x3400...0x4DBF), ("Hani", "Chinese", 0x4E00...0x9FFF), ("Hani", "Chinese", 0xF900...0xFAFF),
    ("Hani", "Chinese", 0x20000...0x323AF),
]

/// How a language sets its marks, where that differs from English.
enum PunctuationStyle: Sendable {
    /// A narrow space before `!`, `?` and `;`, and one before `:`.
    case french
    /// Full-width marks.
    case fullWidth

    init?(_ locale: LanguageTag) {
        switch locale.language {
        // Canadian French has the space before the colon alone.
        case "fr" where locale.region != "CA": self = .french
        case "ja", "zh", "yue": self = .fullWidth
        default: return nil
        }
    }

    /// Marks that are set as in another language, with the way to set them.
    func check(_ text: LiteralText) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var previous: Unicode.Scalar?
        var end = -1
        var pending: (scalar: Unicode.Scalar, previous: Unicode.Scalar?, span: Span)?
        func settle(_ next: Unicode.Scalar?) {
            guard let mark = pending else { return }
            pending = nil
            if let finding = finding(mark.scalar, behind: mark.previous, before: next, at: mark.span) {
                findings.append(finding)
            }
        }
        text.scalars { scalar, span in
            // A placeholder lies between.
            if span.start != end {
                settle(nil)
                previous = nil
            }
            settle(scalar)
            if ["!", "?", ";", ":", ".", ","].contains(scalar) { pending = (scalar, previous, span) }
            previous = scalar
            end = span.end
            return findings.count < 4
        }
        settle(nil)
        return findings
    }

    private func finding(
        _ mark: Unicode.Scalar, behind: Unicode.Scalar?, before next: Unicode.Scalar?, at span: Span
    ) -> Diagnostic? {
        guard let behind else { return nil }
        switch self {
        case .french:
            guard ["!", "?", ";", ":"].contains(mark),
                behind.properties.isAlphabetic || behind.properties.numericType != nil,
                next.map({ $0.value <= 0x20 || $0 == "*" || $0 == "_" || $0 == "\u{A0}" }) ?? true
            else { return nil }
            let space = mark == ":" ? "\u{A0}" : "\u{202F}"
            return Diagnostic(
                "translation/punctuation", .note, "French has a space before “\(mark)”", at: Label(span),
                notes: ["a no-break space, so that the mark does not begin a line"],
                fixIts: [FixIt("put one before it", edits: [Edit(Span(at: span.start), space)], .unsafe)])
        case .fullWidth:
            guard let wide = fullWidthMarks[mark], behind.value >= 0x3040, behind.properties.isAlphabetic else {
                return nil
            }
            return Diagnostic(
                "translation/punctuation", .note, "behind these letters “\(wide)” is written, not “\(mark)”",
                at: Label(span),
                notes: ["the marks of the language are as wide as its letters"],
                fixIts: [FixIt("write \(wide)", edits: [Edit(span, wide)], .unsafe)])
        }
    }
}

private let fullWidthMarks: [Unicode.Scalar: String] = [
    "!": "！", "?": "？", ".": "。", ",": "、", ":": "：", ";": "；",
]

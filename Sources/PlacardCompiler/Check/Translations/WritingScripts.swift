import SourceDiagnostics
import UnicodeLocale

/// The scripts that a language is written in, by ISO 15924.
///
/// Source of the ranges: Unicode's `Scripts.txt`, the blocks that hold the letters of living languages.
struct WritingScripts: Sendable {
    /// A bit for each of ``scriptNames``.
    private let own: UInt32

    /// - Parameter locale: with its likely script.
    /// - Returns: nil for a script that is not known here.
    init?(of locale: LanguageTag) {
        guard let script = locale.script else { return nil }
        let codes: [String]
        switch script {
        case "Jpan": codes = ["Hira", "Kana", "Hani"]
        case "Kore": codes = ["Hang", "Hani"]
        case "Hans", "Hant": codes = ["Hani"]
        default: codes = [script]
        }
        own = bits(of: codes)
        guard own != 0 else { return nil }
    }

    /// Whether sentences end with a mark: Thai, Lao and Khmer ones do not.
    var writesFullStops: Bool { own & bits(of: ["Thai", "Laoo", "Khmr"]) == 0 }

    /// A letter of a script that neither the language nor its source is written in; or where a whole text has no letter
    /// of its own script, its first one.
    func strangeLetter(in text: LiteralText, source: LiteralText) -> (message: String, span: Span)? {
        if text.isLatin, own == 1 << latin { return nil }
        var isOwn = false
        var foreign = 0
        var first: Span?
        var strange: (script: UInt8, span: Span)?
        text.scalars { scalar, span in
            guard let script = scriptIndex(scalar) else { return true }
            if own & 1 << script != 0 {
                isOwn = true
            } else if script == latin {
                // Names and units are written in Latin letters everywhere.
                foreign += 1
                first = first ?? span
            } else if scalar.properties.isAlphabetic, !holds(source, script) {
                strange = (script, span)
                return false
            }
            return true
        }
        if let strange {
            let name = scriptNames[Int(strange.script)].name
            return ("this letter is \(name), which the language is not written in", strange.span)
        }
        guard !isOwn, foreign >= foreignLetters, let first, text.bytes != source.bytes, text.wordCount > 3 else {
            return nil
        }
        return ("none of this is in the script of the language", first)
    }

    private func holds(_ text: LiteralText, _ script: UInt8) -> Bool {
        var isThere = false
        text.scalars { scalar, _ in
            isThere = scriptIndex(scalar) == script
            return !isThere
        }
        return isThere
    }
}

/// Which of ``scriptNames`` a character is of; nil for one that is of none, or of several.
private func scriptIndex(_ scalar: Unicode.Scalar) -> UInt8? {
    let value = scalar.value
    if value < 0x80 { return (0x61...0x7A).contains(value | 0x20) ? latin : nil }
    if value < 0x250 { return value >= 0xC0 && value != 0xD7 && value != 0xF7 ? latin : nil }
    var (low, high) = (0, scriptRanges.count)
    while low < high {
        let middle = (low + high) / 2
        if scriptRanges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    guard low < scriptRanges.count, scriptRanges[low].first <= value else { return nil }
    return scriptRanges[low].script
}

private func bits(of codes: [String]) -> UInt32 {
    codes.reduce(0) { bits, code in
        scriptNames.firstIndex { $0.code == code }.map { bits | 1 << UInt32($0) } ?? bits
    }
}

/// So many letters are more than a name.
private let foreignLetters = 16

/// Index of Latin among ``scriptNames``.
private let latin: UInt8 = 0

private let scriptNames: [(code: String, name: String)] = [
    ("Latn", "Latin"),
    ("Grek", "Greek"),
    ("Cyrl", "Cyrillic"),
    ("Armn", "Armenian"),
    ("Hebr", "Hebrew"),
    ("Arab", "Arabic"),
    ("Deva", "Devanagari"),
    ("Beng", "Bengali"),
    ("Guru", "Gurmukhi"),
    ("Gujr", "Gujarati"),
    ("Orya", "Odia"),
    ("Taml", "Tamil"),
    ("Telu", "Telugu"),
    ("Knda", "Kannada"),
    ("Mlym", "Malayalam"),
    ("Sinh", "Sinhala"),
    ("Thai", "Thai"),
    ("Laoo", "Lao"),
    ("Tibt", "Tibetan"),
    ("Mymr", "Myanmar"),
    ("Geor", "Georgian"),
    ("Hang", "Hangul"),
    ("Ethi", "Ethiopic"),
    ("Khmr", "Khmer"),
    ("Hira", "Hiragana"),
    ("Kana", "Katakana"),
    ("Hani", "Chinese"),
]

/// In the order of their characters.
private let scriptRanges: [(first: UInt32, last: UInt32, script: UInt8)] = [
    (0x370, 0x3FF, 1),
    (0x400, 0x52F, 2),
    (0x531, 0x58F, 3),
    (0x5D0, 0x5F4, 4),
    (0x620, 0x6FF, 5),
    (0x750, 0x77F, 5),
    (0x900, 0x97F, 6),
    (0x980, 0x9FF, 7),
    (0xA00, 0xA7F, 8),
    (0xA80, 0xAFF, 9),
    (0xB00, 0xB7F, 10),
    (0xB80, 0xBFF, 11),
    (0xC00, 0xC7F, 12),
    (0xC80, 0xCFF, 13),
    (0xD00, 0xD7F, 14),
    (0xD80, 0xDFF, 15),
    (0xE01, 0xE5B, 16),
    (0xE80, 0xEFF, 17),
    (0xF00, 0xFFF, 18),
    (0x1000, 0x109F, 19),
    (0x10A0, 0x10FF, 20),
    (0x1100, 0x11FF, 21),
    (0x1200, 0x137F, 22),
    (0x1780, 0x17FF, 23),
    (0x1C90, 0x1CBF, 20),
    (0x1E00, 0x1EFF, 0),
    (0x1F00, 0x1FFF, 1),
    (0x3005, 0x3007, 26),
    (0x3041, 0x309F, 24),
    (0x30A0, 0x30FF, 25),
    (0x3130, 0x318F, 21),
    (0x3400, 0x4DBF, 26),
    (0x4E00, 0x9FFF, 26),
    (0xAC00, 0xD7A3, 21),
    (0xF900, 0xFAFF, 26),
    (0xFB50, 0xFDFB, 5),
    (0xFF21, 0xFF5A, 0),
    (0xFF66, 0xFF9F, 25),
    (0x20000, 0x323AF, 26),
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
        var diagnostics: [Diagnostic] = []
        var previous: Unicode.Scalar?
        var end = -1
        var pending: (scalar: Unicode.Scalar, previous: Unicode.Scalar?, span: Span)?
        func finish(_ next: Unicode.Scalar?) {
            guard let mark = pending else { return }
            pending = nil
            if let diagnostic = diagnostic(mark.scalar, behind: mark.previous, before: next, at: mark.span) {
                diagnostics.append(diagnostic)
            }
        }
        text.scalars { scalar, span in
            // A placeholder lies between.
            if span.start != end {
                finish(nil)
                previous = nil
            }
            finish(scalar)
            switch scalar {
            case "!", "?", ";", ":", ".", ",": pending = (scalar, previous, span)
            default: break
            }
            previous = scalar
            end = span.end
            return diagnostics.count < 4
        }
        finish(nil)
        return diagnostics
    }

    private func diagnostic(
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
            return .missingSpaceBeforeMark("\(mark)", at: span, space: space)
        case .fullWidth:
            guard let wide = fullWidthMarks[mark], behind.value >= 0x3040, behind.properties.isAlphabetic else {
                return nil
            }
            return .narrowMark("\(mark)", wide: wide, at: span)
        }
    }
}

private let fullWidthMarks: [Unicode.Scalar: String] = [
    "!": "！", "?": "？", ".": "。", ",": "、", ":": "：", ";": "；",
]

import ByteText
import CanonicalJSON
import SourceDiagnostics

// Numeric character references (CommonMark, section 2.5) to what no reader can see. cmark resolves them as it reads; what
// an author wrote stands in the source alone, and is looked for there.

/// A numeric character reference as it is written: `&#233;` or `&#xE9;`.
struct NumericReference: Equatable {
    /// From the ampersand to the semicolon.
    var span: Span
    /// What the digits say; at most 0x110000, which stands for all that is beyond Unicode.
    var value: UInt32
    /// Whether there are more digits than CommonMark takes: seven decimal, six hexadecimal ones.
    var isTooLong: Bool

    /// The reference whose ampersand is at `start`; nil when none is there.
    init?(_ source: UnsafeBufferPointer<UInt8>, at start: Int) {
        guard start + 3 < source.count, source[start] == 0x26, source[start + 1] == 0x23 else { return nil }
        var index = start + 2
        let isHexadecimal = source[index] | 0x20 == 0x78
        if isHexadecimal { index += 1 }
        let first = index
        value = 0
        while index < source.count, let digit = NumericReference.digit(source[index], isHexadecimal) {
            value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > first, index < source.count, source[index] == 0x3B else { return nil }
        isTooLong = index - first > (isHexadecimal ? 6 : 7)
        span = Span(start, index + 1)
    }

    private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
        byte.isASCIIDigit || isHexadecimal ? byte.hexadecimalValue.map { UInt32($0) } : nil
    }
}

/// At most this many references of one text are reported.
private let referenceFindingLimit = 20

/// Reports the numeric references of `source` that no text can mean: to code points that are no characters, to controls, to
/// characters that change the direction of a text, and those with too many digits.
///
/// - Parameter tree: what cmark made of the source; inside code, HTML and bare addresses a reference means itself.
func referenceFindings(_ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    var isolates = OpenIsolates()
    var literal: LiteralPlaces?
    func report(_ diagnostic: Diagnostic, isReserved: Bool = false) {
        let places = literal ?? LiteralPlaces(tree, source)
        literal = places
        if !places.hold(diagnostic.primary.span, withAddresses: !isReserved) { findings.append(diagnostic) }
    }
    var index = nextNotable(source, from: 0)
    while index < source.count, findings.count < referenceFindingLimit {
        if source[index] == 0x0A || source[index] == 0x0D {
            for span in isolates.endLine() { report(.unclosedIsolate("text/bidi-control", at: span)) }
        } else if let reference = NumericReference(source, at: index), !isEscaped(source, index) {
            isolates.see(reference.value, at: reference.span)
            if reference.isReserved {
                report(reservedCharacter(at: reference.span), isReserved: true)
            } else if let finding = reference.finding(source) {
                report(finding)
            }
        }
        index = nextNotable(source, from: index + 1)
    }
    for span in isolates.endLine() { report(.unclosedIsolate("text/bidi-control", at: span)) }
    return findings
}

/// The next ampersand or end of a line.
private func nextNotable(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    source.firstIndex(from: start) {
        $0.equal(0x26) | $0.equal(0x0A) | $0.equal(0x0D)
    } where: {
        $0 == 0x26 || $0 == 0x0A || $0 == 0x0D
    }
}

/// Whether an odd number of backslashes stands before `index`.
private func isEscaped(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    var start = index
    while start > 0, source[start - 1] == 0x5C { start -= 1 }
    return (index - start) & 1 == 1
}

/// Where a character reference means itself: code, HTML, and addresses without brackets.
private struct LiteralPlaces {
    private var spans: [Span] = []
    private var addresses: [Span] = []

    init(_ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>) {
        for node in tree.nodes {
            switch node.kind {
            case .code, .htmlBlock, .htmlInline: spans.append(node.span)
            case .codeBlock: addCode(node, tree, source)
            case .link where node.flags.contains(.autolink):
                if node.span.start < source.count, source[node.span.start] != 0x3C { addresses.append(node.span) }
            default: break
            }
        }
    }

    /// A block of code; of one with fences all but the line of the first, whose info string has references.
    private mutating func addCode(_ node: MarkdownNode, _ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>) {
        var start = node.span.start
        if node.flags.contains(.fenced) {
            while start < node.span.end, source[start] != 0x0A, source[start] != 0x0D { start += 1 }
        }
        spans.append(Span(start, node.span.end))
    }

    func hold(_ span: Span, withAddresses: Bool) -> Bool {
        func isOuter(_ place: Span) -> Bool { place.start <= span.start && span.end <= place.end }
        return spans.contains(where: isOuter) || withAddresses && addresses.contains(where: isOuter)
    }
}

/// The finding about a character that stands for a placeholder while a text is compiled.
package func reservedCharacter(at span: Span) -> Diagnostic {
    Diagnostic(
        "text/reserved-character", "the text holds a character from U+100000 to U+10FFFD", at: Label(span),
        notes: ["these are for private use, and stand for placeholders while a text is compiled"],
        fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
}

extension NumericReference {
    /// Whether it stands for a character that is a placeholder's.
    fileprivate var isReserved: Bool {
        !isTooLong && value >= Sentinel.base && value < 0x11_0000 && UnfitCharacter(value) == nil
    }

    /// What is wrong with the reference; nil when it stands for a character that a text may hold.
    fileprivate func finding(_ source: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
        let shown = String(decoding: source[span.start..<span.end].prefix(24), as: UTF8.self)
        let name = "`\(span.length > 24 ? "\(shown)…" : shown)`"
        let replacement = "CommonMark has U+FFFD, the replacement character, in its place"
        if isTooLong { return tooLong(name) }
        switch value {
        case 0: return unfit("\(name) stands for U+0000, which is no part of any text", replacement)
        case 0xD800...0xDFFF: return unfit("\(name) stands for one half of a character, a surrogate", replacement)
        case 0x11_0000...: return unfit("\(name) is beyond the last character, U+10FFFF", replacement)
        case 0x0D, 0x85: return control(name)
        default: break
        }
        switch UnfitCharacter(value) {
        case .noncharacter:
            return unfit(
                "\(name) stands for \(codePoint(value)), which is not a character",
                "programs use it among themselves; readers would see nothing, or a box")
        case .control: return control(name)
        case .directionChange: return .bidiControl("text/bidi-control", value, at: span)
        case .lineSeparator: return .lineSeparator("text/line-separator", value, at: span, note: lineSeparatorNote)
        case .byteOrderMark, nil: return nil
        }
    }

    private func unfit(_ message: String, _ note: String, fixIt: FixIt? = nil) -> Diagnostic {
        Diagnostic(
            "markdown/character-reference", message, at: Label(span), notes: [note],
            fixIts: [fixIt ?? FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// A control character; those from U+0080 on were mostly meant as Windows-1252 has them, and browsers show that.
    private func control(_ name: String) -> Diagnostic {
        let message = "\(name) stands for the control character \(codePoint(value))"
        guard value >= 0x80, let meant = windows1252(value) else {
            return unfit(message, "of the control characters only tab and the ends of lines have a meaning in a text")
        }
        return unfit(
            message, "in Windows-1252 the number is that of `\(meant)`, which browsers show in its place",
            fixIt: FixIt("write `\(meant)`", edits: [Edit(span, String(meant))], .unsafe))
    }

    /// What has too many digits is text, which readers see as it is written.
    private func tooLong(_ name: String) -> Diagnostic {
        var finding = unfit(
            "\(name) has too many digits for a character reference, and is shown as it is",
            "CommonMark takes seven decimal or six hexadecimal digits")
        finding.severity = .warning
        if let scalar = Unicode.Scalar(value), value > 0, UnfitCharacter(value) == nil {
            let form = "&#x\(String(scalar.value, radix: 16, uppercase: true));"
            finding.fixIts = [FixIt("write `\(form)`", edits: [Edit(span, form)], .unsafe)]
        }
        return finding
    }
}

/// Who ends a line at LINE SEPARATOR and the like.
package let lineSeparatorNote =
    "some readers end a line at it and others show nothing; a line ends with a backslash, a paragraph with an empty line"

/// What browsers show for a reference to U+0080 to U+009F (HTML, “numeric character reference end state”).
private func windows1252(_ value: UInt32) -> Character? {
    let characters: [Character?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
    let index = Int(value) - 0x80
    return characters.indices.contains(index) ? characters[index] : nil
}

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
private let referenceDiagnosticLimit = 1_000

/// Reports the numeric references of `source` that no text can mean: to code points that are no characters, to controls, to
/// characters that change the direction of a text, and those with too many digits.
///
/// - Parameter tree: what cmark made of the source; inside code, HTML and bare addresses a reference means itself.
func referenceDiagnostics(_ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var isolates = OpenIsolates()
    var literal: LiteralPlaces?
    func report(_ diagnostic: Diagnostic, isReserved: Bool = false) {
        let places = literal ?? LiteralPlaces(tree, source)
        literal = places
        if !places.hold(diagnostic.primary.span, withAddresses: !isReserved) { diagnostics.append(diagnostic) }
    }
    var index = nextNotable(source, from: 0)
    while index < source.count, diagnostics.count < referenceDiagnosticLimit {
        if source[index] == 0x0A || source[index] == 0x0D {
            for span in isolates.endLine() { report(.unclosedIsolate("text/bidi-control", at: span)) }
        } else if let reference = NumericReference(source, at: index), !isEscaped(source, index) {
            isolates.see(reference.value, at: reference.span)
            if reference.isReserved {
                report(.reservedCharacter(at: reference.span), isReserved: true)
            } else if let diagnostic = Diagnostic.unfitReference(reference, source) {
                report(diagnostic)
            }
        }
        index = nextNotable(source, from: index + 1)
    }
    for span in isolates.endLine() { report(.unclosedIsolate("text/bidi-control", at: span)) }
    return diagnostics
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

extension NumericReference {
    /// Whether it stands for a character that is a placeholder's.
    fileprivate var isReserved: Bool {
        !isTooLong && value >= Sentinel.base && value < 0x11_0000 && UnfitCharacter(value) == nil
    }

}

/// What browsers show for a reference to U+0080 to U+009F (HTML, “numeric character reference end state”).
func windows1252(_ value: UInt32) -> Character? {
    let characters: [Character?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
    let index = Int(value) - 0x80
    return characters.indices.contains(index) ? characters[index] : nil
}

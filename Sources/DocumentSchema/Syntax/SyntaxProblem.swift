import SourceDiagnostics

/// What is wrong with a scalar that has a syntax of its own.
package struct SyntaxProblem: Error, Hashable, Sendable {
    /// The bytes of the text that are wrong.
    package var span: Span
    /// A whole headline, without full stop.
    package var message: String
    package var notes: [String]
    /// The text that was probably meant, whole; nil when that is not clear.
    package var replacement: String?
    /// Whether the form is right and only a number in it is too small or too great.
    package var isRange: Bool

    package init(
        _ span: Span, _ message: String, notes: [String] = [], replacement: String? = nil, isRange: Bool = false
    ) {
        self.span = span
        self.message = message
        self.notes = notes
        self.replacement = replacement
        self.isRange = isRange
    }
}

/// Reads the digits, letters and signs of a short text one after another.
struct SyntaxScanner {
    let bytes: [UInt8]
    var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset >= bytes.count }
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    var whole: Span { Span(0, bytes.count) }
    var rest: Span { Span(offset, bytes.count) }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        offset += 1
        return true
    }

    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset + count <= bytes.count else { return false }
        for index in 0..<count where bytes[offset + index] != text.utf8Start[index] { return false }
        offset += count
        return true
    }

    mutating func skipSpaces() {
        while current == 0x20 { offset += 1 }
    }

    /// A run of digits, as a number; nil when there is none or when it does not fit.
    mutating func number() -> Int64? {
        var value: Int64 = 0
        let start = offset
        while let byte = current, byte >= 0x30, byte <= 0x39 {
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooBigToo) = product.addingReportingOverflow(Int64(byte - 0x30))
            guard !tooBig, !tooBigToo else { return nil }
            value = sum
            offset += 1
        }
        return offset > start ? value : nil
    }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        guard offset + count <= bytes.count else { return nil }
        var value = 0
        for index in 0..<count {
            let byte = bytes[offset + index]
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        offset += count
        return value
    }

    func text(_ span: Span) -> String {
        String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
    }
}

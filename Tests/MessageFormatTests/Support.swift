import MessageFormat
import SourceDiagnostics
import Testing
import UnicodeLocale

/// Checks what the parser reports: ids in order, each with the text that its primary label covers.
func checkDiagnostics(
    _ source: String, _ expected: [(id: String, at: String)], location: SourceLocation = #_sourceLocation
) {
    let found = parseMessage(source).diagnostics
    compare(found, source, expected, location)
}

func compare(
    _ found: [Diagnostic], _ source: String, _ expected: [(id: String, at: String)], _ location: SourceLocation
) {
    let bytes = Array(source.utf8)
    let described = found.map { diagnostic in
        let span = diagnostic.primary.span
        let inside = 0 <= span.start && span.end <= bytes.count
        let text = inside ? String(decoding: bytes[span.start..<span.end], as: UTF8.self) : "(outside)"
        return "\(diagnostic.id) ‘\(text)’"
    }
    #expect(described == expected.map { "mf2/\($0.id) ‘\($0.at)’" }, sourceLocation: location)
}

/// Checks the text that a message is formatted to, in English without a host, and the errors on the way.
func checkFormat(
    _ source: String, _ expected: String, errors: [String] = [], locale: String = "en",
    isolation: BidirectionalIsolation = .none, values: [String: MessageValue] = [:],
    location: SourceLocation = #_sourceLocation
) {
    let parsed = parseMessage(source)
    #expect(parsed.diagnostics.filter { $0.severity == .error }.isEmpty, sourceLocation: location)
    let context = FormattingContext(locale: FormattingLocale(locale), isolation: isolation)
    let formatted = parsed.message.format(in: context) { values[$0] }
    #expect(formatted.text == expected, sourceLocation: location)
    #expect(formatted.errors.map { $0.type.name } == errors, sourceLocation: location)
}

func languageTag(_ text: String) throws -> LanguageTag { try LanguageTag(text) }

import SourceDiagnostics
import Testing

@testable import PlacardPreview

/// What pages say of diagnostics.
@Suite struct PreviewDiagnosticTests {
    @Test func diagnosticsAreCounted() {
        var input = sampleInput(messages: 1, locales: 1)
        input.messages[0].diagnostics = Array(repeating: input.messages[0].diagnostics[0], count: 60)
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        #expect(html.contains("and 10 more"))
    }

    /// What is found in many places is said once, with each place.
    @Test func whatIsFoundInSeveralPlacesIsSaidOnce() {
        var input = sampleInput(messages: 1, locales: 1, text: "Too long")
        let first = input.messages[0].diagnostics[0]
        var second = first
        second.primary.span = .init(0, 3)
        var other = first
        other.message = "Longer"
        input.messages[0].diagnostics = [first, other, second]
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        let file = "content/coffee/message-0.md"
        #expect(
            html.contains(
                "! warning</strong> Too long <code>text/too-long</code><p>Too long</p><p class=\"where\">\(file):1:1</p><p class=\"where\">\(file):2:1</p></li>"
            ), "\(html)")
        #expect(html.split(separator: "<li><strong").count == 3)
    }

    /// A card says which language has a text that is cut.
    @Test(arguments: [
        ("text/too-long", ".fr.md", "l-fr"), ("push/cut-on-ios", ".md", "l-en"), ("text/slip", ".md", ""),
    ])
    func aCardSaysThatATextIsTooLong(id: String, suffix: String, section: String) throws {
        var input = sampleInput(messages: 1, locales: 3)
        input.messages[0].diagnostics = [
            Diagnostic(id, .warning, "x", at: Label(file: "content/coffee/message-0\(suffix)", Span(0, 1)))
        ]
        let html = String(decoding: PreviewSite(input).messagePage(0).bytes, as: UTF8.self)
        let marked = html.split(separator: "<section class=\"loc\" id=\"").dropFirst().filter {
            $0.contains("over length")
        }
        #expect(marked.map { String($0.prefix(4)) } == (section.isEmpty ? [] : [section]))
    }
}

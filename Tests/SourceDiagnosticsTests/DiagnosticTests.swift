import SourceDiagnostics
import Testing

@Test func aMessageIsOneLineWhateverItQuotes() {
    let diagnostic = Diagnostic("a/b", "`one\ntwo\r` is unknown", at: Label(Span(at: 0)))
    #expect(diagnostic.message == "`one␊two␍` is unknown")
    #expect(Diagnostic("a/b", "naïve", at: Label(Span(at: 0))).message == "naïve")
}

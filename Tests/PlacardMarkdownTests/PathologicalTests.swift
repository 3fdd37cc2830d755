import CanonicalJSON
import ConformanceSupport
import PlacardMarkdown
import SourceDiagnostics
import Testing

@Suite struct PathologicalTests {
    /// Each ends, within the limits or with one error that names the limit.
    @Test(.enabled(if: ConformanceData.isPresent), .timeLimit(.minutes(5))) func pathologicalTextsEndInTime() throws {
        let file = "xss/pathological.json"
        guard let cases = try ConformanceData.load(file)?.array else { return }
        let run = ConformanceRun("pathological")
        var wide = MarkdownLimits()
        wide.bytes = 1 << 21
        for testCase in cases {
            var text = ""
            for part in testCase["parts"]?.array ?? [] {
                text += String(repeating: part.array?[0].string ?? "", count: part.array?[1].integer ?? 0)
            }
            // As it is, the size alone would stop most; cut down and with the size let go, the other limits have to.
            let document = parsed(text).document
            let cut = parsed(String(text.prefix(65_000))).document
            let unlimited = parsed(text, limits: wide).document
            var failure: String?
            for document in [document, cut, unlimited] where document.tree == nil && document.diagnostics.count != 1 {
                failure = "neither a tree nor a diagnostic"
            }
            if document.tree == nil, document.diagnostics.first?.id.hasPrefix("markdown/too-") != true {
                failure = "no limit is named"
            }
            run.record(testCase["name"]?.string ?? "", failure: failure)
        }
        #expect(run.finish())
        if let promised = try ConformanceData.count(file) { #expect(run.count == promised) }
    }
}

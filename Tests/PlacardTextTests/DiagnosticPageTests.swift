import Foundation
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// The examples of the pages on texts, links and Markdown, compiled by this module alone.
@Suite struct DiagnosticPageTests {
    static let pages: [String] = {
        let folder =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Documentation/Diagnostics"
        return ["link", "markdown", "text"].flatMap { area in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + area)) ?? []).sorted()
                .compactMap { FileManager.default.contents(atPath: folder + "/" + area + "/" + $0) }
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }()

    @Test func pagesAreThere() {
        #expect(DiagnosticPageTests.pages.count > 35)
    }

    @Test(arguments: pages) func exampleGivesItsDiagnostic(_ page: String) throws {
        let id = String(page.prefix { $0 != "\n" }.dropFirst(2))
        guard let start = page.range(of: "content/example.md\n---\n"),
            let front = page.range(of: "\n---\n", range: start.upperBound..<page.endIndex),
            let end = page.range(of: "\n````", range: front.upperBound..<page.endIndex)
        else {
            #expect(page.contains("\nNo file can show this"))
            return
        }
        let body = String(page[front.upperBound..<end.lowerBound]) + "\n"
        let isConversation = page.contains("conversation: true")
        var environment = try compilerEnvironment()
        if page.contains("blocks: [paragraph]") { environment.blocks = .paragraph }
        if page.contains("min: 20") { environment.minimumLength = 20 }
        let (text, diagnostics) = compileText(
            Array(body.utf8), kind: .document(conversation: isConversation), environment: environment)
        #expect(Set(diagnostics.map(\.id)) == [id], "\(diagnostics.map(\.message))")
        #expect(diagnostics.contains { $0.severity == .error } == (text == nil))
        for diagnostic in diagnostics {
            #expect(!diagnostic.message.hasSuffix("."))
            #expect(diagnostic.primary.span.end <= body.utf8.count)
            check(diagnostic, in: body, environment, isConversation)
        }
    }

    /// Each safe fix, applied, makes its diagnostic go.
    private func check(
        _ diagnostic: Diagnostic, in body: String, _ environment: TextEnvironment, _ isConversation: Bool
    ) {
        for fix in diagnostic.fixIts where fix.applicability == .safe {
            var bytes = Array(body.utf8)
            for edit in fix.edits.sorted(by: { $0.span.start > $1.span.start }) {
                bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
            }
            let again = compileText(bytes, kind: .document(conversation: isConversation), environment: environment)
            #expect(!again.diagnostics.contains { $0.id == diagnostic.id }, "\(fix.title)")
        }
    }
}

/// What the compiler's own tests have for a project.
func compilerEnvironment() throws -> TextEnvironment {
    TextEnvironment(
        variables: [
            "user.country": TextVariable(type: .string, isGuaranteed: true, values: ["US", "CA", "FR", "GB"]),
            "user.segments": TextVariable(type: .list, isGuaranteed: true),
            "user.orders_count": TextVariable(type: .int, isGuaranteed: true),
            "user.first_name": TextVariable(
                type: .string, isGuaranteed: false, examples: ["Zoë", "Maximiliana"]),
            "event.days": TextVariable(type: .int, isGuaranteed: true, examples: ["3"]),
            "app.version": TextVariable(type: .version, isGuaranteed: true),
            "app.platform": TextVariable(type: .string, isGuaranteed: true, values: ["ios", "android", "web"]),
        ], links: LinkPolicy(schemes: ["https", "mailto", "starling"], hosts: ["*.example.com"]),
        locale: try LanguageTag("en"), maximumLength: 400)
}

import ByteText
import CanonicalJSON
import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardPreview

/// Sources on a page, line by line.
@Suite struct SourceViewTests {
    /// The inside of the first source's `<code>`.
    private func code(_ text: String, marks: [Span] = []) throws -> String {
        var input = sampleInput(messages: 1, locales: 1)
        let path = input.messages[0].sources[0].path
        input.messages[0].sources[0].text = Array(text.utf8)
        input.messages[0].diagnostics = marks.map { Diagnostic("a/b", .warning, "c", at: Label(file: path, $0)) }
        var page = ByteBuffer(capacity: 0)
        SourceView(message: input.messages[0]).write(into: &page)
        let html = String(decoding: page.bytes, as: UTF8.self)
        let start = try #require(html.range(of: "<code>")).upperBound
        return String(html[start...].prefix(upTo: try #require(html.range(of: "</code>")).lowerBound))
    }

    @Test(arguments: [
        ("a", "<i></i>a\n"), ("a\n", "<i></i>a\n"), ("a\n\n", "<i></i>a\n<i></i>\n"),
        ("a\r\nb\rc\n\nd", "<i></i>a\n<i></i>b\n<i></i>c\n<i></i>\n<i></i>d\n"), ("\n\r", "<i></i>\n<i></i>\n"),
        ("a\r", "<i></i>a\n"), ("<&>\"'\t\u{1}\u{7F}é", "<i></i>&lt;&amp;&gt;&quot;&#39;\t\u{FFFD}\u{FFFD}é\n"),
        ("12345678\r\n12345678<\r\n", "<i></i>12345678\n<i></i>12345678&lt;\n"),
    ])
    func eachLineHasANumber(_ text: String, _ expected: String) throws {
        #expect(try code(text) == expected)
        // With a mark each line is written by itself; what is around the mark stays the same.
        let marked = try code(text, marks: [Span(0, 1)])
        let unmarked = marked.replacing("<mark>", with: "").replacing("</mark>", with: "")
        #expect(unmarked == expected)
    }

    /// A text that is cut between CR and LF, and one that is cut in a line.
    @Test func longSourcesAreCut() throws {
        let limit = SourceView.maximumBytes
        let line = String(repeating: "x", count: limit - 1)
        #expect(try code(line + "\r\ny") == "<i></i>\(line)\n")
        #expect(try code(line + "yz") == "<i></i>\(line)y\n")
    }
}

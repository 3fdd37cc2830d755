import CanonicalJSON
import DiagnosticRendering
import SourceDiagnostics
import Testing

/// One diagnostic in a file with wide characters, with everything that a diagnostic can have.
let sampleFiles = ["content/été 1:2.md": Array("---\r\ntitle: 😀é, b\r\n---\r\n".utf8)]
let sample = Diagnostic(
    "front-matter/unknown-key", .error, "unknown key `b`, 100% {sure}",
    at: Label(file: "content/été 1:2.md", Span(20, 21), "not [a](1) key"),
    secondary: [Label(file: "content/été 1:2.md", Span(5, 10), "its neighbour"), Label(file: "gone.md", Span(3, 4))],
    notes: ["keys are: a, c\nand no more"],
    fixIts: [
        FixIt("write `a`", edits: [Edit(file: "content/été 1:2.md", Span(20, 21), "a")], .safe),
        FixIt("an example", edits: [Edit(file: "content/été 1:2.md", Span(20, 21), "…")], .displayOnly),
    ])

@Suite struct `JSON form` {
    @Test func `one canonical document with columns in three units`() throws {
        let bytes = render([sample], files: sampleFiles, as: .json, options: RenderingOptions(pathPrefix: "app/")).bytes
        #expect(bytes.last == 0x0A)
        let document = try JSONValue(parsing: Array(bytes.dropLast()))
        #expect(document.canonicalBytes == Array(bytes.dropLast()))
        let start: JSONValue = ["offset": 20, "line": 2, "column": ["utf8": 16, "utf16": 13, "scalar": 12]]
        let end: JSONValue = ["offset": 21, "line": 2, "column": ["utf8": 17, "utf16": 14, "scalar": 13]]
        let file: JSONValue = "app/content/été 1:2.md"
        let title: JSONValue = [
            "start": ["offset": 5, "line": 2, "column": ["utf8": 1, "utf16": 1, "scalar": 1]],
            "end": ["offset": 10, "line": 2, "column": ["utf8": 6, "utf16": 6, "scalar": 6]],
        ]
        let expected: JSONValue = [
            "schema": "placard/diagnostics/1",
            "summary": ["errors": 1, "warnings": 0, "notes": 0],
            "diagnostics": [
                [
                    "id": "front-matter/unknown-key", "severity": "error", "message": "unknown key `b`, 100% {sure}",
                    "location": ["file": file, "span": ["start": start, "end": end], "text": "not [a](1) key"],
                    "related": [
                        ["file": file, "span": title, "text": "its neighbour"],
                        ["file": "app/gone.md", "span": ["start": ["offset": 3], "end": ["offset": 4]], "text": ""],
                    ],
                    "notes": ["keys are: a, c\nand no more"],
                    "fixes": [
                        [
                            "title": "write `a`", "applicability": "safe",
                            "edits": [["file": file, "span": ["start": start, "end": end], "replacement": "a"]],
                        ],
                        [
                            "title": "an example", "applicability": "display-only",
                            "edits": [["file": file, "span": ["start": start, "end": end], "replacement": "…"]],
                        ],
                    ],
                ]
            ],
        ]
        #expect(document == expected)
    }

    @Test func `no diagnostic is a document too`() {
        #expect(
            text(render([], files: [:], as: .json)) == #"""
                {"diagnostics":[],"schema":"placard/diagnostics/1","summary":{"errors":0,"notes":0,"warnings":0}}

                """#)
    }
}

@Suite struct `GitHub form` {
    @Test func `properties and data are escaped`() {
        let bytes = render([sample], files: sampleFiles, as: .github, options: RenderingOptions(pathPrefix: "a,b/"))
        #expect(
            text(bytes) == """
                ::error file=a%2Cb/content/été 1%3A2.md,line=2,endLine=2,col=13,endColumn=14,\
                title=front-matter/unknown-key::unknown key `b`, 100%25 {sure}%0A\
                here: not [a](1) key%0Anote: keys are: a, c%0Aand no more%0Afix: write `a`%0Afix: an example

                """)
    }

    @Test func `columns only within a line; no file; other severities; hostile text`() {
        let long = Diagnostic("a/b", .warning, "x\n::stop-commands::t\u{1B}", at: Label(file: "f", Span(0, 3)))
        let nowhere = Diagnostic("a/c", .note, "y", at: Label(Span(0, 0)))
        #expect(
            text(render([long, nowhere], files: ["f": Array("1\n2\n".utf8)], as: .github)) == """
                ::warning file=f,line=1,endLine=2,title=a/b::x␊::stop-commands::t␛
                ::notice title=a/c::y

                """)
        #expect(render([], files: [:], as: .github).isEmpty)
    }
}

@Suite struct `Summary line` {
    private func diagnostic(_ severity: Severity, _ file: String) -> Diagnostic {
        Diagnostic("a/b", severity, "c", at: Label(file: file, Span(0, 0)))
    }

    @Test func `counts with their nouns`() {
        #expect(summaryLine([]) == "no diagnostics")
        #expect(summaryLine([diagnostic(.error, "")]) == "1 error")
        #expect(
            summaryLine([
                diagnostic(.warning, "a"), diagnostic(.error, "b"), diagnostic(.error, "a"), diagnostic(.note, "b"),
            ])
                == "2 errors, 1 warning, 1 note in 2 files")
        #expect(summaryLine([diagnostic(.warning, "a")]) == "1 warning in 1 file")
    }
}

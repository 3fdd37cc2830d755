import PlacardText
import SourceDiagnostics
import Testing

/// Names of variables that a text shows as letters, with what the fix-it makes of the text.
@Suite struct UnmarkedVariableTests {
    private func found(_ text: String, kind: TextKind) throws -> [Diagnostic] {
        let environment = try exampleEnvironment {
            if kind == .plain { $0.formats = .text }
        }
        return compileText(Array(text.utf8), kind: kind, environment: environment).diagnostics
    }

    @Test(arguments: [
        ("{{$user.city}}", "{{{$user.city}}}"), ("{{Hi $user.city}}", "{{Hi {$user.city}}}"),
        ("Hi $user.city", "Hi {$user.city}"), ("Hi $user.city.", "Hi {$user.city}."),
        ("{$user.city} or $user.city", "{$user.city} or {$user.city}"),
        ("{user.city}", "{$user.city}"), ("Hi { user.citty }", "Hi { $user.city }"),
    ])
    func anUnmarkedVariableIsReported(_ text: String, _ fixed: String) throws {
        for kind in [TextKind.plain, .inline] {
            let diagnostics = try found(text, kind: kind)
            #expect(diagnostics.map(\.id) == ["text/unmarked-variable"], "\(text)")
            guard let edit = diagnostics.first?.fixIts.first?.edits.first else { continue }
            var bytes = Array(text.utf8)
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
            #expect(String(decoding: bytes, as: UTF8.self) == fixed)
            #expect(try found(fixed, kind: kind).isEmpty)
        }
    }

    @Test(arguments: ["Hi {there}", "{42}", "Order {n0}"])
    func aWordThatMeansNothingIsReportedWithoutAFix(_ text: String) throws {
        let diagnostics = try found(text, kind: .plain)
        #expect(diagnostics.map(\.id) == ["text/unmarked-variable"])
        #expect(diagnostics.first?.fixIts.isEmpty == true)
    }

    @Test(arguments: [
        "{|user.city|}", "{|$user.city|}", "{|there|}", "$5 a month", "Hi $user", "$user.cityhall", "{$user.city}", "$",
        "{user.city :string}", "user.city", "\\{$user.city\\}", "\\{\\{$user.city\\}\\}",
    ])
    func isNotReported(_ text: String) throws {
        #expect(try !found(text, kind: .plain).contains { $0.id == "text/unmarked-variable" })
    }
}

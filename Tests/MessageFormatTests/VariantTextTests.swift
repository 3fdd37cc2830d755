import MessageFormat
import SourceDiagnostics
import Testing

/// Variants whose text lacks braces: one diagnostic for each, and what its fix makes of it.
@Suite struct VariantTextTests {
    private static let one = ".input {$n :integer}\n.match $n\n"
    private static let two = ".input {$n :integer}\n.input {$s :string}\n.match $s $n\n"

    private func fixes(_ source: String) -> (diagnostics: [Diagnostic], fixed: String) {
        let diagnostics = parseMessageOutline(Array(source.utf8)).diagnostics
        var bytes = Array(source.utf8)
        for edit in diagnostics.flatMap(\.fixIts).flatMap(\.edits).sorted(by: { $1.span < $0.span }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        return (diagnostics, String(decoding: bytes, as: UTF8.self))
    }

    @Test(arguments: [
        (
            one + "1   Your free month ends **tomorrow**.\n*   {{Soon}}",
            one + "1   {{Your free month ends **tomorrow**.}}\n*   {{Soon}}"
        ),
        (one + "1 {{Soon}}\n* It ends in {$n} days!  \n", one + "1 {{Soon}}\n* {{It ends in {$n} days!}}  \n"),
        (one + "1 {Your month}\n* {{Soon}}", one + "1 {{Your month}}\n* {{Soon}}"),
        (one + "1 {Your {$n} days}\n* {Soon}", one + "1 {{Your {$n} days}}\n* {{Soon}}"),
        (one + "1 {One} * {{Many}}", one + "1 {{One}} * {{Many}}"),
        (one + "1 {$n}\n* {{Soon}}", one + "1 {{{$n}}}\n* {{Soon}}"),
        (one + "1 {\nYour month\n}\n* {{Soon}}", one + "1 {{\nYour month\n}}\n* {{Soon}}"),
        (one + "1 {{Your month}\n* {{Soon}}", one + "1 {{Your month}}\n* {{Soon}}"),
        (one + "1 {{Your {$n}}\n* {{Soon}", one + "1 {{Your {$n}}}\n* {{Soon}}"),
        (two + "a 1 Your month\n* * {{Soon}}", two + "a 1 {{Your month}}\n* * {{Soon}}"),
    ])
    func isPutInBraces(_ source: String, _ wanted: String) {
        let (diagnostics, fixed) = fixes(source)
        #expect(diagnostics.allSatisfy { ["mf2/malformed-variant", "mf2/unclosed-pattern"].contains($0.id) })
        #expect(diagnostics.flatMap(\.fixIts).allSatisfy { $0.applicability == .unsafe })
        #expect(fixed == wanted)
        #expect(parseMessage(fixed).diagnostics.map(\.message) == [])
    }

    @Test(arguments: [
        two + "a Your month ends **tomorrow**.\n* * {{Soon}}", one + "1 One * Many **things**",
        one + "1 Your {month\n* {{Soon}}",
    ])
    func isReportedOnceWhereItsPlaceIsNotPlain(_ source: String) {
        let (diagnostics, _) = fixes(source)
        #expect(diagnostics.map(\.id) == ["mf2/malformed-variant"])
        #expect(diagnostics.flatMap(\.fixIts).isEmpty)
    }

    @Test(arguments: [
        one + "1 2\n{{Soon}}\n* {{Soon}}", one + "1\nYour month **ends**.\n* {{Soon}}",
        one + "1 a*b {{Soon}}\n* {{Soon}}",
    ])
    func noSafeFixMakesKeysOfWords(_ source: String) {
        let (diagnostics, fixed) = fixes(source)
        #expect(diagnostics.count == 1)
        #expect(fixed == source)
    }

    @Test(arguments: [
        one + "1\n{{Soon}}\n*\n{{Later}}", one + "1 {{A\n{$n} b}}\n* {{Later}}", one + "1 {{{$n}\n* {$n} x}} * {{}}",
        one + "1{{Soon}}*{{Later}}", one + "1 {{A {|}|}\n* b}}\n* {{Later}}",
    ])
    func isNoFalseAlarm(_ source: String) {
        #expect(fixes(source).diagnostics.map(\.message) == [])
    }

    @Test(arguments: [
        (".input {n :integer}\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input $n :integer}\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input $n :integer\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input [$n :integer]\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input ($n :integer}\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input ${n :integer}\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input {{$n :integer}\n.match $n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".input {$n :integer}\n.match n\n* {{}}", ".input {$n :integer}\n.match $n\n* {{}}"),
        (".local n = {1 :integer}\n.match $n\n* {{}}", ".local $n = {1 :integer}\n.match $n\n* {{}}"),
        (".local $n {1 :integer}\n.match $n\n* {{}}", ".local $n = {1 :integer}\n.match $n\n* {{}}"),
        (".local $n = $m :integer}\n.match $n\n* {{}}", ".local $n = {$m :integer}\n.match $n\n* {{}}"),
    ])
    func aSignOfADeclarationThatIsMissingIsWritten(_ source: String, _ wanted: String) {
        let parsed = parseMessage(Array(source.utf8))
        var bytes = Array(source.utf8)
        for edit in (parsed.diagnostics.first?.fixIts.first?.edits ?? []).sorted(by: { $1.span < $0.span }) {
            bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == wanted)
        #expect(parseMessage(bytes).diagnostics.map(\.message) == [])
    }
}

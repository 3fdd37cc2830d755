import LocatedYAML
import SourceDiagnostics
import Testing

/// One file, and the diagnostics it must give: `severity id “bytes under the caret”`.
struct DiagnosticCase: Sendable, CustomTestStringConvertible {
    var yaml: String
    var diagnostics: [String]

    init(_ yaml: String, _ diagnostics: String...) {
        self.yaml = yaml
        self.diagnostics = diagnostics
    }

    var testDescription: String { yaml.debugDescription }
}

/// U+FDD0, which Swift's literals cannot hold.
private let noncharacter = String(decoding: [0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self)

@Suite struct DiagnosticTests {
    @Test(arguments: [
        DiagnosticCase("audience: !user.x\n", "error yaml/unquoted-value “!user.x”"),
        DiagnosticCase("audience: !user.x && user.y\n", "error yaml/unquoted-value “!user.x && user.y”"),
        DiagnosticCase("audience: !(a || b)\n", "error yaml/unquoted-value “!(a || b)”"),
        DiagnosticCase("audience: \"a\" in user.b\n", "error yaml/unquoted-value “in user.b”"),
        DiagnosticCase("title: \"Hello\" world\n", "error yaml/unquoted-value “world”"),
        DiagnosticCase("title: @home\n", "error yaml/unquoted-value “@home”"),
        DiagnosticCase("title: `x`\n", "error yaml/unquoted-value “`x`”"),
        DiagnosticCase("title: %d off\n", "error yaml/unquoted-value “%d off”"),
        DiagnosticCase("title: & co\n", "error yaml/unquoted-value “& co”"),
        DiagnosticCase("title: *star* words\n", "error yaml/unquoted-value “*star* words”"),
        DiagnosticCase("title: [Sale] today\n", "error yaml/unquoted-value “[Sale] today”"),
        DiagnosticCase("title: {$name}, hello\n", "error yaml/unquoted-value “{$name}, hello”"),
        DiagnosticCase("title: Sale: 50% off\n", "error yaml/unquoted-value “Sale: 50% off”"),
        DiagnosticCase("when: a ? b : c # why\n", "error yaml/unquoted-value “a ? b : c”"),
        DiagnosticCase("a: [{b: Sale: now}]\n", "error yaml/unquoted-value “Sale: now”"),
    ])
    func valuesThatNeedQuotes(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test(arguments: [
        DiagnosticCase("a: {b: c}}\n", "error yaml/unclosed-bracket “}”"),
        DiagnosticCase("a: [b, c]]]  # d\n", "error yaml/unclosed-bracket “]]”"),
        DiagnosticCase("a:\n  - {b: {c: d}}}\n", "error yaml/unclosed-bracket “}”"),
        DiagnosticCase("a: {b:c}\n", "error yaml/missing-colon “b:c”"),
        DiagnosticCase("a: {b: c, d:e}\n", "error yaml/missing-colon “d:e”"),
        DiagnosticCase("a: {{b: c}}\n", "error yaml/non-string-key “{b: c}”"),
        DiagnosticCase("a: {http://b}\n", "warning yaml/missing-value “http://b”"),
    ])
    func bracesAndColonsTooManyAndTooFew(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test func bracesAndColonsAreFixed() {
        #expect(fixed("a: {b: c}}\n") == "a: {b: c}\n")
        #expect(fixed("a: [b, c]]]  # d\n") == "a: [b, c]  # d\n")
        #expect(fixed("a: {b:c, d: e, f:g h}\n") == "a: {b: c, d: e, f: g h}\n")
        #expect(fixed("a: {{b: c}}\n") == "a: {b: c}\n")
        #expect(fixed("a:b\nc:d\n") == "a: b\nc: d\n")
    }

    @Test func quotingKeepsTheExpression() {
        #expect(fixed("audience: \"a\" in user.b # why\n") == "audience: '\"a\" in user.b' # why\n")
        #expect(fixed("audience: !user.x\n") == "audience: \"!user.x\"\n")
        #expect(fixed("title: it's: so\n") == "title: \"it's: so\"\n")
    }

    @Test(arguments: [
        DiagnosticCase("a: 1\nb: 2\na: 3\n", "error yaml/duplicate-key “a”"),
        DiagnosticCase("a: {b: 1, 'b': 2}\n", "error yaml/duplicate-key “'b'”"),
        DiagnosticCase("é: 1\ne\u{301}: 2\n", "warning yaml/similar-keys “e\u{301}”"),
        DiagnosticCase("a: 1\n\"\\x61\": 2\n", "error yaml/duplicate-key “\"\\x61\"”"),
        DiagnosticCase("K: 1\n\"\\u212A\": 2\nb: 3\n", "warning yaml/similar-keys “\"\\u212A\"”"),
        DiagnosticCase("\"\\u212A\": 1\nK: 2\n", "warning yaml/similar-keys “K”"),
        DiagnosticCase("1: x\n", "error yaml/non-string-key “1”"),
        DiagnosticCase("true: x\n", "error yaml/non-string-key “true”"),
        DiagnosticCase("? [a]\n: x\n", "error yaml/non-string-key “[a]”"),
        DiagnosticCase("__proto__: 1\n", "error yaml/reserved-key “__proto__”"),
        DiagnosticCase("ti\u{200B}tle: x\n", "error yaml/invisible-character “\u{200B}”"),
        DiagnosticCase("a:\n\u{A0} b: 1\n", "error yaml/not-a-space “\u{A0}”"),
        DiagnosticCase("a:\u{3000}x\n", "error yaml/not-a-space “\u{3000}”"),
        DiagnosticCase("a: {b, c: 1}\n", "warning yaml/missing-value “b”"),
    ])
    func keysThatAreNotWhatTheySeemAreReported(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test func aDuplicatePointsBackAtTheFirst() throws {
        let diagnostic = try #require(parseYAML(Array("a: 1\nb: 2\na: 3\n".utf8)).diagnostics.first)
        #expect(diagnostic.secondary.map(\.span) == [Span(0, 1)])
    }

    @Test func manyKeysAreComparedFast() throws {
        let yaml = (0..<20_000).map { "k\($0): 1\n" }.joined() + "k7: 2\n"
        let (node, diagnostics) = parseYAML(Array(yaml.utf8))
        #expect(node?.mapping?.count == 20_000)
        #expect(diagnostics.map(\.id) == ["yaml/duplicate-key"])
    }

    @Test(arguments: [
        DiagnosticCase("a: yes\n", "warning yaml/ambiguous-scalar “yes”"),
        DiagnosticCase("a: NO\n", "warning yaml/ambiguous-scalar “NO”"),
        DiagnosticCase("no: 1\n", "warning yaml/ambiguous-scalar “no”"),
        DiagnosticCase("y: 1\n"),
        DiagnosticCase("a: 12:30\n", "warning yaml/ambiguous-scalar “12:30”"),
        DiagnosticCase("a: 08:00-21:00\n"),
        DiagnosticCase("a: 1_000\n", "warning yaml/ambiguous-scalar “1_000”"),
        DiagnosticCase("a: 0123\n", "warning yaml/ambiguous-scalar “0123”"),
        DiagnosticCase("a: 1.10\n", "warning yaml/ambiguous-scalar “1.10”"),
        DiagnosticCase("a: 1.0\n"),
        DiagnosticCase("a: 3.4.0\n"),
        DiagnosticCase("a: 9007199254740993\n", "warning yaml/imprecise-integer “9007199254740993”"),
        DiagnosticCase("a: 99999999999999999999\n", "error yaml/number-out-of-range “99999999999999999999”"),
        DiagnosticCase("a: .inf\n", "error yaml/number-out-of-range “.inf”"),
        DiagnosticCase("a: Win a #1 prize\n", "warning yaml/comment-in-value “#1 prize”"),
        DiagnosticCase("a: #ff0000\n", "warning yaml/comment-in-value “#ff0000”"),
        DiagnosticCase("a: b # c\n"),
        DiagnosticCase("a: 'b'#c\n", "error yaml/comment-gap “#”"),
        DiagnosticCase("a: [b]#c\n", "error yaml/comment-gap “#”"),
        DiagnosticCase("a: [b] #c\n"),
        DiagnosticCase("a: 'yes'\n"),
    ])
    func valuesThatSurprise(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test(arguments: [
        DiagnosticCase("a:\n\tb: 1\n", "error yaml/tab “\t”"),
        DiagnosticCase("a: 1\n b: 2\n", "error yaml/indentation “b: 2”"),
        DiagnosticCase("a:\n    b: 1\n  c: 2\n", "error yaml/indentation “c: 2”"),
        DiagnosticCase("a: x\n- b\n", "error yaml/list-after-keys “- b”"),
        DiagnosticCase("a: x\nstray\n", "error yaml/missing-colon “stray”"),
        DiagnosticCase("a: x\nb:1\n", "error yaml/missing-colon “b:1”"),
        DiagnosticCase("a:x\nb: 1\n", "error yaml/missing-colon “a:x”"),
        DiagnosticCase("a:x\nb:y\nc: 1\n", "error yaml/missing-colon “a:x”"),
        DiagnosticCase("# c\n\na:x y\n\nb:\n  c: 1\n", "error yaml/missing-colon “a:x y”"),
        DiagnosticCase("a:x\nb:\n- c\n", "error yaml/missing-colon “a:x”"),
        DiagnosticCase("a x\nb: 1\n", "error yaml/missing-colon “a x”"),
        DiagnosticCase("a:\n  b:x\n  c: 1\n", "error yaml/missing-colon “b:x”"),
        DiagnosticCase("a:\n- b:x\n  c: 1\n", "error yaml/missing-colon “b:x”"),
        DiagnosticCase("a: x\n  y\n  b: 1\n", "error yaml/indentation “b”"),
        DiagnosticCase("a: |\nHello\n", "error yaml/block-text-indentation “Hello”"),
        DiagnosticCase("a: |\n      \n  Hello\n", "error yaml/block-text-indentation “      ”"),
        DiagnosticCase("a: [b, c\nd: e\n", "error yaml/unclosed-bracket “[”"),
        DiagnosticCase("a: {b: c\nd: e\n", "error yaml/unclosed-bracket “{”"),
        DiagnosticCase("a: [b,,c]\n", "error yaml/empty-entry “,”"),
        DiagnosticCase("a: {\n  b: 1\n  c: 2\n}\n", "error yaml/missing-comma “:”"),
        DiagnosticCase("a: \"b\nc: d\n", "error yaml/unclosed-quote “\"”"),
        DiagnosticCase("a: 'it's\n", "error yaml/unquoted-value “s”"),
        DiagnosticCase("a: \"C:\\Users\"\n", "error yaml/invalid-escape “\\U”"),
        DiagnosticCase("a: \"\\ud83d\"\n", "error yaml/invalid-escape “\\ud83d”"),
        DiagnosticCase("%YAML 1.1\n---\na: 1\n", "error yaml/directive “%YAML 1.1”"),
        DiagnosticCase("a: 1\n---\nb: 2\n", "error yaml/multiple-documents “---”"),
        DiagnosticCase("- a\n- b\n", "error yaml/not-a-mapping “- a”"),
        DiagnosticCase("just text\n", "error yaml/not-a-mapping “just text”"),
    ])
    func brokenSyntaxIsOneMistakeThatPeopleMake(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test(arguments: [
        DiagnosticCase("a: &x 1\nb: *x\n", "warning yaml/alias “*x”"),
        DiagnosticCase("a: *x\nb: &x 1\n", "error yaml/unknown-alias “*x”"),
        DiagnosticCase("a: *x\n", "error yaml/unknown-alias “*x”"),
        DiagnosticCase("a: &x [*x]\n", "error yaml/recursive-alias “*x”"),
        DiagnosticCase("a: &x {b: 1}\nc:\n  <<: *x\n", "warning yaml/merge-key “<<”", "warning yaml/alias “*x”"),
        DiagnosticCase("a: {<<: 1}\n", "error yaml/invalid-merge “1”"),
        DiagnosticCase("a: !!set {b: 1}\n", "error yaml/unknown-tag “!!set”"),
        DiagnosticCase("a: !!int abc\n", "error yaml/tag-mismatch “abc”"),
        DiagnosticCase("a: !!str [b]\n", "error yaml/tag-mismatch “!!str”"),
        DiagnosticCase("a: !<tag:x.y,2000:z> b\n", "error yaml/unknown-tag “!<tag:x.y,2000:z>”"),
        DiagnosticCase("a: !<x,!y>\n  - b\n", "error yaml/unknown-tag “!<x,!y>”"),
        DiagnosticCase("a: !<tag:yaml.org,2002:int>\n  b\n", "error yaml/tag-mismatch “b”"),
        DiagnosticCase(
            "a: !<tag:yaml.org,2002:str> # c\n  {b: 1}\n", "error yaml/tag-mismatch “!<tag:yaml.org,2002:str>”"),
        DiagnosticCase("a: !<tag:yaml.org,2002:int> 12\nb: !!str \"c\"\n"),
    ])
    func aliasesAndTags(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }

    @Test func mergedKeysStandWhereTheMergeStood() {
        let yaml = "a: &a {x: 1, y: 2}\nb: &b {y: 5, z: 6}\nc: {w: 0, <<: [*a, *b], z: 9}\n"
        let keys = parseYAML(Array(yaml.utf8)).node?["c"]?.mapping?.map { "\($0.key.text ?? "")\($0.value.text ?? "")" }
        #expect(keys == ["w0", "x1", "y2", "z9"])
    }

    @Test(arguments: [
        DiagnosticCase("a: x\u{0}y\n", "error yaml/control-character “\u{0}”"),
        DiagnosticCase("a: x\u{FFFF}y\n", "error yaml/control-character “\u{FFFF}”"),
        DiagnosticCase("a: x\u{85}y\n", "warning yaml/line-separator “\u{85}”"),
        DiagnosticCase("a: x\u{FEFF}y\n", "warning yaml/byte-order-mark “\u{FEFF}”"),
        DiagnosticCase("a: x\u{202E}y\n", "warning yaml/bidi-control “\u{202E}”"),
        DiagnosticCase("a: x\u{2067}y\n", "warning yaml/bidi-control “\u{2067}”"),
        DiagnosticCase("a: x\u{2067}y\u{2069}z\n"),
        DiagnosticCase("a: x\(noncharacter)y\n", "error yaml/control-character “\(noncharacter)”"),
        DiagnosticCase(
            "a: x\u{1FFFE}y\u{10FFFF}\n", "error yaml/control-character “\u{1FFFE}”",
            "error yaml/control-character “\u{10FFFF}”"),
        DiagnosticCase("a: x\u{1F3FD}\u{1FFFD}\u{EFFFD}\u{FDCF}\u{FDF0}\n"),
        DiagnosticCase("a: \"x\\ay\"\n", "warning yaml/escaped-control “\\a”"),
        DiagnosticCase(
            "a: !!str \"x\\\\\\x00\\u202Ey\"\n", "warning yaml/escaped-control “\\x00”",
            "warning yaml/escaped-control “\\u202E”"),
        DiagnosticCase(
            "a: \"\\uFFFE \\U0001FFFF \\x80 \\r\"\n", "warning yaml/escaped-control “\\uFFFE”",
            "warning yaml/escaped-control “\\U0001FFFF”", "warning yaml/escaped-control “\\x80”",
            "warning yaml/escaped-control “\\r”"),
        DiagnosticCase("a: \"\\u00e9 \\_ \\U0001F600 \\u2066x\\u2069\"\n"),
        DiagnosticCase("a: \"x\\ty\\n\"\n"),
    ])
    func charactersThatNobodySeesAreReported(_ test: DiagnosticCase) {
        check(test.yaml, gives: test.diagnostics)
    }
}

@Test func aPercentSignBeforeAKeyIsRemovedAndTheKeyStays() {
    check("a: 1\n%b: 2\n", gives: ["error yaml/directive “%b: 2”"])
    #expect(fixed("a: 1\n%b: 2\n") == "a: 1\nb: 2\n")
    #expect(fixed("%YAML 1.1\n---\na: 1\n") == "\n---\na: 1\n")
}

import LocatedYAML
import SourceDiagnostics
import Testing

/// One file, and the findings it must give: `severity id “bytes under the caret”`.
struct FindingCase: Sendable, CustomTestStringConvertible {
    var yaml: String
    var findings: [String]

    init(_ yaml: String, _ findings: String...) {
        self.yaml = yaml
        self.findings = findings
    }

    var testDescription: String { yaml.debugDescription }
}

/// U+FDD0, which Swift's literals cannot hold.
private let noncharacter = String(decoding: [0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self)

@Suite struct FindingTests {
    @Test(arguments: [
        FindingCase("audience: !user.x\n", "error yaml/unquoted-value “!user.x”"),
        FindingCase("audience: !user.x && user.y\n", "error yaml/unquoted-value “!user.x && user.y”"),
        FindingCase("audience: !(a || b)\n", "error yaml/unquoted-value “!(a || b)”"),
        FindingCase("audience: \"a\" in user.b\n", "error yaml/unquoted-value “in user.b”"),
        FindingCase("title: \"Hello\" world\n", "error yaml/unquoted-value “world”"),
        FindingCase("title: @home\n", "error yaml/unquoted-value “@home”"),
        FindingCase("title: `x`\n", "error yaml/unquoted-value “`x`”"),
        FindingCase("title: %d off\n", "error yaml/unquoted-value “%d off”"),
        FindingCase("title: & co\n", "error yaml/unquoted-value “& co”"),
        FindingCase("title: *star* words\n", "error yaml/unquoted-value “*star* words”"),
        FindingCase("title: [Sale] today\n", "error yaml/unquoted-value “[Sale] today”"),
        FindingCase("title: {$name}, hello\n", "error yaml/unquoted-value “{$name}, hello”"),
        FindingCase("title: Sale: 50% off\n", "error yaml/unquoted-value “Sale: 50% off”"),
        FindingCase("when: a ? b : c # why\n", "error yaml/unquoted-value “a ? b : c”"),
        FindingCase("a: [{b: Sale: now}]\n", "error yaml/unquoted-value “Sale: now”"),
    ])
    func valuesThatNeedQuotes(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
    }

    @Test func quotingKeepsTheExpression() {
        #expect(fixed("audience: \"a\" in user.b # why\n") == "audience: '\"a\" in user.b' # why\n")
        #expect(fixed("audience: !user.x\n") == "audience: \"!user.x\"\n")
        #expect(fixed("title: it's: so\n") == "title: \"it's: so\"\n")
    }

    @Test(arguments: [
        FindingCase("a: 1\nb: 2\na: 3\n", "error yaml/duplicate-key “a”"),
        FindingCase("a: {b: 1, 'b': 2}\n", "error yaml/duplicate-key “'b'”"),
        FindingCase("é: 1\ne\u{301}: 2\n", "warning yaml/similar-keys “e\u{301}”"),
        FindingCase("a: 1\n\"\\x61\": 2\n", "error yaml/duplicate-key “\"\\x61\"”"),
        FindingCase("K: 1\n\"\\u212A\": 2\nb: 3\n", "warning yaml/similar-keys “\"\\u212A\"”"),
        FindingCase("\"\\u212A\": 1\nK: 2\n", "warning yaml/similar-keys “K”"),
        FindingCase("1: x\n", "error yaml/non-string-key “1”"),
        FindingCase("true: x\n", "error yaml/non-string-key “true”"),
        FindingCase("? [a]\n: x\n", "error yaml/non-string-key “[a]”"),
        FindingCase("__proto__: 1\n", "error yaml/reserved-key “__proto__”"),
        FindingCase("ti\u{200B}tle: x\n", "error yaml/invisible-character “\u{200B}”"),
        FindingCase("a:\n\u{A0} b: 1\n", "error yaml/not-a-space “\u{A0}”"),
        FindingCase("a:\u{3000}x\n", "error yaml/not-a-space “\u{3000}”"),
        FindingCase("a: {b, c: 1}\n", "warning yaml/missing-value “b”"),
    ])
    func keys(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
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
        FindingCase("a: yes\n", "warning yaml/ambiguous-scalar “yes”"),
        FindingCase("a: NO\n", "warning yaml/ambiguous-scalar “NO”"),
        FindingCase("no: 1\n", "warning yaml/ambiguous-scalar “no”"),
        FindingCase("y: 1\n"),
        FindingCase("a: 12:30\n", "warning yaml/ambiguous-scalar “12:30”"),
        FindingCase("a: 08:00-21:00\n"),
        FindingCase("a: 1_000\n", "warning yaml/ambiguous-scalar “1_000”"),
        FindingCase("a: 0123\n", "warning yaml/ambiguous-scalar “0123”"),
        FindingCase("a: 1.10\n", "warning yaml/ambiguous-scalar “1.10”"),
        FindingCase("a: 1.0\n"),
        FindingCase("a: 3.4.0\n"),
        FindingCase("a: 9007199254740993\n", "warning yaml/imprecise-integer “9007199254740993”"),
        FindingCase("a: 99999999999999999999\n", "error yaml/number-out-of-range “99999999999999999999”"),
        FindingCase("a: .inf\n", "error yaml/number-out-of-range “.inf”"),
        FindingCase("a: Win a #1 prize\n", "warning yaml/comment-in-value “#1 prize”"),
        FindingCase("a: #ff0000\n", "warning yaml/comment-in-value “#ff0000”"),
        FindingCase("a: b # c\n"),
        FindingCase("a: 'b'#c\n", "error yaml/comment-gap “#”"),
        FindingCase("a: [b]#c\n", "error yaml/comment-gap “#”"),
        FindingCase("a: [b] #c\n"),
        FindingCase("a: 'yes'\n"),
    ])
    func valuesThatSurprise(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
    }

    @Test(arguments: [
        FindingCase("a:\n\tb: 1\n", "error yaml/tab “\t”"),
        FindingCase("a: 1\n b: 2\n", "error yaml/indentation “b: 2”"),
        FindingCase("a:\n    b: 1\n  c: 2\n", "error yaml/indentation “c: 2”"),
        FindingCase("a: x\n- b\n", "error yaml/list-after-keys “- b”"),
        FindingCase("a: x\nstray\n", "error yaml/missing-colon “stray”"),
        FindingCase("a: x\nb:1\n", "error yaml/missing-colon “b:1”"),
        FindingCase("a:x\nb: 1\n", "error yaml/missing-colon “a:x”"),
        FindingCase("a:x\nb:y\nc: 1\n", "error yaml/missing-colon “a:x”"),
        FindingCase("# c\n\na:x y\n\nb:\n  c: 1\n", "error yaml/missing-colon “a:x y”"),
        FindingCase("a:x\nb:\n- c\n", "error yaml/missing-colon “a:x”"),
        FindingCase("a x\nb: 1\n", "error yaml/missing-colon “a x”"),
        FindingCase("a:\n  b:x\n  c: 1\n", "error yaml/missing-colon “b:x”"),
        FindingCase("a:\n- b:x\n  c: 1\n", "error yaml/missing-colon “b:x”"),
        FindingCase("a: x\n  y\n  b: 1\n", "error yaml/indentation “b”"),
        FindingCase("a: |\nHello\n", "error yaml/block-text-indentation “Hello”"),
        FindingCase("a: |\n      \n  Hello\n", "error yaml/block-text-indentation “      ”"),
        FindingCase("a: [b, c\nd: e\n", "error yaml/unclosed-bracket “[”"),
        FindingCase("a: {b: c\nd: e\n", "error yaml/unclosed-bracket “{”"),
        FindingCase("a: [b,,c]\n", "error yaml/empty-entry “,”"),
        FindingCase("a: {\n  b: 1\n  c: 2\n}\n", "error yaml/missing-comma “:”"),
        FindingCase("a: \"b\nc: d\n", "error yaml/unclosed-quote “\"”"),
        FindingCase("a: 'it's\n", "error yaml/unquoted-value “s”"),
        FindingCase("a: \"C:\\Users\"\n", "error yaml/invalid-escape “\\U”"),
        FindingCase("a: \"\\ud83d\"\n", "error yaml/invalid-escape “\\ud83d”"),
        FindingCase("%YAML 1.1\n---\na: 1\n", "error yaml/directive “%YAML 1.1”"),
        FindingCase("a: 1\n---\nb: 2\n", "error yaml/multiple-documents “---”"),
        FindingCase("- a\n- b\n", "error yaml/not-a-mapping “- a”"),
        FindingCase("just text\n", "error yaml/not-a-mapping “just text”"),
    ])
    func brokenSyntax(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
    }

    @Test(arguments: [
        FindingCase("a: &x 1\nb: *x\n", "warning yaml/alias “*x”"),
        FindingCase("a: *x\nb: &x 1\n", "error yaml/unknown-alias “*x”"),
        FindingCase("a: *x\n", "error yaml/unknown-alias “*x”"),
        FindingCase("a: &x [*x]\n", "error yaml/recursive-alias “*x”"),
        FindingCase("a: &x {b: 1}\nc:\n  <<: *x\n", "warning yaml/merge-key “<<”", "warning yaml/alias “*x”"),
        FindingCase("a: {<<: 1}\n", "error yaml/invalid-merge “1”"),
        FindingCase("a: !!set {b: 1}\n", "error yaml/unknown-tag “!!set”"),
        FindingCase("a: !!int abc\n", "error yaml/tag-mismatch “abc”"),
        FindingCase("a: !!str [b]\n", "error yaml/tag-mismatch “!!str”"),
        FindingCase("a: !<tag:x.y,2000:z> b\n", "error yaml/unknown-tag “!<tag:x.y,2000:z>”"),
        FindingCase("a: !<x,!y>\n  - b\n", "error yaml/unknown-tag “!<x,!y>”"),
        FindingCase("a: !<tag:yaml.org,2002:int>\n  b\n", "error yaml/tag-mismatch “b”"),
        FindingCase(
            "a: !<tag:yaml.org,2002:str> # c\n  {b: 1}\n", "error yaml/tag-mismatch “!<tag:yaml.org,2002:str>”"),
        FindingCase("a: !<tag:yaml.org,2002:int> 12\nb: !!str \"c\"\n"),
    ])
    func aliasesAndTags(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
    }

    @Test func mergedKeysStandWhereTheMergeStood() {
        let yaml = "a: &a {x: 1, y: 2}\nb: &b {y: 5, z: 6}\nc: {w: 0, <<: [*a, *b], z: 9}\n"
        let keys = parseYAML(Array(yaml.utf8)).node?["c"]?.mapping?.map { "\($0.key.text ?? "")\($0.value.text ?? "")" }
        #expect(keys == ["w0", "x1", "y2", "z9"])
    }

    @Test(arguments: [
        FindingCase("a: x\u{0}y\n", "error yaml/control-character “\u{0}”"),
        FindingCase("a: x\u{FFFF}y\n", "error yaml/control-character “\u{FFFF}”"),
        FindingCase("a: x\u{85}y\n", "warning yaml/line-separator “\u{85}”"),
        FindingCase("a: x\u{FEFF}y\n", "warning yaml/byte-order-mark “\u{FEFF}”"),
        FindingCase("a: x\u{202E}y\n", "warning yaml/bidi-control “\u{202E}”"),
        FindingCase("a: x\u{2067}y\n", "warning yaml/bidi-control “\u{2067}”"),
        FindingCase("a: x\u{2067}y\u{2069}z\n"),
        FindingCase("a: x\(noncharacter)y\n", "error yaml/control-character “\(noncharacter)”"),
        FindingCase(
            "a: x\u{1FFFE}y\u{10FFFF}\n", "error yaml/control-character “\u{1FFFE}”",
            "error yaml/control-character “\u{10FFFF}”"),
        FindingCase("a: x\u{1F3FD}\u{1FFFD}\u{EFFFD}\u{FDCF}\u{FDF0}\n"),
        FindingCase("a: \"x\\ay\"\n", "warning yaml/escaped-control “\\a”"),
        FindingCase(
            "a: !!str \"x\\\\\\x00\\u202Ey\"\n", "warning yaml/escaped-control “\\x00”",
            "warning yaml/escaped-control “\\u202E”"),
        FindingCase(
            "a: \"\\uFFFE \\U0001FFFF \\x80 \\r\"\n", "warning yaml/escaped-control “\\uFFFE”",
            "warning yaml/escaped-control “\\U0001FFFF”", "warning yaml/escaped-control “\\x80”",
            "warning yaml/escaped-control “\\r”"),
        FindingCase("a: \"\\u00e9 \\_ \\U0001F600 \\u2066x\\u2069\"\n"),
        FindingCase("a: \"x\\ty\\n\"\n"),
    ])
    func characters(_ test: FindingCase) {
        check(test.yaml, gives: test.findings)
    }
}

@Test func aPercentSignBeforeAKeyIsRemovedAndTheKeyStays() {
    check("a: 1\n%b: 2\n", gives: ["error yaml/directive “%b: 2”"])
    #expect(fixed("a: 1\n%b: 2\n") == "a: 1\nb: 2\n")
    #expect(fixed("%YAML 1.1\n---\na: 1\n") == "\n---\na: 1\n")
}

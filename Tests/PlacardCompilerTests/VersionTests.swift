import CEL
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

@Test(
    arguments: [
        ("3.4", "3.4.0"), ("3", "3.0.0"), ("3.4.0", "3.4.0"), ("v3.4.0", "3.4.0"), ("V3.4", "3.4.0"),
        ("3.04.00", "3.4.0"), ("3.4.0.1", "3.4.0+1"), ("120.0.6099.109", "120.0.6099+109"),
        ("3.4-beta.1", "3.4.0-beta.1"),
        ("3.4.0-rc.1+7", "3.4.0-rc.1+7"), ("3.4.0.1+7", "3.4.0+7.1"), ("3.4.0 (981)", "3.4.0+981"), (" 3.4\n", "3.4.0"),
    ])
func aVersionIsReadAsAppsReportIt(text: String, version: String) {
    #expect(SemanticVersion(reported: text)?.text == version)
}

@Test(
    arguments: [
        "", "v", "abc", "3.", ".3", "3..4", "3.4.x", "-1", "3,4", "3.4 beta", "3.4.0-", "3.4.0 ()", "٣.٤",
        "99999999999999999999.0.0", String(repeating: "1", count: 300),
    ])
func whatIsNoVersionIsNone(text: String) {
    #expect(SemanticVersion(reported: text) == nil)
}

private func scenario(_ version: String) -> [String: String] {
    [
        "content/a.md": message("audience: app.version >= semver(\"3.4.0\")"),
        "scenarios/s.yaml": """
        description: S
        now: 2026-12-02T10:15:00Z
        context: {user: {country: FR}, app: {version: \(version), platform: ios}}
        event: {name: session_start}
        expect: {shows: a}

        """,
    ]
}

@Test func scenariosTakeTheVersionsThatAppsReport() throws {
    for version in ["3.4", "\"3.4\"", "v3.4.0", "3.4.0.1", "\"3.10\""] {
        let compilation = compile(project(scenario(version)))
        #expect(diagnostics(compilation) == [], "\(version)")
        let decision = try ProjectEngine(emitBundle(compilation)).explain(try #require(compilation.scenarios.first))
        #expect(decision.shown?.message.id == "a", "\(version)")
    }
    check(scenario("newest"), ["project/value-mismatch scenarios/s.yaml:3:47"])
}

@Test func anExpressionsVersionIsWrittenOut() throws {
    for text in ["3.4", "v3.4.0", "3.4.0.1"] {
        let files = ["content/a.md": message("audience: app.version >= semver(\"\(text)\")")]
        check(files, ["cel/invalid-constant content/a.md:5:33"])
        let fixIt = try #require(compile(project(files)).diagnostics.first?.fixIts.first)
        let fixed = compile(applying(fixIt, to: project(files)))
        #expect(diagnostics(fixed) == [])
        #expect(fixed.messages.first?.catalog?.audience == "app.version >= semver(\"3.4.0\")")
    }
}

@Test func versionsAndNumbersInOrderOfTheirLettersAreWarnedOf() {
    func ids(_ expression: String) -> [String] {
        let text = baseProject.replacing("version: {type: version}", with: "version: {type: string, default: \"1\"}")
            .replacing("orders_count: {type: int, default: 0}", with: "code: {type: string, default: x}")
        let yaml = expression.contains("'") ? expression : "'\(expression)'"
        return compile(
            project(["placard.yaml": text, "content/a.md": message("audience: \(yaml)")])
        ).diagnostics.map { "\($0.severity) \($0.id)" }
    }
    let warning = ["warning cel/text-order"]
    #expect(ids("app.version >= \"3.9.0\"") == warning)
    #expect(ids("\"3.10\" < app.version") == warning)
    #expect(ids("user.code > \"v3.9\"") == warning)
    #expect(ids("user.code > \"10\"") == warning)
    #expect(ids("app.version < user.code") == warning)
    #expect(ids("app.version == \"3.9.0\"") == [])
    #expect(ids("user.code > \"m\"") == [])
    #expect(ids("user.code < \"2026-01-01\"") == [])
}

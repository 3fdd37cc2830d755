import PlacardCompiler
import SourceDiagnostics
import Testing

private func checkProject(_ text: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    check(
        ["placard.yaml": "source: en\nevents: {session_start: {}}\n" + text], expected, sourceLocation: sourceLocation)
}

@Test func localesAreCanonicalAndKnown() {
    checkProject("locales: {pt-br: optional}\n", ["locale/not-canonical placard.yaml:3:11"])
    checkProject("locales: {iw: optional}\n", ["locale/not-canonical placard.yaml:3:11"])
    checkProject("locales: {xq: optional}\n", ["locale/unknown placard.yaml:3:11"])
    checkProject("locales: {fr-u: optional}\n", ["locale/malformed-tag placard.yaml:3:11"])
    checkProject("locales: {en: optional}\n", ["project/source-locale-listed placard.yaml:3:11"])
    checkProject("locales: {iw: optional, he: required}\n", ["project/duplicate-locale placard.yaml:3:11"])
}

@Test func aMalformedLocaleIsReportedOnce() {
    checkProject("locales: {pt_BR: optional}\n", ["schema/locale-spelling placard.yaml:3:11"])
    checkProject("locales: {french_language_x: optional}\n", ["schema/locale-spelling placard.yaml:3:11"])
    checkProject("locales: {f: optional}\n", ["schema/invalid-format placard.yaml:3:11"])
    check(["placard.yaml": "source: en_US\nevents: {session_start: {}}\n"], ["schema/locale-spelling placard.yaml:1:9"])
}

@Test func fallbacksLeadToTheProjectsLocales() {
    checkProject(
        "locales: {es-MX: optional}\nfallbacks: {es-MX: es-419}\n", ["project/unknown-locale placard.yaml:4:20"])
    checkProject(
        "locales: {es-MX: optional, es-419: optional}\nfallbacks: {es-MX: es-419, es-419: es-MX}\n",
        ["project/fallback-loop placard.yaml:4:28"])
}

@Test func attributesFitTheirTypes() {
    checkProject("context: {user: {a: {type: int, default: none}}}\n", ["project/value-mismatch placard.yaml:3:42"])
    checkProject(
        "context: {user: {a: {type: string, values: [x, w], examples: [x, z]}}}\n",
        ["project/value-mismatch placard.yaml:3:66"])
    checkProject(
        "context: {user: {a: {type: list(int), default: [1, two]}}}\n", ["project/value-mismatch placard.yaml:3:52"])
    checkProject(
        "context: {user: {a: {type: string, optional: true, default: x}}}\n",
        ["project/optional-with-default placard.yaml:3:61"])
    checkProject(
        "context: {user: {a: {type: bool, values: [a, b]}}}\n", ["project/values-of-non-string placard.yaml:3:42"])
    checkProject("context: {event: {a: string}}\n", ["project/reserved-name placard.yaml:3:11"])
}

@Test func someSchemesAreNeverAllowed() {
    let each = [
        "javascript", "data", "file", "intent", "itms-services", "blob", "vbscript", "chrome-extension",
        "moz-extension",
        "ms-appinstaller", "ms-its", "ms-officecmd", "search", "search-ms", "ws", "wss",
    ]
    for scheme in each {
        checkProject("links: {schemes: [https, \(scheme)]}\n", ["project/forbidden-scheme placard.yaml:3:26"])
    }
}

@Test func lintLevelsApplyToWarningsOnly() {
    let files = { (lint: String) in
        [
            "placard.yaml": "source: en\nevents: {session_start: {}}\n" + lint, "content/a.md": message(),
            "content/cup.png": "x",
        ]
    }
    func severities(_ lint: String) -> [String] {
        compile(project(files(lint))).diagnostics.map { "\($0.severity.name) \($0.id)" }
    }
    #expect(severities("") == ["warning image/unused"])
    #expect(severities("lint: {image/unused: error}\n") == ["error image/unused"])
    #expect(severities("lint: {image/unused: allow}\n") == [])
    // An error stays one, and says why.
    let source = project([
        "placard.yaml": "source: en\nevents: {session_start: {}}\ngroups: {}\nlint: {message/unknown-group: allow}\n",
        "content/a.md": message("group: x"),
    ])
    let found = compile(source).diagnostics
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.notes.last == "lint in placard.yaml cannot lower it: errors stay errors")
}

@Test func lintAndAllowNameKnownDiagnostics() {
    let source = project([
        "placard.yaml": "source: en\nevents: {session_start: {}}\nlint: {image/unusde: allow}\n",
        "content/a.md": message("allow: [{id: image/unusd, reason: Later}]"),
    ])
    let found = diagnostics(compile(source, knownDiagnostics: ["image/unused", "image/wrong-type"]))
    #expect(found == ["lint/unknown-id content/a.md:5:14", "lint/unknown-id placard.yaml:3:8"])
}

@Test func anAllowanceHoldsWhereItStands() {
    let needless = "variables: {app.platform: {fallback: phone}}"
    let allow = "allow: [{id: message/needless-fallback, reason: Old apps}]"
    check(["content/a.md": message(needless + "\n" + allow)], [])
    check(
        ["content/a.md": message(needless + "\n" + allow), "content/b.md": message(needless)],
        ["message/needless-fallback content/b.md:5:13"])
    check(["content/a.md": message(allow)], ["lint/unused-allowance content/a.md:5:14"])
}

@Test func anAllowanceOfAFolderHoldsBelowIt() {
    let needless = "variables: {app.platform: {fallback: phone}}"
    let allow = "allow: [{id: message/needless-fallback, reason: Old apps}]\n"
    check(
        [
            "content/shop/_defaults.yaml": allow, "content/shop/a.md": message(needless),
            "content/shop/new/b.md": message(needless), "content/c.md": message(needless),
        ], ["message/needless-fallback content/c.md:5:13"])
    check(
        ["content/shop/_defaults.yaml": allow, "content/shop/a.md": message()],
        ["lint/unused-allowance content/shop/_defaults.yaml:1:14"])
}

@Test func aTranslationAllowsItsOwnDiagnostics() {
    check(
        [
            "content/a.md": message("experiment: {variants: {control: 1, short: 1}}"),
            "content/a+short.md": overlay("title: Hi\nallow: [{id: image/unused, reason: None}]", body: ""),
        ], ["lint/unused-allowance content/a+short.md:3:14"])
    check(
        [
            "content/a.md": message(),
            "content/a.fr.md": overlay("title: Bonjour\nallow: [{id: image/unused, reason: None}]"),
        ],
        ["lint/unused-allowance content/a.fr.md:3:14"])
}

@Test func templatesMakeSense() {
    func checkTemplate(_ text: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        check(["templates/strip/template.yaml": text], expected, sourceLocation: sourceLocation)
    }
    let path = "templates/strip/template.yaml"
    checkTemplate(template("body: {type: text}"), ["template/body-not-markdown \(path):5:16"])
    checkTemplate(
        template("tone: {type: enum, values: [a, b], default: c}"), ["template/default-mismatch \(path):5:47"])
    checkTemplate(template("n: {type: int, min: 1, max: 3, default: 4}"), ["template/default-mismatch \(path):5:43"])
    checkTemplate(template("n: {type: int, min: 3, max: 1}"), ["template/empty-range \(path):5:23"])
    checkTemplate(template("n: {type: int}", "actions: {min: 2, max: 1}\n"), ["template/empty-range \(path):4:10"])
    checkTemplate(template("n: {type: int}", dismiss: "[timeout]"), ["template/dismiss-without-timeout \(path):3:10"])
    checkTemplate(template("n: {type: int}", "timeout: 6s\n"), ["template/timeout-without-dismiss \(path):4:10"])
    checkTemplate(template("trigger: {type: text}"), ["template/reserved-field \(path):5:3"])
    checkTemplate(template("notes: {type: text}"), ["template/reserved-field \(path):5:3"])
    // What the schema says is said once.
    checkTemplate(template("tone: {type: enum}"), ["schema/missing-key \(path):5:3"])
    checkTemplate(template("tone: {type: enum, values: []}"), ["schema/out-of-range \(path):5:30"])
}

@Test func filesAreWhereTheyBelong() {
    check(["templates/strip/style.css": "a {}"], ["project/missing-file templates/strip/style.css:1:1"])
    check(
        ["templates/Strip/template.yaml": template("a: {type: int}")],
        ["project/invalid-id templates/Strip/template.yaml:1:1"])
    check(["content/a.txt": "x"], ["project/unknown-file content/a.txt:1:1"])
    check(["scenarios/a.yml": "x"], ["project/unknown-file scenarios/a.yml:1:1"])
    check(["templates/note/styles.css": "a {}"], ["project/unknown-file templates/note/styles.css:1:1"])
    check(["templates/note/notes.txt": "Who made it"], [])
    let renamed = compile(project(["templates/strip/template.yml": template("a: {type: int}")])).diagnostics
    #expect(renamed.map(\.notes) == [["rename template.yml to template.yaml"]])
    let none = compile(ProjectFiles([]))
    #expect(diagnostics(none) == ["project/missing-file placard.yaml:1:1"])
}

import PlacardCompiler
import SourceDiagnostics
import Testing

private let english = "push: {title: Ready, body: Your order is ready}"

private let pushTemplate = """
    description: For tests
    surface: push
    actions: {min: 0, max: 0}

    """

private func files(_ source: String, _ translation: String) -> [String: String] {
    ["content/a.md": source, "content/a.fr.md": translation]
}

/// The ids of what is found in a message with these lines.
private func ids(_ lines: String) -> [String] {
    compile(project(["content/a.md": message(lines)])).diagnostics.map(\.id)
}

/// As many times `x`.
private func words(_ count: Int) -> String { String(repeating: "x", count: count) }

@Test func aNotificationIsDecodedKeyByKey() {
    check(["content/a.md": message(english)], [])
    check(["content/a.md": message("push: {body: Ready}")], [])
    check(["content/a.md": message("push: {title: Ready}")], ["schema/missing-key content/a.md:5:1"])
    check(["content/a.md": message("push: Ready")], ["schema/wrong-type content/a.md:5:7"])
    check(["content/a.md": message("push: {body: Ready, body: Now}")], ["yaml/duplicate-key content/a.md:5:21"])
    check(["content/a.md": message("push: {body: [a]}")], ["schema/wrong-type content/a.md:5:14"])
    check(["content/a.md": message("push: {body: \"\"}")], ["schema/wrong-type content/a.md:5:14"])
    check(["content/a.md": message("push: {body: \" \\u00a0 \"}")], ["schema/wrong-type content/a.md:5:14"])
    check(["content/a.md": message("push: {title: \" \", body: B}")], ["schema/wrong-type content/a.md:5:15"])
    check(
        files(message("push: {body: B}"), overlay("title: T\npush: {body: \" \"}")),
        [
            "schema/wrong-type content/a.fr.md:3:14"
        ])
}

@Test func aMisspeltKeyOfANotificationSaysWhatWasMeant() throws {
    let compilation = compile(project(["content/a.md": message("push: {titel: A, body: B}")]))
    #expect(diagnostics(compilation) == ["schema/unknown-key content/a.md:5:8"])
    #expect(compilation.diagnostics[0].notes.contains { $0.contains("title") })
    let whole = compile(project(["content/a.md": message("pusch: {title: A, body: B}")]))
    #expect(diagnostics(whole) == ["schema/unknown-key content/a.md:5:1"])
    #expect(whole.diagnostics[0].notes.contains { $0.contains("push") })
}

@Test func aLinkOfANotificationIsHeldToTheProjectsLinks() {
    check(["content/a.md": message("push: {body: B, link: \"starling://orders\"}")], [])
    check(
        ["content/a.md": message("push: {body: B, link: \"ftp://example.com/a\"}")],
        ["link/scheme-not-allowed content/a.md:5:24"])
    check(
        ["content/a.md": message("push: {body: B, link: \"https://evil.test/a\"}")],
        ["link/host-not-allowed content/a.md:5:24"])
}

@Test func theTextsOfANotificationAreCheckedLikeAnyOther() {
    check(["content/a.md": message("push: {body: \"Hi {$user.nick}\"}")], ["text/unknown-variable content/a.md:5:19"])
    check(
        ["content/a.md": message("push: {body: \"Hi {$user.first_name}\"}")],
        ["text/missing-fallback content/a.md:5:19"])
    check(["content/a.md": message("push: {body: \"Hi {\"}")], ["mf2/unclosed-placeholder content/a.md:5:18"])
    // Markdown means nothing here, and readers would see its marks.
    check(
        ["content/a.md": message("push: {body: \"**Now** <b> [a](b)\"}")],
        ["message/markup-in-plain-text content/a.md:5:15", "message/markup-in-plain-text content/a.md:5:23"])
}

@Test func everyValueHasSomethingInItsPlace() throws {
    let version = "push: {body: \"Version {$app.version}\"}"
    check(["content/a.md": message(version)], ["text/missing-fallback content/a.md:5:24"])
    check(["content/a.md": message("variables: {app.version: {fallback: new}}\n" + version)], [])
    // A declared default is one, and in the app the value is always there.
    check(["content/a.md": message("push: {body: \"Orders: {$user.orders_count :integer}\"}")], [])
    check(["content/a.md": message("push: {body: B}", body: "Version {$app.version}")], [])
}

@Test func aVariantHasANotificationOfItsOwn() {
    let source = message(english + "\nexperiment: {variants: {control: 50, urgent: 50}}")
    check(["content/a.md": source, "content/a+urgent.md": overlay("push: {body: Hurry}", body: "")], [])
    check(
        ["content/a.md": source, "content/a+urgent.md": overlay("push: {body: B, link: \"starling://x\"}", body: "")],
        ["schema/misplaced-key content/a+urgent.md:2:17"])
}

@Test func aVariantBringsNoNotificationOfItsOwn() {
    let source = message("experiment: {variants: {control: 50, urgent: 50}}")
    check(
        ["content/a.md": source, "content/a+urgent.md": overlay("push: {body: Hurry}", body: "")],
        ["push/variant-alone content/a+urgent.md:2:14"])
}

@Test func aTranslationHasTheNotificationsTexts() {
    let start = "title: Bonjour\n"
    check(files(message(english), overlay(start + "push: {title: Prête, body: Votre commande est prête}")), [])
    check(
        files(message(english), overlay()),
        [
            "translation/missing-text content/a.fr.md:1:1"
        ])
    check(
        files(message(english), overlay(start + "push: {body: Prête}")),
        ["translation/missing-text content/a.fr.md:3:1"])
    check(
        files(message(), overlay(start + "push: {body: Prête}")), ["translation/unknown-text content/a.fr.md:3:14"])
    check(
        files(message("push: {body: B}"), overlay(start + "push: {title: T, body: Prête}")),
        ["translation/unknown-text content/a.fr.md:3:15"])
    check(
        files(message(english), overlay(start + "push: {title: T, body: B, link: \"starling://x\"}")),
        ["schema/misplaced-key content/a.fr.md:3:27"])
}

@Test func aTranslatedNotificationShowsWhatItsSourceShows() {
    let source = message("push: {body: \"{$user.orders_count :integer} orders\"}")
    check(
        files(source, overlay("title: Bonjour\npush: {body: Commandes}")),
        ["translation/dropped-placeholder content/a.fr.md:3:14"])
    check(
        files(source, overlay("title: Bonjour\npush: {body: \"{$user.country} {$user.orders_count :integer}\"}"))
            .merging(["placard.yaml": baseProject.replacing("GB]}", with: "GB], default: US}")]) { $1 },
        ["translation/unknown-placeholder content/a.fr.md:3:16"])
}

@Test func aPluralOfANotificationHasTheFormsOfItsLanguage() {
    let body =
        "push:\n  body: |-\n    .input {$user.orders_count :integer}\n    .match $user.orders_count\n    * {{Orders}}"
    #expect(ids(body) == ["mf2/missing-category"])
}

@Test func aFallbackForAServerIsNotNeedless() {
    let fallback = "trigger: {event: order_status_changed}\nvariables: {event.order_id: {fallback: your order}}"
    func source(_ lines: String) -> [String: String] {
        ["content/a.md": "---\ntemplate: note\ntitle: A\n\(fallback)\n\(lines)---\nB\n"]
    }
    check(source(""), ["message/needless-fallback content/a.md:5:13"])
    check(source("push: {body: \"Ready: {$event.order_id}\"}\n"), [])
}

@Test func aTemplateOfNotificationsNeedsNoFieldsButANotification() {
    let template = ["templates/alert/template.yaml": pushTemplate]
    let start = "---\ntemplate: alert\ntrigger: {event: session_start}\n"
    check(template.merging(["content/a.md": start + "push: {body: Now}\n---\n"]) { $1 }, [])
    check(template.merging(["content/a.md": start + "---\n"]) { $1 }, ["push/missing content/a.md:2:11"])
    // What is there and wrong is reported once.
    check(
        template.merging(["content/a.md": start + "push: {body: \"\"}\n---\n"]) { $1 },
        ["schema/wrong-type content/a.md:4:14"])
    check(
        template.merging(["content/a.md": start + "push: {title: Now}\n---\n"]) { $1 },
        ["schema/missing-key content/a.md:4:1"])
    check(
        ["templates/alert/template.yaml": pushTemplate.replacing("push", with: "card")],
        ["schema/missing-key templates/alert/template.yaml:1:1"])
}

@Test func lockScreensCutLongTexts() {
    #expect(ids("push: {body: \(words(49))}") == [])
    #expect(ids("push: {body: \(words(50))}") == ["push/cut-on-android"])
    #expect(ids("push: {body: \(words(160))}") == ["push/cut-on-android"])
    #expect(ids("push: {body: \(words(161))}") == ["push/cut-on-ios"])
    #expect(ids("push: {title: \(words(49)), body: A}") == [])
    #expect(ids("push: {title: \(words(50)), body: \(words(50))}") == ["push/cut-on-android", "push/cut-on-android"])
}

@Test func lockScreensCountWhatAReaderSees() {
    // A family is one, though it is seven scalars and eighteen bytes.
    let family = "👨‍👩‍👧‍👦"
    #expect(ids("push: {body: \(String(repeating: family, count: 49))}") == [])
    #expect(ids("push: {body: \(String(repeating: family, count: 50))}") == ["push/cut-on-android"])
    // The longest example counts: Maximiliana has eleven letters.
    let fallback = "variables: {user.first_name: {fallback: there}}\n"
    #expect(ids(fallback + "push: {body: \"\(words(38)){$user.first_name}\"}") == [])
    #expect(ids(fallback + "push: {body: \"\(words(39)){$user.first_name}\"}") == ["push/cut-on-android"])
}

@Test func aCutIsReportedWhereTheTextIs() {
    check(
        files(
            message("push: {title: T, body: \(words(50))}"),
            overlay("title: Bonjour\npush:\n  title: T\n  body: \(words(161))")),
        ["push/cut-on-android content/a.md:5:24", "push/cut-on-ios content/a.fr.md:5:9"])
}

@Test func aProjectCanAllowOrRaiseACut() throws {
    let long = message("push: {body: \(words(50))}")
    check(["content/a.md": long, "placard.yaml": baseProject + "lint: {push/cut-on-android: allow}\n"], [])
    let raised = compile(
        project(["content/a.md": long, "placard.yaml": baseProject + "lint: {push/cut-on-android: error}\n"]))
    #expect(raised.diagnostics.map(\.severity) == [.error])
    check(
        ["content/a.md": message("push: {body: \(words(50))}\nallow: [{id: push/cut-on-android, reason: It may}]")], [])
}

@Test func aThreadIsShortEnoughForAppleToCollapseBy() {
    #expect(ids("\(english)\nthread: \(words(64))") == [])
    #expect(ids("\(english)\nthread: \(words(65))") == ["push/long-thread"])
    #expect(ids("thread: \(words(65))") == [])
}

@Test func aThreadIsMeasuredInEachLanguage() {
    let lines = "\(english)\nthread: \"{$user.first_name}\"\nvariables: {user.first_name: {fallback: Hello}}"
    func translation(_ fallback: String) -> String {
        overlay("title: T\npush: {title: T, body: B}\nvariables: {user.first_name: {fallback: \(fallback)}}")
    }
    check(files(message(lines), translation(words(64))), [])
    check(files(message(lines), translation(words(65))), ["push/long-thread content/a.md:6:9"])
}

@Test func aThreadIsTheSameInEveryLanguage() {
    check(["content/a.md": message("thread: \"o/{$user.orders_count}\"")], [])
    check(["content/a.md": message("thread: \"o/{$user.orders_count :string}\"")], [])
    check(
        ["content/a.md": message("thread: \"o/{$user.orders_count :integer}\"")],
        ["link/formatted-placeholder content/a.md:5:13"])
}

@Test func theBodyOfANotificationMayHaveLines() {
    let found = compile(project(["content/a.md": message("push: {title: \"One\\ntwo\", body: \"One\\ntwo\"}")]))
    #expect(diagnostics(found) == ["text/not-a-line-break content/a.md:5:19"])
}

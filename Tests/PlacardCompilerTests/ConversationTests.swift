import PlacardCompiler
import Testing

private let chat = """
    description: A conversation
    surface: chat
    dismiss: [button]
    fields:
      body: {type: markdown, required: true, conversation: true}

    """

private func files(_ body: String, fr: String? = nil) -> [String: String] {
    var files = [
        "templates/chat/template.yaml": chat,
        "content/a.md": "---\ntemplate: chat\ntrigger: {event: session_start}\n---\n" + body,
    ]
    files["content/a.fr.md"] = fr.map { "---\n---\n" + $0 }
    return files
}

@Test func aConversationHasSteps() {
    check(files("Hello.\n"), ["chat/no-steps content/a.md:5:1"])
    check(files("## Hello\n\nWelcome.\n"), [])
}

@Test func stepsHaveDistinctNames() {
    check(files("## A\n\n[Go](#b)\n\n## B\n\n## B\n"), ["chat/duplicate-step content/a.md:11:1"])
}

@Test func choicesLeadToSteps() {
    check(files("## A\n\n[Go](#b) [Or](#c)\n\n## B\n"), ["chat/unknown-step content/a.md:7:10"])
}

@Test func everyStepIsReached() {
    check(files("## A\n\n[Go](#c)\n\n## B\n\n## C\n"), ["chat/unreachable-step content/a.md:9:1"])
}

@Test func aConversationEnds() {
    check(files("## A\n\n[Go](#b)\n\n## B\n\n[Back](#a)\n"), ["chat/endless content/a.md:5:1"])
    check(files("## A\n\n[Go](#b)\n\n## B\n\n[Back](#a)\n\n[End](#c)\n\n## C\n"), [])
    check(files("## A\n\n[Again](#a)\n"), ["chat/endless content/a.md:5:1"])
}

@Test func aTranslationHasTheSourcesStepsAndChoices() {
    let source = "## Start\n\n[Go](#end)\n\n## End\n"
    check(files(source, fr: "## Début\n\n[Allez](#end)\n\n## Fin\n"), [])
    check(files(source, fr: "## Début\n\n[Allez](#fin)\n\n## Fin\n"), [])
    check(files(source, fr: "## Début\n\n## Fin\n"), ["translation/different-choices content/a.fr.md:3:1"])
    check(files(source, fr: "## Début\n\n[Allez](#end)\n"), ["translation/different-steps content/a.fr.md:3:1"])
}

import PlacardCompiler
import Testing

@Test func actionsAreKnownByTheirIDs() {
    check(
        [
            "content/a.md": message(
                "actions:\n  - {id: x, label: A, dismiss: true}\n  - {id: x, label: B, dismiss: true}")
        ],
        ["message/duplicate-action content/a.md:7:10"])
}

@Test func aTemplateSaysHowManyActionsFit() {
    let three = """
        actions:
          - {id: x, label: A, dismiss: true}
          - {id: q, label: B, dismiss: true}
          - {id: z, label: C, dismiss: true}
        """
    check(["content/a.md": message(three)], ["message/too-many-actions content/a.md:8:10"])
    let strip = template("title: {type: text}", "actions: {min: 2, max: 2}\n")
    check(
        [
            "templates/strip/template.yaml": strip,
            "content/a.md": "---\ntemplate: strip\ntrigger: {event: session_start}\n---\n",
        ],
        ["message/too-few-actions content/a.md:2:11"])
    check(
        [
            "templates/strip/template.yaml": strip,
            "content/a.md":
                "---\ntemplate: strip\ntrigger: {event: session_start}\nactions: [{id: x, label: A, dismiss: true}]\n---\n",
        ],
        ["message/too-few-actions content/a.md:4:16"])
}

@Test func inheritedActionsAreCountedToo() {
    check(
        [
            "content/_defaults.yaml": """
            actions:
              - {id: x, label: A, dismiss: true}
              - {id: q, label: B, dismiss: true}
              - {id: z, label: C, dismiss: true}

            """,
            "content/a.md": message(),
        ],
        ["message/too-many-actions content/_defaults.yaml:4:10"])
}

@Test func anActionEmitsADeclaredEvent() {
    check(
        ["content/a.md": message("actions: [{id: x, label: A, event: sesion_start}]")],
        ["message/unknown-event content/a.md:5:36"])
}

@Test func listsHaveDistinctEntriesAndACount() {
    check(
        ["content/a.md": message("replies: [{id: x, text: A}, {id: x, text: B}, {id: q, text: C}]")],
        ["message/duplicate-item content/a.md:5:34"])
    check(
        ["content/a.md": message("replies: [{id: x, text: A}]")], ["message/too-few-entries content/a.md:5:16"])
    check(
        [
            "content/a.md": message(
                "replies: [{id: a, text: A}, {id: b, text: B}, {id: c, text: C}, {id: d, text: D}, {id: e, text: E}]")
        ], ["message/too-many-entries content/a.md:5:88"])
}

@Test func anEntryOfAListHasTheTemplatesLength() {
    check(
        ["content/a.md": message("replies: [{id: a, text: A}, {id: b, text: Twenty-one characters!}]")],
        ["text/too-long content/a.md:5:43"])
}

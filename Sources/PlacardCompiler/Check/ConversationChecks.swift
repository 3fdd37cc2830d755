import ByteText
import PlacardText
import SourceDiagnostics

/// What is wrong with the conversation of a message, if it is one.
func checkConversation(_ content: MessageContent<MessageText>) -> [Diagnostic] {
    content.fields.flatMap { field -> [Diagnostic] in
        guard case .conversation(let text) = field.content else { return [] }
        return checkConversation(text.compiled.steps, in: text.written)
    }
}

/// Finds what is wrong with the script of a conversation: a choice that leads to no step, a step that no choice leads
/// to, two steps of one name, and a circle that nobody gets out of.
///
/// - Parameters:
///   - steps: in the order of the text; the first is where the conversation begins.
///   - text: the text that they were made from, to place the findings.
func checkConversation(_ steps: [ConversationStep], in text: EmbeddedText) -> [Diagnostic] {
    guard !steps.isEmpty else {
        return [
            Diagnostic(
                "chat/no-steps", "a conversation needs at least one heading", at: text.label,
                notes: ["each heading begins a step: ## Welcome; a link such as [Sure](#next) is a choice"])
        ]
    }
    var findings: [Diagnostic] = []
    var indices: [String: Int] = [:]
    for (index, step) in steps.enumerated() {
        if let first = indices[step.id] {
            findings.append(
                Diagnostic(
                    "chat/duplicate-step", "two steps have the id \(step.id)", at: Label(step.span),
                    secondary: [Label(steps[first].span, "the first one")],
                    notes: ["a step's id is made from its heading; word one of them differently"]))
        } else {
            indices[step.id] = index
        }
    }
    let targets = steps.map { $0.choices.map { indices[$0.step] } }
    let names = steps.map(\.id)
    for (step, targets) in zip(steps, targets) {
        for (choice, target) in zip(step.choices, targets) where target == nil {
            let meant = nearMiss(choice.step, among: names)
            findings.append(
                Diagnostic(
                    "chat/unknown-step", "there is no step \"\(choice.step)\"", at: Label(choice.span),
                    notes: meant.map { ["did you mean #\($0)?"] } ?? [
                        "the steps are " + listed(names.lazy.map { "#" + $0 })
                    ]))
        }
    }
    let reached = reachable(from: 0, targets)
    for (index, step) in steps.enumerated() where !reached.contains(index) && indices[step.id] == index {
        findings.append(
            Diagnostic(
                "chat/unreachable-step", "no choice leads to the step \(step.id)", at: Label(step.span),
                notes: [
                    "the conversation begins at the first heading; link to it with [words](#\(step.id)), or remove it"
                ]))
    }
    return text.place(findings + endless(steps, targets, reached))
}

private func reachable(from start: Int, _ targets: [[Int?]]) -> Set<Int> {
    var reached: Set<Int> = [start]
    var open = [start]
    while let step = open.popLast() {
        for case let target? in targets[step] where reached.insert(target).inserted { open.append(target) }
    }
    return reached
}

/// Steps from which no way leads to a step without choices.
private func endless(_ steps: [ConversationStep], _ targets: [[Int?]], _ reached: Set<Int>) -> [Diagnostic] {
    var open = targets.indices.filter { targets[$0].isEmpty || targets[$0].contains(nil) }
    var ending = Set(open)
    var sources = [[Int]](repeating: [], count: steps.count)
    for index in targets.indices {
        for case let target? in targets[index] { sources[target].append(index) }
    }
    while let step = open.popLast() {
        for source in sources[step] where ending.insert(source).inserted { open.append(source) }
    }
    let trapped = reached.subtracting(ending).sorted()
    guard let first = trapped.first else { return [] }
    return [
        Diagnostic(
            "chat/endless", "from the step \(steps[first].id) on the conversation never ends",
            at: Label(steps[first].span),
            secondary: trapped.dropFirst().map { Label(steps[$0].span, "goes round with it") },
            notes: ["a conversation ends at a step without choices; give one of these steps a way there"])
    ]
}

/// The steps of a translated conversation under the ids of the source's: a heading's words differ, its place does not.
func alignSteps(
    _ steps: [ConversationStep], with source: [ConversationStep], at text: EmbeddedText
) -> ([ConversationStep], [Diagnostic]) {
    guard steps.count == source.count else {
        return (
            steps,
            [
                Diagnostic(
                    "translation/different-steps",
                    "the translation has \(steps.count) \(steps.count == 1 ? "step" : "steps"), the source \(source.count)",
                    at: text.label,
                    notes: ["each heading of the source needs one in the translation, in the same order"])
            ]
        )
    }
    var ids: [String: String] = [:]
    for (step, original) in zip(steps, source) { ids[step.id] = original.id }
    let known = Set(source.map(\.id))
    var findings: [Diagnostic] = []
    var result = steps
    for index in steps.indices {
        result[index].id = source[index].id
        for choice in steps[index].choices.indices {
            // A translator may have kept the source's target, or have followed the translated heading.
            let target = steps[index].choices[choice].step
            result[index].choices[choice].step = known.contains(target) ? target : ids[target] ?? target
        }
        let wanted = Set(source[index].choices.map(\.step))
        let given = Set(result[index].choices.map(\.step))
        if wanted != given {
            findings.append(
                Diagnostic(
                    "translation/different-choices",
                    "this step offers other choices than the source's step \(source[index].id)",
                    at: Label(steps[index].span),
                    notes: [
                        "the source leads to " + listed(wanted.sorted(by: utf8Less).map { "#" + $0 })
                    ]))
        }
    }
    return (result, text.place(findings))
}

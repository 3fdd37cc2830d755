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
///   - text: the text that they were made from, to place the diagnostics.
func checkConversation(_ steps: [ConversationStep], in text: EmbeddedText) -> [Diagnostic] {
    guard !steps.isEmpty else {
        return [
            .noSteps(at: text.label)
        ]
    }
    var diagnostics: [Diagnostic] = []
    var indices: [String: Int] = [:]
    for (index, step) in steps.enumerated() {
        if let first = indices[step.id] {
            diagnostics.append(
                .duplicateStep(step, first: steps[first]))
        } else {
            indices[step.id] = index
        }
    }
    let targets = steps.map { $0.choices.map { indices[$0.step] } }
    let names = steps.map(\.id)
    for (step, targets) in zip(steps, targets) {
        for (choice, target) in zip(step.choices, targets) where target == nil {
            diagnostics.append(.unknownStep(choice.step, among: names, at: choice.span))
        }
    }
    let reached = reachable(from: 0, targets)
    for (index, step) in steps.enumerated() where !reached.contains(index) && indices[step.id] == index {
        diagnostics.append(.unreachableStep(step))
    }
    return text.place(diagnostics + endless(steps, targets, reached))
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
        .endless(from: steps[first], with: trapped.dropFirst().map { steps[$0] })
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
                .differentSteps(steps.count, source: source.count, at: text.label)
            ]
        )
    }
    var ids: [String: String] = [:]
    for (step, original) in zip(steps, source) { ids[step.id] = original.id }
    let known = Set(source.map(\.id))
    var diagnostics: [Diagnostic] = []
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
            diagnostics.append(
                .differentChoices(at: steps[index].span, step: source[index].id, wanted: wanted.sorted(by: utf8Less)))
        }
    }
    return (result, text.place(diagnostics))
}

import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// One finding for each text of a notification that shows a calculated value (`:offset`) of what is a slot in the alert:
/// a server puts the value itself there, which is another number.
///
/// - Parameter fallbacks: what stands in the alert for a value, by variable; such a one is no slot.
func calculatedSlots(_ push: MessageTexts.Push, fallbacks: (Set<String>) -> [String: String]) -> [Diagnostic] {
    push.sources.compactMap { name, text, source in
        guard case .message(let json)? = bundleText(text), let message = try? Message(json: json) else { return nil }
        let known = fallbacks(Set(message.externalVariables))
        guard let variable = message.calculatedVariables.first(where: { known[$0] == nil }) else { return nil }
        return Diagnostic(
            "push/calculated-value",
            "push.\(name) shows a value that `:offset` calculates from `$\(variable)`, and the alert cannot calculate",
            at: source.label,
            notes: [
                "A server puts the value of `$\(variable)` there as it is. Give it a fallback, "
                    + "`variables: {\(variable): {fallback: …}}`, or send the result as a property of its own."
            ])
    }
}

extension Message {
    /// The external variables of which a pattern shows what `:offset` makes of them, in the order of their use.
    fileprivate var calculatedVariables: [String] {
        var names: [String] = []
        for pattern in patterns {
            for case .expression(let expression) in pattern.elements {
                if let name = calculated(expression, from: declarations[...]) { names.append(name) }
            }
        }
        return names
    }

    private var patterns: [Pattern] {
        switch body {
        case .pattern(let pattern): [pattern]
        case .select(let matcher): matcher.variants.map { $0.value }
        }
    }

    /// The external variable that an expression calculates with, itself or by a declaration; nil when none does.
    ///
    /// A declaration sees those before it, and an `.input` is its own variable.
    private func calculated(_ expression: MessageFormat.Expression, from known: ArraySlice<Declaration>) -> String? {
        guard let (name, isCalculated) = origin(expression, from: known), isCalculated else { return nil }
        return name
    }

    private func origin(
        _ expression: MessageFormat.Expression, from known: ArraySlice<Declaration>
    ) -> (name: String, isCalculated: Bool)? {
        guard case .variable(let variable)? = expression.operand else { return nil }
        let here = expression.function?.name == "offset"
        guard let index = known.lastIndex(where: { $0.name.utf8.elementsEqual(variable.name.utf8) }) else {
            return (variable.name, here)
        }
        guard let before = origin(known[index].value, from: known[..<index]) else { return nil }
        return (before.name, here || before.isCalculated)
    }
}

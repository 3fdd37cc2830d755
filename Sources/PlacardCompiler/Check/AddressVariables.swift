import PlacardText
import SourceDiagnostics

// A fallback that stands in an address is no word of a language: an address must not change with it.

/// The variables with a fallback that stand in addresses and nowhere among words.
///
/// - Parameters:
///   - definitions: the message and what its variants change.
///   - texts: their texts in the source locale.
func addressVariables(_ definitions: [MessageDefinition], _ texts: @autoclosure () -> [MessageContent<CompiledText>])
    -> Set<String>
{
    let names = definitions.flatMap(\.variables).filter { $0.fallback != nil }.map(\.name.value)
    guard !names.isEmpty else { return [] }
    var words: [String: Int] = [:]
    var linked: [String: Int] = [:]
    for text in texts() {
        text.visit { _, text in
            for use in text.variables { words[use.name, default: 0] += 1 }
            for case .variable(let name) in text.links.flatMap(\.target) { linked[name, default: 0] += 1 }
        }
    }
    return Set(
        names.filter { name in
            // What a link leads to counts among the uses of its text.
            let inLinks = linked[name] ?? 0
            guard (words[name] ?? 0) <= inLinks else { return false }
            return inLinks > 0 || definitions.contains { $0.hasAddress(with: name) }
        })
}

extension MessageDefinition {
    /// Whether an action, a field or the notification leads to an address that holds the variable.
    fileprivate func hasAddress(with variable: String) -> Bool {
        content.addresses.contains { $0.text.contains("$" + variable) }
    }
}

extension CompiledMessage {
    /// The variables whose fallbacks stand in addresses alone, and are the same in every language.
    package var addressVariables: Set<String> {
        guard let source = localizations.first else { return [] }
        return PlacardCompiler.addressVariables([definition], source.contents)
    }
}

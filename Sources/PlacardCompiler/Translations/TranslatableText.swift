import ByteText
import PlacardText
import SourceDiagnostics

/// A text that is translated by itself: a text of the front matter, a label, a body.
///
/// An object, as it is held in one array beside another again and again.
final class TranslatableText: Sendable {
    /// Its path among the texts of its message: `title`, `image.alt`, `actions.view`, `push.fallback.body`,
    /// `variables.user.first_name`, `body`.
    let name: String
    /// As it stands in its file.
    let written: EmbeddedText
    /// What it was compiled to; nil for words that are no message, such as a fallback.
    let compiled: CompiledText?
    /// Its words, without placeholders.
    let literal: LiteralText

    init(name: String, written: EmbeddedText, compiled: CompiledText?) {
        self.name = name
        self.written = written
        self.compiled = compiled
        literal = LiteralText(written.bytes)
    }

    /// Whether it may have several blocks, which are units of their own.
    var isDocument: Bool { name == "body" }
}

extension MessageContent<MessageText> {
    /// The texts that translations translate, in the order of their names, without those that did not compile.
    ///
    /// - Parameter variables: those whose fallbacks are translated, too.
    func translatableTexts(_ variables: [VariableDefinition]) -> [TranslatableText] {
        var result: [TranslatableText] = []
        visit { place, text in
            result.append(TranslatableText(name: place.name, written: text.written, compiled: text.compiled))
        }
        for variable in variables {
            guard let written = variable.written else { continue }
            result.append(TranslatableText(name: "variables.\(variable.name.value)", written: written, compiled: nil))
        }
        let isInOrder = result.indices.dropFirst().allSatisfy { !utf8Less(result[$0].name, result[$0 - 1].name) }
        if !isInOrder { result.sort { utf8Less($0.name, $1.name) } }
        return result
    }
}

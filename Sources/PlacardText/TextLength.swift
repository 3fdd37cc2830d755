import SourceDiagnostics

/// Grapheme clusters of a plain text (UAX #29), as a reader sees it with its values.
package struct TextLength: Sendable, Hashable {
    /// What a placeholder shows where the text is longest.
    package struct Value: Sendable, Hashable {
        /// The placeholder as an author knows it: `{$event.price}`.
        package var placeholder: String
        /// The variable from outside that it shows; nil for a literal.
        package var variable: String?
        package var shown: ShownValue

        init(_ placeholder: String, variable: String?, shown: ShownValue) {
            self.placeholder = placeholder
            self.variable = variable
            self.shown = shown
        }
    }

    /// Of the shortest variant with the shortest values.
    package var shortest: Int
    /// Of the longest variant with the longest values.
    package var longest: Int
    /// The keys of the longest variant, such as `few`; nil where there is no choice.
    package var variant: String?
    /// Its pattern, in offsets of the source.
    package var span: Span
    /// What its placeholders show, in the order of the text; without literals.
    package var values: [Value] = []

    /// One note for each of the values that make the text longest, the longest first; three at most.
    package var notes: [String] {
        var seen: Set<String> = []
        let values = values.filter { seen.insert($0.placeholder + $0.shown.text).inserted }
        let longest = values.enumerated().sorted {
            ($1.element.shown.count, $0.offset) < ($0.element.shown.count, $1.offset)
        }
        return longest.prefix(3).map { $0.element.note }
    }
}

extension TextLength.Value {
    /// What the value counts for, and why.
    fileprivate var note: String {
        let start = "`\(placeholder)` counts for \(characters(shown.count))"
        // Bidirectional controls do not count, and would be shown by name here.
        let seen = String(String.UnicodeScalarView(shown.text.unicodeScalars.filter { !$0.properties.isBidiControl }))
        let quoted = start + ": `\(seen)`, "
        return switch shown.origin {
        case .example(let raw): quoted + source("example", raw)
        case .value(let raw): quoted + source("value", raw)
        case .defaultValue(let raw): quoted + source("default", raw)
        case .fallback: quoted + source("fallback", shown.text)
        case .assumed: quoted + "as \(owner ?? "it") has no examples"
        case .letters: start + ", as \(owner ?? "it") has no examples"
        case .literal: start
        }
    }

    /// The variable, where the placeholder has another name.
    private var owner: String? { variable.flatMap { "{$\($0)}" == placeholder ? nil : "$\($0)" } }

    private func source(_ what: String, _ raw: String) -> String {
        let example = (owner == nil ? "its " : "the ") + what
        return (raw == shown.text ? example : "for \(example) \(raw)") + (owner.map { " of " + $0 } ?? "")
    }
}

/// `1 character`, `7 characters`.
func characters(_ count: Int) -> String { count == 1 ? "1 character" : "\(count) characters" }

import Foundation

/// A generated expression with the parts of it that stand on their own, so that a disagreement can be narrowed down.
struct GeneratedExpression {
    let text: String
    /// Whether it reads a variable of a macro around it.
    var isOpen: Bool { openParts.last == text }
    /// The closed expressions in it, itself among them.
    private(set) var parts: [String]
    /// The expressions in it that read a variable of a macro around it; itself the last, if it does.
    private(set) var openParts: [String]

    init(_ text: String, isOpen: Bool = false, of operands: [GeneratedExpression] = []) {
        self.text = text
        parts = operands.flatMap(\.parts)
        openParts = operands.flatMap(\.openParts)
        if isOpen || operands.contains(where: { $0.isOpen }) { openParts.append(text) } else { parts.append(text) }
    }

    /// A macro. What reads its variable stands on its own for an element of the range.
    init(
        _ range: GeneratedExpression, _ macro: String, _ variable: String, _ body: GeneratedExpression,
        _ locals: [String]
    ) {
        text = "\(range.text).\(macro)(\(variable), \(body.text))"
        parts = range.parts + body.parts
        openParts = range.openParts
        func isOpen(_ text: String) -> Bool { locals.contains { $0 != variable && text.contains($0) } }
        for part in body.openParts {
            for index in 0..<3 {
                let bound = part.replacingOccurrences(of: variable, with: "\(range.text)[\(index)]")
                // Macros in macros would multiply.
                guard bound.utf8.count <= 300 else { continue }
                if isOpen(bound) { openParts.append(bound) } else { parts.append(bound) }
            }
        }
        if isOpen(text) { openParts.append(text) } else { parts.append(text) }
    }
}

import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// What is said of placeholders of other systems, of bare names in braces, and of names of emoji.

extension PatternText {
    /// The diagnostic for a placeholder of another system; nil when what it names means no variable and it needs one.
    func foreignDiagnostic(
        _ foreign: ForeignPlaceholder, _ source: [UInt8], _ environment: TextEnvironment
    ) -> Diagnostic? {
        var meant = foreign.name.flatMap {
            environment.variable(meantBy: $0, allowsSlips: !foreign.needsVariable)
        }
        if case .choice(let argument) = foreign.kind, argument.isOfNumbers,
            let type = meant.flatMap({ environment.variables[$0]?.type }), ![.int, .uint, .double].contains(type)
        {
            // `count` is no slip of `country`, which no plural is chosen by.
            meant = nil
        }
        if foreign.needsVariable, meant == nil { return nil }
        if foreign.isWord, let name = foreign.name, !isWellKnown(name) { return nil }
        let text = written(source, foreign.span)
        switch foreign.kind {
        case .statement: return .foreignStatement(text, breaksText: foreign.breaksText, at: foreign.span)
        case .choice(let argument): return choiceDiagnostic(argument, meant, source, environment)
        case .value:
            var fixIts: [FixIt] = []
            let isMoney = foreign.isBehindDollar && meant.flatMap { environment.variables[$0]?.type } == .double
            if let meant, isMoney {
                // The sign may be a currency's, and then the amount would lose it.
                fixIts.append(
                    FixIt("write `{$\(meant)}`", edits: [Edit(foreign.span, "{$\(meant)}")], .displayOnly))
            } else if let meant, environment.isShowable(meant) {
                fixIts.append(
                    environment.fix(
                        "write `{$\(meant)}`", [Edit(foreign.span, "{$\(meant)}")], showing: meant,
                        fallback: foreign.fallback))
            } else {
                fixIts.append(
                    FixIt("write the value's name", edits: [Edit(foreign.span, "{$NAME}")], .displayOnly))
            }
            return .foreignPlaceholder(
                text, meant, foreign, environment, fixIts)
        }
    }

    private func choiceDiagnostic(
        _ argument: ChoiceArgument, _ meant: String?, _ source: [UInt8], _ environment: TextEnvironment
    ) -> Diagnostic {
        var fixIts: [FixIt] = []
        if let meant {
            if case .function(let function) = argument.format {
                if FunctionRegistry.standard.signature(function) != nil {
                    fixIts.append(
                        environment.fix(
                            "write `{$\(meant) :\(function)}`", [Edit(argument.span, "{$\(meant) :\(function)}")],
                            showing: meant))
                }
            } else if keys.isEmpty, isWhole(source),
                let message = argument.message(
                    source, in: scanned.span, choosingBy: meant, environment, onOneLine: root == 0 && isOneText)
            {
                fixIts.append(
                    environment.fix("write a `.match`", [Edit(scanned.span, message)], showing: meant))
            }
        }
        return .foreignChoice(
            argument, meant ?? "name", numbers: meant == nil ? environment.numberNames : "",
            lost: meant.map { argument.unknownKeys(environment, of: $0) } ?? [], fixIts)
    }

    /// Whether the pattern is all of its text.
    private func isWhole(_ source: [UInt8]) -> Bool {
        !source[..<scanned.span.start].contains { $0 > 0x20 }
            && !source[min(scanned.span.end, source.count)...].contains { $0 > 0x20 }
    }

    /// Whether the tree is that of a plain text, which has no blocks.
    private var isOneText: Bool {
        tree.nodes.allSatisfy { $0.kind == .document || $0.kind == .text || $0.kind == .placeholder }
    }
}

/// A literal of this format that shows some letters as they are.
func literalForm(_ text: String) -> String {
    "{|\(text.replacing("\\", with: "\\\\").replacing("|", with: "\\|"))|}"
}

// MARK: Names without `$`

extension VariableChecker {
    /// `{name}` among the words of a text: a literal that shows its letters.
    ///
    /// - Parameter isPattern: whether it stands among words, and not in a declaration.
    func bareLiteral(_ literal: Literal, isPattern: Bool) -> Diagnostic? {
        let span = literal.place.span
        // One in `| |`, longer in the source than its value, is meant as such.
        guard span.end - span.start == literal.value.utf8.count else { return nil }
        let meant = environment.variable(meantBy: literal.value)
        guard meant != nil || isPattern else { return nil }
        let showable = meant.flatMap { environment.isShowable($0) ? $0 : nil }
        return .unmarkedVariable(literal.value, showable, at: span, environment)
    }
}

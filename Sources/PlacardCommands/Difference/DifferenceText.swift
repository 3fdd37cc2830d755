import DiagnosticRendering
import PlacardCompiler

/// A difference for a terminal.
struct DifferenceText {
    private let difference: ProjectDifference
    private let style = Console.current.outputStyle

    init(_ difference: ProjectDifference) {
        self.difference = difference
    }

    var text: OutputText {
        guard !difference.isEmpty else { return "No difference.\n" }
        var text: OutputText = "\(difference.counts)\n"
        if !difference.declarations.isEmpty {
            text += "\n\(style.bold("placard.yaml"))\n"
            for value in difference.declarations { text += line(value) }
        }
        for message in difference.messages { text += "\n" + section(message) }
        if !difference.files.isEmpty {
            text += "\n\(style.bold("Other files"))\n"
            for file in difference.files { text += "    \(file.path): \(file.change.rawValue)\n" }
        }
        return text
    }

    private func section(_ message: MessageDifference) -> OutputText {
        let mark: OutputText
        switch message.change {
        case .added: mark = style.green("+")
        case .removed: mark = style.red("-")
        case .changed: mark = "~"
        }
        var text: OutputText = "\(mark) \(style.bold("\(message.id)"))"
        text += message.change == .changed ? ": \(message.subjects)" : ": \(message.change.rawValue)"
        text += style.dim("  \(message.file)") + "\n"
        for warning in message.warnings { text += "    \(style.red("!")) \(warning)\n" }
        for value in message.values { text += line(value) }
        if let audience = message.audience {
            text += "    who may see it: \(audience.direction)\n"
            for witness in audience.witnesses { text += "        \(witness.words): \(witness.user)\n" }
        }
        for name in message.addedVariables { text += "    variable \(name) is new\n" }
        for name in message.removedVariables { text += "    variable \(name) is gone\n" }
        for locale in message.addedLocales { text += "    \(locale): the translation is new\n" }
        for locale in message.removedLocales { text += "    \(locale): the translation is gone\n" }
        for changed in message.texts {
            text += "    \(changed.locale) \(changed.name)"
            text += changed.change == .changed ? "\n" : " is \(changed.change == .added ? "new" : "gone")\n"
            for words in changed.words {
                if !words.former.isEmpty { text += "        \(style.red("-")) \(words.former)\n" }
                if !words.now.isEmpty { text += "        \(style.green("+")) \(words.now)\n" }
            }
        }
        return text
    }

    private func line(_ value: ChangedValue) -> OutputText {
        switch (value.former, value.now) {
        case (let former?, let now?): "    \(value.name): \(former) \(style.dim("→")) \(now)\n"
        case (nil, let now?): "    \(value.name): \(style.green("+")) \(now)\n"
        case (let former, nil): "    \(value.name): \(style.red("-")) \(former ?? "")\n"
        }
    }
}

import DiagnosticRendering
import PlacardCompiler

/// A difference as a comment on a pull request, in GitHub's Markdown.
///
/// Whatever authors wrote stands in code, where it is no markup and mentions nobody.
struct DifferenceMarkdown {
    /// The most bytes: GitHub takes 65,536 characters.
    static let limit = 60_000
    /// The most changed texts and values that are shown of one message.
    static let itemLimit = 40
    /// The most scalars of one piece of code.
    static let codeLimit = 300

    private let difference: ProjectDifference
    private let versions: (base: String, head: String)

    init(_ difference: ProjectDifference, _ versions: (base: String, head: String)) {
        self.difference = difference
        self.versions = versions
    }

    var text: String {
        var text = "### Messages, from \(code(versions.base)) to \(code(versions.head))\n\n"
        guard !difference.isEmpty else { return text + "No difference.\n" }
        text += difference.counts + ".\n"
        var sections: [(kind: String, text: String)] = []
        if !difference.declarations.isEmpty {
            sections.append(("part", "#### placard.yaml\n\n" + items(difference.declarations.map(item))))
        }
        for message in difference.messages { sections.append(("message", section(message))) }
        if !difference.files.isEmpty {
            let lines = difference.files.map { "- \(code($0.path)): \($0.change.rawValue)\n" }
            sections.append(("part", "#### Other files\n\n" + items(lines)))
        }
        // As it is printed: characters that are not shown are written out.
        var used = OutputText(markdown: text).bytes.count
        for (index, section) in sections.enumerated() {
            // Room for the line that says what is left out.
            let size = OutputText(markdown: section.text).bytes.count
            guard used + size < DifferenceMarkdown.limit - 300 else {
                let left = sections[index...].count { $0.kind == "message" }
                return text
                    + "\n**\(counted(left, "more message")) and what follows are not shown: a comment has no room for "
                    + "them.** `placard diff` shows all.\n"
            }
            text += "\n" + section.text
            used += 1 + size
        }
        return text
    }

    private func section(_ message: MessageDifference) -> String {
        let subject = message.change == .changed ? message.subjects : message.change.rawValue
        var text = "#### \(code(message.id)): \(subject)\n\n"
        for warning in message.warnings { text += "> **\(escaped(warning))**\n\n" }
        var lines = message.values.map(item)
        if let audience = message.audience {
            var line = "- Who may see it: **\(audience.direction)**\n"
            for witness in audience.witnesses { line += "  - \(witness.words): \(code(witness.user))\n" }
            lines.append(line)
        }
        lines += message.addedVariables.map { "- variable \(code($0)) is new\n" }
        lines += message.removedVariables.map { "- variable \(code($0)) is gone\n" }
        if !message.addedLocales.isEmpty {
            lines.append("- new translations: \(message.addedLocales.map(code).joined(separator: ", "))\n")
        }
        if !message.removedLocales.isEmpty {
            lines.append("- translations that are gone: \(message.removedLocales.map(code).joined(separator: ", "))\n")
        }
        lines += message.texts.map(item)
        return text + items(lines)
    }

    private func items(_ lines: [String]) -> String {
        let shown = lines.prefix(DifferenceMarkdown.itemLimit).joined()
        let left = lines.count - DifferenceMarkdown.itemLimit
        return left > 0 ? shown + "- and \(left) more\n" : shown
    }

    private func item(_ value: ChangedValue) -> String {
        switch (value.former, value.now) {
        case (let former?, let now?): "- \(code(value.name)): \(code(former)) → \(code(now))\n"
        case (nil, let now?): "- \(code(value.name)): new, \(code(now))\n"
        case (let former, nil): "- \(code(value.name)): gone, was \(code(former ?? ""))\n"
        }
    }

    private func item(_ changed: ChangedText) -> String {
        let place = "- \(code(changed.locale)) \(code(changed.name))"
        switch changed.change {
        case .added: return place + " is new: \(code(changed.words.map(\.now).joined(separator: " ")))\n"
        case .removed: return place + " is gone: \(code(changed.words.map(\.former).joined(separator: " ")))\n"
        case .changed:
            let words = changed.words.map { words -> String in
                if words.former.isEmpty { return "\(code(words.now)) is new" }
                if words.now.isEmpty { return "\(code(words.former)) is gone" }
                return "\(code(words.former)) became \(code(words.now))"
            }
            let left = words.count - 10
            return place + ": " + words.prefix(10).joined(separator: "; ") + (left > 0 ? "; and \(left) more" : "")
                + "\n"
        }
    }

    /// A text as code: between more back quotes than it has (CommonMark, "Code spans"), on one line.
    private func code(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var (run, longest) = (0, 0)
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < DifferenceMarkdown.codeLimit else {
                scalars.append("…")
                break
            }
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
            let isBreak = scalar.properties.isWhitespace || scalar.value < 0x20
            scalars.append(isBreak ? " " : scalar)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let inner = String(scalars)
        if inner.isEmpty { return "(empty)" }
        let needsSpace = longest > 0 || inner.hasPrefix(" ") && inner.hasSuffix(" ")
        return needsSpace ? "\(fence) \(inner) \(fence)" : fence + inner + fence
    }

    /// A sentence with an id in it, which is letters, digits and hyphens.
    private func escaped(_ sentence: String) -> String { sentence }
}

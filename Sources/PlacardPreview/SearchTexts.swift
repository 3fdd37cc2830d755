import ByteText
import CanonicalJSON

/// `data/texts.js`, `data/texts-2.js` and so on: what messages are found by beyond what the index shows, and what the index knows of
/// them, so that other pages go from message to message as the index lists them.
///
/// Scripts that call one function, for pages from `file:` URLs can read no other file. They are loaded when they are needed, one after the
/// other: a browser reads a script at one go, and would answer nobody while it reads all texts of a large project.
struct SearchTexts {
    let site: PreviewSite
    /// Which of the files, from 0.
    let part: Int

    /// Messages of one file.
    static let partMessages = 50

    /// The paths of all files, for so many messages.
    static func paths(messages: Int) -> [String] {
        (0..<max(1, (messages + partMessages - 1) / partMessages)).map { part in
            part == 0 ? "data/texts.js" : "data/texts-\(part + 1).js"
        }
    }

    /// An entry is id, title, folder, template, glyphs of states, tags of languages with gaps, `dates` or `always`, the
    /// number of diagnostics, words, and with an earlier version what became of it since. Behind the entries stands the number of the next
    /// file, where there is one.
    func bytes() -> [UInt8] {
        let order = site.order.dropFirst(part * SearchTexts.partMessages).prefix(SearchTexts.partMessages)
        let texts = order.map { site.texts($0) }
        // Written where it stays: it is the largest of all files.
        var script: [UInt8] = []
        script.reserveCapacity(
            256 + order.count * 400
                + texts.reduce(0) { $0 + $1.reduce(0) { $0 + $1.byteCount + 2 * $1.count } })
        script.append("placardTexts([")
        for (place, index) in order.enumerated() {
            if place > 0 { script.append(",\n") }
            write(site.summaries[index], texts[place], into: &script)
        }
        let hasNext = order.endIndex < site.order.endIndex
        script.append(contentsOf: (hasNext ? "],\(part + 2));\n" : "]);\n").utf8)
        return script
    }

    private func write(_ message: PreviewSummary, _ texts: [TextLines], into script: inout [UInt8]) {
        var glyphs: [String] = []
        var gaps: [String] = []
        for (locale, status) in zip(site.input.locales, message.statuses) where locale.policy != .pseudo {
            let glyph = StatusWords(status, locale.policy).glyph.description
            if !glyphs.contains(glyph) { glyphs.append(glyph) }
            if status != .ok { gaps.append(locale.tag) }
        }
        script.append("[")
        let facts = [
            message.id, message.title ?? message.id, message.folder, message.template, glyphs.joined(),
            gaps.joined(separator: " "), message.window.isEmpty ? "always" : "dates",
        ]
        for text in facts {
            appendCanonical(string: text, to: &script)
            script.append(0x2C)
        }
        script.append(contentsOf: String(message.errors + message.warnings).utf8)
        script.append(",\"")
        var conditions = message.conditions
        conditions.withUTF8 { appendEscaped($0, to: &script) }
        for lines in texts {
            for index in 0..<lines.count {
                script.append("\\n")
                lines[index].withUnsafeBufferPointer { appendEscaped($0, to: &script) }
            }
        }
        script.append(0x22)
        if site.input.changes != nil {
            script.append(",\"")
            script.append(contentsOf: (site.changes[message.id]?.kind.rawValue ?? "").utf8)
            script.append(0x22)
        }
        script.append(0x5D)
    }
}

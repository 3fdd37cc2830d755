import ByteText
import CanonicalJSON

/// `data/texts.js`: what messages are found by beyond what the index shows, and what the index knows of them, so that
/// other pages go from message to message as the index lists them.
///
/// A script that calls one function, for pages from `file:` URLs can read no other file. It is loaded when it is needed.
struct SearchTexts {
    let site: PreviewSite

    /// An entry is id, title, folder, template, glyphs of states, tags of languages with gaps, `dates` or `always`, the
    /// number of findings, words, and with an earlier version what became of it since.
    func bytes() -> [UInt8] {
        var script = ByteBuffer(capacity: 256 + site.summaries.count * (200 + site.input.locales.count * 200))
        script.append(html: "placardTexts([")
        for (place, index) in site.order.enumerated() {
            if place > 0 { script.append(html: ",\n") }
            write(site.summaries[index], site.texts(index), into: &script)
        }
        script.append(html: "]);\n")
        return script.bytes
    }

    private func write(_ message: PreviewSummary, _ texts: [[String]], into script: inout ByteBuffer) {
        var glyphs: [String] = []
        var gaps: [String] = []
        for (locale, status) in zip(site.input.locales, message.statuses) where locale.policy != .pseudo {
            let glyph = StatusWords(status, locale.policy).glyph.description
            if !glyphs.contains(glyph) { glyphs.append(glyph) }
            if status != .ok { gaps.append(locale.tag) }
        }
        script.append(html: "[")
        let facts = [
            message.id, message.title ?? message.id, message.folder, message.template, glyphs.joined(),
            gaps.joined(separator: " "), message.window.isEmpty ? "always" : "dates",
        ]
        for text in facts {
            appendCanonical(string: text, to: &script)
            script.append(0x2C)
        }
        script.append(number: message.errors + message.warnings)
        script.append(0x2C)
        appendCanonical(
            string: ([message.conditions] + texts.joined()).joined(separator: "\n"), to: &script)
        if site.input.changes != nil {
            script.append(html: ",\"")
            script.append(contentsOf: (site.changes[message.id]?.kind.rawValue ?? "").utf8)
            script.append(0x22)
        }
        script.append(html: "]")
    }
}

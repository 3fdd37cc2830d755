import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import UnicodeLocale

/// The snapshot of one message: its words in every language, for a reader to check. `Snapshots/README.md` says how to read it.
struct DemoSnapshot {
    let demo: DemoTexts
    let message: CatalogMessage

    /// The numbers that stand for a language's plural categories: the first of each, and one that ends like another
    /// category's but belongs to its own.
    static let numbers: [String: [Int64]] = [
        "en": [1, 2], "fr": [1, 2], "de": [1, 2], "ja": [2], "pt-BR": [1, 2], "ar": [0, 1, 2, 3, 11, 100],
        "pl": [1, 2, 5, 21, 22], "uk": [1, 2, 5, 11, 21, 22],
    ]

    /// The whole file.
    var text: String {
        let variants: [String?] = message.experiment.map { $0.variants.map(\.id) } ?? [nil]
        var text = message.id + "\n"
        var without: [String] = []
        for file in demo.locales {
            guard let localized = file.messages[message.id] else {
                without.append("\(file.locale): not shown")
                continue
            }
            guard localized.locale == file.locale else {
                without.append("\(file.locale): in \(localized.locale)")
                continue
            }
            let heading = file.locale + (localized.direction == .rtl ? ", right to left" : "")
            text += "\n" + heading + "\n" + String(repeating: "=", count: heading.count) + "\n"
            for variant in variants { text += entries(file, localized, variant) }
            if let alert = demo.alerts["\(message.id)/\(file.locale)"] {
                let words = ["title", "body"].compactMap { alert[$0]?.string }
                text += "\nno value known, as a phone shows it by itself\n" + Line("push", words).written
            }
        }
        if !without.isEmpty { text += "\nWithout words of its own\n" + without.map { "    \($0)\n" }.joined() }
        return text
    }

    /// An entry for each set of values; after the first only what differs from it.
    private func entries(_ file: LocaleFile, _ localized: LocalizedMessage, _ variant: String?) -> String {
        var text = ""
        var first: [Line] = []
        for (label, values) in sets(file.locale, localized.content(for: variant)) {
            let lines = demo.draw(message, variant, values, in: file).map(lines) ?? [Line("not shown", [])]
            let words = [variant.map { "variant \($0)" } ?? "", label].filter { !$0.isEmpty }.joined(separator: ", ")
            text += "\n" + (words.isEmpty ? "" : words + "\n")
            let changed = lines.filter { !first.contains($0) }
            text += changed.map(\.written).joined()
            if changed.isEmpty { text += "    the same\n" }
            if first.isEmpty { first = lines }
        }
        return text
    }

    // MARK: Values

    /// What the texts are drawn with, each with a line that says it.
    private func sets(_ locale: String, _ content: LocalizedContent) -> [(label: String, values: DemoTexts.Values)] {
        let messages = (content.texts + addresses).compactMap(\.message)
        let uses = messages.flatMap(\.variables).filter { !$0.isLocal }
        var names: [String] = []
        for use in uses where !names.contains(use.reference.name) { names.append(use.reference.name) }
        let functions = Dictionary(
            uses.compactMap { use in use.function.map { (use.reference.name, $0.name) } },
            uniquingKeysWith: { first, _ in first })

        var sets = [demo.examples(for: message)]
        var numbers: Set<String> = []
        for name in names where uses.contains(where: { $0.reference.name == name && $0.role == .selector }) {
            let values: [JSONValue]
            if functions[name] == "string" {
                values = demo.declaredValues(of: name, in: message).map { .string($0) }
            } else {
                numbers.insert(name)
                values = (DemoSnapshot.numbers[locale] ?? []).map { .integer(Int($0)) }
            }
            sets = sets.flatMap { set in values.map { value in set.merging([name: value]) { $1 } } }
        }
        let rules = (try? LanguageTag(locale)).map { PluralRules(.cardinal, locale: $0) }
        func label(_ values: DemoTexts.Values) -> String {
            names.compactMap { name in
                guard let value = values[name] else { return "without \(name)" }
                let category =
                    numbers.contains(name) ? value.number.flatMap { rules?.category(Int64($0)).name } : nil
                return "\(name) = \(value.string ?? value.canonicalString)" + (category.map { " (\($0))" } ?? "")
            }.joined(separator: ", ")
        }
        let example = sets.first ?? [:]
        sets += message.needs.filter { names.contains($0) }.map { name in example.filter { $0.key != name } }
        return sets.map { (label($0), $0) }
    }

    /// Where actions and fields lead.
    private var addresses: [BundleText] {
        var addresses: [BundleText] = []
        for case .open(let url) in message.actions.map(\.kind) { addresses.append(url) }
        for case .url(let url) in message.fields.map(\.value) { addresses.append(url) }
        return addresses
    }

    // MARK: Lines

    /// One text with its name.
    private struct Line: Equatable {
        var name: String
        var text: [String]

        init(_ name: String, _ text: [String]) {
            self.name = name
            self.text = text
        }

        init(_ name: String, _ text: String) {
            self.init(name, text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }

        /// The text stands on lines of its own, so that those of a right-to-left language begin at the right.
        var written: String {
            "    \(name)\n" + text.map { $0.isEmpty ? "\n" : "        \(visible($0))\n" }.joined()
        }
    }

    private func lines(_ content: RenderedMessage) -> [Line] {
        let order = ["eyebrow", "title", "image", "body", "replies"]
        let fields = content.fields.enumerated().sorted { a, b in
            let first = order.firstIndex(of: a.element.name) ?? order.count
            let second = order.firstIndex(of: b.element.name) ?? order.count
            return (first, a.offset) < (second, b.offset)
        }.map(\.element)
        var lines: [Line] = []
        for field in fields {
            switch field.value {
            case .text(let text): lines.append(Line(field.name, text))
            case .body(let body): lines.append(Line(field.name, body.text ?? ""))
            case .image(_, let alt): lines.append(Line(field.name, alt))
            case .list(let items): lines += items.map { Line("\(field.name), \($0.id)", $0.text) }
            case .url(let url): lines.append(Line(field.name, url ?? "leads nowhere"))
            case .bool, .int, .string: break
            }
        }
        for step in content.steps {
            lines.append(Line("step \(step.id)", step.title + "\n" + (step.body.text ?? "")))
            lines += step.choices.map { Line("choice, to \($0.step)", $0.label) }
        }
        lines += content.actions.map { Line("action \($0.id)\(words($0.kind))", $0.label) }
        if let push = content.push { lines.append(Line("push", [push.title, push.body].compactMap { $0 })) }
        return lines
    }

    private func words(_ kind: RenderedAction.Kind) -> String {
        switch kind {
        case .open(let url): ", \(url ?? "leads nowhere")"
        case .dismiss: ", closes"
        case .remind(let seconds): ", again in \(seconds / 86_400) d"
        case .emit(let event): ", event \(event)"
        case .request(let request): ", asks for \(request)"
        }
    }
}

/// The text with a sign for each character that cannot be seen.
func visible(_ text: String) -> String {
    let signs: [Unicode.Scalar: String] = [
        "\u{2066}": "⟦→", "\u{2067}": "⟦←", "\u{2068}": "⟦", "\u{2069}": "⟧", "\u{200E}": "‹→›", "\u{200F}": "‹←›",
        "\u{A0}": "⍽", "\u{202F}": "␣",
    ]
    return text.unicodeScalars.map { scalar in
        if let sign = signs[scalar] { return sign }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            return "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
        default: return String(scalar)
        }
    }.joined()
}

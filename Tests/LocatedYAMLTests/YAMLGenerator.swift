import ConformanceSupport

/// Makes small YAML texts: by the grammar, most of them right; those and given ones with characters changed; and soups.
struct YAMLGenerator {
    var random: SplitMix
    /// Texts to damage.
    let sources: [[UInt8]]

    /// The next text, at most a few hundred bytes.
    mutating func next() -> [UInt8] {
        switch random.below(8) {
        case 0: return Array((0..<random.below(14)).map { _ in random.pick(Self.pieces) }.joined().utf8)
        case 1: return Array(grammar().utf8)
        case 2, 3: return damaged(Array(grammar().utf8))
        case 4: return Array(lines().utf8)
        case 5: return damaged(Array(lines().utf8))
        default: return damaged(source())
        }
    }

    /// A source, or some lines of it.
    private mutating func source() -> [UInt8] {
        let source = random.pick(sources)
        guard source.count > 200 || random.below(3) == 0 else { return source }
        let lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
        let start = random.below(lines.count)
        return Array(lines[start..<min(lines.count, start + 1 + random.below(8))].joined(separator: [0x0A]))
    }

    // MARK: - Damage

    private static let characters = Array(":#-[]{},'\"| >&*!%@?`~.\\\n  ab0é").map { Array(String($0).utf8) }
    private static let pieces = [
        ":", "#", "-", "[", "]", "{", "}", ",", "'", "\"", "|", " ", ">", "&a", "*a", "!", "%", "@", "?", "`", "~", ".",
        "\n", "\n  ", "\n    ", "\n- ", "\n\n", "  ", "a", "b", "é", ": ", "- ", " #", "# c\n", "---\n", "...\n", "'a'",
        "\"b\"", "[a, b]", "{a: b}", "a: b\n", "- c\n", "a:\n", "''", "\\n", "null", "-1", ".5", "<<: ", "<<",
    ]

    private mutating func damaged(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...random.below(3) {
            let start = random.below(text.count + 1)
            let end = min(text.count, start + 1 + random.below(3))
            switch random.below(7) {
            case 0: text.removeSubrange(start..<end)
            case 1: text.replaceSubrange(start..<min(start + 1, text.count), with: random.pick(Self.characters))
            case 2, 3: text.insert(contentsOf: random.pick(Self.characters), at: start)
            case 4: text.insert(contentsOf: Array(random.pick(Self.pieces).utf8), at: start)
            case 5: text.insert(contentsOf: text[start..<end], at: random.below(text.count + 1))
            default: indent(&text)
            }
        }
        return text
    }

    /// Takes spaces from the beginning of some line, or adds some.
    private mutating func indent(_ text: inout [UInt8]) {
        let starts = [0] + text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
        let start = random.pick(starts)
        if random.below(2) == 0 {
            text.insert(contentsOf: [UInt8](repeating: 0x20, count: 1 + random.below(3)), at: start)
        } else {
            for _ in 0...random.below(2) where start < text.count && text[start] == 0x20 { text.remove(at: start) }
        }
    }

    // MARK: - Grammar

    private mutating func grammar() -> String {
        let indentation = String(repeating: " ", count: random.below(6) == 0 ? random.below(3) : 0)
        let text = random.below(5) == 0 ? sequence(indentation, 3) : mapping(indentation, 3)
        return random.below(6) == 0 ? String(text.dropLast()) : text
    }

    private mutating func mapping(_ indentation: String, _ depth: Int) -> String {
        (0...random.below(4)).map { _ in noise() + indentation + key() + ":" + value(indentation, depth, isKey: true) }
            .joined()
    }

    private mutating func sequence(_ indentation: String, _ depth: Int) -> String {
        (0...random.below(3)).map { _ in noise() + indentation + "-" + value(indentation, depth, isKey: false) }
            .joined()
    }

    /// What follows a colon or a hyphen, up to the end of the line or of the collection.
    private mutating func value(_ indentation: String, _ depth: Int, isKey: Bool) -> String {
        let deeper = indentation + String(repeating: " ", count: 1 + random.below(3))
        switch random.below(depth > 0 ? 12 : 7) {
        case 0: return lineEnd()
        case 1...4: return " " + scalar() + lineEnd()
        case 5: return " " + flow(2) + lineEnd()
        case 6: return lineEnd() + deeper + scalar() + lineEnd()
        case 7: return lineEnd() + mapping(deeper, depth - 1)
        case 8: return lineEnd() + sequence(deeper, depth - 1)
        case 9 where isKey: return lineEnd() + sequence(indentation, depth - 1)
        default:
            guard !isKey else { return lineEnd() + mapping(deeper, depth - 1) }
            // Compact: the first entry stands beside the hyphen.
            let spaces = String(repeating: " ", count: 1 + random.below(2))
            let inner = indentation + " " + spaces
            let text = random.below(4) == 0 ? sequence(inner, depth - 1) : mapping(inner, depth - 1)
            return text.hasPrefix(inner) ? spaces + text.dropFirst(inner.count) : lineEnd() + text
        }
    }

    private mutating func lineEnd() -> String {
        switch random.below(10) {
        case 0: return " # c: d\n"
        case 1: return "  \n"
        case 2: return "\n\n"
        default: return "\n"
        }
    }

    private mutating func noise() -> String {
        switch random.below(20) {
        case 0: return "# a comment\n"
        case 1: return "    # deeper\n"
        case 2: return "   \n"
        default: return ""
        }
    }

    private mutating func key() -> String {
        random.pick([
            "a", "b", "title", "c d", "'k'", "\"q r\"", "é", "1", "a-b", "x.y", "<<", "no", "a:b", "-x",
            "\u{E9}\u{301}",
        ])
    }

    private mutating func scalar() -> String {
        guard random.below(30) > 0 else {
            return random.pick([
                "a: b", "a #b", "'it''s'", "\"a\\tb\"", "?", "- a", "|", "a:", "@a", "", "\"a\n  b\"", "{", "a\n  b",
            ])
        }
        return random.pick([
            "a", "word", "two words", "'single'", "\"double\"", "''", "\"\"", "12", "-7", "1.50", "007", "true", "null",
            "~",
            "no", "https://x.example/a?b#c", "2026-11-06T09:00:00Z", "1 per 1d", "user.x == \"a\" && y", "Grüße",
            "it's",
            "a#b", "a - b", "(x)", "$x", "'a \" b'", "\"it's: #\"", "9999999999999999999", "1e400", ".5", "+1", "会員 限定",
            "0x1F", "=", "<<", "y", "a?", "-a", "a*b & c", "x!", "50%", "'a, b'", "\"[x]\"",
        ])
    }

    private mutating func flow(_ depth: Int) -> String {
        let space = random.pick(["", "", " "])
        let isMapping = random.below(2) == 0
        let items = (0..<random.below(4)).map { _ -> String in
            let item = depth > 0 && random.below(4) == 0 ? flow(depth - 1) : scalar()
            return isMapping ? key() + random.pick([": ", ": ", ": ", ":  ", ":", " : "]) + item : item
        }
        let text =
            space + items.joined(separator: random.pick([", ", ", ", ",", " , "])) + random.pick(["", "", space, ","])
        return isMapping ? "{\(text)}" : "[\(text)]"
    }

    // MARK: - Lines

    /// Lines that fit together by chance.
    private mutating func lines() -> String {
        (0...random.below(6)).map { _ in
            let start = String(repeating: " ", count: random.below(4) == 0 ? random.below(5) : 2 * random.below(3))
            let hyphens = random.below(3) == 0 ? random.pick(["- ", "- ", "-", "- - ", "-  "]) : ""
            let entry = random.below(4) == 0 ? "" : key() + ":"
            let value = random.below(3) == 0 ? "" : " " + (random.below(5) == 0 ? flow(1) : scalar())
            return start + hyphens + entry + value + lineEnd()
        }.joined()
    }
}

/// How the words of a name are put together.
enum NameStyle {
    /// `orderReady`
    case lowerCamel
    /// `OrderReady`
    case upperCamel
    /// `ORDER_READY`
    case upperSnake
}

/// What a language makes of names.
struct NameRules {
    /// Words that are names only between back quotes.
    var keywords: Set<String> = []
    /// Words that are written in capitals, but for the first: `orderID`.
    var initialisms: Set<String> = []
}

/// Names of one scope, made from what authors wrote.
///
/// 1. A name is cut into words, where another sign than a letter or a digit stands and where a capital begins a word, and put
///    together in the language's style. A word that begins with a digit keeps a `_` before it. A sign beyond ASCII becomes
///    `u` and its number, and so do the signs of a name without any word; the empty name is `empty`.
/// 2. Names that come to the same, capitals aside, are written as they stand with a `_` behind: none of them takes the name
///    that another had before, so that code which used it no longer compiles, rather than mean something else.
/// 3. A name that is taken gets a `_`; a keyword stands between back quotes.
/// 4. What is still the same is numbered, in the order of the names.
struct NameScope {
    var style: NameStyle
    var rules: NameRules
    /// Names that mean something else in the scope.
    var taken: Set<String> = []

    /// The names for what is written, in that order.
    func names(for written: [String]) -> [String] {
        var counts: [String: Int] = [:]
        let natural = written.map(name)
        for name in natural { counts[name.lowercased(), default: 0] += 1 }
        let candidates = zip(written, natural).map { written, name in
            let chosen = counts[name.lowercased()] == 1 ? name : writtenOut(written) + "_"
            return taken.contains(chosen) ? chosen + "_" : chosen
        }
        var result = candidates
        var used: Set<String> = []
        for index in written.indices.sorted(by: { written[$0].utf8.lexicographicallyPrecedes(written[$1].utf8) }) {
            var number = 2
            while !used.insert(result[index].lowercased()).inserted {
                result[index] = "\(candidates[index])_\(number)"
                number += 1
            }
        }
        return result.map { rules.keywords.contains($0) ? "`\($0)`" : $0 }
    }

    /// A name by the first rule.
    private func name(_ written: String) -> String {
        var result = written.isEmpty ? styled("empty", isFirst: true) : ""
        for (index, word) in words(written).enumerated() {
            let isDigit = word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            if index > 0, isDigit || style == .upperSnake { result += "_" }
            result += styled(word, isFirst: index == 0)
        }
        return beginningWithLetter(result)
    }

    private func styled(_ word: String, isFirst: Bool) -> String {
        switch style {
        case .upperSnake: word.uppercased()
        case .lowerCamel where isFirst: word.lowercased()
        case .lowerCamel, .upperCamel:
            rules.initialisms.contains(word.lowercased())
                ? word.uppercased() : word.prefix(1).uppercased() + word.dropFirst().lowercased()
        }
    }

    /// A name as it stands, other signs than letters, digits and `_` by their numbers.
    private func writtenOut(_ written: String) -> String {
        let text = written.unicodeScalars.map { scalar in
            isLetterOrDigit(scalar) || scalar == "_" ? String(scalar) : number(scalar)
        }.joined()
        return beginningWithLetter(style == .upperSnake ? text.uppercased() : text)
    }

    /// `text` with a letter in front that has the case of the style.
    private func beginningWithLetter(_ text: String) -> String {
        let isLower = style == .lowerCamel
        guard let first = text.unicodeScalars.first, isLetterOrDigit(first), !("0"..."9").contains(first) else {
            return (isLower ? "n" : "N") + text
        }
        return (isLower ? text.prefix(1).lowercased() : text.prefix(1).uppercased()) + text.dropFirst()
    }

    private func words(_ written: String) -> [String] {
        var words: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        let scalars = Array(written.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard isLetterOrDigit(scalar) else {
                end()
                if !scalar.isASCII { words.append(number(scalar)) }
                continue
            }
            if isCapital(scalar), let last = word.unicodeScalars.last {
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                let isBeforeSmall = next.map { ("a"..."z").contains($0) } ?? false
                // `tripId`, and the last capital of `HTTPServer`.
                if !isCapital(last) || isBeforeSmall { end() }
            }
            word.unicodeScalars.append(scalar)
        }
        end()
        return words.isEmpty ? scalars.map(number) : words
    }

    private func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }

    private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || isCapital(scalar) || ("0"..."9").contains(scalar)
    }

    /// `u00EB`
    private func number(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

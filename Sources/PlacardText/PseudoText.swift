import PlacardMarkdown

extension PatternText {
    /// Replaces the words of every leaf block, and nothing else: code, addresses and placeholders stay.
    mutating func translate(into pseudo: PseudoLocale) {
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            let isLeaf = node.kind == .paragraph || node.kind == .heading || node.kind == .tableCell
            guard isLeaf || index == root, node.firstChild >= 0 else { continue }
            let texts = texts(below: index)
            guard !texts.isEmpty, isLeaf || texts.allSatisfy({ tree.nodes[$0].parent == Int32(index) }) else {
                continue
            }
            translate(texts, pseudo)
        }
    }

    private func texts(below index: Int) -> [Int] {
        var found: [Int] = []
        for child in tree.children(of: index) {
            let node = tree.nodes[child]
            if node.kind == .text {
                found.append(child)
            } else if !node.kind.isBlock {
                found += texts(below: child)
            }
        }
        return found
    }

    private mutating func translate(_ texts: [Int], _ pseudo: PseudoLocale) {
        var letters = 0
        for (position, index) in texts.enumerated() {
            let text = tree.string(tree.nodes[index].literal)
            letters += text.count
            var result: String
            switch pseudo {
            case .accented:
                result = position == 0 ? "⟦" : ""
                result += accented(text)
                if position == texts.count - 1 { result += padding(letters) + "⟧" }
            case .mirrored: result = mirrored(text)
            }
            tree.replaceLiteral(of: index, with: result.utf8)
        }
    }

    private func accented(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result.unicodeScalars.append(accents[scalar] ?? scalar) }
        return result
    }

    /// What makes a text a third longer, as translations from English often are.
    private func padding(_ letters: Int) -> String {
        let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        let wanted = (letters + 2) / 3
        var result = ""
        var index = 0
        while result.utf8.count < wanted {
            result += " " + words[index % words.count]
            index += 1
        }
        return accented(result)
    }

    /// Each word from right to left: a right-to-left override, and marks that set the direction around it.
    private func mirrored(_ text: String) -> String {
        var result = ""
        var word = ""
        func flush() {
            if !word.isEmpty { result += "\u{200F}\u{202E}" + word + "\u{202C}\u{200F}" }
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }
}

private let accents: [Unicode.Scalar: Unicode.Scalar] = {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let marked = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
    return Dictionary(zip(plain.unicodeScalars, marked.unicodeScalars)) { first, _ in first }
}()

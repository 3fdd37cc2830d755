import ByteText
import CanonicalJSON
import PlacardMarkdown

extension PatternText {
    /// The text with the words of every leaf block replaced, and nothing else: code, addresses and placeholders stay.
    func translated(into pseudo: PseudoLocale) -> PatternText {
        let result = PatternText(keys: keys, scanned: scanned, tree: tree, root: root)
        result.tree.bytes.reserveCapacity(tree.bytes.count * 4 + 64)
        var buffer = ByteBuffer(capacity: tree.bytes.count * 2 + 64)
        result.translate(pseudo, through: &buffer)
        return result
    }

    private func translate(_ pseudo: PseudoLocale, through buffer: inout ByteBuffer) {
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            let isLeaf = node.kind == .paragraph || node.kind == .heading || node.kind == .tableCell
            guard isLeaf || index == root, node.firstChild >= 0 else { continue }
            guard isLeaf || tree.children(of: index).allSatisfy({ !tree.nodes[$0].kind.isBlock }) else { continue }
            translate(below: index, pseudo, through: &buffer)
        }
    }

    /// Translates a leaf block. One of nothing but links or images is as many texts: a step's choices are cut out of
    /// the document one by one.
    private func translate(below index: Int, _ pseudo: PseudoLocale, through buffer: inout ByteBuffer) {
        if holdsLinksAlone(index) {
            for child in tree.children(of: index) where tree.nodes[child].firstChild >= 0 {
                translate(below: child, pseudo, through: &buffer)
            }
            return
        }
        var found = Words()
        add(below: index, to: &found)
        guard !found.texts.isEmpty || found.holdsValue else { return }
        var letters = 0
        for text in found.texts {
            tree.rewriteLiteral(of: text, through: &buffer) { source, result in
                switch pseudo {
                case .accented: letters += PseudoLocale.appendAccented(source, to: &result)
                case .mirrored: PseudoLocale.appendMirrored(source, to: &result)
                }
            }
        }
        guard pseudo == .accented else { return }
        buffer.removeAll()
        PseudoLocale.appendPadding(for: letters, to: &buffer)
        tree.enclose(childrenOf: index, in: PseudoLocale.opening, buffer.bytes)
    }

    private func holdsLinksAlone(_ index: Int) -> Bool {
        var holdsLink = false
        for child in tree.children(of: index) {
            let node = tree.nodes[child]
            switch node.kind {
            case .link, .image: holdsLink = true
            case .softBreak, .lineBreak: continue
            case .text where tree.slice(node.literal).allSatisfy({ $0 == 0x20 }): continue
            default: return false
            }
        }
        return holdsLink
    }

    /// What a leaf block says.
    private struct Words {
        var texts: [Int] = []
        /// Whether a value stands among them, or alone.
        var holdsValue = false
    }

    private func add(below index: Int, to found: inout Words) {
        for child in tree.children(of: index) {
            let node = tree.nodes[child]
            switch node.kind {
            case .text: found.texts.append(child)
            case .placeholder:
                if case .expression? = content(node) { found.holdsValue = true }
            default:
                if !node.kind.isBlock { add(below: child, to: &found) }
            }
        }
    }
}

extension PseudoLocale {
    /// Appends a whole text without placeholders in the pseudo-locale.
    func append(_ text: [UInt8], to result: inout ByteBuffer) {
        text.withUnsafeBufferPointer { source in
            switch self {
            case .accented:
                result.append(contentsOf: PseudoLocale.opening[...])
                let letters = PseudoLocale.appendAccented(source, to: &result)
                PseudoLocale.appendPadding(for: letters, to: &result)
            case .mirrored: PseudoLocale.appendMirrored(source, to: &result)
            }
        }
    }

    // MARK: Accents

    /// ⟦
    fileprivate static let opening: [UInt8] = Array("⟦".utf8)

    /// Appends well-formed UTF-8 with accents on its letters from `a` to `Z`; returns how many scalars it has.
    fileprivate static func appendAccented(_ source: UnsafeBufferPointer<UInt8>, to result: inout ByteBuffer) -> Int {
        var scalars = 0
        accents.withUnsafeBufferPointer { accents in
            for byte in source {
                if byte & 0xC0 != 0x80 { scalars += 1 }
                guard byte < 0x80, accents[Int(byte)] != 0 else {
                    result.append(byte)
                    continue
                }
                let scalar = accents[Int(byte)]
                if scalar < 0x800 {
                    result.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
                } else {
                    result.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
                    result.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
                }
                result.append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
            }
        }
        return scalars
    }

    /// Appends what makes a text a third longer, as translations from English often are, and ⟧.
    fileprivate static func appendPadding(for letters: Int, to result: inout ByteBuffer) {
        let wanted = (letters + 2) / 3
        var length = 0
        var index = 0
        while length < wanted {
            let word = words[index % words.count]
            result.append(0x20)
            result.append(contentsOf: word.accented[...])
            length += word.letters + 1
            index += 1
        }
        result.append(contentsOf: "⟧".utf8)
    }

    private static let words: [(letters: Int, accented: [UInt8])] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].map { word in
            var accented = ByteBuffer(capacity: 16)
            let source = Array(word.utf8)
            let letters = source.withUnsafeBufferPointer { appendAccented($0, to: &accented) }
            return (letters, accented.bytes)
        }

    // MARK: Right to left

    /// Appends well-formed UTF-8 with each word from right to left: a right-to-left override, and marks that set the
    /// direction around it.
    fileprivate static func appendMirrored(_ source: UnsafeBufferPointer<UInt8>, to result: inout ByteBuffer) {
        var start = 0
        var index = 0
        var isInWord = false
        while index < source.count {
            let belongs: Bool
            let length: Int
            if source[index] < 0x80 {
                belongs = source[index].isASCIIAlphanumeric
                length = 1
            } else {
                let (value, stop) = decodedScalar(source, index, source.count)
                belongs = isLetter(value) || isInWord && isMark(value)
                length = stop - index
            }
            if belongs != isInWord {
                result.append(UnsafeBufferPointer(rebasing: source[start..<index]))
                result.append(contentsOf: (belongs ? wordStart : wordEnd)[...])
                start = index
                isInWord = belongs
            }
            index += length
        }
        result.append(UnsafeBufferPointer(rebasing: source[start..<index]))
        if isInWord { result.append(contentsOf: wordEnd[...]) }
    }

    private static let wordStart: [UInt8] = Array("\u{200F}\u{202E}".utf8)
    private static let wordEnd: [UInt8] = Array("\u{202C}\u{200F}".utf8)

    private static func isLetter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F: return true
        default:
            guard let scalar = Unicode.Scalar(scalar) else { return false }
            return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    private static func isMark(_ scalar: UInt32) -> Bool {
        // Joiners stand inside words of Persian and of India's languages.
        if scalar == 0x200C || scalar == 0x200D { return true }
        guard scalar >= 0x300, let scalar = Unicode.Scalar(scalar) else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }
}

/// By ASCII letter: its accented form; 0 for what is no letter.
private let accents: [UInt32] = {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let marked = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
    var table = [UInt32](repeating: 0, count: 0x80)
    for (letter, accented) in zip(plain.unicodeScalars, marked.unicodeScalars) {
        table[Int(letter.value)] = accented.value
    }
    return table
}()

extension PseudoLocale {
    /// Words, without placeholders or Markdown, in the pseudo-locale, for texts that are written to files.
    ///
    /// - Parameter text: UTF-8.
    /// - Returns: the words, with as many letters as before.
    package func words(_ text: [UInt8]) -> [UInt8] {
        var buffer = ByteBuffer(capacity: text.count * 2 + 16)
        text.withUnsafeBufferPointer { source in
            switch self {
            case .accented: _ = PseudoLocale.appendAccented(source, to: &buffer)
            case .mirrored: PseudoLocale.appendMirrored(source, to: &buffer)
            }
        }
        return buffer.bytes
    }

    /// What stands behind a text of so many letters to make it a third longer, with the bracket that ends it.
    package static func padding(for letters: Int) -> [UInt8] {
        var buffer = ByteBuffer(capacity: letters + 16)
        appendPadding(for: letters, to: &buffer)
        return buffer.bytes
    }
}

import ByteText
import SourceDiagnostics
import UnicodeLocale

// What other formats have around the keys and the text of a variant: `one: {{…}}`, `- one {{…}}`, `"one" {{…}}`, `{{…}},`. Read as
// keys, it would be an error for each sign, and none would say what is meant.

/// Whether a word is what variants are chosen by as a rule: `*`, a number, or a plural category.
///
/// - Parameter word: UTF-8, without white space.
public func isUsualKey(_ word: ArraySlice<UInt8>) -> Bool {
    if word.elementsEqual("*".utf8) || !word.isEmpty && word.allSatisfy({ $0.isASCIIDigit }) { return true }
    return PluralCategory(name: String(decoding: word, as: UTF8.self)) != nil
}

/// What other formats call a text for all other values.
let wordsForOthers: Set<String> = ["other", "others", "default", "else", "otherwise", "_", "plural", "any", "rest"]

/// A key in the digits or words of another writing.
///
/// - Returns: `5` for `５`, `one` for `singular`; nil where there is nothing to put right.
func plainKey(_ word: String) -> String? {
    switch word.lowercased() {
    case "singular": return "one"
    case "plural": return "other"
    case let lower where lower != word && PluralCategory(name: lower) != nil: return lower
    default: break
    }
    guard word.unicodeScalars.contains(where: { (0xFF10...0xFF19).contains($0.value) }) else { return nil }
    var digits = ""
    for scalar in word.unicodeScalars {
        guard (0xFF10...0xFF19).contains(scalar.value), let digit = UnicodeScalar(scalar.value - 0xFF10 + 0x30) else {
            return nil
        }
        digits.unicodeScalars.append(digit)
    }
    return digits
}

extension Parser {
    /// Steps over a variant with signs around its keys, or without all braces of its text, and reports it.
    ///
    /// - Parameter count: how many keys a variant has.
    /// - Returns: false, without moving, for any other variant.
    mutating func reportMisshapenVariant(keys count: Int) -> Bool {
        reportDressedKeys(keys: count) || reportMissingBraces(keys: count)
    }

    /// What leaves out one of two signs before a name: `$$name`, and the `#` of `{#/strong}`.
    ///
    /// - Parameter sigil: where the first of them is; the other is at the current offset.
    func signTooMany(_ sigil: Int) -> [Edit] {
        let isName = byte(at: offset + 1).map { $0.isASCIILetter || $0 == 0x5F } ?? false
        switch (bytes[sigil], current) {
        case (0x24, 0x24?) where isName: return [Edit(Span(offset, offset + 1), "")]
        case (0x23, 0x2F?) where isName: return [Edit(Span(sigil, offset), "")]
        default: return []
        }
    }

    /// Steps over a variant whose keys have signs around them, and reports it.
    ///
    /// - Parameter count: how many keys a variant has.
    /// - Returns: false, without moving, for any other variant.
    private mutating func reportDressedKeys(keys count: Int) -> Bool {
        guard count > 0, current != 0x7B || byte(at: offset + 1) != 0x7B, let open = bracesOfLine() else {
            return false
        }
        var last = open
        while last > offset, bytes[last - 1] <= 0x20 { last -= 1 }
        let head = Span(offset, last)
        // Signs of East Asian keyboards are letters of a key to this format.
        let isWide = ["：", "，", "、", "＊"].contains { string(head).hasSuffix($0) }
        if !isWide, let keys = keys(count, from: offset), keys.end == open { return false }
        guard !head.isEmpty, head.length <= 64 else { return false }
        var keys = undressed(string(head))
        if keys.count == count + 1, ["when", "case", "if"].contains(keys[0]) { keys.removeFirst() }
        guard keys.count == count,
            keys.allSatisfy({ key in
                key == "*" || key.first == "|" || CharacterClass.isUnquotedLiteral(key)
            })
        else { return false }
        if count == 1, wordsForOthers.contains(keys[0].lowercased()), !holdsPattern(behind: open) { keys = ["*"] }
        keys = keys.map { plainKey($0) ?? $0 }
        let meant = keys.joined(separator: " ")
        guard meant != string(head) else { return false }
        report(.dressedKeys(string(head), meant, at: head))
        offset = open
        _ = quotedPattern()
        return true
    }

    /// Where the first `{{` of the line is, the last two of three braces.
    private func bracesOfLine() -> Int? {
        var place = offset
        while place + 1 < end, bytes[place] != 0x0A {
            if bytes[place] == 0x7B, bytes[place + 1] == 0x7B { return place }
            if bytes[place] == 0x7D, bytes[place + 1] == 0x7D { return nil }
            place += 1
        }
        return nil
    }

    /// Keys without the brackets, quotation marks and signs of other formats.
    private func undressed(_ head: String) -> [String] {
        let signs = Set("[](){}<>\"'“”‘’«»「」『』:：=>,，、-–—|.;•+".unicodeScalars)
        if let inside = quoted(head) { return [inside] }
        return head.split { $0 == " " || $0 == "\t" || $0 == "\u{3000}" }.compactMap { word in
            var scalars = Array(word.unicodeScalars)
            // `-1` is a number.
            while let first = scalars.first, signs.contains(first),
                !(first == "-" && scalars.dropFirst().first?.properties.numericType != nil)
            {
                scalars.removeFirst()
            }
            while let last = scalars.last, signs.contains(last) { scalars.removeLast() }
            guard !scalars.isEmpty else { return nil }
            if scalars.allSatisfy({ $0 == "*" || $0 == "＊" }) { return "*" }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            return text
        }
    }

    /// `"New York"` as a key of this format; nil without marks around all of it, and for a single word.
    private func quoted(_ head: String) -> String? {
        guard let mark = head.first, mark == "\"" || mark == "'", head.last == mark, head.count > 2 else { return nil }
        let inside = String(head.dropFirst().dropLast())
        guard !inside.contains(mark), inside.contains(" "), !inside.contains("|"), !inside.contains("\\") else {
            return nil
        }
        return "|\(inside)|"
    }

    /// Whether another `{{` stands behind the text that begins at `open`.
    private func holdsPattern(behind open: Int) -> Bool {
        var place = (closingBrace(from: open, to: end) ?? open + 1) + 1
        while place + 1 < end {
            if bytes[place] == 0x7B, bytes[place + 1] == 0x7B { return true }
            place += 1
        }
        return false
    }

    /// Reports what stands behind the `}}` of a variant on its line and begins none: a brace too many, the comma of another
    /// format, the last words of the text.
    ///
    /// - Parameter count: how many keys a variant has.
    mutating func reportBehindVariant(keys count: Int) {
        guard count > 0, offset < end, offset > 1, bytes[offset - 1] == 0x7D, bytes[offset - 2] == 0x7D,
            !isAtVariantOrEnd(offset, keys: count)
        else { return }
        let braces = Span(offset - 2, offset)
        var first = offset
        while first < end, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
        guard first < end, bytes[first] != 0x0A, bytes[first] != 0x0D else { return }
        var sign = offset
        while sign < end, [0x20, 0x09, 0x7D, 0x2C, 0x3B].contains(bytes[sign]) { sign += 1 }
        while sign > first, bytes[sign - 1] <= 0x20 { sign -= 1 }
        if sign > first, isAtVariantOrEnd(sign, keys: count) {
            report(.signBehindVariant(string(Span(first, sign)), at: Span(first, sign), from: offset))
            offset = sign
            return
        }
        let text = Span(first, endOfLine(from: first))
        guard isAtVariantOrEnd(text.end, keys: count), hasBalancedBraces(text),
            !(text.start..<text.end).contains(where: { isAt($0, "{{") })
        else { return }
        report(.textBehindVariant(at: text, braces))
        offset = text.end
    }

    /// `one {{{{$count} day}}`, with a brace too many before a placeholder, and `one {{{$count} day.}.}`, with a sign between the
    /// last two.
    ///
    /// - Parameter start: where the braces begin.
    /// - Returns: false, without moving, for any other text.
    mutating func reportSlippedBraces(from start: Int, keys count: Int) -> Bool {
        if isAt(start, "{{{{"), let sign = byte(at: start + 4), [0x24, 0x23, 0x7C].contains(sign),
            let close = closingBrace(from: start + 3, to: min(end, start + SyntaxLimits.recoveryBytes))
        {
            let closed = bytes[(close + 1)..<end].prefix { $0 == 0x7D }.count
            guard closed != 1, closed != 3 else { return false }
            report(.braceTooMany(at: Span(start, start + 1)))
            offset = start + 1
            _ = quotedPattern()
            return true
        }
        let line = endOfLine(from: start)
        guard line - start > 6, bytes[line - 1] == 0x7D, bytes[line - 3] == 0x7D,
            [0x2E, 0x2C, 0x21, 0x3F, 0x20].contains(bytes[line - 2]),
            closingBrace(from: start, to: line) == line - 1, closingBrace(from: start + 1, to: line) == line - 3,
            isAtVariantOrEnd(line, keys: count)
        else { return false }
        // The sentence may have its sign already.
        let isNeedless = bytes[line - 2] == 0x20 || bytes[line - 4] == bytes[line - 2]
        let sign = isNeedless ? "" : string(Span(line - 2, line - 1))
        report(.splitBraces(at: Span(line - 3, line), "\(sign)}}"))
        offset = line
        return true
    }

    /// What puts a function right whose `:` stands at `colon` with a space behind it: `{$price: currency}`.
    ///
    /// - Parameter isSpaced: whether white space stands before it.
    func spacedFunction(at colon: Int, isSpaced: Bool) -> [Edit] {
        var place = colon + 1
        while place < end, bytes[place] == 0x20 { place += 1 }
        // `{$price:}`
        if place < end, bytes[place] == 0x7D { return [Edit(Span(isSpaced ? colon - 1 : colon, place), "")] }
        guard place > colon + 1, place < end, bytes[place].isASCIILetter else { return [] }
        return [Edit(Span(colon, place), isSpaced ? ":" : " :")]
    }

    /// Whether a name stands between two braces, with a sign of another system before it: `{@name}`.
    func holdsName(from start: Int, to end: Int) -> Bool {
        guard start < end else { return false }
        let name = bytes[start].isASCIILetter || bytes[start] >= 0x80 ? bytes[start..<end] : bytes[(start + 1)..<end]
        return name.count > 1
            && name.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D || $0 == 0x7D }
            && name.first?.isASCIILetter ?? false
    }

    /// What makes a function of the word at `start`, whose `:` is missing or stands among its letters: `{$price c:urrency}`.
    func functionWithoutColon(at start: Int) -> [Edit] {
        var place = start
        while place < end, bytes[place].isASCIILetter || bytes[place] == 0x3A { place += 1 }
        let word = bytes[start..<place]
        guard word.count(where: { $0 == 0x3A }) <= 1 else { return [] }
        let name = String(decoding: word.filter { $0 != 0x3A }, as: UTF8.self)
        guard FunctionRegistry.standard.signature(name) != nil else { return [] }
        return [Edit(Span(start, place), ":\(name)")]
    }
}

import ByteText
import PlacardMarkdown
import SourceDiagnostics

// An address that is well formed may still lead elsewhere than meant: servers read a second `?` as part of a value
// (RFC 3986, section 3.4), and what a template should have replaced is sent as it stands.

/// A part of an address that is probably not meant so.
struct AddressSlip {
    var id: String
    var message: String
    var note: String
    /// The bytes of the address.
    var range: Range<Int>
    /// What is written for them; nil when that cannot be told.
    var replacement: String?
    var name: String?
    /// Whether it is a slip in any app.
    var isCertain = true
}

/// What is probably not meant in an address.
///
/// - Parameter address: with escapes and character references resolved.
func addressSlips(_ address: [UInt8]) -> [AddressSlip] {
    // `<https://…>` is refused as a whole.
    if address.first == 0x3C, address.last == 0x3E, address.contains(0x3A) { return [] }
    var slips: [AddressSlip] = []
    var query: Int?
    var fragment: Int?
    var index = 0
    while index < address.count, slips.count < 8 {
        if let word = templateWord(address, index) {
            slips.append(word)
            index = word.range.upperBound
            continue
        }
        let byte = address[index]
        switch byte {
        case 0x3F where fragment == nil:
            if let first = query, isSecondQuery(address, first, index) { slips.append(secondQuery(index)) }
            query = query ?? index
        case 0x23:
            if fragment != nil { slips.append(secondFragment(index)) }
            fragment = fragment ?? index
        case 0x3A where query == nil && fragment == nil && address[index...].starts(with: ":://".utf8):
            slips.append(secondColon(index))
        case 0x3A where query == nil && fragment == nil && isThirdSlash(address, index):
            slips.append(thirdSlash(index))
        case 0x20:
            // At the ends it is no part of the address.
            let isAtEnd = address[..<index].allSatisfy { $0 == 0x20 } || address[index...].allSatisfy { $0 == 0x20 }
            let run = isAtEnd ? address[index...].prefix { $0 == 0x20 }.count : 1
            slips.append(outsider("a space", isAtEnd ? "" : "%20", index..<(index + run)))
            index += run - 1
        case 0x22: slips.append(outsider("a quotation mark", "%22", index..<(index + 1)))
        case 0x3C: slips.append(outsider("`<`", "%3C", index..<(index + 1)))
        case 0x3E: slips.append(outsider("`>`", "%3E", index..<(index + 1)))
        case 0xE3, 0xEF:
            if let sign = signOfSentence(address, index) { slips.append(sign) }
        case 0xE2 where isTypographicQuote(address, index):
            slips.append(outsider("a quotation mark", "", index..<(index + 3)))
        case 0x26:
            if let slip = entity(address, index) { slips.append(slip) }
        case 0x25 where !isHex(address, index + 1) || !isHex(address, index + 2):
            slips.append(
                AddressSlip(
                    id: "link/misread", message: "`%` is not followed by two hexadecimal digits",
                    note: "in an address `%` begins the code of a byte; the character itself is `%25` (RFC 3986, 2.1)",
                    range: index..<(index + 1), replacement: "%25"))
        default: break
        }
        index += 1
    }
    return slips
}

/// `。` and the like as the last character of an address.
private func signOfSentence(_ address: [UInt8], _ index: Int) -> AddressSlip? {
    guard index + 3 == address.count,
        ["。", "，", "、", "！", "？", "；", "：", "）", "】", "」"].contains(where: { address[index...].elementsEqual($0.utf8) })
    else { return nil }
    let sign = String(decoding: address[index...], as: UTF8.self)
    return outsider("`\(sign)`", "", index..<(index + 3))
}

private func isHex(_ bytes: [UInt8], _ index: Int) -> Bool {
    index < bytes.count && (bytes[index].isASCIIDigit || (0x61...0x66).contains(bytes[index] | 0x20))
}

private func isTypographicQuote(_ bytes: [UInt8], _ index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x98...0x9F).contains(bytes[index + 2])
}

/// `?a=1?b=2`; an address within the query has a question mark of its own.
private func isSecondQuery(_ address: [UInt8], _ first: Int, _ index: Int) -> Bool {
    let between = String(decoding: address[first..<index], as: UTF8.self)
    guard !between.contains("://"), !between.contains("=/"), !between.contains("%3A%2F") else { return false }
    var place = index + 1
    while place < address.count, isASCIIWord(address[place]) || address[place] == 0x2D || address[place] == 0x2E {
        place += 1
    }
    return place > index + 1 && (place == address.count || [0x3D, 0x26, 0x23].contains(address[place]))
}

private func secondQuery(_ index: Int) -> AddressSlip {
    AddressSlip(
        id: "link/misread", message: "a second `?` is part of the value before it",
        note: "the query begins with the first `?`, and `&` separates its parts", range: index..<(index + 1),
        replacement: "&")
}

private func secondColon(_ index: Int) -> AddressSlip {
    AddressSlip(
        id: "link/misread", message: "one colon ends the scheme of an address",
        note: "with two of them it has no host, and apps and browsers open nothing (RFC 3986, section 3)",
        range: index..<(index + 2), replacement: ":")
}

/// Whether `:///` ends the scheme of an app. `file:///` has an empty host.
private func isThirdSlash(_ address: [UInt8], _ index: Int) -> Bool {
    address[index...].starts(with: ":///".utf8)
        && address[..<index].allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2B || $0 == 0x2D }
        && !address[..<index].elementsEqual("file".utf8)
}

private func thirdSlash(_ index: Int) -> AddressSlip {
    AddressSlip(
        id: "link/misread", message: "a third `/` leaves the address without its first part",
        note: "what stands between `//` and the next `/` is the host, empty here, by which most apps tell where to go",
        range: index..<(index + 4), replacement: "://", isCertain: false)
}

private func secondFragment(_ index: Int) -> AddressSlip {
    AddressSlip(
        id: "link/misread", message: "an address has one `#`",
        note: "the first `#` begins the fragment; one in it is written `%23` (RFC 3986, section 3.5)",
        range: index..<(index + 1), replacement: "%23")
}

private func outsider(_ what: String, _ code: String, _ range: Range<Int>) -> AddressSlip {
    AddressSlip(
        id: "link/misread", message: "an address cannot hold \(what)",
        note: "browsers cut an address there, or change it (RFC 3986, section 2)", range: range, replacement: code)
}

private func entity(_ address: [UInt8], _ index: Int) -> AddressSlip? {
    for name in ["&amp;", "&#38;", "&#x26;"] where address[index...].starts(with: name.utf8) {
        return AddressSlip(
            id: "link/misread", message: "`\(name)` is not `&` in an address",
            note:
                "it is HTML's way to write `&`; servers would read a parameter that begins with `\(name.dropFirst())`",
            range: index..<(index + name.utf8.count), replacement: "&")
    }
    return nil
}

// MARK: Words of templates

/// `%LOCALE%`, `[[id]]`, `[id]`, `*|ID|*`, `<id>`, `%s`, `/:id/`, `$locale` as the whole of a segment or a value.
private func templateWord(_ address: [UInt8], _ index: Int) -> AddressSlip? {
    let pairs: [(StaticString, StaticString)] = [("[[", "]]"), ("*|", "|*"), ("<", ">"), ("[", "]"), ("__", "__")]
    for (open, close) in pairs where address[index] == open.utf8Start.pointee {
        var reader = ForeignReader(address, at: index, end: address.count)
        guard reader.take(open), let name = reader.name(spaces: true), isASCII(name) else { continue }
        if address[index] == 0x5F {
            guard name.hasSuffix("__") else { continue }
            return word(address, index..<reader.index, String(name.dropLast(2)))
        }
        if open.utf8CodeUnitCount == 1, address[index] == 0x5B, isParameter(address, index, reader.index) { continue }
        if reader.take(close) { return word(address, index..<reader.index, name) }
    }
    switch address[index] {
    case 0x25:
        for case .placeholder(let foreign) in foreignWords(address, in: Span(index, address.count))
        where foreign.span.start == index {
            // `%DE%20` is two bytes, and `%DATE%` a word.
            let isCode = isHex(address, index + 1) && isHex(address, index + 2)
            if isCode, foreign.name?.utf8.allSatisfy({ (0x41...0x46).contains($0) || $0.isASCIIDigit }) ?? true {
                return nil
            }
            return word(address, foreign.span.start..<foreign.span.end, foreign.name)
        }
        return nil
    case 0x3A, 0x24:
        guard index > 0, address[index - 1] == 0x2F || address[index - 1] == 0x3D, index > 8 else { return nil }
        var reader = ForeignReader(address, at: index + 1, end: address.count)
        guard let name = reader.name(), isASCII(name), [0, 0x2F, 0x26, 0x3F, 0x23].contains(reader.byte()) else {
            return nil
        }
        return word(address, index..<reader.index, name)
    default: return nil
    }
}

/// Beyond ASCII there may be placeholders of this format.
private func isASCII(_ name: String) -> Bool { name.utf8.allSatisfy { $0 < 0x80 } }

/// `a[b]=c`, as some servers have it.
private func isParameter(_ address: [UInt8], _ start: Int, _ end: Int) -> Bool {
    start > 0 && isASCIIWord(address[start - 1]) && address[..<start].contains(0x3F)
}

private func word(_ address: [UInt8], _ range: Range<Int>, _ name: String?) -> AddressSlip {
    let text = String(decoding: address[range], as: UTF8.self)
    return AddressSlip(
        id: "link/template-word", message: "`\(text)` is sent as it stands",
        note: "it looks like what another system replaces; an address is the same in every language", range: range,
        replacement: nil, name: name)
}

extension PatternText {
    /// Reports what is probably not meant in the target of a link.
    func checkAddress(
        _ node: MarkdownNode, _ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]
    ) {
        guard !node.flags.contains(.refused) else { return }
        let address = Array(tree.slice(node.destination))
        // Behind the parenthesis of an East Asian keyboard it is told of as the link that it is meant to be.
        let start = node.span.start
        if node.flags.contains(.autolink), start > 2, source[(start - 3)..<start].elementsEqual("（".utf8) { return }
        // What stands in marks is refused as a whole, with the fix.
        if let first = address.first, first != 0x20, !first.isASCIIAlphanumeric, !"/?#%*[_$:".utf8.contains(first),
            first != 0xF4
        {
            return
        }
        let slips = addressSlips(address)
        guard !slips.isEmpty else { return }
        let whole = node.destinationSpan.isEmpty ? node.span : node.destinationSpan
        let written = source[whole.start..<min(whole.end, source.count)]
        for slip in slips {
            let span = place(of: slip.range, of: address, in: written)
            var fixIts: [FixIt] = []
            var notes: [String] = []
            if slip.replacement == nil, !environment.variableNames.isEmpty {
                notes.append("a value can stand after the host, such as \(environment.variableNames)")
            }
            if let span {
                if let replacement = slip.replacement {
                    let title = replacement.isEmpty ? "remove it" : "write `\(replacement)`"
                    fixIts = [FixIt(title, edits: [Edit(span, replacement)], .unsafe)]
                } else if let meant = slip.name.flatMap({ environment.variable(meantBy: $0, allowsSlips: false) }),
                    environment.isShowable(meant), address[..<slip.range.lowerBound].dropFirst(8).contains(0x2F)
                {
                    notes = environment.fallbackNotes(meant)
                    fixIts = [
                        environment.fix("write `{$\(meant)}`", [Edit(span, "{$\(meant)}")], showing: meant)
                    ]
                }
            }
            diagnostics.append(.misreadAddress(slip, at: span ?? whole, notes: notes, fixIts))
        }
    }

    /// Where bytes of an address stand in the source; nil when that is not certain.
    private func place(of range: Range<Int>, of address: [UInt8], in written: ArraySlice<UInt8>) -> Span? {
        let piece = address[range]
        func count(_ bytes: ArraySlice<UInt8>) -> [Int] {
            bytes.indices.filter { bytes[$0...].starts(with: piece) }
        }
        let (inner, outer) = (count(address[...]), count(written))
        guard inner.count == outer.count, let number = inner.firstIndex(of: range.lowerBound) else { return nil }
        return Span(outer[number], outer[number] + range.count)
    }
}
